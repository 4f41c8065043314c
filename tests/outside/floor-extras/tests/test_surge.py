"""What the rule arrivals-surge promises."""

import pytest
from floorwatch.api import Fact
from floorwatch.testing import Kit, RefusedError, check_rule, floors

from floor_extras.surge import ArrivalsSurge


def came(floorwatch: Kit, queue: str, *calls: int) -> None:
    """The calls of the last quarters, the running one last."""
    for back, number in enumerate(reversed(calls)):
        floorwatch.put(floors.interval(queue, back, offered=number))


def test_many_more_calls_than_before_are_said_since_the_quarter_began(floorwatch: Kit) -> None:
    came(floorwatch, "support", 10, 12, 14, 12, 31)

    (alert,) = floorwatch.alerts(ArrivalsSurge())

    assert alert.subject == "queue:support"
    assert alert.text == "support: 31 calls in this quarter of an hour, 12 before"
    assert alert.since == 1773109800.0


@pytest.mark.parametrize("calls", [(10, 12, 14, 12, 18), (1, 1, 1, 1, 9), (0, 0, 0, 10, 40), (40,)])
def test_a_rise_that_is_none_or_small_or_the_start_of_a_day_is_not_said(
    floorwatch: Kit, calls: tuple[int, ...]
) -> None:
    came(floorwatch, "support", *calls)

    assert not floorwatch.alerts(ArrivalsSurge())


def test_its_options_are_taken(floorwatch: Kit) -> None:
    came(floorwatch, "support", 10, 10, 15)
    came(floorwatch, "sales", 10, 10, 30)

    alerts = floorwatch.alerts(ArrivalsSurge(), factor=1.2, least=15, quarters=2, queues=["support"])

    assert [alert.subject for alert in alerts] == ["queue:support"]


def test_a_factor_of_no_use_is_refused(floorwatch: Kit) -> None:
    with pytest.raises(RefusedError, match="factor"):
        floorwatch.alerts(ArrivalsSurge(), factor=0.5)


def test_it_is_silent_where_no_calls_are_told(floorwatch: Kit) -> None:
    floorwatch.gives = frozenset({Fact.PAUSES})
    came(floorwatch, "support", 10, 12, 14, 12, 31)

    assert not floorwatch.alerts(ArrivalsSurge())


def test_the_host_raises_it_after_its_hold(floorwatch: Kit) -> None:
    for number in range(4):
        floorwatch.at("10:00").enters(f"a{number}", "support")
        floorwatch.at("10:15").enters(f"b{number}", "support")
    for number in range(12):
        floorwatch.at("10:31").enters(f"c{number}", "support")
    floorwatch.asks(ArrivalsSurge(), quarters=2)

    assert not floorwatch.floor("10:31:05").alerts
    assert len(floorwatch.floor("10:31:30").alerts) == 1


def test_it_keeps_to_the_rules_of_rules() -> None:
    check_rule(ArrivalsSurge(), factor=1.1, least=1, quarters=1)
