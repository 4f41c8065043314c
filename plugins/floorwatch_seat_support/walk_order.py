"""The way of a walk: whom to visit next, and why.

Rules
- First who asked for help, then where something may be broken, who has just had a hard call, where a follow-up is due,
  who has not been visited today; last whose visit is the longest ago.
- A reason is over once the agent was visited since it began: for help and follow-ups by whoever walks, for the others
  by anybody. Whoever was visited in this walk and gives no new reason is not in it any more, nor is who was passed.
- The order changes by facts alone, so that it does not move under a finger: within a class it is fixed; a hard call
  counts for the whole of a walk; whoever was not visited today stands along the aisles, onwards from the seat where the
  walker was last.
"""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from math import inf

from msgspec import Struct

from floorwatch.api import Agent, AgentState, EndedTalk, FloorSnapshot, Note, NoteKind, Visit, Walk, _
from floorwatch_seat_support.duty import alone_since, on_duty
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.suspicion import suspicions


class Why(IntEnum):
    """Why to go there, the most urgent first."""

    HELP = 0
    FAULT = 1
    HARD_CALL = 2
    FOLLOW_UP = 3
    NOT_TODAY = 4
    LONG_AGO = 5


class Reason(Struct, frozen=True):
    """One reason. `since` is when it began (None: nobody knows), `words` what it is about; `order` puts the reasons of
    one class in their order; `help` or `note` is the id of what it came from."""

    why: Why
    since: float | None
    words: str = ""
    order: tuple[float, ...] = ()
    help: str = ""
    note: str = ""


class Stop(Struct, frozen=True):
    """A seat to visit."""

    agent: Agent
    reason: Reason


def stops(floor: FloorSnapshot, limits: Limits, walk: Walk | None, me: str) -> list[Stop]:
    """Everyone who is to be visited, in order: for this walk while it is open, else as if one began now."""
    if walk is not None and not walk.is_open:
        walk = None
    return _Way(floor, limits, walk, me).stops()


def walk_of(floor: FloorSnapshot, me: str) -> Walk | None:
    """The last walk of this person, under way or over."""
    return floor.support.walks.get(me)


class _Way:
    """What is the same for all seats of one way."""

    def __init__(self, floor: FloorSnapshot, limits: Limits, walk: Walk | None, me: str) -> None:
        self._floor = floor
        self._limits = limits
        self._walk = walk
        self._me = me
        passed = () if walk is None else walk.passed
        team = None if walk is None else walk.team
        self._agents = [agent for agent in on_duty(floor, team) if agent.id not in passed]
        self._places = _places(floor, walk, self._agents)
        self._hard_from = (floor.at if walk is None else walk.began_at) - limits.hard_call_recent_seconds
        self._helps = self._open_helps()
        self._faults = _faults(floor, limits, me)
        self._due = self._follow_ups()

    def stops(self) -> list[Stop]:
        found = [Stop(agent, reason) for agent in self._agents if (reason := self._reason(agent)) is not None]
        return sorted(found, key=self._order)

    def _order(self, stop: Stop) -> tuple[object, ...]:
        return stop.reason.why, stop.reason.order, self._places.get(stop.agent.id, inf), stop.agent.name, stop.agent.id

    def _reason(self, agent: Agent) -> Reason | None:
        """The most urgent reason; None for who was visited in this walk."""
        visit = self._floor.support.visits.get(agent.id)
        return next((reason for reason in self._reasons(agent, visit) if reason is not None), None)

    def _reasons(self, agent: Agent, visit: Visit | None) -> Iterator[Reason | None]:
        place = f"seat:{agent.seat}" if agent.seat else ""
        seen = -inf if visit is None else visit.at
        seen_by_me = seen if visit is not None and visit.by == self._me else -inf
        yield _after(self._helps.get(agent.id), seen_by_me)
        yield _after(self._faults.get(agent.id), seen)
        yield _after(self._faults.get(place), seen)
        yield _after(_device_fault(agent), seen)
        yield _after(self._hard_call(agent.last_talk), seen)
        due = self._due.get(agent.id) or self._due.get(place)
        if due is not None and due.since is not None and due.since - self._limits.follow_up_soon_seconds > seen_by_me:
            yield due
        if visit is None or visit.at < self._floor.day_start:
            yield Reason(Why.NOT_TODAY, alone_since(self._floor, agent))
        elif self._walk is None or visit.at < self._walk.began_at:
            yield Reason(Why.LONG_AGO, visit.at, order=(visit.at,))

    def _open_helps(self) -> Mapping[str, Reason]:
        """The oldest request of each agent to which nobody else is on the way."""
        found: dict[str, Reason] = {}
        for each in self._floor.support.queue_of_help:
            if each.taken_at is None or each.taken_by == self._me:
                at = each.requested_at
                found.setdefault(each.agent, Reason(Why.HELP, at, each.question, (at,), help=each.id))
        return found

    def _hard_call(self, talk: EndedTalk | None) -> Reason | None:
        if talk is None or talk.ended_at < self._hard_from:
            return None
        if talk.talk_seconds >= self._limits.hard_call_seconds:
            return Reason(Why.HARD_CALL, talk.ended_at, _("a long one"), (talk.ended_at,))
        if talk.ended_by == "caller" and talk.talk_seconds <= self._limits.hung_up_on_seconds:
            return Reason(Why.HARD_CALL, talk.ended_at, _("the caller hung up at once"), (talk.ended_at,))
        return None

    def _follow_ups(self) -> Mapping[str, Reason]:
        """The first that is due at each agent, or at the seat where it is about nobody."""
        found: dict[str, Reason] = {}
        for note in self._floor.support.follow_ups.values():
            at, where = note.due_at, _where(note)
            if at is None or at > self._floor.at + self._limits.follow_up_soon_seconds:
                continue
            known = found.get(where)
            if known is None or known.order > (at,):
                found[where] = Reason(Why.FOLLOW_UP, at, note.follow_up, (at,), note=note.id)
        return found


