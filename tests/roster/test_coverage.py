"""Hands on the telephones: what is known of people, now, steps, noon, and what each feed alone can say."""

import pytest
from msgspec.structs import replace

from floorwatch.model.counts import QueueCounts
from floorwatch.model.duty import Assignment, Duty, HandMark, MarkKind, Presence, Punch, Spell
from floorwatch.model.duty_rules import DutyRules, Minimum, NoonRules, PeakRules, When
from floorwatch.model.entities import Agent, AgentState, Fact
from floorwatch.model.people import People, Person
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import (
    Attendance,
    Doubt,
    Planned,
    Status,
    Step,
    attendance,
    lowest,
    measured_aht,
    minimum_at,
    noon_guard,
    now,
    plan_of,
    steps,
)
from floorwatch.roster.hands import levels, times_away
from tests.roster.duties import DATE, LUNCH, PHONES, at, duty, floor, leave, shift

YESTERDAY = "2026-11-21"
CALLS = frozenset({Fact.CALLS, Fact.MEMBERS, Fact.PAUSES})
NEVER = NoonRules(when=When.NEVER)
ALWAYS = NoonRules(when=When.ALWAYS)
DAY = (9, 18)


def hands(found: tuple[Step, ...]) -> dict[float, tuple[int, int]]:
    """Scheduled and expected by the hour at which a step begins."""
    return {(step.start - at(0)) / 3600: (step.scheduled, step.expected) for step in found}


def planned_of(watched: FloorSnapshot, agent: str = "a") -> Planned:
    return plan_of(watched).by_agent[agent]


def signed_in(agent: str, since: float, state: AgentState = AgentState.AVAILABLE) -> Agent:
    return Agent(agent, agent, state=state, since=since)


def marked(held: Duty, *absent: str, by_hour: float = 9.5) -> Duty:
    marks = {
        f"m{who}": HandMark(f"m{who}", who, DATE, MarkKind.ABSENT, at(by_hour), by="Ada", at=at(by_hour))
        for who in absent
    }
    return replace(held, marks=marks)


# --- without anything


def test_an_empty_floor_has_no_steps_and_no_hands() -> None:
    empty = floor(Duty())
    assert steps(empty) == ()
    assert lowest(()) is None
    assert noon_guard(empty) is None
    found = now(empty)
    assert (found.due, found.here, found.scheduled, found.expected, found.available) == (0, None, 0, 0, None)
    assert found.by_activity == {}


def test_the_call_feed_alone_tells_who_takes_calls_and_schedules_nobody() -> None:
    agents = [
        signed_in("a", at(9)),
        signed_in("b", at(9), AgentState.PAUSED),
        signed_in("c", at(9), AgentState.ON_CALL),
    ]
    alone = floor(Duty(), agents=agents, gives=CALLS)
    found = now(alone)
    assert (found.available, found.scheduled, found.due) == (2, 0, 0)
    assert not alone.duty.has_roster
    assert steps(alone) == ()


def test_the_roster_alone_says_who_is_scheduled_and_nothing_of_who_is_here() -> None:
    alone = floor(duty([shift("a", DAY), shift("b", (9, 12), (12, 13, LUNCH), (13, 18))]), at(12.5))
    found = now(alone)
    assert (found.due, found.scheduled, found.expected) == (2, 1, 1)
    assert (found.here, found.available) == (None, None)
    assert found.by_activity == {PHONES: 1, LUNCH: 1}


# --- steps


def test_steps_are_quarter_hours_from_the_running_one_to_the_end_of_the_last_shift() -> None:
    found = steps(floor(duty([shift("a", DAY), shift("b", (9, 10.2))]), at(9.6)))
    assert hands(found)[9.5] == (2, 2)
    assert hands(found)[10.0] == (1, 1)
    assert hands(found)[17.75] == (1, 1)
    assert (found[0].start, found[-1].start) == (at(9.5), at(17.75))


def test_a_step_without_hands_for_a_minute_has_none() -> None:
    pause = (12.1, 12.1 + 1 / 60, LUNCH)
    found = steps(floor(duty([shift("a", DAY, pause)]), at(9)))
    assert hands(found)[12.0] == (0, 0)
    assert hands(found)[12.25] == (1, 1)


def test_of_the_running_step_what_is_over_does_not_count() -> None:
    held = duty([shift("a", DAY, (12, 12.1, LUNCH))])
    assert hands(steps(floor(held, at(12.2))))[12.0] == (1, 1)
    assert hands(steps(floor(held, at(12.2)), at(12)))[12.0] == (0, 0)


