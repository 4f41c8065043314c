"""Whatever comes along has its section in docs/bundled.md, and every option of it a row there."""

import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields

from floorwatch.engine.house import build_house
from floorwatch.host.catalogue import Catalogue, Declared
from floorwatch.reports import CORE_REPORTS
from floorwatch.settings import load_settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "bundled.md").read_text(encoding="utf-8")
CATALOGUE: Catalogue = build_house(load_settings(None), only_bundled=True, reports=CORE_REPORTS).catalogue
KINDS = {
    "Panels": "panels",
    "Alert rules": "rules",
    "Feed formats": "formats",
    "Commands": "commands",
    "Reports": "reports",
}


def sections(text: str, mark: str) -> dict[str, str]:
    """Text under each heading of this depth, by its words."""
    return dict(re.findall(rf"^{mark} ([^\n]+)\n(.*?)(?=^#{{1,{len(mark)}}} |\Z)", text, re.MULTILINE | re.DOTALL))


PARTS = {title: sections(text, "###") for title, text in sections(PAGE, "##").items()}
OPTIONED = [
    (title, declared)
    for title in ("Panels", "Alert rules", "Commands")
    for declared in getattr(CATALOGUE, KINDS[title]).values()
]


@pytest.mark.parametrize("title", KINDS)
def test_every_declared_thing_has_its_section_and_no_other_has(title: str) -> None:
    assert set(PARTS.get(title, {})) == set(getattr(CATALOGUE, KINDS[title]))


@pytest.mark.parametrize(("title", "declared"), OPTIONED, ids=lambda value: getattr(value, "name", value))
def test_every_option_has_its_row_and_no_other_has(title: str, declared: Declared[Any]) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PARTS[title][declared.name], re.MULTILINE)

    assert sorted(rows) == sorted(field.encode_name for field in fields(declared.thing.options_type))
