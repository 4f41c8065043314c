"""Faults 23 to 34: what a log holds instead of whole lines of clean text."""

import tracemalloc

import pytest

from floorwatch.engine.recognising import format_of
from floorwatch.feeds.lines import HOLE, TOO_LONG
from floorwatch.feeds.part import GRACE_SECONDS
from floorwatch.feeds.recording import RecordingWriter, read_recording
from floorwatch.feeds.shapes import MAX_LINE_BYTES, FeedError, FeedLine
from floorwatch.settings import FeedSettings
from floorwatch.text import inert
from tests.faults.stage import FEED, Stage, facts

KEPT_BYTES = 4 * 1024 * 1024
"""What a line without an end, or a hole, may take of the memory however large it is: a few blocks."""


def rejected(stage: Stage) -> dict[str, int]:
    """What a reader of the files as they lie there skipped or refused."""
    found: dict[str, int] = stage.state()["feeds"][FEED]["rejected"]
    return found


def test_fault_23_a_partial_last_line_is_held_and_applied_once(stage: Stage) -> None:
    stage.says(4)
    followed, watch = stage.follow(), stage.watch()
    (line,) = stage.lines()
    stage.write(line[:-5])
    stage.pass_time(20)
    assert followed.lines == stage.said
    assert watch.state()["feeds"][FEED]["lines"] == 4
    stage.write(line[-5:] + b"\n")
    stage.said.append(line)
    stage.pass_time(61)  # until the rules were asked again
    assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_24_a_line_split_over_writes_at_any_byte(stage: Stage) -> None:
    stage.says(3)
    followed, watch = stage.follow(), stage.watch()
    for cut in range(45):  # a line of its own for every place, its line end among them
        (line,) = stage.lines()
        raw = line + b"\n"
        stage.write(raw[:cut])
        stage.pass_time(0)
        stage.write(raw[cut:])
        stage.said.append(line)
        stage.pass_time(0)
    assert min(map(len, stage.said)) > 20
    assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_25_a_character_split_over_reads_is_undamaged(stage: Stage) -> None:
    stage.says(3)
    followed, watch = stage.follow(), stage.watch()
    line = f"{stage.clock.at:.0f}|c900|热线|NONE|ENTERQUEUE||李雷|1".encode()
    for place in range(len(line) + 1):
        stage.write((line + b"\n")[place : place + 1])
        stage.pass_time(0)
    stage.said.append(line)
    assert followed.lines == stage.said
    assert watch.state()["queues"]["热线"]["waiting"] == 1
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_26_a_last_line_without_its_end_is_given_when_its_file_is_over(stage: Stage) -> None:
    stage.says(3)
    followed, watch = stage.follow(), stage.watch()
    (last,) = stage.lines()
    stage.write(last)
    assert stage.state()["feeds"][FEED]["lines"] == 4, "who reads it once is at its end"
    stage.pass_time(2)
    assert followed.lines == stage.said, "who follows it is not"
    stage.said.append(last)
    stage.rotate()
    stage.says(2)
    stage.pass_time(GRACE_SECONDS + 2)
    assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_26_torn_for_good_it_is_counted(stage: Stage) -> None:
    stage.says(3)
    followed = stage.follow()
    stage.write(b"17954")
    stage.rotate()
    stage.says(2)
    stage.pass_time(GRACE_SECONDS + 2)
    assert followed.lines == [*stage.said[:3], b"17954", *stage.said[3:]]
    assert rejected(stage) == {"fewer than five fields": 1}


def test_fault_27_a_line_beyond_the_limit_costs_itself_and_no_memory(stage: Stage) -> None:
    stage.says(4)
    followed, watch = stage.follow(), stage.watch()
    stage.write(b"1|" + b"x" * (16 * 1024 * 1024))
    tracemalloc.start()
    try:
        stage.pass_time(5)
        assert tracemalloc.get_traced_memory()[1] < KEPT_BYTES
    finally:
        tracemalloc.stop()
    stage.write(b"\n")
    longest = b"1|c7|support|NONE|" + b"y" * MAX_LINE_BYTES
    stage.write(longest[:MAX_LINE_BYTES] + b"\n")
    stage.says(3)
    stage.pass_time(5)
    assert followed.lines == [*stage.said[:4], longest[:MAX_LINE_BYTES], *stage.said[4:]]
    assert followed.health.rejected == {TOO_LONG: 1}
    assert rejected(stage)[TOO_LONG] == watch.state()["feeds"][FEED]["rejected"][TOO_LONG] == 1


