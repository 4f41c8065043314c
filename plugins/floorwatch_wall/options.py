"""What hangs on the wall, as the configuration chooses it."""

from msgspec import Struct

from floorwatch.api import _
from floorwatch_wall.figures import FIGURES, OF_A_QUEUE


class WallOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`figures`: which, the most important first, since the last go where there is no room (none named: all for the
    floor, the first four for a queue). `queues`: a row of figures for each of these (none named: the whole floor).
    `trend`: the line on the last hour. Raises ValueError for a figure that there is not."""

    figures: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    trend: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be shown, naming what can."""
        if unknown := [name for name in self.figures if name not in FIGURES]:
            raise ValueError(
                _("figures: there is no {unknown}; there are {known}").format(
                    unknown=", ".join(unknown), known=", ".join(FIGURES)
                )
            )

    @property
    def shown(self) -> tuple[str, ...]:
        """The figures of each row, in their order."""
        return self.figures or (OF_A_QUEUE if self.queues else FIGURES)
