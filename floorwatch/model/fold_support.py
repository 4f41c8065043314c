"""How what people enter changes the floor: help, notes, visits, walks, incidents, alerts seen to, and undoing.

Rules
- Of two who do the same the first in the journal has it; the second entry changes nothing and is `overtaken`.
- An entry about something that nobody knows is a misfit, counted; so is an entry that comes a second time.
- A journal may be read before the lines of a feed, and the switch's clock may be ahead: what an entry says of a request
  that came by telephone waits for its line. However the two interleave, the floor comes to the same.
- Whoever notes something about an agent, or answers them, has visited them. A note that is withdrawn later leaves the
  visit; one that is undone does not.
- Who an agent's word means is asked of the people file alone for an entry; of the floor only for a feed's own event,
  which has its place among that feed's lines.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from msgspec.structs import replace

from floorwatch.model import entered
from floorwatch.model.entered import Entered, NoteKind
from floorwatch.model.entities import Topic
from floorwatch.model.live import Live
from floorwatch.model.support import (
    Acknowledgement,
    Evidence,
    Help,
    Incident,
    Note,
    Overtaken,
    Snooze,
    Visit,
    Walk,
)
from floorwatch.model.support_book import Change, Done

OF_A_FEED = "/"
"""What the key of a request has that a feed brought, and no id of the journal."""

SUPPORT = frozenset({Topic.SUPPORT})
MISFIT = frozenset({Topic.SUPPORT, Topic.FEEDS})
Said = TypeVar("Said", bound=Entered)
Thing = TypeVar("Thing", Help, Note)


def _once(fold: Callable[[Live, Said, str], frozenset[Topic]]) -> Callable[[Live, Said, str], frozenset[Topic]]:
    """The fold, for which an entry that comes a second time is a misfit."""

    @wraps(fold)
    def folded(live: Live, event: Said, feed: str) -> frozenset[Topic]:
        return fold(live, event, feed) if live.support.is_new(event.id) else _misfit(live, feed, "entry doubled")

    return folded


@_once
def help_requested(live: Live, event: entered.HelpRequested, feed: str) -> frozenset[Topic]:
    """Somebody waits for help."""
    key = _key(event, feed, event.agent)
    if live.support.get("helps", key) is not None:
        return _misfit(live, feed, "entry doubled")
    agent = _agent(live, event, event.agent, event.queue)
    seat = event.seat or _seat(live, agent)
    made = Help(key, agent, event.at, event.question, event.by, seat, event.queue, event.call)
    topics = _done(live, event, live.support.put("helps", key, made))
    for early, journal in live.support.take_early(key):
        topics |= _EARLY[type(early)](live, early, journal)
    return topics


@_once
def help_taken(live: Live, event: entered.HelpTaken, feed: str) -> frozenset[Topic]:
    """Somebody goes."""

    def taken(each: Help) -> Help | Overtaken:
        if each.closed_at is not None:
            return _late(event, each.closed_by, each.closed_at)
        if each.taken_at is not None:
            return _late(event, each.taken_by, each.taken_at)
        return replace(each, taken_by=event.by, taken_at=event.at)

    return _changed(live, event, feed, "helps", event.help, taken)


@_once
def help_released(live: Live, event: entered.HelpReleased, feed: str) -> frozenset[Topic]:
    """It is open again."""

    def released(each: Help) -> Help | Overtaken | str:
        if each.closed_at is not None:
            return _late(event, each.closed_by, each.closed_at)
        if each.taken_at is None:
            return "help released that nobody had taken"
        return replace(each, taken_by="", taken_at=None)

    return _changed(live, event, feed, "helps", event.help, released)


@_once
def help_answered(live: Live, event: entered.HelpAnswered, feed: str) -> frozenset[Topic]:
    """It is answered, by whoever had it or another; they were with the agent."""

    def answered(each: Help) -> Help | Overtaken:
        if each.closed_at is not None:
            return _late(event, each.closed_by, each.closed_at)
        taken = (each.taken_by or event.by, event.at if each.taken_at is None else each.taken_at)
        return replace(
            each, taken_by=taken[0], taken_at=taken[1], answer=event.answer, closed_by=event.by, closed_at=event.at
        )

    return _changed(live, event, feed, "helps", event.help, answered, is_visit=True)


@_once
def help_withdrawn(live: Live, event: entered.HelpWithdrawn, feed: str) -> frozenset[Topic]:
    """Nobody waits for it any more; the word stands where the answer would."""

    def withdrawn(each: Help) -> Help | Overtaken:
        if each.closed_at is not None:
            return _late(event, each.closed_by, each.closed_at)
        return replace(each, answer=event.word, closed_by=event.by, closed_at=event.at, withdrawn=True)

    return _changed(live, event, feed, "helps", event.help, withdrawn)


@_once
def note_taken(live: Live, event: entered.NoteTaken, feed: str) -> frozenset[Topic]:
    """A note stands."""
    return _note(live, event, feed, event.kind, event.tag, event.text)


@_once
def fault_reported(live: Live, event: entered.FaultReported, feed: str) -> frozenset[Topic]:
    """A note of the kind fault stands."""
    return _note(live, event, feed, NoteKind.FAULT, event.system, event.symptom)


@_once
def note_amended(live: Live, event: entered.NoteAmended, feed: str) -> frozenset[Topic]:
    """The note says something else; a new follow-up is one that is still to be done, and none has no time."""

    def amended(note: Note) -> Note | Overtaken:
        if note.withdrawn_at is not None:
            return _late(event, note.withdrawn_by, note.withdrawn_at)
        given = {name: getattr(event, name) for name in ("kind", "tag", "text", "follow_up", "due_at")}
        said: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        follow_up = said.get("follow_up", note.follow_up)
        if follow_up != note.follow_up:
            said |= {"done_at": None, "done_by": "", "outcome": ""}
        if not follow_up:
            said["due_at"] = None
        return replace(note, **said, amended_at=event.at, amended_by=event.by)

    return _changed(live, event, feed, "notes", event.note, amended)


@_once
def note_withdrawn(live: Live, event: entered.NoteWithdrawn, feed: str) -> frozenset[Topic]:
    """The note no longer holds."""

    def withdrawn(note: Note) -> Note | Overtaken:
        if note.withdrawn_at is not None:
            return _late(event, note.withdrawn_by, note.withdrawn_at)
        return replace(note, withdrawn_at=event.at, withdrawn_by=event.by, word=event.word)

    return _changed(live, event, feed, "notes", event.note, withdrawn)


@_once
def follow_up_done(live: Live, event: entered.FollowUpDone, feed: str) -> frozenset[Topic]:
    """What was to be done is done."""

    def done(note: Note) -> Note | Overtaken | str:
        if note.withdrawn_at is not None:
            return _late(event, note.withdrawn_by, note.withdrawn_at)
        if note.done_at is not None:
            return _late(event, note.done_by, note.done_at)
        if not note.follow_up:
            return "follow-up done where there was none"
        return replace(note, done_at=event.at, done_by=event.by, outcome=event.outcome)

    return _changed(live, event, feed, "notes", event.note, done)


@_once
def seat_visited(live: Live, event: entered.SeatVisited, _feed: str) -> frozenset[Topic]:
    """Somebody was there."""
    agent = _agent(live, event, event.agent)
    return _done(live, event, visit=_visit(live, event, agent, event.seat))


@_once
def seat_passed(live: Live, event: entered.SeatPassed, feed: str) -> frozenset[Topic]:
    """The seat is left out of this person's walk."""
    walk: Walk | None = live.support.get("walks", event.by)
    if walk is None or not walk.is_open:
        return _misfit(live, feed, "seat passed without a walk")
    passed = _joined(walk.passed, (_agent(live, event, event.agent),))
    return _done(live, event, live.support.put("walks", event.by, replace(walk, passed=passed)))


