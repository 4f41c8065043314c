"""What Enter on a queue opens: who waits, who answers, and the last hour by fifteen minutes."""

from floorwatch.api import (
    INTERVAL_SECONDS,
    Agent,
    AgentState,
    Align,
    Cell,
    Column,
    FloorSnapshot,
    QueueCounts,
    Row,
    Scope,
    Stack,
    Table,
    Tone,
    Waiting,
    _,
    _n,
    interval_of,
    masked,
    ratio,
    spoken,
)
from floorwatch_queue_status.columns import service_level_of, wait_steps

ORDER = {AgentState(state): place for place, state in enumerate(spoken.STATE_LETTERS)}
INTERVALS = 5
"""The running interval and the hour before it."""


def queue_detail(scope: Scope) -> Stack:
    """Callers first: they are the urgent part. The agents come last, for they take what height is left."""
    return Stack((_callers(scope), _last_hour(scope), _agents(scope)))


def _callers(scope: Scope) -> Table:
    columns = (
        Column("position", "#", 3, Align.RIGHT),
        Column("number", _("number"), 12, flex=1),
        Column("waited", _("waited"), 8, Align.RIGHT),
        Column("queue", _("queue"), 10, flex=1, drop=1),
    )
    rows = tuple(_caller(scope.floor, place, visit) for place, visit in enumerate(scope.waiting, 1))
    caption = _n("{n} caller waiting", "{n} callers waiting", len(rows)).format(n=len(rows))
    return Table(columns, rows, empty=_("No one is waiting."), caption=caption if rows else _("Waiting"), opens=False)


def _caller(floor: FloorSnapshot, place: int, visit: Waiting) -> Row:
    stale = floor.is_stale(visit)
    steps = () if stale else wait_steps(floor.rules.target(visit.queue))
    number = masked(visit.caller) or _("no number")
    cells = (
        Cell(str(place), sort=place),
        Cell(_("{number}, no end seen").format(number=number) if stale else number),
        Cell.age(visit.entered_at, steps),
        Cell(visit.queue),
    )
    return Row(f"{visit.queue}/{visit.call}", cells, Tone.MUTED if stale else Tone.CALM)


def _agents(scope: Scope) -> Table:
    columns = (
        Column("state", "", 3, Align.CENTER),
        Column("age", _("for"), 7, Align.RIGHT),
        Column("name", _("agent"), 10, flex=2),
        Column("number", _("no."), 5, Align.RIGHT),
        Column("seat", _("seat"), 5, drop=1),
        Column("reason", _("reason"), 8, flex=1, drop=2),
    )
    agents = sorted(scope.agents, key=lambda agent: (ORDER[agent.state], agent.since or 0.0, agent.id))
    rows = tuple(_agent(agent) for agent in agents)
    caption = _n("{n} agent", "{n} agents", len(rows)).format(n=len(rows))
    return Table(columns, rows, empty=_("No agent of this queue has been seen."), caption=caption)


def _agent(agent: Agent) -> Row:
    cells = (
        Cell(spoken.STATE_LETTERS[agent.state], badge=True, sort=ORDER[agent.state]),
        Cell.age(agent.since),
        Cell(agent.name),
        Cell(spoken.number_of(agent.id, agent.name)),
        Cell(agent.seat or ""),
        Cell(agent.pause_reason or ""),
    )
    return Row(f"agent:{agent.id}", cells, Tone.MUTED if agent.state is AgentState.SIGNED_OUT else Tone.CALM)


def _last_hour(scope: Scope) -> Table:
    right = Align.RIGHT
    columns = (
        Column("from", _("from"), 5),
        Column("offered", _("off"), 5, right),
        Column("answered", _("ans"), 5, right),
        Column("abandoned", _("abn"), 4, right),
        Column("left", _("left"), 4, right, drop=1),
        Column("service-level", _("SL"), 5, right),
        Column("asa", _("ASA"), 6, right, drop=2),
    )
    first = interval_of(scope.floor.at) - INTERVAL_SECONDS * (INTERVALS - 1)
    starts = (first + INTERVAL_SECONDS * n for n in range(INTERVALS))
    rows = tuple(_interval(scope, start, counts) for start, counts in zip(starts, scope.recent(INTERVALS), strict=True))
    return Table(columns, rows, caption=_("The last hour, by 15 minutes"), opens=False)


def _interval(scope: Scope, start: int, counts: QueueCounts) -> Row:
    level = service_level_of(scope, counts, start, start + INTERVAL_SECONDS)
    answer = ratio(counts.answered_wait_seconds, counts.answered)
    cells = (
        Cell(spoken.clock_minute(start, scope.floor.rules.days.zone), sort=start),
        *(
            Cell(str(number), sort=number)
            for number in (counts.offered, counts.answered, counts.abandoned, counts.left)
        ),
        Cell(spoken.share(level), sort=level),
        Cell(spoken.duration_or_nothing(answer), sort=answer),
    )
    return Row(f"interval:{start}", cells)
