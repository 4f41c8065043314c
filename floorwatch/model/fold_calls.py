"""How the events of calls change the floor.

Rules
- A visit opens with `CallEntered` and ends once: answered (A), abandoned (B) or left another way (X).
- A talk opens with `CallAnswered` and ends once. An ending closes the talk of its queue and call, never a later wait.
- An answer without an entry is a misfit: its talk is shown, but it stands in none of O, A, B, X.
- A line said twice is a misfit and changes nothing.
"""

from msgspec.structs import replace

from floorwatch.model import events
from floorwatch.model.counts import count_talk, count_visit
from floorwatch.model.entities import CallKey, EndedTalk, Membership, Talk, Topic, Waiting
from floorwatch.model.events import EndedBy, LeftHow
from floorwatch.model.history import NAN
from floorwatch.model.live import Live

QUEUES = frozenset({Topic.CALLS, Topic.QUEUES})
AGENTS = frozenset({Topic.CALLS, Topic.QUEUES, Topic.AGENTS})
MISFIT = frozenset({Topic.FEEDS})
IMPLIED = Membership()
_AGENT = EndedBy.AGENT  # by name: looking a member up on its enum is slow in Python 3.11


def call_entered(live: Live, event: events.CallEntered, feed: str) -> frozenset[Topic]:
    """Open a visit."""
    key = (event.queue, event.call)
    before = live.waiting.get(key)
    touched = QUEUES
    if before is not None:
        if before.entered_at == event.at:
            return _misfit(live, feed, "entry repeated")
        live.misfit(feed, "entered twice")
        touched = _touched_by_leaving(live, key)
        _close_visit(live, before, event.at, LeftHow.LOST.value, None)
    elif (closed := live.closed(key)) is not None and event.at <= closed[0] < closed[1]:
        return _misfit(live, feed, "entry repeated")
    live.order += 1
    queue = live.see_queue(event.queue)
    live.waiting[key] = Waiting(
        event.call,
        queue,
        feed,
        event.at,
        live.order,
        event.caller,
        event.caller_name,
        event.position,
    )
    day, interval = live.counts(queue, event.at)
    day.offered += 1
    interval.offered += 1
    return touched


def call_answered(live: Live, event: events.CallAnswered, feed: str) -> frozenset[Topic]:
    """End the visit as answered and open the talk."""
    key = (event.queue, event.call)
    visit = live.waiting.get(key)
    before = live.talks.get(key)
    if visit is None:
        same = before is not None and before.agent == live.agent_id(event.agent, event.queue)
        if same or ((closed := live.closed(key)) is not None and event.at <= closed[1]):
            return _misfit(live, feed, "answer repeated")
        live.misfit(feed, "answer without entry")
    agent = live.agent(event.agent, event.queue)
    if before is not None:
        live.misfit(feed, "answered twice")
        _end_talk(live, before, event.at, "lost")
    if visit is None:
        talk = Talk(event.call, live.see_queue(event.queue), feed, agent.id, event.at, None, event.wait_seconds)
        live.agent_day(agent.id, event.at).answered += 1
    else:
        wait = _close_visit(live, visit, event.at, "answered", event.wait_seconds, agent.id)
        entered_at = visit.entered_at
        talk = Talk(visit.call, visit.queue, visit.feed, agent.id, event.at, entered_at, wait, visit.caller)
        live.agent_day(agent.id, entered_at).answered += 1
        agent = live.agents[agent.id]
    live.talks[key] = talk
    queues = agent.queues if event.queue in agent.queues else {**agent.queues, event.queue: IMPLIED}
    live.put(replace(agent, calls=(*agent.calls, key), queues=queues, wrap_up_since=None), event.at)
    return AGENTS


def call_completed(live: Live, event: events.CallCompleted, feed: str) -> frozenset[Topic]:
    """End the talk by a hang-up."""
    talk = live.talks.get((event.queue, event.call))
    if talk is None:
        return _misfit(live, feed, "end without talk")
    _end_talk(live, talk, event.at, "completed", event.talk_seconds, event.ended_by)
    return AGENTS


def call_transferred(live: Live, event: events.CallTransferred, feed: str) -> frozenset[Topic]:
    """End the talk by a transfer."""
    talk = live.talks.get((event.queue, event.call))
    if talk is None:
        return _misfit(live, feed, "end without talk")
    _end_talk(live, talk, event.at, "transferred", event.talk_seconds)
    return AGENTS


def call_abandoned(live: Live, event: events.CallAbandoned, feed: str) -> frozenset[Topic]:
    """End the visit: the caller hung up."""
    key = (event.queue, event.call)
    visit = live.waiting.get(key)
    if visit is None:
        return _misfit(live, feed, "left without entry")
    touched = _touched_by_leaving(live, key)
    _close_visit(live, visit, event.at, "abandoned", event.wait_seconds)
    return touched


