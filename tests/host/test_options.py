"""Options from the settings become the declared type, or every mistake is said at once with its key."""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from floorwatch.api import NoOptions
from floorwatch.host.options import options_for


class Options(Struct, frozen=True, rename="kebab"):
    """Options of every kind that matters here."""

    queue: str
    max_rows: Annotated[int, Meta(ge=1)] = 10
    share: float = 0.5

    def __post_init__(self) -> None:
        if self.share > 0.9 and self.max_rows > 50:
            raise ValueError("a share above 0.9 needs at most 50 rows")


class Crooked(Struct):
    """Options whose own check is broken."""

    rows: int = 0

    def __post_init__(self) -> None:
        raise KeyError(self.rows)


def test_options_are_made_strictly_but_a_whole_number_is_a_number() -> None:
    assert options_for(Options, {"queue": "support", "max-rows": 3, "share": 1}) == Options("support", 3, 1.0)


def test_every_mistake_is_said_at_once_with_its_key() -> None:
    said = options_for(Options, {"max-row": 3, "share": "0.5", "max-rows": 0}, "panels.mine")

    assert said == (
        "panels.mine.max-row: there is no such option; did you mean max-rows?",
        "panels.mine.queue: missing, and it has no default; write it under [panels.mine]",
        "panels.mine.max-rows: Expected `int` >= 1",
        "panels.mine.share: Expected `float`, got `str`",
    )


def test_an_option_of_a_thing_without_options_is_a_mistake() -> None:
    assert options_for(NoOptions, {"rows": 3}) == ("rows: there is no such option; it takes none",)
    assert options_for(NoOptions, {}) == NoOptions()


def test_values_that_do_not_go_together_are_said_by_their_own_type() -> None:
    said = options_for(Options, {"queue": "q", "share": 1.0, "max-rows": 60}, "panels.mine")

    assert said == ("panels.mine: a share above 0.9 needs at most 50 rows",)


def test_a_broken_check_of_the_type_is_a_mistake_and_no_crash() -> None:
    said = options_for(Crooked, {"rows": 1})

    assert isinstance(said, tuple)
    assert said[0].startswith("Crooked: KeyError: 1 (test_options.py:")


def test_an_unlikely_key_is_answered_with_what_there_is() -> None:
    said = options_for(msgspec.defstruct("Two", [("a", int, 0), ("b", int, 0)]), {"zzzzzz": 1})

    assert said == ("zzzzzz: there is no such option; there are a, b",)
