"""How the events of agents change the floor: memberships, pauses, rings, wrap-up, devices.

Rules
- A pause belongs to a membership and ends with it; a pause of a paused member is a change of its reason.
- Removal from a queue does not end a call under way.
- A queue that offers an agent calls, or pauses them, without ever having said that they joined, implies a membership:
  static members of a switch are never announced.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from floorwatch.model import events
from floorwatch.model.entities import Agent, Membership, MissedRing, Topic
from floorwatch.model.fold_calls import AGENTS, IMPLIED
from floorwatch.model.history import NAN
from floorwatch.model.live import EVERY_QUEUE, Live

AGENT = frozenset({Topic.AGENTS, Topic.QUEUES})
MISFIT = frozenset({*AGENT, Topic.FEEDS})
GONE = Membership(member=False)


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
    live.put(replace(agent, queues={**agent.queues, **changed}), event.at)
    return AGENT


def agent_resumed(live: Live, event: events.AgentResumed, feed: str) -> frozenset[Topic]:
    """The agent takes calls of the queue, or of every queue, again."""
    agent = live.agent(event.agent, event.queue)
    meant = {queue: agent.queues.get(queue, IMPLIED) for queue in _meant(agent, event.queue)}
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
    live.ringing.setdefault(key, set()).add(agent.id)
    if key not in agent.ringing:
        agent = replace(agent, ringing=(*agent.ringing, key), queues=_implied(agent, event.queue))
    live.put(agent, event.at)
    return AGENTS


def ring_missed(live: Live, event: events.RingMissed, _feed: str) -> frozenset[Topic]:
    """The agent did not pick up: theirs."""
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


def _known(number: float | None) -> float:
    return NAN if number is None else number


def _ring_ended(live: Live, event: events.RingMissed | events.RingCancelled | events.AnswerDropped) -> Agent:
    key = (event.queue, event.call)
    agent = live.agent(event.agent, event.queue)
    if key in live.ringing:
        live.ringing[key].discard(agent.id)
    ringing = tuple(call for call in agent.ringing if call != key) if agent.ringing else ()
    live.put(replace(agent, ringing=ringing, queues=_implied(agent, event.queue)), event.at)
    return agent


def _implied(agent: Agent, queue: str) -> Mapping[str, Membership]:
    return agent.queues if queue in agent.queues else {**agent.queues, queue: IMPLIED}


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
