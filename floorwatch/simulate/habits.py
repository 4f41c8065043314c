"""How callers and agents behave, as distributions: patience, ringing, talk, hold, wrap-up, numbers to call from.

Rules
- Talk, ring and wrap-up are lognormal; patience is Weibull with a few who hang up at once. All are seconds.
- The callers' numbers belong to nobody: ranges kept for fiction, and in China mobile numbers that start with 12,
  which are not given out.
"""

from enum import Enum
from math import exp
from random import Random

from msgspec import Struct

from floorwatch.model.events import LeftHow
from floorwatch.simulate.plan import QueuePlan

SHORT_ABANDON_SECONDS = 5.0
"""Who hangs up within this has hardly heard the queue (METRICS: s)."""

_SHORT_ABANDONS = 0.025
_PRESSES_A_KEY = 0.03

KEY_CALLBACK = "1"
"""Leaves the queue and a request to be called back."""
KEY_ELSEWHERE = "0"
"""Leaves the queue for another one."""


class Pickup(Enum):
    """What comes of a ring."""

    ANSWERED = "answered"
    MISSED = "missed"
    REFUSED = "refused"
    DROPPED = "dropped"


class GiveUp(Struct, frozen=True, gc=False):
    """When a caller who is still waiting leaves, and how; `how` None is an abandon."""

    after: float
    how: LeftHow | None = None
    key: str | None = None


def lognormal(random: Random, median: float, spread: float) -> float:
    """A lognormal figure: half lie under `median`; `spread` is the deviation of its logarithm."""
    return median * exp(random.gauss(0.0, spread))


def give_up(random: Random, queue: QueuePlan) -> GiveUp:
    """The caller's patience, drawn on entry."""
    kind = random.random()
    if kind < _SHORT_ABANDONS:
        return GiveUp(random.uniform(0.8, SHORT_ABANDON_SECONDS))
    patience = random.weibullvariate(queue.patience, 1.4) + 5.0
    if kind < _SHORT_ABANDONS + _PRESSES_A_KEY:
        key = KEY_CALLBACK if random.random() < 0.7 else KEY_ELSEWHERE
        return GiveUp(random.uniform(12.0, 60.0), LeftHow.KEY, key)
    if patience >= queue.timeout:
        return GiveUp(queue.timeout, LeftHow.TIMEOUT)
    return GiveUp(patience)


def pickup(random: Random) -> tuple[Pickup, float]:
    """What comes of a ring, and how long it rings."""
    kind = random.random()
    if kind < 0.022:
        return Pickup.MISSED, 15.0
    if kind < 0.025:
        return Pickup.REFUSED, 0.0
    seconds = min(lognormal(random, 3.2, 0.45), 14.0)
    return (Pickup.DROPPED if kind < 0.0265 else Pickup.ANSWERED), seconds


def talk_seconds(random: Random, queue: QueuePlan, pace: float) -> float:
    """How long caller and agent talk, hold inside; some run past four and five minutes."""
    return min(5.0 + lognormal(random, queue.talk_median * pace, 0.6), 2400.0)


def hold_seconds(random: Random, talk: float) -> float:
    """How long the caller is put on hold during such a talk."""
    return min(lognormal(random, 28.0, 0.7), talk * 0.5)


def wrap_up_seconds(random: Random, queue: QueuePlan, pace: float) -> float:
    """After-call work."""
    return min(2.0 + lognormal(random, queue.wrap_median * pace, 0.5), 300.0)


def number(random: Random) -> str | None:
    """A number to call from; None for the few who hide theirs."""
    kind = random.random()
    if kind < 0.80:
        return f"12{random.randrange(10**9):09}"
    if kind < 0.90:
        return f"+1212555{random.randrange(100, 200):04}"
    if kind < 0.97:
        return f"+44207946{random.randrange(1000):04}"
    return None
