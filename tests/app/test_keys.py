"""Every key is documented, has two ways, and does one thing."""

import re
from pathlib import Path

from textual.binding import Binding

from floorwatch.app.keys import KEYS, Where, bindings, taken
from floorwatch.app.table import FloorTable

PAGE = (Path(__file__).parents[2] / "docs" / "keys.md").read_text("utf-8")
KEPT_FREE = frozenset("ahnrtw")


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


def test_what_the_table_binds_is_listed() -> None:
    listed = taken()
    for binding in FloorTable.BINDINGS:
        assert isinstance(binding, Binding)
        assert set(binding.key.split(",")) <= listed
