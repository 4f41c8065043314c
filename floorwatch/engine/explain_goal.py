"""How far a share is from its target, in calls: what would reach it, or what may still be lost.

Rules
- A further call answered in time stands above and below the line, a further one answered late or lost only below: so it
  is in all the definitions of the service level, and in the answer rate.
- It is counted in whole numbers: at 80 % of 5 calls, 4 are enough.
"""

from fractions import Fraction
from math import ceil, floor

from msgspec import Struct

from floorwatch.model.service_level import ratio
from floorwatch.views import Tone
from floorwatch.views.shares import share_tone
from floorwatch.words import _, _n


class Goal(Struct, frozen=True):
    """A share as the two terms of its fraction, and the target (0..1) that it stands against."""

    part: int
    whole: int
    target: float

    @property
    def value(self) -> float | None:
        """The share; None before anything counts."""
        return ratio(self.part, self.whole)

    @property
    def tone(self) -> Tone:
        """Calm at the target."""
        return share_tone(self.value, self.target)

    @property
    def missing(self) -> int | None:
        """Further calls in time that reach the target, 0 where it is reached; None where no number of them would."""
        target = self._exact
        short = target * self.whole - self.part
        if short <= 0:
            return 0
        return None if target >= 1 else ceil(short / (1 - target))

    @property
    def spare(self) -> int | None:
        """Further calls that may be late or lost before the share is below its target; None: any number."""
        target = self._exact
        return None if target <= 0 else max(0, floor(self.part / target) - self.whole)

    @property
    def _exact(self) -> Fraction:
        return Fraction(str(self.target))  # as it was written: 0.8 is no binary number


def to_go(goal: Goal, percent: str) -> str:
    """What is missing to the target of `percent`, or to spare, as a sentence."""
    missing, spare = goal.missing, goal.spare
    if goal.value is None:
        return _("No call counts yet.")
    if missing is None:
        return _("{percent} % cannot be reached any more today.").format(percent=percent)
    if missing:
        return _n(
            "{n} more in time would reach {percent} %.", "{n} more in time would reach {percent} %.", missing
        ).format(n=missing, percent=percent)
    if spare is None:
        return _("No call can spoil it.")
    return _n(
        "{n} more may be late or lost before it falls below {percent} %.",
        "{n} more may be late or lost before it falls below {percent} %.",
        spare,
    ).format(n=spare, percent=percent)