def test_of_the_last_step_what_comes_after_the_last_shift_does_not_count() -> None:
    found = steps(floor(duty([shift("a", (9, 17.9))]), at(17)))
    assert hands(found)[17.75] == (1, 1)


def test_a_change_at_the_end_of_a_step_is_of_the_next() -> None:
    found = steps(floor(duty([shift("a", DAY), shift("b", (9, 12))]), at(11.5)))
    assert hands(found)[11.75] == (2, 2)
    assert hands(found)[12.0] == (1, 1)


def test_levels_are_the_least_of_each_stretch_and_when_it_is_reached_first() -> None:
    changes = {0.0: 3, 10.0: -2, 12.0: 1, 15.0: -2, 20.0: 5}
    assert levels(changes, [5, 11, 14, 20, 30]) == [(1, 10.0), (1, 11), (0, 15.0), (5, 20)]
    assert levels({}, [0, 1]) == [(0, 0)]
    assert levels(changes, [10, 10]) == [(1, 10)]


def test_the_night_goes_on_after_midnight_and_is_counted_with_the_early_shift() -> None:
    held = duty([shift("a", (22, 30), date=YESTERDAY), shift("b", (5, 13)), shift("c", (22, 30))])
    found = hands(steps(floor(held, at(4))))
    assert (found[4.0], found[5.0], found[6.0], found[13.0], found[29.75]) == ((1, 1), (2, 2), (1, 1), (0, 0), (1, 1))


def test_whoever_is_in_two_plans_at_once_is_one_pair_of_hands() -> None:
    held = duty([shift("a", (22, 32), date=YESTERDAY), shift("a", (6, 14))])
    assert hands(steps(floor(held, at(5))))[6.0] == (1, 1)
    assert now(floor(held, at(7))).scheduled == 1


def test_somebody_who_stands_in_is_counted_instead_of_the_absent_person() -> None:
    given = Assignment("x", "b", DATE, at(9), at(12), instead_of="a")
    held = duty([shift("a", DAY), shift("b")], assignments=[given])
    found = hands(steps(floor(held, at(9))))
    assert (found[9.0], found[12.0]) == ((1, 1), (1, 1))
    assert now(floor(held, at(10))).scheduled == 1


def test_a_team_has_its_own_hands_and_no_minimum() -> None:
    people = People([Person("a", "a", team="A"), Person("b", "b", team="B")])
    rules = DutyRules(minimums=(Minimum(0, 1440, 5),), noon=NEVER)
    both = replace(floor(duty([shift("a", DAY), shift("b", DAY)]), at(9), rules=rules), people=people)
    assert [(step.scheduled, step.minimum) for step in steps(both, team="A")[:1]] == [(1, 0)]
    assert (now(both, "A").scheduled, now(both, "A").minimum, now(both).minimum) == (1, 0, 5)
    assert now(both, "no such team").due == 0


def test_what_was_asked_of_a_snapshot_is_kept_with_it() -> None:
    watched = floor(duty([shift("a", DAY)]), at(9))
    assert steps(watched) is steps(watched)
    assert now(watched) is now(watched)


# --- what is known of people


def test_whoever_is_absent_is_not_expected_for_the_whole_shift() -> None:
    held = marked(duty([shift("a", DAY), shift("b", DAY)]), "a")
    found = hands(steps(floor(held, at(10))))
    assert set(found.values()) == {(2, 1)}
    assert now(floor(held, at(10))).expected == 1


def test_whoever_has_not_come_is_expected_while_the_grace_runs_and_not_after() -> None:
    held = duty([shift("a", DAY)])
    others = {"b": (Spell(Presence.OUT, at(-12)),)}
    early, late, later = (
        replace(floor(held, moment, gives=CALLS), spells=others) for moment in (at(8), at(9) + 200, at(9) + 400)
    )
    assert now(late).expected == 1
    assert now(later).expected == 0
    assert now(early).expected == 0
    assert hands(steps(early))[9.0] == (1, 1)


def test_whoever_signed_out_is_not_counted_on_before_their_next_break() -> None:
    held = duty([shift("a", (9, 12), (12, 13, LUNCH), (13, 18))])
    spells = {"a": (Spell(Presence.PHONES, at(8.9), at(11)), Spell(Presence.OUT, at(11)))}
    out = floor(held, at(11.5), agents=[signed_in("a", at(11), AgentState.SIGNED_OUT)], gives=CALLS)
    row = Attendance(agent="a", status=Status.PRESENT, came=at(8.9))
    assert now(replace(out, spells=spells)).expected == 0
    assert times_away(out, row, planned_of(out)) == ((at(11.5), at(12)),)


