"""What is entered while a replay is on a long way to another moment: it stands where it was stamped, like all else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from floorwatch.engine import station as stations
from floorwatch.engine import tape_feed
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.entering import JOURNAL
from floorwatch.engine.handover import Batch
from floorwatch.model.events import HelpRequested
from floorwatch.model.snapshot import FloorSnapshot
from tests.engine.hours import calls, recorded
from tests.engine.pens import house_of_pens
from tests.engine.replays import Replay, frames_every, indexed, plain
from tests.engine.small_floor import START

MIDDLE, AT = START + 2700, START + 3300


@pytest.fixture(params=[plain, indexed])
def replay(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    """Two entries a pass, and keyframes twenty minutes apart: the way to any moment is long."""
    monkeypatch.setattr(stations, "FOLD_SECONDS", -1.0)
    monkeypatch.setattr(stations, "LOOK_EVERY", 2)
    monkeypatch.setattr(tape_feed, "TOGETHER", 2)
    house, _at = house_of_pens(tmp_path, "Li", "memory:")
    with frames_every(60):
        replay = Replay(request.param(house, recorded(tmp_path / "hour.floorlog", calls())))
        yield replay
        replay.close()


def enter(replay: Replay, asked: str) -> float:
    """Somebody asks for help, as a session has it entered; at which moment."""
    events = (HelpRequested(START, id=asked, by="Li", agent="2001"),)
    items = replay.station.stamped([Decoded(JOURNAL, START, events)])
    replay.reel.take_in(items)
    replay.station.take(Batch(JOURNAL, items, replay.hands.now()))
    return items[0].received_at


def raised(floor: FloorSnapshot) -> list[float]:
    return [each.raised_at for each in floor.alerts if each.rule == "help-waiting"]


async def test_what_is_entered_on_the_way_is_there_on_arrival_with_its_alert_as_from_elsewhere(replay: Replay) -> None:
    await replay.settle()
    replay.hands.seek(AT)
    while replay.station.reached() < MIDDLE:
        await replay.station.advance()
        replay.reel.pass_over()
    stamped = enter(replay, "mine")
    assert MIDDLE <= stamped < AT
    arrived = await replay.settle()

    assert arrived.at == AT
    assert list(arrived.support.helps) == ["mine"]
    assert [at for at in raised(arrived) if stamped <= at <= stamped + 60] == raised(arrived) != []
    before = await replay.seek(stamped - 1)
    assert (list(before.support.helps), raised(before)) == ([], [])
    again = await replay.seek(AT)
    assert (list(again.support.helps), again.alerts) == (["mine"], arrived.alerts)
