"""What floor to simulate: its size, queues, hours, place and seed.

Rules
- Equal plans give equal streams, in any process: every chance comes from `seed`, nothing from a clock or a hash.
- Floor time is epoch seconds UTC. A *clock* is seconds of the floor's own day: the local wall clock, moved by
  `clock_shift_seconds`, so that a demo can be in its late morning at any hour.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from floorwatch.simulate.names import LANGUAGES

HOUR = 3600.0
DAY = 24 * HOUR

DEMO_CLOCK = 10 * HOUR + 40 * 60
"""What the demo's floor shows at the moment it is opened: a busy late morning."""
DEMO_HISTORY = DEMO_CLOCK - (7 * HOUR + 45 * 60)
"""Seconds of the demo's past: from just before the first agent of its day signs in."""


class QueuePlan(Struct, frozen=True):
    """One queue: its share of the calls (`weight`, relative) and the manners of its callers, in seconds.

    An agent of several queues serves the lowest `rank` first; `timeout` is the longest wait the switch allows.
    """

    name: str
    weight: float = 1.0
    extension: str = "7000"
    talk_median: float = 190.0
    wrap_median: float = 42.0
    patience: float = 115.0
    timeout: float = 600.0
    rank: int = 1


class Surge(Struct, frozen=True):
    """`factor` times the usual calls of one queue, from `clock` (seconds of the floor's day) for `seconds`."""

    queue: str
    clock: float
    seconds: float = 900.0
    factor: float = 2.5


_KNOWN_QUEUES = (
    QueuePlan("support", 0.42, "7001", talk_median=215.0),
    QueuePlan("sales", 0.27, "7002", talk_median=205.0, patience=95.0, timeout=480.0),
    QueuePlan("vip", 0.09, "7003", talk_median=190.0, wrap_median=55.0, patience=90.0, timeout=300.0, rank=0),
    QueuePlan("billing", 0.22, "7004", talk_median=180.0, patience=130.0),
    QueuePlan("orders", 0.2, "7005", talk_median=130.0),
    QueuePlan("technical", 0.18, "7006", talk_median=210.0, patience=150.0),
    QueuePlan("returns", 0.12, "7007", talk_median=150.0),
    QueuePlan("renewals", 0.1, "7008", talk_median=160.0, patience=105.0),
)


def queues_for(count: int) -> tuple[QueuePlan, ...]:
    """The first `count` queues of a usual floor: support, sales, vip, billing, ..., then queue-9, queue-10, ..."""
    further = (QueuePlan(f"queue-{n}", 0.1, f"7{n:03}") for n in range(len(_KNOWN_QUEUES) + 1, count + 1))
    return (*_KNOWN_QUEUES[:count], *further)


class Plan(Struct, frozen=True):
    """A floor to simulate. Raises ValueError that names the field and what it may be.

    `start` is epoch seconds UTC; agents whose shift is under way sign in within its first minute. `calls_per_agent` is
    the pace of a large floor's day; a small one gets fewer calls, as its agents cannot stand in for each other so
    well. `languages` is the mix of names, (language, weight). `surges` None: one a day, late in the morning.
    """

    start: float
    hours: float = 9.0
    agents: int = 60
    queues: tuple[QueuePlan, ...] = queues_for(4)
    seed: int = 1
    zone: str = "Asia/Shanghai"
    languages: tuple[tuple[str, float], ...] = LANGUAGES
    calls_per_agent: float = 70.0
    clock_shift_seconds: float = 0.0
    surges: tuple[Surge, ...] | None = None

    def __post_init__(self) -> None:
        names = [queue.name for queue in self.queues]
        if not 1 <= self.agents <= 9000:
            raise ValueError(f"agents is {self.agents}: give 1 to 9000")
        if not self.hours > 0:
            raise ValueError(f"hours is {self.hours}: give more than 0")
        if not self.calls_per_agent > 0:
            raise ValueError(f"calls_per_agent is {self.calls_per_agent}: give more than 0")
        if not names or len(set(names)) < len(names):
            raise ValueError("queues: give at least one, each with a name of its own")
        if any(queue.weight <= 0 for queue in self.queues):
            raise ValueError("queues: every weight must be more than 0")
        known = [language for language, _ in LANGUAGES]
        if not self.languages or any(word not in known or share <= 0 for word, share in self.languages):
            raise ValueError(f"languages: give (language, weight above 0) of {', '.join(known)}")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
            raise ValueError(f"zone {self.zone!r} is not known: give a name such as Asia/Shanghai") from unknown

    @property
    def end(self) -> float:
        """Where the stream ends, epoch seconds UTC; nothing happens at or after it."""
        return self.start + self.hours * HOUR


def midnights(plan: Plan) -> Iterator[float]:
    """The floor time of clock 0 of each day that the plan touches, in order."""
    zone = ZoneInfo(plan.zone)
    date = datetime.fromtimestamp(plan.start + plan.clock_shift_seconds, zone).date() - timedelta(days=1)
    while (midnight := _midnight(datetime.combine(date, time(12), zone)) - plan.clock_shift_seconds) < plan.end:
        # An hour to spare: the day that daylight saving ends is 25 hours long.
        if midnight + DAY + HOUR > plan.start:
            yield midnight
        date += timedelta(days=1)


def working_day(now: float, zone: str = "Asia/Shanghai", *, agents: int = 60, queues: int = 4, seed: int = 1) -> Plan:
    """The 09:00-18:00 of the local day that holds `now` (epoch seconds UTC)."""
    noon = datetime.combine(datetime.fromtimestamp(now, ZoneInfo(zone)).date(), time(12), ZoneInfo(zone))
    return Plan(_midnight(noon) + 9 * HOUR, 9.0, agents, queues_for(queues), seed, zone)


def demo_plan(now: float, zone: str = "Asia/Shanghai", seed: int = 5) -> Plan:
    """A 60-agent floor whose clock says 10:40 at `now`: its morning is history, support is in trouble, more will come.

    The history is always the whole morning. Where the local day began less than three hours ago, some of it lies in the
    business day before: states, waits and clocks are right, and the day's counters are as young as the day is.
    """
    local = datetime.fromtimestamp(now, ZoneInfo(zone))
    clock = now - _midnight(datetime.combine(local.date(), time(12), local.tzinfo))
    return Plan(
        start=now - DEMO_HISTORY,
        hours=14 * 24.0,
        seed=seed,
        zone=zone,
        clock_shift_seconds=DEMO_CLOCK - clock,
        surges=(
            Surge("support", DEMO_CLOCK - 8 * 60, 18 * 60, 2.2),
            Surge("billing", DEMO_CLOCK + 35 * 60, 15 * 60, 2.6),
            Surge("sales", 14 * HOUR + 30 * 60, 15 * 60, 2.6),
        ),
    )


def _midnight(noon: datetime) -> float:
    """Twelve hours before noon: what the wall clock of the working day counts from, on days of 23 and 25 hours too."""
    return noon.timestamp() - DAY / 2
