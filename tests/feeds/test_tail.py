"""Following one growing file, renamed or replaced under the follower: real files, time by argument."""

import gzip
import os
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.feeds.part import GRACE_SECONDS, LONGEST_GRACE_SECONDS
from floorwatch.feeds.tail import Tail
from tests.feeds.log_files import NOW, append, drained, past_grace, rotate

# --- growing ---------------------------------------------------------------------------------------------------------


def test_lines_come_once_and_in_order(log: Path, tail: Tail) -> None:
    append(log, b"a\nb\n")
    assert drained(tail) == [b"a", b"b"]
    assert drained(tail) == []
    append(log, b"c\n")
    (line,) = tail.drain(NOW + 1)
    assert (line.feed, line.received_at, line.offset, line.raw, line.backfill) == ("queue_log", NOW + 1, 4, b"c", False)


def test_a_line_without_its_end_is_held_until_it_ends(log: Path, tail: Tail) -> None:
    append(log, b"a\nhal")
    assert drained(tail) == [b"a"]
    append(log, b"f\n")
    assert drained(tail) == [b"half"]


def test_a_character_split_over_writes_is_undamaged(log: Path, tail: Tail) -> None:
    word = "客服|支援\n".encode()
    for place in range(len(word)):
        append(log, word[place : place + 1])
        drained(tail)
    append(log, b"x\n")
    assert tail.health.lines == 1
    assert drained(tail) == [b"x"]


@settings(max_examples=40)
@given(st.binary(max_size=200), st.lists(st.integers(0, 200), max_size=6))
def test_any_split_over_writes_gives_the_same_lines(data: bytes, places: list[int]) -> None:
    data = bytes(byte for byte in data if byte >= 32 or byte in b"\r\n\t")
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    with TemporaryDirectory() as folder:
        grown, whole = Path(folder) / "grown", Path(folder) / "whole"
        whole.write_bytes(data)
        growing, lines = Tail(grown, "log"), []
        for start, end in pairwise(edges):
            append(grown, data[start:end])
            lines += drained(growing)
        assert lines == drained(Tail(whole, "log"))
        growing.close()


def test_a_drain_gives_no_more_than_its_limit(log: Path, tail: Tail) -> None:
    append(log, b"".join(b"%d\n" % number for number in range(100)))
    assert len(tail.drain(NOW, 30)) == 30
    assert not tail.caught_up
    assert len(drained(tail, limit=30)) == 70


def test_progress_is_told_in_bytes(log: Path, tail: Tail) -> None:
    append(log, b"x" * 99 + b"\n")
    tail.drain(NOW)
    assert (tail.health.bytes_read, tail.health.bytes_total, tail.health.lines) == (100, 100, 1)
    assert tail.health.last_line_at == NOW


# --- rotation by renaming --------------------------------------------------------------------------------------------


def test_rename_and_create_gives_the_old_to_its_end_then_the_new(log: Path, tail: Tail) -> None:
    append(log, b"a\n")
    drained(tail)
    append(log, b"b\n")
    rotate(log)
    append(log, b"c\n")
    assert drained(tail) == [b"b"]
    assert drained(tail, NOW + GRACE_SECONDS - 0.1) == []
    assert drained(tail, NOW + GRACE_SECONDS) == [b"c"]
    assert (tail.health.rotations, tail.health.possible_loss) == (1, 0)


def test_late_writes_to_the_renamed_file_come_before_the_new_file(log: Path, tail: Tail) -> None:
    append(log, b"a\n")
    drained(tail)
    rotate(log)
    append(log, b"c\n")
    assert drained(tail) == []
    append(log.with_name("queue_log.1"), b"b\n")
    assert drained(tail, NOW + 4) == [b"b"]
    assert drained(tail, NOW + 8) == []
    assert drained(tail, NOW + 4 + GRACE_SECONDS) == [b"c"]


def test_a_writer_that_never_lets_go_of_the_old_file_does_not_hold_the_new_one_for_ever(log: Path, tail: Tail) -> None:
    append(log, b"a\n")
    drained(tail)
    rotate(log)
    append(log, b"new\n")
    lines: list[bytes] = []
    for second in range(0, int(LONGEST_GRACE_SECONDS) + 3, 2):
        append(log.with_name("queue_log.1"), b"late\n")
        lines += drained(tail, NOW + second)
    assert lines[-1] == b"new"
    assert tail.health.possible_loss == 1


def test_a_renamed_file_is_read_on_while_nothing_stands_at_the_path(log: Path, tail: Tail) -> None:
    append(log, b"a\n")
    drained(tail)
    rotate(log)
    append(log.with_name("queue_log.1"), b"b\n")
    assert drained(tail, NOW + 60) == [b"b"]
    assert tail.health.state == "lost"
    append(log, b"c\n")
    assert past_grace(tail, NOW + 120) == [b"c"]
    assert tail.health.state == "ok"


def test_several_rotations_between_two_drains_lose_nothing(log: Path, tail: Tail) -> None:
    append(log, b"1\n")
    drained(tail)
    for number in range(2, 6):
        append(log, b"%d\n" % number)
        rotate(log)
    append(log, b"6\n")
    assert past_grace(tail) == [b"2", b"3", b"4", b"5", b"6"]
    assert (tail.health.rotations, tail.health.possible_loss) == (4, 0)


