"""The hands of the day from now on, a row a quarter of an hour."""

from floorwatch.api import Align, Cell, Column, FloorSnapshot, Row, Table, Tone, _, roster
from floorwatch_rosters.coverage_words import minute_of, spare_cell
from floorwatch_rosters.shortages import GAP


def hands_detail(floor: FloorSnapshot) -> Table:
    """All quarters; one that is short is keyed as the gap that it is of."""
    columns = (
        Column("at", _("at"), 5),
        Column("expected", _("expected"), 8, Align.RIGHT),
        Column("scheduled", _("planned"), 7, Align.RIGHT, drop=1),
        Column("minimum", _("minimum"), 7, Align.RIGHT),
        Column("spare", _("to spare"), 8, Align.RIGHT),
    )
    rows = tuple(_row(floor, step) for step in roster.steps(floor))
    return Table(columns, rows, _("No shift is left today."), caption=_("Hands on the phones"))


def _row(floor: FloorSnapshot, step: roster.Step) -> Row:
    cells = (
        Cell(minute_of(floor, step.start), sort=step.start),
        Cell(str(step.expected), sort=step.expected),
        Cell(str(step.scheduled), Tone.MUTED, sort=step.scheduled),
        Cell(str(step.minimum) if step.minimum else "", Tone.MUTED, sort=step.minimum),
        spare_cell(step) if step.minimum else Cell(),
    )
    return Row(f"{GAP}:{step.start:.0f}", cells)
