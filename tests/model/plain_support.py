"""Seat support folded slowly and plainly: everything is made anew from the entries that hold, every time it is asked.

Rules
- An entry holds unless it was a misfit, came too late, or was undone: then it is as if it had never been made.
- Whoever was first is found by looking through the entries; nothing is remembered beside them.
"""

from collections import Counter
from typing import Any

from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.events import Entered
from floorwatch.model.support import (
    Acknowledgement,
    Evidence,
    Help,
    Incident,
    Note,
    Returned,
    Snooze,
    Support,
    Visit,
    Walk,
)

Subject = tuple[str, Any]

SUBJECTS: dict[type[Entered], Subject] = {
    **dict.fromkeys((ev.HelpTaken, ev.HelpReleased, ev.HelpAnswered, ev.HelpWithdrawn), ("helps", "help")),
    **dict.fromkeys((ev.NoteAmended, ev.NoteWithdrawn, ev.FollowUpDone), ("notes", "note")),
    **dict.fromkeys((ev.SeatPassed, ev.WalkBegan, ev.WalkEnded), ("walks", "by")),
    **dict.fromkeys((ev.IncidentTaken, ev.EvidenceAdded, ev.IncidentClosed), ("incidents", "incident")),
    ev.CallReturned: ("returned", "visit"),
    ev.AlertAcknowledged: ("acknowledged", "alert"),
    ev.AlertSnoozed: ("snoozed", "alert"),
}
"""Where the thing stands that an entry is about, and which field names it."""


class PlainSupport:
    """The entries that hold, and what came of the others."""

    def __init__(self) -> None:
        self.holding: list[Entered] = []
        self.overtaken: dict[str, str] = {}
        self.misfits: Counter[str] = Counter()
        self._seen: set[str] = set()

    def apply(self, event: Entered) -> None:
        """Fold one more. A feed's own events (without an id) are told from each other by who and when."""
        if event.id and event.id in self._seen:
            self.misfits["entry doubled"] += 1
            return
        self._seen.add(event.id)
        if isinstance(event, ev.EntryUndone):
            self._undo(event)
            return
        verdict = self._verdict(event)
        if isinstance(verdict, str):
            self.misfits[verdict] += 1
        elif verdict:
            self.overtaken[event.id] = verdict[0]
        else:
            self.holding.append(event)

    def support(self) -> Support:
        """What they come to."""
        stores: dict[str, Any] = {name: {} for name in Support.__struct_fields__}
        for event in self.holding:
            _happen(stores, event)
        stores["open_helps"] = {key: each for key, each in stores["helps"].items() if each.is_open}
        stores["follow_ups"] = {key: each for key, each in stores["notes"].items() if each.is_open}
        stores["visit_log"] = self._visits(stores["helps"])
        for visit in stores["visit_log"].values():
            known = stores["visits"].get(visit.agent)
            if known is None or known.at <= visit.at:
                stores["visits"][visit.agent] = visit
        return Support(**stores)

    def _undo(self, event: ev.EntryUndone) -> None:
        meant = [each for each in self.holding if each.id and (each.id, each.by) == (event.entry, event.by)]
        if not meant:
            self.misfits["nothing to undo"] += 1
            return
        later = self.holding[self.holding.index(meant[0]) + 1 :]
        gone_on = [each for each in later if subject(each) and subject(each) == subject(meant[0])]
        if gone_on:
            self.overtaken[event.id] = gone_on[-1].by
        else:
            self.holding.remove(meant[0])

    def _verdict(self, event: Entered) -> str | tuple[str, ...]:
        """The kind of a misfit, whoever was first, or nothing."""
        now = self.support()
        match event:
            case ev.HelpRequested() | ev.NoteTaken() | ev.FaultReported():
                store, key = subject(event) or ("", "")
                return "entry doubled" if key in getattr(now, store) else ()
            case ev.HelpTaken() | ev.HelpReleased() | ev.HelpAnswered() | ev.HelpWithdrawn():
                return _of_help(now.helps.get(event.help), event)
            case ev.NoteAmended() | ev.NoteWithdrawn() | ev.FollowUpDone():
                return _of_note(now.notes.get(event.note), event)
            case ev.SeatPassed() | ev.WalkEnded():
                walk = now.walks.get(event.by)
                kind = "seat passed" if isinstance(event, ev.SeatPassed) else "walk ended"
                return () if walk and walk.is_open else f"{kind} without a walk"
            case ev.IncidentTaken() | ev.IncidentClosed():
                return _of_incident(now.incidents.get(event.incident), event)
            case ev.CallReturned(visit=visit):
                returned = now.returned.get(visit)
                return (returned.by,) if returned and returned.reached else ()
            case ev.AlertAcknowledged():
                known = now.acknowledged.get(event.alert)
                return (known.owner,) if known else ()
            case _:
                return ()

    def _visits(self, helps: dict[str, Help]) -> dict[str, Visit]:
        found: dict[str, Visit] = {}
        for event in self.holding:
            visit = None
            match event:
                case ev.SeatVisited() | ev.NoteTaken() | ev.FaultReported() if event.agent is not None:
                    visit = Visit(event.agent, event.at, event.by, event.seat)
                case ev.HelpAnswered():
                    help_ = helps[event.help]
                    visit = Visit(help_.agent, event.at, event.by, help_.seat)
                case _:
                    pass
            if visit:
                found[event.id or f"{visit.agent}/{visit.at:.3f}"] = visit
        return found


def subject(event: Entered) -> Subject | None:
    """What it changes; None where nobody can be in its way."""
    if isinstance(event, ev.HelpRequested):
        return "helps", event.id or f"journal/{event.agent}/{event.at:.3f}"
    if isinstance(event, ev.NoteTaken | ev.FaultReported):
        return "notes", event.id or f"journal/{event.agent or event.seat or ''}/{event.at:.3f}"
    found = SUBJECTS.get(type(event))
    return None if found is None else (found[0], getattr(event, found[1]))


