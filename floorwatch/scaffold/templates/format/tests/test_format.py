"""What My format promises."""

from pathlib import Path

from floorwatch.api import events
from floorwatch.testing import Kit, check_format, check_plugin

import my_format
from my_format.format import MyFormat

EXAMPLE = Path(__file__).with_name("example.log").read_bytes()
OF_SOMETHING_ELSE = b"1773104405|c1|support|NONE|ENTERQUEUE||\n"


def test_a_call_is_followed_from_its_entry_to_its_end(floorwatch: Kit) -> None:
    read = floorwatch.lines(MyFormat(), EXAMPLE)

    assert read.events[:2] == [
        events.CallEntered(1773104405.0, "c1", "support"),
        events.CallAnswered(1773104417.0, "c1", "support", "1009"),
    ]
    assert len(read.events) == 6
    assert not read.rejects


def test_a_line_that_cannot_be_read_is_refused_with_the_reason(floorwatch: Kit) -> None:
    read = floorwatch.lines(MyFormat(), "2026-03-10 09:00:05;c1;support;entered\n")

    assert not read.events
    assert "no time with a zone in front" in str(read.rejects)


def test_it_knows_its_own_lines_from_others() -> None:
    assert MyFormat().sniff(EXAMPLE) == 1.0
    assert MyFormat().sniff(OF_SOMETHING_ELSE) == 0.0


def test_it_keeps_to_the_rules_of_formats() -> None:
    check_format(MyFormat(), EXAMPLE)


def test_floorwatch_loads_it() -> None:
    check_plugin(my_format)
