"""The documents that the plugin rosters reads, held against everything that a document format promises."""

from floorwatch.api import sheets
from floorwatch.testing import Kit, check_document_format
from floorwatch_rosters.calendar_file import CalendarFile
from floorwatch_rosters.formats import formats
from floorwatch_rosters.month_grid import MonthGrid
from floorwatch_rosters.tidy import RosterTable
from floorwatch_rosters.who import who

TABLE = """\
agent,start,end,activity
李娜,2026-03-10 09:00,2026-03-10 12:00,phones
李娜,2026-03-10 12:00,2026-03-10 13:00,lunch
"""
GRID = """\
2026年3月,,,,,,,,
姓名,2026-03-01,2026-03-02,2026-03-03,2026-03-04,2026-03-05,2026-03-06,2026-03-07
李娜,早,早,休,夜,夜,休,休
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
SUMMARY:周末值班
DTSTART;TZID=Asia/Shanghai:20260314T083000
DTEND;TZID=Asia/Shanghai:20260314T120000
DESCRIPTION:李娜 王芳
END:VEVENT
END:VCALENDAR
"""


def test_every_format_of_the_plugin_is_checked_here() -> None:
    assert [type(each) for each in formats()] == [MonthGrid, RosterTable, CalendarFile]


def test_the_roster_table_holds_every_claim() -> None:
    check_document_format(RosterTable(), TABLE.encode())


def test_the_month_grid_holds_every_claim() -> None:
    check_document_format(MonthGrid(), GRID.encode(), codes={"早": "08:00-16:00", "夜": "22:00-06:00"})


def test_the_calendar_file_holds_every_claim() -> None:
    check_document_format(CalendarFile(), CALENDAR.replace("\n", "\r\n").encode())


def test_no_text_of_these_is_a_workbook() -> None:
    assert not any(sheets.is_workbook(text.encode()) for text in (TABLE, GRID, CALENDAR))


def test_whoever_only_a_document_knows_is_called_as_it_calls_them(floorwatch: Kit) -> None:
    said = "employee,name,start,end\n7,李娜,2026-03-10 09:00,2026-03-10 18:00\n"
    floorwatch.people = "name,employee\n王芳,9001\n"
    read = floorwatch.document(RosterTable(), said.encode(), at="00:10")
    floorwatch.at("00:10").happens(read)

    assert who(floorwatch.floor("09:30"), "7") == "李娜 7"
