"""docs/api.md and docs/plugins/views.md: every name that a plugin may import, its members as the source has them."""

import re
from enum import Enum
from inspect import isfunction
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from floorwatch import api
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import AnyEvent
from tests.contracts.declared import members, signature

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "api.md").read_text(encoding="utf-8")
VIEWS = (DOCS / "plugins" / "views.md").read_text(encoding="utf-8")
DUTY = (DOCS / "plugins" / "duty.md").read_text(encoding="utf-8")
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
        field.name if field.required else f"{field.name}={_default(field)}"
        for field in fields(kind)
        if field.name not in journals
    ]


def _default(field: FieldInfo) -> str:
    if field.default_factory is not NODEFAULT:
        return repr(field.default_factory())
    return (
        f"{type(field.default).__name__}.{field.default.name}"
        if isinstance(field.default, Enum)
        else repr(field.default)
    )


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


MODULES = {"duty": api.duty, "roster": api.roster, "sheets": api.sheets}
"""Modules that are exported whole, each with its part of docs/plugins/duty.md."""


def exported(module: ModuleType) -> dict[str, Any]:
    """The public names of a module: those that it lists, else those that it declares itself."""
    names = getattr(module, "__all__", None) or [
        name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__
    ]
    return {name: getattr(module, name) for name in names if not name.startswith("_")}


def part_of(module: str) -> str:
    """What the page says of a module."""
    return DUTY.partition(f"\n## {module}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("module", MODULES)
def test_every_name_of_a_module_has_its_row_or_its_section_and_no_other_has(module: str) -> None:
    part, names = part_of(module), exported(MODULES[module])
    sections_, rows = re.findall(r"^#### (\w+)$", part, re.MULTILINE), re.findall(ROW, part.partition("\n####")[0])
    values = re.findall(r"^\| `(\w+)` \| [^`]", part.partition("\n####")[0], re.MULTILINE)

    assert sorted(sections_) == sorted(name for name, value in names.items() if isinstance(value, type))
    assert sorted(rows) == sorted(signature(value) for value in names.values() if isfunction(value))
    others = {name for name, value in names.items() if not isinstance(value, type) and not isfunction(value)}
    assert set(values) - {"NO_DUTY"} == others - {"NO_DUTY"}


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (module, name)
        for module in MODULES
        for name, kind in exported(MODULES[module]).items()
        if isinstance(kind, type)
    ],
)
def test_every_member_of_a_module_s_type_has_its_row(module: str, name: str) -> None:
    section = part_of(module).partition(f"\n#### {name}\n")[2].partition("\n#### ")[0]

    assert ROW.findall(section) == members(exported(MODULES[module])[name])


def test_the_version_is_the_one_on_the_page() -> None:
    assert f'`"{api.API_VERSION}"`' in NAMES["API_VERSION"]


def test_only_what_has_no_members_has_no_table() -> None:
    assert {name for name, kind in CLASSES.items() if not members(kind)} == {
        "NoOptions",
        "RejectDocument",
        "RejectLine",
        "SecretMissingError",
    }
