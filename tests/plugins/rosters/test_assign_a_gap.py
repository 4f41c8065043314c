"""`assign` on hours that lack hands, and on somebody who could come then."""

import pytest

from floorwatch.api import Minimum
from floorwatch.testing import Kit
from floorwatch_rosters.assign_commands import Assigns


@pytest.fixture
def short(shift: Kit) -> Kit:
    """From six to seven in the evening two are needed and one is planned."""
    shift.duty_rules(minimums=(Minimum(1080, 1140, 2),))
    return shift


@pytest.mark.parametrize("row", ["gap:ahead", "gap:1773136800"])
def test_on_a_gap_it_begins_with_its_hours_and_the_best_who_could_come(short: Kit, row: str) -> None:
    values = short.prefill(Assigns(), at="10:41", row=row)

    assert {name: values[name] for name in ("date", "start", "end", "agent", "activity")} == {
        "date": "2026-03-10", "start": "18:00", "end": "19:00", "agent": "1004", "activity": "phones",
    }  # fmt: skip


def test_on_somebody_who_could_come_it_begins_with_them(short: Kit) -> None:
    values = short.prefill(Assigns(), at="10:41", row="offer:1003@gap:ahead")
    assert (values["agent"], values["start"], values["end"]) == ("1003", "18:00", "19:00")


def test_a_gap_that_runs_begins_now(short: Kit) -> None:
    assert short.prefill(Assigns(), at="18:20:30", row="gap:now")["start"] == "18:20"


def test_a_gap_that_is_over_begins_with_today_alone(short: Kit) -> None:
    assert short.prefill(Assigns(), at="10:41", row="gap:now")["start"] == ""
