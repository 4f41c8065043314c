"""What the house makes of plugins that nobody wrote a layout for, and of what the settings say to them."""

from pathlib import Path
from typing import Any

import pytest

from floorwatch.engine.house import House, build_house, command_options, mistakes_of, slots_of
from floorwatch.engine.plugin_screen import plugin_text
from floorwatch.engine.system_clock import monotonic
from floorwatch.host.claims import Reserved
from floorwatch.host.lane import Lanes
from floorwatch.settings import PluginSettings, ScreenSettings, Settings, SettingsError
from floorwatch.settings.layout import LayoutSpec
from tests.host.drop_in_files import drop, panel

BUNDLED = [
    ["*4", "queue-status:6", ">needs-you:5"],
    ["*4", "seats:6", "callers:5"],
    ["*3", "agents:6", "queue-hours:5"],
]
COMMAND = """
from msgspec import Struct
from floorwatch.api import Command, hookimpl


class Settings(Struct, frozen=True):
    room: str = "A"


class Options(Struct, frozen=True):
    longest: int = 200


class Note(Command):
    name = "jot"
    title = "Note"
    key = "n"
    options_type = Options

    def run(self, request):
        return []


@hookimpl
def floorwatch_commands(plugin):
    plugin.settings(Settings)
    plugin.log.warning("room missing")
    return [Note()]
"""


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Logs go where the test can see them."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def with_panels(folder: Path, *names: str) -> Path:
    """A drop-in folder with one plugin that has these panels."""
    classes = "".join(panel(name, f"Panel{number}") for number, name in enumerate(names))
    made = ", ".join(f"Panel{number}()" for number, _name in enumerate(names))
    drop(folder, "mine.py", f"{classes}\n\n@hookimpl\ndef floorwatch_panels():\n    return [{made}]\n")
    return folder


def words(house: House) -> list[list[str]]:
    """The layout as the settings would write it."""
    return house.layout.words


def test_without_other_plugins_the_layout_is_the_settings_own() -> None:
    assert words(build_house(Settings(), only_bundled=True)) == BUNDLED


def test_a_plugin_of_the_plugins_folder_shows_below_the_bundled_layout(tmp_path: Path) -> None:
    folder = with_panels(tmp_path / "plugins", "one", "two", "three")

    house = build_house(Settings(plugins=PluginSettings((folder,))))

    assert words(house) == [*BUNDLED, ["*2", "one", "two"], ["*2", "three"]]
    assert [slot.name for slot in slots_of(house)][-3:] == ["one", "two", "three"]
    assert house.layout.start == "needs-you"


@pytest.mark.parametrize("given", ["plugins", "plugins/mine.py"])
def test_a_plugin_given_on_the_command_line_is_where_the_cursor_starts(tmp_path: Path, given: str) -> None:
    with_panels(tmp_path / "plugins", "one", "two")

    house = build_house(Settings(), plugin_folders=[tmp_path / given])

    assert words(house) == [
        ["*4", "queue-status:6", "needs-you:5"],
        ["*4", "seats:6", "callers:5"],
        ["*3", "agents:6", "queue-hours:5"],
        ["*2", ">one", "two"],
    ]


def test_of_a_layout_of_one_s_own_only_what_was_given_on_the_command_line_is_added(tmp_path: Path) -> None:
    folder = with_panels(tmp_path / "plugins", "one")
    own: dict[str, Any] = {
        "screen": ScreenSettings(layout=LayoutSpec.of([["agents"]])),
        "given": frozenset({("screen",), ("screen", "layout")}),
    }

    found = build_house(Settings(plugins=PluginSettings((folder,)), **own))
    given = build_house(Settings(**own), plugin_folders=[folder])

    assert words(found) == [["agents"]]
    assert words(given) == [["agents"], ["*2", ">one"]]


def test_a_panel_that_the_layout_names_is_not_shown_twice(tmp_path: Path) -> None:
    folder = with_panels(tmp_path / "plugins", "one")
    screen = ScreenSettings(layout=LayoutSpec.of([["one", ">agents"]]))

    house = build_house(Settings(screen=screen), plugin_folders=[folder])

    assert words(house) == [["one", ">agents"]]


