"""What a team comes to at this moment, and all teams together.

Rules
- A team's people are those of the floor who are in focus. Expected is whom the roster has at work now, a leader who
  takes no calls left out; here is who is signed in. Without a roster nobody is expected.
- A leader is on duty who is signed in, or whom the roster has at work now and no witness has away; one whom no
  witness could see is where the roster has them.
- Over is who is paused for longer than the reason may take; a call without an end for too long is a fault of the feed.
- What somebody sees to is not counted: alerts with an owner, help to which another is on the way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from floorwatch.api import (
    Agent,
    AgentCounts,
    AgentState,
    FloorSnapshot,
    Person,
    duty,
    folded,
    ratio,
    roster,
)
from floorwatch_seats.options import TeamsOptions
from floorwatch_seats.places import natural
from floorwatch_seats.signs import HELP, URGENCY, sign_of, signs_of

AWAY = frozenset({AgentState.SIGNED_OUT, AgentState.UNKNOWN})
TOTAL = "total:"
"""The key of all teams together: not one of a team, which may be called anything."""

_AT_PHONES = frozenset({duty.Activity.PHONES, duty.Activity.BREAK, duty.Activity.LUNCH})
_GONE = frozenset({roster.Status.ABSENT, roster.Status.LEFT_EARLY, roster.Status.FINISHED})

Planned = Mapping[str, tuple[roster.Planned, duty.Activity]]
"""Whom the roster has at work now, by agent, and what they are to do."""


class TeamNow(Struct, frozen=True):
    """One team, or all of them together. `expected` is None without a roster; `longest_since` is when the longest call
    began (epoch seconds); `alerts` are those that need somebody; `mark` is the worst sign."""

    name: str
    agents: tuple[Agent, ...] = ()
    leaders: tuple[str, ...] = ()
    expected: int | None = None
    states: Mapping[AgentState, int] = {}
    over: int = 0
    helps: int = 0
    alerts: int = 0
    longest_since: float | None = None
    answered: int = 0
    ended: int = 0
    talk_seconds: float = 0.0
    mark: str = ""
    is_total: bool = False

    @property
    def key(self) -> str:
        """What its row is called."""
        return TOTAL if self.is_total else f"team:{self.name}"

    @property
    def here(self) -> int:
        """Those signed in."""
        return sum(number for state, number in self.states.items() if state not in AWAY)

    @property
    def mean_talk(self) -> float | None:
        """Seconds of talk for each ended call of today; None before the first."""
        return ratio(self.talk_seconds, self.ended)


def teams_now(floor: FloorSnapshot, options: TeamsOptions) -> list[TeamNow]:
    """By name; last those of no team."""
    members: dict[str, list[Agent]] = {}
    for agent in floor.shown_agents.values():
        members.setdefault(agent.team or "", []).append(agent)
    planned = roster.planned_at(floor) if floor.duty.has_roster else None
    expected, leaders = _expected(floor, planned), _leaders(floor, planned or {})
    if expected is not None:
        for team in expected.keys() - members.keys():
            members[team] = []
    sums = _Sums(floor, options)
    return [
        sums.of(team, members[team], tuple(leaders.get(team, ())), None if expected is None else expected[team])
        for team in sorted(members, key=lambda team: (not team, natural(team)))
    ]


def total_of(teams: Sequence[TeamNow]) -> TeamNow:
    """All of them together."""
    states = Counter[AgentState]()
    for team in teams:
        states.update(team.states)
    expected = [team.expected for team in teams if team.expected is not None]
    return TeamNow(
        "",
        tuple(agent for team in teams for agent in team.agents),
        tuple(leader for team in teams for leader in team.leaders),
        sum(expected) if expected else None,
        states,
        sum(team.over for team in teams),
        sum(team.helps for team in teams),
        sum(team.alerts for team in teams),
        min((team.longest_since for team in teams if team.longest_since is not None), default=None),
        sum(team.answered for team in teams),
        sum(team.ended for team in teams),
        sum(team.talk_seconds for team in teams),
        worst(team.mark for team in teams),
        is_total=True,
    )


def worst(marks: Iterable[str]) -> str:
    """The worst of these signs; "" without any."""
    return min((mark for mark in marks if mark), key=URGENCY.index, default="")


def long_pause(floor: FloorSnapshot, agent: Agent, options: TeamsOptions) -> float | None:
    """Since when somebody's pause takes too long; None where it does not."""
    if agent.state is not AgentState.PAUSED or agent.since is None:
        return None
    activity = floor.rules.duty.activity_of(folded(agent.pause_reason or ""))
    over_since = agent.since + options.limit_of(agent.pause_reason, activity.value if activity else "")
    return over_since if floor.at >= over_since else None


