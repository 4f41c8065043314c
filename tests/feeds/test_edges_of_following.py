"""The edges of following a file: when there is nothing to do, what is still held open, and how much is read at once."""

import os
from pathlib import Path

import pytest

from floorwatch.feeds.backfill import Sieve
from floorwatch.feeds.lines import HOLE
from floorwatch.feeds.part import GRACE_SECONDS
from floorwatch.feeds.reader import BLOCK_BYTES, GUARD_BYTES, HEAD_BYTES, FileReader, fingerprint_of, key_of
from floorwatch.feeds.tail import Tail
from tests.feeds.log_files import NOW, append, copytruncate, drained, past_grace, rotate


def test_there_is_nothing_to_do_when_all_of_one_file_was_given_or_the_feed_is_over(tmp_path: Path) -> None:
    log = tmp_path / "log"
    tail = Tail(log, "log")
    assert (tail.state, tail.settled) == ("starting", False)
    assert (drained(tail), tail.state, tail.settled) == ([], "waiting", False)
    append(log, b"1\n2\n")
    tail.drain(NOW, 1)
    assert (tail.state, tail.settled) == ("ok", False)
    assert (drained(tail), tail.settled) == ([b"2"], True)
    rotate(log)
    append(log, b"3\n")
    assert (drained(tail), tail.settled) == ([], False)
    assert (drained(tail, NOW + GRACE_SECONDS), tail.settled) == ([b"3"], True)
    tail.close()
    alone = Tail(log, "log", follow=False)
    assert (drained(alone), alone.state, alone.settled) == ([b"3"], "ended", True)
    alone.close()


def test_while_the_old_file_is_read_on_that_is_said_and_is_no_trouble(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, b"1\n")
    tail = Tail(log, "log")
    turning = []
    for now in (NOW, NOW + 1, NOW + 1 + GRACE_SECONDS):
        drained(tail, now)
        turning.append((tail.health.is_turning, bool(tail.health.reason)))
        if now == NOW:
            rotate(log)
            append(log, b"2\n")
    assert turning == [(False, False), (True, True), (False, False)]
    tail.close()


def test_an_empty_file_that_was_removed_is_read_on_before_the_one_in_its_place(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("ab", buffering=0) as writer:
        tail = Tail(log, "log")
        assert drained(tail) == []
        log.unlink()
        append(log, b"new\n")
        assert drained(tail, NOW + 1) == []
        writer.write(b"late\n")
    assert past_grace(tail, NOW + 2) == [b"late", b"new"]
    tail.close()


def test_a_file_that_was_copied_and_removed_is_read_on_itself_while_its_writer_holds_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"1\n")
        tail = Tail(log, "log")
        assert drained(tail) == [b"1"]
        writer.write(b"2\n")
        (tmp_path / "log.1").write_bytes(log.read_bytes())
        log.unlink()
        append(log, b"new\n")
        assert drained(tail, NOW + 1) == [b"2"]
        writer.write(b"late\n")
    assert past_grace(tail, NOW + 2) == [b"late", b"new"]
    tail.close()


def test_a_copy_that_holds_less_than_was_read_is_not_read_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, b"1\n")
    tail = Tail(log, "log")
    assert drained(tail) == [b"1"]
    (tmp_path / "log.1").write_bytes(log.read_bytes())
    append(log, b"2\n")
    assert drained(tail) == [b"2"]
    log.write_bytes(b"3\n")
    assert past_grace(tail, NOW + 1) == [b"3"]
    tail.close()


def test_files_that_come_while_a_log_is_missing_are_read_before_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(tmp_path / "log.1", b"1\n")
    tail = Tail(log, "log", past=Sieve(rotated=True))
    assert (drained(tail), tail.state) == ([b"1"], "lost")
    append(log, b"2\n")
    rotate(log)
    append(log, b"3\n")
    assert past_grace(tail, NOW + 1) == [b"2", b"3"]
    tail.close()


def test_without_a_limit_a_drain_gives_4096_lines_and_reads_no_block_beyond_them(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, (b"x" * 63 + b"\n") * 5000)
    tail = Tail(log, "log")
    assert (len(tail.drain(NOW)), tail.health.bytes_read) == (4096, BLOCK_BYTES)
    assert (len(tail.drain(NOW)), tail.caught_up) == (904, True)
    tail.close()


def test_a_file_that_begins_as_the_one_before_it_is_another_while_that_is_beside_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, b"header\n")
    tail = Tail(log, "log")
    assert drained(tail) == [b"header"]
    rotate(log)
    append(log, b"header\nnew\n")
    append(tmp_path / "log.1", b"late\n")
    assert past_grace(tail, NOW + 1) == [b"late", b"header", b"new"]
    tail.close()


def test_a_second_rotation_while_the_first_is_still_waited_for_loses_nothing(tmp_path: Path) -> None:
    log, given = tmp_path / "log", list[bytes]()
    append(log, b"1\n")
    tail = Tail(log, "log")
    for number in range(2, 5):
        given += drained(tail, NOW + number)
        rotate(log)
        append(log, b"%d\n" % number)
    for second in range(5, 40):
        given += drained(tail, NOW + second)
    assert given == [b"1", b"2", b"3", b"4"]
    assert (tail.health.rotations, tail.health.possible_loss) == (3, 0)
    tail.close()


