"""The panel "agents": a row an agent with the state, its age and the day's figures; teams as rows that open.

Rules
- Agents stand by team and seat, as they sit: the same person is always in the same place.
- The letter takes the tone of the age of its state; the call clock runs from the answer, through holds.
- Idle is the day's available time, the running spell included: it ticks while the agent is free.
- The row of somebody of whom nothing has changed is the very row of the build before: a call on a floor of 1,000
  changes a few, and what is the same object is not compared again on its way to the screen.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf

from msgspec import Struct

from floorwatch.api import (
    Agent,
    AgentCounts,
    AgentState,
    Align,
    Cell,
    Column,
    Fact,
    FloorSnapshot,
    Needs,
    Row,
    RowKind,
    Table,
    Talk,
    Tone,
    Topic,
    View,
    _,
    _n,
    ratio,
    spoken,
    steps_of,
)
from floorwatch_agents.options import AgentsOptions

Steps = tuple[tuple[float, Tone], ...]
MUTED_NOTHING = Cell(spoken.NOTHING, Tone.MUTED, sort=0.0)
NOT_GIVEN = Cell(spoken.NOT_GIVEN, Tone.MUTED)
BLANK = Cell()
NOTHING_YET = AgentCounts()
BADGES = {
    (state, tone): Cell(letter, tone, sort=float(place), badge=True)
    for place, (state, letter) in enumerate(spoken.STATE_LETTERS.items())
    for tone in Tone
}
"""Every state letter in every tone: a thousand agents share these few cells."""


class Agents:
    """Everyone on the floor."""

    name = "agents"
    title = "Agents"
    needs = Needs(frozenset({Topic.AGENTS}), every_seconds=15.0, rest_seconds=0.5)
    options_type: type[Struct] = AgentsOptions

    def __init__(self) -> None:
        self._kept = _Kept()

    def build(self, floor: FloorSnapshot, options: AgentsOptions) -> View:
        """The table of agents, under their teams where there are any."""
        present = (
            a
            for a in floor.shown_agents.values()
            if a.state is not AgentState.SIGNED_OUT or not options.hide_signed_out
        )
        agents = sorted(present, key=_place_on_the_floor)
        self._kept = kept = self._kept.of(options, floor.day_start, floor.gives)
        rows = _Rows(floor, options.steps(), kept.rows)
        by_team = options.by_team and any(agent.team for agent in agents)
        every = rows.under_teams(agents) if by_team else (rows.agent(agent, None) for agent in agents)
        nobody = _("Nobody of this team or queue is here.") if floor.agents else _("No agents seen yet.")
        return Table(_columns(), tuple(every), empty=nobody)

    def detail(self, floor: FloorSnapshot, options: AgentsOptions, row_key: str) -> View:
        """An agent's day, what stands behind a part of it, or how many of a team are in each state."""
        from floorwatch_agents.behind import behind  # 8 ms, for which the first screen does not wait

        return behind(floor, options, row_key)


def _columns() -> tuple[Column, ...]:
    right = Align.RIGHT
    return (
        Column("seat", _("seat"), 5),
        Column("state", "", 3, Align.CENTER),
        Column("age", _("for"), 7, right),
        Column("name", _("agent"), 8, flex=2),
        Column("number", _("no."), 5, right, drop=1),
        Column("doing", _("doing"), 8, flex=2),
        Column("call", _("call"), 7, right, drop=6),
        Column("answered", _("calls"), 5, right, drop=2),
        Column("talk", _("talk"), 5, right, drop=4),
        Column("idle", _("idle"), 7, right, drop=5),
        Column("missed", _("miss"), 4, right, drop=3),
    )


class _KeptRow(Struct, frozen=True, gc=False):
    """A row, what it was made of, and from when up to when it stands."""

    row: Row
    agent: Agent
    today: AgentCounts
    talk: Talk | None
    since: float
    until: float


class _Kept:
    """The rows of the last build by agent, and what was the same for all of them."""

    def __init__(self, same: tuple[object, ...] = ()) -> None:
        self.rows: dict[str, _KeptRow] = {}
        self._same = same

    def of(self, *same: object) -> "_Kept":
        """These, where the same was the same; else none yet."""
        return self if same == self._same else _Kept(same)


