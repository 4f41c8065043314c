"""An agent's day, gathered once for all that is said of it: the shift, the states, the calls, the rings."""

from collections.abc import Mapping
from math import ceil
from math import floor as whole

from msgspec import Struct

from floorwatch.api import (
    Agent,
    AgentState,
    FloorSnapshot,
    PastRing,
    PastState,
    PastTalk,
    PastVisit,
    Talk,
    duty,
    roster,
)

HALF_HOUR = 1800.0
EARLY_SECONDS = 3600.0
"""So long before the shift somebody's signing in still belongs to it."""

AtWork = (duty.Presence.PHONES, duty.Presence.PAUSED)


class Day(Struct, frozen=True):
    """One agent from `start` up to `end`. `planned` is the shift (None: no roster has one), `states` those that ended,
    in order, cut to the span, and the running one, up to now; `talks` stand in the order of their answers, `visits` by
    queue and call, as they were answered; `attended` is what the roster makes of the day."""

    floor: FloorSnapshot
    agent: Agent
    start: float
    end: float
    planned: roster.Planned | None
    attended: roster.Attendance | None
    states: tuple[PastState, ...]
    talks: tuple[PastTalk, ...]
    running: tuple[Talk, ...]
    visits: Mapping[tuple[str, str], PastVisit]
    rings: tuple[PastRing, ...]

    def caller(self, talk: PastTalk) -> str | None:
        """The number of who called, as people may see it."""
        visit = self.visits.get((talk.queue, talk.call))
        return None if visit is None else self.floor.number_of(visit)

    def waited(self, talk: PastTalk) -> float | None:
        """How long they waited for it."""
        visit = self.visits.get((talk.queue, talk.call))
        return None if visit is None else visit.wait_seconds


def agent_of(floor: FloorSnapshot, name: str) -> Agent | None:
    """The agent of this id, also one whom no feed has shown yet but the people file or a roster knows."""
    known = floor.agents.get(name)
    if known is not None:
        return known
    person = floor.people.person(name)
    if person is not None:
        return Agent(name, person.name, person.seat, person.team)
    if roster.planned_now(floor, name) is not None:
        return Agent(name, roster.name_of(floor, name), team=roster.team_of(floor, name))
    return None


def day_of(floor: FloorSnapshot, agent: Agent) -> Day:
    """All of the agent's shift so far; without a roster, of the business day since they were first seen."""
    planned = roster.planned_now(floor, agent.id)
    start, end = _span(floor, agent, planned)
    past = floor.past
    running = (floor.talks[key] for key in agent.calls if key in floor.talks)
    return Day(
        floor=floor,
        agent=agent,
        start=start,
        end=end,
        planned=planned,
        attended=roster.attendance_of(floor, agent.id) if floor.duty.has_roster else None,
        states=_states(floor, agent, start),
        talks=tuple(sorted((t for t in past.talks_of(agent.id, start) if t.how != "lost"), key=_answered_at)),
        running=tuple(sorted(running, key=lambda talk: talk.since)),
        visits={(visit.queue, visit.call): visit for visit in past.answered_by(agent.id, start)},
        rings=tuple(ring for ring in past.rings_of(agent.id, start) if ring.how == "missed"),
    )


def _began_at(state: PastState) -> float:
    return state.start


def _answered_at(talk: PastTalk) -> float:
    return talk.answered_at


def _span(floor: FloorSnapshot, agent: Agent, planned: roster.Planned | None) -> tuple[float, float]:
    here = agent.state not in (AgentState.SIGNED_OUT, AgentState.UNKNOWN)
    if planned is not None and planned.start is not None and planned.end is not None:
        since = [spell.start for spell in floor.spells.get(agent.id, ()) if spell.presence in AtWork]
        early = (at for at in since if planned.start - EARLY_SECONDS <= at < planned.start)
        return min(early, default=planned.start), max(planned.end, floor.at) if here else planned.end
    spells = floor.spells.get(agent.id, ())
    seen = [
        max(spell.start, floor.day_start)
        for spell in spells
        if spell.presence in AtWork and (spell.end is None or spell.end > floor.day_start)
    ]
    start = whole(min(seen, default=floor.at) / HALF_HOUR) * HALF_HOUR
    return start, max(ceil(floor.at / HALF_HOUR) * HALF_HOUR, start + HALF_HOUR)


def _states(floor: FloorSnapshot, agent: Agent, start: float) -> tuple[PastState, ...]:
    ended = [
        PastState(each.agent, each.state, each.reason, max(each.start, start), each.end)
        for each in floor.past.states_of(agent.id, start)
        if each.end > start
    ]
    if agent.since is not None and agent.state is not AgentState.UNKNOWN:
        since = max(agent.since, start)
        ended.append(PastState(agent.id, agent.state.value, agent.pause_reason, since, max(since, floor.at)))
    return tuple(sorted(ended, key=_began_at))
