"""`floorwatch notes`: searched, listed, given away, purged."""

import csv
import io
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from floorwatch.engine.system_clock import SystemClock
from floorwatch.feeds.recording import RecordedEvent, RecordingWriter
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import NewEntry
from floorwatch.model import events
from floorwatch.model.events import Entered, NoteKind
from tests.cli.conftest import Run, entered

DAY = 86_400.0


@pytest.fixture
def now() -> float:
    return SystemClock().now()


def write(url: str, said: Sequence[tuple[float, str, Entered]]) -> None:
    """Entries by time and author, each under the id of its event."""
    journal = open_journal(url)
    journal.append([NewEntry(event.id, at, by, replace(event, at=at, by=by)) for at, by, event in said])
    journal.close()


@pytest.fixture(autouse=True)
def notes(folder: Path, people: Path, now: float) -> Path:
    """Three notes of today and one of 100 days ago, in the journal of a configuration that is read unnamed."""
    (folder / "config").mkdir(mode=0o755)
    settings = folder / "config" / "floorwatch.toml"
    settings.write_text('[floor]\nme = "Ada"\n[people]\nfile = "../people.csv"\n[journal]\nurl = "notes.db"\n')
    said: list[tuple[float, str, Entered]] = [
        (now - 100 * DAY, "Bo", note("old", NoteKind.CHECK, None, text="dust", seat="B07")),
        (now - 3600, "Ada", note("n1", NoteKind.FAULT, tag="CRM", text="=white screen\nfor 张伟, call 5550001234")),
        (now - 1800, "Bo", note("n2", NoteKind.PRAISE, text="calm")),
        (now - 900, "Bo", note("n3", NoteKind.STATE, "4009", text="tired " + "x" * 600, follow_up="a break")),
    ]
    write(str(folder / "config" / "notes.db"), said)
    return folder / "config" / "notes.db"


def note(name: str, kind: NoteKind, agent: str | None = "4001", **said: str) -> events.NoteTaken:
    return events.NoteTaken(0.0, id=name, kind=kind, agent=agent, **said)  # type: ignore[arg-type]  # text, all of it


def found(floorwatch: Run, *words: str) -> list[str]:
    ran = floorwatch("notes", *words, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    return [row["id"] for row in json.loads(ran.out)]


def test_notes_are_found_by_words_the_newest_first(floorwatch: Run) -> None:
    assert found(floorwatch, "search", "张伟") == ["n2", "n1"]
    assert found(floorwatch, "search", "WHITE", "crm") == ["n1"]
    assert found(floorwatch, "search", "break") == ["n3"]
    assert found(floorwatch, "search", "nothing") == []
    assert found(floorwatch, "list") == ["n3", "n2", "n1", "old"]


def test_every_limit_of_a_search_holds(floorwatch: Run) -> None:
    assert found(floorwatch, "list", "--since", "7d") == ["n3", "n2", "n1"]
    assert found(floorwatch, "list", "--until", "7d") == ["old"]
    assert found(floorwatch, "list", "--kind", "fault") == ["n1"]
    assert found(floorwatch, "list", "--agent", "A01") == ["n2", "n1"]
    assert found(floorwatch, "list", "--agent", "4009") == ["n3"]
    assert found(floorwatch, "list", "--by", "bo", "--since", "7d") == ["n3", "n2"]


def test_a_table_has_a_line_a_note_with_all_that_it_says(floorwatch: Run) -> None:
    ran = floorwatch("notes", "list", "--since", "7d")
    head, *lines = ran.out.splitlines()

    assert head.split() == ["time", "kind", "who", "by", "note"]
    assert len(lines) == 3
    assert re.search(r"fault +A01 张伟 +Ada +\[CRM\] =white screen for 张伟, call 5550001234$", lines[2])
    assert lines[0].endswith("x…"), "a line of a table is not endless: the other forms are whole"
    assert found(floorwatch, "search", "tired") == ["n3"]


def test_what_is_still_to_be_done_stands_in_the_table(floorwatch: Run, notes: Path, now: float) -> None:
    write(str(notes), [(now, "Bo", note("n4", NoteKind.HELP, text="refund?", follow_up="send the form"))])

    assert "refund? to do: send the form" in floorwatch("notes", "search", "form").out


def test_nothing_found_is_said(floorwatch: Run) -> None:
    assert floorwatch("notes", "search", "unheard").out == "No note is found.\n"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("search",), 2, "Missing argument 'WORDS...'"),
        (("list", "--format", "xml"), 2, "'xml' is none of: table, json, csv"),
        (("export", "--format", "table"), 2, "'table' is none of: csv, json, md"),
        (("list", "--kind", "gossip"), 2, "'gossip' is not one of"),
        (("list", "--agent", "zoe"), 1, "nobody is 'zoe' in the notes or in the people file"),
        (("list", "--since", "soon"), 1, "'soon' is no time"),
        (("list", "--since", "1d", "--until", "2d"), 1, "2d is not after 1d"),
        (("purge", "--older-than", "soon", "--yes"), 1, "--older-than 'soon' is no age: write 90d or 12w"),
        (("purge", "--older-than", "0d", "--yes"), 1, "--older-than '0d' is no age"),
    ],
)
def test_what_cannot_be_meant_is_said(floorwatch: Run, words: Sequence[str], status: int, said: str) -> None:
    ran = floorwatch("notes", *words)

    assert (ran.status, ran.out) == (status, "")
    assert said in ran.err


