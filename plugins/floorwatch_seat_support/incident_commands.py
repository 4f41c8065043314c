"""What a person does about a suspected incident: owns it, adds what is found out, closes it with a word on what it was.

Rules
- Without an incident under the cursor the oldest is meant that nobody owns; to close, the oldest of one's own.
- On a fault note, what the note is about is taken up, however few have noted it.
"""

from collections.abc import Iterator, Mapping, Sequence

from floorwatch.api import (
    Command,
    Field,
    FixedField,
    Happened,
    Known,
    NoteKind,
    Outcome,
    Prefilled,
    Request,
    TextField,
    Toast,
    _,
    events,
    spoken,
)
from floorwatch_seat_support.asked_before import key_of
from floorwatch_seat_support.clues import ClueKind
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.signs import key_from, kind_and_system, title_of
from floorwatch_seat_support.suspicion import Suspicion, suspicions

LONGEST = 10_000


def incident_commands(limits: Limits) -> Sequence[Command]:
    """All of them."""
    return (Owns(limits), AddsEvidence(limits), Closes(limits))


class _AboutIncident(Prefilled):
    """What all of them have: the limits by which something is suspected, and the incident that is meant."""

    rows: Sequence[str] = ("incident",)
    quick = True

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Which one it is."""
        meant = self._meant(request)
        return {} if meant is None else {"incident": meant.title}

    def _meant(self, request: Request, owner: str = "") -> Suspicion | None:
        known = suspicions(request.floor, self._limits)
        key, note = request.subject("incident"), request.subject("note")
        if key is not None:
            return next((each for each in known if each.key == key), None)
        if note is not None:
            return _of_note(request, note, known)
        return next((each for each in known if each.owner == owner), None)

    def _not_there(self, request: Request) -> Toast:
        """Why there is none."""
        incident = request.floor.support.incidents.get(request.subject("incident") or "")
        if incident is not None and incident.closed_at is not None:
            said = _("Closed by {who} already: {word}")
            return Toast(said.format(who=incident.closed_by, word=incident.word[:80]))
        return Toast(_("Nothing is suspected there now."))


class Owns(_AboutIncident):
    """See to it, or hand it to somebody: technical support, most often."""

    name = "own-incident"
    title = "Own an incident"

    @property
    def parameters(self) -> Sequence[Field]:
        """Which one, and who owns it from now on."""
        return (
            FixedField(name="incident", title=_("incident")),
            TextField(name="owner", title=_("owner"), known=Known.AUTHORS, longest=80),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Whoever writes; what is theirs already goes to somebody else."""
        meant = self._meant(request)
        is_mine = meant is not None and meant.is_taken and meant.owner == request.me
        return {**super().prefill(request), "owner": "" if is_mine else request.me}

    def run(self, request: Request) -> Iterator[Outcome]:
        """It has an owner."""
        meant, owner = self._meant(request), request.text("owner") or request.me
        if meant is None:
            yield self._not_there(request)
        elif meant.is_taken and meant.owner != request.me:
            yield Toast(_("{who} owns it already.").format(who=meant.owner))
        else:
            yield Happened(
                events.IncidentTaken(
                    request.floor.at,
                    incident=meant.key,
                    owner=owner,
                    title=meant.title,
                    seats=meant.seats,
                    since=meant.since,
                )
            )
            yield Toast(_("{title}: {who} owns it.").format(title=meant.title, who=owner))


class AddsEvidence(_AboutIncident):
    """What was seen or found out."""

    name = "add-evidence"
    title = "Add to an incident"

    @property
    def parameters(self) -> Sequence[Field]:
        """Which one, what is known, and perhaps one more seat."""
        return (
            FixedField(name="incident", title=_("incident")),
            TextField(name="text", title=_("what is known"), longest=LONGEST),
            TextField(name="seat", title=_("one more seat"), required=False, known=Known.SEATS, longest=80),
        )

    def run(self, request: Request) -> Iterator[Outcome]:
        """It stands with the others."""
        meant, seat = self._meant(request), request.text("seat")
        if meant is None:
            yield self._not_there(request)
            return
        yield Happened(
            events.EvidenceAdded(
                request.floor.at,
                incident=meant.key,
                text=request.text("text"),
                title=meant.title,
                seats=(*meant.seats, seat) if seat else meant.seats,
                since=meant.since,
            )
        )
        yield Toast(_("{title}: added.").format(title=meant.title))


class Closes(_AboutIncident):
    """It is repaired or replaced, or it was nothing."""

    name = "close-incident"
    title = "Close an incident"

    @property
    def parameters(self) -> Sequence[Field]:
        """Which one, and what it was: without a word on that none is closed."""
        return (
            FixedField(name="incident", title=_("incident")),
            TextField(name="word", title=_("what it was"), longest=LONGEST),
        )

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is over."""
        meant = self._meant(request, request.me)
        if meant is None:
            yield self._not_there(request)
            return
        closed = events.IncidentClosed(
            request.floor.at,
            incident=meant.key,
            word=request.text("word"),
            title=meant.title,
            seats=meant.seats,
            since=meant.since,
        )
        yield Happened(closed)
        took = spoken.duration(max(0.0, request.floor.at - meant.since))
        yield Toast(_("{title}: closed after {time}.").format(title=meant.title, time=took))

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Which one it is."""
        meant = self._meant(request, request.me)
        return {} if meant is None else {"incident": meant.title}


def _of_note(request: Request, key: str, known: Sequence[Suspicion]) -> Suspicion | None:
    """What a fault note is about: as it is suspected or taken up already, else from this note on."""
    note = request.floor.support.notes.get(key)
    if note is None or note.kind is not NoteKind.FAULT or not note.holds:
        return None
    about = (ClueKind.FAULT, key_of(note.tag))
    found = next((each for each in known if kind_and_system(each.key) == about), None)
    if found is not None:
        return found
    seats = (note.seat,) if note.seat else ()
    return Suspicion(key_from(*about, note.at), title_of(ClueKind.FAULT, note.tag.strip()), note.at, seats)
