"""Nothing outside the session asks whether this is a replay: the same code runs live, in the past, and at any rate.

Whoever knows is named here. A plugin, a view or a report has nothing to ask: no name of theirs speaks of it.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from floorwatch.extend.command import Request
from floorwatch.extend.panel import Panel
from floorwatch.extend.rule import AlertRule
from floorwatch.model.snapshot import FloorSnapshot

ROOT = Path(__file__).resolve().parents[2]
SPEAKS_OF_IT = re.compile(r"replay|may_ring|is_live|is_past|two_?times|tape", re.IGNORECASE)

UNKNOWING = (
    "floorwatch/extend",
    "floorwatch/host",
    "floorwatch/journal",
    "floorwatch/model",
    "floorwatch/reports",
    "floorwatch/roster",
    "floorwatch/views",
    "floorwatch/api.py",
    "floorwatch/hookspecs.py",
    "floorwatch/scaffold",
    "plugins",
)
KNOWING = frozenset(
    {
        "desk",
        "desk_replay",
        "replaying",
        "playing",
        "reel",
        "replay_bar",
        "replay_cache",
        "replay_clock",
        "screenshot",
        "session",
        "stops",
        "tracked_rules",
        "live",
        "marks",
        "opening_tape",
        "plain_tape",
        "tape_feed",
        "today",
        "travelling",
        "two_times",
        "written_out",
    }
)
"""Modules of the engine that make a replay, or put it and the live floor behind one desk; and `keyframes`."""

DESK = frozenset({"desk", "desk_replay", "keyframes.shapes", "moments", "save_folder", "sound_view"})
"""What the screen takes from the engine: the desk, what it is made of, and what needs no floor."""


def sources(*places: str) -> Iterator[Path]:
    """The files in these folders, and these files."""
    for place in places:
        path = ROOT / place
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def names_in(source: Path) -> Iterator[str]:
    """Every name that the code of the file says, imports or defines. What stands in texts and comments is free."""
    for node in ast.walk(ast.parse(source.read_bytes())):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.alias(name=name):
                yield name
            case ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.ImportFrom(module=str(name)):
                yield name
            case _:
                pass


def test_plugins_and_all_below_the_engine_have_no_word_for_it() -> None:
    found = {
        f"{source.relative_to(ROOT)}: {name}"
        for source in sources(*UNKNOWING)
        for name in names_in(source)
        if SPEAKS_OF_IT.search(name)
    }

    assert found == set()


def test_in_the_engine_only_the_session_and_what_makes_one_know_it() -> None:
    engine = ROOT / "floorwatch" / "engine"
    found = {
        source.stem
        for source in sources("floorwatch/engine")
        if source.parent == engine and any(SPEAKS_OF_IT.search(name) for name in names_in(source))
    }

    assert found <= KNOWING


def test_the_screen_takes_nothing_but_the_desk_from_the_engine() -> None:
    found = {
        name.removeprefix("floorwatch.engine.")
        for source in sources("floorwatch/app")
        for name in names_in(source)
        if name.startswith("floorwatch.engine")
    }

    assert found <= DESK


def test_the_screen_asks_the_desk_alone_for_the_hands_on_a_clock() -> None:
    asked = [
        (f"{source.relative_to(ROOT)}:{node.lineno}", ast.unparse(node.func.value))
        for source in sources("floorwatch/app")
        for node in ast.walk(ast.parse(source.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("replay_control", "travel")
    ]

    assert asked
    assert [place for place, whom in asked if not whom.endswith("desk")] == []


@pytest.mark.parametrize(
    ("call", "parameters"),
    [
        (Panel.build, ["self", "floor", "options"]),
        (Panel.detail, ["self", "floor", "options", "row_key"]),
        (AlertRule.check, ["self", "floor", "options"]),
    ],
)
def test_plugins_are_given_the_floor_and_their_options_alone(call: object, parameters: list[str]) -> None:
    assert [*inspect.signature(call).parameters] == parameters  # type: ignore[arg-type]  # methods of the protocols


@pytest.mark.parametrize("given", [FloorSnapshot, Request])
def test_nothing_that_plugins_are_given_tells_which_time_it_is_of(given: type) -> None:
    names = {field.name for field in structs.fields(given)} | {name for name in dir(given) if name[0] != "_"}

    assert [name for name in names if SPEAKS_OF_IT.search(name) or name in ("live", "clock")] == []