def call_left(live: Live, event: events.CallLeft, feed: str) -> frozenset[Topic]:
    """End the visit another way."""
    key = (event.queue, event.call)
    visit = live.waiting.get(key)
    if visit is None:
        return _misfit(live, feed, "left without entry")
    touched = _touched_by_leaving(live, key)
    _close_visit(live, visit, event.at, event.how.value, event.wait_seconds)
    return touched


def call_held(live: Live, event: events.CallHeld, feed: str) -> frozenset[Topic]:
    """The talk goes on hold."""
    key = (event.queue, event.call)
    talk = live.talks.get(key)
    if talk is None or talk.held_since is not None:
        return _misfit(live, feed, "hold without talk" if talk is None else "hold repeated")
    live.talks[key] = replace(talk, held_since=event.at)
    live.put(live.agents[talk.agent], event.at)
    return AGENTS


def call_resumed(live: Live, event: events.CallResumed, feed: str) -> frozenset[Topic]:
    """The talk comes back from hold."""
    key = (event.queue, event.call)
    talk = live.talks.get(key)
    if talk is None or talk.held_since is None:
        return _misfit(live, feed, "resume without hold")
    held = talk.held_seconds + max(0.0, event.at - talk.held_since)
    live.talks[key] = replace(talk, held_since=None, held_seconds=held)
    live.put(live.agents[talk.agent], event.at)
    return AGENTS


def close_feed(live: Live, feed: str, at: float) -> None:
    """Every open call of the feed is lost at once: the switch restarted."""
    for visit in [visit for visit in live.waiting.values() if visit.feed == feed]:
        _close_visit(live, visit, at, LeftHow.RESTART.value, None)
    for talk in [talk for talk in live.talks.values() if talk.feed == feed]:
        _end_talk(live, talk, at, "restart")


def _misfit(live: Live, feed: str, kind: str) -> frozenset[Topic]:
    live.misfit(feed, kind)
    return MISFIT


def _touched_by_leaving(live: Live, key: CallKey) -> frozenset[Topic]:
    """What is touched when this caller leaves: the agent whose telephone rings for them, too."""
    return AGENTS if key in live.ringing else QUEUES


def _close_visit(
    live: Live, visit: Waiting, at: float, outcome: str, wait: float | None, agent: str | None = None
) -> float:
    """End the wait, count it where it began, and give its length in seconds: the feed's own figure where it has one."""
    key = (visit.queue, visit.call)
    del live.waiting[key]
    seconds = max(0.0, at - visit.entered_at) if wait is None else max(0.0, wait)
    count_visit(live.counts(visit.queue, visit.entered_at), outcome, seconds, live.rules.target(visit.queue))
    live.remember_closed(key, visit.entered_at, at)
    live.history.visits.add(
        (visit.feed, visit.queue, visit.call, visit.caller, outcome, agent, visit.entered_at, at, seconds)
    )
    if key in live.ringing:
        _stop_ringing(live, key, at)
    return seconds


def _end_talk(
    live: Live, talk: Talk, at: float, how: str, seconds: float | None = None, ended_by: EndedBy | None = None
) -> None:
    """End the talk, count it where the call entered (where it was answered, if no entry was seen), free the agent."""
    key = (talk.queue, talk.call)
    del live.talks[key]
    began = talk.since if talk.entered_at is None else talk.entered_at
    length = max(0.0, at - talk.since) if seconds is None else max(0.0, seconds)
    held = talk.held_seconds if talk.held_since is None else talk.held_seconds + max(0.0, at - talk.held_since)
    who = None if ended_by is None else ended_by._value_
    if how in ("completed", "transferred"):
        count_talk(live.counts(talk.queue, began), how, length, held, who)
        mine = live.agent_day(talk.agent, began)
        mine.talk_seconds += length
        mine.ended += 1
        mine.ended_by_agent += ended_by is _AGENT
        mine.transferred += how == "transferred"
    entered_at = NAN if talk.entered_at is None else talk.entered_at
    live.history.talks.add(
        (talk.feed, talk.queue, talk.call, talk.agent, how, who, entered_at, talk.since, at, length, held)
    )
    live.last_talk[talk.agent] = (talk.queue, began)
    agent = live.agents[talk.agent]
    others = tuple(call for call in agent.calls if call != key) if len(agent.calls) > 1 else ()
    ended = EndedTalk(talk.call, talk.queue, at, length, who, talk.since)
    live.put(replace(agent, calls=others, last_talk=ended), at)


def _stop_ringing(live: Live, key: CallKey, at: float) -> None:
    for agent_id in live.ringing.pop(key):
        agent = live.agents[agent_id]
        live.put(replace(agent, ringing=tuple(call for call in agent.ringing if call != key)), at)
