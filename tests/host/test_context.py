"""What a plugin has of its own reaches its hooks: settings, secrets, a log; and what is wrong with them is said."""

import copy
import pickle
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from floorwatch.api import Secret, SecretMissingError
from floorwatch.host.catalogue import Catalogue, Core, catalogue_of
from floorwatch.host.context import PluginContext, PluginSettingsError, Stores
from floorwatch.host.failure import Failure
from tests.host.drop_in_files import drop, found_in

READING = """
from msgspec import Struct
from floorwatch.api import Panel, Text, hookimpl


class Settings(Struct, frozen=True):
    url: str
    every: int = 5


class Mine(Panel):
    name = "mine"
    title = "Mine"

    def __init__(self, text):
        self.text = text

    def build(self, floor, options):
        return Text.of(self.text)


@hookimpl
def floorwatch_panels(plugin):
    settings = plugin.settings(Settings)
    plugin.log.info("reads %s", settings.url)
    {give} [Mine(f"{{plugin.name}} {{settings.url}} {{settings.every}}")]


@hookimpl
def floorwatch_commands(plugin):
    plugin.settings(Settings)
    return []
"""


class Wanted(Struct, frozen=True):
    """A section as a plugin may want it."""

    url: str


class Holder(Struct):
    """Something of a plugin's that holds a secret."""

    secret: Secret


def catalogue(folder: Path, section: dict[str, object], give: str = "return") -> Catalogue:
    """The catalogue of the plugin above with this section of the settings."""
    drop(folder, "my_own.py", READING.format(give=give))
    stores = Stores({"my-own": section}, folder / "floor.toml")
    return catalogue_of(found_in(folder).values(), Core(), stores=stores)


def test_a_hook_that_takes_plugin_is_given_what_is_the_plugin_s_own(tmp_path: Path) -> None:
    found = catalogue(tmp_path, {"url": "http://here"})

    assert found.settings_mistakes == ()
    assert getattr(found.panel("mine").thing, "text", None) == "my-own http://here 5"
    (record,) = found.contexts["my-own"].logbook.records()
    assert record.lines == ("reads http://here",)


@pytest.mark.parametrize("give", ["return", "yield from"])
def test_every_mistake_in_a_section_is_said_once_with_file_and_key(tmp_path: Path, give: str) -> None:
    found = catalogue(tmp_path, {"ulr": "x", "every": "5"}, give)

    expected = (
        f"{tmp_path}/floor.toml: plugins.my-own.ulr: there is no such option; did you mean url?",
        f"{tmp_path}/floor.toml: plugins.my-own.url: missing, and it has no default; write it under [plugins.my-own]",
        f"{tmp_path}/floor.toml: plugins.my-own.every: Expected `int`, got `str`",
    )
    assert found.settings_mistakes == expected
    assert tuple(problem.reason for problem in found.plugins[0].problems) == expected
    assert found.panels == {}


def test_a_plugin_that_swallows_the_mistake_does_not_hide_it() -> None:
    context = PluginContext("mine", Stores())
    with pytest.raises(PluginSettingsError, match=r"plugins\.mine\.url: missing"):
        context.settings(Wanted)

    assert len(context.mistakes) == 1


def test_settings_of_another_type_than_a_struct_are_the_author_s_mistake() -> None:
    with pytest.raises(TypeError, match="takes a msgspec Struct class, not <class 'dict'>"):
        PluginContext("mine", Stores()).settings(dict)  # type: ignore[type-var]  # the mistake that this is about


def test_a_secret_is_found_in_the_environment_and_printed_nowhere() -> None:
    context = PluginContext("my-own", Stores(environment={"FLOORWATCH_MY_OWN_API_KEY": "open sesame"}))
    secret = context.secret("api-key")
    context.log.info("using %s, that is %s", secret, secret.reveal())

    assert secret.reveal() == "open sesame"
    assert f"{secret} {secret!r} {secret!s}" == "*** *** ***"
    (record,) = context.logbook.records()
    assert record.lines == ("using ***, that is ***",)


@pytest.mark.parametrize("encode", [msgspec.json.encode, msgspec.to_builtins, pickle.dumps])
def test_a_secret_is_in_nothing_that_is_written_down(encode: Callable[[object], object]) -> None:
    secret = Secret("open sesame")
    try:
        written = encode(Holder(secret))
    except TypeError as refused:
        written = refused

    assert "sesame" not in f"{written!r} {written} {Holder(secret)!r} {copy.deepcopy(Holder(secret))!r}"


def test_a_secret_in_an_exception_is_in_no_reason_traceback_or_log() -> None:
    context = PluginContext("mine", Stores(environment={"FLOORWATCH_MINE_KEY": "open sesame"}))
    key = context.secret("key").reveal()
    try:
        raise ConnectionError(f"{'x' * 490} https://here/?key={key}&a=b")
    except ConnectionError as error:
        failure = Failure.of(error)
        context.log.exception("%s %s", "y" * 990, key)

    (record,) = context.logbook.records()
    assert "ConnectionError" in failure.reason
    assert "key=***&a=b" in failure.traceback
    assert "open" not in f"{failure} {record}"


def test_a_secret_is_the_first_line_of_the_file_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("open sesame\nmade on Monday\n")
    context = PluginContext("mine", Stores(environment={"FLOORWATCH_MINE_KEY_FILE": str(tmp_path / "key")}))

    assert context.secret("key").reveal() == "open sesame"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "FLOORWATCH_MINE_KEY_FILE: .*key cannot be read .No such file or directory"),
        (b"\n", "FLOORWATCH_MINE_KEY_FILE: the first line of .*key is empty"),
        (b"\xff\xfe", "FLOORWATCH_MINE_KEY_FILE: .*key cannot be read .it is not UTF-8"),
    ],
)
def test_a_secret_that_its_file_does_not_hold_names_the_file(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    context = PluginContext("mine", Stores(environment={"FLOORWATCH_MINE_KEY_FILE": str(tmp_path / "key")}))

    with pytest.raises(SecretMissingError, match=said):
        context.secret("key")


def test_a_secret_that_nobody_set_names_the_variable_and_costs_its_hook_only(tmp_path: Path) -> None:
    source = READING.replace("    plugin.settings(Settings)\n", '    plugin.secret("key")\n').format(give="return")
    drop(tmp_path, "mine.py", source)

    found = catalogue_of(found_in(tmp_path).values(), Core(), stores=Stores({"mine": {"url": "x"}}, environment={}))

    assert "mine" in found.panels
    (problem,) = found.plugins[0].problems
    expected = "the secret key is not set: set FLOORWATCH_MINE_KEY, or FLOORWATCH_MINE_KEY_FILE to a file that holds it"
    assert problem.reason == f"SecretMissingError: {expected} (mine.py:31)"
