"""What has ended by five minutes, up to any row of a history: for whoever jumps about in a day that is known whole.

Rules
- Counters are those of adding row after row, to the last digit: sums go through the rows in their order.
- Five minutes that nobody touched since are counted once, however many moments after them are looked at.
- Rows are found by the five minutes of their beginning, of waits by those of their end too. What finds them grows with
  the settled rows, is shared by all windows, and is read in any thread: rows that come later are not looked at.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from math import ceil, inf, isnan
from operator import add
from typing import Any, TypeAlias

from msgspec import Struct

from floorwatch.model.counts import SHORT_SECONDS, QueueCounts
from floorwatch.model.rows import Rows
from floorwatch.model.targets import FloorRules, Target

WHOLE = None
STATES_KEPT = 2
STEPS_KEPT = 160
"""Of so many five minutes so many states are remembered: those looked at last. 20 KB each on a floor of 1,000."""

_SECONDS_OF = {"answered": "answered_wait_seconds", "abandoned": "abandoned_wait_seconds"}
"""Where the seconds of a wait are added, by its outcome; of all others to those who left another way."""

Step: TypeAlias = int
Who: TypeAlias = str | None
"""A queue; None: the whole floor."""
Where: TypeAlias = tuple[Who, Step]
"""Whose, and the number of the five minutes since the epoch."""
Times: TypeAlias = "list[float] | array[float]"
Tables: TypeAlias = Mapping[str, Rows]


class MinuteStep(Struct, gc=False):
    """Five minutes of one queue: the moments at which somebody came and went, in order, and the `peak` above those
    who waited at its beginning. Not changed once it is shared."""

    counts: QueueCounts
    entered: Times
    left: Times
    peak: int = 0


class Counted(Struct, frozen=True):
    """All that has ended up to so many rows of each table, from step `first` on; `before`: who waited as it began."""

    rows: Mapping[str, int]
    first: Step
    steps: Mapping[Where, MinuteStep]
    before: Mapping[Who, int]


def step_of(at: float) -> Step:
    """The step that holds this moment."""
    return int(at // SHORT_SECONDS)


def last_step_of(at: float) -> Step:
    """The step in which somebody waits last who leaves at this moment: who leaves as one begins is not there in it."""
    return ceil(at / SHORT_SECONDS) - 1


def peak(entered: Sequence[float], left: Sequence[float]) -> int:
    """How many more wait at any moment than at first; both in order."""
    return max((came - bisect_right(left, at) for came, at in enumerate(entered, 1)), default=0)


class _Found:
    """The rows of a table from one row on, by step."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.upto = first
        self.rows: defaultdict[Step, array[int]] = defaultdict(lambda: array("I"))

    def grow(self, steps: Iterable[Step]) -> None:
        """The next rows are of these steps; -1: of none."""
        rows = self.rows
        row = self.upto - 1
        for row, step in enumerate(steps, self.upto):
            rows[step].append(row)
        self.upto = row + 1

    def of(self, step: Step, first: int, upto: int) -> "array[int]":
        """Those of this step from `first` up to `upto`."""
        rows = self.rows.get(step)
        return _NO_ROWS if rows is None else rows[bisect_left(rows, first) : bisect_left(rows, upto)]


_NO_ROWS = array("I")
_Steps: TypeAlias = Callable[[Rows, int, int], Iterator[Step]]


def _entered(visits: Rows, first: int, upto: int) -> Iterator[Step]:
    return map(step_of, visits.settled("entered_at")[first:upto])


def _left(visits: Rows, first: int, upto: int) -> Iterator[Step]:
    """Who has not waited never came."""
    times = zip(visits.settled("entered_at")[first:upto], visits.settled("left_at")[first:upto], strict=True)
    return (last_step_of(left) if left > entered else -1 for entered, left in times)


def _talked(talks: Rows, first: int, upto: int) -> Iterator[Step]:
    times = zip(talks.settled("entered_at")[first:upto], talks.settled("answered_at")[first:upto], strict=True)
    return (step_of(answered if isnan(entered) else entered) for entered, answered in times)


def _wrapped(wraps: Rows, first: int, upto: int) -> Iterator[Step]:
    return map(step_of, wraps.settled("began")[first:upto])


_FINDS: Mapping[str, tuple[str, _Steps]] = {
    "entered": ("visits", _entered),
    "left": ("visits", _left),
    "talks": ("talks", _talked),
    "wraps": ("wraps", _wrapped),
}
"""What is found by step: in which table, and how."""


