"""Alerts of the day that are over: kept with the instant at which they were cleared, for the business day."""

from datetime import UTC, time

from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.model.clock import FloorDays
from floorwatch.model.floor import CLEARED_KEPT, Floor
from floorwatch.model.targets import FloorRules

DAY = 86_400.0
NINE = 10 * DAY + 9 * 3600


def raised(subject: str, at: float = NINE, text: str = "late") -> RaisedAlert:
    return RaisedAlert("late", Alert(subject, text), at)


def a_floor() -> Floor:
    return Floor(FloorRules(FloorDays(UTC, time(4))))


def cleared(floor: Floor, at: float) -> list[tuple[str, float | None]]:
    return [(each.alert.subject, each.cleared_at) for each in floor.snapshot(at).cleared_alerts]


def test_an_alert_that_is_over_is_kept_with_its_instant() -> None:
    floor = a_floor()
    floor.set_alerts((raised("agent:1"), raised("agent:2")), NINE)
    floor.set_alerts((raised("agent:2"),), NINE + 5)

    assert cleared(floor, NINE + 6) == [("agent:1", NINE + 5)]
    assert [each.alert.subject for each in floor.snapshot(NINE + 6).alerts] == ["agent:2"]


def test_an_alert_whose_words_or_tone_change_is_not_over() -> None:
    floor = a_floor()
    floor.set_alerts((raised("agent:1"),), NINE)
    floor.set_alerts((RaisedAlert("late", Alert("agent:1", "very late", AlertTone.ALARM), NINE),), NINE + 5)

    assert cleared(floor, NINE + 6) == []


def test_one_that_is_raised_again_was_over_in_between() -> None:
    floor = a_floor()
    floor.set_alerts((raised("agent:1"),), NINE)
    floor.set_alerts((raised("agent:1", NINE + 5),), NINE + 5)

    assert cleared(floor, NINE + 6) == [("agent:1", NINE + 5)]


def test_those_of_yesterday_go_with_the_first_of_today() -> None:
    floor = a_floor()
    floor.set_alerts((raised("agent:1"), raised("agent:2")), NINE)
    floor.set_alerts((raised("agent:2"),), NINE + 5)
    floor.set_alerts((), NINE + DAY)

    assert cleared(floor, NINE + DAY) == [("agent:2", NINE + DAY)]


def test_those_of_yesterday_are_not_shown_today_even_while_nothing_is_over() -> None:
    floor = a_floor()
    floor.set_alerts((raised("agent:1"),), NINE)
    floor.set_alerts((), NINE + 5)

    assert cleared(floor, NINE + DAY) == []


def test_the_last_ones_are_kept() -> None:
    floor = a_floor()
    floor.set_alerts(tuple(raised(f"agent:{n}") for n in range(CLEARED_KEPT + 1)), NINE)
    floor.set_alerts((), NINE + 5)

    found = cleared(floor, NINE + 6)
    assert len(found) == CLEARED_KEPT
    assert found[-1] == (f"agent:{CLEARED_KEPT}", NINE + 5)
