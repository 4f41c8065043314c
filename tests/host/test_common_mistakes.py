"""The mistakes that authors make: each is said with the plugin's file, and with what to do."""

from pathlib import Path

import pytest

from floorwatch.api import API_VERSION
from floorwatch.engine.house import House, build_house, mistakes_of, slots_of
from floorwatch.engine.shows import Shows
from floorwatch.host.health import HealthState
from floorwatch.host.lane import Lanes
from floorwatch.settings import Settings
from tests.engine.small_floor import START, Changes
from tests.host.drop_in_files import drop

SOUND = """
from msgspec import Struct
from floorwatch.api import NoOptions, Panel, Text, hookimpl


class Options(Struct, frozen=True):
    rows: int = 3


class Mine(Panel):
    name = "mine"
    title = "Mine"
    options_type = Options

    def build(self, floor, options):
        return Text.of("well")


@hookimpl
def floorwatch_panels():
    return [Mine()]
"""


def house_with(folder: Path, *changes: tuple[str, str], settings: Settings | None = None) -> House:
    """A house with the sound plugin, after these changes to its source."""
    source = SOUND
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return build_house(settings or Settings(), plugin_folders=[drop(folder, "mine.py", source)])


def problem_of(house: House) -> str:
    """The only thing that is wrong with the plugin."""
    (entry,) = [entry for entry in house.catalogue.plugins if entry.name == "mine"]
    (problem,) = entry.problems
    return problem.reason


async def reason_after_a_build(house: House) -> str:
    """What is said under the panel after it was built once."""
    lanes, changes = Lanes(lambda: 0.0), Changes()
    (slot,) = [slot for slot in slots_of(house) if slot.name == "mine"]
    shows = Shows([slot], lanes, lambda: 0.0)
    shows.on_built = lambda panel: changes(frozenset({panel}))
    shows.build(house.floor().snapshot(START))
    await changes.until(lambda: bool(changes.told))
    lanes.close()
    assert slot.health.state is HealthState.FAULTED
    return slot.health.reason


def test_without_a_mistake_nothing_is_said(tmp_path: Path) -> None:
    house = house_with(tmp_path)

    assert "mine" in house.catalogue.panels
    assert mistakes_of(house) == ()


def test_a_typo_in_a_hook(tmp_path: Path) -> None:
    said = problem_of(house_with(tmp_path, ("floorwatch_panels", "floorwatch_pannels")))

    assert said == "mine.py:19: there is no hook floorwatch_pannels; did you mean floorwatch_panels?"


def test_a_parameter_that_no_hook_has(tmp_path: Path) -> None:
    said = problem_of(house_with(tmp_path, ("floorwatch_panels()", "floorwatch_panels(floor)")))

    assert said.startswith("mine.py:19: floorwatch_panels takes (floor): write def floorwatch_panels()")
    assert "def floorwatch_panels(plugin)" in said


def test_a_hook_that_returns_no_list(tmp_path: Path) -> None:
    said = problem_of(house_with(tmp_path, ("[Mine()]", "Mine()")))

    assert said == "mine.py:19: floorwatch_panels returned Mine: return a list, [Mine(...)]"


def test_a_class_in_the_place_of_an_instance(tmp_path: Path) -> None:
    said = problem_of(house_with(tmp_path, ("[Mine()]", "[Mine]")))

    expected = "it is the class Mine: return an instance, Mine()"
    assert said == f"mine.py:10: floorwatch_panels, item 1 (Mine): {expected}"


def test_options_of_a_type_that_is_not_there(tmp_path: Path) -> None:
    said = problem_of(house_with(tmp_path, ("rows: int", "rows: 'Nothing'")))

    expected = "its options_type cannot be read from settings: name 'Nothing' is not defined"
    assert said == f"mine.py:10: floorwatch_panels, item 1 (Mine): {expected}"


def test_a_missing_attribute(tmp_path: Path) -> None:
    said = problem_of(house_with(tmp_path, ('    title = "Mine"\n', "")))

    assert said == "mine.py:10: floorwatch_panels, item 1 (Mine): it has no 'title': every panel needs one"


def test_a_build_that_was_only_inherited(tmp_path: Path) -> None:
    said = problem_of(house_with(tmp_path, ("def build", "def bild")))

    expected = "it has no 'build': every panel needs build(floor, options)"
    assert said == f"mine.py:10: floorwatch_panels, item 1 (Mine): {expected}"


def test_the_wrong_api(tmp_path: Path) -> None:
    said = problem_of(house_with(tmp_path, ("class Options", 'FLOORWATCH_API = "2"\n\n\nclass Options')))

    expected = f"it is written for floorwatch API 2, and this floorwatch has {API_VERSION}: update floorwatch"
    assert said == f"mine.py:6: {expected}"


def test_a_name_that_the_api_has_not(tmp_path: Path) -> None:
    said = problem_of(house_with(tmp_path, ("Panel, Text", "Pannel, Text"), ("Mine(Panel)", "Mine(Pannel)")))

    expected = f"there is no 'Pannel' in floorwatch.api {API_VERSION}; did you mean 'Panel'?"
    assert said == f"ImportError: {expected} (mine.py:3)"


def test_an_import_that_is_not_installed(tmp_path: Path) -> None:
    said = problem_of(house_with(tmp_path, ("from msgspec import Struct", "from no_such_library import Struct")))

    assert said == "ModuleNotFoundError: No module named 'no_such_library' (mine.py:2)"


def test_a_bad_option_in_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "floor.toml"
    settings = Settings(panels={"mine": {"rovs": 3, "rows": "four"}}, file=file)

    assert mistakes_of(house_with(tmp_path, settings=settings)) == (
        f"{file}: panels.mine.rovs: there is no such option; did you mean rows?",
        f"{file}: panels.mine.rows: Expected `int`, got `str`",
    )


@pytest.mark.parametrize(
    ("build", "said"),
    [
        ("return [1, 2, 3][7]", "IndexError: list index out of range (mine.py:16)"),
        ("return 'well'", "mine.py:15: build returned a str; return one of Table, "),
        ("pass", "mine.py:15: build returned a NoneType; return one of Table, "),
    ],
    ids=["exception", "text", "nothing"],
)
async def test_a_build_that_raises_or_returns_no_view(tmp_path: Path, build: str, said: str) -> None:
    house = house_with(tmp_path, ('return Text.of("well")', build))

    assert (await reason_after_a_build(house)).startswith(said)
