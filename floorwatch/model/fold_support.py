"""How what people enter about support changes the floor: help, notes, visits, walks, incidents, call-backs, alerts.

Rules
- What holds for all entries is in `fold_entered`.
- A journal may be read before the lines of a feed, and the switch's clock may be ahead: what an entry says of a request
  that came by telephone waits for its line. However the two interleave, the floor comes to the same.
- Whoever notes something about an agent, or answers them, has visited them. A note that is withdrawn later leaves the
  visit; one that is undone does not.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from floorwatch.model import entered
from floorwatch.model.entered import Entered, NoteKind
from floorwatch.model.entities import Topic
from floorwatch.model.entry_log import Change
from floorwatch.model.fold_entered import (
    OF_A_FEED,
    WAITS,
    agent_of,
    done,
    entry_undone,
    key_of,
    kind_of,
    misfit,
    once,
    overtaken,
)
from floorwatch.model.live import Live
from floorwatch.model.support import (
    Acknowledgement,
    Evidence,
    Help,
    Incident,
    Note,
    Overtaken,
    Returned,
    Snooze,
    Visit,
    Walk,
)

Thing = TypeVar("Thing", Help, Note)


@once
def help_requested(live: Live, event: entered.HelpRequested, feed: str) -> frozenset[Topic]:
    """Somebody waits for help."""
    key = key_of(event, feed, event.agent)
    if live.support.get("helps", key) is not None:
        return misfit(live, feed, "entry doubled")
    agent = agent_of(live, event, event.agent, event.queue)
    seat = event.seat or _seat(live, agent)
    made = Help(key, agent, event.at, event.question, event.by, seat, event.queue, event.call)
    topics = done(live, event, live.support.put("helps", key, made))
    for early, journal in live.entries.take_early(key):
        topics |= _EARLY[type(early)](live, early, journal)
    return topics


@once
def help_taken(live: Live, event: entered.HelpTaken, feed: str) -> frozenset[Topic]:
    """Somebody goes."""

    def taken(each: Help) -> Help | Overtaken:
        if each.closed_at is not None:
            return _late(event, each.closed_by, each.closed_at)
        if each.taken_at is not None:
            return _late(event, each.taken_by, each.taken_at)
        return replace(each, taken_by=event.by, taken_at=event.at)

    return _changed(live, event, feed, "helps", event.help, taken)


@once
def help_released(live: Live, event: entered.HelpReleased, feed: str) -> frozenset[Topic]:
    """It is open again."""

    def released(each: Help) -> Help | Overtaken | str:
        if each.closed_at is not None:
            return _late(event, each.closed_by, each.closed_at)
        if each.taken_at is None:
            return "help released that nobody had taken"
        return replace(each, taken_by="", taken_at=None)

    return _changed(live, event, feed, "helps", event.help, released)


@once
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


@once
def help_withdrawn(live: Live, event: entered.HelpWithdrawn, feed: str) -> frozenset[Topic]:
    """Nobody waits for it any more; the word stands where the answer would."""

    def withdrawn(each: Help) -> Help | Overtaken:
        if each.closed_at is not None:
            return _late(event, each.closed_by, each.closed_at)
        return replace(each, answer=event.word, closed_by=event.by, closed_at=event.at, withdrawn=True)

    return _changed(live, event, feed, "helps", event.help, withdrawn)


@once
def note_taken(live: Live, event: entered.NoteTaken, feed: str) -> frozenset[Topic]:
    """A note stands."""
    return _note(live, event, feed, event.kind, event.tag, event.text)


@once
def fault_reported(live: Live, event: entered.FaultReported, feed: str) -> frozenset[Topic]:
    """A note of the kind fault stands."""
    return _note(live, event, feed, NoteKind.FAULT, event.system, event.symptom)


@once
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


@once
def note_withdrawn(live: Live, event: entered.NoteWithdrawn, feed: str) -> frozenset[Topic]:
    """The note no longer holds."""

    def withdrawn(note: Note) -> Note | Overtaken:
        if note.withdrawn_at is not None:
            return _late(event, note.withdrawn_by, note.withdrawn_at)
        return replace(note, withdrawn_at=event.at, withdrawn_by=event.by, word=event.word)

    return _changed(live, event, feed, "notes", event.note, withdrawn)


@once
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


@once
def seat_visited(live: Live, event: entered.SeatVisited, _feed: str) -> frozenset[Topic]:
    """Somebody was there."""
    agent = agent_of(live, event, event.agent)
    return done(live, event, _visit(live, event, agent, event.seat))


@once
def seat_passed(live: Live, event: entered.SeatPassed, feed: str) -> frozenset[Topic]:
    """The seat is left out of this person's walk."""
    walk: Walk | None = live.support.get("walks", event.by)
    if walk is None or not walk.is_open:
        return misfit(live, feed, "seat passed without a walk")
    passed = _joined(walk.passed, (agent_of(live, event, event.agent),))
    return done(live, event, live.support.put("walks", event.by, replace(walk, passed=passed)))


@once
def walk_began(live: Live, event: entered.WalkBegan, feed: str) -> frozenset[Topic]:
    """This person walks."""
    walk = Walk(key_of(event, feed, event.by), event.by, event.at, event.team)
    return done(live, event, live.support.put("walks", event.by, walk))


@once
def walk_ended(live: Live, event: entered.WalkEnded, feed: str) -> frozenset[Topic]:
    """The walk is over."""
    walk: Walk | None = live.support.get("walks", event.by)
    if walk is None or not walk.is_open:
        return misfit(live, feed, "walk ended without a walk")
    return done(live, event, live.support.put("walks", event.by, replace(walk, ended_at=event.at)))


