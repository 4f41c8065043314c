"""Pace: the calls that somebody answered against their share of the day's real calls, and what explains a gap.

Rules
- A straight line from the start of the shift to the target of the day would blame whoever sits in a quiet hour. The
  share of somebody is what a second on the telephones brought in their queues, quarter by quarter (`shares`), times the
  seconds in which they were planned there.
- The target of a full day is cut to the planned seconds so far; the gap is that target less the calls answered. Its
  parts add up to it exactly, positive ones widen it:
    no calls came   target so far - share: what the queues brought less than the target wants (negative: more)
    off the phones  the share of planned seconds that were spent elsewhere, not excused
    excused         the same while an excuse, approved work elsewhere, a meeting or training, an incident at the seat
                    or a failed telephone covers it
    beyond          negative: the share of seconds on the telephones outside the plan
    long calls      handle seconds above the mean of the queues, each taken as a second that is not there for a call
    other           what is left: chance, rings that were missed, calls taken by who was nearer
- Long calls: who handles h seconds instead of the mean m takes n calls where n' would have come, and n' - n is
  n (h - m) x n' / seconds, whether calls wait for agents or agents for calls. A running call counts with what it is
  longer than the mean so far.
- Who gets the next call is luck: of so many calls that came for somebody, about their square root more or less are
  chance. A gap within that says nothing of anybody.
- A feed that tells of no memberships shows nobody before their first call of the day: what was planned before it is
  nobody's either, and without a call there is no pace.
- Without a plan the planned seconds are those signed in, less breaks up to their limits. Time before the call feed
  began is nobody's.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from math import inf, sqrt

from msgspec import Struct

from floorwatch.model.duty import Activity, ApprovalKind, Presence, Spell
from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.entities import AgentState, Fact
from floorwatch.model.metrics import average_handle_time
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.breaks import held_up
from floorwatch.roster.evidence import feed_began
from floorwatch.roster.excusing import excuses_of
from floorwatch.roster.plan import date_of, moved, plan_of
from floorwatch.roster.shares import Rates, rates_of
from floorwatch.roster.spans import Span, Spans, in_order, seconds_of, within, without
from floorwatch.roster.witnesses import BREAKS
from floorwatch.text import folded

FULL_DAY_SECONDS = 7.5 * 3600.0
"""On the telephones, on a day for which the whole target is meant (rule: 70 calls of 5 minutes are 78% of 7.5 h)."""

_ELSEWHERE = frozenset({Activity.MEETING, Activity.TRAINING, Activity.DUTY})
_OUT_OF_THE_HOUSE = frozenset({ApprovalKind.OUT, ApprovalKind.TRAVEL})
_ENDED = frozenset({"completed", "transferred"})


class Cause(StrEnum):
    """What explains a part of a gap."""

    NO_CALLS = "no_calls"
    OFF_PHONES = "off_phones"
    EXCUSED = "excused"
    BEYOND = "beyond"
    LONG_CALLS = "long_calls"
    OTHER = "other"


class Hours(Struct, frozen=True):
    """How somebody spent their planned time: `planned` on the telephones; `off` of it elsewhere, `excused` of that;
    `on` the telephones, and `beyond` of that outside the plan. Spans in order."""

    planned: Spans = ()
    on: Spans = ()
    covered: Spans = ()

    @property
    def off(self) -> Spans:
        """Planned on the telephones, and not there."""
        return without(self.planned, self.on)

    @property
    def excused(self) -> Spans:
        """The part of it that is nobody's fault."""
        return within(self.off, self.covered)

    @property
    def beyond(self) -> Spans:
        """On the telephones outside the plan."""
        return without(self.on, self.planned)


class Pace(Struct, frozen=True):
    """Calls. `target` is that of the `planned` seconds so far, `share` what came for them; `parts` add up to `gap`.
    `is_planned`: by a roster; else by what the call feed shows of signing in."""

    answered: int
    planned: float
    target: float
    share: float
    parts: tuple[tuple[Cause, float], ...]
    is_planned: bool = True

    @property
    def gap(self) -> float:
        """Calls that are missing to the target; negative: ahead of it."""
        return self.target - self.answered

    @property
    def chance(self) -> float:
        """Calls more or less than the share that chance alone brings: in two days of three it is not more."""
        return sqrt(self.share)

    @property
    def is_chance(self) -> bool:
        """Whether the gap, or what somebody is ahead, is no more than that."""
        return abs(self.gap) <= self.chance

    def part(self, cause: Cause) -> float:
        """How much of the gap has this cause."""
        return dict(self.parts)[cause]


def pace(  # the pure heart: no floor, so that golden examples can be put in by hand
    hours: Hours, rates: Rates, target_rate: float, answered: int, longer_seconds: float, *, is_planned: bool = True
) -> Pace:
    """The pace of somebody with these hours. `target_rate` is calls a planned second, `longer_seconds` the handle time
    above the mean of the queues (negative: below it)."""
    planned = seconds_of(hours.planned)
    target = target_rate * planned
    off, excused = rates.missed(hours.off), rates.missed(hours.excused)
    share = rates.brought(within(hours.planned, hours.on)) + off
    brought, on = rates.brought(hours.on), seconds_of(hours.on)
    parts = {
        Cause.NO_CALLS: target - share,
        Cause.OFF_PHONES: off - excused,
        Cause.EXCUSED: excused,
        Cause.BEYOND: -rates.brought(hours.beyond),
        Cause.LONG_CALLS: longer_seconds * brought / on if on else 0.0,
    }
    other = target - answered - sum(parts.values())
    return Pace(answered, planned, target, share, (*parts.items(), (Cause.OTHER, other)), is_planned)


