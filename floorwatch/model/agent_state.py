"""The state of an agent, by the precedence of METRICS.md, out of what is known of them."""

from collections.abc import Mapping

from floorwatch.model.entities import Agent, AgentState, CallKey, Membership, Talk

# By name: in Python 3.11 to look a member up on its enum costs ten times as much, and these stand in the hot path.
_FAULT, _ON_HOLD, _ON_CALL, _RINGING, _WRAP_UP, _PAUSED, _AVAILABLE, _SIGNED_OUT, _UNKNOWN = AgentState


def state_of(agent: Agent, talks: Mapping[CallKey, Talk]) -> tuple[AgentState, str | None]:
    """The state by precedence (METRICS.md), and the reason when it is a pause."""
    if agent.fault_since is not None:
        return _FAULT, None
    if agent.calls:
        for key in agent.calls:
            if (talk := talks.get(key)) is None or talk.held_since is None:
                return _ON_CALL, None
        return _ON_HOLD, None
    if agent.ringing:
        return _RINGING, None
    if agent.wrap_up_since is not None:
        return _WRAP_UP, None
    return _duty_of(agent.queues)


def _duty_of(queues: Mapping[str, Membership]) -> tuple[AgentState, str | None]:
    """Paused when paused in every membership, available in any other; signed out when all memberships have ended."""
    if not queues:
        return _UNKNOWN, None
    latest = None
    for place in queues.values():
        if place.member is False:
            continue
        if not place.paused:
            return _AVAILABLE, None
        if latest is None or (place.paused_since or 0.0) > (latest.paused_since or 0.0):
            latest = place
    return (_SIGNED_OUT, None) if latest is None else (_PAUSED, latest.pause_reason)
