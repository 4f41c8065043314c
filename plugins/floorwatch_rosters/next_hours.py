"""The next hours in quarters, from left to right as time goes: hands expected, to spare, needed, planned.

Rules
- Where lines are short the last rows go first: what is expected, and what is to spare, stays.
"""

from math import ceil

from floorwatch.api import Align, Cell, Column, FloorSnapshot, Row, Table, Tone, View, _, roster
from floorwatch_rosters.coverage_words import minute_of, spare_cell

HOUR_SECONDS = 3600.0
HANDS = "hands"
"""Kind of the rows: behind them stand the hands of the whole day."""


def next_hours(floor: FloorSnapshot, steps: tuple[roster.Step, ...], hours: float) -> View:
    """A column a quarter; what is furthest away gives way where it is narrow. Without a minimum only the hands."""
    those = steps[: ceil(hours * HOUR_SECONDS / roster.STEP_SECONDS)]
    about = _("people at the telephones in this quarter of an hour; Enter shows the whole day")
    columns = (
        Column("what", _("hands"), 9, about=_("expected: whom plan and attendance leave; to spare: above the minimum")),
        *(
            Column(f"q{place}", minute_of(floor, step.start), 5, Align.RIGHT, drop=place, about=about)
            for place, step in enumerate(those)
        ),
    )
    rows = [_row("expected", _("expected"), [Cell(str(step.expected)) for step in those])]
    if any(step.minimum for step in those):
        rows.append(_row("spare", _("to spare"), [spare_cell(step) for step in those]))
        rows.append(_row("minimum", _("minimum"), [Cell(str(step.minimum), Tone.MUTED) for step in those]))
    rows.append(_row("scheduled", _("planned"), [Cell(str(step.scheduled), Tone.MUTED) for step in those]))
    return Table(columns, tuple(rows) if those else (), _("No shift is left today."))


def _row(key: str, title: str, cells: list[Cell]) -> Row:
    return Row(f"{HANDS}:{key}", (Cell(title), *cells))
