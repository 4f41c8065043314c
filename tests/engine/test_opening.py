"""A feed whose options its format does not take is one sentence, before anything is read."""

from pathlib import Path

import pytest

from floorwatch.engine.house import House, build_house
from floorwatch.engine.recognising import format_of
from floorwatch.feeds.shapes import FeedError
from floorwatch.settings import FeedSettings, load_settings

BREAKS = """
from floorwatch.api import FeedFormat, hookimpl

class Breaks(FeedFormat):
    name = "breaks"
    title = "Breaks"
    gives = frozenset()

    def sniff(self, sample):
        return 0.0

    def time_of(self, raw):
        return None

    def decoder(self, options):
        return options["zone"]

@hookimpl
def floorwatch_feed_formats():
    return [Breaks()]
"""


@pytest.fixture
def house(tmp_path: Path) -> House:
    (tmp_path / "breaks.py").write_text(BREAKS, encoding="utf-8")
    return build_house(load_settings(None), plugin_folders=[tmp_path])


def test_an_unknown_option_of_a_format_is_said_with_the_feed(house: House) -> None:
    wanted = FeedSettings("log", "asterisk-queue-log", options={"zone": "UTC"})

    with pytest.raises(FeedError, match=r"^feeds\.sw\.options: unknown option 'zone'"):
        format_of(house, "sw", wanted)


def test_a_format_that_fails_is_said_with_its_file_and_line(house: House) -> None:
    with pytest.raises(
        FeedError, match=r"^feeds\.sw: the format breaks failed: KeyError: .zone. \(.*breaks\.py:\d+\)$"
    ):
        format_of(house, "sw", FeedSettings("log", "breaks"))
