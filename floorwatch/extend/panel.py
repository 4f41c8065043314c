"""A panel: a pure function of the floor with a name and a statement of what it reads."""

from typing import Any, Protocol

from msgspec import Struct

from floorwatch.model.entities import Topic
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import Notice, View
from floorwatch.words import _


class Needs(Struct, frozen=True):
    """What a panel reads: it is built again only when one of these topics was touched (or its options changed)."""

    topics: frozenset[Topic] = frozenset(Topic)
    metrics: frozenset[str] = frozenset()
    every_seconds: float | None = None
    """Also build again this often although nothing was touched: for figures that change with time alone."""
    rest_seconds: float = 0.0
    """Not built again within so long, however much is touched: for what nobody reads as often as calls change it."""


class NoOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The options of a panel that has none."""


class Panel(Protocol):
    """A named view of the floor. `build` and `detail` are pure, run in the plugin's own thread, and may raise: the last
    good view stays and the panel is marked. A class that inherits from this needs only name, title and build.
    """

    name: str
    title: str

    @property
    def needs(self) -> Needs:
        """What it reads: everything, unless said otherwise."""
        return Needs()

    @property
    def options_type(self) -> type[Struct]:
        """The type of its options: none, unless said otherwise."""
        return NoOptions

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        """The panel at this moment."""
        ...

    def detail(self, floor: FloorSnapshot, options: Any, row_key: str) -> View:  # noqa: ARG002  # for panels with more to say
        """What Enter on the row opens."""
        return Notice(_("There is nothing behind this row."))


class Turning(Panel, Protocol):
    """A panel that can be arranged in several ways: `turns` names an option of an enum, through which a key goes value
    by value, for this session. A caption of its view shall say which one is shown."""

    turns: str
