"""What My rule promises."""

from floorwatch.testing import Kit, check_plugin, check_rule

import my_rule
from my_rule.rule import MyRule


def test_too_few_free_agents_are_said_once_a_queue(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009", seat="A07", team="A")

    (alert,) = floorwatch.alerts(MyRule(), at="09:10", minimum=2)

    assert alert.subject == "queue:support"
    assert alert.text == "support: 1 free, 2 wanted"


def test_enough_free_agents_are_no_alert(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009", seat="A07", team="A")

    assert not floorwatch.alerts(MyRule(), at="09:10", minimum=1)


def test_a_queue_that_nobody_works_in_is_no_alert(floorwatch: Kit) -> None:
    floorwatch.at("09:00").enters("c1", "support")

    assert not floorwatch.alerts(MyRule(), at="09:10")


def test_it_keeps_to_the_rules_of_rules() -> None:
    check_rule(MyRule())


def test_floorwatch_loads_it() -> None:
    check_plugin(my_rule)
