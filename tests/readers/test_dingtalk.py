"""DingTalk's report, in small workbooks of our own: what is read of a row, what is refused, and what it comes to."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from floorwatch.api import RejectDocument, duty, events, roster
from floorwatch.testing import Kit, RefusedError, check_document_format
from floorwatch_attendance.dingtalk import DingTalkReport
from tests.readers.dingtalk_books import day, person, punch, report

DAY_SHIFT = "普通出勤 08:30-18:00"
NIGHT = "4班次17点 17:00-次日01:30"
DATE = "2026-05-06"


@pytest.fixture
def kit(floorwatch: Kit) -> Kit:
    floorwatch.day("2026-06-01", zone="Asia/Shanghai")
    floorwatch.duty_rules(grace_seconds=0)
    return floorwatch


def read(kit: Kit, *rows: Mapping[str, object], raw: Any = None, **options: Any) -> events.DocumentRead:
    return kit.document(DingTalkReport(), report(rows, raw), "may.xlsx", at="2026-06-01 09:00", **options)


def local(kit: Kit, at: float) -> str:
    return f"{kit.floor().rules.days.local(at):%m-%d %H:%M}"


def hours(kit: Kit, shift: duty.Shift) -> list[tuple[str, str, str]]:
    return [(local(kit, s.start), local(kit, s.end), str(s.activity)) for s in shift.stints]


def seen(kit: Kit, reading: events.DocumentRead, date: str = DATE) -> roster.Attendance:
    kit.at("2026-06-01 09:00").happens(reading)
    found = roster.attendance_of(kit.floor("2026-06-01 09:00"), "u1001", date)
    assert found is not None
    return found


# --- shifts ---


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (DAY_SHIFT, [("05-06 08:30", "05-06 18:00", "phones")]),
        (NIGHT, [("05-06 17:00", "05-07 01:30", "phones")]),
        ("夜班 22:00-06:00", [("05-06 22:00", "05-07 06:00", "phones")]),
        ("０８：３０－１８：００", [("05-06 08:30", "05-06 18:00", "phones")]),
        (
            "两头班 08:00-12:00 16:00-20:00",
            [("05-06 08:00", "05-06 12:00", "phones"), ("05-06 16:00", "05-06 20:00", "phones")],
        ),
        (
            "早班 08:30-18:00(休息12:00-13:30)",
            [
                ("05-06 08:30", "05-06 12:00", "phones"),
                ("05-06 12:00", "05-06 13:30", "lunch"),
                ("05-06 13:30", "05-06 18:00", "phones"),
            ],
        ),
    ],
)
def test_the_hours_of_a_shift_stand_in_its_cell(kit: Kit, code: str, expected: list[tuple[str, str, str]]) -> None:
    (shift,) = read(kit, day(DATE, code)).shifts
    assert (shift.kind, shift.date) == (duty.ShiftKind.WORK, DATE)
    assert hours(kit, shift) == expected


@pytest.mark.parametrize("key", ["普通出勤", "08:30-18:00", "*"])
def test_a_break_that_the_sheet_does_not_say_comes_from_the_options(kit: Kit, key: str) -> None:
    (shift,) = read(kit, day(DATE, DAY_SHIFT), breaks={key: "12:00-13:30"}).shifts
    assert hours(kit, shift)[1] == ("05-06 12:00", "05-06 13:30", "lunch")


def test_a_break_that_is_no_hours_is_said_before_anything_is_read(kit: Kit) -> None:
    with pytest.raises(RefusedError, match="12:00-13:30"):
        read(kit, day(DATE, DAY_SHIFT), breaks={"普通出勤": "noon"})


def test_a_day_off_is_one_and_a_code_without_hours_stays_visible(kit: Kit) -> None:
    rows = [day("2026-05-01", "休息"), day("2026-05-02", "弹性班"), day("2026-05-03", "未排班"), day("2026-05-04", "")]
    reading = read(kit, *rows)
    assert [(shift.date, shift.kind) for shift in reading.shifts] == [
        ("2026-05-01", duty.ShiftKind.OFF),
        ("2026-05-02", duty.ShiftKind.UNKNOWN),
    ]
    assert reading.unknown_codes == {"弹性班": 1}


def test_the_shifts_can_be_left_to_another_roster(kit: Kit) -> None:
    assert read(kit, day(DATE, DAY_SHIFT), shifts=False).shifts == ()


# --- people and days ---


def test_a_person_is_known_by_their_user_id(kit: Kit) -> None:
    (who,) = read(kit, day(DATE, DAY_SHIFT, {**person("李　明", "２００２", "二组"), "UserId": "ｕ２００２"})).people
    assert (who.name, who.employee, who.team) == ("李明", "2002", "二组")
    assert who.key == who.account == "u2002"


def test_without_a_user_id_the_number_or_the_name_is_the_key(kit: Kit) -> None:
    rows = [
        day(DATE, DAY_SHIFT, {"姓名": "王小明", "工号": "1001"}),
        day(DATE, DAY_SHIFT, {"姓名": "李明"}),
        day(DATE, DAY_SHIFT, {"部门": "一组"}),
    ]
    reading = read(kit, *rows)
    assert [who.key for who in reading.people] == ["1001", "李明"]
    assert [(each.where, each.why) for each in reading.refused] == [("每日统计 row 7", "nobody is named")]


def test_the_second_row_of_one_day_is_refused(kit: Kit) -> None:
    reading = read(kit, day(DATE, DAY_SHIFT), day(DATE, NIGHT))
    assert [shift.code for shift in reading.shifts] == [DAY_SHIFT]
    assert [each.where for each in reading.refused] == ["每日统计 row 6"]


@pytest.mark.parametrize("said", ["26-02-30 星期一", "昨天", ""])
def test_an_impossible_date_costs_its_row_and_is_named_by_its_cell(kit: Kit, said: str) -> None:
    reading = read(kit, {**day(DATE, DAY_SHIFT), "日期": said}, day("2026-05-07", DAY_SHIFT))
    assert [(each.where, each.text) for each in reading.refused] == [("每日统计 G5", said)]
    assert [shift.date for shift in reading.shifts] == ["2026-05-07"]


def test_a_work_date_of_another_day_costs_its_row(kit: Kit) -> None:
    rows = [day("2026-05-05", DAY_SHIFT), {**day(DATE, DAY_SHIFT), "workDate": day("2026-05-08", "")["workDate"]}]
    reading = read(kit, *rows)
    assert [each.where for each in reading.refused] == ["每日统计 H6"]
    assert len(reading.shifts) == 1


def test_a_work_date_may_be_a_number(kit: Kit) -> None:
    row = day(DATE, DAY_SHIFT)
    assert read(kit, {**row, "workDate": float(str(row["workDate"]))}).shifts == read(kit, row).shifts


def test_times_are_those_of_the_zone_in_which_the_sheet_was_written(floorwatch: Kit) -> None:
    floorwatch.day("2026-06-01", zone="Europe/Berlin")
    reading = read(floorwatch, day(DATE, DAY_SHIFT))
    begins = dt.datetime(2026, 5, 6, 0, 30, tzinfo=dt.UTC).timestamp()
    assert reading.shifts[0].stints[0].start == begins
    assert "UTC+08:00" in reading.remarks[0]


def test_a_formula_without_a_value_is_named(kit: Kit) -> None:
    reading = read(kit, day(DATE, "=A1"))
    assert ("每日统计 I5", "a formula without a saved value") in [(r.where, r.why) for r in reading.refused]


# --- punches ---


def test_punches_of_the_raw_sheet_keep_the_work_day_of_the_sheet(kit: Kit) -> None:
    raw = [punch(DATE, "2026-05-06 16:59"), punch(DATE, "２０２６-05-07 01:31")]
    reading = read(kit, day(DATE, NIGHT), raw=raw)
    assert [(local(kit, p.at), p.date, p.device) for p in reading.punches] == [
        ("05-06 16:59", DATE, "考勤机"),
        ("05-07 01:31", DATE, "考勤机"),
    ]


def test_a_void_punch_and_a_repeated_one_are_refused_and_a_correction_is_one(kit: Kit) -> None:
    raw = [
        punch(DATE, "2026-05-06 08:30", "补卡审批通过"),
        punch(DATE, "2026-05-06 08:43", "打卡无效:此记录已被更新"),
        punch(DATE, "2026-05-06 18:01"),
        punch(DATE, "2026-05-06 18:01"),
        punch(DATE, "2026-05-06 25:61"),
        punch(DATE, "", "未打卡"),
    ]
    reading = read(kit, day(DATE, DAY_SHIFT), raw=raw)
    assert [(local(kit, p.at), p.corrected) for p in reading.punches] == [("05-06 08:30", True), ("05-06 18:01", False)]
    assert [each.where for each in reading.refused] == ["原始记录 row 5", "原始记录 row 7", "原始记录 I8"]


def test_without_the_raw_sheet_the_punches_are_those_of_the_days(kit: Kit) -> None:
    row = day(DATE, NIGHT, 上班1打卡时间="16:59", 上班1打卡结果="正常", 下班1打卡时间="次日01:30", 下班1打卡结果="正常")
    assert [local(kit, p.at) for p in read(kit, row).punches] == ["05-06 16:59", "05-07 01:30"]


def test_a_time_that_is_none_is_named_by_its_cell(kit: Kit) -> None:
    reading = read(kit, day(DATE, DAY_SHIFT, 上班1打卡时间="8点半左右", 上班1打卡结果="正常"))
    assert [(each.where, each.text) for each in reading.refused] == [("每日统计 J5", "8点半左右")]


def test_the_raw_sheet_alone_is_enough_for_punches(kit: Kit) -> None:
    book = report(None, [punch(DATE, "2026-05-06 08:22")])
    reading = kit.document(DingTalkReport(), book, at="2026-06-01 09:00")
    assert (len(reading.punches), reading.shifts) == (1, ())


def test_results_are_kept_as_the_sheet_words_them(kit: Kit) -> None:
    row = day(DATE, DAY_SHIFT, 上班1打卡时间="08:32", 上班1打卡结果="管理员张三改为正常", 下班1打卡结果="缺卡")
    assert read(kit, row).stated == (
        duty.Stated("u1001", DATE, DAY_SHIFT, (("in", "08:32", "管理员张三改为正常"), ("out", "", "缺卡"))),
    )


# --- requests ---


def test_several_requests_of_a_cell_are_read_and_said_once(kit: Kit) -> None:
    cell = "外出05-06 14:00到05-06 16:00 2小时，加班05-06 18:00到05-06 19:00 1小时；事假05-06 08:30到05-07 18:00 16小时"
    reading = read(kit, day(DATE, DAY_SHIFT, 关联的审批单=cell), day("2026-05-07", DAY_SHIFT, 关联的审批单=cell))
    kinds = duty.ApprovalKind
    assert [(a.kind, local(kit, a.start), local(kit, a.end)) for a in reading.approvals] == [
        (kinds.OUT, "05-06 14:00", "05-06 16:00"),
        (kinds.OVERTIME, "05-06 18:00", "05-06 19:00"),
    ]
    (leave,) = reading.leaves
    assert (leave.kind, local(kit, leave.start), local(kit, leave.end)) == ("事假", "05-06 08:30", "05-07 18:00")
    assert leave.is_filed


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("年假12-30到01-02 4天", "2025-12-30 00:00", "2026-01-03 00:00"),
        ("年假2026-01-01 上午到2026-01-01 上午 0.5天", "2026-01-01 00:00", "2026-01-01 12:00"),
        ("年假01-01 下午到01-01 下午 0.5天", "2026-01-01 12:00", "2026-01-02 00:00"),
    ],
)
def test_a_request_without_a_year_is_of_the_nearest(kit: Kit, cell: str, start: str, end: str) -> None:
    (leave,) = read(kit, day("2026-01-01", DAY_SHIFT, 关联的审批单=cell)).leaves
    shown = [f"{kit.floor().rules.days.local(at):%Y-%m-%d %H:%M}" for at in (leave.start, leave.end)]
    assert shown == [start, end]


@pytest.mark.parametrize(
    "cell",
    ["换房05-06 08:30到05-06 12:00 3小时", "事假02-30 08:30到02-30 12:00", "事假", "外出05-06 16:00到05-06 14:00"],
)
def test_a_request_that_nobody_knows_is_named_by_its_cell(kit: Kit, cell: str) -> None:
    reading = read(kit, day(DATE, DAY_SHIFT, 关联的审批单=cell))
    assert (reading.leaves, reading.approvals) == ((), ())
    assert [(each.where, each.text) for each in reading.refused] == [("每日统计 V5", cell)]


# --- what it comes to ---


def test_a_correction_stands_for_the_punch_that_was_forgotten(kit: Kit) -> None:
    raw = [punch(DATE, "2026-05-06 08:43"), punch(DATE, "2026-05-06 18:17")]
    row = day(DATE, DAY_SHIFT, 关联的审批单="补卡申请05-06 08:30到05-06 08:30")
    assert seen(kit, read(kit, row, raw=raw)).status is roster.Status.FINISHED


def test_who_is_out_of_the_house_with_approval_did_not_leave_early(kit: Kit) -> None:
    row = day(DATE, DAY_SHIFT, 关联的审批单="外出05-06 13:30到05-06 18:00 4.5小时")
    found = seen(kit, read(kit, row, raw=[punch(DATE, "2026-05-06 08:29")]))
    assert (found.status, found.lacks_out) == (roster.Status.FINISHED, False)


def test_overtime_explains_a_day_off(kit: Kit) -> None:
    raw = [punch(DATE, "2026-05-06 17:05"), punch(DATE, "2026-05-07 01:37")]
    plain = seen(kit, read(kit, day(DATE, "休息"), raw=raw))
    assert plain.status is roster.Status.OFF_ROSTER
    asked = seen(kit, read(kit, day(DATE, "休息", 关联的审批单="加班05-06 17:05到05-07 01:35 8.5小时"), raw=raw))
    assert (asked.status, asked.doubts, asked.overtime) == (roster.Status.FINISHED, (), 8 * 3600 + 32 * 60)


# --- the format ---


def test_it_holds_what_a_document_format_promises() -> None:
    row = day(DATE, NIGHT, 关联的审批单="补卡申请05-06 17:00到05-06 17:00，事假05-06 17:00到05-06 18:00 1小时")
    check_document_format(DingTalkReport(), report([row], [punch(DATE, "2026-05-06 18:00")]))


def test_other_workbooks_are_refused(kit: Kit) -> None:
    with pytest.raises(RejectDocument, match="每日统计"):
        kit.document(DingTalkReport(), report(others=["Sheet1"]), at="2026-06-01 09:00")


def test_an_empty_report_is_read_as_one(kit: Kit) -> None:
    reading = read(kit)
    assert (reading.rows, reading.period) == (0, ("2026-05-01", "2026-05-31"))
