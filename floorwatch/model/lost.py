"""Callers whom nobody answered today: who is to be called back, who was, and who got through by themselves.

Rules
- Each visit that ended unanswered today is of exactly one of these; who is one caller is said in `lost_rows`.
- Whoever was called back and reached needs no further call for what was lost before; what was lost since stands anew.
- A call-back that nobody picked up leaves the caller in the list, with the try.
"""

from collections.abc import Iterator, Mapping
from math import inf

from msgspec import Struct

from floorwatch.model.entities import CallKey, Waiting
from floorwatch.model.lost_rows import VisitRow, is_number
from floorwatch.model.past import LOST, Past, PastVisit
from floorwatch.model.support import Returned
from floorwatch.model.targets import FloorRules

Calls = Mapping[tuple[str, str, float], Returned]


class LostCaller(Struct, frozen=True, gc=False):
    """A caller and their visits that nobody answered, in the order in which they ended; there is at least one.

    `tried` is the last call-back in vain, `tries` how many there were; `waits` is the call with which they wait again
    now. `returned` is the call-back that reached them, `answered` the visit with which they got through.
    """

    visits: tuple[PastVisit, ...]
    tried: Returned | None = None
    tries: int = 0
    waits: Waiting | None = None
    returned: Returned | None = None
    answered: PastVisit | None = None

    @property
    def last(self) -> PastVisit:
        """The visit that was lost last."""
        return self.visits[-1]

    @property
    def times(self) -> int:
        """How often they called: a call that was lost in one queue after another is one."""
        return len({(visit.feed, visit.call) for visit in self.visits}) if len(self.visits) > 1 else 1

    @property
    def number(self) -> str | None:
        """Their number, as the last of their visits that has one tells it; not to be shown unmasked."""
        return next((visit.caller for visit in reversed(self.visits) if visit.caller), None)

    def is_short(self, rules: FloorRules) -> bool:
        """Whether they hung up so soon each time that it was no wait: short abandons."""
        return all(
            visit.outcome == LOST and visit.wait_seconds < rules.target(visit.queue).short_seconds
            for visit in self.visits
        )


class LostCallers(Struct, frozen=True):
    """Everybody who was lost today, in the order in which they were lost first."""

    to_call_back: tuple[LostCaller, ...] = ()
    called_back: tuple[LostCaller, ...] = ()
    got_through: tuple[LostCaller, ...] = ()


def lost_callers(
    past: Past, since: float, returned: Calls, waiting: Mapping[CallKey, Waiting], until: float = inf
) -> LostCallers:
    """Whose visits ended unanswered from `since` up to `until` (epoch seconds), and what became of them by then."""
    again = _Again(waiting)
    to_call_back: list[LostCaller] = []
    called_back: list[LostCaller] = []
    got_through: list[LostCaller] = []
    for found in past.lost(since, until):
        rows, reached, upto = found.rows, None, 0
        if returned:
            reached, upto = _reached(rows, returned)
        if reached is not None:
            called_back.append(LostCaller(_visits(rows[:upto]), returned=reached))
            rows = rows[upto:]
        if not rows:
            continue
        if found.answered is not None:
            got_through.append(LostCaller(_visits(rows), answered=PastVisit(*found.answered)))
        else:
            tried, tries = _tried(rows, returned) if returned else (None, 0)
            to_call_back.append(LostCaller(_visits(rows), tried, tries, again.of(rows) if waiting else None))
    return LostCallers(tuple(to_call_back), tuple(called_back), tuple(got_through))


class _Again:
    """Who waits now, to be found by call and by number."""

    def __init__(self, waiting: Mapping[CallKey, Waiting]) -> None:
        self._of_call = {(each.feed, each.call): each for each in waiting.values()}
        self._of_number = {each.caller: each for each in waiting.values() if is_number(each.caller)}

    def of(self, rows: tuple[VisitRow, ...]) -> Waiting | None:
        """The call with which this caller waits."""
        found = (self._of_call.get((row[0], row[2])) or self._of_number.get(row[3]) for row in rows)
        return next(filter(None, found), None)


def _visits(rows: tuple[VisitRow, ...]) -> tuple[PastVisit, ...]:
    return tuple(PastVisit(*row) for row in rows)


def _returns(rows: tuple[VisitRow, ...], returned: Calls) -> Iterator[tuple[int, Returned]]:
    """The call-backs of these visits, each with the place of its visit."""
    for place, (_feed, queue, call, _caller, _outcome, _agent, entered_at, _left_at, _wait) in enumerate(rows):
        known = returned.get((queue, call, entered_at))
        if known is not None:
            yield place, known


def _reached(rows: tuple[VisitRow, ...], returned: Calls) -> tuple[Returned | None, int]:
    """The last call-back that reached them, and how many of the visits it is for."""
    last, upto = None, 0
    for place, known in _returns(rows, returned):
        if known.reached:
            last, upto = known if last is None or known.at >= last.at else last, place + 1
    while last is not None and upto < len(rows) and rows[upto][7] <= last.at:
        upto += 1
    return last, upto


def _tried(rows: tuple[VisitRow, ...], returned: Calls) -> tuple[Returned | None, int]:
    """The last call-back in vain, and how many there were."""
    tried = [known for _place, known in _returns(rows, returned)]
    return max(tried, key=lambda known: known.at, default=None), sum(known.tries for known in tried)
