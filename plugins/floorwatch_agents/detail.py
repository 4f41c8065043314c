"""What Enter on an agent opens, a page of their day from who they are to their queues; and what that on a team does."""

from collections import Counter
from collections.abc import Sequence

from floorwatch.api import (
    Agent,
    AgentState,
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Membership,
    Row,
    Stack,
    Table,
    Tone,
    View,
    _,
    _n,
    spoken,
)
from floorwatch_agents.day import day_of
from floorwatch_agents.day_figures import against, day_figures
from floorwatch_agents.day_head import day_head
from floorwatch_agents.day_line import day_line
from floorwatch_agents.day_pace import pace_line
from floorwatch_agents.day_support import day_support
from floorwatch_agents.options import AgentsOptions

MOST_SUPPORT = 8
"""Notes and requests on the page: the rest stands behind the figure."""


def agent_detail(floor: FloorSnapshot, agent: Agent, options: AgentsOptions) -> Stack:
    """Who and what now, the shift on a line, the figures and the pace, notes and help, the queues."""
    day, steps = day_of(floor, agent), options.steps()
    those = against(day, options)
    pace: tuple[View, ...] = () if those.pace is None else (pace_line(those.pace, options),)
    return Stack(
        (
            day_head(day, steps),
            day_line(day, steps),
            *pace,
            day_figures(those),
            day_support(day, MOST_SUPPORT),
            _queues(agent),
        )
    )


def team_detail(members: Sequence[Agent]) -> Table:
    """How many of a team are in each state."""
    found = Counter(agent.state for agent in members)
    states = (AgentState(state) for state in spoken.STATE_LETTERS)
    facts = [(spoken.state_name(state), Cell(str(found[state]), sort=found[state])) for state in states if found[state]]
    return Table.of_facts(facts, _n("{n} agent", "{n} agents", len(members)).format(n=len(members)))


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
    empty = _("In no queue that this feed has told of.")
    return Table(columns, rows, empty=empty, caption=_("Queues"), home="queue-status")


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
