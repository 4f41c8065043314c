"""What people enter, each as a frozen record in the past tense: kept in the journal, folded like any other event.

Rules
- `id` and `by` are the journal's: the entry's own identity and who entered it. A command leaves both empty.
- Nothing is overwritten: an amendment, a withdrawal and an undoing are entries that name the one they are about.
- What was true when an entry was made (seat, state, call) stands in it. Its fold never reads the state of calls or
  agents: how entries and the switch's lines interleave cannot matter.
- `agent` is an id where a command made the event, a feed's own word where a feed did; None: about nobody.
"""

from enum import StrEnum

from floorwatch.model.alerts import AlertTone
from floorwatch.model.event import Event


class NoteKind(StrEnum):
    """What a note is about (DOMAIN.md). `CHECK`: desk, dress, noise."""

    HELP = "help"
    STATE = "state"
    FAULT = "fault"
    PRAISE = "praise"
    COACHING = "coaching"
    CHECK = "check"


class Entered(Event, frozen=True, kw_only=True, tag=True, gc=False):
    """Anything that a person entered. `id` names the entry, `by` who entered it; "" for an event of a feed."""

    id: str = ""
    by: str = ""


# --- help ------------------------------------------------------------------------------------------------------------


class HelpRequested(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """An agent asks for help. It stays open until it is answered or withdrawn; its `id` names the request."""

    agent: str
    question: str = ""
    seat: str | None = None
    queue: str | None = None
    call: str | None = None


class HelpTaken(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """Somebody goes. The first has it: of a request that is taken already this changes nothing."""

    help: str


class HelpReleased(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """Whoever took it gives it back: it is open again, as old as before."""

    help: str


class HelpAnswered(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """The request is answered; the answer is kept for the next time."""

    help: str
    answer: str = ""


class HelpWithdrawn(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """The request is no longer needed, and why."""

    help: str
    word: str = ""


# --- notes -----------------------------------------------------------------------------------------------------------


class NoteTaken(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """A note of the walk. `state` is what the agent was doing (an `AgentState`), `call` the one they were on.

    `follow_up` is what is still to be done, by `due_at` (epoch seconds); "" for nothing.
    """

    kind: NoteKind
    agent: str | None = None
    seat: str | None = None
    state: str | None = None
    queue: str | None = None
    call: str | None = None
    tag: str = ""
    text: str = ""
    follow_up: str = ""
    due_at: float | None = None


class FaultReported(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """A system does not work at a seat: a note of the kind fault whose tag is the system, its text the symptom."""

    system: str
    symptom: str = ""
    agent: str | None = None
    seat: str | None = None
    state: str | None = None
    queue: str | None = None
    call: str | None = None
    follow_up: str = ""
    due_at: float | None = None


class NoteAmended(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """A note says something else from now on; None: as it was."""

    note: str
    kind: NoteKind | None = None
    tag: str | None = None
    text: str | None = None
    follow_up: str | None = None
    due_at: float | None = None


class NoteWithdrawn(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """A note no longer holds, and why. It is not shown, and stays in the journal."""

    note: str
    word: str = ""


class FollowUpDone(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """What a note left to be done is done, and what came of it."""

    note: str
    outcome: str = ""


# --- the walk --------------------------------------------------------------------------------------------------------


class SeatVisited(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """Somebody was at the seat, and there was nothing to note."""

    agent: str
    seat: str | None = None


class SeatPassed(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """The seat is left out for the rest of this walk."""

    agent: str
    seat: str | None = None


class WalkBegan(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """A walk through the floor, or through one team. A walk of the same person that is under way ends with it."""

    team: str | None = None


class WalkEnded(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """The walk is over."""


# --- incidents -------------------------------------------------------------------------------------------------------


class IncidentTaken(Entered, frozen=True, kw_only=True, tag=True):
    """Somebody owns what was suspected. `incident` is its key, `since` when it began (epoch seconds)."""

    incident: str
    owner: str
    title: str = ""
    seats: tuple[str, ...] = ()
    since: float | None = None


class EvidenceAdded(Entered, frozen=True, kw_only=True, tag=True):
    """Something more is known of an incident."""

    incident: str
    text: str
    title: str = ""
    seats: tuple[str, ...] = ()
    since: float | None = None


class IncidentClosed(Entered, frozen=True, kw_only=True, tag=True):
    """The incident is over, and what it was."""

    incident: str
    word: str
    title: str = ""
    seats: tuple[str, ...] = ()
    since: float | None = None


# --- callers ---------------------------------------------------------------------------------------------------------


class CallReturned(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """Somebody called a caller back whom nobody had answered. `queue`, `call` and `entered_at` (epoch seconds) are of
    the visit that was lost: a number never stands in the journal. `reached`: whether the caller picked up."""

    queue: str
    call: str
    entered_at: float
    reached: bool
    word: str = ""

    @property
    def visit(self) -> tuple[str, str, float]:
        """What tells the visit from all others."""
        return self.queue, self.call, self.entered_at


# --- alerts, and the journal itself ----------------------------------------------------------------------------------


class AlertAcknowledged(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """`owner` sees to an alert (by its id). The first acknowledgement has it."""

    alert: str
    owner: str
    word: str = ""


class AlertSnoozed(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """An alert is not to be seen until then (epoch seconds), or until it is worse than `tone` (None: whatever)."""

    alert: str
    until: float
    tone: AlertTone | None = None


class EntryUndone(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """The entry of this id is taken back by whoever made it, as long as nobody has gone on from it."""

    entry: str


class NotesPurged(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """What was entered and closed before this moment (epoch seconds) was deleted from the journal."""

    before: float
    entries: int = 0
