"""What everybody who should be here does at this moment, as far as anybody can see: for counts by team.

Rules
- The call feed says it of whoever it shows: at the phones, or paused for a reason that means an activity. What it
  cannot see (training, a meeting: signed out) is taken as the plan has it.
- Signed out while the plan has them on the phones is away; so is whoever has not come yet, or has left.
- Whoever is here off the roster counts with the others.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from floorwatch.api import Agent, AgentState, FloorSnapshot, duty, folded, roster

_ACTIVITY = duty.Activity
_GONE = frozenset({roster.Status.LEFT_EARLY, roster.Status.DUE, roster.Status.FINISHED})
_AWAY_FROM_PHONES = frozenset({AgentState.SIGNED_OUT, AgentState.UNKNOWN})


class Place(StrEnum):
    """Where somebody is who is not at anything of the plan."""

    AWAY = "away"
    ABSENT = "absent"


class Doing(Struct, frozen=True):
    """One person now: what they do, and what the plan has (None: nothing). `since` is that of the call feed's state."""

    agent: str
    what: duty.Activity | Place
    planned: duty.Activity | None = None
    until: float | None = None
    since: float | None = None


def doing_now(floor: FloorSnapshot, team: str | None = None) -> Mapping[str, Doing]:
    """Everybody who should be here or is, by agent; of one team its own."""
    return {each.agent: each for each in _everybody(floor, team)}


def _everybody(floor: FloorSnapshot, team: str | None) -> Iterator[Doing]:
    seen = {each.agent: each for each in roster.attendance(floor, team)}
    due = roster.planned_at(floor)
    for agent, (planned, activity) in due.items():
        if team is None or roster.team_of(floor, agent) == team:
            yield _doing(floor, seen.get(agent), planned, activity)
    for agent, each in seen.items():
        if agent not in due and each.here and each.status is roster.Status.OFF_ROSTER:
            known = floor.agents.get(agent)
            what = None if known is None else _by_the_feed(floor, known)
            yield Doing(agent, what or _ACTIVITY.DUTY, since=None if known is None else known.since)


def _doing(
    floor: FloorSnapshot, seen: roster.Attendance | None, planned: roster.Planned, activity: duty.Activity
) -> Doing:
    agent = planned.agent
    known = floor.agents.get(agent)
    until = next((stint.end for stint in planned.stints if stint.start <= floor.at < stint.end), None)
    since = None if known is None else known.since
    what: duty.Activity | Place = activity
    if seen is not None and seen.status is roster.Status.ABSENT:
        what = Place.ABSENT
    elif known is not None and (shown := _by_the_feed(floor, known)) is not None:
        what = shown
    elif _is_away(seen, known, activity):
        what = Place.AWAY
    return Doing(agent, what, activity, until, since)


def _is_away(seen: roster.Attendance | None, known: Agent | None, activity: duty.Activity) -> bool:
    if known is not None and known.state is AgentState.SIGNED_OUT and activity is _ACTIVITY.PHONES:
        return True
    return seen is not None and seen.status in _GONE


def _by_the_feed(floor: FloorSnapshot, known: Agent) -> duty.Activity | None:
    """What the telephone system shows; None where it shows nothing."""
    if known.state in _AWAY_FROM_PHONES:
        return None
    if known.state is AgentState.PAUSED:
        reason = folded(known.pause_reason or "")
        return floor.rules.duty.activity_of(reason) or _ACTIVITY.BREAK
    return _ACTIVITY.PHONES
