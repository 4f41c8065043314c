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
    _n,
)
from floorwatch_needs_you.acts import act_of
from floorwatch_needs_you.calls_for import Call, NeedsYouOptions, calls_for_a_person, snoozed
from floorwatch_needs_you.detail import detail_of, snoozed_view
from floorwatch_needs_you.subjects import is_in_focus

SNOOZED = "hidden:snoozed"
"""The key of the last line: of a kind for which there are no commands."""


ELSEWHERE = "hidden:elsewhere"
"""The key of the line for what is not in focus."""

UNKNOWN = "hidden:unknown"
"""The key of the line that stands for alerts which are not known."""


class NeedsYou:
    """One list of everything that calls for a person."""

    name = "needs-you"
    title = "Needs you"
    needs = Needs(frozenset({Topic.ALERTS, Topic.AGENTS, Topic.SUPPORT}), every_seconds=5.0)
    options_type: type[Struct] = NeedsYouOptions

    def build(self, floor: FloorSnapshot, options: NeedsYouOptions) -> View:
        """The list, most urgent first."""
        columns = (
            Column("who", _("who"), 10, flex=1, about=_("whom it is about, the most urgent first")),
            Column("number", _("no."), 6, Align.RIGHT, drop=2, about=_("employee number")),
            Column("what", _("what"), 16, flex=3, about=_("why it needs you; Enter says what to do")),
            Column("since", _("for"), 5, Align.RIGHT, about=_("for how long; +: beyond what is allowed")),
            Column("key", "", 8, flex=2, drop=1, about=_("the key that acts on it")),
        )
        calls = calls_for_a_person(floor, options)
        rows = [_row(floor, call) for call in calls if is_in_focus(floor, call.about)]
        if elsewhere := len(calls) - len(rows):
            rows.append(_elsewhere(elsewhere))
        if not floor.alerts_known:
            rows.append(_unknown())
        if hidden := len(snoozed(floor)):
            rows.append(_snoozed(hidden))
        return Table(columns, tuple(rows), empty=_("Nothing needs you right now."))

    def detail(self, floor: FloorSnapshot, options: NeedsYouOptions, row_key: str) -> View:
        """What is known of it, and what to do; behind the last line, what is snoozed."""
        hidden = snoozed(floor)
        if row_key == SNOOZED:
            return snoozed_view(floor, hidden)
        if row_key == UNKNOWN:
            return Notice(_("This replay is still being worked out: its alerts follow."))
        if row_key == ELSEWHERE:
            return Notice(_("It is about others than those who are shown; 0 shows everybody again."))
        for call in (*calls_for_a_person(floor, options), *hidden):
            if row_key in (call.key, call.key_snoozed):
                return detail_of(floor, call)
        return Notice(_("This no longer needs you."))


def _row(floor: FloorSnapshot, call: Call) -> Row:
    seen_to = call.seen_to
    said = call.what if seen_to is None else _("seen to by {who}: {what}").format(who=seen_to.owner, what=call.what)
    cells = (
        Cell(call.who),
        Cell(call.number),
        Cell(said),
        Cell.age(call.since, prefix=call.prefix),
        act_of(floor, call),
    )
    tone = call.tone if seen_to is None else Tone.MUTED
    return Row(call.key, cells, tone, about=call.about, commands=call.commands)


def _unknown() -> Row:
    said = _("alerts not known yet")
    return Row(UNKNOWN, (Cell(), Cell(), Cell(said), Cell(), Cell()), Tone.MUTED)


def _elsewhere(n: int) -> Row:
    said = _n("{n} elsewhere", "{n} elsewhere", n).format(n=n)
    return Row(ELSEWHERE, (Cell(), Cell(), Cell(said), Cell(), Cell("[0]", Tone.MUTED)), Tone.MUTED)


def _snoozed(hidden: int) -> Row:
    said = _n("{n} snoozed", "{n} snoozed", hidden).format(n=hidden)
    return Row(SNOOZED, (Cell(), Cell(), Cell(said), Cell(), Cell()), Tone.MUTED)
