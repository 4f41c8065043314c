"""What has ended, as of one moment: a window on the history that costs nothing to take and never changes.

Rules
- Rows of the history are written once and only appended: a window is their number, and the rows that wait to be moved.
- It may be read in any thread while the floor goes on: what it shows was all there when it was taken.
- What is looked for by agent or by outcome is found through indices, which all windows share and which grow when asked.
- Rows come in the order in which they ended. Times are epoch seconds UTC, None where the feed did not tell.
"""

from collections.abc import Callable, Iterator, Sequence
from math import inf, isnan

from msgspec import Struct

from floorwatch.model.history import History
from floorwatch.model.lost_rows import LostRows, is_number
from floorwatch.model.rows import Rows, Word

ANSWERED = "answered"
LOST = "abandoned"


class PastVisit(Struct, frozen=True, gc=False):
    """A wait that ended: `outcome` is "answered", "abandoned" or the value of a `LeftHow`; `agent` who answered."""

    feed: str
    queue: str
    call: str
    caller: str | None
    outcome: str
    agent: str | None
    entered_at: float
    left_at: float
    wait_seconds: float


class PastTalk(Struct, frozen=True, gc=False):
    """A talk that ended: `how` is completed, transferred, restart or lost; `ended_by` agent, caller or None."""

    feed: str
    queue: str
    call: str
    agent: str
    how: str
    ended_by: str | None
    entered_at: float | None
    answered_at: float
    ended_at: float
    talk_seconds: float
    held_seconds: float


class PastState(Struct, frozen=True, gc=False):
    """A state of an agent that ended: the value of an `AgentState`, from `start` up to `end`; `reason` of a pause."""

    agent: str
    state: str
    reason: str | None
    start: float
    end: float


class PastRing(Struct, frozen=True, gc=False):
    """A ring that nobody picked up: `how` is missed (the agent's) or cancelled (not the agent's)."""

    queue: str
    call: str
    agent: str
    how: str
    at: float
    ring_seconds: float | None


class Past:
    """The history as of one snapshot."""

    def __init__(self, history: History | None = None) -> None:
        history = history or History()
        self._visits = history.visits.window()
        self._talks = history.talks.window()
        self._spells = history.spells.window()
        self._rings = history.rings.window()
        self._lost = history.lost
        self.tables = {"visits": self._visits, "talks": self._talks, "wraps": history.wraps.window()}
        """Rows as the history keeps them, for whoever counts on from where they stopped."""
        self.counted = history.counted
        """What was counted of the history, by who counts: shared by all windows on it. What is in it never changes."""

    def __eq__(self, other: object) -> bool:
        """Whether the same has ended, in the same order."""
        if not isinstance(other, Past):
            return NotImplemented
        return self._all() == other._all()

    __hash__ = None  # type: ignore[assignment]  # compared by what it holds

    def visits(self, since: float) -> Iterator[PastVisit]:
        """Waits that ended at or after `since`, in order."""
        return map(_visit, self._visits.since(since))

    def unanswered(self, since: float) -> Iterator[PastVisit]:
        """Those of them that nobody answered: given up, timed out, and every other way out."""
        return map(_visit, self._visits.of("outcome", _unanswered, since))

    def answered_by(self, agent: str, since: float) -> Iterator[PastVisit]:
        """Those of them that this agent answered."""
        return map(_visit, self._visits.of("agent", agent, since))

    def newest(self, since: float, wanted: Callable[[str, str, float, float], bool]) -> Iterator[PastVisit]:
        """Waits that ended at or after `since`, the last first, for which `wanted(queue, outcome, entered_at,
        wait_seconds)` is true: for a few of many, of which only those are read that are taken."""
        columns = ("queue", "outcome", "entered_at", "wait_seconds")
        return map(_visit, self._visits.newest(since, columns, wanted))

    def visits_of(self, call: str, caller: str | None, since: float) -> Iterator[PastVisit]:
        """Waits of one call, and of one caller's number where it is known, that ended at or after `since`, the
        last first. "anonymous" is no number: it is one word for many callers."""
        is_known = is_number(caller)

        def wanted(of_call: str, of_caller: str | None) -> bool:
            return of_call == call or (is_known and of_caller == caller)

        return map(_visit, self._visits.newest(since, ("call", "caller"), wanted))

    def lost(self, since: float, until: float = inf) -> Sequence[LostRows]:
        """Visits that ended unanswered from `since` up to `until`, as bare rows by caller: what `FloorSnapshot.lost` is
        made of."""
        return self._lost.found(self._visits, since, until)

    def talks(self, since: float) -> Iterator[PastTalk]:
        """Talks that ended at or after `since`, in order."""
        return map(_talk, self._talks.since(since))

    def talks_of(self, agent: str, since: float) -> Iterator[PastTalk]:
        """Those of one agent."""
        return map(_talk, self._talks.of("agent", agent, since))

    def states_of(self, agent: str, since: float) -> Iterator[PastState]:
        """States of one agent that ended at or after `since`, in order; the one that runs is `Agent.state`."""
        return (PastState(*row) for row in self._spells.of("agent", agent, since))

    def rings_of(self, agent: str, since: float) -> Iterator[PastRing]:
        """Rings of one agent in vain at or after `since`, in order."""
        return map(_ring, self._rings.of("agent", agent, since))

    def _all(self) -> tuple[tuple[tuple[object, ...], ...], ...]:
        return tuple(tuple(map(_comparable, rows.all())) for rows in self._windows())

    def _windows(self) -> tuple[Rows, ...]:
        return self._spells, self._rings, *self.tables.values()


NO_PAST = Past()
"""Before anything has ended."""


def _unanswered(outcome: Word) -> bool:
    return outcome != ANSWERED


def _visit(row: tuple[object, ...]) -> PastVisit:
    return PastVisit(*row)  # type: ignore[arg-type]  # the columns of `Visits`, in order


def _talk(row: tuple[object, ...]) -> PastTalk:
    *words, entered_at, answered_at, ended_at, talk_seconds, held_seconds = row
    return PastTalk(*words, _known(entered_at), answered_at, ended_at, talk_seconds, held_seconds)  # type: ignore[call-arg, arg-type]  # columns of `Talks`


def _ring(row: tuple[object, ...]) -> PastRing:
    *words, at, ring_ms = row
    known = _known(ring_ms)
    return PastRing(*words, at, None if known is None else known / 1000)  # type: ignore[call-arg, arg-type]  # columns of `Rings`


def _known(value: object) -> float | None:
    return None if not isinstance(value, int | float) or isnan(value) else value  # an event may bring whole numbers


def _comparable(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(None if isinstance(value, float) and isnan(value) else value for value in row)
