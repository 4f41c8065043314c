"""What My panel promises."""

from floorwatch.api import Tone
from floorwatch.testing import Kit, check_panel, check_plugin

import my_panel
from my_panel.panel import MyPanel


def test_the_longest_wait_of_a_queue_is_shown(floorwatch: Kit) -> None:
    floorwatch.at("10:40:00").enters("c1", "support")
    floorwatch.at("10:40:30").enters("c2", "support")

    shown = floorwatch.show(MyPanel(), at="10:40:45")

    assert shown.cell("queue:support", "waiting").text == "2"
    assert shown.cell("queue:support", "longest").text == "0:45"


def test_a_wait_over_the_limit_is_a_warning(floorwatch: Kit) -> None:
    floorwatch.at("10:40:00").enters("c1", "support")

    before = floorwatch.show(MyPanel(), at="10:40:29", warn_seconds=30)
    after = floorwatch.show(MyPanel(), at="10:40:30", warn_seconds=30)

    assert before.tone("queue:support", "longest") is Tone.CALM
    assert after.tone("queue:support", "longest") is Tone.WARN


def test_a_caller_who_was_answered_waits_no_more(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009", seat="A07", team="A")
    floorwatch.at("10:40:00").enters("c1", "support")
    floorwatch.at("10:40:20").answers("王芳", "c1")

    shown = floorwatch.show(MyPanel(), at="10:41")

    assert shown.cell("queue:support", "longest").text == "-"


def test_it_keeps_to_the_rules_of_panels() -> None:
    check_panel(MyPanel())


def test_floorwatch_loads_it() -> None:
    check_plugin(my_panel)
