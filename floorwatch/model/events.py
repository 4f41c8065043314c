"""Every event that there is: what the switch tells (`switch_events`), what documents say (`duty_events`), what was
read of an earlier week (`weekday`), and what people enter (`entered`, `entered_duty`)."""

from typing import TypeAlias

from floorwatch.model.duty_events import DocumentGone, DocumentRead, DocumentRefused
from floorwatch.model.entered import (
    AlertAcknowledged,
    AlertSnoozed,
    CallReturned,
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
from floorwatch.model.entered_duty import (
    AgentTold,
    AttendanceMarked,
    DutyWithdrawn,
    ExceptionExcused,
    LeaveRequested,
    RequestRefused,
    RequestTicked,
    ShiftAssigned,
    SwapRequested,
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
from floorwatch.model.weekday import WeekdayRead

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
    | CallReturned
    | AlertAcknowledged
    | AlertSnoozed
    | EntryUndone
    | NotesPurged
    | DocumentRead
    | DocumentRefused
    | DocumentGone
    | AttendanceMarked
    | ExceptionExcused
    | LeaveRequested
    | SwapRequested
    | RequestTicked
    | RequestRefused
    | ShiftAssigned
    | AgentTold
    | DutyWithdrawn
    | WeekdayRead
)

__all__ = [
    "AgentPaused", "AgentResumed", "AgentSignedIn", "AgentSignedOut", "AgentTold", "AlertAcknowledged", "AlertSnoozed",
    "AnswerDropped", "AnyEvent", "AttendanceMarked", "CallAbandoned", "CallAnswered", "CallCompleted", "CallEntered",
    "CallHeld", "CallLeft", "CallRang", "CallResumed", "CallReturned", "CallTransferred", "Custom", "DeviceFailed",
    "DeviceRestored", "DocumentGone", "DocumentRead", "DocumentRefused", "DutyWithdrawn", "EndedBy", "Entered",
    "EntryUndone", "Event", "EvidenceAdded", "ExceptionExcused", "FaultReported", "FollowUpDone", "HelpAnswered",
    "HelpReleased", "HelpRequested", "HelpTaken", "HelpWithdrawn", "IncidentClosed", "IncidentTaken", "LeaveRequested",
    "LeftHow", "MemberAdded", "MemberRemoved", "NoteAmended", "NoteKind", "NoteTaken", "NoteWithdrawn", "NotesPurged",
    "OutboundCallEnded", "PenaltyChanged", "RequestRefused", "RequestTicked", "RingCancelled", "RingInUseChanged",
    "RingMissed", "SeatPassed", "SeatVisited", "ShiftAssigned", "SwapRequested", "SwitchReloaded", "SwitchRestarted",
    "TransferKind", "Unrecognised", "WalkBegan", "WalkEnded", "WatchBegan", "WeekdayRead", "WrapUpEnded",
    "WrapUpStarted",
]  # fmt: skip
