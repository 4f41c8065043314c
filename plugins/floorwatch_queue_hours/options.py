"""What a supervisor may choose about the panel of a queue's hours, in the configuration."""

from enum import StrEnum

from msgspec import Struct

from floorwatch.api import INTERVAL_SECONDS, SHORT_SECONDS, _

MOST_HOURS = 12


class Step(StrEnum):
    """How long an interval is."""

    FIVE = "5 minutes"
    FIFTEEN = "15 minutes"

    @property
    def seconds(self) -> int:
        """Its length."""
        return SHORT_SECONDS if self is Step.FIVE else INTERVAL_SECONDS


class QueueHoursOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The last `hours` by `step`, of `queue` ("": the one that is looked at alone, else all of them together).

    Raises ValueError for hours that cannot be shown.
    """

    hours: int = 3
    step: Step = Step.FIVE
    queue: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be shown, naming the option and what it may be."""
        if not 1 <= self.hours <= MOST_HOURS:
            raise ValueError(_("hours: {n} is not between 1 and {most}").format(n=self.hours, most=MOST_HOURS))
