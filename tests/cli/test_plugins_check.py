"""`floorwatch plugins check`: what it prints of a good plugin, of a bad one, and of one that cannot be loaded."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Run
from tests.host.drop_in_files import drop, panel_plugin

BAD = """
import time

from floorwatch.api import Needs, Panel, Text, Topic, hookimpl


class Clock(Panel):
    name = "clock"
    title = "Clock"
    needs = Needs(frozenset({Topic.ALERTS}))

    def build(self, floor, options):
        if floor.waiting:
            return 1 / 0
        return Text.of(str(len(floor.agents)))


@hookimpl
def floorwatch_panels():
    return [Clock()]


@hookimpl
def floorwatch_panles():
    return []
"""

FORMAT = """
from floorwatch.api import Fact, FeedFormat, hookimpl


class Decoder:
    def feed(self, line):
        return [float(line.raw)]


class Lines(FeedFormat):
    name = "lines"
    title = "Lines"
    gives = frozenset()

    def sniff(self, sample):
        return 0.9 if sample.startswith(b"lines") else 0.0

    def decoder(self, options):
        return Decoder()

    def time_of(self, raw):
        return None


@hookimpl
def floorwatch_feed_formats():
    return [Lines()]
"""


@pytest.fixture
def mine(folder: Path) -> Path:
    return folder / "mine"


def test_a_bundled_plugin_is_all_well(floorwatch: Run) -> None:
    ran = floorwatch("plugins", "check", "needs-you")

    assert ran.status == 0
    assert "\npanel needs-you\n  ok      its declaration is sound\n" in ran.out
    assert "FAILED" not in ran.out
    assert re.search(r"\nall \d\d claims hold\n\Z", ran.out)


def test_a_drop_in_is_named_by_its_path_and_each_failure_by_its_line(floorwatch: Run, mine: Path) -> None:
    ran = floorwatch("plugins", "check", drop(mine, "clock.py", BAD))

    assert ran.status == 1
    assert (
        "  FAILED  it loads whole\n          clock.py:23: there is no hook floorwatch_panles; did you mean" in ran.out
    )
    assert "clock.py:14: ZeroDivisionError: division by zero (on asterisk-22 at" in ran.out
    assert "            clock.py:14, build: return 1 / 0\n" in ran.out
    assert "          clock.py:13: reads floor.waiting (topic calls): add Topic.CALLS to the\n" in ran.out
    assert ran.out.endswith("\n1 problem at loading\n4 of 22 claims failed\n")
    assert ran.err == ""


def test_an_exception_is_traced_once_though_it_breaks_many_claims(floorwatch: Run, mine: Path) -> None:
    ran = floorwatch("plugins", "check", drop(mine, "clock.py", BAD))

    assert ran.out.count("clock.py:14, build: return 1 / 0") == 1


def test_every_line_fits_a_terminal_of_80_columns(floorwatch: Run, mine: Path) -> None:
    for plugin in ("queue-status", "asterisk", drop(mine, "clock.py", BAD)):
        lines = floorwatch("plugins", "check", plugin).out.splitlines()

        assert [line for line in lines if cell_len(line) > 80 and " " in line.strip()] == []


def test_a_plugin_of_a_plugin_folder_is_named_like_any_other(floorwatch: Run, mine: Path) -> None:
    drop(mine, "one.py", panel_plugin("one-panel", "One"))
    drop(mine, "two.py", panel_plugin("two-panel", "Two"))

    ran = floorwatch("plugins", "check", "two", "--plugin-dir", mine)
    both = floorwatch("plugins", "check", mine)

    assert "panel two-panel" in ran.out
    assert "one-panel" not in ran.out
    assert "panel one-panel" in both.out
    assert "panel two-panel" in both.out


def test_a_sample_shows_what_no_bundled_one_can(floorwatch: Run, mine: Path) -> None:
    plugin, sample = drop(mine, "lines.py", FORMAT), drop(mine, "today.log", "lines of text\n")

    ran = floorwatch("plugins", "check", plugin, "--sample", sample)

    assert ran.status == 1
    assert "lines.py:7: ValueError: could not convert string to float:" in ran.out
    assert "raise RejectLine" in ran.out


def test_a_sample_that_lies_beside_the_plugin_is_found(floorwatch: Run, mine: Path) -> None:
    plugin = drop(mine, "lines.py", FORMAT)
    drop(mine, "lines_example.log", "lines of text\n")

    assert "not looked at: give a sample" not in floorwatch("plugins", "check", plugin).out


def test_a_drop_in_that_takes_the_name_of_another_is_not_taken_for_it(floorwatch: Run, mine: Path) -> None:
    ran = floorwatch("plugins", "check", drop(mine, "agents.py", panel_plugin("mine")))

    assert ran.status == 1
    assert "'agents' is taken by" in ran.out.replace("\n          ", " ")
    assert "panel agents" not in ran.out


def test_one_that_cannot_be_loaded_shows_why_and_where(floorwatch: Run, mine: Path) -> None:
    ran = floorwatch("plugins", "check", drop(mine, "broken.py", "import floorwatch.api\nprint(undefined)\n"))

    assert ran.status == 1
    assert "NameError: name 'undefined' is not defined" in ran.out
    assert ran.out.endswith("\n1 problem at loading\n")


def test_a_misspelt_name_is_told_with_the_nearest_there_is(floorwatch: Run) -> None:
    ran = floorwatch("plugins", "check", "qeue-status")

    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints == ["floorwatch: there is no plugin 'qeue-status'; did you mean 'queue-status'?"]


def test_a_disabled_plugin_is_not_checked(floorwatch: Run, folder: Path) -> None:
    config = folder / "f.toml"
    config.write_text('[plugins]\ndisabled = ["agents"]\n', encoding="utf-8")

    ran = floorwatch("plugins", "check", "agents", "--config", config)

    assert ran.status == 1
    assert "is disabled in the configuration" in ran.complaints[0]
