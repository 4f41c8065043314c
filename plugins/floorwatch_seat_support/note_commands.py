"""What a person does about notes: takes one, amends it, withdraws it, says that the follow-up is done.

Rules
- `note` needs a person and a kind, nothing else: three keys from any row, two for praise.
- A seat where nobody sits has a command of its own: a note that names nobody is never taken by mistake.
- A row of an agent stands for the newest note about them that the command can act on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from floorwatch.api import (
    Command,
    Field,
    FixedField,
    FloorSnapshot,
    Happened,
    Known,
    Note,
    NoteKind,
    Outcome,
    Prefilled,
    Request,
    TextField,
    Toast,
    Tone,
    _,
    events,
)
from floorwatch_seat_support.kinds import kind_title
from floorwatch_seat_support.note_form import (
    LONGEST_TEXT,
    event_about,
    follow_up_of,
    frozen,
    kind_and_words,
    note_event,
    note_fields,
)
from floorwatch_seat_support.note_rows import said_in, subject_of
from floorwatch_seat_support.subject import Subject, subject_under_cursor
from floorwatch_seat_support.who import who_in_full

LONGEST_SHOWN = 200
"""Characters of a note that stand fixed in a form."""

RECENT_SECONDS = 7 * 86_400.0
"""So far back an agent's newest note is looked for."""


class TakesNote(Prefilled):
    """A note about whoever the row is about."""

    name = "note"
    title = "Note"
    key = "n"
    rows = ("agent", "call", "pause", "help", "note", "incident", "alert")
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Kind, words, follow-up; who, where and on which call stand fixed."""
        return note_fields()

    def prefill(self, request: Request) -> Mapping[str, str]:
        """What is true of them at this moment."""
        subject = subject_under_cursor(request)
        return {} if subject is None else frozen(request.floor, subject)

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is noted."""
        yield Happened(note_event(request))
        yield Toast(_noted(request, who_in_full(request.floor, request.text("agent"))))


