"""What a command asks for (a key, a form, rows, a word of the command line) is checked before it is offered."""

from collections.abc import Sequence
from typing import Any

import pytest

from floorwatch.api import ChoiceField, Command, FixedField, Option, Outcome, PersonField, Request, TextField, TimeField
from floorwatch.host.catalogue import Core, catalogue_of
from floorwatch.host.claims import Claims, Reserved
from floorwatch.host.declarations import SHAPES, examined

(SHAPE,) = [shape for shape in SHAPES if shape.protocol is Command]
NAMED: dict[str, Any] = {"name": "x", "title": "X"}


class Mine(Command):
    """A command with everything that was given."""

    name = "mine"
    title = "Mine"

    def run(self, request: Request) -> Sequence[Outcome]:  # noqa: ARG002  # asked for by the protocol
        return []


def command(**given: Any) -> Command:
    """A command that declares these things too."""
    return type("Mine", (Mine,), given)()  # type: ignore[no-any-return]  # a type made at run time


def mistakes(**given: Any) -> str:
    """What is wrong with it, a line each."""
    return "\n".join(examined(SHAPE, command(**given)).mistakes)


@pytest.mark.parametrize("key", ["", "n", "H", "é", "!", "ctrl+g", "alt+x", "f12", "shift+f3"])
def test_a_key_that_a_terminal_can_tell_is_taken(key: str) -> None:
    assert mistakes(key=key) == ""


@pytest.mark.parametrize("key", [",", " ", "n,m", "enter", "ctrl+", "ctrl+ctrl+c", "F12", "_" * 3, None, 7])
def test_any_other_key_is_named_with_how_to_write_one(key: object) -> None:
    assert f"its key is {key!r}: write a letter" in mistakes(key=key)


def test_a_key_that_a_terminal_takes_for_another_is_refused() -> None:
    assert mistakes(key="ctrl+i") == "its key is 'ctrl+i', which a terminal cannot tell from tab: choose another"


def test_a_sound_form_is_taken() -> None:
    choice = ChoiceField(name="how", title="How", options=(Option("a"), Option("b")), default="b")
    fields = (
        choice,
        TextField(name="free_text", title="W"),
        TimeField(name="at-time", title="T"),
        PersonField(**NAMED),
        FixedField(name="seat", title="Seat", options=(Option("A07", "the seat at the window"),)),
        ChoiceField(name="kind", title="Kind", options=(Option("p", key="p", sends=True), Option("q", key="q"))),
    )

    assert mistakes(parameters=fields, rows=("agent", ""), cli=True, quick=True, reads_feeds=False) == ""


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("text", "its parameters are of type str: write a list of fields such as TextField(...)"),
        ((7,), "its parameter 1 is of type int: write one of ChoiceField, TextField, TimeField, PersonField"),
        ((TextField(name="A b", title="X"),), "its parameter 'A b': as a name, use a-z, 0-9 and dashes or underscores"),
        ((TextField(name="x", title=" "),), "its parameter 'x': its title is ' '"),
        ((TextField(**NAMED), TimeField(**NAMED)), "its parameter 'x': another field has that name"),
        ((TextField(name="a_b", title="X"), TextField(name="a-b", title="X")), "'a-b': another field has that name"),
        ((TextField(**NAMED | {"longest": 0}),), "its longest is 0: write a number of characters above 0"),
        ((TextField(**NAMED | {"default": 3}),), "its default is 3: write text, as a person would type it"),
        ((TextField(**NAMED | {"known": "agents"}),), "its known is 'agents': write one of Known.AGENTS, "),
        ((TextField(**NAMED | {"suggestions": "abc"}),), "its suggestions are 'abc': write a tuple of texts"),
        ((PersonField(**NAMED | {"required": "no"}),), "its required is 'no': write True or False"),
        ((ChoiceField(**NAMED | {"options": ()}),), "its options are (): write a tuple of Option(...), one at least"),
        ((ChoiceField(**NAMED | {"options": ("a",)}),), "its options are ('a',): write a tuple of Option(...)"),
        ((ChoiceField(**NAMED | {"options": (Option(""),)}),), "its option '': write some text as its value"),
        ((ChoiceField(**NAMED | {"options": (Option("a"), Option("a"))}),), "its option 'a' is there twice"),
        (
            (ChoiceField(**NAMED, options=(Option("a"), Option("b")), default="c"),),
            "its default 'c' is none of its options: choose one of a, b",
        ),
        (
            (ChoiceField(**NAMED, options=(Option("a", key="k"), Option("b", key="k"))),),
            "two of its options have the key 'k': give one another",
        ),
        (
            (ChoiceField(**NAMED, options=(Option("a", key="ab"),)),),
            "its option 'a' has the key 'ab': write one letter or digit, or none",
        ),
        (
            (ChoiceField(**NAMED, options=(Option("a", sends=True),)),),
            "its option 'a' sends the form by a key that it has not",
        ),
        (
            (FixedField(**NAMED | {"options": ("a",)}),),
            "its options are ('a',): write a tuple of Option(...), or leave",
        ),
    ],
)
def test_a_mistaken_form_is_named_with_what_to_do(parameters: object, said: str) -> None:
    assert said in mistakes(parameters=parameters)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rows": "agent"}, "its rows are 'agent': write a list of kinds"),
        ({"rows": ("agent:",)}, "its rows name 'agent:': write the kind alone"),
        ({"cli": "yes"}, "its cli is 'yes': write True or False"),
        ({"quick": 1}, "its quick is 1: write True or False"),
        ({"reads_feeds": None}, "its reads_feeds is None: write True or False"),
        ({"options_type": dict}, "its options_type is <class 'dict'>: write a msgspec Struct class"),
        ({"prefill": lambda _self: {}}, "its 'prefill' must take (request)"),
    ],
)
def test_other_declarations_are_held_to_the_protocol(given: dict[str, Any], said: str) -> None:
    assert said in mistakes(**given)


def test_a_command_that_inherits_nothing_is_told_what_it_may_inherit() -> None:
    class Bare:
        name = "bare"
        title = "Bare"

    said = examined(SHAPE, Bare()).mistakes

    assert "it has no 'parameters': write one, or inherit it: class Mine(Command)" in said
    assert "it has no 'run': every command needs run(request)" in said


def test_what_floorwatch_has_for_itself_is_kept_from_commands() -> None:
    claims = Claims(Reserved(frozenset({"q"}), frozenset({"watch"})))
    wanting = command(name="watch", key="q", cli=True)

    assert list(claims.mistakes(wanting)) == [
        "its key 'q' is floorwatch's own (docs/keys.md): choose another; it is offered without",
        "`floorwatch watch` is floorwatch's own: choose another name; it is not on the command line",
    ]
    assert claims.key_of("mine", wanting) == ""


def test_a_command_of_floorwatch_itself_has_its_key_before_any_plugin() -> None:
    found = catalogue_of((), Core(commands=(command(key="n"),)))

    assert found.command("mine").key == "n"
