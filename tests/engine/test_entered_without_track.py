"""What is entered in a replay whose alerts cannot be read any more: it is there, and the replay stands still."""

from pathlib import Path

from floorwatch.engine.alerting import BookState, LogEntry
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.entering import JOURNAL
from floorwatch.engine.handover import Batch
from floorwatch.engine.keyframes.shapes import WHOLE, Alerts
from floorwatch.feeds.shapes import FeedError
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.events import HelpRequested
from tests.engine.growing_tape import GrowingTape
from tests.engine.hours import calls, recorded
from tests.engine.pens import house_of_pens
from tests.engine.replays import Replay, indexed
from tests.engine.small_floor import START


class TornTrack:
    """Alerts of which nothing can be read."""

    def up_at(self, at: float) -> tuple[RaisedAlert, ...]:
        raise FeedError(f"no alerts of {at}")

    def cleared_at(self, at: float) -> tuple[RaisedAlert, ...]:
        raise FeedError(f"no alerts of {at}")

    def state_at(self, at: float) -> BookState:
        raise FeedError(f"no alerts of {at}")

    def log_to(self, at: float) -> tuple[LogEntry, ...]:
        raise FeedError(f"no alerts of {at}")


class TornTape(GrowingTape):
    """Its floor can be read, its alerts cannot."""

    @property
    def alerts(self) -> Alerts:
        return TornTrack()


async def test_without_a_track_to_go_on_from_the_way_is_not_gone_over_and_over(tmp_path: Path) -> None:
    house, _at = house_of_pens(tmp_path, "Li", "memory:")
    tape = TornTape(indexed(house, recorded(tmp_path / "hour.floorlog", calls())), WHOLE)
    replay = Replay(tape)
    await replay.seek(START + 600)
    items = replay.station.stamped([Decoded(JOURNAL, START, (HelpRequested(START, id="mine", agent="2001"),))])
    replay.reel.take_in(items)
    replay.station.take(Batch(JOURNAL, items, replay.hands.now()))
    await replay.settle()
    floor = await replay.seek(START + 1200)
    opened = len(tape.opened)
    for _pass in range(20):
        await replay.station.advance()
        replay.reel.pass_over()
    replay.close()

    assert (floor.at, list(floor.support.helps), floor.alerts) == (START + 1200, ["mine"], ())
    assert len(tape.opened) == opened
