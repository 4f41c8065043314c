"""A day with duty in it, followed live and recorded: its replay shows the same on every panel, at any rate."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from msgspec import to_builtins
from msgspec.structs import replace

from floorwatch.engine.house import House
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.state import state_of_floor
from floorwatch.model.duty import NO_DUTY
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import View
from tests.duty.days import RECORDING, followed, house_of, moments_of, morning
from tests.engine.replays import at_moments, indexed, plain
from tests.support.days import Seen, for_eyes
from tests.support.places import told

pytestmark = pytest.mark.slow

LIVE_GAPS = (11.0, 47.0, 2.5, 83.0)
REPLAY_GAPS = ((20.0, 90.0), (900.0, 5.0))
"""Floor seconds a turn: what a slow replay, and a fast and uneven one, hand over at once."""
COMPARED = 10
"""Moments."""


class Day:
    """The day as it was followed, and its recording."""

    def __init__(self, folder: Path) -> None:
        self.plan = morning()
        self.folder = folder
        self.house = house_of(self.plan, folder)
        self.live = followed(self.plan, self.house, folder, LIVE_GAPS)

    @property
    def some(self) -> list[float]:
        """Moments of the following, the last one among them."""
        moments = list(self.live.floors)
        return [*moments[:: max(1, len(moments) // COMPARED)], moments[-1]]

    def replayed(self, gaps: Sequence[float], tape: Tape) -> Seen:
        """The replay by turns of these seconds, which comes by those moments, as far as there is anything."""
        moments = sorted({*moments_of(self.plan, gaps), *self.some})
        seen = at_moments(tape, [at for at in moments if at <= min(self.some[-1], tape.span[1])])
        return Seen(seen.floors, seen.log)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    return Day(tmp_path_factory.mktemp("day"))


def views(floor: FloorSnapshot, house: House) -> dict[str, View]:
    """What every bundled panel shows of this floor."""
    seen = for_eyes(floor, house)
    panels = {name: declared.thing for name, declared in house.catalogue.panels.items()}
    return {name: panel.build(seen, panel.options_type()) for name, panel in panels.items()}


def test_the_day_holds_all_that_there_is_to_show(day: Day) -> None:
    duty = day.live.floors[day.some[-1]].duty
    readings = {floor.duty.documents["roster"].read_at for floor in day.live.floors.values()}

    assert (len(readings) > 2, len(duty.documents)) == (True, 2)
    assert (len(duty.marks), len(duty.told), [*duty.excuses]) == (2, 1, ["x12"])  # another one was taken back
    assert [given.withdrawn for given in duty.assignments.values()] == [True]
    assert duty.leaves["x6"].is_filed
    assert len(duty.leaves) > 2
    assert duty.swaps["x9"].refused == "too late"
    assert any(swap.is_open for swap in duty.swaps.values())
    assert {"absent", "late", "request-waiting"} <= {entry.rule for entry in day.live.alerts}
    assert {"rosters", "coverage", "timeline", "requests", "attendance"} <= day.house.catalogue.panels.keys()


@pytest.mark.parametrize("open_tape", [plain, indexed])
@pytest.mark.parametrize("gaps", REPLAY_GAPS, ids=str)
def test_its_replay_shows_what_was_seen_live(
    day: Day, gaps: Sequence[float], open_tape: Callable[[House, Path], Tape]
) -> None:
    again = day.replayed(gaps, open_tape(day.house, day.folder / RECORDING))

    for moment in sorted(again.floors.keys() & set(day.some)):
        floor, then = day.live.floors[moment], again.floors[moment]
        assert to_builtins(then.duty) == to_builtins(floor.duty), moment
        assert then.spells == floor.spells, moment
        assert replace(then, duty=NO_DUTY) == replace(floor, duty=NO_DUTY), moment
        assert views(then, day.house) == views(floor, day.house), moment
    assert [*again.alerts] == [entry for entry in day.live.alerts if entry.at <= max(again.floors)]


def test_a_stranger_is_told_the_same_without_a_screen(day: Day) -> None:
    some = day.some[::4]
    moments = [word for at in some for word in ("--at", repr(at))]
    said = told(day.folder, "--people", "people.csv", "state", day.folder / RECORDING, *moments, "--json")
    states = [json.loads(line) for line in said.splitlines()]

    live = [state_of_floor(day.live.floors[at], {})["documents"] for at in some]
    assert [state["documents"] for state in states] == json.loads(json.dumps(live))
