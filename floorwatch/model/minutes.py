"""A queue's last hours by short intervals: its counters, the most who waited, and how many agents took calls.

Rules
- A call counts in the interval of its entry, by the rules of `counts`: the intervals of a quarter of an hour add up to
  what the floor itself counts of it. Callers who still wait are offered where they entered.
- The most who waited is the most at any one moment of the interval. Who leaves at a moment leaves before whoever enters
  at it, and who leaves at the moment of entering has not waited.
- Staffed is the time that agents were at the telephones, by the length of the interval: of a queue all who are or were
  its members. Who has left it and still telephones for others counts in the spells that are over.
- What was counted is kept with the history and gone on from: a snapshot costs what has ended since the last one.
- An interval before the feeds began is not known; nor is who was there in the interval in which they did.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from math import inf, isnan
from typing import Any

from msgspec import Struct

from floorwatch.model.counts import INTERVAL_SECONDS, SHORT_SECONDS, QueueCounts, count_talk, count_visit
from floorwatch.model.duty import Presence
from floorwatch.model.entities import Fact
from floorwatch.model.minute_steps import (
    WHOLE,
    Counted,
    MinuteStep,
    Step,
    StepCounts,
    Where,
    last_step_of,
    peak,
    step_of,
)
from floorwatch.model.past import Past
from floorwatch.model.service_level import SERVICE_LEVELS, Volume
from floorwatch.model.snapshot import FloorSnapshot, Scope
from floorwatch.model.targets import FloorRules

KEPT_STEPS = 24 * 3600 // SHORT_SECONDS
"""What was counted of earlier intervals is let go."""

NEAR_ROWS = 512
"""So many rows are added to what is known; a leap over more is counted by five minutes, most of which are known."""

_COUNTED = "minutes"
_ANYWHERE = "minutes of any moment"
_PHONES = Presence.PHONES  # by name: looking a member up on its enum is slow in Python 3.11
_OFTEN = 12


class Interval(Struct, frozen=True):
    """A queue, a group or the floor from `start` (epoch seconds UTC) for `seconds`.

    `waiting` of those who entered in it still wait, `waiting_late` of these longer than their queue promises.
    `is_known`: whether anybody told of it; where not, its counters are nothing and `most_waiting` is None.
    """

    start: float
    seconds: float
    counts: QueueCounts
    waiting: int
    waiting_late: int
    most_waiting: int | None
    is_known: bool

    @property
    def volume(self) -> Volume:
        """The letters of METRICS.md."""
        return Volume.of(self.counts, self.waiting, self.waiting_late)

    def service_level(self, definition: str) -> float | None:
        """The service level of the calls that entered in it, by an id of `SERVICE_LEVELS`."""
        return SERVICE_LEVELS[definition].of(self.volume)


def last_intervals(scope: Scope, count: int, seconds: int = SHORT_SECONDS) -> tuple[Interval, ...]:
    """The last `count` intervals of `seconds`, a multiple of SHORT_SECONDS; the running one last. A day at most.

    Raises ValueError for other seconds, and for more than a day.
    """
    first_at = _first_of(scope, count, seconds)
    each = seconds // SHORT_SECONDS
    steps = list(_steps(scope, first_at // SHORT_SECONDS, count * each))
    return tuple(
        _interval(scope, seconds, steps[at * each : (at + 1) * each], first_at + at * seconds) for at in range(count)
    )


def last_staffed(scope: Scope, count: int, seconds: int = SHORT_SECONDS) -> Sequence[float | None]:
    """How many agents were at the telephones in each of these intervals, on average; of the running one over what has
    passed. None where nobody knows. Raises ValueError as `last_intervals` does."""
    floor, first_at = scope.floor, _first_of(scope, count, seconds)
    if Fact.MEMBERS not in floor.gives:
        return [None] * count
    parts, wholes = [0.0] * (count + 1), [0] * (count + 2)
    for start, end in _at_the_phones(scope, first_at):
        came, went = start - first_at, end - first_at
        first, last = int(came // seconds), int(went // seconds)
        parts[first] += (first + 1) * seconds - came
        parts[last] -= (last + 1) * seconds - went
        wholes[first + 1] += 1
        wholes[last + 1] -= 1
    began, found, there = _began(floor), list[float | None](), 0
    for place in range(count):
        start = first_at + place * seconds
        passed = min(seconds, floor.at - start)
        there += wholes[place]
        found.append((parts[place] + there * seconds) / passed if passed > 0 and began <= start else None)
    return found


def _first_of(scope: Scope, count: int, seconds: int) -> int:
    """Start of the first of so many intervals. Raises ValueError."""
    if seconds <= 0 or seconds % SHORT_SECONDS or not 0 < count * seconds <= KEPT_STEPS * SHORT_SECONDS:
        raise ValueError(f"{count} intervals of {seconds} s: a day at most, in multiples of {SHORT_SECONDS} s")
    return (int(scope.floor.at // seconds) - count + 1) * seconds


class _Shown(Struct, frozen=True, gc=False):
    """Five minutes of what is looked at, callers who still wait among them."""

    counts: QueueCounts
    waiting: int
    late: int
    most: int


_NOTHING = MinuteStep(QueueCounts(), [], [])


# --- what has ended --------------------------------------------------------------------------------------------------


def _counted(past: Past, rules: FloorRules, first: Step) -> Counted:
    """What has ended, counted from this step on at least: gone on from what is known, or anew."""
    known: Counted | None = past.counted.get(_COUNTED)
    rows = {name: len(table) for name, table in past.tables.items()}
    if known is not None and known.rows == rows and known.first <= first:
        return known
    if known is not None and known.first <= first and _is_near(known.rows, rows):
        made = _Counting(_trimmed(known, first), rules).go_on(past, rows)
    else:
        settled = past.counted.setdefault(_ANYWHERE, StepCounts()).counted(past.tables, rules, first)
        made = settled if settled.rows == rows else _Counting(settled, rules).go_on(past, rows)
    past.counted[_COUNTED] = made
    return made


def _is_near(known: Mapping[str, int], rows: Mapping[str, int]) -> bool:
    """Whether these rows are those that are known and a few more."""
    return all(known[name] <= rows[name] <= known[name] + NEAR_ROWS for name in rows)


def _trimmed(known: Counted, asked: Step) -> Counted:
    """Without what nobody will ask for; now and then, since it costs a copy."""
    first = asked - KEPT_STEPS
    if first - known.first < _OFTEN:
        return known
    before = dict(known.before)
    for (queue, step), each in known.steps.items():
        if step < first:
            before[queue] = before.get(queue, 0) + len(each.entered) - len(each.left)
    kept = {where: each for where, each in known.steps.items() if where[1] >= first}
    return Counted(known.rows, first, kept, before)


class _Counting:
    """Adds rows to what was counted; what it changes is a copy of its own."""

    def __init__(self, known: Counted, rules: FloorRules) -> None:
        self._known = known
        self._rules = rules
        self._mine: dict[Where, MinuteStep] = {}
        """Their moments come in order once all rows are there."""
        self._before = dict(known.before)

    def go_on(self, past: Past, rows: Mapping[str, int]) -> Counted:
        """All rows up to so many."""
        self._visits(past.tables["visits"].after(self._known.rows["visits"]))
        self._talks(past.tables["talks"].after(self._known.rows["talks"]))
        self._wraps(past.tables["wraps"].after(self._known.rows["wraps"]))
        for step in self._mine.values():
            step.entered = sorted(step.entered)
            step.left = sorted(step.left)
            step.peak = peak(step.entered, step.left)
        return Counted(rows, self._known.first, {**self._known.steps, **self._mine}, self._before)

    def _visits(self, rows: Iterable[tuple[Any, ...]]) -> None:
        for _feed, queue, _call, _caller, outcome, _agent, entered_at, left_at, seconds in rows:
            counted = self._counts(queue, entered_at)
            for counts in counted:
                counts.offered += 1
            count_visit(counted, outcome, seconds, self._rules.target(queue))
            if left_at > entered_at:
                self._came_and_went(queue, entered_at, left_at)

    def _talks(self, rows: Iterable[tuple[Any, ...]]) -> None:
        for _feed, queue, _call, _agent, how, ended_by, entered_at, answered_at, _ended_at, seconds, held in rows:
            began = answered_at if isnan(entered_at) else entered_at
            count_talk(self._counts(queue, began), how, seconds, held, ended_by)

    def _wraps(self, rows: Iterable[tuple[Any, ...]]) -> None:
        for queue, _agent, began, start, end in rows:
            for counts in self._counts(queue, began):
                counts.wrap_seconds += max(0.0, end - start)

    def _counts(self, queue: str, at: float) -> tuple[QueueCounts, ...]:
        step = step_of(at)
        return () if step < self._known.first else (self._at(queue, step).counts, self._at(WHOLE, step).counts)

    def _came_and_went(self, queue: str, entered_at: float, left_at: float) -> None:
        came, went = step_of(entered_at), last_step_of(left_at)
        for who in (queue, WHOLE):
            if came >= self._known.first:
                self._at(who, came).entered.append(entered_at)
            else:
                self._before[who] = self._before.get(who, 0) + 1
            if went >= self._known.first:
                self._at(who, went).left.append(left_at)
            else:
                self._before[who] = self._before.get(who, 0) - 1

    def _at(self, queue: str | None, step: Step) -> MinuteStep:
        where = queue, step
        mine = self._mine.get(where)
        if mine is None:
            known = self._known.steps.get(where, _NOTHING)
            mine = self._mine[where] = MinuteStep(copy(known.counts), list(known.entered), list(known.left))
        return mine


# --- what is shown ---------------------------------------------------------------------------------------------------


def _steps(scope: Scope, first: Step, count: int) -> Iterator[_Shown]:
    """The five minutes of this scope, one after another, callers who still wait among them."""
    floor = scope.floor
    queues: Sequence[str | None] = (WHOLE,) if scope.whole else scope.queues
    known = _counted(floor.past, floor.rules, first)
    base = sum(known.before.get(queue, 0) for queue in queues)
    waiting: dict[Step, list[tuple[float, bool]]] = {}
    for caller in scope.waiting:
        late = floor.at - caller.entered_at > floor.rules.target(caller.queue).seconds
        waiting.setdefault(step_of(caller.entered_at), []).append((caller.entered_at, late))
    for step in range(known.first, first + count):
        found = [each for queue in queues if (each := known.steps.get((queue, step))) is not None]
        if step == known.first:
            base += sum(len(callers) for at, callers in waiting.items() if at < step)
        still = waiting.get(step, [])
        if step >= first:
            yield _shown(found, still, base)
        base += sum(len(each.entered) - len(each.left) for each in found) + len(still)


def _shown(found: Sequence[MinuteStep], still: Sequence[tuple[float, bool]], base: int) -> _Shown:
    if len(found) == 1 and not still:
        return _Shown(found[0].counts, 0, 0, base + max(0, found[0].peak))
    counts = QueueCounts()
    for each in found:
        counts.add(each.counts)
    counts.offered += len(still)
    entered = sorted([at for each in found for at in each.entered] + [at for at, _late in still])
    left = sorted(at for each in found for at in each.left)
    return _Shown(counts, len(still), sum(late for _at, late in still), base + max(0, peak(entered, left)))


def _interval(scope: Scope, seconds: int, steps: Sequence[_Shown], start: float) -> Interval:
    is_known = _is_known(scope.floor, start + seconds) or any(step.counts.offered for step in steps)
    counts = scope.interval(start) if seconds == INTERVAL_SECONDS else _sum(step.counts for step in steps)
    return Interval(
        start,
        seconds,
        counts,
        sum(step.waiting for step in steps),
        sum(step.late for step in steps),
        max(step.most for step in steps) if is_known else None,
        is_known,
    )


def _sum(found: Iterable[QueueCounts]) -> QueueCounts:
    first, *rest = found
    if not rest:
        return first
    total = copy(first)
    for each in rest:
        total.add(each)
    return total


def _began(floor: FloorSnapshot) -> float:
    """When the feeds began to tell of calls: with their first line, but not before what a watch reads of yesterday."""
    first = min((feed.first_line_at for feed in floor.feeds.values() if feed.first_line_at is not None), default=inf)
    return max(first, floor.day_start - floor.rules.stale_after_seconds)


def _is_known(floor: FloorSnapshot, end: float) -> bool:
    return end > _began(floor)


# --- who was there ---------------------------------------------------------------------------------------------------


def _at_the_phones(scope: Scope, since: float) -> Iterator[tuple[float, float]]:
    """Every stay at the telephones since then, from when to when."""
    spells, now = scope.floor.spells, scope.floor.at
    for agent, is_member in _who(scope):
        for spell in reversed(spells.get(agent, ())):
            end = spell.end
            if end is None or end > now:
                if end is None and not is_member:
                    continue
                end = now
            if end <= since:
                break
            if spell.presence is _PHONES and spell.start < end:
                yield max(spell.start, since), end


def _who(scope: Scope) -> Iterator[tuple[str, bool]]:
    """Everyone who is or was a member of these queues, and whether they are."""
    floor = scope.floor
    if scope.whole:
        yield from ((agent, True) for agent in floor.agents)
        return
    for agent in floor.agents.values():
        places = [place for queue in scope.queues if (place := agent.queues.get(queue)) is not None]
        if places:
            yield agent.id, any(place.member is not False for place in places)
