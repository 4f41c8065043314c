"""On the command line: where plugins come from, what they have of their own, and what is wrong with that."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

READING = """
from msgspec import Struct
from floorwatch.api import Command, hookimpl

FLOORWATCH_API = "1"
__version__ = "0.3"


class Settings(Struct, frozen=True):
    url: str


class Go(Command):
    name = "watch"
    title = "Go"
    key = "q"
    cli = True

    def run(self, request):
        return []


@hookimpl
def floorwatch_commands(plugin):
    plugin.log.info("reads %s", plugin.settings(Settings).url)
    return [Go()]
"""


@pytest.fixture
def plugin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plugin with settings, a log, and a command that asks for too much."""
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    file = folder / "mine.py"
    file.write_text(READING)
    file.chmod(0o644)
    return file


def configured(folder: Path, text: str) -> Path:
    """A configuration of this text."""
    (folder / "floor.toml").write_text(text)
    return Path("floor.toml")


def test_a_plugin_is_listed_with_its_version_api_origin_place_and_problems(
    floorwatch: Run, folder: Path, plugin: Path
) -> None:
    config = configured(folder, "[plugins.mine]\nurl = 'here'\n")

    ran = floorwatch("--config", config, "--plugin-dir", plugin, "plugins", "list", "--verbose")

    rows = [row.split() for row in ran.out.splitlines()]
    assert ["mine", "0.3", "1", "drop-in", "problems", str(plugin)] in rows
    assert "plugin mine: mine.py:13: floorwatch_commands, item 1 (Go): its key 'q' is floorwatch's own" in ran.out
    assert "`floorwatch watch` is floorwatch's own" in ran.out
    assert "log of mine:" in ran.out
    assert "INFO reads here" in ran.out
    assert (folder / "state" / "floorwatch" / "plugins" / "mine.log").is_file()


def test_a_wrong_section_of_a_plugin_is_an_error_before_anything_begins(
    floorwatch: Run, folder: Path, plugin: Path, log: Path
) -> None:
    config = configured(folder, "[plugins.mine]\nulr = 'here'\n")

    checked = floorwatch("--config", config, "--plugin-dir", plugin, "config", "check")
    worked = floorwatch("--config", config, "--plugin-dir", plugin, "state", log)

    expected = [
        "floorwatch: floor.toml: plugins.mine.ulr: there is no such option; did you mean url?",
        "floorwatch: floor.toml: plugins.mine.url: missing, and it has no default; write it under [plugins.mine]",
    ]
    assert (checked.status, checked.complaints) == (1, expected)
    assert (worked.status, worked.complaints) == (1, expected)


def test_sections_that_nobody_reads_are_named(floorwatch: Run, folder: Path, plugin: Path) -> None:
    config = configured(folder, "[plugins.mine]\nurl = 'here'\n[plugins.mien]\n[plugins.agents]\n[commands.wach]\n")

    ran = floorwatch("--config", config, "--plugin-dir", plugin, "config", "check")

    said = [line.removeprefix("floorwatch: floor.toml: ") for line in ran.complaints]
    assert "plugins.mien: there is no plugin 'mien'; did you mean 'mine'?" in said
    assert (
        "plugins.agents: this plugin asks for no settings of its own; those of a panel stand in [panels.NAME]" in said
    )
    assert "commands.wach: there is no command 'wach'; did you mean 'watch'?" in said


def test_a_key_of_plugins_that_is_no_table_is_named_with_its_line(floorwatch: Run, folder: Path) -> None:
    config = configured(folder, "[plugins]\ndisbled = ['agents']\nmine = 3\n")

    ran = floorwatch("--config", config, "config", "check")

    assert ran.complaints == [
        "floorwatch: floor.toml:2: plugins.disbled: is not known here; did you mean disabled?",
        "floorwatch: floor.toml:3: plugins.mine: is not known here; known are folders, disabled, "
        "and tables of their own such as [plugins.mine]",
    ]


def test_sections_of_plugins_and_commands_are_shown(floorwatch: Run, folder: Path) -> None:
    config = configured(folder, "[plugins.mine]\nurl = 'here'\n[commands.note]\nlongest = 80\n")

    rows = [row.split()[:3] for row in floorwatch("--config", config, "config", "show").out.splitlines()]

    assert ["plugins.mine.url", '"here"', "file"] in rows
    assert ["commands.note.longest", "80", "file"] in rows
