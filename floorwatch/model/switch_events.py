"""What the switch tells, each as a frozen record in the past tense.

Rules
- `at` is what the switch says, in epoch seconds UTC. Durations are seconds unless the name ends in `_ms`.
- `call`, `queue` and `agent` are the feed's own words; the floor turns an agent's word into an identity (model/people).
- A field that a feed cannot give is None, never 0 and never an empty string.
- A call visits a queue: the unit is (queue, call, entry). One call may visit several queues, or one queue twice.
- The class name is the event's name in native JSONL (its tag, under "event").
"""

from enum import StrEnum
from typing import Any

from floorwatch.model.event import Event


class EndedBy(StrEnum):
    """Who hung up first."""

    CALLER = "caller"
    AGENT = "agent"


class LeftHow(StrEnum):
    """How a caller left a queue, neither answered nor abandoned: METRICS' `X`. `LOST`: the feed never said how."""

    TIMEOUT = "timeout"
    KEY = "key"
    EMPTY = "empty"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    RESTART = "restart"
    LOST = "lost"


class TransferKind(StrEnum):
    """Whether the agent spoke to the next party before handing the caller over."""

    BLIND = "blind"
    ATTENDED = "attended"


# --- a call in a queue ---------------------------------------------------------------------------------------------


class CallEntered(Event, frozen=True, tag=True, gc=False):
    """A caller joined the queue. `position` counts from 1."""

    call: str
    queue: str
    caller: str | None = None
    caller_name: str | None = None
    position: int | None = None


class CallRang(Event, frozen=True, tag=True, gc=False):
    """An agent's device began to ring for this call (not in an Asterisk queue_log)."""

    call: str
    queue: str
    agent: str


class RingMissed(Event, frozen=True, tag=True, gc=False):
    """The agent did not pick up; 0 ms means refused or unreachable. The caller waits on."""

    call: str
    queue: str
    agent: str
    ring_ms: int | None = None


class RingCancelled(Event, frozen=True, tag=True, gc=False):
    """The ringing stopped for a reason that is not the agent's (another answered, the caller left)."""

    call: str
    queue: str
    agent: str
    ring_ms: int | None = None


class AnswerDropped(Event, frozen=True, tag=True, gc=False):
    """The agent hung up before the caller was put through; the caller waits on."""

    call: str
    queue: str
    agent: str


class CallAnswered(Event, frozen=True, tag=True, gc=False):
    """Caller and agent are connected. `wait_seconds` is the feed's own figure of the wait, if it gives one."""

    call: str
    queue: str
    agent: str
    wait_seconds: float | None = None
    ring_seconds: float | None = None


class CallHeld(Event, frozen=True, tag=True, gc=False):
    """The agent put the caller on hold."""

    call: str
    queue: str
    agent: str


class CallResumed(Event, frozen=True, tag=True, gc=False):
    """The agent took the caller back from hold."""

    call: str
    queue: str
    agent: str


class CallCompleted(Event, frozen=True, tag=True, gc=False):
    """The talk ended by a hang-up."""

    call: str
    queue: str
    agent: str
    ended_by: EndedBy | None = None
    wait_seconds: float | None = None
    talk_seconds: float | None = None


class CallTransferred(Event, frozen=True, tag=True, gc=False):
    """The talk ended by a transfer to an extension, channel or bridge. It closes the talk, never a later wait."""

    call: str
    queue: str
    agent: str
    kind: TransferKind
    to: str | None = None
    wait_seconds: float | None = None
    talk_seconds: float | None = None


class CallAbandoned(Event, frozen=True, tag=True, gc=False):
    """The caller hung up while waiting."""

    call: str
    queue: str
    position: int | None = None
    wait_seconds: float | None = None


class CallLeft(Event, frozen=True, tag=True, gc=False):
    """The caller left the queue another way; `detail` is the key pressed or the feed's word for the reason."""

    call: str
    queue: str
    how: LeftHow
    detail: str | None = None
    wait_seconds: float | None = None


# --- an agent ------------------------------------------------------------------------------------------------------


class MemberAdded(Event, frozen=True, tag=True, gc=False):
    """The agent joined the queue, paused or not."""

    agent: str
    queue: str
    paused: bool = False


class MemberRemoved(Event, frozen=True, tag=True, gc=False):
    """The agent left the queue. A pause ends with the membership; a call under way goes on."""

    agent: str
    queue: str


class AgentPaused(Event, frozen=True, tag=True, gc=False):
    """The agent takes no calls of the queue (None: of any). On a paused agent it changes the reason."""

    agent: str
    queue: str | None = None
    reason: str | None = None


class AgentResumed(Event, frozen=True, tag=True, gc=False):
    """The agent takes calls of the queue (None: of every queue) again."""

    agent: str
    queue: str | None = None
    reason: str | None = None


class AgentSignedIn(Event, frozen=True, tag=True, gc=False):
    """The agent logged on to the telephone system itself, at `device`; queues are joined by `MemberAdded`."""

    agent: str
    device: str | None = None


class AgentSignedOut(Event, frozen=True, tag=True, gc=False):
    """The agent logged off from the telephone system."""

    agent: str
    device: str | None = None
    session_seconds: float | None = None


class WrapUpStarted(Event, frozen=True, tag=True, gc=False):
    """After-call work began (not in an Asterisk queue_log)."""

    agent: str
    queue: str | None = None


class WrapUpEnded(Event, frozen=True, tag=True, gc=False):
    """After-call work ended."""

    agent: str
    queue: str | None = None


class DeviceFailed(Event, frozen=True, tag=True, gc=False):
    """The agent's telephone is unavailable or invalid (not in an Asterisk queue_log)."""

    agent: str
    reason: str | None = None


class DeviceRestored(Event, frozen=True, tag=True, gc=False):
    """The agent's telephone works again."""

    agent: str


class PenaltyChanged(Event, frozen=True, tag=True, gc=False):
    """The agent's rank in the queue (None: in every queue) changed; a lower number is called first."""

    agent: str
    penalty: int
    queue: str | None = None


class RingInUseChanged(Event, frozen=True, tag=True, gc=False):
    """Whether the queue (None: every queue) rings the agent who is on another call."""

    agent: str
    ring_in_use: bool
    queue: str | None = None


class OutboundCallEnded(Event, frozen=True, tag=True, gc=False):
    """A call that an agent made on behalf of a queue ended; `status` is the switch's word (ANSWER, BUSY, ...)."""

    call: str
    agent: str
    queue: str | None = None
    status: str | None = None
    talk_seconds: float | None = None
    number: str | None = None


# --- the switch, and everything else -------------------------------------------------------------------------------


class SwitchRestarted(Event, frozen=True, tag=True, gc=False):
    """The switch started anew: every open call of this feed is lost at once; members and pauses stay."""


class SwitchReloaded(Event, frozen=True, tag=True, gc=False):
    """The switch read its configuration again, or its log was rotated: means nothing for calls."""


class WatchBegan(Event, frozen=True, tag=True, gc=False):
    """floorwatch had read what was there and began to watch: alert rules are asked from here on."""


class Unrecognised(Event, frozen=True, tag=True, gc=False):
    """An event whose name the decoder does not know: kept, counted, offered to plugins."""

    name: str
    call: str | None = None
    queue: str | None = None
    agent: str | None = None
    data: tuple[str, ...] = ()


class Custom(Event, frozen=True, tag=True, gc=False):
    """A plugin's own event, kept as `floor.custom[name][subject] = data`; data None forgets the subject."""

    name: str
    subject: str
    data: dict[str, Any] | None = None
