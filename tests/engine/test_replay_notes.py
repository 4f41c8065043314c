"""What is entered while a recording is replayed: it stands at its moment, and is gone with the replay."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from floorwatch.engine.house import House
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.replaying import replay_session
from floorwatch.engine.session import Session
from floorwatch.extend.command import Toast
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.alerts import AlertTone
from floorwatch.model.events import HelpRequested, NoteKind, NoteTaken, WatchBegan
from tests.engine.pens import Pen, house_of_pens, writing
from tests.engine.replays import frames_every, indexed, plain
from tests.engine.small_floor import QUEUE_LOG, START, log_lines

OpenTape: TypeAlias = Callable[[House, Path], Tape]
LINES = tuple((START + 60 * minute, f"c{minute}|support|NONE|ENTERQUEUE||1|1") for minute in range(60))
RECORDED = (
    NoteTaken(START + 330, id="recorded", by="Wang", kind=NoteKind.CHECK, text="that day"),
    HelpRequested(START + 330, id="asked", by="Wang", agent="2001"),
)


@pytest.fixture(params=[plain, indexed])
def open_tape(request: pytest.FixtureRequest) -> Iterator[OpenTape]:
    """Without keyframes, and with one at every ninth entry."""
    with frames_every(9):
        yield request.param


def replay_of(folder: Path, at: float, journal: str, open_tape: OpenTape) -> Session:
    """A paused replay of an hour in which Wang took a note and asked for help."""
    house, _at = house_of_pens(folder, "李娜", journal)
    recording = folder / "hour.floorlog"
    writer = RecordingWriter(recording, "UTC", {"queue_log": RecordedFeed(QUEUE_LOG)})
    writer.append(RecordedEvent("", START, WatchBegan(START)))
    for received_at, words in LINES:
        if received_at == START + 360:
            for event in RECORDED:
                writer.append(RecordedEvent("journal", START + 330, event))
        writer.append(FeedLine("queue_log", received_at, 0, log_lines((received_at, words)).rstrip()))
    writer.close()
    tape = open_tape(house, recording)
    session = replay_session(tape.house, tape, at, 1)
    control = session.replay_control()
    assert control is not None
    control.pause()
    return session


async def come_to(pen: Pen, at: float) -> None:
    """Step to a moment, and wait until everything up to there is on the floor."""
    session = pen.session
    control = session.replay_control()
    assert control is not None
    control.step(at - session.now())
    await stands_at(pen, at)


async def stands_at(pen: Pen, at: float) -> None:
    """Wait until everything up to this moment is on the floor and shown."""
    session = pen.session
    lines = sum(received_at <= at for received_at, _words in LINES)
    await pen.changes.until(lambda: session.station.reached() >= at and _lines(pen) == lines and session.is_settled)


def _lines(pen: Pen) -> int:
    floor = pen.session.station.snapshot
    return 0 if floor is None or "queue_log" not in floor.feeds else floor.feeds["queue_log"].lines


async def test_what_is_entered_in_a_replay_stands_at_its_moment_back_and_forth(
    tmp_path: Path, open_tape: OpenTape
) -> None:
    journal = tmp_path / "journal.db"
    async with writing(replay_of(tmp_path, START + 600, str(journal), open_tape)) as pen:
        await stands_at(pen, START + 600)
        assert await pen.do("jot", None, "later", text="at ten") == [Toast("Noted.")]
        await come_to(pen, START + 300)
        assert dict(pen.support.notes) == {}
        await pen.do("jot", None, "earlier", text="at five")
        assert list(pen.support.notes) == ["earlier"]
        await come_to(pen, START + 480)
        assert list(pen.support.notes) == ["earlier", "recorded"]
        await come_to(pen, START + 900)
        assert list(pen.support.notes) == ["earlier", "recorded", "later"]
        notes = pen.support.notes
        await come_to(pen, START + 400)
        await come_to(pen, START + 900)

        assert pen.support.notes == notes
        assert abs(notes["later"].at - (START + 600)) < 0.001
        assert not journal.exists()


async def test_a_replay_says_that_notes_are_not_kept_and_keeps_who_writes_over_a_step_back(
    tmp_path: Path, open_tape: OpenTape
) -> None:
    async with writing(replay_of(tmp_path, START + 600, "memory:", open_tape)) as pen:
        await stands_at(pen, START + 600)
        pen.session.become("Zhao")
        await come_to(pen, START + 300)
        floor = pen.session.station.snapshot

        assert floor is not None
        assert (floor.me, pen.session.me) == ("Zhao", "Zhao")
        assert pen.session.heading().journal == "notes here are not kept"


async def test_an_undoing_in_a_replay_stands_at_its_moment_too(tmp_path: Path, open_tape: OpenTape) -> None:
    async with writing(replay_of(tmp_path, START + 600, "memory:", open_tape)) as pen:
        await stands_at(pen, START + 600)
        await pen.do("jot", None, "mine")
        await come_to(pen, START + 660)
        await pen.session.undo()
        assert "mine" not in pen.support.notes
        await come_to(pen, START + 630)
        assert "mine" in pen.support.notes
        await come_to(pen, START + 700)
        assert "mine" not in pen.support.notes


async def test_recorded_entries_are_gone_on_from_here_and_stand_as_recorded_before(
    tmp_path: Path, open_tape: OpenTape
) -> None:
    async with writing(replay_of(tmp_path, START + 600, "memory:", open_tape)) as pen:
        await stands_at(pen, START + 600)
        await pen.do("take", "help:asked")
        assert pen.support.helps["asked"].taken_by == "李娜"
        await come_to(pen, START + 400)
        assert pen.support.helps["asked"].taken_by == ""
        assert list(pen.session.authors())[:2] == ["李娜", "Wang"]


def tone(pen: Pen) -> AlertTone | None:
    """Of the alert of who asked for help: an alarm until somebody takes it, then a warning."""
    floor = pen.session.station.snapshot
    assert floor is not None
    return next((each.alert.tone for each in floor.alerts if each.rule == "help-waiting"), None)


async def test_from_what_is_entered_on_the_rules_are_asked_and_before_it_all_is_as_it_was(
    tmp_path: Path, open_tape: OpenTape
) -> None:
    async with writing(replay_of(tmp_path, START + 600, "memory:", open_tape)) as pen:
        await stands_at(pen, START + 600)
        assert tone(pen) is AlertTone.ALARM
        await pen.do("take", "help:asked")
        for at, then in ((604, "alarm"), (605, "warn"), (1800, "warn"), (590, "alarm"), (1200, "warn"), (601, "alarm")):
            await come_to(pen, START + at)
            assert tone(pen) == then, at


async def test_what_is_entered_earlier_than_something_else_holds_from_there_on(
    tmp_path: Path, open_tape: OpenTape
) -> None:
    async with writing(replay_of(tmp_path, START + 900, "memory:", open_tape)) as pen:
        await stands_at(pen, START + 900)
        await pen.do("jot", None, "later")
        await come_to(pen, START + 480)
        await pen.do("take", "help:asked")
        await come_to(pen, START + 1000)

        assert tone(pen) is AlertTone.WARN
        assert list(pen.support.notes) == ["recorded", "later"]