@_once
def walk_began(live: Live, event: entered.WalkBegan, feed: str) -> frozenset[Topic]:
    """This person walks."""
    walk = Walk(_key(event, feed, event.by), event.by, event.at, event.team)
    return _done(live, event, live.support.put("walks", event.by, walk))


@_once
def walk_ended(live: Live, event: entered.WalkEnded, feed: str) -> frozenset[Topic]:
    """The walk is over."""
    walk: Walk | None = live.support.get("walks", event.by)
    if walk is None or not walk.is_open:
        return _misfit(live, feed, "walk ended without a walk")
    return _done(live, event, live.support.put("walks", event.by, replace(walk, ended_at=event.at)))


@_once
def incident_taken(live: Live, event: entered.IncidentTaken, _feed: str) -> frozenset[Topic]:
    """Somebody owns it; its owner may hand it on."""
    known: Incident | None = live.support.get("incidents", event.incident)
    if known is not None and known.closed_at is not None:
        return _overtaken(live, event, _late(event, known.closed_by, known.closed_at))
    if known is not None and known.owner and known.owner != event.by:
        return _overtaken(live, event, _late(event, known.owner, known.owned_at or known.since))
    made = _incident(known, event)
    owned_at = made.owned_at if made.owner == event.owner else event.at
    made = replace(made, owner=event.owner, owned_at=owned_at, seats=_joined(made.seats, event.seats))
    return _done(live, event, live.support.put("incidents", event.incident, made))


