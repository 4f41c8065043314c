"""Which panels stand where on the screen, as the settings write it.

Rules
- A layout is rows of panels. "agents:2" gives a panel twice the width of its neighbours; "*3" in front gives its row
  three times the height of others. ">needs-you" is where the cursor starts, and what a small terminal shows first.
- The order of panels, and so of `tab` and of the digits, is that of reading.
"""

from collections.abc import Container, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

NEW_ROW_WEIGHT = 2
"""The height of a row that nobody wrote: that of the smaller one of the bundled layout."""


class Place(Struct, frozen=True):
    """One panel of a row, its share of the width, and whether the cursor starts there."""

    panel: str
    weight: int = 1
    start: bool = False


class LayoutRow(Struct, frozen=True):
    """Panels side by side and their share of the height."""

    places: tuple[Place, ...]
    weight: int = 1


class LayoutSpec(Struct, frozen=True):
    """The rows of a dashboard, top to bottom."""

    rows: tuple[LayoutRow, ...]

    @staticmethod
    def of(rows: Iterable[Iterable[str]]) -> "LayoutSpec":
        """Rows of panel names; "agents:2" gives a panel the weight 2, a row weighs as much as its `rows` entry says:
        the first name may be "*3" for a row of weight 3; the cursor starts in ">agents". Raises ValueError on a weight
        that is no number above 0."""
        return LayoutSpec(tuple(_row([*names]) for names in rows))

    def with_panels(self, panels: Sequence[str], start: str | None = None) -> "LayoutSpec":
        """The same with further rows below, two panels a row; the cursor starts in the panel `start`, if given."""
        pairs = (panels[first : first + 2] for first in range(0, len(panels), 2))
        rows = (*self.rows, *(LayoutRow(tuple(map(Place, pair)), NEW_ROW_WEIGHT) for pair in pairs))
        return LayoutSpec(rows if start is None else tuple(_started(row, start) for row in rows))

    def only(self, panels: Container[str]) -> "LayoutSpec":
        """The same with these panels alone; a row of which none is left goes."""
        kept = (replace(row, places=tuple(each for each in row.places if each.panel in panels)) for row in self.rows)
        return LayoutSpec(tuple(row for row in kept if row.places))

    @property
    def words(self) -> list[list[str]]:
        """The rows as the settings write them."""
        return [_words(row) for row in self.rows]

    @property
    def start(self) -> str | None:
        """The panel that has the cursor at first: the marked one, else the first; None without panels."""
        marked = [place.panel for row in self.rows for place in row.places if place.start]
        return next(iter((*marked, *self.panels)), None)

    @property
    def panels_by_row(self) -> list[list[str]]:
        """The panels of each row, every panel once: where it stands first."""
        rows, placed = [], set[str]()
        for row in self.rows:
            panels = [panel for panel in dict.fromkeys(place.panel for place in row.places) if panel not in placed]
            placed.update(panels)
            rows.append(panels)
        return rows

    @property
    def panels(self) -> tuple[str, ...]:
        """Every panel once, in the order of reading."""
        return tuple(dict.fromkeys(place.panel for row in self.rows for place in row.places))


def _started(row: LayoutRow, start: str) -> LayoutRow:
    return replace(row, places=tuple(replace(place, start=place.panel == start) for place in row.places))


def _row(names: list[str]) -> LayoutRow:
    weight = _weight(names.pop(0)[1:]) if names and names[0].startswith("*") else 1
    return LayoutRow(tuple(_place(name) for name in names), weight)


def _words(row: LayoutRow) -> list[str]:
    places = [_word(place) for place in row.places]
    return places if row.weight == 1 else [f"*{row.weight}", *places]


def _word(place: Place) -> str:
    weight = "" if place.weight == 1 else f":{place.weight}"
    return f"{'>' if place.start else ''}{place.panel}{weight}"


def _place(name: str) -> Place:
    panel, _colon, weight = name.removeprefix(">").partition(":")
    return Place(panel, _weight(weight) if weight else 1, name.startswith(">"))


def _weight(text: str) -> int:
    weight = int(text) if text.isdecimal() else 0
    if weight < 1:
        raise ValueError(f"a weight in a layout is a whole number above 0, not {text!r}")
    return weight
