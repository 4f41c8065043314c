"""Every setting of a bundled plugin has its row in docs/bundled.md, with its default."""

import json
import re
from pathlib import Path

from msgspec.structs import fields

from floorwatch_seat_support.limits import Limits

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "bundled.md").read_text(encoding="utf-8")


def test_every_limit_of_seat_support_has_its_row_and_its_default() -> None:
    section = PAGE.partition("## Settings of a plugin")[2].partition("### seat-support")[2]
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", section, re.MULTILINE))
    defaults = Limits()

    assert {name: json.loads(default) for name, default in rows.items()} == {
        field.name: getattr(defaults, field.name) for field in fields(Limits)
    }
