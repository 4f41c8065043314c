"""Calendar files: who has a duty, when, whatever a calendar program makes of zones, repeats and exceptions."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.api import Document, RejectDocument, sheets
from floorwatch.model.clock import FloorDays
from floorwatch.testing import Kit
from floorwatch_rosters.calendar_file import CalendarFile, CalendarOptions
from tests.readers.readings import SHANGHAI, days, hours, why
from tests.study import study_file

ICS = CalendarFile()
READ_AT = "2026-03-10 12:00"


def _calendar(*entries: str) -> str:
    body = "".join(
        f"BEGIN:VEVENT\r\n{entry.replace(chr(10), chr(13) + chr(10))}\r\nEND:VEVENT\r\n" for entry in entries
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//us//en\r\n{body}END:VCALENDAR\r\n"


def _entry(
    *lines: str, start: str = "DTSTART;TZID=Asia/Shanghai:20260311T120000", length: str = "DURATION:PT1H"
) -> str:
    return "\n".join(["UID:1", "SUMMARY:午餐值班", start, length, *(lines or ("DESCRIPTION:张三",))])


def test_the_calendar_of_the_study_is_read_whole(floorwatch: Kit) -> None:
    """9 entries of 3 names each; the zone has no VTIMEZONE. Of each person, the entries were counted by hand."""
    read = floorwatch.document(ICS, study_file("rosters/duty-schedule-2024-spring.ics"))
    assert (read.rows, len(read.shifts), read.period) == (9, 27, ("2024-03-10", "2024-05-02"))
    assert {who.name: len(days(read, who.key)) for who in read.people} == {
        "陈一六九": 9, "褚一七零": 6, "卫一七一": 3, "蒋一七二": 3, "沈一七三": 6,
    }  # fmt: skip
    assert days(read, "卫一七一")[0] == ("2024-03-10", "work", "实验室值班", "08:30-12:00 duty")
    assert days(read, "蒋一七二")[0] == ("2024-03-16", "work", "实验室值班", "19:00-22:30 duty")
    assert {shift.layer for shift in read.shifts} == {"实验室值班"}
    assert (read.refused, read.remarks) == ((), ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三 李四 王五", ["张三", "李四", "王五"]),
        ("张三、李四；王五", ["张三", "李四", "王五"]),
        ("张三\\,李四\\;王五", ["张三", "李四", "王五"]),
        ("张三\\n李四\\n\\n王五\\n", ["张三", "李四", "王五"]),
        ("值班人：张 三、李四", ["张三", "李四"]),
        ("张 三 李 四", ["张三", "李四"]),
        ("John Smith\\, Jane Doe", ["John Smith", "Jane Doe"]),
        ("John Smith and Jane Doe", ["John Smith", "Jane Doe"]),
        ("张三 张三", ["张三"]),
        ("1001/1002", ["1001", "1002"]),
    ],
)
def test_several_names_stand_in_one_field(floorwatch: Kit, text: str, names: list[str]) -> None:
    read = floorwatch.document(ICS, _calendar(_entry(f"DESCRIPTION:{text}")))
    assert [who.key for who in read.people] == names


def test_names_may_stand_in_another_field(floorwatch: Kit) -> None:
    entry = "UID:1\nSUMMARY:张三\nDTSTART:20260311T120000\nDURATION:PT1H\nATTENDEE;CN=李四:mailto:lisi@example.org"
    by_summary = floorwatch.document(ICS, _calendar(entry), names="summary", layer="", activity="phones")
    assert [(shift.agent, shift.layer, hours(shift)) for shift in by_summary.shifts] == [
        ("张三", "", "12:00-13:00 phones")
    ]
    by_attendee = floorwatch.document(ICS, _calendar(entry), names="attendee")
    assert [(who.key, who.account) for who in by_attendee.people] == [("李四", "lisi")]


@pytest.mark.parametrize(
    ("start", "length", "said"),
    [
        ("DTSTART:20260311T120000", "DTEND:20260311T130000", "12:00-13:00 duty"),
        ("DTSTART:20260311T040000Z", "DTEND:20260311T050000Z", "12:00-13:00 duty"),
        ("DTSTART;TZID=Europe/Berlin:20260311T050000", "DTEND;TZID=Europe/Berlin:20260311T060000", "12:00-13:00 duty"),
        ("DTSTART;TZID=China Standard Time:20260311T120000", "DURATION:PT90M", "12:00-13:30 duty"),
        (
            "DTSTART;TZID=Asia/Shanghai:20260311T220000",
            "DTEND;TZID=Asia/Shanghai:20260312T060000",
            "22:00-06:00+1 duty",
        ),
        ("DTSTART;VALUE=DATE:20260311", "DTEND;VALUE=DATE:20260312", "00:00-00:00+1 duty"),
        ("DTSTART;VALUE=DATE:20260311", "TRANSP:OPAQUE", "00:00-00:00+1 duty"),
    ],
)
def test_times_are_the_entrys_own_or_the_floors(floorwatch: Kit, start: str, length: str, said: str) -> None:
    read = floorwatch.document(ICS, _calendar(_entry(start=start, length=length)))
    assert [(shift.date, hours(shift)) for shift in read.shifts] == [("2026-03-11", said)]
    assert not read.remarks


def test_a_zone_that_nobody_knows_is_remarked_on(floorwatch: Kit) -> None:
    read = floorwatch.document(ICS, _calendar(_entry(start="DTSTART;TZID=Mars/One:20260311T120000")))
    assert [hours(shift) for shift in read.shifts] == ["12:00-13:00 duty"]
    assert read.remarks == ("The zone “Mars/One” of 1 entry is not known: its times are taken as the floor's.",)


def test_whole_days_are_a_shift_each(floorwatch: Kit) -> None:
    read = floorwatch.document(
        ICS, _calendar(_entry(start="DTSTART;VALUE=DATE:20260309", length="DTEND;VALUE=DATE:20260312"))
    )
    assert [shift.date for shift in read.shifts] == ["2026-03-09", "2026-03-10", "2026-03-11"]


def test_a_repeated_entry_has_its_exceptions_and_moved_occurrences(floorwatch: Kit) -> None:
    rule = "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6"
    master = _entry(
        rule,
        "EXDATE;TZID=Asia/Shanghai:20260316T120000",
        "RDATE;TZID=Asia/Shanghai:20260320T120000",
        "DESCRIPTION:张三",
    )
    moved = _entry(
        "RECURRENCE-ID;TZID=Asia/Shanghai:20260318T120000", "DESCRIPTION:李四",
        start="DTSTART;TZID=Asia/Shanghai:20260318T140000",
    )  # fmt: skip
    gone = _entry("RECURRENCE-ID;TZID=Asia/Shanghai:20260323T120000", "STATUS:CANCELLED", "DESCRIPTION:张三")
    read = floorwatch.document(ICS, _calendar(master, moved, gone), at=READ_AT)
    assert [date[5:] for date, _kind, _code, _hours in days(read, "张三")] == ["03-11", "03-20", "03-25", "03-30"]
    assert days(read, "李四") == [("2026-03-18", "work", "午餐值班", "14:00-15:00 duty")]
    assert read.remarks == ("1 cancelled entry was left out.",)


def test_the_last_day_of_a_rule_is_in_it(floorwatch: Kit) -> None:
    for until in ("20260313T040000Z", "20260313T235959Z", "20260313"):
        read = floorwatch.document(
            ICS, _calendar(_entry(f"RRULE:FREQ=DAILY;UNTIL={until}", "DESCRIPTION:张三")), at=READ_AT
        )
        last = "2026-03-12" if until == "20260313" else "2026-03-13"  # a date alone is its midnight
        assert read.period == ("2026-03-11", last)


def test_a_rule_keeps_the_wall_clock_where_clocks_change(floorwatch: Kit) -> None:
    floorwatch.day("2026-03-28", zone="Europe/Berlin")
    entry = _entry("RRULE:FREQ=DAILY;COUNT=3", "DESCRIPTION:a", start="DTSTART;TZID=Europe/Berlin:20260328T120000")
    read = floorwatch.document(ICS, _calendar(entry), at="2026-03-28 12:00")
    starts = [shift.stints[0].start for shift in read.shifts]
    assert [after - before for before, after in pairwise(starts)] == [23 * 3600, 24 * 3600]


def test_a_rule_without_an_end_is_unfolded_a_year_each_way(floorwatch: Kit) -> None:
    entry = _entry("RRULE:FREQ=DAILY", "DESCRIPTION:张三", start="DTSTART:20000101T120000")
    read = floorwatch.document(ICS, _calendar(entry), at=READ_AT)
    assert read.period == ("2025-03-09", "2027-03-11")


def test_a_damaged_calendar_gives_its_whole_entries(floorwatch: Kit) -> None:
    whole = _calendar(_entry(), _entry("DESCRIPTION:李四"))
    read = floorwatch.document(ICS, whole[: whole.index("END:VCALENDAR")] + "BEGIN:VEVENT\r\nSUMMARY:x")
    assert [who.key for who in read.people] == ["张三", "李四"]
    assert why(read) == [("end", "the entry is damaged")]
    assert read.remarks == ("The calendar is damaged; its whole entries were read.",)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (_entry("LOCATION:1506"), "no names in DESCRIPTION"),
        (_entry("DESCRIPTION:" + "text " * 60), "no names"),
        (_entry(length="TRANSP:OPAQUE"), "no end"),
        (_entry(length="DTEND:20260310T120000"), "no end"),
        (_entry(length="DURATION:P80D"), "62 days"),
        (_entry(start="LOCATION:x"), "no start"),
        (_entry(start="DTSTART:10000101T120000"), "outside"),
        (_entry("RRULE:FREQ=SECONDLY", "DESCRIPTION:a"), "more than once a day"),
        (_entry("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "DESCRIPTION:a"), "never come"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_used_is_refused(floorwatch: Kit, entry: str, said: str) -> None:
    read = floorwatch.document(ICS, _calendar(entry), at=READ_AT)
    assert not read.shifts
    assert said in why(read)[0][1]


@pytest.mark.parametrize("content", ["", "BEGIN:VCARD\r\n", b"\xff\xff", b"PK\x03\x04"])
def test_what_is_no_calendar_is_rejected(floorwatch: Kit, content: Any) -> None:
    with pytest.raises(RejectDocument):
        floorwatch.document(ICS, content)


def test_too_many_entries_are_rejected(floorwatch: Kit) -> None:
    with pytest.raises(RejectDocument, match="more than"):
        floorwatch.document(ICS, "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 20_001)


_LINES = """DTSTART:20260311T120000|DTSTART;VALUE=DATE:20260311|DTSTART:x|DTSTART;TZID=X:20260311T120000|DURATION:PT1H
DTEND:20260311T130000|DTEND;VALUE=DATE:20260312|DURATION:P|RRULE:FREQ=DAILY;COUNT=3|RRULE:FREQ=x|RRULE:|UID:1|RDATE:x
EXDATE:20260312T120000|EXDATE;VALUE=DATE:20260312|RDATE;VALUE=PERIOD:20260313T120000/PT1H|STATUS:CANCELLED|SUMMARY:;:
RECURRENCE-ID:20260312T120000|DESCRIPTION:张三 李四|DESCRIPTION|ATTENDEE:mailto:x|BEGIN:VALARM|END:VALARM|END:VEVENT
BEGIN:VEVENT|BEGIN:VTIMEZONE|RRULE:FREQ=WEEKLY;BYDAY=XX|RRULE:FREQ=DAILY;INTERVAL=0|RRULE:COUNT=2|DTSTART:00010101"""
LINES = st.sampled_from(_LINES.replace("\n", "|").split("|"))


@given(lines=st.lists(LINES, max_size=12), tail=st.binary(max_size=20))
def test_any_entry_is_read_or_refused(lines: list[str], tail: bytes) -> None:
    raw = _calendar("\n".join(lines)).encode() + tail
    document = Document("c.ics", raw, 0.0, 1_773_100_000.0, FloorDays(SHANGHAI))
    try:
        assert ICS.read(document, CalendarOptions()).rows >= 0
    except (RejectDocument, sheets.SheetError) as error:
        said = str(error)
        assert said
