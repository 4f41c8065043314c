"""The things on the floor as they are at one moment: callers waiting, talks, agents. Frozen; the floor replaces them.

Rules
- An absent fact is None: a figure that the feed cannot give is never 0.
- A call in a queue is keyed by (queue, call); the same call may wait in one queue while its talk in another still runs.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct

CallKey: TypeAlias = tuple[str, str]
"""(queue, call)."""


class AgentState(StrEnum):
    """What an agent is doing. The order is the precedence: the first that is true holds (METRICS.md)."""

    FAULT = "fault"
    ON_HOLD = "on_hold"
    ON_CALL = "on_call"
    RINGING = "ringing"
    WRAP_UP = "wrap_up"
    PAUSED = "paused"
    AVAILABLE = "available"
    SIGNED_OUT = "signed_out"
    UNKNOWN = "unknown"


class Fact(StrEnum):
    """Something that a feed may or may not be able to tell (`FeedFormat.gives`); it alone decides what is null."""

    CALLS = "calls"
    MEMBERS = "members"
    PAUSES = "pauses"
    RINGING = "ringing"
    HOLD = "hold"
    WRAP_UP = "wrap_up"
    DEVICES = "devices"
    ENDED_BY = "ended_by"
    MISSED_RINGS = "missed_rings"


class Topic(StrEnum):
    """A part of the floor that an event touches and a panel declares to need."""

    CALLS = "calls"
    QUEUES = "queues"
    AGENTS = "agents"
    FEEDS = "feeds"
    ALERTS = "alerts"
    CUSTOM = "custom"
    SUPPORT = "support"
    DUTY = "duty"


class Waiting(Struct, frozen=True, gc=False):
    """A caller in a queue. `position_at_entry` counts from 1; `order` is the order of entry over the whole floor."""

    call: str
    queue: str
    feed: str
    entered_at: float
    order: int
    caller: str | None = None
    caller_name: str | None = None
    position_at_entry: int | None = None


class Talk(Struct, frozen=True, gc=False):
    """A caller and an agent connected. `entered_at` is None when the feed never showed the entry (a counted misfit)."""

    call: str
    queue: str
    feed: str
    agent: str
    since: float
    entered_at: float | None = None
    wait_seconds: float | None = None
    caller: str | None = None
    held_since: float | None = None
    held_seconds: float = 0.0


class EndedTalk(Struct, frozen=True, gc=False):
    """The talk that an agent ended last, and when it began. `ended_by` is "agent" or "caller" (None: the feed does not
    tell)."""

    call: str
    queue: str
    ended_at: float
    talk_seconds: float
    ended_by: str | None = None
    since: float | None = None


class MissedRing(Struct, frozen=True, gc=False):
    """A telephone that rang in vain."""

    agent: str
    queue: str
    at: float


class Membership(Struct, frozen=True, gc=False):
    """An agent's place in one queue. `member` is None while only implied: calls were offered, no line said so."""

    member: bool | None = None
    paused: bool = False
    pause_reason: str | None = None
    paused_since: float | None = None


NO_QUEUES: Mapping[str, Membership] = MappingProxyType({})


class Agent(Struct, frozen=True):
    """One agent. `since` is when the state began (None: before the feed began); `calls` are the talks under way."""

    id: str
    name: str
    seat: str | None = None
    team: str | None = None
    state: AgentState = AgentState.UNKNOWN
    since: float | None = None
    pause_reason: str | None = None
    calls: tuple[CallKey, ...] = ()
    queues: Mapping[str, Membership] = NO_QUEUES
    ringing: tuple[CallKey, ...] = ()
    wrap_up_since: float | None = None
    fault_since: float | None = None
    fault_reason: str | None = None
    last_talk: EndedTalk | None = None

    @property
    def pause_pending(self) -> bool:
        """Paused while on a call: the conflict overlay of METRICS.md."""
        return bool(self.calls) and any(place.paused for place in self.queues.values())
