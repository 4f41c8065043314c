"""The panel "notes": the newest notes, and all of them by the words in them."""

from itertools import islice

from msgspec import Struct

from floorwatch.api import FloorSnapshot, Needs, NoOptions, Panel, Table, Topic, View, _
from floorwatch_seat_support.finding import notes_with
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.note_rows import is_of_those, note_columns, note_rows
from floorwatch_seat_support.person import about_row

NEWEST = 200
MOST_FOUND = 200
SEARCH = "search:"


class NotesPanel(Panel):
    """All notes, the newest first."""

    name = "notes"
    title = "Notes"
    needs = Needs(frozenset({Topic.SUPPORT, Topic.AGENTS}), every_seconds=300.0)
    options_type: type[Struct] = NoOptions

    def __init__(self, limits: Limits) -> None:
        """`limits` are for what stands behind the rows."""
        self._limits = limits

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:  # noqa: ARG002  # it has none
        """The newest."""
        newest = islice((note for note in floor.support.notes_since(0.0) if is_of_those(floor, note)), NEWEST)
        return Table(note_columns(), note_rows(floor, newest), _("Nothing was noted yet."), searches=True)

    def detail(self, floor: FloorSnapshot, options: NoOptions, row_key: str) -> View:  # noqa: ARG002  # it has none
        """A whole note; for "search:WORDS", the notes that have these words."""
        if row_key.startswith(SEARCH):
            return _found(floor, row_key.removeprefix(SEARCH))
        return about_row(floor, self._limits, row_key)


def _found(floor: FloorSnapshot, words: str) -> Table:
    found = list(islice(notes_with(floor, words), MOST_FOUND + 1))
    caption = _("The newest {n}").format(n=MOST_FOUND) if len(found) > MOST_FOUND else ""
    rows = note_rows(floor, found[:MOST_FOUND])
    return Table(note_columns(), rows, _("No note has these words."), caption=caption, searches=True)