@_once
def evidence_added(live: Live, event: entered.EvidenceAdded, _feed: str) -> frozenset[Topic]:
    """More is known of it."""
    made = _incident(live.support.get("incidents", event.incident), event)
    evidence = (*made.evidence, Evidence(event.at, event.by, event.text))
    made = replace(made, evidence=evidence, seats=_joined(made.seats, event.seats))
    return _done(live, event, live.support.put("incidents", event.incident, made))


@_once
def incident_closed(live: Live, event: entered.IncidentClosed, _feed: str) -> frozenset[Topic]:
    """It is over; one that nobody had taken up, too."""
    known: Incident | None = live.support.get("incidents", event.incident)
    if known is not None and known.closed_at is not None:
        return _overtaken(live, event, _late(event, known.closed_by, known.closed_at))
    made = _incident(known, event)
    made = replace(
        made, closed_at=event.at, closed_by=event.by, word=event.word, seats=_joined(made.seats, event.seats)
    )
    return _done(live, event, live.support.put("incidents", event.incident, made))


@_once
def alert_acknowledged(live: Live, event: entered.AlertAcknowledged, _feed: str) -> frozenset[Topic]:
    """Somebody sees to it."""
    known: Acknowledgement | None = live.support.get("acknowledged", event.alert)
    if known is not None:
        return _overtaken(live, event, _late(event, known.owner, known.at))
    made = Acknowledgement(event.alert, event.owner, event.word, event.by, event.at)
    return _done(live, event, live.support.put("acknowledged", event.alert, made))


@_once
def alert_snoozed(live: Live, event: entered.AlertSnoozed, _feed: str) -> frozenset[Topic]:
    """It is not to be seen for a while."""
    made = Snooze(event.alert, event.until, event.by, event.at, event.tone)
    return _done(live, event, live.support.put("snoozed", event.alert, made))


@_once
def entry_undone(live: Live, event: entered.EntryUndone, feed: str) -> frozenset[Topic]:
    """What the entry changed stands as before."""
    done = live.support.what_was_done(event.entry)
    if done is not None and done.waits_for:
        live.support.keep_for_later(done.waits_for, event, feed)
        return SUPPORT
    if done is None or done.by != event.by:
        return _misfit(live, feed, "nothing to undo")
    if (gone_on := live.support.gone_on(event.entry)) is not None:
        return _overtaken(live, event, _late(event, *gone_on))
    live.support.take_back(event.entry)
    return SUPPORT


_EARLY: Mapping[type[Entered], Callable[[Live, Any, str], frozenset[Topic]]] = {
    entered.HelpTaken: help_taken,
    entered.HelpReleased: help_released,
    entered.HelpAnswered: help_answered,
    entered.HelpWithdrawn: help_withdrawn,
    entered.EntryUndone: entry_undone,
}
"""What may wait for the line of a request."""


