"""Two switches write while a session watches: whatever is woken when, the floor is that of the lines in the order of
their receipt, and a recording of it replays to the same."""

from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.live import live_session
from floorwatch.engine.state import state_of_floor
from floorwatch.engine.timeline import timeline_of
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.model.clock import VirtualClock
from floorwatch.settings import FeedSettings
from tests.engine.small_floor import QUEUE_LOG, START, house_in
from tests.engine.test_sessions import Open, opened
from tests.feeds.log_files import append, rotate
from tests.fuzz.compared import Rules, differences, theirs_of
from tests.fuzz.damage import damaged
from tests.fuzz.floors import Switch
from tests.fuzz.reference_figures import State, state_of

FEEDS = ("north", "south")
LINES, STEPS = 150, 12
THERE = 30
"""Lines that may be there before the watch begins; a damaged time would make them those of another day."""
END = START + 6 * 3600.0


def logs_of(chance: Random) -> dict[str, bytes]:
    """What each switch writes; the ids of their calls may be the same, and the second one's lines are hurt."""
    switches = {feed: Switch(chance, int(START), chance.choice(("", f"{feed}-"))).run(LINES) for feed in FEEDS}
    switches["south"][THERE:] = damaged(chance, switches["south"][THERE:], 5)
    return {
        feed: b"".join(line + b"\n" for line in raws if raws and b"\0" not in line) for feed, raws in switches.items()
    }


async def watched(chance: Random, folder: Path) -> tuple[list[Decoded], State]:
    """What was folded, in order, and the floor at the end. Some of the lines were there before the watch began; of the
    rest pieces are written to either file, and now and then it is waited until all of them are folded."""
    logs = logs_of(chance)
    paths = {feed: folder / f"{feed}_log" for feed in FEEDS}
    for feed, path in paths.items():
        there = sum(map(len, logs[feed].splitlines(keepends=True)[: chance.randrange(THERE)]))
        append(path, logs[feed][:there])
        logs[feed] = logs[feed][there:]
    clock = VirtualClock(END)
    session = live_session(
        house_in(), {feed: FeedSettings(str(path), QUEUE_LOG) for feed, path in paths.items()}, clock=clock
    )
    folded: list[Decoded] = []
    session.station.on_folded = folded.append
    async with opened(session) as live:
        await live.changes.until(lambda: not session.station.is_opening)
        while any(logs.values()):
            feed = chance.choice([each for each in FEEDS if logs[each]])
            size = chance.randint(1, 1 + LINES * 100 // STEPS)
            append(paths[feed], logs[feed][:size])
            logs[feed] = logs[feed][size:]
            clock.move_to(clock.now() + chance.choice((0.0, 0.5, 2.0)))
            if chance.random() < 0.4:
                await all_there(live, clock, paths)
        await all_there(live, clock, paths)
        return folded, state_of_floor(session.station.floor.snapshot(clock.now()), {}, unmasked=True)


async def all_there(live: Open, clock: VirtualClock, paths: dict[str, Path]) -> None:
    """Wait until every line that is whole is folded; now and then a log is rotated then. Time goes on with each look:
    a file that was rotated is read on for a while."""
    for feed, path in paths.items():
        whole = sum(each.read_bytes().count(b"\n") for each in path.parent.glob(f"{path.name}*"))

        def is_folded(feed: str = feed, whole: int = whole) -> bool:
            clock.move_to(clock.now() + 0.5)
            return live.session.station.floor.snapshot(clock.now()).feeds[feed].lines >= whole

        await live.changes.until(is_folded)
        if path.read_bytes().endswith(b"\n") and whole % 3 == 0:
            rotate(path)
            path.with_name("fresh").touch()
            path.with_name("fresh").replace(path)


def replayed(folder: Path, folded: list[Decoded], now: float) -> State:
    """The floor of a recording of what was folded."""
    path = folder / "day.floorlog"
    writer = RecordingWriter(path, "UTC", {feed: RecordedFeed(QUEUE_LOG) for feed in FEEDS})
    for item in folded:
        if item.line is not None:
            writer.append(replace(item.line, received_at=item.received_at))
        for event in item.events if item.line is None else ():
            writer.append(RecordedEvent(item.feed, item.received_at, event))
    writer.close()
    timeline = timeline_of(house_in(), {"day": FeedSettings(str(path))})
    floor = house_in().floor(timeline.gives)
    for each in timeline.entries():
        fold(floor, each)
    return state_of_floor(floor.snapshot(now), {}, unmasked=True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
async def test_a_session_folds_in_the_order_of_receipt_and_replays_to_the_same(seed: int, tmp_path: Path) -> None:
    folded, live = await watched(Random(seed), tmp_path)
    theirs = theirs_of(Rules())
    for item in folded:
        if item.line is not None:
            theirs.read(item.feed, item.received_at, item.line.raw)

    assert {item.feed for item in folded if item.line is not None and not item.line.backfill} == set(FEEDS)
    assert not list(differences(live, state_of(theirs, live["at"])))
    again = replayed(tmp_path, folded, live["at"])
    assert {**again, "alerts": live["alerts"]} == live  # nobody asked the rules again
