"""A day with notes in it, followed live and recorded: its replay shows the same at any rate and moment."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from floorwatch.engine.house import House
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.state import state_of_floor
from floorwatch.model.events import NoteKind
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import View
from tests.engine.replays import at_moments, indexed, plain
from tests.support.days import PANELS, Seen, followed, for_eyes, house_of, moments_of, morning
from tests.support.places import told

pytestmark = pytest.mark.slow

LIVE_GAPS = (7.0, 31.0, 2.5, 55.0)
REPLAY_GAPS = ((1.0, 40.0), (173.0,), (900.0, 5.0))
"""Floor seconds a turn: what a slow replay, a fast one and an uneven one hand over at once."""


class Day:
    """The day as it was followed, and its recording."""

    def __init__(self, folder: Path) -> None:
        self.plan = morning()
        self.folder = folder
        self.house = house_of(self.plan, folder)
        self.live = followed(self.plan, self.house, folder, LIVE_GAPS)

    @property
    def recording(self) -> Path:
        return self.folder / "day.floorlog"

    def replayed(self, gaps: Sequence[float], tape: Tape) -> Seen:
        """The replay by turns of these seconds, which comes by twelve moments of the live following."""
        some = list(self.live.floors)[:: max(1, len(self.live.floors) // 12)]
        last = list(self.live.floors)[-1]
        moments = sorted({*moments_of(self.plan, gaps), *some, last})
        seen = at_moments(tape, [at for at in moments if at <= min(last, tape.span[1])])
        return Seen(seen.floors, seen.log)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    return Day(tmp_path_factory.mktemp("day"))


def views(floor: FloorSnapshot, house: House) -> dict[str, View]:
    """What the panels of seat support show of this floor."""
    seen = for_eyes(floor, house)
    panels = {name: house.catalogue.panels[name].thing for name in PANELS}
    return {name: panel.build(seen, panel.options_type()) for name, panel in panels.items()}


def support_of(floor: FloorSnapshot) -> Any:
    return state_of_floor(floor, {})["support"]


def test_the_day_holds_all_that_there_is_to_show(day: Day) -> None:
    last = list(day.live.floors.values())[-1]
    support = last.support

    assert {NoteKind.PRAISE, NoteKind.FAULT, NoteKind.STATE} <= {note.kind for note in support.notes.values()}
    assert support.walks
    assert len(support.helps) > 5
    assert {"help-waiting", "suspected-incident"} <= {entry.rule for entry in day.live.alerts}


@pytest.mark.parametrize("open_tape", [plain, indexed])
@pytest.mark.parametrize("gaps", REPLAY_GAPS, ids=str)
def test_its_replay_shows_what_was_seen_live(
    day: Day, gaps: Sequence[float], open_tape: Callable[[House, Path], Tape]
) -> None:
    again = day.replayed(gaps, open_tape(day.house, day.recording))

    compared = 0
    for moment, floor in day.live.floors.items():
        if moment in again.floors:
            compared += 1
            assert support_of(again.floors[moment]) == support_of(floor), moment
            assert views(again.floors[moment], day.house) == views(floor, day.house), moment
            assert again.floors[moment].alerts == floor.alerts, moment
    assert compared > 10
    assert [*again.alerts] == [entry for entry in day.live.alerts if entry.at <= max(again.floors)]


def test_a_stranger_is_told_the_same_without_a_screen(day: Day) -> None:
    some = list(day.live.floors)[:: max(1, len(day.live.floors) // 5)]
    moments = [word for at in some for word in ("--at", repr(at))]
    said = told(day.folder, "--people", "people.csv", "state", day.recording, *moments, "--json")
    states = [json.loads(line) for line in said.splitlines()]

    assert [state["support"] for state in states] == [support_of(day.live.floors[at]) for at in some]
    assert states[-1]["support"]["notes_today"] > 3
