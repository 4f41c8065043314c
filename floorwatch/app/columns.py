"""Where the columns of a table stand at a given width.

Rules
- A column is its width and a gap, which holds the mark of its tone: figures do not move when they turn red.
- Numbers are never clipped. A column that stands right grows to its widest figure and never shrinks again; where the
  panel is too narrow a whole column goes: first those with the highest `drop`, then from the right. One always stays.
- What is left over goes to the columns that flex, up to their longest words: a row is easier to read across when its
  figures stand close to its name.
"""

from collections.abc import Sequence

from msgspec import Struct

from floorwatch.views import Align, Column

NARROWEST_WORDS = 6
"""A column of words is not squeezed below this; past it, it is dropped like any other."""
LEAST_ROOM = 2
"""A cell of a column and its gap."""
GREATEST_GROWTH = 16
"""A figure wider than this is not a figure, and is cut."""


class Placed(Struct, frozen=True):
    """Column `index` of the table stands at cell `x` with `width` cells, and `gap` cells behind it."""

    index: int
    x: int
    width: int
    gap: int


def place(
    columns: Sequence[Column], widths: Sequence[int], wanted: Sequence[int], room: int, left: int
) -> tuple[Placed, ...]:
    """The columns shown in `room` cells from cell `left` on, left to right. `widths` are those grown so far, `wanted`
    the cells that the longest words of each column would take."""
    if room < LEAST_ROOM or not widths:
        return ()
    plan = _Plan(columns, widths, room)
    plan.drop()
    plan.spread(wanted)
    placed, x = [], left
    for at, width in plan.kept.items():
        gap = plan.gap(at)
        placed.append(Placed(at, x, width, gap))
        x += width + gap
    return tuple(placed)


class _Plan:
    """The columns that are kept, by their place in the table, with their widths."""

    def __init__(self, columns: Sequence[Column], widths: Sequence[int], room: int) -> None:
        self.columns = columns
        self.room = room
        # No wider than all there is: it is squeezed cell by cell.
        self.kept = {at: max(1, min(width, room)) for at, width in enumerate(widths)}

    def gap(self, at: int) -> int:
        """One cell; two where a word follows a figure, so that the figure's mark does not touch the word."""
        following = next((later for later in self.kept if later > at), None)
        if following is None or self.columns[at].align is Align.LEFT:
            return 1
        return 2 if self.columns[following].align is Align.LEFT else 1

    @property
    def over(self) -> int:
        """Cells that are missing; negative: left over."""
        return sum(width + self.gap(at) for at, width in self.kept.items()) - self.room

    def drop(self) -> None:
        """Leave out or squeeze columns until it fits."""
        while self.over > 0 and len(self.kept) > 1 and self.columns[worst := self._first_to_go()].drop:
            del self.kept[worst]
        self._squeeze()
        while self.over > 0 and len(self.kept) > 1:
            del self.kept[max(self.kept)]
        if self.kept and self.over > 0:
            first = next(iter(self.kept))
            self.kept[first] = max(1, self.kept[first] - self.over)

    def spread(self, wanted: Sequence[int]) -> None:
        """Give what is left over to the columns that flex, by their shares, up to what their words need."""
        spare = -self.over
        while spare > 0:
            hungry = [at for at in self.kept if self.columns[at].flex > 0 and self.kept[at] < wanted[at]]
            if not hungry:
                return
            for at in hungry:
                more = min(spare, self.columns[at].flex, wanted[at] - self.kept[at])
                self.kept[at] += more
                spare -= more

    def _first_to_go(self) -> int:
        return max(self.kept, key=lambda at: (self.columns[at].drop, at))

    def _squeeze(self) -> None:
        """Take cells from the widest column of words until it fits or all are narrow."""
        words = [at for at in self.kept if self.columns[at].align is Align.LEFT]
        while words and self.over > 0:
            widest = max(words, key=lambda at: self.kept[at])
            if self.kept[widest] <= NARROWEST_WORDS:
                return
            self.kept[widest] -= 1
