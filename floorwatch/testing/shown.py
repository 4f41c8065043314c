"""A view as a test asks of it: by keys, at one moment, drawn as on the screen."""

from datetime import tzinfo

import msgspec

from floorwatch.testing import reading
from floorwatch.views import Cell, Part, Row, Seat, Table, Tone, Track, View, parts_of


class Shown:
    """What a panel shows at `at` (epoch seconds UTC). Cells come back with their ages spelt and their tones reached."""

    def __init__(self, view: View, at: float, zone: tzinfo) -> None:
        self.view = view
        self.at = at
        self._zone = zone

    def __repr__(self) -> str:
        return f"<Shown {type(self.view).__name__}: {self.words!r}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shown) and (self.view, self.at) == (other.view, other.at)

    __hash__ = None  # type: ignore[assignment]  # a view holds what cannot be hashed

    @property
    def words(self) -> str:
        """Everything it says, one line a row or line."""
        return reading.words(self.view, self.at)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The views of a stack, however deep, top to bottom; any other view alone."""
        return tuple(parts_of(self.view))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, top to bottom."""
        return tuple(part for part in self.parts if isinstance(part, Table))

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the rows, seats and tracks, top to bottom."""
        return tuple(reading.keys(self.view))

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with it by the rules of views; empty for a good one."""
        return tuple(reading.faults(self.view))

    def cell(self, row: str, column: str) -> Cell:
        """The cell by row key and column key, what it says as its `text`. Raises KeyError that lists what there is."""
        return self._spelt(reading.cell(self.view, row, column))

    def row(self, key: str) -> Row:
        """The row with this key. Raises KeyError that lists the keys there are."""
        found = reading.row(self.view, key)
        return msgspec.structs.replace(found, cells=tuple(self._spelt(cell) for cell in found.cells))

    def seat(self, key: str) -> Seat:
        """The seat with this key. Raises KeyError that lists the keys there are."""
        return reading.seat(self.view, key)

    def track(self, key: str) -> Track:
        """The track with this key. Raises KeyError that lists the keys there are."""
        return reading.track(self.view, key)

    def tone(self, row: str, column: str | None = None) -> Tone:
        """The tone of a cell; without a column, that of the row or the seat."""
        if column is not None:
            return self.cell(row, column).tone
        seats = [seat.tone for seat in reading.seats(self.view) if seat.key == row]
        return seats[0] if seats else reading.row(self.view, row).tone

    def text(self, width: int = 80) -> str:
        """It as the screen draws it in `width` cells, without colours; each line ends with a line end."""
        from floorwatch.app.drawing import drawn  # the widgets' painters: Textual, 0.2 s

        return "".join(f"{line}\n" for line in drawn(self.view, width, now=self.at, zone=self._zone))

    def _spelt(self, cell: Cell) -> Cell:
        return msgspec.structs.replace(cell, text=reading.said(cell, self.at), tone=reading.tone(cell, self.at))