@_once
def notes_purged(live: Live, event: entered.NotesPurged, _feed: str) -> frozenset[Topic]:
    """What is old and closed is gone."""
    live.support.forget_before(event.before)
    return SUPPORT


def _note(
    live: Live, event: entered.NoteTaken | entered.FaultReported, feed: str, kind: NoteKind, tag: str, text: str
) -> frozenset[Topic]:
    key = _key(event, feed, event.agent or event.seat or "")
    if live.support.get("notes", key) is not None:
        return _misfit(live, feed, "entry doubled")
    agent = None if event.agent is None else _agent(live, event, event.agent, event.queue)
    seat = event.seat or (None if agent is None else _seat(live, agent))
    made = Note(
        key, event.at, event.by, kind, agent, seat, event.state, event.queue, event.call, tag, text,
        event.follow_up, event.due_at if event.follow_up else None,
    )  # fmt: skip
    visit = None if agent is None else _visit(live, event, agent, seat)
    return _done(live, event, live.support.put("notes", key, made), visit=visit)


def _changed(  # noqa: PLR0913  # which thing, and what becomes of it
    live: Live,
    event: Entered,
    feed: str,
    store: str,
    key: str,
    change: Callable[[Thing], Thing | Overtaken | str],
    *,
    is_visit: bool = False,
) -> frozenset[Topic]:
    """Put what `change` makes of the thing in its place; a word of it is the kind of a misfit."""
    thing = live.support.get(store, key)
    if thing is None and store == "helps" and OF_A_FEED in key:
        live.support.keep_for_later(key, event, feed)
        return SUPPORT
    if thing is None:
        return _misfit(live, feed, "entry about nothing known")
    made = change(thing)
    if isinstance(made, str):
        return _misfit(live, feed, made)
    if isinstance(made, Overtaken):
        return _overtaken(live, event, made)
    visit = _visit(live, event, thing.agent, thing.seat) if is_visit else None
    return _done(live, event, live.support.put(store, key, made), visit=visit)


def _visit(live: Live, event: Entered, agent: str, seat: str | None) -> Visit:
    return Visit(agent, event.at, event.by, seat or _seat(live, agent))


def _incident(
    known: Incident | None, event: entered.IncidentTaken | entered.EvidenceAdded | entered.IncidentClosed
) -> Incident:
    """The incident so far; one that had no name has the first that it is given."""
    if known is None:
        return Incident(event.incident, event.title or event.incident, event.at if event.since is None else event.since)
    return replace(known, title=event.title) if event.title and known.title == known.key else known


def _joined(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def _agent(live: Live, event: Entered, word: str, queue: str | None = None) -> str:
    """The id of the agent. An entry has one already, which the people file may have made another since."""
    return live.people.id_of(word) or word if event.id else live.agent_id(word, queue)


def _seat(live: Live, agent: str) -> str | None:
    """The seat that the people file gives: never the one where the telephone system saw them last."""
    person = live.people.person(agent)
    return None if person is None else person.seat


def _key(event: Entered, feed: str, who: str) -> str:
    """The entry's id; of an event of a feed, which has none, what tells it from others."""
    return event.id or OF_A_FEED.join((feed, who, f"{event.at:.3f}"))


def _late(event: Entered, by: str, at: float) -> Overtaken:
    return Overtaken(by, at, _kind(event))


def _kind(event: Entered) -> str:
    return type(event).__name__


def _done(live: Live, event: Entered, *changes: Change, visit: Visit | None = None) -> frozenset[Topic]:
    live.support.done(event.id, Done(event.by, event.at, _kind(event), changes, visit))
    return SUPPORT


def _overtaken(live: Live, event: Entered, overtaken: Overtaken) -> frozenset[Topic]:
    live.support.overtake(event.id, overtaken)
    return SUPPORT


def _misfit(live: Live, feed: str, kind: str) -> frozenset[Topic]:
    live.misfit(feed, kind)
    return MISFIT
