"""How the events of agents change the floor: memberships, pauses, rings, wrap-up, devices.

Rules
- A pause belongs to a membership and ends with it; a pause of a paused member is a change of its reason.
- Removal from a queue does not end a call under way.
- A queue that offers an agent calls, or pauses them, without ever having said that they joined, implies a membership:
  static members of a switch are never announced.
- A ring in vain said twice is a misfit and counts once.
"""

from collections.abc import Mapping
from itertools import islice

from msgspec.structs import replace

from floorwatch.model import events
from floorwatch.model.entities import Agent, Membership, MissedRing, Topic
from floorwatch.model.fold_calls import AGENTS, IMPLIED, LONGEST_SECONDS
from floorwatch.model.history import NAN
from floorwatch.model.live import EVERY_QUEUE, Live

AGENT = frozenset({Topic.AGENTS, Topic.QUEUES})
MISFIT = frozenset({*AGENT, Topic.FEEDS})
GONE = Membership(member=False)
LONGEST_RING_MS = LONGEST_SECONDS * 1000
RINGS_LOOKED_AT = 8
"""The last ones, among which a line said twice is looked for."""


def member_added(live: Live, event: events.MemberAdded, feed: str) -> frozenset[Topic]:
    """The agent joins the queue."""
    agent = live.agent(event.agent, event.queue)
    live.see_queue(event.queue)
    before = agent.queues.get(event.queue)
    if before is not None and before.member:
        live.misfit(feed, "member added twice")
        return MISFIT
    counts = live.agent_day(agent.id, event.at)
    if counts.signed_in_at is None:
        counts.signed_in_at = event.at
    place = Membership(True, event.paused, None, event.at if event.paused else None)
    _place(live, agent, event.queue, place, event.at)
    return AGENT


def member_removed(live: Live, event: events.MemberRemoved, feed: str) -> frozenset[Topic]:
    """The agent leaves the queue."""
    agent = live.agent(event.agent, event.queue)
    live.see_queue(event.queue)
    before = agent.queues.get(event.queue)
    if before is not None and before.member is False:
        live.misfit(feed, "member removed twice")
        return MISFIT
    _place(live, agent, event.queue, GONE, event.at)
    return AGENT


def agent_paused(live: Live, event: events.AgentPaused, _feed: str) -> frozenset[Topic]:
    """The agent takes no calls of the queue, or of any."""
    agent = live.agent(event.agent, event.queue)
    changed = {queue: _paused(agent.queues.get(queue, IMPLIED), event) for queue in _meant(agent, event.queue)}
    _see(live, event.queue)
    live.put(replace(agent, queues={**agent.queues, **changed}), event.at)
    return AGENT


def agent_resumed(live: Live, event: events.AgentResumed, feed: str) -> frozenset[Topic]:
    """The agent takes calls of the queue, or of every queue, again."""
    agent = live.agent(event.agent, event.queue)
    meant = {queue: agent.queues.get(queue, IMPLIED) for queue in _meant(agent, event.queue)}
    _see(live, event.queue)
    if not any(place.paused for place in meant.values()):
        live.misfit(feed, "resume without pause")
    changed = {queue: Membership(place.member) for queue, place in meant.items()}
    live.put(replace(agent, queues={**agent.queues, **changed}), event.at)
    return AGENT


def agent_signed_in(live: Live, event: events.AgentSignedIn, _feed: str) -> frozenset[Topic]:
    """The agent is at the telephone system, whatever the queues."""
    agent = live.agent(event.agent, None)
    counts = live.agent_day(agent.id, event.at)
    if counts.signed_in_at is None:
        counts.signed_in_at = event.at
    _place(live, agent, EVERY_QUEUE, Membership(True), event.at)
    return AGENT


def agent_signed_out(live: Live, event: events.AgentSignedOut, _feed: str) -> frozenset[Topic]:
    """The agent is gone; memberships that a line announced end by lines of their own."""
    agent = live.agent(event.agent, None)
    kept: Mapping[str, Membership] = {
        queue: place if place.member and queue != EVERY_QUEUE else GONE for queue, place in agent.queues.items()
    }
    live.put(replace(agent, queues={**kept, EVERY_QUEUE: GONE}, wrap_up_since=None), event.at)
    return AGENT


def call_rang(live: Live, event: events.CallRang, feed: str) -> frozenset[Topic]:
    """The agent's telephone rings."""
    key = (event.queue, event.call)
    if key not in live.waiting:
        live.misfit(feed, "ring without entry")
        return MISFIT
    agent = live.agent(event.agent, event.queue)
    live.ringing.setdefault(key, {})[agent.id] = None
    if key not in agent.ringing:
        agent = replace(agent, ringing=(*agent.ringing, key), queues=_implied(agent, event.queue))
    live.put(agent, event.at)
    return AGENTS


def ring_missed(live: Live, event: events.RingMissed, feed: str) -> frozenset[Topic]:
    """The agent did not pick up: theirs."""
    if _was_missed(live, event):
        live.misfit(feed, "missed ring repeated")
        return MISFIT
    agent = _ring_ended(live, event)
    counts = live.agent_day(agent.id, event.at)
    counts.missed_rings += 1
    counts.refused_rings += event.ring_ms == 0
    live.history.rings.add((event.queue, event.call, agent.id, "missed", event.at, _known(event.ring_ms)))
    live.missed_rings.append(MissedRing(agent.id, event.queue, event.at))
    return AGENTS


