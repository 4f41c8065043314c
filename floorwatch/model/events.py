"""Every event that there is: what the switch tells (`switch_events`) and what people enter (`entered`)."""

from typing import TypeAlias

from floorwatch.model.entered import (
    AlertAcknowledged,
    AlertSnoozed,
    Entered,
    EntryUndone,
    EvidenceAdded,
    FaultReported,
    FollowUpDone,
    HelpAnswered,
    HelpReleased,
    HelpRequested,
    HelpTaken,
    HelpWithdrawn,
    IncidentClosed,
    IncidentTaken,
    NoteAmended,
    NoteKind,
    NotesPurged,
    NoteTaken,
    NoteWithdrawn,
    SeatPassed,
    SeatVisited,
    WalkBegan,
    WalkEnded,
)
from floorwatch.model.event import Event
from floorwatch.model.switch_events import (
    AgentPaused,
    AgentResumed,
    AgentSignedIn,
    AgentSignedOut,
    AnswerDropped,
    CallAbandoned,
    CallAnswered,
    CallCompleted,
    CallEntered,
    CallHeld,
    CallLeft,
    CallRang,
    CallResumed,
    CallTransferred,
    Custom,
    DeviceFailed,
    DeviceRestored,
    EndedBy,
    LeftHow,
    MemberAdded,
    MemberRemoved,
    OutboundCallEnded,
    PenaltyChanged,
    RingCancelled,
    RingInUseChanged,
    RingMissed,
    SwitchReloaded,
    SwitchRestarted,
    TransferKind,
    Unrecognised,
    WatchBegan,
    WrapUpEnded,
    WrapUpStarted,
)

AnyEvent: TypeAlias = (
    CallEntered
    | CallRang
    | RingMissed
    | RingCancelled
    | AnswerDropped
    | CallAnswered
    | CallHeld
    | CallResumed
    | CallCompleted
    | CallTransferred
    | CallAbandoned
    | CallLeft
    | MemberAdded
    | MemberRemoved
    | AgentPaused
    | AgentResumed
    | AgentSignedIn
    | AgentSignedOut
    | WrapUpStarted
    | WrapUpEnded
    | DeviceFailed
    | DeviceRestored
    | PenaltyChanged
    | RingInUseChanged
    | OutboundCallEnded
    | SwitchRestarted
    | SwitchReloaded
    | WatchBegan
    | Unrecognised
    | Custom
    | HelpRequested
    | HelpTaken
    | HelpReleased
    | HelpAnswered
    | HelpWithdrawn
    | NoteTaken
    | FaultReported
    | NoteAmended
    | NoteWithdrawn
    | FollowUpDone
    | SeatVisited
    | SeatPassed
    | WalkBegan
    | WalkEnded
    | IncidentTaken
    | EvidenceAdded
    | IncidentClosed
    | AlertAcknowledged
    | AlertSnoozed
    | EntryUndone
    | NotesPurged
)

__all__ = [
    "AgentPaused", "AgentResumed", "AgentSignedIn", "AgentSignedOut", "AlertAcknowledged", "AlertSnoozed",
    "AnswerDropped", "AnyEvent", "CallAbandoned", "CallAnswered", "CallCompleted", "CallEntered", "CallHeld",
    "CallLeft", "CallRang", "CallResumed", "CallTransferred", "Custom", "DeviceFailed", "DeviceRestored", "EndedBy",
    "Entered", "EntryUndone", "Event", "EvidenceAdded", "FaultReported", "FollowUpDone", "HelpAnswered",
    "HelpReleased", "HelpRequested", "HelpTaken", "HelpWithdrawn", "IncidentClosed", "IncidentTaken", "LeftHow",
    "MemberAdded", "MemberRemoved", "NoteAmended", "NoteKind", "NoteTaken", "NoteWithdrawn", "NotesPurged",
    "OutboundCallEnded", "PenaltyChanged", "RingCancelled", "RingInUseChanged", "RingMissed", "SeatPassed",
    "SeatVisited", "SwitchReloaded", "SwitchRestarted", "TransferKind", "Unrecognised", "WalkBegan", "WalkEnded",
    "WatchBegan", "WrapUpEnded", "WrapUpStarted",
]  # fmt: skip