class _Rows:
    """Makes the rows of one build; holds what is the same for all of them."""

    def __init__(self, floor: FloorSnapshot, steps: dict[AgentState, Steps], kept: dict[str, _KeptRow]) -> None:
        self._floor = floor
        self._steps = steps
        self._kept = kept
        self._knows_rings = Fact.MISSED_RINGS in floor.gives
        self._knows_idle = Fact.MEMBERS in floor.gives

    def under_teams(self, agents: Sequence[Agent]) -> Iterator[Row]:
        """A row a team and its agents after it; those of no team, who come last, under a row of their own."""
        teams: dict[str, list[Agent]] = {}
        for agent in agents:
            teams.setdefault(agent.team or "", []).append(agent)
        for team, members in teams.items():
            yield self._team(team, members)
            yield from (self.agent(agent, f"team:{team}") for agent in members)

    def agent(self, agent: Agent, parent: str | None) -> Row:
        """One agent."""
        today, talk, at = self._today(agent), self._talk(agent), self._floor.at
        kept = self._kept.get(agent.id)
        if (
            kept is not None
            and kept.agent is agent
            and kept.today is today
            and kept.talk is talk
            and kept.since <= at < kept.until
            and kept.row.parent == parent
        ):
            return kept.row
        row = self._row(agent, today, talk, parent)
        self._kept[agent.id] = _KeptRow(row, agent, today, talk, at, self._until(agent, talk))
        return row

    def _until(self, agent: Agent, talk: Talk | None) -> float:
        """Up to when time alone does not change the row: who is free sorts by an idle time that grows."""
        at = self._floor.at
        if agent.state is AgentState.AVAILABLE:
            return at
        turns = [] if talk is None else [talk.since + self._floor.rules.stale_after_seconds]
        if agent.since is not None:
            turns += [agent.since + seconds for seconds, _tone in self._steps_of(agent)]
        return min((turn for turn in turns if turn > at), default=inf)

    def _row(self, agent: Agent, today: AgentCounts, talk: Talk | None, parent: str | None) -> Row:
        steps = self._steps_of(agent)
        cells = (
            Cell(agent.seat or ""),
            BADGES[agent.state, self._tone(agent, steps)],
            Cell.age(agent.since, steps),
            Cell(agent.name),
            Cell(spoken.number_of(agent.id, agent.name)),
            Cell(_doing(agent)),
            self._call_clock(talk),
            _number(today.answered),
            _mean_talk(today),
            self._idle(agent, today),
            _missed(today) if self._knows_rings else NOT_GIVEN,
        )
        muted = agent.state in (AgentState.SIGNED_OUT, AgentState.UNKNOWN)
        return Row(f"agent:{agent.id}", cells, Tone.MUTED if muted else Tone.CALM, parent=parent)

    def _team(self, team: str, members: Sequence[Agent]) -> Row:
        """A team with its counts by state, which stay in sight when it is closed."""
        today = [self._today(agent) for agent in members]
        whole = AgentCounts(ended=sum(c.ended for c in today), talk_seconds=sum(c.talk_seconds for c in today))
        name = _("team {team}").format(team=team) if team else _("no team")
        size = _n("{n} agent", "{n} agents", len(members)).format(n=len(members))
        cells = (
            Cell(name),
            BLANK,
            BLANK,
            Cell(size, sort=name),
            BLANK,
            Cell(_letters(members)),
            BLANK,
            _number(sum(c.answered for c in today)),
            _mean_talk(whole),
            BLANK,
            _number(sum(c.missed_rings for c in today)) if self._knows_rings else NOT_GIVEN,
        )
        return Row(f"team:{team}", cells, kind=RowKind.GROUP)

    def _today(self, agent: Agent) -> AgentCounts:
        return self._floor.agent_counts.get((agent.id, self._floor.day_start), NOTHING_YET)

    def _steps_of(self, agent: Agent) -> Steps:
        return steps_of(agent, self._steps, self._floor.rules.duty)

    def _tone(self, agent: Agent, steps: Steps) -> Tone:
        if agent.since is None:
            return Tone.MUTED if agent.state is AgentState.UNKNOWN else Tone.CALM
        age = self._floor.at - agent.since
        return next((tone for seconds, tone in reversed(steps) if age >= seconds), Tone.CALM)

    def _talk(self, agent: Agent) -> Talk | None:
        """The call under way, the first of several."""
        if not agent.calls:
            return None
        talks = [talk for key in agent.calls if (talk := self._floor.talks.get(key)) is not None]
        return min(talks, key=lambda talk: talk.since, default=None)

    def _call_clock(self, talk: Talk | None) -> Cell:
        if talk is None:
            return BLANK
        if self._floor.is_stale(talk):
            return Cell(_("no end"), Tone.MUTED)
        return Cell.age(talk.since, self._steps[AgentState.ON_CALL])

    def _idle(self, agent: Agent, today: AgentCounts) -> Cell:
        if not self._knows_idle:
            return NOT_GIVEN
        idle = today.available_seconds
        if agent.state is not AgentState.AVAILABLE or agent.since is None:
            return Cell(spoken.duration(idle), sort=idle) if idle else MUTED_NOTHING
        began = max(agent.since, self._floor.day_start)
        return Cell(since=began - idle, sort=self._floor.at - began + idle)


def _doing(agent: Agent) -> str:
    match agent.state:
        case AgentState.ON_CALL | AgentState.ON_HOLD if agent.calls:
            queue = agent.calls[0][0]
            return _("{queue}, then pause").format(queue=queue) if agent.pause_pending else queue
        case AgentState.RINGING if agent.ringing:
            return agent.ringing[0][0]
        case AgentState.PAUSED:
            return agent.pause_reason or _("no reason given")
        case AgentState.FAULT:
            return agent.fault_reason or ""
        case _:
            return ""


def _letters(members: Sequence[Agent]) -> str:
    """How many are in each state, by letter: "T 12  A 3  P 2"."""
    found = Counter(agent.state for agent in members)
    letters = spoken.STATE_LETTERS.items()
    return " ".join(f"{letter}{found[AgentState(state)]}" for state, letter in letters if found[AgentState(state)])


def _number(number: int) -> Cell:
    return Cell(str(number), sort=number) if number else MUTED_NOTHING


def _mean_talk(today: AgentCounts) -> Cell:
    mean = ratio(today.talk_seconds, today.ended)
    return MUTED_NOTHING if mean is None else Cell(spoken.duration(mean), sort=mean)


def _missed(today: AgentCounts) -> Cell:
    return _number(today.missed_rings)


def _place_on_the_floor(agent: Agent) -> tuple[object, ...]:
    return (
        not agent.team,
        _natural(agent.team or ""),
        agent.seat is None,
        _natural(agent.seat or ""),
        agent.name,
        agent.id,
    )


@lru_cache(maxsize=8192)
def _natural(text: str) -> tuple[str | int, ...]:
    """A key that puts seat A2 before seat A10. Kept, for the seats of a floor stay the same."""
    return tuple(int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", text))
