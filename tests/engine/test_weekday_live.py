"""The day to compare with on a live floor: it comes by itself, through the same door as a line, and after a restart."""

import threading
from datetime import timedelta
from pathlib import Path

from floorwatch.engine.house import House
from floorwatch.engine.live import live_session
from floorwatch.engine.session import Session
from floorwatch.engine.weekday import AGAIN_SECONDS
from floorwatch.model.events import WeekdayRead
from floorwatch.settings import FeedSettings
from tests.engine.small_floor import QUEUE_LOG, house_past_noon, log_lines
from tests.engine.test_sessions import opened


def rest(seconds: float) -> None:
    """No rest while it reads; for good when it has read."""
    if seconds == AGAIN_SECONDS:
        threading.Event().wait()


def written(folder: Path, hour_ago: float) -> Path:
    """A log with three calls an hour ago, and two at that time a week ago."""
    then = hour_ago - timedelta(days=7).total_seconds()
    lines = [
        line
        for begins, calls in ((then, 2), (hour_ago, 3))
        for nth in range(calls)
        for line in (
            (begins + nth, f"c{begins:.0f}.{nth}|support|NONE|ENTERQUEUE||555000{nth}|1"),
            (begins + nth, f"c{begins:.0f}.{nth}|support|NONE|ABANDON|1|1|0"),
        )
    ]
    path = folder / "queue_log"
    path.write_bytes(log_lines(*lines))
    return path


def session_of(log: Path, house: House) -> Session:
    return live_session(house, {"queue_log": FeedSettings(str(log), QUEUE_LOG)}, rest)


async def read_by(session: Session) -> WeekdayRead:
    """What a session has to compare with, once it has."""
    async with opened(session) as live:
        await live.changes.until(lambda: live.session.station.snapshot is not None and live.floor.weekday is not None)
        found, floor = live.floor.weekday, live.floor
    assert found is not None
    assert sum(counts.offered for counts in floor.day_counts.values()) == 3
    return found


async def test_the_same_weekday_comes_by_itself_and_again_after_a_restart(tmp_path: Path) -> None:
    house, hour_ago = house_past_noon()
    log = written(tmp_path, hour_ago)
    found = await read_by(session_of(log, house))
    start = house.rules.days.start_of(hour_ago)
    step = hour_ago // 300 * 300

    assert found.compared_with == start
    assert found.arrived(["support"], start, step) == 0
    assert found.arrived(["support"], start, step + 600) == 2
    again = await read_by(session_of(log, house))
    assert (again.date, again.arrivals) == (found.date, found.arrivals)
