"""The name of a new plugin: what becomes of what was typed, and which names are refused, with what to do."""

from pathlib import Path

import pytest

from floorwatch.host.catalogue import Catalogue, Core, catalogue_of
from floorwatch.scaffold.kinds import Kind, Names
from floorwatch.scaffold.names import NameRefusedError, names_of, refuse_taken
from floorwatch.scaffold.written import words_of
from tests.host.drop_in_files import drop, found_in, panel_plugin


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """A plugin `late-panel` that brings the panel `lateness`."""
    drop(tmp_path, "late_panel.py", panel_plugin("lateness"))
    return catalogue_of(found_in(tmp_path).values(), Core())


@pytest.mark.parametrize(
    "words", ["queue-watch", "Queue Watch", "queue_watch", "QueueWatch", " queue  watch ", "queue.watch"]
)
def test_one_name_however_it_is_typed(words: str) -> None:
    assert names_of(words) == Names("queue-watch")


def test_every_form_follows_from_the_name() -> None:
    names = Names("queue-watch-2")

    assert (names.module, names.type_name, names.title) == ("queue_watch_2", "QueueWatch2", "Queue watch 2")


@pytest.mark.parametrize("words", ["", "-", "9lives", "我的面板", "queue/watch", "../queue", "queue-9-é"])
def test_what_cannot_be_a_name_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(NameRefusedError, match="such as queue-watch"):
        names_of(words)


def test_a_name_that_would_not_fit_is_refused() -> None:
    with pytest.raises(NameRefusedError, match="under 37 letters"):
        names_of("a" * 37)


@pytest.mark.parametrize("words", ["floorwatch", "floorwatch-mine"])
def test_the_names_of_floorwatch_itself_are_left_to_it(words: str) -> None:
    with pytest.raises(NameRefusedError, match="leave 'floorwatch-' off"):
        names_of(words)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("class", "class is a word of Python"),
        ("none", "none is a word of Python"),
        ("json", "there is a module json already"),
        ("sys", "there is a module sys already"),
        ("msgspec", "there is a module msgspec already"),
        ("table", "table would make a class Table, and there is one"),
        ("list-2", None),
        ("value-error", "would make a class ValueError"),
        ("tests", "would be taken for tests"),
        ("test-of-mine", "would be taken for tests"),
        ("late-panel", "there is a plugin late-panel already"),
        ("lateness", "the plugin late-panel has a panel lateness already"),
        ("my-panel", None),
        ("queue-watch", None),
    ],
)
def test_a_name_that_is_taken_is_refused_with_the_reason_and_another(
    name: str, why: str | None, catalogue: Catalogue
) -> None:
    if why is None:
        refuse_taken(Names(name), Kind.PANEL, catalogue, words_of(Kind.PANEL))
        return
    with pytest.raises(NameRefusedError) as refused:
        refuse_taken(Names(name), Kind.PANEL, catalogue, words_of(Kind.PANEL))

    assert why in str(refused.value)
    assert str(refused.value).endswith(f"choose another name, such as {name}-panel")


def test_a_rule_may_have_the_name_of_a_panel(catalogue: Catalogue) -> None:
    refuse_taken(Names("lateness"), Kind.RULE, catalogue, words_of(Kind.RULE))
