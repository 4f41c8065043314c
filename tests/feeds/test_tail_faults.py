"""Files that are truncated, missing, unreadable, damaged or no text: what the follower gives, and what it says."""

import errno
import gzip
import os
from pathlib import Path

import pytest

from floorwatch.feeds.lines import HOLE
from floorwatch.feeds.tail import Tail
from tests.feeds.log_files import NOW, append, copytruncate, drained, past_grace, rotate

# --- truncation ------------------------------------------------------------------------------------------------------


def test_copytruncate_reads_the_rest_from_the_copy(log: Path, tail: Tail) -> None:
    append(log, b"a\nb\n")
    drained(tail)
    append(log, b"c\n")
    copytruncate(log)
    append(log, b"d\n")
    assert drained(tail) == [b"c", b"d"]
    assert (tail.health.rotations, tail.health.possible_loss) == (1, 1)


def test_two_copytruncates_between_two_drains_lose_nothing(log: Path, tail: Tail) -> None:
    append(log, b"a\n")
    drained(tail)
    for line in (b"b\n", b"c\n"):
        append(log, line)
        copytruncate(log)
    append(log, b"d\n")
    assert drained(tail) == [b"b", b"c", b"d"]


def test_an_old_rotated_file_is_not_taken_for_the_copy(log: Path, tail: Tail) -> None:
    header = b"time,call\n"
    log.with_name("queue_log.1").write_bytes(header + b"yesterday\n")
    append(log, header)
    assert drained(tail) == [b"time,call"]
    os.truncate(log, 0)
    append(log, b"x\n")
    assert drained(tail) == [b"x"]


def test_truncation_without_a_copy_starts_again_and_says_so(log: Path, tail: Tail) -> None:
    append(log, b"a\nb\nhal")
    drained(tail)
    os.truncate(log, 0)
    append(log, b"c\n")
    assert drained(tail) == [b"c"]
    assert (tail.health.rotations, tail.health.possible_loss) == (0, 1)


@pytest.mark.parametrize("fresh", [b"x1\nx2\n", b"x1\nx2\nx3\nx4\n"], ids=["same size", "past the old offset"])
def test_truncation_is_noticed_however_much_was_written_since(log: Path, tail: Tail, fresh: bytes) -> None:
    append(log, b"a1\na2\n")
    drained(tail)
    os.truncate(log, 0)
    append(log, fresh)
    assert drained(tail) == fresh.split()
    assert tail.health.possible_loss == 1


def test_a_writer_that_goes_on_at_its_old_offset_leaves_a_hole_that_is_skipped(log: Path, tail: Tail) -> None:
    with log.open("wb", buffering=0) as writer:  # not in append mode
        writer.write(b"a" * 99_999 + b"\n")
        writer.write(b"b\n")
        drained(tail)
        os.truncate(log, 0)
        writer.write(b"c\n")
    assert drained(tail) == [b"c"]
    assert tail.health.rejected[HOLE] == 1


def test_a_huge_hole_costs_no_memory(log: Path, tail: Tail) -> None:
    append(log, b"a\n")
    os.truncate(log, 10**12)
    assert drained(tail) == [b"a"]
    append(log, b"b\n")
    assert drained(tail) == [b"b"]
    assert tail.health.rejected[HOLE] == 1


def test_written_nul_bytes_are_skipped_like_a_hole(log: Path, tail: Tail) -> None:
    append(log, b"a\ntorn" + bytes(700_000))
    assert drained(tail) == [b"a"]
    append(log, b"b\nc\n")
    assert drained(tail) == [b"b", b"c"]


def test_nul_bytes_at_the_end_wait_for_the_data_that_replaces_them(log: Path, tail: Tail) -> None:
    append(log, b"a\n\0\0\0\0")
    assert drained(tail) == [b"a"]
    with log.open("r+b") as writer:
        writer.seek(2)
        writer.write(b"bbb\n")
    assert drained(tail) == [b"bbb"]
    assert tail.health.rejected == {}


# --- not there, not readable, not text -------------------------------------------------------------------------------


def test_a_missing_file_is_waited_for(log: Path, tail: Tail) -> None:
    assert drained(tail) == []
    assert (tail.health.state, tail.caught_up) == ("waiting", True)
    assert str(log) in tail.health.reason
    append(log, b"a\n")
    assert drained(tail) == [b"a"]
    assert (tail.health.state, tail.health.reason) == ("ok", "")


def test_a_missing_folder_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "later" / "queue_log"
    tail = Tail(path, "queue_log")
    drained(tail)
    assert tail.health.state == "waiting"
    path.parent.mkdir()
    append(path, b"a\n")
    assert drained(tail) == [b"a"]


