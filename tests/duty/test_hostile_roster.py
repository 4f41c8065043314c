"""What nobody should write into a roster, and somebody will: nothing of it is alive on the screen, in a table, or in a
spreadsheet, and what a caller is called by stays masked."""

import csv
import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

import pytest

from tests.duty.places import ROSTER, Floor, floor_in
from tests.support.hands import at_work
from tests.support.test_bad_input import looks_whole

pytestmark = pytest.mark.slow

NAMES = {
    "7001": "bell\x07 clear\x1b[2J title\x1b]0;x\x07",
    "7002": "[bold red]nobody[/] [@click=app.quit]x[/]",
    "7003": '=HYPERLINK("https://example.org","x")',
    "7004": "\u202egnp.exe \u2066zero\u200b c1\x9b31m",
    "7005": "@SUM(1+1)*cmd|' /C calc'!A0",
    "7006": "x" * 1_000_000,
    "7007": "+1\t-1\r= 2",
}
CALLER = "5550001234"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Floor:
    """A floor whose roster has rows for people of these names, all of them strangers."""
    floor = floor_in(tmp_path_factory.mktemp("hostile"))
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\n")
    rows.writerow(("employee", "name", "team", "start", "end", "activity"))
    span = (f"{floor.date()} {floor.clock(0)}", f"{floor.date()} {floor.clock(25_200)}", "phones")
    for number, name in NAMES.items():
        rows.writerow((number, name, name[:40], *span))
    (floor.place.folder / ROSTER).write_text(buffer.getvalue(), encoding="utf-8")
    floor.place.happens(3000, f"c1|support|NONE|ENTERQUEUE||{CALLER}|1")
    return floor


async def test_nothing_of_it_moves_the_screen(floor: Floor) -> None:
    async with at_work(floor.place, (160, 60)) as hands:
        await hands.until(lambda: "7003" in hands.session.station.floor.snapshot(0).duty.shifts, "the roster is read")
        for key in ("k", "enter", "escape", "r", "enter", "escape"):
            await hands.press(key)
            looks_whole(hands)
        assert CALLER not in hands.text


def cells(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text)):
        yield from row


@pytest.mark.parametrize("report", ["attendance", "day", "coverage"])
def test_nothing_of_it_is_a_formula_or_an_escape_in_a_table(floor: Floor, report: str) -> None:
    feeds = (floor.place.log, floor.place.folder / ROSTER)
    table = floor.place.tells("report", report, *feeds, "--format", "csv")

    assert not FORBIDDEN.search(table.replace("\r\n", "\n"))
    assert not [cell[:40] for cell in cells(table) if cell.startswith(("=", "@", "+", "\t"))]
    assert CALLER not in table


def test_nothing_of_it_is_a_formula_in_a_workbook(floor: Floor) -> None:
    book = floor.place.folder / "day.xlsx"
    floor.place.tells("report", "day", floor.place.log, floor.place.folder / ROSTER, "--out", book)

    with ZipFile(book) as parts:
        sheets = {name: parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")}
    assert not [name for name, text in sheets.items() if "<f>" in text or "<hyperlink" in text]
    assert not [name for name, text in sheets.items() if "\x1b" in text or CALLER in text]