def _places(floor: FloorSnapshot, walk: Walk | None, agents: list[Agent]) -> Mapping[str, int]:
    """The place of each agent on the way along the aisles, 0 where the walker was last."""
    seated = {agent.id: agent.seat for agent in agents if agent.seat}
    here = _last_seat(floor, walk)
    places = floor.rules.grid.walk([*seated.values(), here] if here else seated.values())
    begin = places[here] if here else 0
    return {agent: (places[seat] - begin) % len(places) for agent, seat in seated.items()}


def _last_seat(floor: FloorSnapshot, walk: Walk | None) -> str | None:
    """Where the walker was last in this walk."""
    if walk is None:
        return None
    mine = (visit for visit in floor.support.visits.values() if visit.by == walk.by and visit.at >= walk.began_at)
    last = max(mine, key=lambda visit: visit.at, default=None)
    if last is None:
        return None
    agent = floor.agents.get(last.agent)
    return last.seat or (None if agent is None else agent.seat)


def _faults(floor: FloorSnapshot, limits: Limits, me: str) -> Mapping[str, Reason]:
    """Where something may be broken, by agent or by seat: suspicions that nobody else sees to, and faults of today that
    were noted about a seat."""
    found: dict[str, Reason] = {}
    for each in suspicions(floor, limits):
        if not each.is_taken or each.owner == me:
            reason = Reason(Why.FAULT, each.since, each.title, (each.since,))
            for where in (*each.agents, *(f"seat:{seat}" for seat in each.seats)):
                found.setdefault(where, reason)
    for note in floor.support.notes_since(floor.day_start):
        if note.kind is NoteKind.FAULT and note.agent is None and note.seat and note.done_at is None:
            found.setdefault(_where(note), Reason(Why.FAULT, note.at, note.tag or note.text, (note.at,)))
    return found


def _device_fault(agent: Agent) -> Reason | None:
    if agent.state is not AgentState.FAULT:
        return None
    since = agent.fault_since
    return Reason(Why.FAULT, since, agent.fault_reason or _("telephone"), (since or 0.0,))


def _where(note: Note) -> str:
    return note.agent or f"seat:{note.seat}"


def _after(reason: Reason | None, seen: float) -> Reason | None:
    """The reason, unless the agent was visited since it began."""
    return reason if reason is not None and (reason.since is None or reason.since > seen) else None