def test_while_the_new_file_is_empty_the_old_one_is_read_on_without_end(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, b"1\n")
    tail = Tail(log, "log")
    assert drained(tail) == [b"1"]
    rotate(log)
    log.touch()
    for second in (1, 100, 1000):
        append(tmp_path / "log.1", b"%d\n" % second)
        assert drained(tail, NOW + second) == [b"%d" % second]
    assert not tail.health.is_turning
    append(log, b"new\n")
    assert past_grace(tail, NOW + 1001) == [b"new"]
    tail.close()


def test_what_was_written_and_copied_away_since_the_last_look_is_read_before_the_file(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, b"1\n")
    tail = Tail(log, "log")
    assert (drained(tail), tail.health.name) == ([b"1"], "log")
    log.write_bytes(b"2\n")
    copytruncate(log)
    append(log, b"3\n")
    assert past_grace(tail, NOW + 1) == [b"2", b"3"]
    assert tail.health.possible_loss == 1
    tail.close()


def test_a_file_of_which_nothing_was_read_has_its_place_among_those_that_came_since_by_its_time(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    tail = Tail(log, "log")
    assert drained(tail) == []
    for number in range(3):
        append(log, b"%d\n" % number)
        os.utime(log, (NOW + number, NOW + number))
        rotate(log)
    append(log, b"3\n")
    assert past_grace(tail, NOW + 9) == [b"0", b"1", b"2", b"3"]
    tail.close()


def test_a_parked_file_that_is_removed_is_told_as_lost(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, b"1\n")
    tail = Tail(log, "log")
    assert drained(tail) == [b"1"]
    tail.park()
    assert (drained(tail), tail.health.state, tail.parked) == ([], "ok", True)
    log.unlink()
    assert (drained(tail), tail.health.state) == ([], "lost")
    tail.close()


def test_what_is_left_of_a_file_is_told_while_it_is_read_and_while_it_grows(tmp_path: Path) -> None:
    log, line = tmp_path / "log", b"x" * 63 + b"\n"
    tail = Tail(log, "log")
    for number in range(2):
        append(log, line * (2 * BLOCK_BYTES // 64) + line)
        tail.drain(NOW, 10)
        read = number * (2 * BLOCK_BYTES + 64) + BLOCK_BYTES
        assert (tail.health.bytes_read, tail.health.bytes_left) == (read, BLOCK_BYTES + 64)
        assert (len(drained(tail)), tail.health.bytes_left) == (2 * BLOCK_BYTES // 64 - 9, 0)
    tail.close()


def test_a_file_that_was_cut_back_goes_on_where_it_was_cut(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, b"1\n2\n")
    tail = Tail(log, "log")
    assert drained(tail) == [b"1", b"2"]
    os.truncate(log, 2)
    assert (drained(tail), tail.health.possible_loss) == ([], 1)
    append(log, b"3\n")
    assert (drained(tail), tail.health.possible_loss) == ([b"3"], 1)
    tail.close()


def test_a_file_that_is_replaced_by_a_copy_of_itself_is_not_read_again(tmp_path: Path) -> None:
    log, copy = tmp_path / "log", tmp_path / "copy"
    append(log, b"1\n")
    tail = Tail(log, "log")
    assert drained(tail) == [b"1"]
    copy.write_bytes(log.read_bytes())
    copy.replace(log)
    assert past_grace(tail, NOW + 1) == []
    append(log, b"2\n")
    assert past_grace(tail, NOW + 20) == [b"2"]
    tail.close()


def test_a_file_between_the_old_one_and_an_empty_one_is_not_waited_with(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, b"1\n")
    tail = Tail(log, "log")
    assert drained(tail) == [b"1"]
    for line in (b"2\n", b""):
        rotate(log)
        append(log, line)
    assert past_grace(tail, NOW + 1) == [b"2"]
    tail.close()


TEXT = b"".join(b"line %05d\n" % number for number in range(400))
"""4,400 bytes: more than is remembered of a file."""


@pytest.mark.parametrize(
    ("left", "to"),
    [
        (TEXT[:500], 500),
        (TEXT[:HEAD_BYTES], HEAD_BYTES),
        (TEXT[:2000], 0),
        (TEXT[:-GUARD_BYTES], 0),
        (TEXT[:-11], len(TEXT) - 11),
        (TEXT[:-12] + b"#", 0),
        (b"#" + TEXT[1:500], 0),
        (TEXT, 0),
        (b"", 0),
    ],
)
def test_a_file_that_was_cut_is_known_as_far_as_it_is_remembered(tmp_path: Path, left: bytes, to: int) -> None:
    log, rejected = tmp_path / "log", list[tuple[str, int, bytes]]()
    log.write_bytes(TEXT)
    reader = FileReader(str(log), key_of(log.stat()), lambda *each: rejected.append(each))
    reader.attach(lambda: ())
    assert reader.next_lines() is not None
    log.write_bytes(left)
    assert reader.cut_to() == to
    if to:
        reader.step_back(to)
        assert reader.fingerprint == fingerprint_of(str(log), to)
        append(log, b"\n" + bytes(3) + b"\nmore\n")
        assert list(reader.next_lines() or ()) == [(to, b""), (to + 5, b"more")]
        assert [(reason, offset) for reason, offset, _raw in rejected] == [(HOLE, to + 1)]
    reader.park()
