"""The log of a terminal: what is a punch, what a hole tore, and what no clock ever showed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.api import Document, RejectDocument
from floorwatch.model.clock import FloorDays
from floorwatch.testing import Kit
from floorwatch_attendance.zkteco import AttendanceLog
from tests.study import study_file

LOG = AttendanceLog()
READ_AT = "2026-03-10 12:00"


def _record(pin: str, at: str, rest: str = "\t1\t0\t1\t0") -> str:
    return f"{pin:>9}\t{at}{rest}\r\n"


def test_the_log_of_the_study_is_read_whole(floorwatch: Kit) -> None:
    """Two weeks, 73 people, and after 2,048 NUL bytes (at byte 26,858) the whole again: 688 records of 1,376 are the
    same to the byte. Counted by splitting the file at its tabs, without the reader."""
    read = floorwatch.document(LOG, study_file("attendance/zkteco_1_attlog_2weeks.dat"))
    assert (read.rows, len(read.punches), len(read.people)) == (1376, 688, 73)
    assert read.period == ("2020-12-01", "2020-12-14")
    assert [(each.where, each.why, each.text) for each in read.refused] == [
        ("byte 26858", "a hole of NUL bytes, and the record that it tore", ":40\t1\t0\t1\t0")
    ]
    assert read.remarks == ("688 exact duplicates were left out.", "Time runs backwards at 1 place.")
    first = read.punches[0]
    assert (first.agent, first.device) == ("563", "1")
    assert datetime.fromtimestamp(first.at, UTC) == datetime(2020, 11, 30, 23, 56, 36, tzinfo=UTC)


def test_the_small_log_of_the_study_is_read_whole(floorwatch: Kit) -> None:
    read = floorwatch.document(LOG, study_file("attendance/zkteco_attlog_singledigit_lf.dat"))
    assert (read.rows, len(read.punches), [who.pin for who in read.people]) == (5, 5, ["1", "2"])
    assert (read.period, read.refused, read.remarks) == (("2015-06-22", "2015-06-23"), (), ())


@pytest.mark.parametrize(
    "line",
    [
        "        1\t2026-03-10 08:00:00\t1\t0\t0\t0\r\n",
        "1\t2026-03-10 08:00:00\t1\t0\t0\t0\n",
        "1\t2026-03-10 08:00:00\n",
        "1\t2026-3-10 8:00:00\t1\t255\t15\t\t0\t0",
    ],
)
def test_a_record_may_have_few_fields_or_many(floorwatch: Kit, line: str) -> None:
    read = floorwatch.document(LOG, line, at=READ_AT)
    assert [(punch.agent, punch.at) for punch in read.punches] == [("1", floorwatch.at("2026-03-10 08:00").at)]


def test_the_record_behind_a_hole_is_never_believed(floorwatch: Kit) -> None:
    whole = _record("1001", "2026-03-10 08:00:00")
    text = whole + "\0" * 300 + _record("99", "2026-03-10 08:05:00").lstrip() + _record("1002", "2026-03-10 08:10:00")
    read = floorwatch.document(LOG, text, at=READ_AT)
    assert [punch.agent for punch in read.punches] == ["1001", "1002"]
    assert [each.where for each in read.refused] == [f"byte {len(whole)}"]


def test_a_record_that_was_whole_before_a_hole_counts(floorwatch: Kit) -> None:
    read = floorwatch.document(LOG, "1001\t2026-03-10 08:00:00\t1\t0\0\0\0\n1002\t2026-03-10\0\0\n", at=READ_AT)
    assert [punch.agent for punch in read.punches] == ["1001"]
    assert len(read.refused) == 2


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("1971--10--29 -12:-5:-2", "an impossible date or time"),
        ("2026-02-30 08:00:00", "an impossible date or time"),
        ("2026-03-10 24:00:00", "an impossible date or time"),
        ("2026-03-10 08:60:00", "an impossible date or time"),
        ("0000-00-00 00:00:00", "an impossible date or time"),
        ("1999-12-31 08:00:00", "the clock of the terminal was not set"),
        ("2026-04-10 08:00:00", "in the future"),
        ("yesterday", "not a record"),
    ],
)
def test_impossible_dates_are_refused(floorwatch: Kit, at: str, why: str) -> None:
    read = floorwatch.document(LOG, _record("1", at) + _record("2", "2026-03-10 08:00:00"), at=READ_AT)
    assert [punch.agent for punch in read.punches] == ["2"]
    assert [(each.where, why in each.why) for each in read.refused] == [("byte 0", True)]


def test_repeats_within_a_minute_stay_and_exact_duplicates_do_not(floorwatch: Kit) -> None:
    lines = [
        _record("1", "2026-03-10 08:00:00"),
        _record("1", "2026-03-10 08:00:00"),
        _record("1", "2026-03-10 08:00:41"),
    ]
    read = floorwatch.document(LOG, "".join(lines), at=READ_AT)
    assert (read.rows, len(read.punches)) == (3, 2)
    assert read.remarks == ("1 exact duplicate was left out.",)


def test_time_that_runs_backwards_is_remarked_on(floorwatch: Kit) -> None:
    times = ("08:00:00", "07:59:59", "08:10:00", "08:05:00", "08:20:00")
    read = floorwatch.document(
        LOG, "".join(_record(str(n), f"2026-03-10 {at}") for n, at in enumerate(times)), at=READ_AT
    )
    assert len(read.punches) == 5
    assert read.remarks == ("Time runs backwards at 2 places.",)


def test_the_in_and_out_flag_is_not_used(floorwatch: Kit) -> None:
    came, left = (
        floorwatch.document(LOG, _record("1", "2026-03-10 08:00:00", f"\t1\t{flag}\t1\t0"), at=READ_AT)
        for flag in (0, 1)
    )
    assert came.punches == left.punches


def test_an_empty_log_is_a_log_without_punches(floorwatch: Kit) -> None:
    read = floorwatch.document(LOG, "\r\n")
    assert (read.rows, read.punches, read.period) == (0, (), None)


@pytest.mark.parametrize("content", ["姓名,工号\n张三,1\n", b"PK\x03\x04\x00", "a\tb\n"])
def test_what_has_no_record_is_rejected(floorwatch: Kit, content: bytes | str) -> None:
    with pytest.raises(RejectDocument, match="PIN, tab"):
        floorwatch.document(LOG, content)


RECORDS = st.sampled_from([b"  1\t2026-03-10 08:00:00\t1\t0\n", b"\0\0\0", b"\n", b"\t", b"2026-13-", b"9" * 30])


@given(parts=st.lists(st.one_of(RECORDS, st.binary(max_size=30)), max_size=12))
def test_any_bytes_are_read_or_rejected(parts: list[bytes]) -> None:
    document = Document("1_attlog.dat", b"".join(parts), 0.0, 1_790_000_000.0, FloorDays())
    try:
        assert LOG.read(document, LOG.options_type()).rows >= 0
    except RejectDocument as error:
        said = str(error)
        assert said


def test_a_large_log_is_told_by_its_first_lines() -> None:
    day = datetime(2026, 3, 10, tzinfo=UTC)
    lines = "".join(_record(str(n % 500), f"{day + timedelta(seconds=n):%Y-%m-%d %H:%M:%S}") for n in range(1_000))
    document = Document("attlog.dat", lines.encode(), 0.0, 0.0, FloorDays())
    assert LOG.sniff(document) > 0.9