def house_of_the_command(folder: Path, **settings: Any) -> House:
    """A house with the command above, given on the command line."""
    return build_house(Settings(**settings), plugin_folders=[drop(folder, "mine.py", COMMAND)])


def test_options_of_a_command_are_those_of_its_table(tmp_path: Path) -> None:
    house = house_of_the_command(tmp_path, commands={"jot": {"longest": 80}})

    assert getattr(command_options(house)["jot"], "longest", None) == 80


def test_all_that_plugins_find_wrong_in_the_settings_is_said_at_once(tmp_path: Path) -> None:
    wrong: dict[str, Any] = {
        "commands": {"jot": {"longst": 80}},
        "plugins": PluginSettings(sections={"mine": {"room": 7}}),
        "panels": {"agents": {"colour": 3}},
    }
    house = house_of_the_command(tmp_path, **wrong)

    assert [said.partition(":")[0] for said in mistakes_of(house)] == ["plugins.mine.room", "panels.agents.colour"]

    house = house_of_the_command(tmp_path, **{**wrong, "plugins": PluginSettings()})
    with pytest.raises(SettingsError, match=r"commands\.jot\.longst: there is no such option; did you mean longest"):
        command_options(house)


def test_a_key_that_floorwatch_has_is_a_problem_of_the_command_that_wants_it(tmp_path: Path) -> None:
    plugin = drop(tmp_path, "mine.py", COMMAND)

    house = build_house(Settings(), plugin_folders=[plugin], reserved=Reserved(keys=frozenset({"n"})))

    assert house.catalogue.command("jot").key == ""
    (problem,) = house.catalogue.plugins[-1].problems
    assert problem.reason.startswith("mine.py:14: floorwatch_commands, item 1 (Note): its key 'n' is floorwatch's own")


def test_the_plugin_screen_shows_the_plugin_s_own_log(tmp_path: Path, state_folder: Path) -> None:
    house = house_of_the_command(tmp_path)

    text = str(plugin_text(house.catalogue, [], Lanes(monotonic), "mine"))

    assert "WARNING room missing" in text
    assert str(state_folder / "floorwatch" / "plugins" / "mine.log") in text
    assert "Its own log" not in str(plugin_text(house.catalogue, [], Lanes(monotonic), "agents"))


NEEDY = """
from msgspec import Struct
from floorwatch.api import AlertRule, Command, Notice, Panel, hookimpl


class Options(Struct, frozen=True):
    room: str


class Room(Panel):
    name = "room"
    title = "Room"
    options_type = Options

    def build(self, floor, options):
        return Notice(options.room)


class Full(AlertRule):
    name = "full"
    title = "Full"
    options_type = Options

    def check(self, floor, options):
        return []


class Enter(Command):
    name = "enter"
    title = "Enter"
    options_type = Options

    def run(self, request):
        return []


@hookimpl
def floorwatch_panels():
    return [Room()]


@hookimpl
def floorwatch_alert_rules():
    return [Full()]


@hookimpl
def floorwatch_commands():
    return [Enter()]
"""


def test_what_lacks_an_option_that_nobody_set_is_left_out_and_the_floor_opens(tmp_path: Path) -> None:
    drop(tmp_path, "needy.py", NEEDY)

    house = build_house(Settings(), plugin_folders=[tmp_path])

    assert mistakes_of(house) == ()
    assert "room" not in house.layout.panels
    entry = next(each for each in house.catalogue.plugins if each.name == "needy")
    assert entry.problems[0].reason == (
        "room is left out until it is set up: panels.room.room: missing, and it has no default; "
        "write it under [panels.room]"
    )
    assert [problem.reason.split()[0] for problem in entry.problems] == ["room", "full", "enter"]


def test_what_has_a_section_of_its_own_must_be_right(tmp_path: Path) -> None:
    drop(tmp_path, "needy.py", NEEDY)

    house = build_house(Settings(panels={"room": {"rom": "A"}}), plugin_folders=[tmp_path])

    assert any("panels.room.rom: there is no such option; did you mean room?" in said for said in mistakes_of(house))
