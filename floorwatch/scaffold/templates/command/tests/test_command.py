"""What My command promises."""

from floorwatch.api import Happened, Toast, events
from floorwatch.testing import Kit, check_command, check_plugin

import my_command
from my_command.command import MyCommand


def test_a_break_is_kept_and_said(floorwatch: Kit) -> None:
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009", seat="A07", team="A")
    command = MyCommand()

    kept, said = floorwatch.run(command, at="10:40", person="1009", minutes="10", note="tea")

    assert isinstance(kept, Happened)
    assert isinstance(kept.event, events.Custom)
    assert kept.event.subject == "1009"
    assert kept.event.data == {"minutes": 10, "until": kept.event.at + 600, "note": "tea"}
    assert said == Toast("王芳 has a break of 10 minutes.")


def test_it_keeps_to_the_rules_of_commands() -> None:
    check_command(MyCommand())


def test_floorwatch_loads_it() -> None:
    check_plugin(my_command)