def ring_cancelled(live: Live, event: events.RingCancelled, _feed: str) -> frozenset[Topic]:
    """The ringing stopped: not theirs."""
    agent = _ring_ended(live, event)
    live.history.rings.add((event.queue, event.call, agent.id, "cancelled", event.at, _known(event.ring_ms)))
    return AGENTS


def answer_dropped(live: Live, event: events.AnswerDropped, _feed: str) -> frozenset[Topic]:
    """The agent hung up before the caller was put through."""
    _ring_ended(live, event)
    return AGENTS


def wrap_up_started(live: Live, event: events.WrapUpStarted, _feed: str) -> frozenset[Topic]:
    """After-call work begins."""
    agent = live.agent(event.agent, event.queue)
    live.put(replace(agent, wrap_up_since=event.at), event.at)
    return AGENT


def wrap_up_ended(live: Live, event: events.WrapUpEnded, feed: str) -> frozenset[Topic]:
    """After-call work ends; it counts with the agent's last talk, where that call entered."""
    agent = live.agent(event.agent, event.queue)
    if agent.wrap_up_since is None:
        live.misfit(feed, "wrap-up ended without start")
        return MISFIT
    queue, began = live.last_talk.get(agent.id, (event.queue, agent.wrap_up_since))
    if queue is not None:
        for counts in live.counts(queue, began):
            counts.wrap_seconds += max(0.0, event.at - agent.wrap_up_since)
        live.history.wraps.add((queue, agent.id, began, agent.wrap_up_since, event.at))
    live.put(replace(agent, wrap_up_since=None), event.at)
    return AGENT


def device_failed(live: Live, event: events.DeviceFailed, _feed: str) -> frozenset[Topic]:
    """The agent's telephone does not work."""
    agent = live.agent(event.agent, None)
    since = event.at if agent.fault_since is None else agent.fault_since
    live.put(replace(agent, fault_since=since, fault_reason=event.reason), event.at)
    return AGENT


def device_restored(live: Live, event: events.DeviceRestored, _feed: str) -> frozenset[Topic]:
    """The agent's telephone works again."""
    agent = live.agent(event.agent, None)
    live.put(replace(agent, fault_since=None, fault_reason=None), event.at)
    return AGENT


def outbound_call_ended(live: Live, event: events.OutboundCallEnded, _feed: str) -> frozenset[Topic]:
    """One more call that the agent made."""
    agent = live.agent(event.agent, event.queue)
    live.agent_day(agent.id, event.at).outbound += 1
    return AGENT


def member_tuned(live: Live, event: events.PenaltyChanged | events.RingInUseChanged, _feed: str) -> frozenset[Topic]:
    """A setting of the membership changed: nothing that the floor shows."""
    live.agent(event.agent, event.queue)
    return AGENT


def _was_missed(live: Live, event: events.RingMissed) -> bool:
    """Whether this very ring is known: one of the last, or of a visit that ended after it."""
    key, at = (event.queue, event.call), event.at
    if key not in live.waiting and (closed := live.closed(key)) is not None and at < closed[1]:
        return True
    agent = live.agent_id(event.agent, event.queue)
    for last in islice(reversed(live.missed_rings), RINGS_LOOKED_AT):
        if last.at == at and last.agent == agent and last.queue == event.queue:
            break
    else:
        return False  # as almost always, for a fifth of what the rows cost
    rings = live.history.rings
    rows = rings.cut(("queue", "call", "agent", "how", "at"), max(0, len(rings) - RINGS_LOOKED_AT), len(rings))
    return (*key, agent, "missed", at) in zip(*rows, strict=True)


def _known(number: float | None) -> float:
    """As a figure of the history, where a column holds no number of 400 digits."""
    return NAN if number is None else min(number, LONGEST_RING_MS)


def _ring_ended(live: Live, event: events.RingMissed | events.RingCancelled | events.AnswerDropped) -> Agent:
    key = (event.queue, event.call)
    agent = live.agent(event.agent, event.queue)
    if key in live.ringing:
        live.ringing[key].pop(agent.id, None)
    live.see_queue(event.queue)
    ringing = tuple(call for call in agent.ringing if call != key) if agent.ringing else ()
    live.put(replace(agent, ringing=ringing, queues=_implied(agent, event.queue)), event.at)
    return agent


def _implied(agent: Agent, queue: str) -> Mapping[str, Membership]:
    return agent.queues if queue in agent.queues else {**agent.queues, queue: IMPLIED}


def _see(live: Live, queue: str | None) -> None:
    """A queue that somebody pauses in is one of the floor's, though no call has come to it yet."""
    if queue is not None:
        live.see_queue(queue)


def _place(live: Live, agent: Agent, queue: str, place: Membership, at: float) -> None:
    live.put(replace(agent, queues={**agent.queues, queue: place}), at)


def _meant(agent: Agent, queue: str | None) -> list[str]:
    """The queues that an event speaks of: the one it names, else all that the agent is in."""
    if queue is not None:
        return [queue]
    return [name for name, place in agent.queues.items() if place.member is not False] or [EVERY_QUEUE]


def _paused(place: Membership, event: events.AgentPaused) -> Membership:
    member = None if place.member is False else place.member
    since = place.paused_since if place.paused else event.at
    return Membership(member, True, event.reason, since)