def test_whoever_is_in_the_house_and_signed_out_is_not_counted_on_either() -> None:
    held = replace(duty([shift("a", (9, 12), (12, 13, LUNCH), (13, 18))]), punches={"a": (Punch("a", at(8.8)),)})
    spells = {"a": (Spell(Presence.PHONES, at(8.9), at(11)), Spell(Presence.OUT, at(11)))}
    out = replace(
        floor(held, at(11.5), agents=[signed_in("a", at(11), AgentState.SIGNED_OUT)], gives=CALLS), spells=spells
    )
    assert [each.status for each in attendance(out)] == [Status.PRESENT]
    assert now(out).expected == 0


def test_a_person_on_a_break_is_expected_back() -> None:
    held = duty([shift("a", DAY)])
    spells = {"a": (Spell(Presence.PHONES, at(9), at(10)), Spell(Presence.PAUSED, at(10), reason="lunch"))}
    paused = floor(held, at(12), agents=[signed_in("a", at(10), AgentState.PAUSED)], gives=CALLS)
    found = now(replace(paused, spells=spells))
    assert (found.expected, found.available, found.here) == (1, 0, 1)


@pytest.mark.parametrize(
    ("row", "away"),
    [
        (Attendance(agent="a", status=Status.PRESENT, came=at(9)), ()),
        (Attendance(agent="a", status=Status.DUE), ()),
        (Attendance(agent="a", status=Status.EXPECTED), ()),
        (Attendance(agent="a", status=Status.UNSEEN), ()),
        (Attendance(agent="a", status=Status.LATE, came=at(10), late=3600), ((-float("inf"), at(10)),)),
        (Attendance(agent="a", status=Status.ABSENT), ((-float("inf"), float("inf")),)),
        (
            Attendance(agent="a", status=Status.LEFT_EARLY, came=at(9), left=at(11), early=60),
            ((-float("inf"), at(9)), (at(11), float("inf"))),
        ),
        (
            Attendance(agent="a", status=Status.LATE, came=at(10), left=at(11), early=60),
            ((-float("inf"), at(10)), (at(11), float("inf"))),
        ),
        (
            Attendance(
                agent="a",
                status=Status.DUE,
                doubts=(Doubt.LEAVE_NOT_FILED,),
                leave=leave("a", at(9), at(15)),
            ),
            ((at(9), at(15)),),
        ),
    ],
)
def test_what_is_known_of_a_shift_says_when_not_to_count_on_it(
    row: Attendance, away: tuple[tuple[float, float], ...]
) -> None:
    watched = floor(duty([shift("a", DAY)]), at(12))
    assert times_away(watched, row, planned_of(watched)) == away


def test_punches_tell_who_is_here_of_those_who_are_due() -> None:
    held = replace(
        duty([shift("a", DAY), shift("b", DAY), shift("c", (13, 18))]), punches={"a": (Punch("a", at(8.9)),)}
    )
    found = now(floor(held, at(10)))
    assert (found.due, found.here, found.expected) == (2, 1, 1)


def test_yesterdays_night_that_is_absent_is_missing_in_this_morning() -> None:
    night = duty([shift("a", (22, 30), date=YESTERDAY), shift("b", (22, 30), date=YESTERDAY), shift("c", DAY)])
    absent = replace(night, marks={"m": HandMark("m", "a", YESTERDAY, MarkKind.ABSENT, at(-1), by="Ada", at=at(-1))})
    assert hands(steps(floor(absent, at(3))))[3.0] == (2, 1)
    assert hands(steps(floor(absent, at(10)), at(3)))[3.0] == (2, 1)


# --- what is needed


def test_a_minimum_holds_from_its_minute_up_to_its_end() -> None:
    rules = DutyRules(minimums=(Minimum(540, 600, 3), Minimum(570, 1080, 2)), noon=NEVER)
    watched = floor(Duty(), rules=rules)
    needed = {hour: minimum_at(watched, at(hour)) for hour in (8.99, 9, 9.75, 10, 17.99, 18)}
    assert needed == {8.99: 0, 9: 3, 9.75: 3, 10: 2, 17.99: 2, 18: 0}


def test_a_minimum_may_pass_midnight() -> None:
    watched = floor(Duty(), rules=DutyRules(minimums=(Minimum(1320, 1560, 2),), noon=NEVER))
    assert [minimum_at(watched, at(hour)) for hour in (1.99, 2, 21, 22, 25.99, 26)] == [2, 0, 0, 2, 2, 0]