class StepCounts:
    """The counters of any five minutes as of any row of one history."""

    def __init__(self) -> None:
        self._resting: dict[str, list[_Found]] = {name: [] for name in _FINDS}
        """What nobody makes grow now: taking it out of a list, and putting it back, is done by one thread alone."""
        self._earliest: dict[Step, tuple[int, float]] = {}
        """Of those who left in a step, how many there were, and when the first of them had entered."""
        self._known: dict[Step, tuple[tuple[tuple[int, ...], Mapping[Who, MinuteStep]], ...]] = {}

    def counted(self, tables: Tables, rules: FloorRules, first: Step) -> Counted:
        """All that is settled in these windows, from this step on."""
        since = {name: table.first_since(first * SHORT_SECONDS) for name, table in tables.items()}
        upto = {name: table.settled_rows for name, table in tables.items()}
        found = {name: self._found(name, tables, since) for name in _FINDS}
        steps: dict[Where, MinuteStep] = {}
        for step in sorted({step for each in found.values() for step in list(each.rows) if step >= first}):
            rows = {name: found[name].of(step, since[table], upto[table]) for name, (table, _of) in _FINDS.items()}
            if any(rows.values()):
                steps.update(((who, step), each) for who, each in self._step(step, rows, tables, rules).items())
        return Counted(upto, first, steps, self._waited(found["left"], tables["visits"], first, since["visits"]))

    def _found(self, name: str, tables: Tables, since: Mapping[str, int]) -> _Found:
        """What finds the rows of this table from `since` up to the last settled one, at least."""
        table, steps_of = _FINDS[name]
        first, upto = since[table], tables[table].settled_rows
        try:
            known = self._resting[name].pop()
        except IndexError:
            known = _Found(first)
        if first < known.first:
            known = _Found(0)  # whoever goes back once will go back further
        if known.upto < upto:
            known.grow(steps_of(tables[table], known.upto, upto))
        self._resting[name].append(known)
        return known

    def _step(
        self, step: Step, rows: Mapping[str, "array[int]"], tables: Tables, rules: FloorRules
    ) -> Mapping[Who, MinuteStep]:
        """The counters of five minutes, of which these rows are known: of the same rows the same again."""
        state = tuple(map(len, rows.values()))
        remembered = self._known.get(step, ())
        known = next((each for of, each in remembered if of == state), None)
        if known is None:
            known = _counted(rows, tables, rules)
            self._known[step] = ((state, known), *remembered)[:STATES_KEPT]
            for forgotten in list(self._known)[:-STEPS_KEPT]:
                self._known.pop(forgotten, None)
        return known

    def _waited(self, left: _Found, visits: Rows, first: Step, since: int) -> Mapping[Who, int]:
        """Who waited as this step began, by queue: those who came before and left in it or later."""
        began, entered, queues = first * SHORT_SECONDS, visits.settled("entered_at"), visits.settled("queue")
        before: defaultdict[Who, int] = defaultdict(int)
        for step in [step for step in list(left.rows) if step >= first]:
            if self._entered_first(step, left.rows[step], entered) >= began:
                continue
            for row in left.of(step, since, visits.settled_rows):
                if entered[row] < began:
                    before[visits.words[queues[row]]] += 1
                    before[WHOLE] += 1
        return before

    def _entered_first(self, step: Step, rows: "array[int]", entered: Sequence[float]) -> float:
        """When the first of all who left in this step had entered; most steps need no closer look."""
        count, earliest = self._earliest.get(step, (0, inf))
        if count < len(rows):
            more = rows[count:]
            earliest = min(earliest, *map(entered.__getitem__, more))
            self._earliest[step] = (count + len(more), earliest)
        return earliest


# --- counting --------------------------------------------------------------------------------------------------------


def _counted(rows: Mapping[str, "array[int]"], tables: Tables, rules: FloorRules) -> Mapping[Who, MinuteStep]:
    """What these rows come to, by queue and as a whole."""
    visits = tables["visits"]
    counts: defaultdict[Who, QueueCounts] = defaultdict(QueueCounts)
    _count_visits(counts, _taken(visits, rows["entered"], ("queue", "outcome", "wait_seconds")), rules)
    _count_talks(counts, _taken(tables["talks"], rows["talks"], _TALKS))
    _count_wraps(counts, _taken(tables["wraps"], rows["wraps"], ("queue", "start", "end")))
    entered, left = (_moments(visits, rows[name], f"{name}_at") for name in ("entered", "left"))
    steps = {}
    for who in dict.fromkeys((*counts, *left)):
        came, went = entered.get(who, _NO_TIMES), left.get(who, _NO_TIMES)
        steps[who] = MinuteStep(counts[who], came, went, peak(came, went))
    return steps


