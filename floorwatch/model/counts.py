"""What is counted, per queue and per agent; live these grow in place, in a snapshot they are copies.

Rules
- A call counts in the interval and the business day of its *entry* (METRICS.md).
- Durations are seconds. `W`, the callers still waiting, is never stored: it is counted from the callers themselves,
  so that the identity O = A + B + X + W can be checked and is not true by construction.
"""

from collections.abc import Iterable

from msgspec import Struct

from floorwatch.model.events import LeftHow
from floorwatch.model.targets import Target

INTERVAL_SECONDS = 900
"""Intervals are kept at 15 minutes, keyed by their UTC start. Every zone in use is offset by a multiple of 15 minutes,
so these starts are aligned to every local clock, and a repeated or missing local hour neither merges nor vanishes."""

SHORT_SECONDS = 300
"""Five minutes, keyed by their UTC start like the quarters of an hour that they add up to (`minutes`)."""


def interval_of(at: float) -> int:
    """Start of the 15-minute interval that holds `at`, epoch seconds UTC."""
    return int(at // INTERVAL_SECONDS) * INTERVAL_SECONDS


class QueueCounts(Struct, gc=False):
    """Counters of one queue over one period. `_in_time` is within the queue's T, `short_abandons` below its s."""

    offered: int = 0
    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0
    abandoned_in_time: int = 0
    short_abandons: int = 0
    left_timeout: int = 0
    left_key: int = 0
    left_empty: int = 0
    left_withdrawn: int = 0
    left_transferred: int = 0
    left_restart: int = 0
    left_lost: int = 0
    completed: int = 0
    transferred: int = 0
    ended_by_agent: int = 0
    ended_by_caller: int = 0
    answered_wait_seconds: float = 0.0
    abandoned_wait_seconds: float = 0.0
    left_wait_seconds: float = 0.0
    longest_wait_seconds: float = 0.0
    talk_seconds: float = 0.0
    hold_seconds: float = 0.0
    wrap_seconds: float = 0.0

    @property
    def left(self) -> int:
        """`X`: everyone who left neither answered nor by hanging up."""
        return sum(self.left_by(how) for how in LeftHow)

    def left_by(self, how: LeftHow) -> int:
        """How many left in this way."""
        count: int = getattr(self, f"left_{how.value}")
        return count

    def add(self, other: "QueueCounts") -> None:
        """Add the other period's or queue's counters to these; the longest wait is the longer of the two."""
        longest = max(self.longest_wait_seconds, other.longest_wait_seconds)
        for field in QUEUE_FIELDS:
            setattr(self, field, getattr(self, field) + getattr(other, field))
        self.longest_wait_seconds = longest


QUEUE_FIELDS: tuple[str, ...] = QueueCounts.__struct_fields__


def count_visit(counted: Iterable[QueueCounts], outcome: str, seconds: float, target: Target) -> None:
    """Count a wait that ended: `outcome` is "answered", "abandoned" or the value of a `LeftHow`."""
    in_time = seconds <= target.seconds
    for counts in counted:
        if seconds > counts.longest_wait_seconds:
            counts.longest_wait_seconds = seconds
        if outcome == "answered":
            counts.answered += 1
            counts.answered_in_time += in_time
            counts.answered_wait_seconds += seconds
        elif outcome == "abandoned":
            counts.abandoned += 1
            counts.abandoned_in_time += in_time
            counts.short_abandons += seconds < target.short_seconds
            counts.abandoned_wait_seconds += seconds
        else:
            name = f"left_{outcome}"
            setattr(counts, name, getattr(counts, name) + 1)
            counts.left_wait_seconds += seconds


def count_talk(
    counted: Iterable[QueueCounts], how: str, seconds: float, held_seconds: float, ended_by: str | None
) -> None:
    """Count a talk that was completed or transferred (`how`); `ended_by` is "agent", "caller" or None. Others, cut off
    at a restart or lost, count nowhere."""
    if how not in ("completed", "transferred"):
        return
    for counts in counted:
        counts.talk_seconds += seconds
        counts.hold_seconds += held_seconds
        counts.transferred += how == "transferred"
        counts.completed += how == "completed"
        counts.ended_by_agent += ended_by == "agent"
        counts.ended_by_caller += ended_by == "caller"


class AgentCounts(Struct, gc=False):
    """Counters of one agent over one business day. State seconds are those of the spells that have ended."""

    answered: int = 0
    ended: int = 0
    ended_by_agent: int = 0
    transferred: int = 0
    missed_rings: int = 0
    refused_rings: int = 0
    outbound: int = 0
    talk_seconds: float = 0.0
    available_seconds: float = 0.0
    on_call_seconds: float = 0.0
    on_hold_seconds: float = 0.0
    ringing_seconds: float = 0.0
    wrap_up_seconds: float = 0.0
    paused_seconds: float = 0.0
    signed_in_at: float | None = None
