"""How a floor comes through its time: what it is given to fold, how far that is known, and how far it is let.

Rules
- A live floor takes what comes, when it comes. A floor that is led stops where it is told to.
"""

from collections.abc import Callable
from math import inf
from typing import Protocol

from floorwatch.engine.handover import Batch


class FloorTime(Protocol):
    """How far floor time is known: up to here everything that came has been handed over."""

    def known(self) -> float:
        """Floor time, epoch seconds UTC."""
        ...

    def complete(self, source: str, to: float) -> None:
        """Everything of this source up to `to` has been taken in."""
        ...


class Given(Protocol):
    """Where the station takes from what is to be folded."""

    def notify(self, callback: Callable[[], None]) -> None:
        """Call this, in any thread, whenever there is something to take."""
        ...

    def take(self) -> Batch | None:
        """The next batch, or None."""
        ...


class Pace(Protocol):
    """How a floor is led through its time."""

    @property
    def is_on_the_way(self) -> bool:
        """Whether it goes to a moment that somebody asked for: pictures of the way there are for nobody."""
        ...

    @property
    def rest_seconds(self) -> float:
        """For how long the station may look at nothing, at most."""
        ...

    def due(self) -> float:
        """Floor time up to which may be folded now."""
        ...

    def pass_over(self) -> None:
        """Called after each pass, before anything is shown."""
        ...


class AsItComes:
    """The pace of a floor that nobody leads: what has come is folded."""

    is_on_the_way = False
    rest_seconds = 1.0

    def due(self) -> float:
        """Everything."""
        return inf

    def pass_over(self) -> None:
        """Nothing to be done."""
