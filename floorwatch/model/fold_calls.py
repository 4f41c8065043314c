"""How the events of calls change the floor.

Rules
- A visit opens with `CallEntered` and ends once: answered (A), abandoned (B) or left another way (X).
- A talk opens with `CallAnswered` and ends once. An ending closes the talk of its queue and call, never a later wait.
- An answer without an entry is a misfit: its talk is shown, but it stands in none of O, A, B, X.
- A call that went on into a queue by an attended transfer never entered it: whoever asked for it stands there, under
  another call. Where one of those who wait there entered when the line says, the call goes on in their place; that is
  a misfit of its own, like an answer after a transfer for which nobody stands there.
- A line said twice is a misfit and changes nothing, also when the call has come back to the queue meanwhile.
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
CLOCK_SECONDS = 1.0
"""Lines of one feed may be so far apart in time that are of one moment: stamps are whole seconds."""

LONGEST_SECONDS = 1e9
"""Thirty years: what a feed says that is longer is damage, and must not make a day's sum infinite."""

_AGENT = EndedBy.AGENT  # by name: looking a member up on its enum is slow in Python 3.11


def call_entered(live: Live, event: events.CallEntered, feed: str) -> frozenset[Topic]:
    """Open a visit."""
    key = (event.queue, event.call)
    before = live.waiting.get(key)
    touched = QUEUES
    if before is not None:
        if before.entered_at == event.at or _is_of_earlier(live, before, event.at):
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
        transferred = _is_known_elsewhere(live, key)
        live.misfit(feed, "answer after transfer" if transferred else "answer without entry")
        visit = _in_place_of(live, event, feed) if transferred else None
    elif _is_of_earlier(live, visit, event.at):
        return _misfit(live, feed, "answer repeated")
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
    if talk is None or _has_ended_before(live, talk, event):
        return _misfit(live, feed, "end without talk")
    _end_talk(live, talk, event.at, "completed", event.talk_seconds, event.ended_by)
    return AGENTS


def call_transferred(live: Live, event: events.CallTransferred, feed: str) -> frozenset[Topic]:
    """End the talk by a transfer."""
    talk = live.talks.get((event.queue, event.call))
    if talk is None or _has_ended_before(live, talk, event):
        return _misfit(live, feed, "end without talk")
    _end_talk(live, talk, event.at, "transferred", event.talk_seconds)
    return AGENTS


def call_abandoned(live: Live, event: events.CallAbandoned, feed: str) -> frozenset[Topic]:
    """End the visit: the caller hung up."""
    return _leave(live, event, feed, "abandoned")


def call_left(live: Live, event: events.CallLeft, feed: str) -> frozenset[Topic]:
    """End the visit another way."""
    return _leave(live, event, feed, event.how.value)


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


def drop_older(live: Live, before: float, at: float) -> None:
    """What is open, and began before this moment, has lost its end. It is taken out and counted as such; neither a
    wait nor a time at the telephone is made of it."""
    for visit in [visit for visit in live.waiting.values() if visit.entered_at < before]:
        key = (visit.queue, visit.call)
        live.misfit(visit.feed, "call that never ended")
        del live.waiting[key]
        if key in live.ringing:
            _stop_ringing(live, key, at)
    for talk in [talk for talk in live.talks.values() if talk.since < before]:
        key = (talk.queue, talk.call)
        live.misfit(talk.feed, "call that never ended")
        del live.talks[key]
        agent = replace(live.agents[talk.agent], since=at)
        live.agents[agent.id] = agent
        live.put(replace(agent, calls=tuple(call for call in agent.calls if call != key)), at)


def _leave(live: Live, event: events.CallAbandoned | events.CallLeft, feed: str, outcome: str) -> frozenset[Topic]:
    key = (event.queue, event.call)
    visit = live.waiting.get(key)
    if visit is None or _is_of_earlier(live, visit, event.at):
        closed = live.closed(key)
        transferred = visit is None and closed is None and _is_known_elsewhere(live, key)
        live.misfit(feed, "left after transfer" if transferred else "left without entry")
        visit = _in_place_of(live, event, feed) if transferred else None
        if visit is None:
            return MISFIT
    touched = _touched_by_leaving(live, key)
    _close_visit(live, visit, event.at, outcome, event.wait_seconds)
    return touched


def _is_of_earlier(live: Live, visit: Waiting, at: float) -> bool:
    """Whether a line of this time is one of the visit before, and was said already. A time before the entry alone says
    nothing: clocks are set back."""
    return at < visit.entered_at and (closed := live.closed((visit.queue, visit.call))) is not None and at <= closed[1]


def _has_ended_before(live: Live, talk: Talk, event: events.CallCompleted | events.CallTransferred) -> bool:
    """Whether this ending is that of an earlier talk of the call with this agent, said once more."""
    if event.at >= talk.since:
        return False
    agent = live.agents.get(live.agent_id(event.agent, event.queue))
    last = None if agent is None else agent.last_talk
    return last is not None and (last.queue, last.call, last.ended_at) == (event.queue, event.call, event.at)


def _is_known_elsewhere(live: Live, key: CallKey) -> bool:
    """Whether the call is open anywhere, or was in another queue."""
    queue, call = key
    if any(each == call for _queue, each in (*live.talks, *live.waiting)):
        return True
    return any(live.closed((other, call)) is not None for other in live.queues if other != queue)


def _in_place_of(
    live: Live, event: events.CallAnswered | events.CallAbandoned | events.CallLeft, feed: str
) -> Waiting | None:
    """The visit of the only one who waits there and came when this call must have come, as the call's own from now on;
    None where nobody did, or several."""
    if event.wait_seconds is None:
        return None
    came = event.at - event.wait_seconds
    found = [
        each
        for each in live.waiting.values()
        if each.queue == event.queue and each.feed == feed and abs(each.entered_at - came) <= CLOCK_SECONDS
    ]
    if len(found) != 1:
        return None
    (before,) = found
    key = (before.queue, before.call)
    if key in live.ringing:
        _stop_ringing(live, key, event.at)
    del live.waiting[key]
    caller = next((talk.caller for (_queue, call), talk in live.talks.items() if call == event.call), None)
    visit = replace(before, call=event.call, caller=caller, caller_name=None)
    live.waiting[event.queue, event.call] = visit
    return visit


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
    seconds = _length(at - visit.entered_at if wait is None else wait)
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
    length = _length(at - talk.since if seconds is None else seconds)
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


def _length(seconds: float) -> float:
    return min(max(0.0, seconds), LONGEST_SECONDS)


def _stop_ringing(live: Live, key: CallKey, at: float) -> None:
    for agent_id in live.ringing.pop(key):
        agent = live.agents[agent_id]
        live.put(replace(agent, ringing=tuple(call for call in agent.ringing if call != key)), at)
