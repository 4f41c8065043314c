"""Sessions as the screen has them: live ones over files that are written, and replays that are steered."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.house import House
from floorwatch.engine.live import live_session
from floorwatch.engine.plain_tape import PlainTape
from floorwatch.engine.replaying import replay_session
from floorwatch.engine.session import Session
from floorwatch.engine.timeline import timeline_of
from floorwatch.feeds.recording import RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.events import WatchBegan
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings
from tests.engine.small_floor import QUEUE_LOG, START, Changes, house_in, house_past_noon, log_lines, queue_log

SHIFT = (
    (START, "NONE|NONE|NONE|QUEUESTART|"),
    (START + 10, "NONE|support|PJSIP/2001|ADDMEMBER|"),
    (START + 60, "c1|support|NONE|ENTERQUEUE||5550001234|1"),
    (START + 80, "c1|support|PJSIP/2001|CONNECT|20|c1b|5"),
    (START + 200, "c1|support|PJSIP/2001|COMPLETECALLER|20|120|1"),
    (START + 2400, "c2|support|NONE|ENTERQUEUE||5550009876|1"),
    (START + 2530, "c2|support|NONE|ABANDON|1|1|130"),
    (START + 3600, "c3|sales|NONE|ENTERQUEUE||5550004321|1"),
)
LONG_WAIT = START + 2500
"""When an alert is up: c2 has waited for 100 seconds."""


class Open:
    """A session at work, and what it shows."""

    def __init__(self, session: Session, changes: Changes) -> None:
        self.session = session
        self.changes = changes

    @property
    def floor(self) -> FloorSnapshot:
        snapshot = self.session.station.snapshot
        assert snapshot is not None
        return snapshot

    async def until_at(self, at: float) -> FloorSnapshot:
        """The floor of a paused replay once everything up to this floor time is in it, rules included."""
        station, lines = self.session.station, sum(line[0] <= at for line in SHIFT)
        await self.changes.until(lambda: station.reached() >= at and self._folded(lines))
        return station.floor.snapshot(at)

    async def until_lines(self, feed: str, lines: int) -> FloorSnapshot:
        """The floor as shown once so many lines of the feed are in it."""
        await self.changes.until(lambda: self._has(feed, lines))
        return self.floor

    def _folded(self, lines: int) -> bool:
        feed = self.session.station.floor.snapshot(START).feeds.get("queue_log")
        return feed is not None and feed.lines == lines

    def _has(self, feed: str, lines: int) -> bool:
        return (
            self.session.station.snapshot is not None
            and feed in self.floor.feeds
            and self.floor.feeds[feed].lines >= lines
        )


@asynccontextmanager
async def opened(session: Session) -> AsyncIterator[Open]:
    """The session at work until the block ends."""
    changes = Changes()
    task = asyncio.create_task(session.start(changes))
    yield Open(session, changes)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def replay_of(folder: Path, at: float | None = None, rate: float = 3600) -> Session:
    """A replay of the shift as it was recorded."""
    recording = folder / "shift.floorlog"
    if not recording.exists():
        writer = RecordingWriter(recording, "UTC", {"queue_log": RecordedFeed(QUEUE_LOG)})
        for received_at, words in SHIFT:
            writer.append(FeedLine("queue_log", received_at, 0, log_lines((received_at, words)).rstrip()))
        writer.close()
    tape = PlainTape(timeline_of(house_in(), {"shift": FeedSettings(str(recording))}))
    return replay_session(house_in(), tape, at, rate)


async def test_a_replay_ends_with_the_last_line_and_says_replay(tmp_path: Path) -> None:
    async with opened(replay_of(tmp_path)) as replay:
        floor = await replay.until_at(START + 3600)

        assert {call for _queue, call in floor.waiting} == {"c3"}
        assert replay.session.now() == START + 3600
        assert replay.session.station.reached() < START + 3600.001  # just behind the last rule instant
        assert replay.session.heading().label == "REPLAY ended"
        assert not replay.session.may_ring


async def test_rules_are_asked_in_the_replay_of_a_plain_log_too(tmp_path: Path) -> None:
    log = tmp_path / "queue_log"
    log.write_bytes(log_lines(*SHIFT))
    timeline = timeline_of(house_in(), {"queue_log": FeedSettings(str(log))})
    session = replay_session(house_in(), PlainTape(timeline, LONG_WAIT), LONG_WAIT, 3600)
    control = session.replay_control()
    assert control is not None
    control.pause()
    async with opened(session) as replay:
        floor = await replay.until_at(LONG_WAIT)

        assert [(raised.rule, raised.alert.subject) for raised in floor.alerts] == [("longest-wait", "queue:support")]


async def test_a_replay_begins_where_it_was_asked_to_and_can_stand_there(tmp_path: Path) -> None:
    session = replay_of(tmp_path, START + 2450)
    control = session.replay_control()
    assert control is not None
    control.pause()
    async with opened(session) as replay:
        floor = await replay.until_at(START + 2450)

        assert {call for _queue, call in floor.waiting} == {"c2"}
        assert session.heading().label == "REPLAY paused"


@pytest.mark.parametrize("target", [START + 2450, LONG_WAIT, START + 100, START])
async def test_stepping_back_gives_the_floor_of_going_there_directly(tmp_path: Path, target: float) -> None:
    async def paused_at(at: float, then: float) -> FloorSnapshot:
        session = replay_of(tmp_path, at)
        control = session.replay_control()
        assert control is not None
        control.pause()
        async with opened(session) as replay:
            await replay.until_at(at)
            if then != at:
                control.step(then - at)
            return await replay.until_at(then)

    directly = await paused_at(target, target)
    stepped = await paused_at(START + 3000, target)

    assert stepped == directly
    assert stepped.alerts == directly.alerts
    assert bool(stepped.alerts) is (target == LONG_WAIT)


async def test_a_step_before_the_beginning_is_the_beginning(tmp_path: Path) -> None:
    session = replay_of(tmp_path, START + 100)
    control = session.replay_control()
    assert control is not None
    control.pause()
    async with opened(session) as replay:
        await replay.until_at(START + 100)
        control.step(-86_400)
        floor = await replay.until_at(START)

        assert floor.feeds["queue_log"].lines == 1


async def test_the_past_of_several_live_feeds_is_merged_and_then_the_watch_begins(tmp_path: Path) -> None:
    house, start = house_past_noon()
    north = [(start + 20 * n, f"n{n}|north|NONE|ENTERQUEUE||1|1") for n in range(50)]
    south = [(start + 20 * n + 10, f"s{n}|south|NONE|ENTERQUEUE||1|1") for n in range(50)]
    session = live_session(
        house, {"a": queue_log(tmp_path / "a_log", *north), "b": queue_log(tmp_path / "b_log", *south)}
    )
    folded: list[Decoded] = []
    session.station.on_folded = folded.append
    async with opened(session) as live:
        await live.until_lines("a", 50)
        floor = await live.until_lines("b", 50)
        await live.changes.until(lambda: len(folded) > 100)

    assert [item.feed for item in folded[:100]] == ["a", "b"] * 50
    assert all(item.line is not None and item.line.backfill for item in folded[:100])
    assert isinstance(folded[100].events[0], WatchBegan)
    assert len(floor.waiting) == 100
    assert session.heading().label == "LIVE"


async def test_the_heading_says_how_much_of_the_past_is_read_until_the_watch_begins(tmp_path: Path) -> None:
    log = tmp_path / "queue_log"
    log.write_bytes(log_lines(*SHIFT))
    session = live_session(house_in(), {"queue_log": FeedSettings(str(log))})
    health = session.feed_health()[0]
    health.bytes_read, health.bytes_total = 25, 100
    assert session.heading().loading == 0.25
    assert session.heading().feeds[0].word == "25.0 % read"

    async with opened(session) as live:
        await live.changes.until(lambda: not session.station.is_opening)
        assert session.heading().loading is None
        await live.changes.until(lambda: session.heading().feeds[0].word == "silent")  # its lines are of another day


async def test_a_log_is_followed_as_it_grows_and_is_rotated(tmp_path: Path) -> None:
    house, start = house_past_noon()
    log = tmp_path / "queue_log"
    session = live_session(house, {"queue_log": queue_log(log, (start, "c1|support|NONE|ENTERQUEUE||1|1"))})
    async with opened(session) as live:
        await live.until_lines("queue_log", 1)
        with log.open("ab") as file:
            file.write(log_lines((start + 60, "c1|support|NONE|ABANDON|1|1|60")))
        await live.until_lines("queue_log", 2)
        log.rename(tmp_path / "queue_log.1")
        log.write_bytes(log_lines((start + 90, "c2|support|NONE|ENTERQUEUE||1|1")))
        floor = await live.until_lines("queue_log", 3)
        (health,) = session.feed_health()

    assert {call for _queue, call in floor.waiting} == {"c2"}
    assert (health.rotations, health.possible_loss, health.rejected) == (1, 0, {})


async def test_a_log_of_a_named_format_that_is_not_there_yet_is_read_when_it_comes(tmp_path: Path) -> None:
    house, start = house_past_noon()
    log = tmp_path / "queue_log"
    session = live_session(house, {"queue_log": FeedSettings(str(log), QUEUE_LOG)})
    folded: list[Decoded] = []
    session.station.on_folded = folded.append
    async with opened(session) as live:
        await live.changes.until(lambda: bool(folded))
        assert session.heading().feeds[0].word == "missing"
        log.write_bytes(log_lines((start, "c1|support|NONE|ENTERQUEUE||1|1")))
        floor = await live.until_lines("queue_log", 1)

    assert {call for _queue, call in floor.waiting} == {"c1"}


@pytest.mark.parametrize("begins", [True, False])
async def test_what_a_session_began_ends_with_it(tmp_path: Path, begins: bool) -> None:
    before = set(threading.enumerate())
    house, start = house_past_noon()
    session = live_session(house, {"a": queue_log(tmp_path / "a_log", (start, "n1|north|NONE|ENTERQUEUE||1|1"))})
    async with opened(session) as live:
        if begins:
            await live.until_lines("a", 1)
    began = [thread for thread in threading.enumerate() if thread not in before]
    for thread in began:
        await asyncio.to_thread(thread.join, 20.0)

    assert [thread.name for thread in began if thread.is_alive() and not _is_of_asyncio(thread)] == []


def _is_of_asyncio(thread: threading.Thread) -> bool:
    return thread.name.startswith("asyncio_")


async def test_a_bad_line_while_watching_is_counted_and_the_rest_goes_on(tmp_path: Path) -> None:
    house, start = house_past_noon()
    log = tmp_path / "queue_log"
    session = live_session(house, {"queue_log": queue_log(log, (start, "c1|support|NONE|ENTERQUEUE||1|1"))})
    async with opened(session) as live:
        await live.until_lines("queue_log", 1)
        with log.open("ab") as file:
            file.write(b"what is this\n" + log_lines((start + 60, "c1|support|NONE|ABANDON|1|1|60")))
        floor = await live.until_lines("queue_log", 3)

    assert dict(floor.feeds["queue_log"].rejected) == {"fewer than five fields": 1}
    assert not floor.waiting


def sited_state(tmp_path: Path, house: House) -> FloorSnapshot:
    """Two switches that use the same words; the first is restarted."""
    both = (
        (START, "NONE|support|PJSIP/2001|ADDMEMBER|"),
        (START + 60, "c1|support|NONE|ENTERQUEUE||1|1"),
        (START + 70, "c2|support|NONE|ENTERQUEUE||1|2"),
        (START + 80, "c1|support|PJSIP/2001|CONNECT|20|c1b|5"),
    )
    wanted = {
        name: FeedSettings(queue_log(tmp_path / f"{name}_log", *lines).path, QUEUE_LOG, site=name)
        for name, lines in (("north", (*both, (START + 100, "NONE|NONE|NONE|QUEUESTART|"))), ("south", both))
    }
    timeline = timeline_of(house, wanted)
    floor = house.floor(timeline.gives)
    for decoded in timeline.entries():
        floor.take(decoded.feed, decoded.received_at, decoded.events, decoded.rejected)
    return floor.snapshot(START + 110)


def test_two_switches_with_the_same_words_are_kept_apart_by_their_site(tmp_path: Path) -> None:
    floor = sited_state(tmp_path, house_in())

    assert set(floor.queues) == {"north/support", "south/support"}
    assert {"north/PJSIP/2001", "south/PJSIP/2001"} <= set(floor.agents)
    assert floor.queues["south/support"].counts.answered == floor.queues["north/support"].counts.answered == 1
    assert not any(feed.misfits for feed in floor.feeds.values())


def test_a_restart_of_one_switch_closes_only_its_own_calls(tmp_path: Path) -> None:
    floor = sited_state(tmp_path, house_in())

    assert set(floor.waiting) == {("south/support", "south/c2")}
    assert set(floor.talks) == {("south/support", "south/c1")}
