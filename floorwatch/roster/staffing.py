"""How many calls so many agents carry: Erlang C.

Sources: A. K. Erlang's delay formula for M/M/n as in METRICS.md, golden vectors 5 and 6 (tests). A call rate is calls
an hour, AHT is seconds; nobody hangs up, which makes the figures careful ones.

Rules
- The formula is never computed with powers and factorials, which leave the range of a float at 170 agents: Erlang B
  grows one agent at a time, B(n) = a B(n-1) / (n + a B(n-1)), and C = n B / (n - a (1 - B)).
- With no more agents than load the queue grows without end: everybody waits, nobody is answered in time.
"""

from functools import lru_cache
from math import exp, inf, isfinite

from msgspec import Struct

HOUR_SECONDS = 3600.0


class Carried(Struct, frozen=True):
    """What a number of agents does with a load. `load` is in Erlang: hours of handling an hour. `wait_share` and
    `service_level` are 0..1. `occupancy` is above 1 where the queue only grows; then `wait_share` is 1 and
    `asa_seconds` None."""

    load: float
    agents: int
    wait_share: float
    service_level: float
    asa_seconds: float | None
    occupancy: float


def carried(calls_per_hour: float, aht_seconds: float, agents: int, answer_within: float = 20.0) -> Carried:
    """Erlang C. Raises ValueError for a negative rate, an AHT that is not positive, or negative agents."""
    _check(calls_per_hour, aht_seconds, agents, answer_within)
    load = calls_per_hour * aht_seconds / HOUR_SECONDS
    blocked = 1.0
    for n in range(1, agents + 1):
        blocked = (
            load * blocked / (n + load * blocked)
        )  # `_blocked`, written out: `capacity` comes by here 25,000 times
    return _carried(blocked, load, agents, aht_seconds, answer_within)


def capacity(agents: int, aht_seconds: float, share: float = 0.8, answer_within: float = 20.0) -> float:
    """Calls an hour that so many agents carry with this service level: the largest such rate (golden vector 6 gives it
    to three places, rounded). 0 for no agents. Raises ValueError as `carried` does, and for a share outside of 0..1."""
    _check(0.0, aht_seconds, agents, answer_within, share)
    return _capacity(agents, aht_seconds, share, answer_within)


@lru_cache(64)
def _capacity(agents: int, aht_seconds: float, share: float, answer_within: float) -> float:
    enough, too_many = 0.0, agents * HOUR_SECONDS / aht_seconds
    while enough < (middle := (enough + too_many) / 2) < too_many:
        if carried(middle, aht_seconds, agents, answer_within).service_level >= share:
            enough = middle
        else:
            too_many = middle
    return enough


def agents_needed(calls_per_hour: float, aht_seconds: float, share: float = 0.8, answer_within: float = 20.0) -> int:
    """The fewest agents that carry this rate with this service level; 0 for no calls. Raises ValueError as `carried`
    does, and for a share outside of 0..1."""
    _check(calls_per_hour, aht_seconds, 0, answer_within, share)
    load = calls_per_hour * aht_seconds / HOUR_SECONDS
    if load == 0:
        return 0
    agents, blocked = 0, 1.0
    while _carried(blocked, load, agents, aht_seconds, answer_within).service_level < share:
        agents += 1
        blocked = _blocked(blocked, load, agents)
    return agents


def _blocked(before: float, load: float, agents: int) -> float:
    """Erlang B of this many agents, from that of one less."""
    return load * before / (agents + load * before)


def _carried(blocked: float, load: float, agents: int, aht_seconds: float, answer_within: float) -> Carried:
    if load >= agents:
        occupancy = load / agents if agents else (inf if load else 0.0)
        return Carried(load, agents, 1.0, 0.0, None, occupancy)
    idle = agents - load
    waits = agents * blocked / (agents - load * (1 - blocked))
    late = waits * exp(-idle * answer_within / aht_seconds)
    return Carried(load, agents, waits, 1 - late, waits * aht_seconds / idle, load / agents)


def _check(
    calls_per_hour: float, aht_seconds: float, agents: int, answer_within: float, share: float | None = None
) -> None:
    if not (isfinite(calls_per_hour) and calls_per_hour >= 0):
        raise ValueError(f"calls an hour are 0 or more, not {calls_per_hour}")
    if not (isfinite(aht_seconds) and aht_seconds > 0):
        raise ValueError(f"a handle time is more than 0 seconds, not {aht_seconds}")
    if agents < 0:
        raise ValueError(f"agents are 0 or more, not {agents}")
    if not answer_within >= 0:
        raise ValueError(f"calls are answered within 0 seconds or more, not {answer_within}")
    if share is not None and not 0 < share <= 1:
        raise ValueError(f"a share is above 0 and not above 1, not {share}")