def test_an_export_is_whole_oldest_first_and_no_formula(floorwatch: Run) -> None:
    ran = floorwatch("notes", "export", "--from", "7d")
    rows = list(csv.DictReader(io.StringIO(ran.out)))

    assert [row["id"] for row in rows] == ["n1", "n2", "n3"]
    assert rows[0]["text"] == "'=white screen for 张伟, call 5550001234"
    assert rows[2]["text"] == "tired " + "x" * 600
    assert (rows[0]["name"], rows[0]["seat"], rows[0]["by"]) == ("张伟", "A01", "Ada")


def test_a_redacted_export_names_nobody(floorwatch: Run) -> None:
    forms = {form: floorwatch("notes", "export", "--redact", "--format", form) for form in ("csv", "json", "md")}

    for ran in forms.values():
        assert ran.status == 0
        for word in ("张伟", "4001", "4009", "5550001234", "Ada", "Bo"):
            assert word not in ran.out
        assert "agent 1" in ran.out
    rows = json.loads(forms["json"].out)
    assert [row["by"] for row in rows] == ["author 1", "author 2", "author 1", "author 1"]
    assert [row["agent"] for row in rows] == [None, "agent 1", "agent 1", "agent 2"]
    assert forms["md"].out.startswith("| at | kind |")


def test_a_journal_that_is_not_there_is_an_empty_one_and_is_not_made(floorwatch: Run, folder: Path) -> None:
    assert floorwatch("notes", "list", "--journal", "none.db").out == "No note is found.\n"
    assert floorwatch("notes", "purge", "--yes", "--journal", "none.db").out.startswith("Nothing was over before ")
    assert not (folder / "none.db").exists()


def test_what_is_no_journal_is_one_line(floorwatch: Run, folder: Path) -> None:
    (folder / "text.db").write_text("this is no journal, whatever its name says\n" * 20)

    ran = floorwatch("notes", "list", "--journal", "text.db")

    assert (ran.status, ran.out, len(ran.complaints)) == (1, "", 1)
    assert "text.db" in ran.err


