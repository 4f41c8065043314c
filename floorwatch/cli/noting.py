"""`floorwatch notes`: notes searched, listed, given away, and purged, from the journal and the people file alone.

Rules
- No feed is read and no plugin is loaded: what was entered says all that is asked for here.
- Nothing is deleted that was not said before, and only after somebody said yes.
"""

import shutil
import sys
from collections.abc import Sequence

import typer
from msgspec import Struct
from rich.cells import cell_len, set_cell_size

from floorwatch.cli.failing import WorkError
from floorwatch.cli.moments import age, moment_or_age
from floorwatch.cli.notes_written import FORMS, written
from floorwatch.cli.plain import plain_table
from floorwatch.cli.reading import read_journal
from floorwatch.cli.wishes import Wishes
from floorwatch.engine.decoding import fold
from floorwatch.engine.entering import decoded, new_doing, new_entries, writer
from floorwatch.engine.notes import Book, Wanted, found
from floorwatch.engine.notes_given import Veil, row_of, whole
from floorwatch.engine.notes_left import still_held
from floorwatch.engine.notes_purge import Purge, purge_before
from floorwatch.engine.system_clock import SystemClock
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import Entry, NewEntry
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Duty
from floorwatch.model.entered import NoteKind, NotesPurged
from floorwatch.model.floor import Floor
from floorwatch.model.support import Note, Support
from floorwatch.settings import FeedSettings, Settings, journal_url, load_people, me_of, rules_of
from floorwatch.settings.find import replay_folder
from floorwatch.text import inert
from floorwatch.words import _, _n

TABLE = "table"
NARROWEST_TEXT = 20
DAY_SECONDS = 86_400.0


class Asked(Struct, frozen=True):
    """What a person wrote behind `notes search` and its like."""

    words: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    agent: str | None = None
    kind: NoteKind | None = None
    by: str | None = None


class Shelf(Struct, frozen=True):
    """A journal and what it adds up to, with what it takes to read it."""

    settings: Settings
    url: str
    entries: Sequence[Entry]
    support: Support
    duty: Duty
    book: Book
    days: FloorDays
    now: float


def search(wishes: Wishes, asked: Asked, form: str) -> None:
    """Print the notes that are asked for, the newest first. Raises WorkError, SettingsError and JournalError."""
    _check(form, (TABLE, "json", "csv"))
    shelf = _shelf(wishes)
    notes = found(shelf.support.notes.values(), _wanted(shelf, asked), shelf.book)
    if form != TABLE:
        _print(written([row_of(note, shelf.book, shelf.days) for note in notes], form))
    elif notes:
        _print(_table(notes, shelf))
    else:
        _print(_("No note is found.") + "\n")


def export(wishes: Wishes, asked: Asked, form: str, *, redact: bool) -> None:
    """Print the notes of a span whole, the oldest first. Raises WorkError, SettingsError and JournalError."""
    _check(form, tuple(FORMS))
    shelf = _shelf(wishes)
    notes = found(shelf.support.notes.values(), _wanted(shelf, asked), shelf.book)
    rows = [row_of(note, shelf.book, shelf.days) for note in reversed(notes)]
    if redact:
        veil = Veil(shelf.support, shelf.book)
        rows = [veil.over(row) for row in rows]
    _print(written(rows, form))


def purge(wishes: Wishes, older_than: str | None, *, dry_run: bool, yes: bool) -> None:
    """Delete what was over before then, saying what goes. Raises WorkError, SettingsError and JournalError."""
    if not (dry_run or yes or sys.stdin.isatty()):
        raise typer.BadParameter(_("nobody is here to ask: give --yes, or --dry-run to see what would go"))
    shelf = _shelf(wishes)
    before = shelf.now - _seconds(older_than or f"{shelf.settings.journal.keep_days}d")
    planned = purge_before(shelf.entries, shelf.support, shelf.duty, before, _lines_since(shelf))
    _print(_planned(planned, shelf))
    if not planned.ids:
        if not dry_run:
            _delete(shelf.url, ())  # what an earlier purge left in the journal's log, while somebody was reading that
        return
    if dry_run or not (yes or typer.confirm(_("Delete them for good?"))):
        _print(_("Nothing was deleted.") + "\n")
        return
    ids, gone = _purged(wishes, shelf, planned)
    _print(_n("{n} entry deleted.", "{n} entries deleted.", gone).format(n=gone) + "\n")
    if left := still_held(ids, shelf.settings.recording.folder, replay_folder()):
        said = _("Recordings still hold what was deleted. Delete these files too where nothing may be left of it:")
        _print("".join(f"{line}\n" for line in (said, *(inert(str(path)) for path in left))))


def _purged(wishes: Wishes, shelf: Shelf, planned: Purge) -> tuple[Sequence[str], int]:
    """Delete what was planned but for what somebody went on from meanwhile; which entries, and how many. It stands in
    the journal first that this was done: a purge that is torn in the middle is not silent either."""
    now = _shelf(wishes)
    still = set(purge_before(now.entries, now.support, now.duty, planned.before, _lines_since(now)).ids)
    ids = [entry for entry in planned.ids if entry in still]
    said = NotesPurged(now.now, before=planned.before, entries=len(ids))
    return ids, _delete(shelf.url, ids, new_entries([said], new_doing(), writer(me_of(shelf.settings)), now.now))


