"""Who waits: over all queues whoever has waited longest first, and why that is.

Rules
- Position is the place in the caller's own queue; what they have still to wait is an estimate from there.
- A caller without an end for longer than the stale limit is a fault of the feed: muted, last, and in nobody's way.
- Why is said in what the feed can tell: nothing where it does not tell who is signed in.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from floorwatch.api import (
    AgentState,
    Align,
    Cell,
    Column,
    Explain,
    Fact,
    FloorSnapshot,
    Line,
    Row,
    RowKind,
    Scope,
    Table,
    Text,
    Tone,
    Waiting,
    _,
    _n,
    spoken,
    wait_ahead,
    wait_steps,
)
from floorwatch_callers.caller import caller, in_focus, key_of, number_words


class Place(Struct, frozen=True):
    """A caller at their position in the queue, from 1; a stale one has that of whoever came next."""

    visit: Waiting
    position: int
    is_stale: bool


def places_of(floor: FloorSnapshot) -> Sequence[Place]:
    """Everybody who waits in what is in focus, the longest wait first, stale ones last."""
    return sorted(_everybody(floor), key=lambda place: (place.is_stale, place.visit.entered_at, place.visit.order))


def longest_line(floor: FloorSnapshot, places: Sequence[Place]) -> Text | None:
    """Who waits longest and why, in one line; where nobody waits, what the agents do, so that what stands below keeps
    its place. None where nobody waits and no feed tells of agents."""
    if not places or places[0].is_stale:
        why = why_words(floor.scope("shown", floor.shown_queues))
        return Text((Line((Cell(why, Tone.CALM),)),)) if why else None
    visit = places[0].visit
    pieces = [
        Cell(_("longest: {queue}").format(queue=visit.queue)),
        Cell.age(visit.entered_at, wait_steps(floor.rules.target(visit.queue)), prefix="  "),
    ]
    if why := why_words(floor.queues[visit.queue]):
        pieces.append(Cell(f"  {why}", Tone.CALM))
    return Text((Line(tuple(pieces)),))


def why_words(scope: Scope) -> str:
    """What the agents of the queue do while callers wait: "0 free, 12 talking, 3 paused"; "" where nobody knows."""
    if Fact.MEMBERS not in scope.floor.gives:
        return ""
    count = {state: number or 0 for state, number in scope.agents_by_state.items()}
    if not scope.staffed and not count[AgentState.PAUSED] and not count[AgentState.FAULT]:
        return _("nobody is signed in")
    talking = count[AgentState.ON_CALL] + count[AgentState.ON_HOLD]
    said = [
        _n("{n} free", "{n} free", count[AgentState.AVAILABLE]).format(n=count[AgentState.AVAILABLE]),
        *(
            words.format(n=number)
            for words, number in (
                (_("{n} ringing"), count[AgentState.RINGING]),
                (_("{n} talking"), talking),
                (_("{n} in wrap-up"), count[AgentState.WRAP_UP]),
                (_("{n} paused"), count[AgentState.PAUSED]),
                (_("{n} out of order"), count[AgentState.FAULT]),
            )
            if number
        ),
    ]
    return ", ".join(said)


def waiting_table(floor: FloorSnapshot, places: Sequence[Place], most: int) -> Table:
    """A row a caller."""
    rows = [_row(floor, place) for place in places[:most]]
    if len(places) > most:
        rows.append(more_row(_columns(), len(places) - most))
    caption = _("Waiting: {n}").format(n=len(places)) if places else _("Waiting")
    return Table(_columns(), tuple(rows), empty=_("No one is waiting."), caption=caption)


def more_row(columns: Sequence[Column], number: int) -> Row:
    """The last row of a list that is longer than what is shown: what it says stands under the callers."""
    said = Cell(_n("and {n} more", "and {n} more", number).format(n=number), Tone.MUTED)
    return Row("more:", tuple(said if each.key == "caller" else Cell() for each in columns), kind=RowKind.TOTAL)


def still_to_wait(scope: Scope, position: int) -> Cell:
    """What whoever is at this position has still to wait, as an estimate."""
    seconds = wait_ahead(scope, position)
    return Cell(spoken.estimate(seconds), Tone.MUTED, sort=seconds, explain=Explain("expected-wait", scope.queues))


def _everybody(floor: FloorSnapshot) -> Iterator[Place]:
    for queue, visits in floor.waiting_by_queue.items():
        if in_focus(floor, queue):
            position = 1
            for visit in visits:
                is_stale = floor.is_stale(visit)
                yield Place(visit, position, is_stale)
                position += not is_stale


def _columns() -> tuple[Column, ...]:
    right = Align.RIGHT
    return (
        Column("queue", _("queue"), 8, flex=1, about=_("in which the caller waits; Enter shows the caller's day")),
        Column("caller", _("caller"), 10, flex=1, about=number_words()),
        Column("position", "#", 3, right, about=_("place in its own queue")),
        Column("waited", _("waited"), 7, right, about=_("since the call came into this queue")),
        Column("still", _("still"), 6, right, drop=1, about=_("an estimate of what is left to wait")),
    )


def _row(floor: FloorSnapshot, place: Place) -> Row:
    visit = place.visit
    steps = () if place.is_stale else wait_steps(floor.rules.target(visit.queue))
    said = caller(floor, visit)
    cells = (
        Cell(visit.queue),
        Cell(_("{number}, no end seen").format(number=said) if place.is_stale else said),
        Cell("" if place.is_stale else str(place.position), Tone.MUTED, sort=place.position),
        Cell.age(visit.entered_at, steps),
        Cell() if place.is_stale else still_to_wait(floor.queues[visit.queue], place.position),
    )
    return Row(key_of(visit), cells, Tone.MUTED if place.is_stale else Tone.CALM)
