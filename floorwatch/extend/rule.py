"""An alert rule: says what is true now; the host holds, raises and clears."""

from collections.abc import Iterable
from typing import Any, Protocol

from msgspec import Struct

from floorwatch.extend.panel import NoOptions
from floorwatch.model.alerts import Alert
from floorwatch.model.snapshot import FloorSnapshot


class AlertRule(Protocol):
    """Asked on every instant of the floor-time grid. A class that inherits from this has everything below but name,
    title and check."""

    name: str
    title: str

    @property
    def hold_seconds(self) -> float:
        """True for so long before it is raised: at once, unless said otherwise."""
        return 0.0

    @property
    def options_type(self) -> type[Struct]:
        """The type of its options: none, unless said otherwise."""
        return NoOptions

    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        """Everything that is true at this moment; pure."""
        ...
