"""Plans: what is refused, and how the demo is laid around the moment it is opened."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from floorwatch.model.events import CallAbandoned, CallAnswered, CallCompleted, CallEntered, CallLeft, CallTransferred
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.plan import DEMO_CLOCK, DEMO_HISTORY, HOUR, Plan, demo_plan, midnights, queues_for, working_day


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (lambda: Plan(0.0, agents=0), "agents"),
        (lambda: Plan(0.0, hours=0.0), "hours"),
        (lambda: Plan(0.0, hours=float("nan")), "hours"),
        (lambda: Plan(0.0, calls_per_agent=-1.0), "calls_per_agent"),
        (lambda: Plan(0.0, queues=()), "queues"),
        (lambda: Plan(0.0, queues=queues_for(1) * 2), "queues"),
        (lambda: Plan(0.0, zone="Mars/Olympus"), "zone"),
        (lambda: Plan(0.0, zone=""), "zone"),
        (lambda: Plan(0.0, languages=(("xx", 1.0),)), "languages"),
    ],
)
def test_a_plan_that_cannot_be_names_its_field(plan: Callable[[], Plan], field: str) -> None:
    with pytest.raises(ValueError, match=field):
        plan()


def test_queues_have_names_of_their_own_however_many() -> None:
    assert [queue.name for queue in queues_for(4)] == ["support", "sales", "vip", "billing"]
    assert len({queue.name for queue in queues_for(40)}) == 40


def test_a_working_day_is_nine_to_six_on_the_local_clock() -> None:
    zone = ZoneInfo("Europe/Berlin")
    night = datetime(2026, 11, 23, 0, 30, tzinfo=zone).timestamp()
    plan = working_day(night, "Europe/Berlin", agents=20, queues=2)

    assert datetime.fromtimestamp(plan.start, zone) == datetime(2026, 11, 23, 9, tzinfo=zone)
    assert datetime.fromtimestamp(plan.end, zone) == datetime(2026, 11, 23, 18, tzinfo=zone)


def test_days_of_23_and_25_hours_keep_their_working_hours() -> None:
    zone = ZoneInfo("Europe/Berlin")
    plan = Plan(datetime(2026, 3, 28, tzinfo=zone).timestamp(), 24.0 * 3, zone="Europe/Berlin")
    nines = [datetime.fromtimestamp(midnight + 9 * HOUR, zone).hour for midnight in midnights(plan)]

    assert set(nines) == {9}


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_the_demo_is_in_trouble_at_whatever_hour_it_is_opened(hour: int) -> None:
    now = datetime(2026, 11, 23, hour, 7, 31, tzinfo=UTC).timestamp() + 0.25
    waiting: dict[str, str] = {}
    talks: dict[str, float] = {}
    ends = Counter[str]()
    for event in simulate(demo_plan(now)):
        if event.at > now:
            break
        match event:
            case CallEntered():
                waiting[event.call] = event.queue
            case CallAnswered():
                del waiting[event.call]
                talks[event.call] = event.at
                ends["answered"] += 1
            case CallAbandoned() | CallLeft():
                del waiting[event.call]
                ends["gone"] += 1
            case CallCompleted() | CallTransferred():
                talks.pop(event.call, None)
            case _:
                pass

    assert Counter(waiting.values())["support"] >= 3
    assert len(talks) > 20
    assert sum(now - since > 240 for since in talks.values()) >= 3
    assert 0.85 < ends["answered"] / ends.total() < 0.97


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Asia/Kathmandu"])
def test_the_demos_clock_says_late_morning_now(zone: str) -> None:
    now = datetime(2026, 11, 23, 22, 59, tzinfo=UTC).timestamp()
    plan = demo_plan(now, zone)
    clocks = [now - midnight for midnight in midnights(plan)]

    assert plan.start == now - DEMO_HISTORY
    assert clocks[0] == pytest.approx(DEMO_CLOCK)
    assert plan.end > now + 24 * HOUR
