"""Somebody is missing: what they leave open, who comes in their place already, and who could."""

from floorwatch.api import Align, Cell, Column, FloorSnapshot, Row, Stack, Table, Tone, View, _, _p, roster, spoken
from floorwatch_rosters.changes import candidate_key
from floorwatch_rosters.coverage_words import hours_of
from floorwatch_rosters.gaps import Gap, candidates_for, gap_of, taken_by
from floorwatch_rosters.plan_words import shift_words
from floorwatch_rosters.request_words import activity_name, hours_words, objection_words
from floorwatch_rosters.who import who

MOST = 20


def absence_detail(floor: FloorSnapshot, agent: str) -> View:
    """The hours, then who could take them, the best first; the key assigns them at once."""
    gap = gap_of(floor, agent)
    facts = [
        (_("who"), Cell(who(floor, agent))),
        (_("shift"), Cell(shift_words(floor, roster.planned_now(floor, agent)))),
    ]
    if gap is None:
        facts.append((_p("hours", "open"), Cell(_("no hours are left"), Tone.MUTED)))
        return Table.of_facts(facts, _("Missing"))
    facts.append((_p("hours", "open"), Cell(hours_words(floor, gap.start, gap.end))))
    facts.append((_p("of work", "for"), Cell(activity_name(gap.activity))))
    taken = taken_by(floor, gap)
    if taken is not None:
        said = _("{who}, {hours}").format(who=who(floor, taken.agent), hours=hours_of(floor, taken.start, taken.end))
        facts.append((_("in their place"), Cell(said)))
    return Stack((Table.of_facts(facts, _("Missing")), candidates_table(floor, gap)))


def candidates_table(floor: FloorSnapshot, gap: Gap) -> Table:
    """Who could come, the best first."""
    rows = tuple(_candidate(floor, each, gap.agent) for each in candidates_for(floor, gap)[:MOST])
    empty = _("Nobody is off in all of these hours: assign them in parts.")
    return Table(candidate_columns(), rows, empty, caption=_("Who could come"), starts=True)


def candidate_columns() -> tuple[Column, ...]:
    """Who, what speaks against it, the rest and the week that they would have."""
    return (
        Column("who", _("who"), 12, flex=2),
        Column("against", _("against"), 8, flex=2),
        Column("rest", _("rest"), 6, Align.RIGHT, drop=3),
        Column("week", _("week"), 6, Align.RIGHT, drop=2),
        Column("key", "", 10, drop=1),
    )


def candidate_cells(floor: FloorSnapshot, one: roster.Candidate, act: Cell) -> tuple[Cell, ...]:
    """A row of such a table."""
    name = who(floor, one.agent)
    rest = Cell(spoken.NOTHING, Tone.MUTED) if one.rest_seconds is None else hours_cell(one.rest_seconds)
    return (
        Cell(_("{who} (same team)").format(who=name) if one.same_team else name),
        Cell(objection_words(one.objections), Tone.NOTICE),
        rest,
        hours_cell(one.week_seconds),
        act,
    )


def hours_cell(seconds: float) -> Cell:
    """Hours with one decimal."""
    return Cell(_("{hours:.1f}h").format(hours=seconds / 3600), sort=seconds)


def _candidate(floor: FloorSnapshot, one: roster.Candidate, instead_of: str) -> Row:
    cells = candidate_cells(floor, one, Cell(_("assign"), command="replace"))
    return Row(candidate_key(one.agent, instead_of), cells, about=f"agent:{one.agent}")
