"""What keyframes depend on: the same in every process, other whenever other numbers or words would come of it."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from floorwatch.engine.house import House, build_house
from floorwatch.engine.keyframes.fingerprint import Fingerprint, Header, header_of
from floorwatch.feeds.shapes import FeedError
from floorwatch.settings import load_settings
from floorwatch.words import use_language
from tests.keyframes.small_recording import grown, recording

CONFIG = """
[floor]
zone = "Asia/Shanghai"
day_starts = "04:00"
grid = \"\"\"
A1 A2 . A3

B1 B2
\"\"\"

[service]
seconds = 25

[queues.support]
title = "Support"
order = 2

[queues.sales]
order = 1
longest_wait_seconds = 90

[people]
file = "people.csv"

[duty]
minimums = ["09:00-12:00 30"]
[duty.tolerance]
break = 120
[duty.activities]
"喝茶" = "break"
[duty.peak]
name = "peak"
first_day = 1

[rules.wait-over-target]
enabled = true
"""

SHOWN = """
import sys
from pathlib import Path
import msgspec
from floorwatch.engine.house import build_house
from floorwatch.engine.keyframes.fingerprint import header_of
from floorwatch.settings import load_settings
house = build_house(load_settings(Path(sys.argv[1])), plugin_folders=[Path(sys.argv[3])], journal="memory:")
sys.stdout.write(msgspec.json.encode(header_of(house, sys.argv[2]).header).decode())
"""

RULE = """
from floorwatch.api import Alert, AlertTone, NoOptions, hookimpl

class Quiet:
    name, title, hold_seconds, options_type = "quiet", "Quiet", 0.0, NoOptions
    def check(self, floor, options):
        return []

@hookimpl
def floorwatch_alert_rules():
    return [Quiet()]
"""


class Desk:
    """A folder with a configuration, people, a plugin and a recording."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "floorwatch.toml"
        self.people = folder / "people.csv"
        self.plugins = folder / "plugins"
        self.rule = self.plugins / "quiet.py"
        self.plugins.mkdir()
        self.config.write_text(CONFIG, encoding="utf-8")
        self.people.write_text("interface,name,employee\nSIP/101,王芳,1001\nSIP/102,李娜,1002\n", encoding="utf-8")
        self.rule.write_text(RULE)
        self.recording = recording(folder / "day.floorlog")

    def house(self) -> House:
        """The house as it is configured now."""
        settings = load_settings(self.config)
        return build_house(settings, plugin_folders=[self.plugins], journal="memory:")

    def taken(self) -> Fingerprint:
        """The fingerprint of now."""
        return header_of(self.house(), self.recording)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_is_the_same_in_every_process(desk: Desk, seed: str) -> None:
    command = [sys.executable, "-c", SHOWN, str(desk.config), str(desk.recording), str(desk.plugins)]
    said = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
    assert msgspec.json.decode(said, type=Header) == desk.taken().header


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        ('day_starts = "04:00"', 'day_starts = "05:00"', "days"),
        ("seconds = 25", "seconds = 30", "rules"),
        ("longest_wait_seconds = 90", "longest_wait_seconds = 91", "rules"),
        ("order = 2", "order = 0", "rules"),
        ('"喝茶" = "break"', '"喝茶" = "lunch"', "rules"),
        ("break = 120", "break = 60", "rules"),
        ("first_day = 1", "first_day = 2", "rules"),
        ("A1 A2 . A3", "A2 A1 . A3", "rules"),
        ("[duty]\n", "[alerts]\nevery_seconds = 10\n[duty]\n", "alerts"),
        ("[rules.wait-over-target]\nenabled = true", "[rules.quiet]\nenabled = false", "alerts"),
        ('[people]\nfile = "people.csv"', "", "people"),
        ("[duty]\n", "[plugins]\ndisabled = ['quiet']\n[duty]\n", "plugins"),
    ],
)
def test_what_counts_otherwise_is_another_floor(desk: Desk, before: str, after: str, part: str) -> None:
    taken = desk.taken()
    assert before in CONFIG
    desk.config.write_text(CONFIG.replace(before, after, 1), encoding="utf-8")
    other = desk.taken()
    assert taken.header.house[part] != other.header.house[part]
    objection = taken.objection(other.header)
    assert "other settings" in objection
    assert part in objection


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('title = "Support"', 'title = "Hilfe"'),
        ("[duty]\n", '[screen]\ntheme = "light"\nlayout = [["seats"]]\n[duty]\n'),
        ("[duty]\n", '[journal]\nurl = "other.db"\n[duty]\n'),
        ("[floor]\n", '[floor]\nme = "1001"\nname = "North"\n'),
        ("[duty]\n", '[groups]\nall = ["support", "sales"]\n[duty]\n'),
        ('zone = "Asia/Shanghai"', 'zone = "Europe/Paris"'),
    ],
)
def test_what_only_changes_looks_is_the_same_floor(desk: Desk, before: str, after: str) -> None:
    """Among it the zone: a recording brings its own."""
    taken = desk.taken()
    assert before in CONFIG
    desk.config.write_text(CONFIG.replace(before, after, 1), encoding="utf-8")
    assert taken.objection(desk.taken().header) == ""


