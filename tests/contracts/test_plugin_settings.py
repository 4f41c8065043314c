"""Every setting of a bundled plugin has its row in docs/bundled.md, with its default."""

import re
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.json import decode, encode
from msgspec.structs import fields

from floorwatch_attendance.limits import Limits as AttendanceLimits
from floorwatch_seat_support.limits import Limits as SupportLimits

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "bundled.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("plugin", "settings"), [("attendance", AttendanceLimits), ("seat-support", SupportLimits)])
def test_every_setting_has_its_row_and_its_default(plugin: str, settings: type[Struct]) -> None:
    section = PAGE.partition("## Settings of a plugin")[2].partition(f"### {plugin}\n")[2].partition("\n### ")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", section, re.MULTILINE))
    defaults = settings()

    assert {name: decode(default) for name, default in rows.items()} == {
        field.name: decode(encode(getattr(defaults, field.name))) for field in fields(settings)
    }
