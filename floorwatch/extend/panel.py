"""A panel: a pure function of the floor with a name and a statement of what it reads."""

from typing import Any, Protocol

from msgspec import Struct

from floorwatch.model.entities import Topic
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import View


class Needs(Struct, frozen=True):
    """What a panel reads: it is built again only when one of these topics was touched (or its options changed)."""

    topics: frozenset[Topic] = frozenset(Topic)
    metrics: frozenset[str] = frozenset()
    every_seconds: float | None = None
    """Also build again this often although nothing was touched: for figures that change with time alone."""


class NoOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The options of a panel that has none."""


class Panel(Protocol):
    """A named view of the floor. `build` and `detail` are pure, run in the plugin's own thread, and may raise: the last
    good view stays and the panel is marked."""

    name: str
    title: str
    needs: Needs
    options_type: type[Struct]

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        """The panel at this moment."""
        ...

    def detail(self, floor: FloorSnapshot, options: Any, row_key: str) -> View:
        """What Enter on the row opens."""
        ...