def test_ascending_numbers_are_followed_in_the_order_of_writing(log: Path, tail: Tail) -> None:
    append(log, b"1\n")
    drained(tail)
    for number in range(3):
        append(log, b"%d\n" % (number + 2))
        rotated = log.with_name(f"queue_log.{number}")
        log.rename(rotated)
        os.utime(rotated, (NOW + number, NOW + number))
    append(log, b"5\n")
    assert past_grace(tail) == [b"2", b"3", b"4", b"5"]


def test_late_writes_do_not_make_a_rotated_file_new_again(log: Path, tail: Tail) -> None:
    append(log, b"1\n")
    drained(tail)
    rotate(log)
    append(log, b"2\n")
    assert past_grace(tail) == [b"2"]
    append(log.with_name("queue_log.1"), b"much too late\n")
    rotate(log)
    append(log, b"3\n")
    assert past_grace(tail, NOW + 100) == [b"3"]


def test_a_rotated_file_that_is_compressed_at_once_is_read_once(log: Path, tail: Tail) -> None:
    append(log, b"1\n")
    drained(tail)
    append(log, b"2\n")
    with gzip.open(log.with_name("queue_log.1.gz"), "wb") as archive:
        archive.write(log.read_bytes())
    log.unlink()
    append(log, b"3\n")
    assert past_grace(tail) == [b"2", b"3"]


def test_a_parked_file_is_found_again_in_its_archive(log: Path, tail: Tail) -> None:
    append(log, b"1\n")
    drained(tail)
    tail.park()
    append(log, b"2\n")
    with gzip.open(log.with_name("queue_log.1.gz"), "wb") as archive:
        archive.write(log.read_bytes())
    fresh = log.with_name("fresh")
    fresh.write_bytes(b"3\n")
    fresh.replace(log)  # with an inode of its own
    assert past_grace(tail) == [b"2", b"3"]
    assert tail.health.possible_loss == 0


def test_a_parked_file_is_found_again_under_its_new_name(log: Path, tail: Tail) -> None:
    append(log, b"1\n")
    drained(tail)
    tail.park()
    assert tail.parked
    append(log, b"2\n")
    rotate(log)
    append(log, b"3\n")
    assert past_grace(tail) == [b"2", b"3"]


def test_a_parked_file_that_nobody_touched_stays_parked(log: Path, tail: Tail) -> None:
    append(log, b"1\n")
    drained(tail)
    tail.park()
    drained(tail)
    assert tail.parked
    append(log, b"2\n")
    assert drained(tail) == [b"2"]


def test_atomic_replace_is_a_rotation(log: Path, tail: Tail) -> None:
    append(log, b"a\n")
    drained(tail)
    fresh = log.with_name("fresh")
    fresh.write_bytes(b"b\n")
    fresh.replace(log)
    assert past_grace(tail) == [b"b"]


def test_delete_and_recreate_begins_at_the_start(log: Path, tail: Tail) -> None:
    append(log, b"aaaa\n")
    drained(tail)
    log.unlink()
    assert drained(tail) == []
    append(log, b"b\nc\n")
    assert past_grace(tail) == [b"b", b"c"]


def test_a_parked_file_that_is_gone_for_good_may_have_taken_lines_with_it(log: Path, tail: Tail) -> None:
    append(log, b"a\n")
    drained(tail)
    tail.park()
    fresh = log.with_name("fresh")
    fresh.write_bytes(b"b\n")
    fresh.replace(log)
    assert drained(tail) == [b"b"]
    assert (tail.health.rotations, tail.health.possible_loss) == (1, 1)


def test_an_inode_used_again_is_another_file(log: Path, tail: Tail) -> None:
    append(log, b"old line\n")
    drained(tail)
    tail.park()  # nothing holds the inode now: the next file may well be given it
    log.unlink()
    append(log, b"new line, longer\n")
    assert past_grace(tail) == [b"new line, longer"]


def test_the_last_line_of_a_rotated_file_is_given_without_a_line_end(log: Path, tail: Tail) -> None:
    append(log, b"a\nno end")
    assert drained(tail) == [b"a"]
    rotate(log)
    append(log, b"b\n")
    assert past_grace(tail) == [b"no end", b"b"]


def test_identical_headers_do_not_make_two_files_one(log: Path, tail: Tail) -> None:
    header = b"time,call,queue\n"
    append(log, header + b"1\n")
    assert past_grace(tail) == [header.strip(), b"1"]
    rotate(log)
    append(log, header)
    drained(tail, NOW + 10)
    append(log, b"2\n")
    rotate(log)
    append(log, header + b"3\n")
    assert past_grace(tail, NOW + 20) == [header.strip(), b"2", header.strip(), b"3"]


def test_a_link_that_is_switched_is_followed_to_its_new_target(tmp_path: Path, log: Path, tail: Tail) -> None:
    first, second = tmp_path / "monday.log", tmp_path / "tuesday.log"
    first.write_bytes(b"a\n")
    log.symlink_to(first)
    assert drained(tail) == [b"a"]
    second.write_bytes(b"b\n")
    log.unlink()
    log.symlink_to(second)
    assert past_grace(tail) == [b"b"]
