"""Who may go on a break now without breaking the minimum.

Rules
- Whoever goes is missed only in the minutes in which they are counted on: a planned break within the break costs
  nothing. The least hands of all minutes of the break, less what is needed then, are the hands to spare.
- People are taken in order: first those whose planned break should have begun longest ago, then those who have been on
  the telephones longest. Each takes one hand out of every minute in which they are missed before the next is looked at:
  so all who are offered may go at once, and whoever does not fit lets the next try.
- Who should be on the telephones now and is not (paused, out of order) is not counted on for as long as the longest
  break lasts: their break is not over, and nobody knows when it will be.
- A planned break that is due has its own length; anybody else is offered a short break.
- Without a call feed the plan alone says who is on the telephones, and nobody knows whether a break was taken: none is
  due. Whom the call feed does not know stands where the plan has them.
- The minimum is the whole floor's, whichever team is asked for.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from floorwatch.model.duty import Activity, Stint
from floorwatch.model.duty_rules import BREAK_SECONDS
from floorwatch.model.entities import AgentState
from floorwatch.model.snapshot import STAFFED, FloorSnapshot
from floorwatch.roster.attendance import attendance
from floorwatch.roster.hands import (
    away,
    changes,
    dates_over,
    is_watched,
    missing_changes,
    on_phones,
    scheduled_changes,
    summed,
)
from floorwatch.roster.kept import kept
from floorwatch.roster.layers import Stints, cut
from floorwatch.roster.needs import need_between
from floorwatch.roster.plan import Planned, planned_at
from floorwatch.roster.standing import Attendance
from floorwatch.roster.teams import is_in_team

MINUTE = 60.0
_BREAKS = frozenset({Activity.BREAK, Activity.LUNCH})


class BreakOffer(Struct, frozen=True):
    """Somebody who may go on a break now without breaking the minimum, for so long at least. `due` is how long ago
    their planned break should have begun (None: none is planned or it was taken); first those who waited longest."""

    agent: str
    activity: Activity
    until: float
    due: float | None = None


class _Candidate(Struct, frozen=True):
    """`rested` is when they began or came back from a break last."""

    offer: BreakOffer
    hours: Stints
    rested: float

    @property
    def turn(self) -> tuple[float, float, str]:
        return (-(self.offer.due or 0.0), self.rested, self.offer.agent)


def may_break(floor: FloorSnapshot, team: str | None = None) -> tuple[BreakOffer, ...]:
    """Who may go now: on the telephones, not on a call longer than the rule of a common call, and not missed in any
    step that the break covers. At most as many together as there are spare hands: taken in order, all may go at
    once."""
    return kept(floor, "may_break", team, lambda: _may_break(floor, team))


def _may_break(floor: FloorSnapshot, team: str | None) -> tuple[BreakOffer, ...]:
    candidates = sorted((each for each in _candidates(floor) if is_in_team(floor, each.offer.agent, team)), key=_turn)
    if not candidates:
        return ()
    spare = _Spare(floor, {each.offer.until for each in candidates})
    return tuple(each.offer for each in candidates if spare.take(each.hours))


def _turn(candidate: _Candidate) -> tuple[float, float, str]:
    return candidate.turn


class _Spare:
    """Hands above the minimum from now to the end of the longest break, by stretches between which nothing changes."""

    def __init__(self, floor: FloorSnapshot, ends: set[float]) -> None:
        start, end = floor.at, max(ends)
        hands = _hands(floor, end)
        # The rules change on full minutes, the plan wherever it likes, and somebody comes back at each of the ends.
        minutes = {(start // MINUTE + number) * MINUTE for number in range(1, int((end - start) // MINUTE) + 2)}
        edges = {start, *ends, *hands, *minutes}
        self._edges = sorted(edge for edge in edges if start <= edge <= end)
        level = sum(change for at, change in hands.items() if at < start)
        self._spare = []
        for edge in self._edges:
            level += hands.get(edge, 0)
            self._spare.append(level - need_between(floor, edge, edge).minimum)

    def take(self, hours: Stints) -> bool:
        """Take one hand out of these hours, if there is one to spare in all of them."""
        spans = [slice(bisect_left(self._edges, s.start), bisect_left(self._edges, s.end)) for s in hours]
        if any(min(self._spare[span], default=1) < 1 for span in spans):
            return False
        for span in spans:
            self._spare[span] = [level - 1 for level in self._spare[span]]
        return True


def _hands(floor: FloorSnapshot, end: float) -> Mapping[float, int]:
    """The hands that can be counted on until `end`, as changes."""
    dates = _dates(floor)
    off = (
        stint
        for agent, hours in _counted_on(floor).items()
        if _runs(hours, floor.at) and not _is_on_phones(floor, agent)
        for stint in _between(hours, floor.at, end)
    )
    missing = missing_changes(floor, dates, ahead=True)
    return summed((scheduled_changes(floor, dates), missing, changes(off, -1)))


def _candidates(floor: FloorSnapshot) -> Iterable[_Candidate]:
    """Everybody on the telephones whom the plan has there now, or on a break."""
    witnessed = attendance(floor) if is_watched(floor) else ()
    seen = {(each.agent, each.planned.date): each for each in witnessed if each.planned is not None}
    counted = _counted_on(floor)
    for agent, (planned, activity) in planned_at(floor).items():
        hours = counted.get(agent, ())
        if activity is Activity.PHONES and not _runs(hours, floor.at):
            continue
        watched = _knows(floor, agent)
        if not (_can_leave(floor, agent) if watched else activity is Activity.PHONES):
            continue
        if activity is Activity.PHONES or activity in _BREAKS:
            witness = seen.get((agent, planned.date)) if watched else None
            yield _candidate(floor, planned, witness, hours)


def _candidate(floor: FloorSnapshot, planned: Planned, seen: Attendance | None, hours: Stints) -> _Candidate:
    missed = None if seen is None else _missed_break(planned, seen, floor.at)
    if missed is None:
        until = floor.at + floor.rules.duty.break_seconds.get(Activity.BREAK, BREAK_SECONDS[Activity.BREAK])
        offer = BreakOffer(planned.agent, Activity.BREAK, until)
    else:
        until = floor.at + missed.end - missed.start
        offer = BreakOffer(planned.agent, missed.activity, until, floor.at - missed.start)
    return _Candidate(offer, _between(hours, floor.at, until), _rested(planned, seen, floor.at))


def _missed_break(planned: Planned, seen: Attendance, at: float) -> Stint | None:
    """The first break of the plan that should have begun and was not taken. A break that was taken for no planned one
    in particular stands for the first of its kind."""
    taken = {each.planned_start for each in seen.breaks}
    others = Counter(each.activity for each in seen.breaks if each.planned_start is None)
    for stint in planned.stints:
        if stint.activity not in _BREAKS or stint.start > at or stint.start in taken:
            continue
        if not others[stint.activity]:
            return stint
        others[stint.activity] -= 1
    return None


def _rested(planned: Planned, seen: Attendance | None, at: float) -> float:
    if seen is None:
        breaks = [stint.end for stint in planned.stints if stint.activity is not Activity.PHONES and stint.end <= at]
    else:
        breaks = [each.end for each in seen.breaks if each.end is not None]
    return max(breaks, default=at if planned.start is None else planned.start)


def _can_leave(floor: FloorSnapshot, agent: str) -> bool:
    """Whether they are on the telephones, and not on a call that is longer than a common one."""
    known = floor.agents[agent]
    talks = (talk for call in known.calls if (talk := floor.talks.get(call)) is not None)
    long = floor.rules.duty.long_call_seconds
    return known.state in STAFFED and all(floor.at - talk.since <= long for talk in talks)


def _is_on_phones(floor: FloorSnapshot, agent: str) -> bool:
    return not _knows(floor, agent) or floor.agents[agent].state in STAFFED


def _knows(floor: FloorSnapshot, agent: str) -> bool:
    """Whether the call feed can tell what this person does."""
    known = floor.agents.get(agent)
    return known is not None and known.state is not AgentState.UNKNOWN


def _counted_on(floor: FloorSnapshot) -> Mapping[str, Stints]:
    """By agent: the hours on the telephones in which they are expected."""

    def compute() -> dict[str, Stints]:
        found: dict[str, Stints] = {}
        for date in _dates(floor):
            gone = away(floor, date)
            for agent, hours in on_phones(floor, date).items():
                left = hours
                for start, end in gone.get(agent, ()):
                    left = cut(left, start, end)
                found[agent] = (*found.get(agent, ()), *left)
        return found

    return kept(floor, "counted_on", None, compute)


def _dates(floor: FloorSnapshot) -> tuple[str, ...]:
    """Yesterday, today and tomorrow: no break is longer than a day."""
    return dates_over(floor, floor.at, floor.rules.days.end_of(floor.at))


def _runs(hours: Stints, at: float) -> bool:
    return any(stint.start <= at < stint.end for stint in hours)


def _between(hours: Stints, start: float, end: float) -> Stints:
    return tuple(
        Stint(max(stint.start, start), min(stint.end, end), stint.activity)
        for stint in hours
        if stint.start < end and start < stint.end
    )
