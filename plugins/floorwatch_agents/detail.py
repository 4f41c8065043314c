"""What Enter on an agent opens: the state, the calls under way, the queues, and the day's figures."""

from collections import Counter
from collections.abc import Mapping, Sequence

from floorwatch.api import (
    Agent,
    AgentCounts,
    AgentState,
    Align,
    Cell,
    Column,
    Fact,
    FloorSnapshot,
    Membership,
    Row,
    Stack,
    Table,
    Talk,
    Tone,
    View,
    _,
    _n,
    _p,
    masked,
    ratio,
    spoken,
)

Steps = tuple[tuple[float, Tone], ...]


def agent_detail(floor: FloorSnapshot, agent: Agent, steps: Mapping[AgentState, Steps]) -> Stack:
    """Who and what now, then calls where there are any, then today, then the queues."""
    calls = [talk for key in agent.calls if (talk := floor.talks.get(key)) is not None]
    now: tuple[View, ...] = (Table.of_facts(_now(floor, agent, steps[agent.state]), agent.name),)
    if calls:
        now = (*now, _calls(calls, steps[AgentState.ON_CALL]))
    return Stack((*now, Table.of_facts(_today(floor, agent), _("Today")), _queues(agent)))


def team_detail(members: Sequence[Agent]) -> Table:
    """How many of a team are in each state."""
    found = Counter(agent.state for agent in members)
    states = (AgentState(state) for state in spoken.STATE_LETTERS)
    facts = [(spoken.state_name(state), Cell(str(found[state]), sort=found[state])) for state in states if found[state]]
    return Table.of_facts(facts, _n("{n} agent", "{n} agents", len(members)).format(n=len(members)))


def _now(floor: FloorSnapshot, agent: Agent, steps: Steps) -> list[tuple[str, Cell]]:
    zone = floor.rules.days.zone
    facts = [(_("state"), Cell(spoken.state_name(agent.state)))]
    if agent.pause_reason:
        facts.append((_("reason"), Cell(agent.pause_reason)))
    if agent.pause_pending:
        facts.append((_("after the call"), Cell(_p("of an agent", "pause"), Tone.NOTICE)))
    if agent.fault_reason:
        facts.append((_("fault"), Cell(agent.fault_reason, Tone.WARN)))
    if agent.since is not None:
        facts += [(_("for"), Cell.age(agent.since, steps)), (_("since"), Cell(spoken.clock(agent.since, zone)))]
    return [
        *facts,
        (_("number"), Cell(spoken.number_of(agent.id, agent.name) or spoken.NOTHING)),
        (_("seat"), Cell(agent.seat or spoken.NOTHING)),
        (_("team"), Cell(agent.team or spoken.NOTHING)),
    ]


def _calls(talks: list[Talk], steps: Steps) -> Table:
    columns = (
        Column("queue", _("queue"), 8, flex=1),
        Column("caller", _("caller"), 12, flex=1),
        Column("talk", _("talking"), 7, Align.RIGHT),
        Column("wait", _("waited"), 7, Align.RIGHT, drop=1),
        Column("held", _("on hold"), 7, Align.RIGHT, drop=2),
    )
    rows = tuple(
        Row(
            f"call:{talk.queue}/{talk.call}",
            (
                Cell(talk.queue),
                Cell(masked(talk.caller) or _("no number")),
                Cell.age(talk.since, steps),
                Cell(spoken.duration_or_nothing(talk.wait_seconds), sort=talk.wait_seconds),
                Cell.age(talk.held_since),
            ),
        )
        for talk in talks
    )
    return Table(columns, rows, caption=_("On the line"), opens=False)


def _queues(agent: Agent) -> Table:
    columns = (
        Column("queue", _("queue"), 8, flex=1),
        Column("member", _("member"), 13),
        Column("paused", _("paused"), 7, Align.RIGHT),
        Column("reason", _("reason"), 8, flex=1, drop=1),
    )
    rows = tuple(
        Row(f"queue:{queue}", (Cell(queue or _("every queue")), _member(place), *_pause(place)))
        for queue, place in sorted(agent.queues.items())
    )
    return Table(columns, rows, empty=_("In no queue that this feed has told of."), caption=_("Queues"))


def _member(place: Membership) -> Cell:
    match place.member:
        case True:
            return Cell(_("member"))
        case False:
            return Cell(_("signed out"), Tone.MUTED)
        case _:
            return Cell(_("by its calls"), Tone.MUTED)


def _pause(place: Membership) -> tuple[Cell, Cell]:
    if not place.paused:
        return Cell(spoken.NOTHING, Tone.MUTED), Cell()
    return Cell.age(place.paused_since), Cell(place.pause_reason or _("no reason given"))


def _today(floor: FloorSnapshot, agent: Agent) -> list[tuple[str, Cell]]:
    """The day's figures; a spell that still runs counts with its seconds of today."""
    today = floor.agent_today(agent.id)

    def seconds(state: AgentState, ended: float, fact: Fact) -> Cell:
        if fact not in floor.gives:
            return Cell(_("not in this feed"), Tone.MUTED)
        if agent.state is not state or agent.since is None:
            return Cell(spoken.duration(ended))
        return Cell.age(max(agent.since, floor.day_start) - ended)

    return [
        (_("answered"), Cell(str(today.answered))),
        (_("mean talk"), Cell(spoken.duration_or_nothing(ratio(today.talk_seconds, today.ended)))),
        (_("talk, ended calls"), Cell(spoken.duration(today.talk_seconds))),
        (_("idle"), seconds(AgentState.AVAILABLE, today.available_seconds, Fact.MEMBERS)),
        (_("paused"), seconds(AgentState.PAUSED, today.paused_seconds, Fact.PAUSES)),
        (_("wrap-up"), seconds(AgentState.WRAP_UP, today.wrap_up_seconds, Fact.WRAP_UP)),
        (_("on hold"), seconds(AgentState.ON_HOLD, today.on_hold_seconds, Fact.HOLD)),
        (_("transferred"), Cell(str(today.transferred))),
        (_("missed rings"), _told(floor, Fact.MISSED_RINGS, _missed(today))),
        (_("hung up first"), _told(floor, Fact.ENDED_BY, str(today.ended_by_agent))),
        (_("signed in"), _signed_in(floor, today)),
    ]


def _told(floor: FloorSnapshot, fact: Fact, text: str) -> Cell:
    return Cell(text) if fact in floor.gives else Cell(_("not in this feed"), Tone.MUTED)


def _missed(today: AgentCounts) -> str:
    if not today.refused_rings:
        return str(today.missed_rings)
    return _("{missed}, {refused} of them refused or unreachable").format(
        missed=today.missed_rings, refused=today.refused_rings
    )


def _signed_in(floor: FloorSnapshot, today: AgentCounts) -> Cell:
    if today.signed_in_at is None:
        return _told(floor, Fact.MEMBERS, spoken.NOTHING)
    return Cell(spoken.clock(today.signed_in_at, floor.rules.days.zone))
