"""The readings of documents, numbered as they came: a kept floor names them, since one may hold ten thousand shifts.

Rules
- A number once given stays. What was made of a reading is remembered for the moments that were looked at last: floors
  that are taken up one after another share it, down to the one `Duty` while nothing in it differs.
- Used by one thread at a time.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from floorwatch.model.duty import Duty
from floorwatch.model.duty_events import DocumentRead
from floorwatch.model.placed import Placed

PLACED_KEPT = 64
TOGETHER_KEPT = 8
DUTIES_KEPT = 4
"""Few: whatever looks at a `Duty` keeps with it what it made of thirty thousand shifts."""

Made = TypeVar("Made")


class Lately(Generic[Made]):
    """What was made in the last different cases, so many of them."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._made: OrderedDict[Hashable, Made] = OrderedDict()

    def found(self, of: Hashable, make: Callable[[], Made]) -> Made:
        """What was made in this case, else what `make` makes now."""
        if of not in self._made:
            self._made[of] = make()
            if len(self._made) > self._kept:
                self._made.popitem(last=False)
        self._made.move_to_end(of)
        return self._made[of]


class Readings:
    """A pool of readings by number, counted from 0."""

    def __init__(self) -> None:
        self._readings: dict[int, DocumentRead] = {}
        self._number_of: dict[int, int] = {}
        """By the identity of a reading, which `_readings` keeps alive."""
        self._new: list[tuple[int, DocumentRead]] = []
        self.placed = Lately[Placed](PLACED_KEPT)
        self.together = Lately[dict[str, Any]](TOGETHER_KEPT)
        self.duties = Lately[Duty](DUTIES_KEPT)

    def number_of(self, reading: DocumentRead) -> int:
        """The number of this reading; a new one where it has none."""
        number = self._number_of.get(id(reading))
        if number is None:
            number = len(self._readings)
            self.add(number, reading)
            self._new.append((number, reading))
        return number

    def reading(self, number: int) -> DocumentRead:
        """The reading of this number. Raises KeyError."""
        return self._readings[number]

    def take_new(self) -> list[tuple[int, DocumentRead]]:
        """Those that were given a number since this was asked last."""
        new, self._new = self._new, []
        return new

    def add(self, number: int, reading: DocumentRead) -> None:
        """A reading that has a number already."""
        self._readings[number] = reading
        self._number_of[id(reading)] = number