def test_a_purge_in_a_pipe_wants_a_yes_first(floorwatch: Run, notes: Path) -> None:
    ran = floorwatch("notes", "purge")

    assert (ran.status, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert len(entered(str(notes))) == 4


def test_a_dry_run_says_what_would_go_and_deletes_nothing(floorwatch: Run, notes: Path) -> None:
    ran = floorwatch("notes", "purge", "--dry-run")

    assert ran.status == 0
    said, nothing = ran.out.splitlines()
    assert re.fullmatch(
        r"Over before \d{4}-\d\d-\d\d \d\d:\d\d: 1 note, 0 help requests, 0 incidents; "
        r"1 entry with all that was entered about them\.",
        said,
    )
    assert nothing == "Nothing was deleted."
    assert len(entered(str(notes))) == 4


def test_a_purge_deletes_what_is_old_says_so_and_stands_in_the_journal(floorwatch: Run, notes: Path) -> None:
    ran = floorwatch("notes", "purge", "--yes")

    *left, purged = entered(str(notes))
    assert ran.out.splitlines()[-1] == "1 entry deleted."
    assert [event.id for event in left if isinstance(event, Entered)] == ["n1", "n2", "n3"]
    assert isinstance(purged, events.NotesPurged)
    assert (purged.by, purged.entries) == ("Ada", 1)
    assert found(floorwatch, "list") == ["n3", "n2", "n1"]
    assert b"dust" not in notes.read_bytes()


def test_recordings_that_still_hold_what_was_deleted_are_named(
    floorwatch: Run, folder: Path, now: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    settings, days = folder / "config" / "floorwatch.toml", folder / "days"
    settings.write_text(settings.read_text() + f'[recording]\nfolder = "{days}"\n')
    written_out = folder / "cache" / "floorwatch" / "replays" / "a-b" / "queue_log.floorlog"
    held = (days / "2026-08-01.floorlog", written_out)
    for path, name in ((held[0], "old"), (days / "2026-08-02.floorlog", "n1"), (held[1], "old")):
        path.parent.mkdir(parents=True, exist_ok=True)
        writer = RecordingWriter(path, "UTC", {})
        writer.append(RecordedEvent("journal", now, note(name, NoteKind.CHECK, text="dust")))
        writer.close()
    keyframes = days / "2026-08-01.floorlog.keyframes"
    keyframes.write_text("of it")

    ran = floorwatch("notes", "purge", "--yes")
    again = floorwatch("notes", "purge", "--yes")

    assert ran.out.splitlines()[-5:] == [
        "1 entry deleted.",
        "Recordings still hold what was deleted. Delete these files too where nothing may be left of it:",
        *map(str, (held[0], keyframes, held[1])),
    ]
    assert "Recordings" not in again.out


def test_the_age_is_the_configured_one_unless_given(floorwatch: Run, folder: Path, notes: Path) -> None:
    settings = folder / "config" / "floorwatch.toml"
    settings.write_text(settings.read_text() + "keep_days = 200\n")

    assert floorwatch("notes", "purge", "--dry-run").out.startswith("Nothing was over before ")
    assert floorwatch("notes", "purge", "--dry-run", "--older-than", "14w").out.startswith("Over before ")


def test_what_waits_for_somebody_is_kept_and_counted(floorwatch: Run, notes: Path, now: float) -> None:
    write(str(notes), [(now - 200 * DAY, "Bo", note("open", NoteKind.STATE, follow_up="ask again"))])

    ran = floorwatch("notes", "purge", "--yes")

    assert "1 older one is kept: it waits for somebody." in ran.out
    assert "open" in found(floorwatch, "list")


@pytest.mark.parametrize(("answer", "left"), [("y\n", 4), ("n\n", 4), ("\n", 4)])
def test_at_a_terminal_a_purge_asks(
    floorwatch: Run, notes: Path, monkeypatch: pytest.MonkeyPatch, answer: str, left: int
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    ran = floorwatch("notes", "purge")

    assert ran.status == 0
    assert len(entered(str(notes))) == left
    assert ("Nothing was deleted." in ran.out) == (answer != "y\n")
    assert (found(floorwatch, "search", "dust") == []) == (answer == "y\n")