def test_other_people_are_another_floor(desk: Desk) -> None:
    taken = desk.taken()
    desk.people.write_text("interface,name,employee\nSIP/101,王芳,1001\n", encoding="utf-8")
    assert "people" in taken.objection(desk.taken().header)


def test_a_rule_that_its_author_works_on_is_another_rule(desk: Desk) -> None:
    taken = desk.taken()
    desk.rule.write_text(RULE.replace("return []", "return [ ]"))
    assert "plugins" in taken.objection(desk.taken().header)


def test_a_plugin_of_panels_alone_changes_nothing(desk: Desk) -> None:
    taken = desk.taken()
    (desk.plugins / "panels.py").write_text(
        "from floorwatch.api import hookimpl\n@hookimpl\ndef floorwatch_panels():\n    return []\n"
    )
    assert taken.objection(desk.taken().header) == ""


def test_another_language_says_alerts_otherwise(desk: Desk) -> None:
    taken = desk.taken()
    use_language("zh_CN")
    other = desk.taken()
    assert taken.header.house.keys() == other.header.house.keys()
    assert taken.header.house["language"] != other.header.house["language"]


def test_another_floorwatch_is_said(desk: Desk) -> None:
    taken = desk.taken()
    other = msgspec.structs.replace(taken.header, floorwatch="0.0.1")
    assert taken.objection(other) == "keyframes of floorwatch 0.0.1"


def test_a_recording_that_changed_in_the_middle_is_another(desk: Desk) -> None:
    taken = desk.taken()
    with desk.recording.open("r+b") as file:
        file.seek(desk.recording.stat().st_size // 2)
        file.write(b"#")
    assert desk.taken().objection(taken.header) == "keyframes of another recording"


def test_a_copy_of_a_recording_is_the_same(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "copy.floorlog"
    copy.write_bytes(desk.recording.read_bytes())
    assert header_of(desk.house(), copy).objection(desk.taken().header) == ""


def test_one_byte_that_is_other_anywhere_makes_it_another(desk: Desk) -> None:
    recording(desk.recording.with_name("large.floorlog"), 5_000).replace(desk.recording)
    taken, size = desk.taken(), desk.recording.stat().st_size
    for part in (0.21, 0.33, 0.52, 0.77):
        with desk.recording.open("r+b") as file:
            file.seek(int(part * size))
            was = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(b"#")
        assert desk.taken().objection(taken.header) == "keyframes of another recording"
        with desk.recording.open("r+b") as file:
            file.seek(int(part * size))
            file.write(was)
    assert desk.taken().objection(taken.header) == ""


def test_a_large_recording_that_grew_is_known_by_its_first_bytes(desk: Desk) -> None:
    recording(desk.recording.with_name("large.floorlog"), 5_000).replace(desk.recording)
    taken = desk.taken()
    assert taken.header.recording.size > 1_000_000
    grown(desk.recording, 1_000)
    other = desk.taken()
    assert other.objection(taken.header) == ""
    assert other.is_outgrown(taken.header)
    assert taken.objection(other.header) == ""
    assert not taken.is_outgrown(other.header)


def test_a_recording_that_is_gone_is_said(desk: Desk) -> None:
    house = desk.house()
    desk.recording.unlink()
    with pytest.raises(FeedError, match="no such file"):
        header_of(house, desk.recording)
