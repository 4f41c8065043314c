"""What a supervisor may choose about the queue panel, in the configuration."""

from msgspec import Struct, field

from floorwatch.api import _
from floorwatch_queue_status.columns import COLUMN_NAMES

TRENDS = ("offered", "abandoned", "service-level")


class QueueStatusOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`groups`: name -> its queues. `columns`: only these, beside the queue (none named: all that fit).
    `trend`: bars under the table, over the last `trend_hours`. Raises ValueError for a name that there is not."""

    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hide_total: bool = False
    columns: tuple[str, ...] = ()
    trend: tuple[str, ...] = TRENDS
    trend_hours: int = 2

    def __post_init__(self) -> None:
        """Refuse what cannot be shown, naming the option and what it may be."""
        _refuse_unknown("columns", self.columns, COLUMN_NAMES)
        _refuse_unknown("trend", self.trend, TRENDS)
        if not 1 <= self.trend_hours <= 24:
            raise ValueError(_("trend_hours: {n} is not between 1 and 24").format(n=self.trend_hours))


def _refuse_unknown(option: str, named: tuple[str, ...], known: tuple[str, ...]) -> None:
    if unknown := [name for name in named if name not in known]:
        raise ValueError(
            _("{option}: there is no {unknown}; there are {known}").format(
                option=option, unknown=", ".join(unknown), known=", ".join(known)
            )
        )
