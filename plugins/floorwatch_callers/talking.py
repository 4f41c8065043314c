"""Calls in progress: who talks with whom, since when, and whose telephone rings; the longest first."""

from collections.abc import Iterator
from heapq import nsmallest

from msgspec import Struct

from floorwatch.api import (
    Agent,
    AgentState,
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Row,
    Table,
    Talk,
    Tone,
    Waiting,
    _,
    spoken,
)
from floorwatch_callers.caller import caller, in_focus, key_of, number_words
from floorwatch_callers.waiting import more_row


class InProgress(Struct, frozen=True):
    """A call with the agent who has it, or whose telephone rings for it (`others`: so many more ring)."""

    call: Talk | Waiting
    agent: Agent
    state: AgentState
    since: float
    others: int = 0


def talking_table(floor: FloorSnapshot, most: int) -> Table:
    """A row a call."""
    found = list(in_progress(floor))
    rows = [_row(floor, each) for each in nsmallest(most, found, key=lambda each: each.since)]
    if len(found) > most:
        rows.append(more_row(_columns(), len(found) - most))
    caption = _("Calls in progress: {n}").format(n=len(found)) if found else _("Calls in progress")
    return Table(_columns(), tuple(rows), empty=_("No one is talking."), caption=caption)


def in_progress(floor: FloorSnapshot) -> Iterator[InProgress]:
    """The calls of the agents and queues in focus."""
    for talk in floor.talks.values():
        agent = floor.agents.get(talk.agent)
        if agent is not None and in_focus(floor, talk.queue) and floor.shows(agent):
            state = AgentState.ON_CALL if talk.held_since is None else AgentState.ON_HOLD
            yield InProgress(talk, agent, state, talk.since)
    yield from _ringing(floor)


def _ringing(floor: FloorSnapshot) -> Iterator[InProgress]:
    """Who is rung for; a call that rings at several is one."""
    rung: dict[tuple[str, str], list[Agent]] = {}
    for agent in floor.agents.values():
        for key in agent.ringing:
            if key in floor.waiting and in_focus(floor, key[0]) and floor.shows(agent):
                rung.setdefault(key, []).append(agent)
    for key, agents in rung.items():
        visit, first = floor.waiting[key], agents[0]
        since = first.since if first.state is AgentState.RINGING else None  # who talks may be rung for as well
        yield InProgress(visit, first, AgentState.RINGING, since or visit.entered_at, len(agents) - 1)


def _columns() -> tuple[Column, ...]:
    return (
        Column("state", "", 3, Align.CENTER, about=_("T talking, H on hold, R ringing")),
        Column("age", _("for"), 7, Align.RIGHT, about=_("since the talk, or the ringing, began")),
        Column("agent", _("agent"), 10, flex=2, about=_("who talks; +2: two more telephones ring for the same call")),
        Column("caller", _("caller"), 10, flex=1, about=number_words()),
        Column("queue", _("queue"), 8, flex=1, drop=1, about=_("through which the call came")),
    )


def _row(floor: FloorSnapshot, each: InProgress) -> Row:
    name = f"{each.agent.seat} {each.agent.name}" if each.agent.seat else each.agent.name
    said = _("{name} +{n}").format(name=name, n=each.others) if each.others else name
    letter = spoken.STATE_LETTERS[each.state]
    place = tuple(spoken.STATE_LETTERS).index(each.state)
    is_stale = isinstance(each.call, Talk) and floor.is_stale(each.call)
    cells = (
        Cell(letter, badge=True, sort=float(place)),
        Cell.age(each.since),
        Cell(said),
        Cell(caller(floor, each.call)),
        Cell(each.call.queue),
    )
    return Row(key_of(each.call), cells, Tone.MUTED if is_stale else Tone.CALM, about=f"agent:{each.agent.id}")
