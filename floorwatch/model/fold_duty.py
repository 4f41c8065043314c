"""How documents, and what people enter about attendance and rosters, change the floor.

Rules
- What holds for all entries is in `fold_entered`; what a document says never changes what was entered.
- An entry is held against other entries only, never against documents or calls: how they interleave cannot matter.
- The first tick of a kind has it. What was refused or withdrawn takes no more ticks, and what is filed is no longer
  refused: it can be withdrawn.
- Telling somebody of a change goes on from it: nobody undoes the change from under them.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias, TypeVar

from msgspec.structs import replace

from floorwatch.model import duty_events, entered_duty
from floorwatch.model.duty import Assignment, Excuse, HandMark, Leave, Swap, Tick, Ticked, Told
from floorwatch.model.duty_book import TOLD_OF
from floorwatch.model.entered import Entered
from floorwatch.model.entities import Topic
from floorwatch.model.fold_entered import agent_of, done, key_of, misfit, once, overtaken
from floorwatch.model.live import Live
from floorwatch.model.support import Overtaken

DUTY = frozenset({Topic.DUTY})
UNKNOWN = "entry about nothing known"
REQUESTS = ("leaves", "swaps")
WITHDRAWABLE = ("leaves", "swaps", "assignments", "marks", "excuses")

Request: TypeAlias = Leave | Swap
Thing = TypeVar("Thing", Leave, Swap, Assignment, HandMark, Excuse)


# --- documents -------------------------------------------------------------------------------------------------------


def document_read(live: Live, event: duty_events.DocumentRead, feed: str) -> frozenset[Topic]:
    """What the document says takes the place of what it said before."""
    live.duty.read(feed, event)
    return DUTY


def document_refused(live: Live, event: duty_events.DocumentRefused, feed: str) -> frozenset[Topic]:
    """There is a newer file, and it says nothing."""
    live.duty.refuse(feed, event)
    return DUTY


def document_gone(live: Live, event: duty_events.DocumentGone, feed: str) -> frozenset[Topic]:
    """What the document said no longer holds."""
    return DUTY if live.duty.gone(feed, event.document) else misfit(live, feed, "document gone that was never read")


# --- what people enter -----------------------------------------------------------------------------------------------


@once
def attendance_marked(live: Live, event: entered_duty.AttendanceMarked, feed: str) -> frozenset[Topic]:
    """Somebody came, left or is absent, by somebody's eyes."""
    key, agent = key_of(event, feed, event.agent), agent_of(live, event, event.agent)
    made = HandMark(key, agent, event.date, event.kind, event.moment, event.word, event.by, event.at)
    return _stands(live, event, feed, "marks", made, dates=(event.date,))


@once
def exception_excused(live: Live, event: entered_duty.ExceptionExcused, feed: str) -> frozenset[Topic]:
    """What was off the plan is excused."""
    key, agent = key_of(event, feed, event.agent), agent_of(live, event, event.agent)
    made = Excuse(
        key, agent, event.start, event.end, event.reason, event.word, event.proposal, event.by, event.at
    )  # fmt: skip
    return _stands(live, event, feed, "excuses", made, span=(event.start, event.end))


@once
def leave_requested(live: Live, event: entered_duty.LeaveRequested, feed: str) -> frozenset[Topic]:
    """Leave waits for its ticks."""
    key, agent = key_of(event, feed, event.agent), agent_of(live, event, event.agent)
    made = Leave(key, agent, event.start, event.end, event.kind, event.word, event.by, event.at)
    return _stands(live, event, feed, "leaves", made, span=(event.start, event.end))


@once
def swap_requested(live: Live, event: entered_duty.SwapRequested, feed: str) -> frozenset[Topic]:
    """A swap waits for its ticks."""
    key, agent, other = (
        key_of(event, feed, event.agent),
        *(agent_of(live, event, x) for x in (event.agent, event.other)),
    )
    made = Swap(key, agent, event.date, other, event.other_date, event.word, event.by, event.at)
    return _stands(live, event, feed, "swaps", made, dates=(event.date, event.other_date))


@once
def shift_assigned(live: Live, event: entered_duty.ShiftAssigned, feed: str) -> frozenset[Topic]:
    """Somebody has hours that the roster does not know of."""
    key, agent = key_of(event, feed, event.agent), agent_of(live, event, event.agent)
    instead_of = None if event.instead_of is None else agent_of(live, event, event.instead_of)
    made = Assignment(
        key, agent, event.date, event.start, event.end, event.activity, instead_of, event.queue, event.layer,
        event.word, event.by, event.at,
    )  # fmt: skip
    return _stands(live, event, feed, "assignments", made, dates=(event.date,), span=(event.start, event.end))


