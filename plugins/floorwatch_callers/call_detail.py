"""What Enter on a call opens: how it stands, what was done about it, and the caller's day.

Rules
- A call is looked for among those who wait, those on the line, and those that ended today, in this order.
- Visits of the same number are of the same caller; without a number, those of the same call.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from floorwatch.api import (
    Agent,
    Align,
    Cell,
    Column,
    FloorSnapshot,
    LostCaller,
    Notice,
    PastVisit,
    Row,
    Stack,
    Table,
    Talk,
    Tone,
    View,
    Waiting,
    _,
    spoken,
    wait_steps,
)
from floorwatch_callers.call_back import done_words, tried_words
from floorwatch_callers.caller import caller, calls_meant, is_meant
from floorwatch_callers.find import found_lost
from floorwatch_callers.left_how import left_words
from floorwatch_callers.waiting import still_to_wait, why_words

Facts = list[tuple[str, Cell]]

MOST_VISITS = 50


def call_detail(floor: FloorSnapshot, row_key: str) -> View:
    """Everything of the call with this key."""
    call = _call(floor, row_key)
    if call is None:
        return Notice(_("This call is no longer on the floor."))
    visits = list(islice(floor.past.visits_of(call.call, call.caller, floor.day_start), MOST_VISITS))
    lost = found_lost(floor, call)
    facts = [*_now(floor, call), *([] if lost is None else _done(floor, lost))]
    parts: list[View] = [
        Table.of_facts(facts, _("{queue}, {caller}").format(queue=call.queue, caller=caller(floor, call)))
    ]
    parts.append(_day(floor, visits))
    if agents := _agents(floor, call, visits):
        parts.append(_agents_table(agents))
    return Stack(tuple(parts))


def _call(floor: FloorSnapshot, row_key: str) -> Waiting | Talk | PastVisit | None:
    under_way: tuple[Waiting | Talk, ...] = (*floor.waiting.values(), *floor.talks.values())
    for call in under_way:
        if is_meant(call, row_key):
            return call
    lost = floor.lost
    callers = (*lost.to_call_back, *lost.called_back, *lost.got_through)
    lost_visits = (visit for each in callers for visit in reversed(each.visits) if is_meant(visit, row_key))
    answered = (visit for visit in _ended(floor, row_key) if is_meant(visit, row_key))
    return next(lost_visits, None) or next(answered, None)


def _ended(floor: FloorSnapshot, row_key: str) -> Iterator[PastVisit]:
    """What ended today of a call whose talk is over: another panel may list it."""
    for call in calls_meant(floor, row_key):
        yield from floor.past.visits_of(call, None, floor.day_start)


def _now(floor: FloorSnapshot, call: Waiting | Talk | PastVisit) -> Iterator[tuple[str, Cell]]:
    clock, zone = spoken.clock, floor.rules.days.zone
    match call:
        case Waiting():
            scope = floor.queues[call.queue]
            yield _("entered"), Cell(clock(call.entered_at, zone))
            if floor.is_stale(call):
                yield _("waits"), Cell(_("no end seen"), since=call.entered_at, tone=Tone.MUTED)
                return
            there = [each.order for each in scope.waiting if not floor.is_stale(each)]
            position = 1 + sum(order < call.order for order in there)
            yield _("waits"), Cell.age(call.entered_at, wait_steps(scope.target))
            yield _("position"), Cell(_("{n} of {all}").format(n=position, all=len(there)))
            yield _("still to wait"), still_to_wait(scope, position)
            if why := why_words(scope):
                yield _("agents"), Cell(why)
        case Talk():
            yield _("answered"), Cell(clock(call.since, zone))
            yield _("waited"), Cell(spoken.duration_or_nothing(call.wait_seconds))
            yield _("on the line"), Cell.age(call.since)
            if call.held_since is not None:
                yield _("on hold"), Cell.age(call.held_since)
        case PastVisit():
            yield _("entered"), Cell(clock(call.entered_at, zone))
            yield _("waited"), Cell(spoken.duration(call.wait_seconds))
            yield _("left"), Cell(clock(call.left_at, zone))
            yield _("how"), Cell(left_words(call.outcome))


def _done(floor: FloorSnapshot, lost: LostCaller) -> Iterator[tuple[str, Cell]]:
    """What has become of the caller since."""
    if lost.waits is not None:
        yield _("waits again"), Cell.age(lost.waits.entered_at, prefix=f"{lost.waits.queue} ")
    if (tried := tried_words(floor, lost)) and lost.tried is not None:
        yield _("called back"), Cell(tried)
        if lost.tried.word:
            yield _("word"), Cell(lost.tried.word)
    if lost.returned is not None or lost.answered is not None:
        yield _("done"), Cell(done_words(floor, lost))
    if lost.returned is not None and lost.returned.word:
        yield _("word"), Cell(lost.returned.word)


def _day(floor: FloorSnapshot, visits: Sequence[PastVisit]) -> Table:
    columns = (
        Column("at", _("at"), 5),
        Column("queue", _("queue"), 8, flex=1),
        Column("waited", _("waited"), 7, Align.RIGHT),
        Column("how", _("how"), 12, flex=2),
    )
    rows = tuple(_visit(floor, place, visit) for place, visit in enumerate(visits))
    return Table(columns, rows, _("The caller's first call today."), caption=_("Calls of today"), opens=False)


def _visit(floor: FloorSnapshot, place: int, visit: PastVisit) -> Row:
    answered = visit.agent is not None
    said = _("answered, {who}").format(who=_name(floor, visit.agent)) if visit.agent else left_words(visit.outcome)
    cells = (
        Cell(spoken.clock_minute(visit.entered_at, floor.rules.days.zone), Tone.MUTED, sort=visit.entered_at),
        Cell(visit.queue),
        Cell(spoken.duration(visit.wait_seconds), sort=visit.wait_seconds),
        Cell(said, Tone.CALM if answered else Tone.NOTICE),
    )
    return Row(f"visit:{place}", cells, about=f"agent:{visit.agent}" if answered else "")


def _name(floor: FloorSnapshot, agent: str) -> str:
    known = floor.agents.get(agent)
    return agent if known is None else known.name


def _agents(floor: FloorSnapshot, call: Waiting | Talk | PastVisit, visits: Sequence[PastVisit]) -> list[Agent]:
    """Whoever talks with the caller, or did today."""
    ids = [call.agent] if isinstance(call, Talk) else []
    ids += [visit.agent for visit in visits if visit.agent is not None]
    return [floor.agents[each] for each in dict.fromkeys(ids) if each in floor.agents]


def _agents_table(agents: Sequence[Agent]) -> Table:
    columns = (
        Column("state", "", 3, Align.CENTER),
        Column("age", _("for"), 7, Align.RIGHT),
        Column("name", _("agent"), 10, flex=2),
        Column("seat", _("seat"), 5),
    )
    rows = tuple(
        Row(
            f"agent:{each.id}",
            (
                Cell(spoken.STATE_LETTERS[each.state], badge=True),
                Cell.age(each.since),
                Cell(each.name),
                Cell(each.seat or ""),
            ),
        )
        for each in agents
    )
    return Table(columns, rows, caption=_("Who talked with them"), home="agents")