_NO_TIMES = array("d")
_TALKS = ("queue", "how", "ended_by", "talk_seconds", "held_seconds")


def _taken(table: Rows, rows: "array[int]", names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """These columns of these rows, words as words."""
    columns = []
    for name in names:
        column: Iterator[Any] = map(table.settled(name).__getitem__, rows)
        columns.append(map(table.words.__getitem__, column) if table.is_coded(name) else column)
    return zip(*columns, strict=True)


def _moments(visits: Rows, rows: "array[int]", name: str) -> Mapping[Who, "array[float]"]:
    """When these visits entered, or left, by queue and in order; not of whoever has not waited."""
    found: defaultdict[Who, list[float]] = defaultdict(list)
    for queue, at, entered, left in _taken(visits, rows, ("queue", name, "entered_at", "left_at")):
        if left > entered:
            found[queue].append(at)
            found[WHOLE].append(at)
    return {who: array("d", sorted(times)) for who, times in found.items()}


def _count_visits(made: Mapping[Who, QueueCounts], rows: Iterator[tuple[Any, ...]], rules: FloorRules) -> None:
    """As `counts.count_visit` counts them one by one; the seconds of each queue are gathered first."""
    waits: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    sums: defaultdict[tuple[Who, str], list[float]] = defaultdict(list)
    for queue, outcome, seconds in rows:
        field = _SECONDS_OF.get(outcome, "left_wait_seconds")
        waits[queue, outcome].append(seconds)
        sums[queue, field].append(seconds)
        sums[WHOLE, field].append(seconds)
    for (queue, outcome), seconds in waits.items():
        for who in (queue, WHOLE):
            _count_waits(made[who], outcome, seconds, rules.target(queue))
    _add_up(made, sums)


def _count_waits(counts: QueueCounts, outcome: str, waits: Sequence[float], target: Target) -> None:
    """Waits that ended alike, in one queue."""
    counts.offered += len(waits)
    counts.longest_wait_seconds = max(counts.longest_wait_seconds, *waits)
    if outcome not in _SECONDS_OF:
        name = f"left_{outcome}"
        setattr(counts, name, getattr(counts, name) + len(waits))
        return
    in_time = sum(map(float(target.seconds).__ge__, waits))
    if outcome == "answered":
        counts.answered += len(waits)
        counts.answered_in_time += in_time
    else:
        counts.abandoned += len(waits)
        counts.abandoned_in_time += in_time
        counts.short_abandons += sum(map(float(target.short_seconds).__gt__, waits))


def _count_talks(made: Mapping[Who, QueueCounts], rows: Iterator[tuple[Any, ...]]) -> None:
    """As `counts.count_talk` counts them one by one."""
    sums: defaultdict[tuple[Who, str], list[float]] = defaultdict(list)
    ended: defaultdict[tuple[str, str, str | None], int] = defaultdict(int)
    for queue, how, ended_by, seconds, held in rows:
        if how in ("completed", "transferred"):
            ended[queue, how, ended_by] += 1
            for who in (queue, WHOLE):
                sums[who, "talk_seconds"].append(seconds)
                sums[who, "hold_seconds"].append(held)
    for (queue, how, ended_by), count in ended.items():
        for counts in (made[queue], made[WHOLE]):
            counts.transferred += count * (how == "transferred")
            counts.completed += count * (how == "completed")
            counts.ended_by_agent += count * (ended_by == "agent")
            counts.ended_by_caller += count * (ended_by == "caller")
    _add_up(made, sums)


def _count_wraps(made: Mapping[Who, QueueCounts], rows: Iterator[tuple[Any, ...]]) -> None:
    sums: defaultdict[tuple[Who, str], list[float]] = defaultdict(list)
    for queue, start, end in rows:
        for who in (queue, WHOLE):
            sums[who, "wrap_seconds"].append(max(0.0, end - start))
    _add_up(made, sums)


def _add_up(made: Mapping[Who, QueueCounts], sums: Mapping[tuple[Who, str], Sequence[float]]) -> None:
    """Sums go through the rows in their order: what differs in the last digit is another figure. `sum` adds otherwise
    from Python 3.12 on."""
    for (who, field), seconds in sums.items():
        setattr(made[who], field, reduce(add, seconds, 0.0))