def test_a_folder_that_is_moved_away_and_made_again_is_attached_again(tmp_path: Path) -> None:
    path = tmp_path / "here" / "queue_log"
    path.parent.mkdir()
    append(path, b"a\n")
    tail = Tail(path, "queue_log")
    drained(tail)
    path.parent.rename(tmp_path / "elsewhere")
    drained(tail)
    assert tail.health.state == "lost"
    path.parent.mkdir()
    append(path, b"b\n")
    assert past_grace(tail) == [b"b"]
    tail.close()


@pytest.mark.parametrize("target", ["queue_log", "nowhere"], ids=["loop", "dangling"])
def test_a_link_to_nothing_waits_and_says_why(log: Path, tail: Tail, target: str) -> None:
    log.symlink_to(log.with_name(target))
    drained(tail)
    assert tail.health.state == "waiting"
    assert "link" in tail.health.reason


def test_permission_granted_later_resumes(unprivileged: Path) -> None:
    path = unprivileged / "queue_log"
    append(path, b"a\n")
    path.chmod(0)
    tail = Tail(path, "queue_log")
    assert drained(tail) == []
    assert tail.health.state == "waiting"
    assert "permission" in tail.health.reason
    path.chmod(0o600)
    assert drained(tail) == [b"a"]
    assert tail.health.state == "ok"
    tail.close()


def test_a_folder_in_place_of_the_file_is_refused_in_words(log: Path, tail: Tail) -> None:
    log.mkdir()
    drained(tail)
    assert tail.health.state == "failed"
    assert "folder" in tail.health.reason
    log.rmdir()
    append(log, b"a\n")
    assert drained(tail) == [b"a"]


def test_a_pipe_never_blocks_and_is_refused(log: Path, tail: Tail) -> None:
    os.mkfifo(log)
    assert drained(tail) == []
    assert "pipe" in tail.health.reason


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("1|2|客服\n".encode("utf-16"), "UTF-16"),
        (("1795298007|NONE|" * 4 + "\n").encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04" + bytes(range(256)), "xlsx"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_what_is_not_text_is_named_and_not_read(log: Path, tail: Tail, content: bytes, word: str) -> None:
    append(log, content)
    assert drained(tail) == []
    assert tail.health.state == "failed"
    assert word in tail.health.reason
    rotate(log)
    append(log, b"text\n")
    assert past_grace(tail, NOW + 100) == [b"text"]


def test_a_binary_file_written_anew_as_text_is_read(log: Path, tail: Tail) -> None:
    append(log, bytes(range(256)))
    drained(tail)
    log.write_bytes(b"a\n")
    assert drained(tail, NOW + 100) == [b"a"]


# --- to the end, not further -----------------------------------------------------------------------------------------


def test_without_following_the_feed_ends_with_its_last_line(log: Path) -> None:
    append(log, b"a\nb")
    tail = Tail(log, "queue_log", follow=False)
    assert drained(tail) == [b"a", b"b"]
    assert (tail.health.state, drained(tail)) == ("ended", [])


def test_an_archive_is_read_as_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "queue_log-20261120.gz"
    with gzip.open(path, "wb") as archive:
        archive.write(b"a\nb\n" * 50_000)
    tail = Tail(path, "queue_log", follow=False)
    assert len(drained(tail)) == 100_000
    assert tail.health.bytes_read == tail.health.bytes_total == 200_000


def test_a_cut_archive_is_read_to_the_cut_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "queue_log.1.gz"
    body = gzip.compress(b"".join(b"%d %d\n" % (number, number**7) for number in range(20_000)))
    path.write_bytes(body[: len(body) // 2])
    tail = Tail(path, "queue_log", follow=False)
    lines = drained(tail)
    assert 5_000 < len(lines) < 15_000
    assert lines[4_000] == b"4000 %d" % 4000**7
    assert sum(tail.health.rejected.values()) == 1


def test_a_damaged_archive_gives_what_comes_before_the_damage(tmp_path: Path) -> None:
    path = tmp_path / "queue_log.1.gz"
    body = bytearray(gzip.compress(b"".join(b"%d %d\n" % (number, number**7) for number in range(20_000))))
    body[len(body) // 2 : len(body) // 2 + 40] = b"\xff" * 40
    path.write_bytes(bytes(body))
    tail = Tail(path, "queue_log", follow=False)
    assert drained(tail)[4_000] == b"4000 %d" % 4000**7
    assert sum(tail.health.rejected.values()) == 1


def test_an_input_error_backs_off_and_reads_on(log: Path, tail: Tail, monkeypatch: pytest.MonkeyPatch) -> None:
    append(log, b"a\n")
    drained(tail)
    append(log, b"b\n")

    def broken(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pread", broken)
        assert drained(tail) == []
    assert tail.health.state == "failed"
    assert drained(tail, NOW + 0.5) == []
    assert drained(tail, NOW + 1) == [b"b"]
    assert (tail.health.state, tail.health.possible_loss) == ("ok", 0)
