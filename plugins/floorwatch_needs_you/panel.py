"""The panel "needs-you": what calls for a person, who and where, since when, and the key that acts."""

from msgspec import Struct

from floorwatch.api import (
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Needs,
    Notice,
    Row,
    Table,
    Tone,
    Topic,
    View,
    _,
)
from floorwatch_needs_you.calls_for import Call, NeedsYouOptions, calls_for_a_person
from floorwatch_needs_you.detail import detail_of


class NeedsYou:
    """One list of everything that calls for a person."""

    name = "needs-you"
    title = "Needs you"
    needs = Needs(frozenset({Topic.ALERTS, Topic.AGENTS}), every_seconds=5.0)
    options_type: type[Struct] = NeedsYouOptions

    def build(self, floor: FloorSnapshot, options: NeedsYouOptions) -> View:
        """The list, most urgent first."""
        columns = (
            Column("who", _("who"), 10, flex=2),
            Column("number", _("no."), 5, Align.RIGHT, drop=1),
            Column("what", _("what"), 16, flex=3),
            Column("since", _("for"), 7, Align.RIGHT),
            Column("key", "", 7, drop=2),
        )
        rows = tuple(_row(call) for call in calls_for_a_person(floor, options))
        return Table(columns, rows, empty=_("Nothing needs you right now."))

    def detail(self, floor: FloorSnapshot, options: NeedsYouOptions, row_key: str) -> View:
        """What is known of it, and what to do."""
        for call in calls_for_a_person(floor, options):
            if call.key == row_key:
                return detail_of(floor, call)
        return Notice(_("This no longer needs you."))


def _row(call: Call) -> Row:
    cells = (
        Cell(call.who),
        Cell(call.number),
        Cell(call.what),
        Cell.age(call.since, prefix=call.prefix),
        Cell(_("[enter]"), Tone.MUTED),
    )
    return Row(call.key, cells, call.tone, about=call.about, commands=call.commands)
