"""Every key is documented, has two ways, and does one thing."""

import re
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from floorwatch.app.choice_line import ChoiceLine
from floorwatch.app.form_screen import FormScreen
from floorwatch.app.form_view import FormView
from floorwatch.app.keys import KEYS, Where, bindings, keys_of, taken
from floorwatch.app.row_menu import RowMenu
from floorwatch.app.table import FloorTable
from floorwatch.app.who_screen import WhoScreen
from floorwatch.engine.desk import CommandEntry

PAGE = (Path(__file__).parents[2] / "docs" / "keys.md").read_text("utf-8")
KEPT_FREE = frozenset("ahnrwvxbdefgjko")


def test_every_key_is_on_the_page_with_what_it_does() -> None:
    for key in KEYS:
        for name in key.shown.split():
            assert f"`{name}`" in PAGE or name == "...", f"docs/keys.md does not name {name}"
        assert key.title() in PAGE, f"docs/keys.md does not say: {key.title()}"


def test_the_page_names_no_key_that_is_not_there() -> None:
    shown = {name for key in KEYS for name in key.shown.split()}
    rows = [line.split("|")[1] for line in PAGE.split("# Marks")[0].splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([^`]+)`", row)} <= shown


def test_letters_of_panels_to_come_are_free() -> None:
    assert not KEPT_FREE & taken()


def test_every_letter_has_a_second_way() -> None:
    for key in KEYS:
        if key.where is not Where.REPLAY and any(
            len(name) == 1 and name.isascii() and name.isalpha() for name in key.names
        ):
            assert any(len(name) > 1 for name in key.names) or key.names == ("S",), key


def test_no_key_is_bound_twice() -> None:
    names = [binding.key for binding in bindings()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("widget", [FloorTable, FormView, FormScreen, RowMenu, WhoScreen, ChoiceLine])
def test_what_widgets_bind_is_listed(widget: type[DOMNode]) -> None:
    listed = taken() | {"backspace", "delete"}
    for binding in widget.BINDINGS:
        assert isinstance(binding, Binding)
        assert set(binding.key.split(",")) <= listed


def test_of_two_commands_that_want_one_key_the_first_has_it() -> None:
    commands = [CommandEntry("first", "first", "n"), CommandEntry("second", "second", "n")]
    assert keys_of(commands) == {"first": "n"}


@pytest.mark.parametrize(
    "key",
    ["q", "F5", "?", "question_mark", ",", "comma", "ctrl+c", "Ctrl+S", "m", "enter", "a,b", " ", ""],
)
def test_a_key_that_is_taken_or_none_goes_to_no_command(key: str) -> None:
    assert keys_of([CommandEntry("mine", "mine", key)]) == {}


@pytest.mark.parametrize(("key", "name"), [("w", "w"), ("N", "N"), ("Ctrl+X", "ctrl+x"), ("!", "exclamation_mark")])
def test_a_free_key_goes_to_its_command(key: str, name: str) -> None:
    assert keys_of([CommandEntry("mine", "mine", key)]) == {"mine": name}
