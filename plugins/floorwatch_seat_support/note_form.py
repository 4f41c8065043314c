"""The fields of a note, and the event that they become.

Rules
- What was true when the form was opened stands fixed in it: who, where, on which call. Of another person than the one
  it was opened for, what is true of them when it is sent.
- A fault is reported by its system and symptom; every other kind is a note. A note of the kind help is a question that
  was answered on the spot: who still waits for an answer asks for help instead.
- A follow-up without words is called by what was noted; one without a time is due whenever it is done.
"""

from collections.abc import Mapping, Sequence

from floorwatch.api import (
    AgentState,
    ChoiceField,
    Event,
    Field,
    FixedField,
    FloorSnapshot,
    Known,
    NoteKind,
    Option,
    PersonField,
    Request,
    TextField,
    TimeField,
    _,
    events,
    spoken,
)
from floorwatch_seat_support.kinds import kind_options, kind_title
from floorwatch_seat_support.subject import Subject, subject_now
from floorwatch_seat_support.who import who_in_full

LONGEST_TEXT = 10_000
LONGEST_TAG = 60


def note_fields() -> Sequence[Field]:
    """Of a note about somebody."""
    return (
        FixedField(name="who", title=_("who")),
        *kind_and_words(),
        PersonField(name="agent", title=_("about"), hint=_("number, seat or name")),
        FixedField(name="seat", title=_("seat")),
        FixedField(name="state", title=_("state"), options=_states()),
        FixedField(name="queue", title=_("queue")),
        FixedField(name="call", title=_("call")),
    )


def kind_and_words(*, sending: bool = True, of_somebody: bool = True) -> Sequence[Field]:
    """What kind of note, and what it says; `of_somebody` offers the words for how a person is."""
    return (
        ChoiceField(name="kind", title=_("kind"), options=tuple(kind_options(sending=sending))),
        *words_fields(how_somebody_is() if of_somebody else ()),
    )


def how_somebody_is() -> tuple[str, ...]:
    """What is observed, and no diagnosis: the same words for all, from the first day."""
    return _("steady"), _("strained"), _("needs a break"), _("away")


def words_fields(tags: tuple[str, ...] = ()) -> Sequence[Field]:
    """What a note says; `tags` are offered beside those that were used."""
    return (
        TextField(
            name="tag",
            title=_("tag"),
            required=False,
            known=Known.TAGS,
            suggestions=tags,
            longest=LONGEST_TAG,
            hint=_("the topic; of a fault, the system"),
        ),
        TextField(name="text", title=_("note"), required=False, longest=LONGEST_TEXT),
        TextField(name="follow_up", title=_("to do"), required=False, longest=LONGEST_TEXT),
        TimeField(name="due", title=_("until"), required=False),
    )


def frozen(floor: FloorSnapshot, subject: Subject) -> Mapping[str, str]:
    """What stands fixed in the form, by the field's name."""
    return {
        "who": who_in_full(floor, subject.agent),
        "agent": subject.agent,
        "seat": subject.seat,
        "state": subject.state,
        "queue": subject.queue,
        "call": subject.call,
    }


def note_event(request: Request) -> Event:
    """What the form says, about the person in it."""
    agent = request.text("agent")
    if request.text("who") == who_in_full(request.floor, agent):
        names = ("seat", "state", "queue", "call")
        subject = Subject(agent, *(request.text(name) for name in names))
    else:
        subject = subject_now(request.floor, agent)
    return event_about(request, subject)


def event_about(request: Request, subject: Subject) -> Event:
    """What the form says, about this agent; of the id "", about the seat alone."""
    kind, tag, text = NoteKind(request.text("kind")), request.text("tag"), request.text("text")
    follow_up, due_at = follow_up_of(request, tag, text, kind)
    at, agent = request.floor.at, subject.agent or None
    seat, state = subject.seat or None, subject.state or None
    queue, call = subject.queue or None, subject.call or None
    if kind is NoteKind.FAULT:
        return events.FaultReported(
            at, system=tag, symptom=text, agent=agent, seat=seat, state=state, queue=queue, call=call,
            follow_up=follow_up, due_at=due_at,
        )  # fmt: skip
    return events.NoteTaken(
        at, kind=kind, agent=agent, seat=seat, state=state, queue=queue, call=call, tag=tag, text=text,
        follow_up=follow_up, due_at=due_at,
    )  # fmt: skip


def follow_up_of(request: Request, tag: str, text: str, kind: NoteKind) -> tuple[str, float | None]:
    """What is to be done, and by when."""
    due_at = request.time("due") if "due" in request.values else None
    follow_up = request.text("follow_up")
    if due_at is not None and not follow_up:
        follow_up = text or tag or kind_title(kind)
    return follow_up, due_at


def _states() -> tuple[Option, ...]:
    return tuple(Option(state.value, spoken.state_name(state)) for state in AgentState)
