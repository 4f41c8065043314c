"""What Enter on a queue opens: who waits, who is to be called back, who answers, and the last hour by five minutes."""

from collections import Counter
from heapq import nlargest

from floorwatch.api import (
    Agent,
    AgentState,
    Align,
    Cell,
    Column,
    Explain,
    FloorSnapshot,
    Interval,
    LostCaller,
    Row,
    Scope,
    Stack,
    Table,
    Tone,
    Waiting,
    _,
    _n,
    _p,
    last_intervals,
    ratio,
    spoken,
    wait_ahead,
    wait_steps,
)

ORDER = {AgentState(state): place for place, state in enumerate(spoken.STATE_LETTERS)}
INTERVALS = 13
"""The running five minutes and the hour before them."""

CALLERS = "callers"
"""The panel that knows more of a call."""

MOST_LOST = 5


def queue_detail(scope: Scope) -> Stack:
    """Callers first: they are the urgent part. The agents come last, for they take what height is left."""
    lost = _lost(scope)
    return Stack((_callers(scope), *((lost,) if lost.rows else ()), _last_hour(scope), _agents(scope)))


def _callers(scope: Scope) -> Table:
    columns = (
        Column("position", "#", 3, Align.RIGHT),
        Column("number", _("number"), 12, flex=1),
        Column("waited", _("waited"), 8, Align.RIGHT),
        Column("still", _("still"), 6, Align.RIGHT, drop=2),
        Column("queue", _("queue"), 10, flex=1, drop=1),
    )
    ahead: Counter[str] = Counter()
    rows = []
    for visit in scope.waiting:
        rows.append(_caller(scope.floor, 1 + ahead.total(), visit, ahead[visit.queue]))
        ahead[visit.queue] += not scope.floor.is_stale(visit)
    caption = _n("{n} caller waiting", "{n} callers waiting", len(rows)).format(n=len(rows))
    caption = caption if rows else _("Waiting")
    return Table(columns, tuple(rows), empty=_("No one is waiting."), caption=caption, home=CALLERS)


def _caller(floor: FloorSnapshot, place: int, visit: Waiting, ahead: int) -> Row:
    stale = floor.is_stale(visit)
    steps = () if stale else wait_steps(floor.rules.target(visit.queue))
    number = floor.number_of(visit) or _("no number")
    cells = (
        Cell("" if stale else str(place), sort=place),
        Cell(_("{number}, no end seen").format(number=number) if stale else number),
        Cell.age(visit.entered_at, steps),
        Cell() if stale else _still(floor.queues[visit.queue], ahead + 1),
        Cell(visit.queue),
    )
    return Row(f"call:{visit.queue}/{visit.call}", cells, Tone.MUTED if stale else Tone.CALM)


def _still(scope: Scope, position: int) -> Cell:
    """What the caller at this position of the queue has still to wait."""
    seconds = wait_ahead(scope, position)
    return Cell(spoken.estimate(seconds), Tone.MUTED, sort=seconds, explain=Explain("expected-wait", scope.queues))


def _lost(scope: Scope) -> Table:
    """The last of those who are to be called back, the newest first; all of them are in the panel of callers."""
    columns = (
        Column("number", _("number"), 12, flex=1),
        Column("times", "", 3, Align.RIGHT),
        Column("left", _("ago"), 8, Align.RIGHT),
        Column("waited", _("waited"), 8, Align.RIGHT, drop=1),
        Column("key", "", 8, flex=1, drop=2),
    )
    found = [each for each in scope.floor.lost.to_call_back if each.last.queue in scope.queues]
    newest = nlargest(MOST_LOST, found, key=lambda each: each.last.left_at)
    caption = _("To call back: {n}").format(n=len(found))
    return Table(columns, tuple(_lost_row(scope.floor, each) for each in newest), caption=caption, home=CALLERS)


def _lost_row(floor: FloorSnapshot, each: LostCaller) -> Row:
    last, times = each.last, each.times
    cells = (
        Cell(floor.number_of(last) or _("no number")),
        Cell(_("{n}x").format(n=times) if times > 1 else "", Tone.NOTICE, sort=times),
        Cell.age(last.left_at),
        Cell(spoken.duration(last.wait_seconds), sort=last.wait_seconds),
        Cell(_p("somebody", "call"), command="called-back"),
    )
    return Row(f"call:{last.queue}/{last.call}", cells)


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
        Column("answered", _("ans"), 5, right, drop=1),
        Column("lost", _("lost"), 4, right),
        Column("most", _("most waiting"), 12, right),
        Column("service-level", _("SL"), 5, right),
        Column("asa", _("ASA"), 6, right, drop=2),
    )
    rows = tuple(_interval(scope, each) for each in reversed(last_intervals(scope, INTERVALS)) if each.is_known)
    empty = _("No call has been seen yet.")
    return Table(columns, rows, empty=empty, caption=_("The last hour, by 5 minutes"), opens=False)


def _interval(scope: Scope, each: Interval) -> Row:
    counts, level = each.counts, each.service_level(scope.target.definition)
    answer = ratio(counts.answered_wait_seconds, counts.answered)
    numbers = (counts.offered, counts.answered, counts.abandoned + counts.left, each.most_waiting or 0)
    cells = (
        Cell(spoken.clock_minute(each.start, scope.floor.rules.days.zone), sort=each.start),
        *(Cell(str(number), sort=number) for number in numbers),
        Cell(spoken.share(level), sort=level),
        Cell(spoken.duration_or_nothing(answer), sort=answer),
    )
    return Row(f"interval:{each.start:.0f}", cells)