class TakesSeatNote(Prefilled):
    """A note about a seat, whoever sits there."""

    name = "note-seat"
    title = "Note about a seat"
    rows = ("seat",)
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """The seat, and what is to be said of it."""
        return (
            TextField(name="seat", title=_("seat"), known=Known.SEATS, longest=60),
            *kind_and_words(sending=False, of_somebody=False),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The seat of the row, and a fault: what is mostly said of seats."""
        return {"seat": request.subject("seat") or "", "kind": NoteKind.FAULT.value}

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is noted, about nobody."""
        seat = request.text("seat")
        yield Happened(event_about(request, Subject("", seat)))
        yield Toast(_noted(request, seat))


class AmendsNote(Prefilled):
    """A note says something else."""

    name = "amend-note"
    title = "Amend a note"
    rows = ("note", "agent")

    @property
    def parameters(self) -> Sequence[Field]:
        """What it says now, to be written over; what is emptied stands no longer."""
        return (*_which(), *kind_and_words(sending=False))

    def prefill(self, request: Request) -> Mapping[str, str]:
        """What it says."""
        note = _note(request, lambda note: note.holds)
        if note is None:
            return {}
        due = "" if note.due_at is None else f"{request.floor.rules.days.local(note.due_at):%Y-%m-%d %H:%M}"
        return {
            **_named(request, note),
            "kind": note.kind.value,
            "tag": note.tag,
            "text": note.text,
            "follow_up": note.follow_up,
            "due": due,
        }

    def run(self, request: Request) -> Iterator[Outcome]:
        """It says this; the journal keeps what it said before."""
        note = _chosen(request)
        if note is None or not note.holds:
            yield _nothing_there(_("There is no note here to amend."))
            return
        kind, tag, text = NoteKind(request.text("kind")), request.text("tag"), request.text("text")
        follow_up, due_at = follow_up_of(request, tag, text, kind)
        if note.follow_up:  # emptied by hand: nothing is to be done any more
            follow_up = request.text("follow_up")
        yield Happened(
            events.NoteAmended(
                request.floor.at, note=note.id, kind=kind, tag=tag, text=text, follow_up=follow_up, due_at=due_at
            )
        )
        yield Toast(_("Amended: {note}").format(note=_short(request.floor, note)))


class WithdrawsNote(Prefilled):
    """A note does not hold."""

    name = "withdraw-note"
    title = "Withdraw a note"
    rows = ("note", "agent")
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Which one, and why."""
        return (*_which(), TextField(name="word", title=_("why"), longest=LONGEST_TEXT))

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Which one."""
        return _named(request, _note(request, lambda note: note.holds))

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is shown no more, and stays in the journal."""
        note = _chosen(request)
        if note is None:
            yield _nothing_there(_("There is no note here to withdraw."))
        elif not note.holds:
            yield Toast(_("Withdrawn by {who} already.").format(who=note.withdrawn_by))
        else:
            yield Happened(events.NoteWithdrawn(request.floor.at, note=note.id, word=request.text("word")))
            yield Toast(_("Withdrawn: {note}").format(note=_short(request.floor, note)))


class DoesFollowUp(Prefilled):
    """What a note left to be done is done."""

    name = "follow-up-done"
    title = "Follow-up done"
    key = "d"
    rows = ("note", "agent")
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Which one, and what came of it."""
        outcome = TextField(name="outcome", title=_("came of it"), required=False, longest=LONGEST_TEXT)
        return (*_which(), FixedField(name="follow_up", title=_("to do")), outcome)

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Which one; of an agent the first that is due."""
        note = _follow_up(request)
        return {} if note is None else {**_named(request, note), "follow_up": note.follow_up[:LONGEST_SHOWN]}

    def run(self, request: Request) -> Iterator[Outcome]:
        """It waits for nobody any more."""
        note = _chosen(request)
        if note is not None and note.done_at is not None:
            yield Toast(_("Done by {who} already.").format(who=note.done_by))
        elif note is None or not note.is_open:
            yield _nothing_there(_("Nothing is left to be done here."))
        else:
            yield Happened(events.FollowUpDone(request.floor.at, note=note.id, outcome=request.text("outcome")))
            yield Toast(_("Done: {what}").format(what=note.follow_up[:80]))


def note_commands() -> Sequence[Command]:
    """All of them."""
    return (TakesNote(), TakesSeatNote(), AmendsNote(), WithdrawsNote(), DoesFollowUp())


def _which() -> Sequence[Field]:
    return (
        FixedField(name="note_id", title=_("note")),
        FixedField(name="who", title=_("who")),
        FixedField(name="said", title=_("says")),
    )


def _named(request: Request, note: Note | None) -> Mapping[str, str]:
    """The note in words; of an agent's row with its id, for another may be the newest when the form is sent."""
    if note is None:
        return {}
    key = note.id if request.subject("note") is None else ""
    return {"note_id": key, "who": subject_of(request.floor, note), "said": said_in(note)[:LONGEST_SHOWN]}


def _chosen(request: Request) -> Note | None:
    """The note for which the form was opened."""
    key = request.text("note_id") or request.subject("note")
    return None if key is None else request.floor.support.notes.get(key)


def _note(request: Request, fits: Callable[[Note], bool]) -> Note | None:
    """The note of the row; of an agent's the newest that fits."""
    key, agent = request.subject("note"), request.subject("agent")
    if key is not None:
        return request.floor.support.notes.get(key)
    if agent is None:
        return None
    recent = request.floor.support.notes_since(request.floor.at - RECENT_SECONDS)
    return next((note for note in recent if note.agent == agent and fits(note)), None)


def _follow_up(request: Request) -> Note | None:
    """The note of the row; of an agent's the first that is due."""
    key, agent = request.subject("note"), request.subject("agent")
    if key is not None:
        note = request.floor.support.notes.get(key)
        return note if note is not None and note.is_open else None
    open_ = (note for note in request.floor.support.follow_ups.values() if agent is not None and note.agent == agent)
    return min(open_, key=lambda note: (note.due_at is None, note.due_at or 0.0), default=None)


def _noted(request: Request, subject: str) -> str:
    kind = kind_title(NoteKind(request.text("kind")))
    return _("Noted, {kind}: {who}").format(kind=kind, who=subject)


def _short(floor: FloorSnapshot, note: Note) -> str:
    return _("{who}, {text}").format(who=subject_of(floor, note), text=said_in(note)[:80] or kind_title(note.kind))


def _nothing_there(said: str) -> Toast:
    return Toast(said, Tone.WARN)
