"""What is entered while a recording is replayed: it stands at its moment, and is gone with the replay."""

from pathlib import Path

from floorwatch.engine.replaying import replay_session
from floorwatch.engine.session import Session
from floorwatch.engine.timeline import timeline_of
from floorwatch.extend.command import Toast
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.events import HelpRequested, NoteKind, NoteTaken, WatchBegan
from floorwatch.settings import FeedSettings
from tests.engine.pens import Pen, house_of_pens, writing
from tests.engine.small_floor import QUEUE_LOG, START, log_lines

LINES = tuple((START + 60 * minute, f"c{minute}|support|NONE|ENTERQUEUE||1|1") for minute in range(60))
RECORDED = (
    NoteTaken(START + 330, id="recorded", by="Wang", kind=NoteKind.CHECK, text="that day"),
    HelpRequested(START + 330, id="asked", by="Wang", agent="2001"),
)


def replay_of(folder: Path, at: float, journal: str) -> Session:
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
    timeline = timeline_of(house, {"hour": FeedSettings(str(recording))})
    session = replay_session(timeline.house, timeline, at, 1)
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


async def test_what_is_entered_in_a_replay_stands_at_its_moment_back_and_forth(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    async with writing(replay_of(tmp_path, START + 600, str(journal))) as pen:
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


async def test_a_replay_says_that_notes_are_not_kept_and_keeps_who_writes_over_a_step_back(tmp_path: Path) -> None:
    async with writing(replay_of(tmp_path, START + 600, "memory:")) as pen:
        await stands_at(pen, START + 600)
        pen.session.become("Zhao")
        await come_to(pen, START + 300)
        floor = pen.session.station.snapshot

        assert floor is not None
        assert (floor.me, pen.session.me) == ("Zhao", "Zhao")
        assert pen.session.heading().journal == "notes here are not kept"


async def test_an_undoing_in_a_replay_stands_at_its_moment_too(tmp_path: Path) -> None:
    async with writing(replay_of(tmp_path, START + 600, "memory:")) as pen:
        await stands_at(pen, START + 600)
        await pen.do("jot", None, "mine")
        await come_to(pen, START + 660)
        await pen.session.undo()
        assert "mine" not in pen.support.notes
        await come_to(pen, START + 630)
        assert "mine" in pen.support.notes
        await come_to(pen, START + 700)
        assert "mine" not in pen.support.notes


async def test_recorded_entries_are_gone_on_from_here_and_stand_as_recorded_before(tmp_path: Path) -> None:
    async with writing(replay_of(tmp_path, START + 600, "memory:")) as pen:
        await stands_at(pen, START + 600)
        await pen.do("take", "help:asked")
        assert pen.support.helps["asked"].taken_by == "李娜"
        await come_to(pen, START + 400)
        assert pen.support.helps["asked"].taken_by == ""
        assert list(pen.session.authors())[:2] == ["李娜", "Wang"]
