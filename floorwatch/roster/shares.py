"""The share of the day's answered calls that a second on the telephones brings, by queues and quarter of an hour.

Rules
- The calls of a quarter are those that entered in it and were answered, by whomever. What nobody answered is nobody's
  share: it says something of how many were here, not of any one of them.
- Whoever is in several queues divides their time among them as the calls answered in them divide, quarter by quarter.
- So the shares of all who were on the telephones add up to the calls answered in that quarter.
- Whoever was not there would have shared what came with those who were: their rate is that of the quarter with them in
  it. Of a quarter in which nobody was there it is taken as the mean of the day.
- On the telephones is as the call feed shows presence: available, ringing, talking, on hold, in wrap-up. Queues are
  those that somebody is in, or was in today; a feed that speaks of no queue has everybody in all of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from floorwatch.model.counts import INTERVAL_SECONDS, QueueCounts
from floorwatch.model.duty import Presence, Spell
from floorwatch.model.entities import Agent
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.kept import kept
from floorwatch.roster.spans import Spans

Queues: TypeAlias = frozenset[str]
_PHONES = Presence.PHONES


class Rates(Struct, frozen=True):
    """Calls a second on the telephones, a figure for each quarter of an hour from `start` on. `away` are the figures
    for time in which somebody was not there (none given: the same)."""

    start: float
    values: tuple[float, ...] = ()
    away: tuple[float, ...] = ()

    def brought(self, spans: Spans) -> float:
        """The calls that this time on the telephones brought."""
        return sum(_calls(self.start, self.values, start, end) for start, end in spans)

    def missed(self, spans: Spans) -> float:
        """The calls that this time would have brought."""
        return sum(_calls(self.start, self.away or self.values, start, end) for start, end in spans)


def _calls(first: float, values: Sequence[float], start: float, end: float) -> float:
    at = max(0, int((start - first) // INTERVAL_SECONDS))
    last = min(len(values) - 1, int((end - first) // INTERVAL_SECONDS))
    found = 0.0
    for quarter in range(at, last + 1):
        opens = first + quarter * INTERVAL_SECONDS
        found += values[quarter] * max(0.0, min(end, opens + INTERVAL_SECONDS) - max(start, opens))
    return found


def rates_of(floor: FloorSnapshot, agent: str) -> Rates:
    """What a second on the telephones brings this agent in their queues, over the business day so far."""
    return kept(floor, "call_rates", agent, lambda: _rates(floor, agent))


def _queues_of(floor: FloorSnapshot, agent: Agent | None) -> Queues:
    named = frozenset(queue for queue in agent.queues if queue) if agent is not None else frozenset()
    return named or frozenset(floor.queue_names)


def _rates(floor: FloorSnapshot, agent: str) -> Rates:
    queues = _queues_of(floor, floor.agents.get(agent))
    staffed: Mapping[Queues, list[float]] = kept(floor, "staffed", None, lambda: _staffed(floor))
    beside = {others: seconds for others, seconds in staffed.items() if not queues.isdisjoint(others)}
    answered = _answered(floor, queues.union(*beside), _quarters(floor))
    brought, missed = [], []
    for at, missing in enumerate(_missing(floor, agent)):
        calls = {queue: counts[at] for queue, counts in answered.items() if counts[at]}
        seconds = {others: those[at] for others, those in beside.items()}
        brought.append(_of_quarter(queues, calls, seconds))
        was_staffed = any(seconds.values())
        seconds[queues] = seconds.get(queues, 0.0) + missing
        missed.append(_of_quarter(queues, calls, seconds) if was_staffed else None)
    known = [rate for rate in missed if rate is not None]
    usual = sum(known) / len(known) if known else 0.0
    return Rates(floor.day_start, tuple(brought), tuple(usual if rate is None else rate for rate in missed))


def _missing(floor: FloorSnapshot, agent: str) -> Sequence[float]:
    """Seconds of each quarter so far in which they were not on the telephones."""
    own = [0.0] * (_quarters(floor) + 1)
    _add(own, floor.day_start, floor.at, floor.spells.get(agent, ()))
    passed = floor.at - floor.day_start
    return [
        max(0.0, min(INTERVAL_SECONDS, passed - at * INTERVAL_SECONDS) - seconds) for at, seconds in enumerate(own[:-1])
    ]


def _quarters(floor: FloorSnapshot) -> int:
    return int((floor.at - floor.day_start) // INTERVAL_SECONDS) + 1


def _staffed(floor: FloorSnapshot) -> Mapping[Queues, list[float]]:
    """Seconds on the telephones by queues, for each quarter of the day so far."""
    quarters = _quarters(floor)
    found: dict[Queues, list[float]] = {}
    for agent in floor.agents.values():
        if spells := floor.spells.get(agent.id):
            seconds = found.setdefault(_queues_of(floor, agent), [0.0] * (quarters + 1))
            _add(seconds, floor.day_start, floor.at, spells)
    for seconds in found.values():
        del seconds[-1]
    return found


def _add(seconds: list[float], first: float, now: float, spells: Iterable[Spell]) -> None:
    """Add the time on the telephones to the quarters in which it was."""
    for spell in spells:
        if spell.presence is not _PHONES:
            continue
        start, end = spell.start - first, (now if spell.end is None or spell.end > now else spell.end) - first
        if start < 0:
            start = 0.0
        if start >= end:
            continue
        at, last = int(start // INTERVAL_SECONDS), int(end // INTERVAL_SECONDS)
        seconds[at] -= start - at * INTERVAL_SECONDS
        for whole in range(at, last):
            seconds[whole] += INTERVAL_SECONDS
        seconds[last] += end - last * INTERVAL_SECONDS


def _answered(floor: FloorSnapshot, queues: Iterable[str], quarters: int) -> Mapping[str, list[int]]:
    counts, nothing = floor.interval_counts, QueueCounts()
    starts = [floor.day_start + at * INTERVAL_SECONDS for at in range(quarters)]
    return {queue: [counts.get((queue, start), nothing).answered for start in starts] for queue in queues}


def _of_quarter(queues: Queues, calls: Mapping[str, int], staffed: Mapping[Queues, float]) -> float:
    """Calls a second in these queues, of the calls answered by queue and the seconds on the telephones by queues."""
    wanted = {queue: answered for queue, answered in calls.items() if queue in queues}
    together = sum(wanted.values())
    effort = dict.fromkeys(wanted, 0.0)
    for others, seconds in staffed.items():
        if seconds:
            theirs = sum(calls.get(queue, 0) for queue in others)
            for queue in others:
                if queue in wanted:
                    effort[queue] += seconds * wanted[queue] / theirs
    return sum(answered / together * answered / effort[q] for q, answered in wanted.items() if effort[q])
