"""Sniffing: every format knows its own documents, none takes another's, and none fails on any bytes."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.api import Document, DocumentFormat, RejectDocument, sheets
from floorwatch.model.clock import FloorDays
from floorwatch_attendance.formats import formats as attendance_formats
from floorwatch_rosters.formats import formats as roster_formats
from tests.feeds.workbooks import workbook
from tests.readers.readings import SHANGHAI
from tests.study import study_file

FORMATS: Mapping[str, DocumentFormat] = {each.name: each for each in (*roster_formats(), *attendance_formats())}
WEEK = [date(2026, 4, 1) + timedelta(days=n) for n in range(7)]
SURE, DOUBTFUL = 0.8, 0.5

OWN: Mapping[str, tuple[str, bytes]] = {
    "a month grid": ("month-grid", workbook({"S": [["姓名", *WEEK], ["张三", *["早"] * 7]]})),
    "a month grid as text": (
        "month-grid",
        "2026年4月\n姓名,1,2,3,4,5,6,7\n张三,早,早,早,早,早,早,早\n".encode("gb18030"),
    ),
    "a roster table": ("roster-table", b"agent,start,end,activity\n1001,2026-11-22 08:30,17:30,phones\n"),
    "a roster of dates and times": (
        "roster-table",
        b"employee,name,date,start,end\n1001,Ada,2026-11-22,22:00,06:00\n",
    ),
    "a roster of codes": ("roster-table", "姓名,日期,班次\n张三,2026-11-22,A1\n".encode()),
    "a calendar": ("ics", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    "a terminal's log": ("zkteco-attlog", b"    1\t2026-03-10 08:00:00\t1\t0\t1\t0\r\n" * 5),
    "WeCom by month": (
        "wecom",
        workbook(
            {"上下班打卡": [["打卡"], ["统计时间:04-01 ～ 04-07 制表时间:2026-04-08"], ["姓名", "账号", *range(1, 8)]]}
        ),
    ),
    "WeCom by day": (
        "wecom",
        workbook(
            {"S": [["明细"], ["统计时间:04-01 ～ 04-07 制表时间:2026-04-08"], ["时间", "姓名", "账号", "打卡时间记录"]]}
        ),
    ),
    "a table of punches": ("punch-table", "工号,打卡时间\n1001,2026-03-10 08:30\n".encode("utf-8-sig")),
    "DingTalk": (
        "dingtalk",
        workbook({"原始记录": [["x"]], "每日统计": [["姓名", "日期", "班次"], ["张三", "26-05-01", "休息"]]}),
    ),
}
OTHERS: Mapping[str, bytes] = {
    "nothing": b"",
    "a queue_log": b"1773100000|1773100000.1|support|NONE|ENTERQUEUE||13800000000|1\n" * 5,
    "calls": b"call,agent,queue,start,end,talk\n1,1001,support,2026-11-22 08:30,2026-11-22 08:35,300\n",
    "calls of a day": b"agent,date,start,end,duration\n1001,2026-11-22,08:30,08:35,300\n",
    "somebody's hours": "姓名,日期,上班时间,下班时间\n张三,2026-11-22,08:31,17:44\n".encode(),
    "calls in Chinese": "主叫,坐席,开始时间,结束时间\n138,1001,2026-11-22 08:30,2026-11-22 08:35\n".encode(),
    "events": b"time,event,agent,queue\n2026-11-22 08:30:00,login,1001,support\n",
    "people": b"interface,name,employee,seat,team\nPJSIP/1,x,1001,A1,A\n",
    "jsonl": b'{"event":"CallEntered","at":1773100000}\n',
    "bytes": bytes(range(256)) * 4,
    "a workbook of other things": workbook({"S": [["Umsatz", 1, 2, 3], ["x", 4, 5, 6]]}),
    "a torn workbook": workbook({"S": [["x"]]})[:300],
}


def _scores(raw: bytes) -> dict[str, float]:
    document = Document("document", raw, 0.0, 1_790_000_000.0, FloorDays(SHANGHAI))
    return {name: each.sniff(document) for name, each in FORMATS.items()}


@pytest.mark.parametrize(("name", "raw"), OWN.values(), ids=OWN)
def test_each_format_knows_its_own(name: str, raw: bytes) -> None:
    scores = _scores(raw)
    assert scores.pop(name) >= SURE
    assert max(scores.values()) < DOUBTFUL


@pytest.mark.parametrize("raw", OTHERS.values(), ids=OTHERS)
def test_what_is_no_document_is_nobodys(raw: bytes) -> None:
    assert max(_scores(raw).values()) < DOUBTFUL


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("month-grid", "rosters/month_grid_2026-04.xlsx"),
        ("ics", "rosters/duty-schedule-2024-spring.ics"),
        ("zkteco-attlog", "attendance/zkteco_1_attlog_2weeks.dat"),
        ("zkteco-attlog", "attendance/zkteco_attlog_singledigit_lf.dat"),
        ("dingtalk", "attendance/dingtalk_daily_2026-05.xlsx"),
        (None, "attendance/zkteco_adms_push_example.http"),
        (None, "queue_log/freepbx_asterisk14_2010.queue_log"),
        (None, "asterisk-22/people.csv"),
    ],
)
def test_the_files_of_the_study_are_told_apart(name: str | None, file: str) -> None:
    scores = _scores(study_file(file).read_bytes())
    assert name is None or scores.pop(name) >= SURE
    assert max(scores.values()) < DOUBTFUL


HEADS = st.sampled_from(
    [b"", b"PK\x03\x04", b"BEGIN:VCALENDAR\n", "姓名,日期,班次\n".encode(), b"agent,start,end\n", b"pin,at\n"]
)
WORDS = st.sampled_from(
    ["2026-04-01", "4月1日", "次日", "25:99", "\n", ",", "张三", "休", "1e309", "\0", "99999", '"', "-"]
)


@given(
    head=HEADS,
    body=st.one_of(st.binary(max_size=60), st.lists(WORDS, max_size=25).map(lambda words: "".join(words).encode())),
)
def test_any_bytes_are_read_or_rejected_by_every_format(head: bytes, body: bytes) -> None:
    document = Document("2026年4月", head + body, 0.0, 1_790_000_000.0, FloorDays(SHANGHAI))
    for each in FORMATS.values():
        assert 0 <= each.sniff(document) <= 1
        try:
            assert each.read(document, each.options_type()).document == "2026年4月"
        except (RejectDocument, sheets.SheetError) as error:
            said = str(error)
            assert said


CELLS = st.one_of(
    st.none(),
    st.integers(-5, 50_000),
    st.sampled_from(["姓名", "早", "4月1日", "统计时间:03-01 ～ 03-31 制表时间:2026-04-01", "账号", "日期"]),
    st.dates(),
)


@given(rows=st.lists(st.lists(CELLS, max_size=10), max_size=8))
def test_any_workbook_is_read_or_rejected_by_every_format(rows: list[list[object]]) -> None:
    document = Document("r.xlsx", workbook({"S": rows}), 0.0, 1_790_000_000.0, FloorDays(SHANGHAI))
    for each in FORMATS.values():
        assert 0 <= each.sniff(document) <= 1
        try:
            assert each.read(document, each.options_type()).rows >= 0
        except (RejectDocument, sheets.SheetError) as error:
            said = str(error)
            assert said