def test_fault_28_a_hole_of_nul_bytes_is_passed_over_without_memory(stage: Stage) -> None:
    stage.says(4)
    followed, watch = stage.follow(), stage.watch()
    with stage.log.open("r+b") as log:
        log.truncate(log.seek(0, 2) + 50 * 1024**3)  # as a writer leaves it that goes on at its old offset
    tracemalloc.start()
    try:
        stage.pass_time(2)
        stage.says(3)
        stage.pass_time(2)
        assert tracemalloc.get_traced_memory()[1] < KEPT_BYTES
    finally:
        tracemalloc.stop()
    assert followed.lines == stage.said
    assert followed.health.rejected == {HOLE: 1}
    assert rejected(stage) == {HOLE: 1}
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


def test_fault_29_a_nul_inside_a_line_is_a_bad_field(stage: Stage) -> None:
    stage.says(4)
    followed, watch = stage.follow(), stage.watch()
    stage.write(stage.lines()[0][:-4] + b"\0\0\0\0\n")
    stage.says(3)
    stage.pass_time(2)
    assert len(followed.lines) == 8, "it is a line, and its format refuses it"
    said = watch.state()["feeds"][FEED]["rejected"]
    assert said == rejected(stage)
    assert list(said.values()) == [1]
    assert "NUL" in next(iter(said))
    assert watch.state()["queues"] == stage.truth()["queues"]


def test_fault_30_bytes_that_are_no_utf_8_are_kept_and_replaced_where_they_are_shown(stage: Stage) -> None:
    stage.says(4)
    followed, watch = stage.follow(), stage.watch()
    line = f"{stage.clock.at:.0f}|c900|sup".encode() + b"\xff\xc3(|NONE|ENTERQUEUE||5550900|1"
    stage.write(line + b"\n")
    stage.said.append(line)
    stage.pass_time(2)
    assert followed.lines[-1] == line
    assert watch.state()["queues"]["sup\\xff\\xc3("]["waiting"] == 1, "each byte in its own words"
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())

    recording = RecordingWriter(stage.folder / "a.floorlog", "UTC", {})
    recording.append(FeedLine(FEED, stage.clock.at, 0, line))
    recording.close()
    entry = next(iter(read_recording(stage.folder / "a.floorlog")))
    assert isinstance(entry, FeedLine)
    assert entry.raw == line


def test_fault_31_a_byte_order_mark_is_no_data(stage: Stage) -> None:
    stage.write(b"\xef\xbb\xbf")
    followed, watch = stage.follow(), stage.watch()
    stage.says(4)
    stage.pass_time(2)
    assert followed.lines == stage.said
    old = stage.rotate()
    stage.write(b"\xef\xbb\xbf")
    stage.says(2)
    stage.pass_time(GRACE_SECONDS + 2)
    assert old.read_bytes().startswith(b"\xef\xbb\xbf")
    assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_fault_32_a_utf_16_file_is_named(stage: Stage, encoding: str) -> None:
    lines = stage.lines(5)
    stage.write(b"\n".join(lines).decode().encode(encoding))
    followed, watch = stage.follow(), stage.watch()
    stage.pass_time(2)
    assert (followed.lines, followed.health.state) == ([], "failed")
    assert "UTF-16" in followed.health.reason
    assert "UTF-16" in watch.health[FEED].reason
    with pytest.raises(FeedError, match="UTF-16"):
        format_of(stage.house, FEED, FeedSettings(str(stage.log)))
    stage.replace(b"")  # somebody mends the writer
    stage.says(4)
    stage.pass_time(GRACE_SECONDS + 35)
    assert (followed.lines, followed.health.state) == (stage.said, "ok")


def test_fault_33_cr_lf_ends_a_line_wherever_it_is_cut_and_a_cr_alone_is_data(stage: Stage) -> None:
    followed, watch = stage.follow(), stage.watch()
    for line in stage.lines(6):
        stage.write(line + b"\r")
        stage.pass_time(1)
        stage.write(b"\n")
        stage.said.append(line)
        stage.pass_time(1)
    assert followed.lines == stage.said
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())
    stage.write(b"a\rb\r\r\n")
    stage.pass_time(1)
    assert followed.lines[-1] == b"a\rb\r"
    assert watch.state()["feeds"][FEED]["rejected"] == rejected(stage) == {"fewer than five fields": 1}


HOSTILE = "PJSIP/\x1b]0;owned\x07\x1b[2J\x1b[31m\u202e9001"


def test_fault_34_escape_sequences_in_data_come_out_as_signs(stage: Stage) -> None:
    stage.says(3)
    followed, watch = stage.follow(), stage.watch()
    line = f"{stage.clock.at:.0f}|NONE|support|{HOSTILE}|ADDMEMBER|".encode()
    stage.write(line + b"\n")
    stage.said.append(line)
    stage.pass_time(2)
    assert followed.lines[-1] == line, "the bytes are kept"
    agents = watch.state()["agents"]
    assert len(agents) == 4
    assert all(name.isprintable() and inert(name) == name for name in agents)
    assert facts(watch.state()) == facts(stage.state()) == facts(stage.truth())