def call_since(floor: FloorSnapshot, agent: Agent) -> float | None:
    """When the longest of somebody's calls began."""
    talks = (talk for key in agent.calls if (talk := floor.talks.get(key)) is not None)
    return min((talk.since for talk in talks if not floor.is_stale(talk)), default=None)


class _Sums:
    """What is the same for all teams of one build."""

    def __init__(self, floor: FloorSnapshot, options: TeamsOptions) -> None:
        self._floor = floor
        self._options = options
        self._signs = signs_of(floor, 0.0)

    def of(self, name: str, agents: Sequence[Agent], leaders: tuple[str, ...], expected: int | None) -> TeamNow:
        floor, signs, nothing = self._floor, self._signs, AgentCounts()
        today = [floor.agent_counts.get((agent.id, floor.day_start), nothing) for agent in agents]
        calls = (call_since(floor, agent) for agent in agents if agent.calls)
        own = signs.alerts.get(f"team:{name}")
        alerts = [each for each in (own, *map(signs.alert_of, agents)) if each is not None]
        waiting = sum(signs.waits(signs.helps.get(agent.id)) for agent in agents)
        return TeamNow(
            name,
            tuple(agents),
            leaders,
            expected,
            Counter(agent.state for agent in agents),
            sum(long_pause(floor, agent, self._options) is not None for agent in agents),
            waiting,
            len(alerts),
            min((since for since in calls if since is not None), default=None),
            sum(each.answered for each in today),
            sum(each.ended for each in today),
            sum(each.talk_seconds for each in today),
            worst([*(sign_of(each) for each in alerts), HELP * bool(waiting)]),
        )


def _expected(floor: FloorSnapshot, planned: Planned | None) -> Counter[str] | None:
    """How many the roster has at the telephones or on a break now, by team; None without a roster, and for a queue
    alone, of which no roster tells who belongs to it."""
    if planned is None or floor.focus.queue:
        return None
    unseen_leaders = {each.id for each in floor.people if each.is_leader and each.id not in floor.agents}
    teams = Counter[str]()
    for agent, (_planned, activity) in planned.items():
        team = _team_of(floor, agent)
        if activity in _AT_PHONES and agent not in unseen_leaders and floor.focus.team in ("", team):
            teams[team] += 1
    return teams


def _team_of(floor: FloorSnapshot, agent: str) -> str:
    known = floor.agents.get(agent)
    return (known.team if known is not None else roster.team_of(floor, agent)) or ""


def _leaders(floor: FloorSnapshot, planned: Planned) -> Mapping[str, list[str]]:
    """Names of the leaders on duty, by team."""
    found: dict[str, list[str]] = {}
    for leader in floor.people:
        if leader.is_leader and _is_on_duty(floor, leader, is_planned=leader.id in planned):
            found.setdefault(_team_of(floor, leader.id), []).append(leader.name)
    return found


def _is_on_duty(floor: FloorSnapshot, leader: Person, *, is_planned: bool) -> bool:
    known = floor.agents.get(leader.id)
    if known is not None and known.state not in AWAY:
        return True
    if not is_planned:
        return False
    if known is None and not _is_witnessed(floor, leader.id):
        return True
    seen = roster.attendance_of(floor, leader.id)
    return seen is None or seen.status not in _GONE


def _is_witnessed(floor: FloorSnapshot, agent: str) -> bool:
    """Whether a terminal or a person has ever told of somebody: a leader without a telephone is not away for that."""
    return agent in floor.duty.punches or any(mark.agent == agent for mark in floor.duty.marks.values())
