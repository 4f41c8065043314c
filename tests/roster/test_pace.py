"""Pace: golden examples of the sum, the shares of everybody against the calls, and one person's day on a floor."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.model.clock import FloorDays
from floorwatch.model.counts import INTERVAL_SECONDS, AgentCounts, QueueCounts
from floorwatch.model.duty import Activity, ApprovalKind, Presence, Spell
from floorwatch.model.entities import Agent, AgentState, Membership
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Incident, Support
from floorwatch.model.targets import FloorRules
from floorwatch.roster import Cause, Pace, pace_of
from floorwatch.roster.pace import Hours, pace
from floorwatch.roster.shares import Rates, rates_of
from floorwatch.roster.spans import Spans, in_order, seconds_of, within, without
from tests.roster.duties import LUNCH, MEETING, at, shift
from tests.roster.witnessed import AGENT, OUT, PAUSED, PHONES, approval, excuse, seen_floor, spell

HOUR = 3600.0
TEN_AN_HOUR = Rates(0.0, (10 / HOUR,) * 40)


def parts(found: Pace) -> dict[str, float]:
    """What is not nothing, by cause."""
    return {cause.value: round(calls, 6) for cause, calls in found.parts if abs(calls) > 1e-9}


# --- golden examples of the sum ---


def test_whoever_takes_their_share_of_a_full_day_has_no_gap() -> None:
    found = pace(Hours(((0, HOUR),), ((0, HOUR),)), TEN_AN_HOUR, 10 / HOUR, 10, 0.0)

    assert (found.target, found.share, found.gap, parts(found)) == (10, 10, 0, {})


def test_a_quiet_hour_is_nobodys_fault() -> None:
    """12 wanted, 10 came, 10 answered."""
    found = pace(Hours(((0, HOUR),), ((0, HOUR),)), TEN_AN_HOUR, 12 / HOUR, 10, 0.0)

    assert parts(found) == {"no_calls": 2}


def test_time_off_the_phones_costs_what_came_meanwhile() -> None:
    """Half an hour away, of which twelve minutes are excused: 5 calls, 2 of them excused."""
    hours = Hours(((0, HOUR),), ((1800, HOUR),), ((1080, 1800),))
    found = pace(hours, TEN_AN_HOUR, 10 / HOUR, 5, 0.0)

    assert parts(found) == {"off_phones": 3, "excused": 2}


def test_time_beyond_the_plan_makes_a_gap_smaller() -> None:
    found = pace(Hours(((0, HOUR),), ((0, HOUR * 1.5),)), TEN_AN_HOUR, 10 / HOUR, 15, 0.0)

    assert (found.gap, parts(found)) == (-5, {"beyond": -5})


def test_long_calls_cost_the_calls_of_their_extra_time() -> None:
    """8 calls, 90 s longer each: 720 s, in which 2 calls came."""
    found = pace(Hours(((0, HOUR),), ((0, HOUR),)), TEN_AN_HOUR, 10 / HOUR, 8, 720.0)

    assert parts(found) == {"long_calls": 2}


@pytest.mark.parametrize(("mean", "own", "calls"), [(300.0, 360.0, 10.0), (200.0, 250.0, 7.2)])
def test_long_calls_explain_a_busy_hour_whole(mean: float, own: float, calls: float) -> None:
    """Always a caller: in an hour 3600 / mean come to whoever takes the usual time, and 3600 / own are taken."""
    rate = Rates(0.0, (1 / mean,) * 4)
    taken = HOUR / own
    found = pace(Hours(((0, HOUR),), ((0, HOUR),)), rate, 1 / mean, 0, taken * (own - mean))

    assert found.part(Cause.LONG_CALLS) == pytest.approx(HOUR / mean - taken)
    assert calls > 0


def test_long_calls_explain_a_quiet_hour_whole() -> None:
    """Calls wait for nobody: one comes after 150 s of being free, and takes 300 s instead of 250."""
    usual, own = HOUR / (150 + 250), HOUR / (150 + 300)
    found = pace(Hours(((0, HOUR),), ((0, HOUR),)), Rates(0.0, (usual / HOUR,) * 4), usual / HOUR, 0, own * 50)

    assert found.part(Cause.LONG_CALLS) == pytest.approx(usual - own)


SECONDS = st.integers(0, 40 * 900).map(float)
SPANS = st.lists(st.tuples(SECONDS, SECONDS), max_size=6).map(in_order)
VALUES = st.lists(st.floats(0, 0.05), max_size=40).map(tuple)
RATES = st.builds(Rates, st.just(0.0), VALUES, VALUES)


@given(st.builds(Hours, SPANS, SPANS, SPANS), RATES, st.floats(0, 0.01), st.integers(0, 200), st.floats(-1e5, 1e5))
def test_the_parts_add_up_to_the_gap(
    hours: Hours, rates: Rates, target_rate: float, answered: int, longer: float
) -> None:
    found = pace(hours, rates, target_rate, answered, longer)

    assert sum(calls for _cause, calls in found.parts) == pytest.approx(found.gap, abs=1e-6)
    assert [cause for cause, _calls in found.parts] == list(Cause)
    assert found.part(Cause.OFF_PHONES) >= -1e-9
    assert found.part(Cause.EXCUSED) >= 0 >= found.part(Cause.BEYOND)
    assert seconds_of(hours.planned) - seconds_of(hours.off) == pytest.approx(
        seconds_of(within(hours.planned, hours.on))
    )


@given(SPANS, SPANS, st.lists(SECONDS, max_size=8))
def test_spans_are_sets_of_moments(those: Spans, others: Spans, moments: list[float]) -> None:
    for moment in (each + 0.5 for each in moments):
        one, other = _covers(those, moment), _covers(others, moment)
        assert _covers(within(those, others), moment) == (one and other)
        assert _covers(without(those, others), moment) == (one and not other)
        assert _covers(in_order((*those, *others)), moment) == (one or other)


def _covers(spans: Spans, moment: float) -> bool:
    return any(start <= moment < end for start, end in spans)


# --- the shares of everybody ---

QUEUES = ("a", "b", "c")


@st.composite
def floors(draw: st.DrawFn) -> FloorSnapshot:
    """People of some queues on the telephones for a while, and calls answered in each quarter."""
    staff: list[tuple[frozenset[str], float, float]] = []
    for _each in range(draw(st.integers(1, 6))):
        start, end = sorted((draw(SECONDS), draw(SECONDS)))
        staff.append((draw(st.frozensets(st.sampled_from(QUEUES), min_size=1)), start, end))
    counts = {
        (queue, at * float(INTERVAL_SECONDS)): QueueCounts(answered=draw(st.integers(0, 9)))
        for queue in QUEUES
        for at in range(40)
    }
    agents = {
        str(n): Agent(str(n), str(n), queues=dict.fromkeys(queues, Membership(True)))
        for n, (queues, _start, _end) in enumerate(staff)
    }
    spells = {
        str(n): (Spell(Presence.PHONES, start, end), Spell(Presence.OUT, end))
        for n, (_queues, start, end) in enumerate(staff)
        if start < end
    }
    return FloorSnapshot(
        at=40 * 900.0,
        rules=FloorRules(FloorDays()),
        agents=agents,
        spells=spells,
        interval_counts=counts,
        queue_names=QUEUES,
    )


@given(floors())
def test_shares_of_everybody_add_up_to_the_calls_that_anybody_could_take(floor: FloorSnapshot) -> None:
    shares = sum(
        rates_of(floor, agent).brought(((spells[0].start, spells[0].end or 0.0),))
        for agent, spells in floor.spells.items()
    )
    staffed = {
        (queue, at): any(
            queue in floor.agents[agent].queues
            and spells[0].start < (at + 1) * 900
            and (spells[0].end or 0.0) > at * 900
            for agent, spells in floor.spells.items()
        )
        for queue in QUEUES
        for at in range(40)
    }
    taken = sum(
        counts.answered for (queue, start), counts in floor.interval_counts.items() if staffed[queue, int(start // 900)]
    )
    assert shares == pytest.approx(taken, abs=1e-6)


def test_a_narrow_skill_has_the_larger_share_of_its_queue() -> None:
    """One of queue a alone, one of a and b, ten calls in each: the second spends half of their time on each."""
    agents = {
        "one": Agent("one", "one", queues={"a": Membership(True)}),
        "both": Agent("both", "both", queues={"a": Membership(True), "b": Membership(True)}),
    }
    counts = {(queue, 0.0): QueueCounts(answered=10) for queue in ("a", "b")}
    spells = {name: (Spell(PHONES, 0.0),) for name in agents}
    floor = FloorSnapshot(at=900.0, rules=FloorRules(FloorDays()), agents=agents, spells=spells, interval_counts=counts)

    quarter = ((0.0, 900.0),)
    assert rates_of(floor, "one").brought(quarter) == pytest.approx(10 / 1.5)
    assert rates_of(floor, "both").brought(quarter) == pytest.approx(5 / 1.5 + 10)


def test_a_quarter_in_which_nobody_was_there_is_taken_as_the_mean_of_the_day() -> None:
    """Ten calls in the first quarter; in the second those that came went away."""
    agents = {"one": Agent("one", "one", queues={"a": Membership(True)})}
    floor = FloorSnapshot(
        at=1799.0,
        rules=FloorRules(FloorDays()),
        agents=agents,
        queue_names=("a",),
        spells={"one": (Spell(PHONES, 0.0, 900.0), Spell(OUT, 900.0))},
        interval_counts={("a", 0.0): QueueCounts(answered=10)},
    )

    assert rates_of(floor, "one").missed(((900.0, 1800.0),)) == pytest.approx(10)


def test_whoever_was_away_would_have_shared_what_came_with_those_who_were_there() -> None:
    """Ten calls in a quarter that one of two took alone: five are missed, and ten were brought."""
    agents = {name: Agent(name, name, queues={"a": Membership(True)}) for name in ("here", "away")}
    floor = FloorSnapshot(
        at=900.0,
        rules=FloorRules(FloorDays()),
        agents=agents,
        queue_names=("a",),
        spells={"here": (Spell(PHONES, 0.0),), "away": (Spell(OUT, 0.0),)},
        interval_counts={("a", 0.0): QueueCounts(answered=10)},
    )

    assert rates_of(floor, "away").missed(((0.0, 900.0),)) == pytest.approx(5)
    assert rates_of(floor, "here").brought(((0.0, 900.0),)) == pytest.approx(10)


# --- one person's day ---

MATE = Agent("mate", "Bo", queues={"q": Membership(True)})

NINE_TO_FIVE = shift(AGENT, (9, 12), (12, 13, LUNCH), (13, 17))


def worked(
    *spells: Spell, now: float = 12.0, answered: int = 20, state: AgentState = AgentState.AVAILABLE, **said: Any
) -> Pace:
    """The pace of somebody who is alone in a queue with ten calls an hour."""
    plan, support = said.pop("plan", NINE_TO_FIVE), said.pop("support", None)
    made = seen_floor(*([plan] if plan else []), now=now, spells=spells, **said)
    start = made.day_start
    counts = {("q", start + at * 900.0): QueueCounts(answered=3 if at % 2 else 2) for at in range(96)}
    agent = Agent(AGENT, "Ada", "A01", state=state, since=at(11), queues={"q": Membership(True)})
    floor = replace(
        made,
        agents={AGENT: agent, "mate": MATE},
        spells={**made.spells, "mate": (spell(PHONES, 8),)},
        queue_names=("q",),
        interval_counts=counts,
        agent_counts={(AGENT, start): AgentCounts(answered=answered)},
        support=support or made.support,
    )
    found = pace_of(floor, AGENT, 75.0)
    assert found is not None
    return found


def test_target_of_the_day_is_cut_to_the_planned_hours_so_far() -> None:
    found = worked(spell(PHONES, 9), now=14.0)

    assert found.planned == 4 * HOUR
    assert found.target == pytest.approx(40)
    assert found.is_planned


def test_calls_of_an_hour_paused_are_off_the_phones() -> None:
    """One of two in an hour with ten calls, all of which the other took: half would have been theirs."""
    found = worked(spell(PHONES, 9, 10), spell(PAUSED, 10, 11, "Restroom"), spell(PHONES, 11), now=12.0)

    assert found.part(Cause.OFF_PHONES) == pytest.approx(5)
    assert found.part(Cause.EXCUSED) == 0
    assert found.share == pytest.approx(5 + 5 + 5)


@pytest.mark.parametrize("covered", ["meeting", "excuse", "approval", "incident"])
def test_what_excuses_an_hour_away_takes_it_from_off_the_phones(covered: str) -> None:
    reason = "Meeting" if covered == "meeting" else "Restroom"
    incident = Incident("i", "down", at(10), ("A01",), closed_at=at(11))
    witnesses: dict[str, dict[str, Any]] = {
        "excuse": {"excuses": [excuse(10, 11)]},
        "approval": {"approvals": [approval(ApprovalKind.OUT, 10, 11)]},
        "incident": {"support": Support(incidents={"i": incident})},
    }
    said = witnesses.get(covered, {})
    found = worked(spell(PHONES, 9, 10), spell(PAUSED, 10, 11, reason), spell(PHONES, 11), **said)

    assert found.part(Cause.OFF_PHONES) == pytest.approx(0)
    assert found.part(Cause.EXCUSED) == pytest.approx(5)


def test_a_planned_meeting_is_no_time_on_the_phones() -> None:
    plan = shift(AGENT, (9, 10), (10, 11, MEETING), (11, 17))
    found = worked(spell(PHONES, 9, 10), spell(PAUSED, 10, 11, "Meeting"), spell(PHONES, 11), plan=plan)

    assert found.planned == 2 * HOUR
    assert found.part(Cause.EXCUSED) == 0


def test_without_a_roster_it_is_the_time_signed_in_less_breaks_up_to_their_limits() -> None:
    """Three hours, of which half an hour of a break that may last a quarter."""
    spells = (spell(PHONES, 9, 10), spell(PAUSED, 10, 10.5, "Break"), spell(PHONES, 10.5))
    found = worked(*spells, plan=None)

    assert not found.is_planned
    assert found.planned == 2.75 * HOUR
    assert found.part(Cause.OFF_PHONES) > 0


def test_nobody_has_a_pace_before_they_came() -> None:
    floor = seen_floor(NINE_TO_FIVE, now=8.0, spells=[spell(OUT, -2)])

    assert pace_of(floor, AGENT, 70.0) is None
    assert pace_of(floor, "nobody", 70.0) is None


def test_whoever_never_came_is_off_the_phones_for_their_whole_share() -> None:
    others = seen_floor(NINE_TO_FIVE, now=12.0, spells=[spell(OUT, -2)])
    counts = {("q", others.day_start + at * 900.0): QueueCounts(answered=3) for at in range(96)}
    floor = replace(
        others,
        agents={"mate": MATE, AGENT: Agent(AGENT, "Ada", queues={"q": Membership(True)})},
        spells={**others.spells, "mate": (spell(PHONES, 9),)},
        queue_names=("q",),
        interval_counts=counts,
    )
    found = pace_of(floor, AGENT, 75.0)

    assert found is not None
    assert found.part(Cause.OFF_PHONES) == pytest.approx(found.share) == pytest.approx(18)


def test_time_before_the_call_feed_began_is_nobodys() -> None:
    found = worked(spell(PHONES, 11), now=12.0, feed_began=11.0)

    assert found.planned == HOUR
    assert found.part(Cause.OFF_PHONES) == 0


def test_activities_of_the_plan_that_are_not_the_phones_need_no_calls() -> None:
    plan = shift(AGENT, (9, 11, Activity.TRAINING), (11, 17))
    found = worked(spell(OUT, 8, 11), spell(PHONES, 11), plan=plan)

    assert found.planned == HOUR
