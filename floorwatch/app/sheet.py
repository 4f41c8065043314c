"""A view as rows of plain cells that a spreadsheet takes: what is copied as a table or saved as CSV. Total.

Rules
- The words are those of the screen, ages as of one moment: a caller's number that is masked there is masked here.
- A spreadsheet reads none of them as a formula. A negative number stays one; what the screen says as `-` is empty.
- Curves and things that stand somewhere become lists: a row a seat, a stretch, a moment of a chart.
- An empty row stands between two views of a stack.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import assert_never

from floorwatch.app.cells import said
from floorwatch.app.chart_scale import known
from floorwatch.app.form import beginnings, fields_of, shown_fields, words_for
from floorwatch.app.glyphs import BLOCKS
from floorwatch.spoken import NOTHING
from floorwatch.text import exported
from floorwatch.views import Bars, Cell, Chart, Form, Notice, Part, SeatMap, Table, Text, Tiles, Timeline
from floorwatch.words import _

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for the encoding of the machine, and Chinese names for nonsense."""

_NEGATIVE = re.compile(r"-\d+(\.\d+)?%?")

SheetRow = Sequence[str]


def sheet_rows(parts: Iterable[Part], now: float, zone: tzinfo) -> Iterator[SheetRow]:
    """The rows of these views, one under another, at floor time `now`, clock times in `zone`; of unequal length."""
    for at, part in enumerate(parts):
        if at:
            yield ()
        for row in _rows(part, now, zone):
            yield [_harmless(text) for text in row]


def tab_separated(rows: Iterable[SheetRow]) -> str:
    """What pastes into a spreadsheet: no cell holds a tab or a line end, since all of it is inert."""
    return "".join("\t".join(row) + "\n" for row in rows)


def comma_separated(rows: Iterable[SheetRow]) -> str:
    """A CSV file, as spreadsheets read it."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return BYTE_ORDER_MARK + out.getvalue()


def _harmless(text: str) -> str:
    if text.strip() == NOTHING:
        return ""
    return text if _NEGATIVE.fullmatch(text) else exported(text)


def _rows(part: Part, now: float, zone: tzinfo) -> Iterator[SheetRow]:  # noqa: PLR0911  # one for each view
    match part:
        case Table():
            return _table(part, now)
        case SeatMap():
            return _seats(part, now, zone)
        case Timeline():
            return _timeline(part, zone)
        case Chart():
            return _chart(part, zone)
        case Form():
            return _form(part)
        case Tiles():
            return ((tile.title, _said(tile.value, now), tile.against) for tile in part.tiles)
        case Bars():
            return iter([(part.title, *map(_number, part.values), part.caption)])
        case Text():
            return ([_said(cell, now) for cell in line.cells] for line in part.lines)
        case Notice():
            return iter([(part.text,)])
        case _:
            assert_never(part)


def _table(table: Table, now: float) -> Iterator[SheetRow]:
    yield from _caption(table.caption)
    if any(column.title for column in table.columns):
        yield [column.title for column in table.columns]
    for row in table.rows:
        # What a key does at this screen is nothing to whoever reads it elsewhere.
        yield [_said(Cell() if cell.command else cell, now) for cell in row.cells[: len(table.columns)]]
    if not table.rows:
        yield from _caption(table.empty)


def _seats(seats: SeatMap, now: float, zone: tzinfo) -> Iterator[SheetRow]:
    yield from _caption(seats.caption)
    if not seats.seats:
        yield from _caption(seats.empty)
        return
    yield _("row"), _("column"), _("seat"), _("state"), _("since"), _("mark"), _("about")
    for seat in sorted(seats.seats, key=lambda seat: (seat.row, seat.column)):
        title = seats.rows[seat.row] if 0 <= seat.row < len(seats.rows) else ""
        about = (_said(cell, now) for cell in seat.about)
        where = title or str(seat.row + 1), str(seat.column + 1), seat.label
        yield *where, seat.letter, _moment(seat.since, zone), seat.mark, *about


def _timeline(timeline: Timeline, zone: tzinfo) -> Iterator[SheetRow]:
    yield from _caption(timeline.caption)
    if not timeline.tracks:
        yield from _caption(timeline.empty)
        return
    yield _("track"), _("from"), _("until"), _("sign"), _("about")
    for track in timeline.tracks:
        for stretch in track.stretches:
            span = _moment(stretch.start, zone), _moment(stretch.end, zone)
            yield track.title, *span, stretch.letter, stretch.about
        for mark in track.marks:
            at = _moment(mark.at, zone)
            yield track.title, at, at, mark.sign, mark.about


def _chart(chart: Chart, zone: tzinfo) -> Iterator[SheetRow]:
    yield from _caption(chart.caption)
    steps = max((len(series.values) for series in chart.series), default=0)
    if not steps:
        yield from _caption(chart.empty)
        return
    yield _("from"), *(series.name for series in chart.series), *(level.name for level in chart.levels)
    levels = [_number(level.value) for level in chart.levels]
    for step in range(steps):
        values = (_number(each.values[step] if step < len(each.values) else None) for each in chart.series)
        yield _moment(chart.start + step * chart.step_seconds, zone), *values, *levels


def _form(form: Form) -> Iterator[SheetRow]:
    yield from _caption(form.caption)
    values = beginnings(fields_of(form.fields), form.values)
    for field in shown_fields(form.fields, values):
        yield field.title, words_for(field, values[field.name])


def _caption(text: str) -> Iterator[SheetRow]:
    if text:
        yield (text,)


def _said(cell: Cell, now: float) -> str:
    return said(cell, now, BLOCKS)[0]


def _number(value: float | None) -> str:
    """As many digits as anybody reads; nothing where nothing is known."""
    plain = known(value)
    return "" if plain is None else f"{plain:.10g}"


def _moment(at: float | None, zone: tzinfo) -> str:
    """`2026-11-22 10:41:07`, which a spreadsheet takes for a time; nothing for a moment that no calendar holds."""
    if at is None:
        return ""
    try:
        return f"{datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M:%S}"
    except (ValueError, OverflowError, OSError):
        return ""
