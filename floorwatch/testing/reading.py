"""Views read back in a test: a cell by its keys, every word of a view, and what any view must keep to.

Rules
- Cells are asked for by row key and column key, as the host keeps them; positions mean nothing.
- Ages are spelt out at the moment of the floor, as the screen would show them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from floorwatch import spoken
from floorwatch.testing.floors import NOW
from floorwatch.views import (
    Bars,
    Cell,
    Chart,
    Form,
    Notice,
    Part,
    Row,
    Seat,
    SeatMap,
    Table,
    Text,
    Tiles,
    Timeline,
    Tone,
    Track,
    View,
    parts_of,
)

K = TypeVar("K", Row, Seat, Track)


def tables(view: View) -> list[Table]:
    """Every table of a view, from top to bottom."""
    return [part for part in parts_of(view) if isinstance(part, Table)]


def row(view: View, key: str) -> Row:
    """The row with this key. Raises KeyError that lists the keys there are."""
    return _named("row", key, (row for table in tables(view) for row in table.rows))


def seats(view: View) -> list[Seat]:
    """Every seat of every map, in their order."""
    return [seat for part in parts_of(view) if isinstance(part, SeatMap) for seat in part.seats]


def seat(view: View, key: str) -> Seat:
    """The seat with this key. Raises KeyError that lists the keys there are."""
    return _named("seat", key, seats(view))


def track(view: View, key: str) -> Track:
    """The track with this key. Raises KeyError that lists the keys there are."""
    return _named(
        "track", key, (track for part in parts_of(view) if isinstance(part, Timeline) for track in part.tracks)
    )


def keys(view: View) -> Iterator[str]:
    """The keys of rows, seats and tracks, top to bottom."""
    for part in parts_of(view):
        yield from (each.key for each in _keyed(part))


def cell(view: View, key: str, column: str) -> Cell:
    """The cell of this row in this column. Raises KeyError that lists what there is instead."""
    for table in tables(view):
        for place, each in enumerate(table.columns):
            for found in table.rows:
                if found.key == key and each.key == column:
                    return found.cells[place]
    row(view, key)  # says so when it is the row that is missing
    columns = [each.key for table in tables(view) for each in table.columns]
    raise KeyError(f"no column {column!r} at the row {key!r}; there are {columns}")


def said(cell: Cell, at: float = NOW) -> str:
    """What a cell says at floor time `at`."""
    return cell.text if cell.since is None else f"{cell.prefix}{spoken.duration(at - cell.since)}"


def tone(cell: Cell, at: float = NOW) -> Tone:
    """The tone of a cell at floor time `at`: the last step that its age has reached."""
    reached = [] if cell.since is None else [step for seconds, step in cell.steps if at - cell.since >= seconds]
    return reached[-1] if reached else cell.tone


def words(view: View, at: float = NOW) -> str:
    """Everything a view says, one line a row or line."""
    return "\n".join(line for part in parts_of(view) for line in _lines(part, at))


def faults(view: View) -> list[str]:
    """What is wrong with the view by the rules that every panel is held against; empty for a good one."""
    from floorwatch.conformance.viewed import faults_of  # brings all checks with it, which most tests do without

    return [why for _claim, why in faults_of(view)]


def _keyed(part: Part) -> Sequence[Row | Seat | Track]:
    match part:
        case Table():
            return part.rows
        case SeatMap():
            return part.seats
        case Timeline():
            return part.tracks
        case _:
            return ()


def _named(word: str, key: str, things: Iterable[K]) -> K:
    every = {thing.key: thing for thing in things}
    if key not in every:
        raise KeyError(f"no {word} {key!r} among {sorted(every)}")
    return every[key]


def _lines(part: Part, at: float) -> Iterator[str]:
    match part:
        case Table():
            yield part.caption
            yield from (" ".join(said(cell, at) for cell in row.cells) for row in part.rows)
            if not part.rows:
                yield part.empty
        case Text():
            yield from ("".join(said(cell, at) for cell in line.cells) for line in part.lines)
        case Tiles():
            yield from (f"{tile.title} {said(tile.value, at)} {tile.against}" for tile in part.tiles)
        case Bars():
            yield f"{part.title} {part.caption}"
        case Notice():
            yield part.text
        case _:
            yield from _lines_of_field(part, at)


def _lines_of_field(part: Chart | SeatMap | Timeline | Form, at: float) -> Iterator[str]:
    yield part.caption
    match part:
        case Chart():
            yield from (series.name for series in part.series)
        case SeatMap():
            for seat in part.seats:
                yield " ".join((seat.label, seat.letter + seat.mark, *(said(cell, at) for cell in seat.about)))
        case Timeline():
            yield from (track.title for track in part.tracks)
        case Form():
            yield from (field.title for field in part.fields)
