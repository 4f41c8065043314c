"""When a floor forgets: once a day, some while after the day edge, and never for a clock that was wrong a while."""

from zoneinfo import ZoneInfo

from floorwatch.engine.night import Night
from floorwatch.engine.system_clock import DAY_SETTLED_SECONDS
from floorwatch.model import events
from floorwatch.model.clock import FloorDays
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules

DAY = 86_400.0
NOON = 1_795_219_200.0 + DAY / 2
DAYS = FloorDays(ZoneInfo("UTC"))


def a_floor() -> Floor:
    floor = Floor(FloorRules(days=DAYS))
    floor.apply(events.CallEntered(NOON, "c-1", "support"), "log")
    floor.apply(events.CallAbandoned(NOON + 30, "c-1", "support"), "log")
    return floor


class Passing:
    """A night that is looked at, with a clock that nobody sets."""

    def __init__(self) -> None:
        self.floor, self.passed = a_floor(), 0.0
        self.night = Night(DAYS, lambda: self.passed)

    def look(self, at: float, after: float = 1.0) -> int:
        """It is `at` on the floor, so many seconds after the look before: how many waits are remembered."""
        self.passed += after
        self.night.look(self.floor, at)
        return len(self.floor.history.visits)


def test_what_ended_before_yesterday_is_forgotten_once_the_new_day_has_settled() -> None:
    passing = Passing()
    assert passing.look(NOON + DAY) == 1
    assert passing.look(NOON + 2 * DAY, DAY) == 1
    assert passing.look(NOON + 2 * DAY + 60, 60) == 1
    assert passing.look(NOON + 2 * DAY + DAY_SETTLED_SECONDS, DAY_SETTLED_SECONDS) == 0


def test_a_day_that_began_an_hour_ago_keeps_the_one_before() -> None:
    passing = Passing()
    passing.look(NOON)
    passing.look(NOON + DAY)
    assert passing.look(NOON + DAY + DAY_SETTLED_SECONDS, 2 * DAY_SETTLED_SECONDS) == 1


def test_a_clock_that_was_wrong_for_a_while_costs_nothing() -> None:
    passing = Passing()
    passing.look(NOON + 60)
    passing.look(NOON + 400 * DAY)
    passing.look(NOON + 400 * DAY + 60, 60)
    passing.look(NOON + 180)
    assert passing.look(NOON + 240, DAY_SETTLED_SECONDS) == 1


def test_a_floor_on_which_nothing_happened_yet_is_left_alone() -> None:
    assert Passing().look(float("-inf")) == 1
