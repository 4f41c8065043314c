"""The paper side of a simulated floor: roster, punches, leave and swaps fit what the switch says."""

import csv
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from floorwatch.model import events
from floorwatch.model.duty import Tick
from floorwatch.simulate.crew import first_day
from floorwatch.simulate.duty import MOST_DAYS, duty_entries, punches, roster_csv
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.plan import DAY, HOUR, Plan, demo_plan
from floorwatch.simulate.staff import people

NOW = 1773121667.0
"""2026-03-10 05:47:47 UTC."""


def rows(plan: Plan) -> list[dict[str, str]]:
    return list(csv.DictReader(roster_csv(plan).splitlines()))


def test_the_roster_has_three_stints_a_person_and_day_and_no_more_than_a_week(day: Plan) -> None:
    written = rows(day)

    assert Counter(row["employee"] for row in written) == {who.employee: 3 for who in people(day)}
    assert {row["activity"] for row in written} == {"phones", "lunch"}
    assert len(rows(demo_plan(NOW))) == 60 * 3 * MOST_DAYS


def test_stints_follow_one_another_and_end_with_the_shift(day: Plan) -> None:
    of: dict[str, list[dict[str, str]]] = {}
    for row in rows(day):
        of.setdefault(row["employee"], []).append(row)

    for who in people(day):
        first, lunch, last = of[who.employee]
        assert first["end"] == lunch["start"]
        assert lunch["end"] == last["start"]
        span = datetime.fromisoformat(last["end"]) - datetime.fromisoformat(first["start"])
        assert span.total_seconds() == who.shift.ends - who.shift.starts == 9 * HOUR


def test_whoever_signs_in_on_the_first_day_is_whom_the_first_day_foretold(day: Plan) -> None:
    came = {event.agent for event in simulate(day) if isinstance(event, events.MemberAdded)}

    assert came == {employee for employee, workday in first_day(day).items() if workday is not None}


def test_it_foretells_the_first_day_of_a_plan_that_begins_in_the_middle_of_shifts_too() -> None:
    plan = Plan(NOW, 6.0, seed=1)
    came = {event.agent for event in simulate(plan) if isinstance(event, events.MemberAdded)}

    assert came <= {employee for employee, workday in first_day(plan).items() if workday is not None}
    punched = {line.decode().split("\t")[0].strip(): line.decode().split("\t")[1] for _at, line in punches(plan)}
    began = datetime.fromtimestamp(plan.start, ZoneInfo(plan.zone))
    assert any(datetime.fromisoformat(at).replace(tzinfo=began.tzinfo) < began for at in punched.values())


def test_nearly_everybody_who_signs_in_has_punched_just_before(day: Plan) -> None:
    zone = ZoneInfo(day.zone)
    signed: dict[str, float] = {}
    for event in simulate(day):
        if isinstance(event, events.MemberAdded):
            signed.setdefault(event.agent, event.at)
    first: dict[str, float] = {}
    for _when, line in punches(day):
        pin, moment, *_rest = line.decode().split("\t")
        at = datetime.fromisoformat(moment).replace(tzinfo=zone).timestamp()
        assert line.endswith(b"\r\n")
        assert len(pin) == 9
        first.setdefault(pin.strip(), at)
    before = [signed[pin] - at for pin, at in first.items() if pin in signed and at <= signed[pin]]

    assert 0.8 * len(signed) < len(before) <= len(signed)
    assert all(50 <= seconds <= 301 for seconds in before)


def test_punches_come_as_the_terminal_hands_them_over(day: Plan) -> None:
    when = [at for at, _line in punches(day)]

    assert when == sorted(when)
    assert list(punches(day)) == list(punches(day))


def test_of_those_away_one_said_nothing_and_one_lacks_a_tick() -> None:
    plan = demo_plan(NOW)
    away = [employee for employee, workday in first_day(plan).items() if workday is None]
    made = list(duty_entries(plan))
    leaves = {each.id: each for each in made if isinstance(each, events.LeaveRequested)}
    ticks: dict[str, set[Tick]] = {}
    for each in made:
        if isinstance(each, events.RequestTicked):
            ticks.setdefault(each.request, set()).add(each.tick)

    assert len(away) >= 3
    assert {leave.agent for leave in leaves.values()} < set(away)
    assert away[0] not in {leave.agent for leave in leaves.values()}
    assert min(len(ticks[each]) for each in leaves) == 1
    assert len({each.id for each in made}) == len(made)


def test_the_swap_is_asked_for_tomorrow_by_two_of_different_shifts() -> None:
    plan = demo_plan(NOW)
    (swap,) = [each for each in duty_entries(plan) if isinstance(each, events.SwapRequested)]
    shifts = {who.employee: who.shift for who in people(plan)}
    tomorrow = f"{datetime.fromtimestamp(NOW + DAY, ZoneInfo(plan.zone)):%Y-%m-%d}"

    assert swap.date == swap.other_date == tomorrow
    assert shifts[swap.agent] != shifts[swap.other]


def test_a_floor_of_one_has_a_roster_and_nobody_to_swap_with() -> None:
    alone = Plan(NOW, 6.0, 1)

    assert rows(alone)
    assert not any(isinstance(each, events.SwapRequested) for each in duty_entries(alone))
