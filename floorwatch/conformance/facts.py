"""Which fact a feed tells by each event: what `gives` must hold when a format brings it."""

from collections.abc import Mapping

from floorwatch.model import events
from floorwatch.model.entities import Fact
from floorwatch.model.events import Event

TELLS: Mapping[type[Event], Fact] = {
    events.CallEntered: Fact.CALLS,
    events.CallAnswered: Fact.CALLS,
    events.CallCompleted: Fact.CALLS,
    events.CallTransferred: Fact.CALLS,
    events.CallAbandoned: Fact.CALLS,
    events.CallLeft: Fact.CALLS,
    events.CallRang: Fact.RINGING,
    events.RingMissed: Fact.MISSED_RINGS,
    events.CallHeld: Fact.HOLD,
    events.CallResumed: Fact.HOLD,
    events.MemberAdded: Fact.MEMBERS,
    events.MemberRemoved: Fact.MEMBERS,
    events.AgentSignedIn: Fact.MEMBERS,
    events.AgentSignedOut: Fact.MEMBERS,
    events.AgentPaused: Fact.PAUSES,
    events.AgentResumed: Fact.PAUSES,
    events.WrapUpStarted: Fact.WRAP_UP,
    events.WrapUpEnded: Fact.WRAP_UP,
    events.DeviceFailed: Fact.DEVICES,
    events.DeviceRestored: Fact.DEVICES,
}
"""The others tell nothing that a figure of the floor depends on."""


def facts_of(event: Event) -> frozenset[Fact]:
    """The facts that this event tells."""
    told = frozenset({TELLS[type(event)]}) if type(event) in TELLS else frozenset[Fact]()
    if isinstance(event, events.CallCompleted) and event.ended_by is not None:
        return told | {Fact.ENDED_BY}
    return told
