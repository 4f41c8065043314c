"""How teams are led now: enough leaders, mentor pairs, leaders who are held on a call.

Rules
- On duty is whom the plan has here now and no witness has away, and whoever is here off the roster. Without a roster it
  is whoever is signed in.
- A leader whom no witness could see is where the plan has them.
"""

from collections.abc import Iterable, Mapping, Set

from msgspec import Struct

from floorwatch.model.duty import Activity
from floorwatch.model.entities import Agent, AgentState
from floorwatch.model.people import Person
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.attendance import Attendance, Status, attendance
from floorwatch.roster.kept import kept_of
from floorwatch.roster.plan import planned_at
from floorwatch.text import folded

ON_BREAK = frozenset({Activity.BREAK, Activity.LUNCH})
GONE = frozenset({Status.ABSENT, Status.LEFT_EARLY, Status.FINISHED})


class Cover(Struct, frozen=True):
    """How teams are led now. `leaders` on duty, `agents` on duty, how many agents so many leaders can lead (`span`)."""

    leaders: int
    agents: int
    span: int

    @property
    def is_short(self) -> bool:
        """Fewer leaders than the rule wants."""
        return self.leaders * self.span < self.agents


def span_of_control(floor: FloorSnapshot) -> Cover | None:
    """Leaders x span >= agents; None where the people file names no leader, or nothing tells of any whether they are
    here."""
    leaders = _leaders(floor)
    known = [each for each in leaders if floor.duty.has_roster or each.id in floor.agents]
    if not known:
        return None
    here = _on_duty(floor)
    leading = {each.id for each in leaders} & here
    return Cover(len(leading), len(here) - len(leading), floor.rules.duty.span)


def leaders_on_duty(floor: FloorSnapshot) -> frozenset[str]:
    """The leaders who are on duty now; none where the people file names none."""
    leaders = frozenset(each.id for each in _leaders(floor))
    return leaders & _on_duty(floor) if leaders else frozenset()


def pairs_away(floor: FloorSnapshot) -> tuple[tuple[str, str], ...]:
    """Mentor pairs (mentor, learner) of whom both should be here now, and each is absent or on a break."""
    found = kept_of(floor.duty, "pairs", (floor.people,), lambda: _pairs(floor))
    if not found:
        return ()
    should, here = _should_be_here(floor), _on_duty(floor)
    wanted = (pair for pair in found if all(agent in should for agent in pair))
    return tuple(pair for pair in wanted if all(a not in here or _is_on_break(floor, a) for a in pair))


def leaders_held(floor: FloorSnapshot) -> tuple[tuple[str, float], ...]:
    """Leaders on a call for longer than the rule: (agent, since); the longest first."""
    found = []
    for leader in _leaders(floor):
        agent = floor.agents.get(leader.id)
        talks = [talk for key in (() if agent is None else agent.calls) if (talk := floor.talks.get(key)) is not None]
        since = min((talk.since for talk in talks if not floor.is_stale(talk)), default=None)
        if since is not None and floor.at - since > floor.rules.duty.long_call_seconds:
            found.append((leader.id, since))
    return tuple(sorted(found, key=lambda held: held[1]))


def _leaders(floor: FloorSnapshot) -> tuple[Person, ...]:
    people = floor.people
    return kept_of(floor.duty, "leaders", (people,), lambda: tuple(each for each in people if each.is_leader))


def _pairs(floor: FloorSnapshot) -> tuple[tuple[str, str], ...]:
    """Mentor and learner of each pair that the people file names."""
    return tuple((mentor, each.id) for each in floor.people if (mentor := _mentor(floor, each)) is not None)


def _mentor(floor: FloorSnapshot, learner: Person) -> str | None:
    """The id of the mentor, where the people file names one whom it knows and who is somebody else."""
    mentor = None if not learner.mentor else floor.people.id_of(learner.mentor)
    return None if mentor == learner.id else mentor


def _should_be_here(floor: FloorSnapshot) -> Set[str]:
    return planned_at(floor).keys() if floor.duty.has_roster else _on_duty(floor)


def _on_duty(floor: FloorSnapshot) -> frozenset[str]:
    agents, duty = floor.agents, floor.duty
    if not duty.has_roster:
        return kept_of(duty, "signed_in", (agents,), lambda: _signed_in(agents))
    seen, planned = attendance(floor), planned_at(floor)
    return kept_of(duty, "on_duty", (seen, planned, agents), lambda: _here_by_plan(floor, seen, planned.keys()))


def _signed_in(agents: Mapping[str, Agent]) -> frozenset[str]:
    away = (AgentState.SIGNED_OUT, AgentState.UNKNOWN)
    return frozenset(each.id for each in agents.values() if each.state not in away)


def _here_by_plan(floor: FloorSnapshot, seen: Iterable[Attendance], planned: Set[str]) -> frozenset[str]:
    here, gone = set(), set()
    for each in seen:
        if each.status in GONE:
            if _could_be_seen(floor, each.agent):
                gone.add(each.agent)
        elif each.status is Status.OFF_ROSTER and each.left is None:
            here.add(each.agent)
    return frozenset(here | (planned - gone))


def _could_be_seen(floor: FloorSnapshot, agent: str) -> bool:
    """Whether any witness has ever told of this person: a leader without a telephone is not absent for having none."""
    return (
        agent in floor.agents or agent in floor.duty.punches or any(m.agent == agent for m in floor.duty.marks.values())
    )


def _is_on_break(floor: FloorSnapshot, agent: str) -> bool:
    """By the call feed where it shows them, else by the plan."""
    known = floor.agents.get(agent)
    if known is not None and known.state is AgentState.PAUSED:
        return floor.rules.duty.activity_of(folded(known.pause_reason or "")) in ON_BREAK
    if known is not None and known.state is not AgentState.UNKNOWN:
        return False
    planned = planned_at(floor).get(agent)
    return planned is not None and planned[1] in ON_BREAK
