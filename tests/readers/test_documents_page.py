"""The page on documents: every format, every option, and examples that are read as they stand."""

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from floorwatch.api import DocumentFormat
from floorwatch.testing import Kit
from floorwatch_attendance.formats import formats as attendance_formats
from floorwatch_rosters.formats import formats as roster_formats
from tests.readers.readings import days

PAGE = (Path(__file__).parents[2] / "docs" / "documents.md").read_text(encoding="utf-8")
FORMATS = {each.name: each for each in (*roster_formats(), *attendance_formats())}


def _section(name: str) -> str:
    return next(part for part in PAGE.split("\n## ") if part.partition("\n")[0].endswith(f"(`{name}`)"))


def _examples(name: str, language: str = "") -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", _section(name), re.DOTALL)


@pytest.mark.parametrize("each", FORMATS.values(), ids=FORMATS)
def test_every_option_has_its_line(each: DocumentFormat) -> None:
    told = re.findall(r"^\| `(\w+)` \|", _section(each.name), re.MULTILINE)
    assert [*told] == [*each.options_type.__struct_fields__]


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
def test_every_setting_in_an_example_is_one(example: str) -> None:
    for feed in tomllib.loads(example)["feeds"].values():
        each = FORMATS[feed.get("format", "ics")]
        msgspec.convert(feed["options"], each.options_type, strict=False)


def test_the_example_tables_are_read(floorwatch: Kit) -> None:
    table, codes = _examples("roster-table")[:2]
    read = floorwatch.document(FORMATS["roster-table"], table)
    assert days(read, "1001")[0][3] == "08:30-12:00 phones, 12:00-13:00 lunch, 13:00-17:30 phones"
    assert days(read, "1002")[0][3] == "22:00-06:00+1 phones"
    assert len(floorwatch.document(FORMATS["roster-table"], codes, codes={"A1": "08:30-17:30"}).shifts) == 1
    assert len(floorwatch.document(FORMATS["punch-table"], _examples("punch-table")[0]).punches) == 1
    assert (
        len(floorwatch.document(FORMATS["zkteco-attlog"], _examples("zkteco-attlog")[0], at="2026-03-10 12:00").punches)
        == 2
    )


def test_the_example_calendar_is_read(floorwatch: Kit) -> None:
    read = floorwatch.document(FORMATS["ics"], _examples("ics")[0], at="2026-11-22 12:00")
    assert (len(read.shifts), read.refused) == (12, ())


@pytest.mark.parametrize(
    ("written", "_means"),
    re.findall(r"^\| `([^|]+)` \| ([^|]+) \|$", _section("month-grid").partition("Words for")[0], re.MULTILINE),
)
def test_every_meaning_of_a_code_is_one(floorwatch: Kit, written: str, _means: str) -> None:
    for spec in written.split("`, `"):
        text = "agent,date,code\n1001,2026-11-22,X\n"
        assert floorwatch.document(FORMATS["roster-table"], text, codes={"X": spec}).unknown_codes == {}
