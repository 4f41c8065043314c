"""An alert rule: says what is true now; the host holds, raises and clears."""

from collections.abc import Iterable
from typing import Any, Protocol

from msgspec import Struct

from floorwatch.model.alerts import Alert
from floorwatch.model.snapshot import FloorSnapshot


class AlertRule(Protocol):
    """Asked on every instant of the floor-time grid. `hold_seconds`: true for so long before it is raised."""

    name: str
    title: str
    hold_seconds: float
    options_type: type[Struct]

    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:
        """Everything that is true at this moment; pure."""
        ...