def _of_help(known: Help | None, event: Entered) -> str | tuple[str, ...]:
    if known is None:
        return "entry about nothing known"
    if known.closed_at is not None:
        return (known.closed_by,)
    if isinstance(event, ev.HelpReleased) and known.taken_at is None:
        return "help released that nobody had taken"
    return (known.taken_by,) if isinstance(event, ev.HelpTaken) and known.taken_at is not None else ()


def _of_note(known: Note | None, event: Entered) -> str | tuple[str, ...]:
    if known is None:
        return "entry about nothing known"
    if known.withdrawn_at is not None:
        return (known.withdrawn_by,)
    if isinstance(event, ev.FollowUpDone) and known.done_at is not None:
        return (known.done_by,)
    return "follow-up done where there was none" if isinstance(event, ev.FollowUpDone) and not known.follow_up else ()


def _of_incident(known: Incident | None, event: Entered) -> tuple[str, ...]:
    if known is None:
        return ()
    if known.closed_at is not None:
        return (known.closed_by,)
    return (known.owner,) if isinstance(event, ev.IncidentTaken) and known.owner not in ("", event.by) else ()


def _happen(stores: dict[str, dict[str, Any]], event: Entered) -> None:
    store, key = subject(event) or ("", "")
    things = stores.get(store, {})
    known = things.get(key)
    match event:
        case ev.HelpRequested(at=at, agent=agent):
            things[key] = Help(key, agent, at, event.question, event.by, event.seat, event.queue, event.call)
        case ev.NoteTaken() | ev.FaultReported():
            things[key] = _note(key, event)
        case ev.WalkBegan():
            things[key] = Walk(event.id or f"journal/{event.by}/{event.at:.3f}", event.by, event.at, event.team)
        case ev.CallReturned():
            tries = known.tries + 1 if known else 1
            things[key] = Returned(event.by, event.at, event.reached, event.word, tries)
        case ev.AlertAcknowledged():
            things[key] = Acknowledgement(event.alert, event.owner, event.word, event.by, event.at)
        case ev.AlertSnoozed():
            things[key] = Snooze(event.alert, event.until, event.by, event.at, event.tone)
        case ev.IncidentTaken() | ev.EvidenceAdded() | ev.IncidentClosed():
            things[key] = _incident(known, event)
        case ev.SeatVisited():
            pass
        case _:
            things[key] = replace(things[key], **_changes(things[key], event))


def _note(key: str, event: ev.NoteTaken | ev.FaultReported) -> Note:
    if isinstance(event, ev.FaultReported):
        said = (ev.NoteKind.FAULT, event.system, event.symptom)
    else:
        said = (event.kind, event.tag, event.text)
    due_at = event.due_at if event.follow_up else None
    seen = (event.agent, event.seat, event.state, event.queue, event.call)
    return Note(key, event.at, event.by, said[0], *seen, said[1], said[2], event.follow_up, due_at)


def _incident(known: Incident | None, event: ev.IncidentTaken | ev.EvidenceAdded | ev.IncidentClosed) -> Incident:
    now = known or Incident(event.incident, event.incident, event.at if event.since is None else event.since)
    title = event.title if event.title and now.title == now.key else now.title
    now = replace(now, title=title, seats=tuple(dict.fromkeys(now.seats + event.seats)))
    if isinstance(event, ev.EvidenceAdded):
        return replace(now, evidence=(*now.evidence, Evidence(event.at, event.by, event.text)))
    if isinstance(event, ev.IncidentClosed):
        return replace(now, closed_at=event.at, closed_by=event.by, word=event.word)
    return replace(now, owner=event.owner, owned_at=now.owned_at if now.owner == event.owner else event.at)


def _changes(known: Any, event: Entered) -> dict[str, Any]:
    match event:
        case ev.SeatPassed():
            return {"passed": tuple(dict.fromkeys((*known.passed, event.agent)))}
        case ev.WalkEnded():
            return {"ended_at": event.at}
        case ev.NoteAmended():
            return _amendment(known, event)
        case ev.NoteWithdrawn():
            return {"withdrawn_at": event.at, "withdrawn_by": event.by, "word": event.word}
        case ev.FollowUpDone():
            return {"done_at": event.at, "done_by": event.by, "outcome": event.outcome}
        case _:
            return _help_changes(known, event)


def _help_changes(known: Help, event: Entered) -> dict[str, Any]:
    match event:
        case ev.HelpTaken():
            return {"taken_by": event.by, "taken_at": event.at}
        case ev.HelpReleased():
            return {"taken_by": "", "taken_at": None}
        case ev.HelpAnswered():
            taken_at = event.at if known.taken_at is None else known.taken_at
            taken = {"taken_by": known.taken_by or event.by, "taken_at": taken_at}
            return {**taken, "answer": event.answer, "closed_by": event.by, "closed_at": event.at}
        case ev.HelpWithdrawn():
            return {"answer": event.word, "closed_by": event.by, "closed_at": event.at, "withdrawn": True}
        case _:
            raise AssertionError(event)


def _amendment(known: Note, event: ev.NoteAmended) -> dict[str, Any]:
    given = {name: getattr(event, name) for name in ("kind", "tag", "text", "follow_up", "due_at")}
    said: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    follow_up = said.get("follow_up", known.follow_up)
    if follow_up != known.follow_up:
        said |= {"done_at": None, "done_by": "", "outcome": ""}
    if not follow_up:
        said["due_at"] = None
    return {**said, "amended_at": event.at, "amended_by": event.by}
