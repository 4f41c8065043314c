"""The hands of the day from now on, a row a quarter of an hour: of the floor, and of each team."""

from floorwatch.api import Align, Cell, Column, FloorSnapshot, Row, Table, Tone, _, roster
from floorwatch_rosters.coverage_words import minute_of, spare_cell
from floorwatch_rosters.shortages import GAP
from floorwatch_rosters.team_hands import MOST_TEAMS, team_cells, team_columns, team_hands

LAST = MOST_TEAMS + 1
"""What is said of the floor goes before a team does: the figure of the floor that is left is red where hands are
missing."""


def hands_detail(floor: FloorSnapshot) -> Table:
    """All quarters; one that is short is keyed as the gap that it is of."""
    teams = team_hands(floor)
    columns = (
        Column("at", _("at"), 5),
        Column("expected", _("expected"), 8, Align.RIGHT),
        Column("scheduled", _("planned"), 7, Align.RIGHT, drop=LAST + 2),
        Column("minimum", _("minimum"), 7, Align.RIGHT, drop=LAST + 1),
        Column("spare", _("to spare"), 8, Align.RIGHT, drop=LAST),
        *team_columns(teams),
    )
    rows = tuple(_row(floor, step, team_cells(floor, teams, place)) for place, step in enumerate(roster.steps(floor)))
    return Table(columns, rows, _("No shift is left today."), caption=_("Hands on the phones"))


def _row(floor: FloorSnapshot, step: roster.Step, teams: tuple[Cell, ...]) -> Row:
    cells = (
        Cell(minute_of(floor, step.start), sort=step.start),
        Cell(str(step.expected), Tone.ALARM if step.gap else Tone.CALM, sort=step.expected),
        Cell(str(step.scheduled), Tone.MUTED, sort=step.scheduled),
        Cell(str(step.minimum) if step.minimum else "", Tone.MUTED, sort=step.minimum),
        spare_cell(step) if step.minimum else Cell(),
        *teams,
    )
    return Row(f"{GAP}:{step.start:.0f}", cells)
