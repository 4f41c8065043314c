"""The figures of the reference floor: each counted from the visits and talks themselves, as docs/metrics.md says.

Rules
- Everything counts on the business day of the entry; W and W_T are that day's. Who waits is everybody who does.
- O = A + B + X + W, always. 0/0 is None.
- Who waits past T is in every denominator but that of `answered`.
- A call without an end for longer than four hours is stale, and nobody's longest wait.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.fuzz.reference import ReferenceFloor
from tests.fuzz.reference_things import EVERYWHERE, Agent, Feed, Talk, Visit

State = dict[str, Any]

WAYS = ("timeout", "key", "empty", "withdrawn", "transferred", "restart", "lost")
STATES = ("fault", "on_hold", "on_call", "ringing", "wrap_up", "paused", "available", "signed_out", "unknown")
NOT_IN_A_QUEUE_LOG = ("fault", "on_hold", "ringing", "wrap_up")
STALE_SECONDS = 4 * 3600.0


def state_of(floor: ReferenceFloor, now: float) -> State:
    """The floor at `now` as `floorwatch state --json` has it, as far as a queue log decides it."""
    visits = [visit for visit in floor.visits if _day(floor, visit.entered_at) == _day(floor, now)]
    talks = [talk for talk in floor.talks if _day(floor, talk.counts_at) == _day(floor, now)]
    waiting, agents = list(floor.waiting.values()), list(floor.agents.values())
    return {
        "feeds": {name: _feed_state(feed) for name, feed in floor.feeds.items()},
        "queues": {
            queue: _figures(
                floor,
                [visit for visit in visits if visit.queue == queue],
                [talk for talk in talks if talk.queue == queue],
                [visit for visit in waiting if visit.queue == queue],
                [agent for agent in agents if _is_of(agent, queue)],
                now,
            )
            for queue in floor.queues
        },
        "total": _figures(floor, visits, talks, waiting, agents, now),
        "agents": {agent.id: _agent_state(agent) for agent in agents},
        "calls": sorted(_calls(floor, now)),
    }


def _day(floor: ReferenceFloor, at: float) -> object:
    starts = timedelta(hours=floor.day_starts.hour, minutes=floor.day_starts.minute)
    return (datetime.fromtimestamp(at // 1, floor.zone).replace(tzinfo=None) - starts).date()


def _figures(  # who and what there is to count
    floor: ReferenceFloor,
    visits: list[Visit],
    talks: list[Talk],
    waiting: list[Visit],
    agents: list[Agent],
    now: float,
) -> State:
    answered = [visit for visit in visits if visit.how == "answered"]
    abandoned = [visit for visit in visits if visit.how == "abandoned"]
    left = {way: sum(visit.how == way for visit in visits) for way in WAYS}
    ended = [talk for talk in talks if talk.how in ("completed", "transferred")]
    fresh = [now - visit.entered_at for visit in waiting if now - visit.entered_at <= STALE_SECONDS]
    mean_talk = _share(sum(talk.seconds for talk in ended), len(ended))
    return {
        "waiting": len(waiting),
        "longest_wait_seconds": max(0.0, *fresh) if fresh else None,
        "callers": [
            {"call": visit.call, "entered_at": visit.entered_at, "position": place, "caller": visit.caller}
            for place, visit in enumerate(sorted(waiting, key=lambda visit: visit.order), 1)
        ],
        "offered": len(visits),
        "answered": len(answered),
        "abandoned": len(abandoned),
        "left": left,
        "completed": len(ended),
        "service_level": _service_level(visits, floor.targets, now),
        "answer_rate": _share(len(answered), len(answered) + len(abandoned) + sum(left.values())),
        "asa_seconds": _share(sum(visit.seconds for visit in answered), len(answered)),
        "talk_seconds_mean": mean_talk,
        "aht_seconds": mean_talk,  # no after-call work in a queue log, and hold is inside the talk
        "agents": _by_state(agents),
    }


def _service_level(visits: list[Visit], targets: Mapping[str, tuple[float, float]], now: float) -> State:
    """The table of METRICS: which of those who came count above the line, and which below it."""

    def count(of: Callable[[Visit, float, float], bool]) -> int:
        return sum(of(visit, *targets.get(visit.queue, (20.0, 5.0))) for visit in visits)

    a = count(lambda visit, _t, _s: visit.how == "answered")
    a_t = count(lambda visit, t, _s: visit.how == "answered" and visit.seconds <= t)
    b = count(lambda visit, _t, _s: visit.how == "abandoned")
    b_t = count(lambda visit, t, _s: visit.how == "abandoned" and visit.seconds <= t)
    short = count(lambda visit, _t, s: visit.how == "abandoned" and visit.seconds < s)
    x = count(lambda visit, _t, _s: visit.how in WAYS)
    w = count(lambda visit, _t, _s: visit.how is None)
    late = count(lambda visit, t, _s: visit.how is None and now - visit.entered_at > t)
    o = len(visits)
    assert o == a + b + x + w
    return {
        "answered": _share(a_t, a),
        "offered": _share(a_t, a + b + x + late),
        "abandons": _share(a_t, a + b + late),
        "short-out": _share(a_t, a + b - short + late),
        "ignore": _share(a_t, o - w - b_t + late),
        "positive": _share(a_t + b_t, o - w + late),
        "late-only": _share(a_t, a + b - b_t + late),
    }


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def _calls(floor: ReferenceFloor, now: float) -> Iterator[tuple[str, str, str, str, float]]:
    """(call, queue, agent, state, since) of each that is open."""
    for visit in floor.waiting.values():
        state = "stale" if now - visit.entered_at > STALE_SECONDS else "waiting"
        yield visit.call, visit.queue, "", state, visit.entered_at
    for talk in floor.talking.values():
        state = "stale" if now - talk.since > STALE_SECONDS else "talking"
        yield talk.call, talk.queue, talk.agent, state, talk.since


def _is_of(agent: Agent, queue: str) -> bool:
    """A member of the queue, or on a call of it."""
    is_member = queue in agent.places and agent.places[queue].member is not False
    return is_member or any(of == queue for of, _call in agent.talks)


def _by_state(agents: list[Agent]) -> State:
    """How many agents are in each state; None for what a queue log never tells."""
    return {
        state: None if state in NOT_IN_A_QUEUE_LOG else sum(agent.state == state for agent in agents)
        for state in STATES
    }


def _agent_state(agent: Agent) -> State:
    return {
        "state": agent.state,
        "since": agent.since,
        "calls": sorted(call for _queue, call in agent.talks),
        "queues": {
            queue: {"member": place.member, "paused": place.paused, "pause_reason": place.reason}
            for queue, place in agent.places.items()
            if queue != EVERYWHERE
        },
    }


def _feed_state(feed: Feed) -> State:
    return {
        "lines": feed.lines,
        "rejected": dict(feed.rejected),
        "unknown_events": dict(feed.unknown_events),
        "misfits": dict(feed.misfits),
        "last_line_at": feed.last_line_at,
    }
