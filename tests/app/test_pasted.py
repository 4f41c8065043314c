"""What is pasted presses no keys, in whatever pieces the terminal sends it."""

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from textual.drivers import linux_driver
from textual.events import Key, Paste

from floorwatch.app.pasted import BEGIN, END, Pastes, guard_pastes

HOSTILE = f"{BEGIN}abc \x1b[31mdef\rghi\tjkl\x07{END}"


def cut(text: str, places: list[int]) -> list[str]:
    edges = [0, *sorted({place % (len(text) + 1) for place in places}), len(text)]
    return [text[begin:end] for begin, end in pairwise(edges) if begin != end]


def guarded() -> Any:
    """The parser of this terminal's driver, guarded twice: the second time changes nothing."""
    guard_pastes(lambda: None)
    guard_pastes(lambda: None)
    driver: Any = linux_driver
    return driver.XTermParser()


@given(st.lists(st.integers(0, 200), max_size=12))
def test_escapes_inside_a_paste_are_gone_in_whatever_pieces_it_comes(places: list[int]) -> None:
    pastes = Pastes()
    text = f"n\x1b{HOSTILE}\x1b[A{HOSTILE}q"

    found = "".join(pastes.cleaned(piece) for piece in cut(text, places))

    clean = f"{BEGIN}abc [31mdef\rghi\tjkl{END}"
    assert found == f"n\x1b{clean}\x1b[A{clean}q"


@given(st.text(alphabet="ab\x1b20~1;A"), st.lists(st.integers(0, 50), max_size=6))
def test_what_is_typed_is_passed_on_at_once(text: str, places: list[int]) -> None:
    pastes = Pastes()
    for piece in cut(text, places):
        assert pastes.cleaned(piece) == piece


def test_the_driver_gives_one_paste_and_no_key() -> None:
    parser = guarded()

    events = [event for piece in cut(HOSTILE, [3, 9, 20]) for event in parser.feed(piece)]

    assert [type(event) for event in events] == [Paste]
    assert events[0].text == "abc [31mdef\rghi\tjkl"


def test_keys_are_keys_as_before() -> None:
    parser = guarded()

    keys = [event.key for event in parser.feed("n\x1b[A\r") if isinstance(event, Key)]

    assert keys == ["n", "up", "enter"]
