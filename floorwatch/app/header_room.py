"""What of a line of the header stays where there is no room for all of it.

Rules
- The least important item goes first, whole; one that has something shorter to say says that before it goes.
- Feeds with which something is wrong, and which find no room, are counted where they stood: nobody takes the one that
  is named for all that is wrong.
"""

from collections.abc import Iterable

from msgspec import Struct

from floorwatch.app.cells import width_of
from floorwatch.app.tones import MARKS
from floorwatch.views import Tone
from floorwatch.words import _n

COUNT_KEEP, SHORT_COUNT_KEEP = 73, 79
"""The count of the feeds that went is said in full before others lose their names for it, and goes before that of the
alerts does."""


class Item(Struct, frozen=True):
    """Words that stay together, each in its tone; the lowest `keep` goes first. `right`: at the right end."""

    words: tuple[tuple[str, Tone], ...]
    keep: int
    right: bool = False
    figure: bool = False
    flag: str = ""
    """Words behind the others, on a ground of their own."""
    shorter: "Item | None" = None
    """What stands there before nothing does."""
    is_trouble: bool = False
    """A feed with which something is wrong: counted where it goes."""
    is_counter: bool = False
    """The count of those."""

    @property
    def width(self) -> int:
        """Cells, with the marks."""
        return width_of(self.flag) + sum(width_of(text) + len(MARKS.get(tone, "")) for text, tone in self.words)


def fitted(items: Iterable[Item], gap: int, width: int) -> list[Item]:
    """Those that stay, in their order; `gap` cells stand before each. One stays in any case."""
    left, missed = list(items), 0
    while len(left) > 1 and sum(item.width + gap for item in left) > width:
        at = min(range(len(left)), key=lambda at: left[at].keep)
        going = left.pop(at)
        if going.shorter is not None:
            left.insert(at, going.shorter)
        elif going.is_trouble:
            missed += 1
            counter = next((place for place, item in enumerate(left) if item.is_counter), None)
            if counter is not None:
                del left[counter]
                at -= counter < at
            left.insert(at, _counter(missed))
    return left


def _counter(missed: int) -> Item:
    brief = Item(((f"+{missed}", Tone.WARN),), SHORT_COUNT_KEEP, is_counter=True)
    said = _n("+{n} feed", "+{n} feeds", missed).format(n=missed)
    return Item(((said, Tone.WARN),), COUNT_KEEP, is_counter=True, shorter=brief)
