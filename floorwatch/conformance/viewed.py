"""What must hold of every view, whichever panel built it: keys, cells, parents, places; and how it is drawn."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import tzinfo

from rich.cells import cell_len

from floorwatch.conformance.claims import PanelClaim
from floorwatch.views import (
    VIEWS,
    Chart,
    ChoiceField,
    Explain,
    Form,
    RowKind,
    SeatMap,
    Table,
    Tiles,
    Timeline,
    Track,
    View,
    parts_of,
)
from floorwatch.views import Text as TextView
from floorwatch.words import _

Fault = tuple[PanelClaim, str]
"""The claim that does not hold, and why."""

NARROW_CELLS = 36
"""Cells for columns and their gaps in a terminal of 40: the border and the lead of a row take four."""

WIDTHS = (40, 80, 120, 200)
BORDER_CELLS = 2


def is_view(value: object) -> bool:
    """Whether it is one of the views there are."""
    return isinstance(value, VIEWS)


def row_keys(view: View) -> list[str]:
    """The keys of everything in a view that Enter may open."""
    keys: list[str] = []
    for part in parts_of(view):
        match part:
            case Table() if part.opens:
                keys += (row.key for row in part.rows)
            case SeatMap() if part.opens:
                keys += (seat.key for seat in part.seats)
            case Timeline() if part.opens:
                keys += (track.key for track in part.tracks)
                keys += dict.fromkeys(key for track in part.tracks for key in _keys_on(track) if key)
            case _:
                pass
    return keys


def _keys_on(track: Track) -> Iterator[str]:
    """Those of what stands on the track; "" for what has none."""
    yield from (stretch.key for stretch in track.stretches)
    yield from (mark.key for mark in track.marks)


def faults_of(view: View) -> Iterator[Fault]:
    """What is wrong with a view whose values are of their types."""
    for part in parts_of(view):
        match part:
            case Table():
                yield from _table_faults(part)
            case SeatMap():
                yield from _seat_faults(part)
            case Timeline():
                yield from _timeline_faults(part)
            case Chart():
                yield from _chart_faults(part)
            case Form():
                yield from _form_faults(part)
            case _:
                pass


def explained_in(view: View) -> Iterator[Explain]:
    """The metrics that `?` on a figure of the view would open."""
    for part in parts_of(view):
        match part:
            case Table():
                cells = [cell for row in part.rows for cell in row.cells]
            case Tiles():
                cells = [tile.value for tile in part.tiles]
            case TextView():
                cells = [cell for line in part.lines for cell in line.cells]
            case SeatMap():
                cells = [cell for seat in part.seats for cell in seat.about]
            case _:
                cells = []
        yield from (cell.explain for cell in cells if cell.explain is not None)


def drawing_faults(view: View, now: float, zone: tzinfo) -> Iterator[str]:
    """Widths at which the view cannot be drawn, or at which nothing is seen of it. Raises what the drawing raises."""
    from floorwatch.app.drawing import drawn  # brings Textual with it, which a check of a format does without

    for terminal in WIDTHS:
        width = terminal - BORDER_CELLS
        lines = drawn(view, width, now=now, zone=zone)
        wide = max((cell_len(line) for line in lines), default=0)
        if wide > width:
            said = _("in a terminal of {columns} columns a line takes {cells} cells of {width}")
            yield said.format(columns=terminal, cells=wide, width=width)
        if not any(line.strip() for line in lines):
            said = _("in a terminal of {columns} columns nothing is seen: say in `empty`, or in a Notice, why")
            yield said.format(columns=terminal)


def _table_faults(table: Table) -> Iterator[Fault]:
    yield from _doubled(_("row"), (row.key for row in table.rows))
    yield from _doubled(_("column"), (column.key for column in table.columns))
    groups = {row.key for row in table.rows if row.kind is RowKind.GROUP}
    for row in table.rows:
        if len(row.cells) != len(table.columns):
            said = _("row {key!r} has {cells} cells under {columns} columns")
            yield PanelClaim.CELLS, said.format(key=row.key, cells=len(row.cells), columns=len(table.columns))
        if row.parent is not None and row.parent not in groups:
            said = _("row {key!r} has the parent {parent!r}, which is no row of kind GROUP in its table")
            yield PanelClaim.PARENTS, said.format(key=row.key, parent=row.parent)
    kept = sum(column.width + 1 for column in table.columns if column.drop == 0)
    if kept > NARROW_CELLS:
        said = _("columns with drop=0 take {kept} cells with their gaps, of {room}: give some a drop of 1 or more")
        yield PanelClaim.NARROW, said.format(kept=kept, room=NARROW_CELLS)
    sort = table.sort.removeprefix("-")
    if sort and sort not in {column.key for column in table.columns}:
        yield PanelClaim.PLACES, _("it sorts by {key!r}, which is no column of its table").format(key=sort)
    if not table.columns and table.rows:
        yield PanelClaim.PLACES, _("it has rows and no columns")


def _seat_faults(seats: SeatMap) -> Iterator[Fault]:
    yield from _doubled(_("seat"), (seat.key for seat in seats.seats))
    places = Counter((seat.row, seat.column) for seat in seats.seats)
    for (row, column), number in places.items():
        if number > 1:
            said = _("{n} seats stand at row {row}, column {column}")
            yield PanelClaim.PLACES, said.format(n=number, row=row, column=column)
        if row < 0 or column < 0:
            yield (
                PanelClaim.PLACES,
                _("a seat stands at row {row}, column {column}: they count from 0").format(row=row, column=column),
            )
    for seat in seats.seats:
        if cell_len(seat.letter) > 1:
            yield (
                PanelClaim.PLACES,
                _("the letter {letter!r} of a seat takes more than one cell").format(letter=seat.letter),
            )


def _timeline_faults(timeline: Timeline) -> Iterator[Fault]:
    yield from _doubled(_("track"), (track.key for track in timeline.tracks))
    if timeline.end <= timeline.start:
        yield PanelClaim.PLACES, _("its timeline ends at {end}, not after its start").format(end=timeline.end)
    for track in timeline.tracks:
        starts = [stretch.start for stretch in track.stretches]
        if starts != sorted(starts):
            yield PanelClaim.PLACES, _("the stretches of track {key!r} are not in order").format(key=track.key)
        if any(stretch.end is not None and stretch.end < stretch.start for stretch in track.stretches):
            yield PanelClaim.PLACES, _("a stretch of track {key!r} ends before it starts").format(key=track.key)


def _chart_faults(chart: Chart) -> Iterator[Fault]:
    yield from _doubled(_("series"), (series.name for series in chart.series))
    if chart.step_seconds <= 0:
        said = _("its chart has steps of {seconds} seconds: write more than 0")
        yield PanelClaim.PLACES, said.format(seconds=chart.step_seconds)
    if chart.right is None and any([each.right for each in chart.series] + [each.right for each in chart.levels]):
        yield PanelClaim.PLACES, _("a series or level stands on the right axis, and the chart has none")


def _form_faults(form: Form) -> Iterator[Fault]:
    yield from _doubled(_("field"), (field.name for field in form.fields))
    known = {field.name for field in form.fields}
    for name in form.values:
        if name not in known:
            yield PanelClaim.PLACES, _("its form begins with a value for {name!r}, which is no field").format(name=name)
    for field in form.fields:
        if isinstance(field, ChoiceField) and not field.options:
            yield PanelClaim.PLACES, _("there is nothing to choose in the field {name!r}").format(name=field.name)


def _doubled(word: str, keys: Iterable[str]) -> Iterator[Fault]:
    for key, number in Counter(keys).items():
        if number > 1:
            said = _("{n} of one kind ({word}) have the key {key!r}: make it of what the thing is known by")
            yield PanelClaim.KEYS, said.format(n=number, word=word, key=key)