def pace_of(
    floor: FloorSnapshot, agent: str, daily_target: float, full_day_seconds: float = FULL_DAY_SECONDS
) -> Pace | None:
    """The pace of somebody over the business day so far; None: neither planned nor signed in yet."""
    begins = max(floor.day_start, min(feed_began(floor), floor.at))
    day: Spans = ((begins, floor.at),) if begins < floor.at else ()
    spells = floor.spells.get(agent, ())
    by_plan = within(in_order(_planned(floor, agent, spells)), within(day, _seen(floor, spells)))
    planned = by_plan or within(_signed_in(floor.rules.duty, spells, floor.at), day)
    if not planned:
        return None
    failed = in_order(_failed(floor, agent))
    on = without(within(_presence(spells, Presence.PHONES, floor.at), day), failed)
    covered = in_order((*failed, *_covered(floor, agent, spells)))
    return pace(
        Hours(planned, on, covered),
        rates_of(floor, agent),
        daily_target / full_day_seconds,
        floor.agent_today(agent).answered,
        _longer(floor, agent),
        is_planned=bool(by_plan),
    )


# --- the hours -------------------------------------------------------------------------------------------------------


def _seen(floor: FloorSnapshot, spells: tuple[Spell, ...]) -> Spans:
    """Since when the feeds could have shown them: always, or since their first call where only calls show anybody."""
    today = next((spell for spell in spells if spell.end is None or spell.end > floor.day_start), None)
    if today is not None:
        return ((today.start if today.is_implied else -inf, inf),)
    return ((-inf, inf),) if Fact.MEMBERS in floor.gives else ()


def _planned(floor: FloorSnapshot, agent: str, spells: tuple[Spell, ...]) -> Iterator[Span]:
    """When the plans of yesterday and today have them on the telephones, as live calls have moved it."""
    today = date_of(floor)
    for date in (moved(today, -1), today):
        found = plan_of(floor, date).by_agent.get(agent)
        for stint in held_up(found.stints, spells, floor.at) if found is not None else ():
            if stint.activity is Activity.PHONES:
                yield stint.start, stint.end


def _signed_in(rules: DutyRules, spells: Iterable[Spell], now: float) -> Spans:
    """Signed in, less breaks up to their limits."""
    found: list[Span] = []
    for spell in spells:
        end = now if spell.end is None else spell.end
        if spell.presence is Presence.PHONES:
            found.append((spell.start, end))
        elif spell.presence is Presence.PAUSED:
            activity = rules.activity_of(folded(spell.reason)) if spell.reason else None
            limit = rules.break_seconds.get(activity, 0.0) if activity in BREAKS else 0.0
            found.append((min(end, spell.start + limit), end))
    return in_order(found)


def _presence(spells: Iterable[Spell], presence: Presence, now: float) -> Spans:
    return in_order((s.start, now if s.end is None else s.end) for s in spells if s.presence is presence)


def _failed(floor: FloorSnapshot, agent: str) -> Iterator[Span]:
    """When their telephone did not work: presence looks through that."""
    for state in floor.past.states_of(agent, floor.day_start):
        if state.state == AgentState.FAULT.value:
            yield state.start, state.end
    now = floor.agents.get(agent)
    if now is not None and now.state is AgentState.FAULT and now.since is not None:
        yield now.since, floor.at


def _covered(floor: FloorSnapshot, agent: str, spells: Iterable[Spell]) -> Iterator[Span]:
    """What excuses being elsewhere."""
    duty, rules = floor.duty, floor.rules.duty
    yield from ((each.start, each.end) for each in excuses_of(duty, agent))
    yield from ((each.start, each.end) for each in duty.approvals.get(agent, ()) if each.kind in _OUT_OF_THE_HOUSE)
    for spell in spells:
        if spell.presence is Presence.PAUSED and spell.reason and rules.activity_of(folded(spell.reason)) in _ELSEWHERE:
            yield spell.start, floor.at if spell.end is None else spell.end
    known = floor.agents.get(agent)
    seat = known.seat if known is not None else None
    for incident in floor.support.incidents.values():
        if seat and seat in incident.seats:
            yield incident.since, floor.at if incident.closed_at is None else incident.closed_at


# --- long calls ------------------------------------------------------------------------------------------------------


def _longer(floor: FloorSnapshot, agent: str) -> float:
    """Handle seconds of today above the mean of the queues in which the calls were."""
    means: dict[str, float | None] = {}

    def mean(queue: str) -> float | None:
        if queue not in means:
            scope = floor.queues.get(queue)
            means[queue] = None if scope is None else average_handle_time(floor, scope).value
        return means[queue]

    found = _wrapped(floor, agent)
    for talk in floor.past.talks_of(agent, floor.day_start):
        if talk.how in _ENDED and (talk.entered_at or talk.answered_at) >= floor.day_start:
            usual = mean(talk.queue)
            found += 0.0 if usual is None else talk.talk_seconds - usual
    known = floor.agents.get(agent)
    for key in known.calls if known is not None else ():
        running = floor.talks.get(key)
        usual = mean(key[0])
        if running is not None and usual is not None and not floor.is_stale(running):
            found += max(0.0, floor.at - running.since - usual)
    return found


def _wrapped(floor: FloorSnapshot, agent: str) -> float:
    """After-call work of today, which the means hold too."""
    if Fact.WRAP_UP not in floor.gives:
        return 0.0
    known = floor.agents.get(agent)
    runs = known is not None and known.state is AgentState.WRAP_UP and known.since is not None
    running = floor.at - max(known.since or 0.0, floor.day_start) if runs and known is not None else 0.0
    return floor.agent_today(agent).wrap_up_seconds + running