def _lines_since(shelf: Shelf) -> float:
    """From when on the lines of a feed are read by whoever begins to watch; a day more, for where days begin."""
    days = max((feed.backfill_days for feed in shelf.settings.feeds.values()), default=0)
    return shelf.now - (max(days, FeedSettings("").backfill_days) + 1) * DAY_SECONDS


def _delete(url: str, ids: Sequence[str], said: Sequence[NewEntry] = ()) -> int:
    journal = open_journal(url)
    try:
        journal.append(said)
        return journal.purge(ids)
    finally:
        journal.close()


def _planned(plan: Purge, shelf: Shelf) -> str:
    then = f"{shelf.days.local(plan.before):%Y-%m-%d %H:%M}"
    kept = _n(
        "{n} older one is kept: it waits for somebody.", "{n} older ones are kept: they wait for somebody.", plan.kept
    )
    lines = [kept.format(n=plan.kept)] if plan.kept else []
    if plan.ids:
        said = _("Over before {then}: {notes}, {helps}, {incidents}; {entries} with all that was entered about them.")
        entries = len(plan.ids)
        head = said.format(
            then=then,
            notes=_n("{n} note", "{n} notes", plan.notes).format(n=plan.notes),
            helps=_n("{n} help request", "{n} help requests", plan.helps).format(n=plan.helps),
            incidents=_n("{n} incident", "{n} incidents", plan.incidents).format(n=plan.incidents),
            entries=_n("{n} entry", "{n} entries", entries).format(n=entries),
        )
    else:
        head = _("Nothing was over before {then}.").format(then=then)
    return "".join(f"{line}\n" for line in (head, *lines))


def _seconds(text: str) -> float:
    seconds = age(text)
    if seconds is None or not seconds:
        raise WorkError(_("--older-than {text!r} is no age: write 90d or 12w").format(text=text))
    return seconds


def _shelf(wishes: Wishes) -> Shelf:
    settings = wishes.settings()
    people = load_people(wishes.people if wishes.people is not None else settings.people.file)
    url = journal_url(settings, wishes.journal)
    entries, now = read_journal(url), SystemClock().now()
    rules = rules_of(settings)
    floor = Floor(rules, people)
    for each in decoded(entries):
        fold(floor, each)
    return Shelf(settings, url, entries, floor.support, floor.duty, Book(people), rules.days, now)


def _wanted(shelf: Shelf, asked: Asked) -> Wanted:
    wanted = Wanted(asked.words, kind=asked.kind, by=asked.by or "", agents=_agents(shelf, asked.agent))
    ends = {
        name: moment_or_age(text, shelf.days, shelf.now)
        for name, text in (("since", asked.since), ("until", asked.until))
        if text is not None
    }
    since, until = ends.get("since", wanted.since), ends.get("until", wanted.until)
    if since >= until:
        raise WorkError(_("{until} is not after {since}").format(since=asked.since, until=asked.until))
    return Wanted(wanted.words, since, until, wanted.agents, wanted.kind, wanted.by)


def _agents(shelf: Shelf, word: str | None) -> frozenset[str] | None:
    if word is None:
        return None
    noted = (note.agent for note in shelf.support.notes.values() if note.agent is not None)
    agents = shelf.book.called(word, noted)
    if not agents:
        raise WorkError(_("nobody is {word!r} in the notes or in the people file").format(word=inert(word)))
    return agents


def _table(notes: Sequence[Note], shelf: Shelf) -> str:
    """A line a note; in a terminal what it says is cut where the line ends."""
    head = (_("time"), _("kind"), _("who"), _("by"), _("note"))
    rows = [_cells(note, shelf) for note in notes]
    text = plain_table(head, rows)
    if sys.stdout.isatty():
        columns = shutil.get_terminal_size().columns
        least = max(cell_len(line) for line in plain_table(head[:-1], [row[:-1] for row in rows]).splitlines())
        columns = max(columns, least + NARROWEST_TEXT)
        text = "\n".join(_cut(line, columns) for line in text.splitlines())
    return text + "\n"


def _cut(line: str, columns: int) -> str:
    return line if cell_len(line) <= columns else set_cell_size(line, columns - 1) + "…"


def _cells(note: Note, shelf: Shelf) -> tuple[str, ...]:
    name = "" if note.agent is None else shelf.book.who(note.agent).name or note.agent
    said = [note.tag and f"[{note.tag}]", note.text, note.follow_up and _("to do: {what}").format(what=note.follow_up)]
    return (
        f"{shelf.days.local(note.at):%Y-%m-%d %H:%M}",
        note.kind.value,
        " ".join(filter(None, (note.seat, name))),
        note.by,
        whole(" ".join(filter(None, said))),
    )


def _check(form: str, forms: Sequence[str]) -> None:
    if form not in forms:
        raise typer.BadParameter(_("{form!r} is none of: {forms}").format(form=form, forms=", ".join(forms)))


def _print(text: str) -> None:
    """In UTF-8 whatever the terminal speaks: an export is a file for others."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()