def test_a_step_before_a_minimum_begins_needs_nothing() -> None:
    watched = floor(duty([shift("a", DAY)]), at(9), rules=DutyRules(minimums=(Minimum(690, 720, 2),), noon=NEVER))
    needed = {(step.start - at(0)) / 3600: step.minimum for step in steps(watched)}
    assert (needed[11.25], needed[11.5], needed[11.75], needed[12.0]) == (0, 2, 2, 0)


def test_the_lowest_step_is_the_one_with_the_fewest_to_spare_and_the_earliest() -> None:
    rules = DutyRules(minimums=(Minimum(840, 900, 2),), noon=NEVER)
    found = lowest(steps(floor(duty([shift("a", DAY), shift("b", (9, 17))]), at(9), rules=rules)))
    assert found is not None
    assert (found.start, found.spare, found.gap) == (at(14), 0, 0)
    short = lowest(steps(floor(duty([shift("a", DAY)]), at(9), rules=rules)))
    assert short is not None
    assert (short.start, short.spare, short.gap) == (at(14), -1, 1)


def test_hours_before_the_first_shift_are_no_low_point() -> None:
    found = lowest(steps(floor(duty([shift("a", (9, 10))]), at(6), rules=DutyRules(noon=NEVER))))
    assert found is not None
    assert found.start == at(9)
    assert lowest(steps(floor(duty([shift("a", DAY)]), at(6)))) is not None
    assert lowest(steps(floor(Duty()))) is None


# --- noon


def noon_floor(rules: DutyRules, hour: float = 10, **answered: float) -> FloorSnapshot:
    held = duty([shift("a", DAY, (12, 13, LUNCH)), shift("b", DAY, (12.5, 13, LUNCH)), shift("c", DAY)])
    watched = floor(held, at(hour), rules=rules, gives=frozenset({Fact.CALLS}))
    counts = QueueCounts()
    for name, value in answered.items():
        setattr(counts, name, value)
    return replace(watched, queue_names=("q",), day_counts={("q", at(0)): counts})


def test_noon_is_short_below_the_hard_figure_and_low_below_the_target() -> None:
    found = noon_guard(noon_floor(DutyRules(noon=ALWAYS)))
    assert found is not None
    assert (found.start, found.end, found.least, found.least_at) == (at(11.5), at(13.5), 1, at(12.5))
    assert (found.is_short, found.is_low) == (True, True)
    two = noon_guard(noon_floor(DutyRules(noon=NoonRules(when=When.ALWAYS, hard=1, target=2))))
    assert two is not None
    assert (two.is_short, two.is_low) == (False, True)


def test_noon_is_needed_in_steps_and_at_the_moment() -> None:
    watched = noon_floor(DutyRules(noon=ALWAYS, minimums=(Minimum(720, 780, 1),)))
    assert minimum_at(watched, at(12)) == 2
    assert [(step.minimum, step.target) for step in steps(watched, at(11.25), at(11.75))] == [(0, 0), (2, 3)]


def test_noon_says_how_many_calls_the_least_hands_carry() -> None:
    found = noon_guard(noon_floor(DutyRules(noon=ALWAYS), completed=10, talk_seconds=3000.0, answered=10))
    assert found is not None
    assert (found.least, found.aht_seconds) == (1, 300.0)
    assert found.calls_per_hour is not None
    assert 2 < found.calls_per_hour < 4
    assert measured_aht(noon_floor(DutyRules())) is None


def test_of_a_running_noon_what_is_left_counts_and_a_noon_that_is_over_is_none() -> None:
    running = noon_guard(noon_floor(DutyRules(noon=ALWAYS), 13.1))
    assert running is not None
    assert (running.least, running.start) == (3, at(11.5))
    assert noon_guard(noon_floor(DutyRules(noon=ALWAYS), 13.5)) is None
    assert noon_guard(floor(duty([shift("a", (14, 20))]), at(9))) is None


def test_noon_of_the_peak_period_holds_in_it_alone() -> None:
    inside = PeakRules("征期", first_day=20, last_day=25)
    outside = PeakRules("征期", first_day=1, last_day=15)
    on, off = (noon_guard(noon_floor(DutyRules(peak=peak))) for peak in (inside, outside))
    assert on is not None
    assert off is not None
    assert (on.holds, on.is_short) == (True, True)
    assert (off.holds, off.is_short, off.is_low) == (False, False, False)
    assert minimum_at(noon_floor(DutyRules(peak=outside)), at(12)) == 0
    assert minimum_at(noon_floor(DutyRules(peak=inside)), at(12)) == 2