@once
def request_ticked(live: Live, event: entered_duty.RequestTicked, feed: str) -> frozenset[Topic]:
    """One more agrees."""

    def ticked(request: Request) -> Request | Overtaken | str:
        if event.tick is Tick.AGREED and isinstance(request, Leave):
            return "leave that another side agrees to"
        if (known := request.ticks.get(event.tick)) is not None:
            return Overtaken(known.by, known.at, "")
        return replace(request, ticks={**request.ticks, event.tick: Ticked(event.by, event.at, event.override)})

    return _changed(live, event, feed, event.request, ticked)


@once
def request_refused(live: Live, event: entered_duty.RequestRefused, feed: str) -> frozenset[Topic]:
    """It does not come to be."""

    def refused(request: Request) -> Request | Overtaken:
        if request.is_filed if isinstance(request, Leave) else request.holds:
            last = max(request.ticks.values(), key=lambda tick: tick.at)
            return Overtaken(last.by, last.at, "")
        return replace(request, refused=event.word, refused_by=event.by)

    return _changed(live, event, feed, event.request, refused)


@once
def agent_told(live: Live, event: entered_duty.AgentTold, feed: str) -> frozenset[Topic]:
    """A person knows of a change."""
    store = live.duty.store_of(event.about, TOLD_OF)
    if store is None:
        return misfit(live, feed, UNKNOWN)
    agent = agent_of(live, event, event.agent)
    known: Told | None = live.duty.get("told", (event.about, agent))
    if known is not None:
        return overtaken(live, event, known.by, known.at)
    told = live.duty.put("told", (event.about, agent), Told(event.about, agent, event.by, event.at))
    # An equal thing in the place of the thing: whoever entered it sees that somebody has gone on from it.
    gone_on = live.duty.put(store, event.about, replace(live.duty.get(store, event.about)))
    return done(live, event, told, gone_on)


@once
def duty_withdrawn(live: Live, event: entered_duty.DutyWithdrawn, feed: str) -> frozenset[Topic]:
    """It no longer holds."""
    store = live.duty.store_of(event.entry, WITHDRAWABLE)
    if store is None:
        return misfit(live, feed, UNKNOWN)
    thing = live.duty.get(store, event.entry)
    if is_closed(thing):
        return overtaken(live, event, *_closed_by(live, store, event.entry, event))
    return done(live, event, live.duty.put(store, event.entry, replace(thing, withdrawn=True)))


def is_closed(thing: Leave | Swap | Assignment | HandMark | Excuse) -> bool:
    """Whether it was withdrawn or refused."""
    return thing.withdrawn or (isinstance(thing, Leave | Swap) and thing.refused is not None)


def _stands(  # noqa: PLR0913  # which thing, and what must be right about it
    live: Live,
    event: Entered,
    feed: str,
    store: str,
    made: Thing,
    *,
    dates: tuple[str, ...] = (),
    span: tuple[float, float] = (0.0, 1.0),
) -> frozenset[Topic]:
    """Put what was made in its place, unless its dates are none or it ends before it begins."""
    if live.duty.get(store, made.id) is not None:
        return misfit(live, feed, "entry doubled")
    if not all(map(_is_date, dates)):
        return misfit(live, feed, "entry of no date")
    if span[1] <= span[0]:
        return misfit(live, feed, "entry that ends before it begins")
    return done(live, event, live.duty.put(store, made.id, made))


def _changed(
    live: Live, event: Entered, feed: str, key: str, change: Callable[[Request], Request | Overtaken | str]
) -> frozenset[Topic]:
    """Put what `change` makes of the request in its place, as long as it is open; a word is the kind of a misfit."""
    store = live.duty.store_of(key, REQUESTS)
    if store is None:
        return misfit(live, feed, UNKNOWN)
    request = live.duty.get(store, key)
    if is_closed(request):
        return overtaken(live, event, *_closed_by(live, store, key, event))
    made = change(request)
    if isinstance(made, str):
        return misfit(live, feed, made)
    if isinstance(made, Overtaken):
        return overtaken(live, event, made.by, made.at)
    return done(live, event, live.duty.put(store, key, made))


def _closed_by(live: Live, store: str, key: str, event: Entered) -> tuple[str, float]:
    """Who refused or withdrew it, and when; what is no longer remembered is nobody, and by now."""
    closing = live.entries.last_at(
        store, key, lambda change: change.before is not None and not is_closed(change.before)
    )
    return closing or ("", event.at)


def _is_date(word: str) -> bool:
    try:
        return date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False
