"""docs/api.md and docs/plugins/views.md: every name that a plugin may import, its members as the source has them."""

import re
from inspect import isfunction
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from floorwatch import api
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import AnyEvent
from tests.contracts.declared import members, signature

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "api.md").read_text(encoding="utf-8")
VIEWS = (DOCS / "plugins" / "views.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| \S", re.MULTILINE)
NAMES = dict(re.findall(r"^\| `(\w+)` \| (\S[^|]*) \|$", PAGE, re.MULTILINE))

CLASSES: dict[str, type] = {
    name: kind for name in api.__all__ if isinstance(kind := getattr(api, name), type) and kind is not api.Event
} | {"FloorDays": FloorDays}
"""`FloorDays` is reached through `floor.rules.days`; `Event` has its table of events."""


def sections(page: str) -> dict[str, str]:
    """What stands under each heading, and under each name in bold, up to the next of them."""
    part = r"^(?:#{2,3} |\*\*`)(\w+)(?:`\*\*)?\n(.*?)(?=^#{2,3} |^\*\*`|\Z)"
    return dict(re.findall(part, page, re.MULTILINE | re.DOTALL))


SECTIONS = sections(PAGE) | sections(VIEWS)


def documented(name: str) -> list[tuple[str, str]]:
    """The rows of a name's table: member, type."""
    return ROW.findall(SECTIONS.get(name, ""))


def test_every_name_has_its_line_and_no_other_has() -> None:
    assert sorted(NAMES) == sorted(api.__all__)


@pytest.mark.parametrize("name", CLASSES)
def test_every_member_has_its_row_with_its_type_and_no_other_has(name: str) -> None:
    assert documented(name) == members(CLASSES[name])


def test_everything_that_a_member_leads_to_has_its_table_too() -> None:
    told = {name for name in CLASSES if documented(name)} | {
        "Event",
        "View",
        "Field",
        "Outcome",
        "NoOptions",
        "CallKey",
    }
    named = {word for name in CLASSES for _member, kind in documented(name) for word in re.findall(r"[A-Z]\w+", kind)}
    floorwatchs = {word for word in named if hasattr(api, word) or word == "FloorDays"}

    assert floorwatchs - told == set()


def test_every_event_has_its_row_with_its_fields_in_order() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| \S", SECTIONS["Events"], re.MULTILINE)

    assert rows == [(kind.__name__, ", ".join(_filled_in(kind))) for kind in get_args(AnyEvent)]


def _filled_in(kind: type[Struct]) -> list[str]:
    """What whoever makes one fills in: the id and the author of what people enter are the journal's."""
    journals = {field.name for field in fields(api.Entered)} - {"at"} if issubclass(kind, api.Entered) else set()
    return [
        field.name if field.default is NODEFAULT else f"{field.name}={field.default!r}"
        for field in fields(kind)
        if field.name not in journals
    ]


@pytest.mark.parametrize("name", [name for name in api.__all__ if isfunction(getattr(api, name))])
def test_the_line_of_a_function_says_how_it_is_called(name: str) -> None:
    called, _gives = signature(getattr(api, name))

    assert NAMES[name].startswith(f"`{called}`: ")


def test_every_function_and_word_of_spoken_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)", SECTIONS["spoken"], re.MULTILINE)
    said = {name for name, value in vars(api.spoken).items() if _is_said(value) and not name.startswith("_")}

    assert set(rows) == said - {"DAY_SECONDS"}
    for name in (name for name in rows if isfunction(getattr(api.spoken, name))):
        assert signature(getattr(api.spoken, name)) in documented("spoken")


def _is_said(value: Any) -> bool:
    if isfunction(value):
        return value.__module__ == api.spoken.__name__
    return not isinstance(value, ModuleType | type) and not callable(value)


def test_the_version_is_the_one_on_the_page() -> None:
    assert f'`"{api.API_VERSION}"`' in NAMES["API_VERSION"]


def test_only_what_has_no_members_has_no_table() -> None:
    assert {name for name, kind in CLASSES.items() if not members(kind)} == {
        "NoOptions",
        "RejectLine",
        "SecretMissingError",
    }
