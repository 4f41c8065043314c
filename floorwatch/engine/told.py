"""What somebody is told of an entry that came too late, or that was undone: who was first, and what stands as before.

Rules
- Who was first is said by name, with the time on the floor's own clock; whoever was first themselves is told that.
"""

from collections.abc import Callable, Mapping
from datetime import tzinfo

from floorwatch.engine.known import Names
from floorwatch.engine.told_duty import THINGS, first_at_duty, undone_duty
from floorwatch.model.entered import (
    AlertAcknowledged,
    CallReturned,
    EntryUndone,
    FollowUpDone,
    HelpAnswered,
    HelpReleased,
    HelpTaken,
    HelpWithdrawn,
    IncidentClosed,
    IncidentTaken,
    NoteAmended,
    NoteWithdrawn,
)
from floorwatch.model.entered_duty import AgentTold, DutyWithdrawn, RequestRefused, RequestTicked
from floorwatch.model.entry_log import Done
from floorwatch.model.event import Event
from floorwatch.model.floor import Floor
from floorwatch.model.support import Help, Incident, Note, Overtaken, Visit
from floorwatch.spoken import clock_minute
from floorwatch.words import _


def too_late(event: Event, overtaken: Overtaken, floor: Floor, me: str, zone: tzinfo) -> str:
    """Who did before what `event` says; `floor` is as of now."""
    mine, theirs = _first(event, floor)
    who = overtaken.by or _("Somebody")
    return mine if overtaken.by == me else theirs.format(who=who, time=clock_minute(overtaken.at, zone))


def _first(event: Event, floor: Floor) -> tuple[str, str]:
    """What is said to whoever was first themselves, and to others."""
    if isinstance(event, RequestTicked | RequestRefused | DutyWithdrawn | AgentTold):
        return first_at_duty(event, floor.duty)
    support = floor.support
    match event:
        case HelpTaken(help=key) | HelpReleased(help=key) | HelpAnswered(help=key) | HelpWithdrawn(help=key):
            return _first_at_help(support.helps.get(key))
        case IncidentTaken(incident=key) | IncidentClosed(incident=key):
            return _first_at_incident(support.incidents.get(key))
        case FollowUpDone(note=key):
            return _first_at_follow_up(support.notes.get(key))
        case _:
            return _WHATEVER_STANDS.get(type(event), _first_somehow)()


def _has_it() -> tuple[str, str]:
    return _("You have it already."), _("{who} has it already, since {time}.")


def _withdrawn() -> tuple[str, str]:
    return _("You have withdrawn it already."), _("{who} has withdrawn it already, at {time}.")


def _gone_on() -> tuple[str, str]:
    return (
        _("You have gone on from it: it can no longer be undone."),
        _("{who} has gone on from it, at {time}: it can no longer be undone."),
    )


def _called_back() -> tuple[str, str]:
    return _("You have reached them already."), _("{who} has reached them already, at {time}.")


def _first_somehow() -> tuple[str, str]:
    return _("You were first yourself."), _("{who} was first, at {time}.")


_WHATEVER_STANDS: Mapping[type[Event], Callable[[], tuple[str, str]]] = {
    AlertAcknowledged: _has_it,
    CallReturned: _called_back,
    NoteAmended: _withdrawn,
    NoteWithdrawn: _withdrawn,
    EntryUndone: _gone_on,
}
"""Of which the words are the same whatever stands there now."""


def _first_at_help(known: Help | None) -> tuple[str, str]:
    if known is None or known.is_open:
        return _has_it()
    if known.withdrawn:
        return _withdrawn()
    return _("You have answered it already."), _("{who} has answered it already, at {time}.")


def _first_at_incident(known: Incident | None) -> tuple[str, str]:
    if known is None or known.is_open:
        return _has_it()
    return _("You have closed it already."), _("{who} has closed it already, at {time}.")


def _first_at_follow_up(known: Note | None) -> tuple[str, str]:
    if known is not None and not known.holds:
        return _withdrawn()
    return _("You have done it already."), _("{who} has done it already, at {time}.")


def undone(done: Done, names: Names) -> str:
    """What stands as it did before the entry."""
    about = done.changes[0].after if done.changes else None
    title = about.title if isinstance(about, Incident) else ""
    if done.waits_for:
        return _("Undone: your last entry.")
    return _undone(done.what).format(whom=_whom(about, names), title=title)


def _undone(what: str) -> str:
    """The sentence for the event of this name; `{whom}` and `{title}` are to be filled in."""
    sentences = {
        "HelpRequested": _("Undone: help request of {whom}."),
        "HelpTaken": _("Undone: you go to help {whom}. The request is open again."),
        "HelpReleased": _("Undone: you gave the request of {whom} back. You have it again."),
        "HelpAnswered": _("Undone: answer to {whom}. The request is open again."),
        "HelpWithdrawn": _("Undone: withdrawal of the request of {whom}. It is open again."),
        "NoteTaken": _("Undone: note for {whom}."),
        "FaultReported": _("Undone: fault at {whom}."),
        "NoteAmended": _("Undone: what you changed in the note for {whom}."),
        "NoteWithdrawn": _("Undone: withdrawal of the note for {whom}. It stands again."),
        "FollowUpDone": _("Undone: what was done about {whom}. It is to be done again."),
        "SeatVisited": _("Undone: visit to {whom}."),
        "SeatPassed": _("Undone: a seat left out of your walk."),
        "WalkBegan": _("Undone: the beginning of your walk."),
        "WalkEnded": _("Undone: the end of your walk. It goes on."),
        "IncidentTaken": _("Undone: who owns {title}."),
        "EvidenceAdded": _("Undone: what you added to {title}."),
        "IncidentClosed": _("Undone: closing of {title}. It is open again."),
        "CallReturned": _("Undone: call-back. It stands as it did before."),
        "AlertAcknowledged": _("Undone: acknowledgement of an alert."),
        "AlertSnoozed": _("Undone: snooze of an alert."),
    }
    return sentences.get(what) or undone_duty(what) or _("Undone: your last entry.")


def _whom(about: object, names: Names) -> str:
    """Seat and name, as people say them."""
    if isinstance(about, THINGS):
        return _name(about.agent, names)
    if not isinstance(about, Help | Note | Visit):
        return ""
    name = None if about.agent is None else _name(about.agent, names)
    return " ".join(filter(None, (about.seat, name))) or _("the floor")


def _name(agent: str, names: Names) -> str:
    known = names.agents_called(agent)
    return known[0].name if known else agent
