"""What people enter at a desk: saved first, folded, then said; who came second is told who was first."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from floorwatch.engine import keeper as keeper_module
from floorwatch.engine.desk import Refused
from floorwatch.engine.entering import new_entries
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.journal.opening import open_journal
from floorwatch.model.events import NoteKind, NoteTaken
from floorwatch.settings import system_user
from floorwatch.views import Tone
from tests.engine.pens import Pen, session_of, writing

HOUR = 3600.0


def clock_of(pen: Pen, at: float) -> str:
    """A moment as this floor writes it."""
    return f"{datetime.fromtimestamp(at, pen.session.zone):%H:%M}"


async def test_a_note_is_in_the_journal_and_on_the_floor_before_it_is_said_to_be(tmp_path: Path) -> None:
    url = str(tmp_path / "journal.db")
    async with writing(session_of(tmp_path, "李娜", url)) as pen:
        said = await pen.do("jot", "agent:PJSIP/2001", "d1", text="calm")
        (note,) = pen.support.notes.values()
        (entry,) = open_journal(url).since(0)

    assert said == [Toast("Noted.")]
    assert (note.id, note.by, note.agent, note.text) == ("d1", "李娜", "PJSIP/2001", "calm")
    assert (entry.id, entry.author) == ("d1", "李娜")


async def test_what_was_entered_before_is_there_when_the_watch_begins(tmp_path: Path) -> None:
    url = str(tmp_path / "journal.db")
    old = NoteTaken(1e9, kind=NoteKind.PRAISE, text="long ago")
    open_journal(url).append(new_entries([old], "old", "Wang", 1e9))
    async with writing(session_of(tmp_path, "李娜", url)) as pen:
        floor = pen.session.station.snapshot

        assert floor is not None
        assert list(pen.support.notes) == ["old"]
        assert set(floor.feeds) <= {"queue_log"}
        assert pen.session.heading().journal == ""


async def test_a_journal_that_nobody_can_open_keeps_nobody_from_watching(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜", "postgres://floor/journal")) as pen:
        floor = pen.session.station.snapshot
        assert floor is not None
        assert len(floor.agents) == 2
        assert pen.session.heading().journal.startswith("journal: ")
        refused = await pen.refused("jot", text="x")

    assert refused.is_unsaved
    assert refused.mistakes[""].startswith("postgres://floor/journal: nothing here opens such a journal")


async def test_each_of_two_desks_sees_what_the_other_enters(tmp_path: Path) -> None:
    url = str(tmp_path / "journal.db")
    async with writing(session_of(tmp_path, "李娜", url)) as one, writing(session_of(tmp_path, "Wang", url)) as other:
        await one.do("jot", text="from one")
        await other.do("jot", text="from the other")
        await one.changes.until(lambda: len(one.support.notes) == 2)

        assert list(one.support.notes.values()) == list(other.support.notes.values())


async def test_of_two_who_take_the_same_request_the_first_has_it_and_the_second_is_told(tmp_path: Path) -> None:
    url = str(tmp_path / "journal.db")
    async with writing(session_of(tmp_path, "李娜", url)) as one, writing(session_of(tmp_path, "Wang", url)) as other:
        key = await one.calls_for_help()
        await other.changes.until(lambda: other.has(key))
        said = await asyncio.gather(one.do("take", key), other.do("take", key))
        (request,) = one.support.helps.values()
        assert request.taken_at is not None
        at = clock_of(one, request.taken_at)

        assert [Toast("It is yours."), Open("agents"), Ask("answer", key)] in said
        late = Toast(f"{request.taken_by} has it already, since {at}.", Tone.WARN)
        assert [late, Open("agents")] in said
        assert request.taken_by in ("李娜", "Wang")


async def test_who_has_it_already_is_told_so(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        key = await pen.calls_for_help()
        await pen.do("take", key)

        assert await pen.do("take", key) == [Toast("You have it already.", Tone.WARN), Open("agents")]
        await pen.do("answer", key)
        assert await pen.do("take", key) == [Toast("You have answered it already.", Tone.WARN), Open("agents")]


async def test_an_answered_request_cannot_be_taken_and_its_answerer_is_named(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "Wang")) as pen:
        key = await pen.calls_for_help()
        await pen.do("answer", key)
        pen.session.become("李娜")
        (late, _open) = await pen.do("take", key)

    assert isinstance(late, Toast)
    assert late.text.startswith("Wang has answered it already, at ")


async def test_what_could_not_be_saved_is_sent_again_and_stands_once(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.write_text("a file where the journal's folder shall be")
    async with writing(session_of(tmp_path, "李娜", str(folder / "journal.db"))) as pen:
        doing = pen.session.new_doing()
        refused = await pen.refused("jot", None, doing, text="keep me")
        assert refused.is_unsaved
        assert list(refused.mistakes) == [""]
        assert pen.session.heading().journal.startswith("journal: ")

        folder.unlink()
        first = await pen.do("jot", None, doing, text="keep me")
        again = await pen.do("jot", None, doing, text="keep me")
        (note,) = pen.support.notes.values()
        await pen.changes.until(lambda: pen.session.heading().journal == "")

    assert first == again == [Toast("Noted.")]
    assert note.text == "keep me"


async def test_what_was_given_up_and_written_after_all_is_said_once_when_it_is_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = str(tmp_path / "journal.db")
    async with writing(session_of(tmp_path, "李娜", url)) as pen:
        await pen.do("jot", None, "d1", text="first")
        with closing(sqlite3.connect(url, isolation_level=None)) as other, monkeypatch.context() as impatient:
            other.execute("BEGIN IMMEDIATE")
            impatient.setattr(keeper_module, "PATIENCE_SECONDS", 0.05)
            refused = await pen.refused("jot", None, "d2", text="slow")
            other.execute("ROLLBACK")
        await pen.changes.until(lambda: "d2" in pen.support.notes)
        again = await pen.do("jot", None, "d2", text="slow")
        await pen.changes.until(lambda: pen.session.heading().journal == "")

    assert refused.is_unsaved
    assert again == [Toast("Noted.")]
    assert list(pen.support.notes) == ["d1", "d2"]


async def test_of_what_was_saved_and_written_otherwise_since_the_first_stands_and_that_is_said(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        await pen.do("jot", None, "d1", text="first")
        said = await pen.do("jot", None, "d1", text="second")
        (note,) = pen.support.notes.values()

    assert note.text == "first"
    assert isinstance(said[0], Toast)
    assert said[0].text.startswith("It was saved before, as you first wrote it")


async def test_while_nobody_writes_nothing_is_entered_and_what_enters_nothing_goes_on(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        pen.session.become("")
        refused = await pen.refused("jot", text="whose?")

        assert refused == Refused({"": "Nobody writes here: say who you are first"}, needs_me=True)
        assert await pen.do("who") == [Toast("nobody")]
        assert await pen.session.undo() == [Toast("Nobody writes here: say who you are first", Tone.WARN)]
        assert not pen.support.notes


async def test_while_nobody_writes_what_fails_may_be_there_for_somebody(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        pen.session.become("")
        assert (await pen.refused("mine")).needs_me
        pen.session.become("李娜")
        assert await pen.do("mine") == [Toast("It is yours.")]


async def test_a_name_that_utf_8_cannot_hold_is_one_name_here_and_in_the_journal(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "Li\udcff", str(tmp_path / "journal.db"))) as pen:
        said = await pen.do("jot", None, text="calm")
        undone = await pen.session.undo()

    assert said == [Toast("Noted.")]
    assert [toast.text for toast in undone] == ["Undone: note for the floor."]


async def test_who_writes_is_in_the_heading_the_request_and_the_snapshot(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        assert (pen.session.me, pen.session.heading().me) == ("李娜", "李娜")
        pen.session.become(" Wang ")
        await pen.changes.until(lambda: pen.session.station.snapshot is not None and _me(pen) == "Wang")

        assert pen.session.heading().me == "Wang"
        assert await pen.do("who") == [Toast("Wang")]


def _me(pen: Pen) -> str:
    floor = pen.session.station.snapshot
    return "" if floor is None else floor.me


def test_who_writes_is_the_systems_user_unless_the_settings_say_otherwise(tmp_path: Path) -> None:
    assert session_of(tmp_path, None).me == system_user()


def test_a_system_that_knows_no_user_has_nobody_who_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", unknown)
    monkeypatch.delenv("USERNAME", raising=False)
    assert session_of(tmp_path, None).me == ""


async def test_those_who_wrote_are_offered_first_then_the_people(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        await pen.do("jot")
        pen.session.become("Wang")
        await pen.do("jot")
        await pen.do("jot")
        pen.session.become("")
        await pen.changes.until(lambda: pen.session.station.is_settled)

        assert list(pen.session.authors()) == ["Wang", "李娜"]


async def test_who_left_the_screen_locked_is_offered_first(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "Wang")) as pen:
        await pen.do("jot")
        pen.session.become("李娜")
        pen.session.become("")
        await pen.changes.until(lambda: pen.session.station.is_settled)

        assert list(pen.session.authors()) == ["李娜", "Wang"]


async def test_the_last_entry_is_undone_and_said_with_whom_it_was_about(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        await pen.do("jot", "agent:PJSIP/2001")
        undone = await pen.session.undo()
        nothing = await pen.session.undo()

        assert undone == [Toast("Undone: note for PJSIP/2001.")]
        assert nothing == [Toast("There is nothing of yours to undo.")]
        assert not pen.support.notes
        assert not pen.support.visits


async def test_what_somebody_has_gone_on_from_is_not_undone(tmp_path: Path) -> None:
    async with writing(session_of(tmp_path, "李娜")) as pen:
        key = await pen.calls_for_help()
        pen.session.become("Wang")
        await pen.do("take", key)
        pen.session.become("李娜")
        (said,) = await pen.session.undo()

        assert said.text.startswith("Wang has gone on from it, at ")
        assert said.tone is Tone.WARN
        assert pen.has(key)


async def test_an_undoing_that_was_not_saved_can_be_sent_again_and_undoes_one_entry(tmp_path: Path) -> None:
    url = tmp_path / "journal.db"
    async with writing(session_of(tmp_path, "李娜", str(url))) as pen:
        await pen.do("jot", text="one")
        await pen.do("jot", text="two")
        aside = url.rename(tmp_path / "aside.db")
        url.mkdir()
        (failed,) = await pen.session.undo()
        assert failed.tone is Tone.ALARM
        url.rmdir()
        aside.rename(url)
        (undone,) = await pen.session.undo()

        assert undone.text.startswith("Undone: note")
        assert [note.text for note in pen.support.notes.values()] == ["one"]


@pytest.mark.parametrize("ahead", [-400 * 24 * HOUR, -HOUR, HOUR, 400 * 24 * HOUR])
async def test_the_clock_of_another_writer_moves_no_time_here(tmp_path: Path, ahead: float) -> None:
    url = str(tmp_path / "journal.db")
    async with writing(session_of(tmp_path, "李娜", url)) as pen:
        now = pen.session.now()
        theirs = NoteTaken(now + ahead, kind=NoteKind.CHECK, text="theirs")
        open_journal(url).append(new_entries([theirs], "theirs", "Wang", now + ahead))
        await pen.changes.until(lambda: "theirs" in pen.support.notes)
        await pen.do("jot", None, "mine")

        assert list(pen.support.notes) == ["theirs", "mine"]
        assert pen.support.notes["theirs"].at == now + ahead
        assert now <= pen.session.station.reached() <= pen.session.now() + 1