@once
def incident_taken(live: Live, event: entered.IncidentTaken, _feed: str) -> frozenset[Topic]:
    """Somebody owns it; its owner may hand it on."""
    known: Incident | None = live.support.get("incidents", event.incident)
    if known is not None and known.closed_at is not None:
        return overtaken(live, event, known.closed_by, known.closed_at)
    if known is not None and known.owner and known.owner != event.by:
        return overtaken(live, event, known.owner, known.owned_at or known.since)
    made = _incident(known, event)
    owned_at = made.owned_at if made.owner == event.owner else event.at
    made = replace(made, owner=event.owner, owned_at=owned_at, seats=_joined(made.seats, event.seats))
    return done(live, event, live.support.put("incidents", event.incident, made))


@once
def evidence_added(live: Live, event: entered.EvidenceAdded, _feed: str) -> frozenset[Topic]:
    """More is known of it."""
    made = _incident(live.support.get("incidents", event.incident), event)
    evidence = (*made.evidence, Evidence(event.at, event.by, event.text))
    made = replace(made, evidence=evidence, seats=_joined(made.seats, event.seats))
    return done(live, event, live.support.put("incidents", event.incident, made))


@once
def incident_closed(live: Live, event: entered.IncidentClosed, _feed: str) -> frozenset[Topic]:
    """It is over; one that nobody had taken up, too."""
    known: Incident | None = live.support.get("incidents", event.incident)
    if known is not None and known.closed_at is not None:
        return overtaken(live, event, known.closed_by, known.closed_at)
    made = _incident(known, event)
    made = replace(
        made, closed_at=event.at, closed_by=event.by, word=event.word, seats=_joined(made.seats, event.seats)
    )
    return done(live, event, live.support.put("incidents", event.incident, made))


@once
def call_returned(live: Live, event: entered.CallReturned, _feed: str) -> frozenset[Topic]:
    """A caller was called back; whoever reached them first has it, and each try before that counts. The line of the
    visit may come later than the entry: nothing is asked of it."""
    known: Returned | None = live.support.get("returned", event.visit)
    if known is not None and known.reached:
        return overtaken(live, event, known.by, known.at)
    tries = 1 if known is None else known.tries + 1
    made = Returned(event.by, event.at, event.reached, event.word, tries)
    return done(live, event, live.support.put("returned", event.visit, made))


@once
def alert_acknowledged(live: Live, event: entered.AlertAcknowledged, _feed: str) -> frozenset[Topic]:
    """Somebody sees to it."""
    known: Acknowledgement | None = live.support.get("acknowledged", event.alert)
    if known is not None:
        return overtaken(live, event, known.owner, known.at)
    made = Acknowledgement(event.alert, event.owner, event.word, event.by, event.at)
    return done(live, event, live.support.put("acknowledged", event.alert, made))


@once
def alert_snoozed(live: Live, event: entered.AlertSnoozed, _feed: str) -> frozenset[Topic]:
    """It is not to be seen for a while."""
    made = Snooze(event.alert, event.until, event.by, event.at, event.tone)
    return done(live, event, live.support.put("snoozed", event.alert, made))


_EARLY: Mapping[type[Entered], Callable[[Live, Any, str], frozenset[Topic]]] = {
    entered.HelpTaken: help_taken,
    entered.HelpReleased: help_released,
    entered.HelpAnswered: help_answered,
    entered.HelpWithdrawn: help_withdrawn,
    entered.EntryUndone: entry_undone,
}
"""What may wait for the line of a request."""


def _note(
    live: Live, event: entered.NoteTaken | entered.FaultReported, feed: str, kind: NoteKind, tag: str, text: str
) -> frozenset[Topic]:
    key = key_of(event, feed, event.agent or event.seat or "")
    if live.support.get("notes", key) is not None:
        return misfit(live, feed, "entry doubled")
    agent = None if event.agent is None else agent_of(live, event, event.agent, event.queue)
    seat = event.seat or (None if agent is None else _seat(live, agent))
    made = Note(
        key, event.at, event.by, kind, agent, seat, event.state, event.queue, event.call, tag, text,
        event.follow_up, event.due_at if event.follow_up else None,
    )  # fmt: skip
    noted = live.support.put("notes", key, made)
    return done(live, event, noted) if agent is None else done(live, event, noted, _visit(live, event, agent, seat))


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
        live.entries.keep_for_later(key, event, feed)
        return WAITS
    if thing is None:
        return misfit(live, feed, "entry about nothing known")
    made = change(thing)
    if isinstance(made, str):
        return misfit(live, feed, made)
    if isinstance(made, Overtaken):
        return overtaken(live, event, made.by, made.at)
    changed = live.support.put(store, key, made)
    if is_visit:
        return done(live, event, changed, _visit(live, event, thing.agent, thing.seat))
    return done(live, event, changed)


def _visit(live: Live, event: Entered, agent: str, seat: str | None) -> Change:
    visit = Visit(agent, event.at, event.by, seat or _seat(live, agent))
    return live.support.put("visit_log", event.id or f"{agent}/{event.at:.3f}", visit)


def _incident(
    known: Incident | None, event: entered.IncidentTaken | entered.EvidenceAdded | entered.IncidentClosed
) -> Incident:
    """The incident so far; one that had no name has the first that it is given."""
    if known is None:
        return Incident(event.incident, event.title or event.incident, event.at if event.since is None else event.since)
    return replace(known, title=event.title) if event.title and known.title == known.key else known


def _joined(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def _seat(live: Live, agent: str) -> str | None:
    """The seat that the people file gives: never the one where the telephone system saw them last."""
    person = live.people.person(agent)
    return None if person is None else person.seat


def _late(event: Entered, by: str, at: float) -> Overtaken:
    return Overtaken(by, at, kind_of(event))
