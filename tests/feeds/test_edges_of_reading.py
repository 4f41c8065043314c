"""The edges of reading a file: what is text, how much of it makes it the same, and what an archive still gives."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from floorwatch.feeds.content import GzipBytes, content_problem, content_size
from floorwatch.feeds.lines import HOLE, TOO_LONG, LineSplitter
from floorwatch.feeds.reader import (
    BLOCK_BYTES,
    DAMAGED,
    GUARD_BYTES,
    HEAD_BYTES,
    FileReader,
    Fingerprint,
    RewrittenError,
    content_of,
    fingerprint_of,
    holds,
    key_of,
)
from floorwatch.feeds.shapes import MAX_LINE_BYTES, FeedError
from floorwatch.feeds.tail import Tail
from tests.feeds.log_files import NOW, append, drained

TEXT = b"".join(b"line %05d\n" % number for number in range(400))
"""4,400 bytes: more than a fingerprint looks at."""

DRAIN_BYTES = 4 * 1024 * 1024
"""What a drain reads at most."""

Rejected = list[tuple[str, int, bytes]]


def reader_of(path: Path, rejected: Rejected | None = None) -> FileReader:
    def reject(reason: str, offset: int, raw: bytes) -> None:
        if rejected is not None:
            rejected.append((reason, offset, raw))

    return FileReader(str(path), key_of(path.stat()), reject)


def read(reader: FileReader, skips: Callable[[bytes], bool] | None = None) -> list[tuple[int, bytes]]:
    """All that is there."""
    reader.attach(lambda: ())
    found = []
    while (lines := reader.next_lines(skips)) is not None:
        found += lines
    return found


# --- what is text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("controls", "length", "text"), [(7, 7, True), (8, 160, True), (8, 159, False), (9, 9, False)])
def test_a_few_control_characters_are_damage_and_more_than_a_twentieth_of_all_no_text(
    controls: int, length: int, text: bool
) -> None:
    assert (content_problem(b"\x01" * controls + b"a" * (length - controls)) is None) is text


@pytest.mark.parametrize(
    ("sample", "wide"),
    [
        (b"a\0" * 8, True),
        (b"\0a" * 8, True),
        (b"a\0" * 7, False),
        (b"a\0" * 5 + b"ab" * 5, True),
        (b"a\0" * 4 + b"ab" * 6, False),
        (b"a\0" * 20 + b"\0a", True),
        (b"a\0" * 18 + b"\0a" * 2, False),
        (b"\xff\xfea", True),
        (b"\xfe\xffa", True),
    ],
)
def test_utf_16_is_known_by_its_mark_or_by_nuls_in_every_other_place(sample: bytes, wide: bool) -> None:
    problem = content_problem(sample)
    assert ("UTF-16" in problem if problem else False) is wide


@pytest.mark.parametrize(
    ("sample", "kind"),
    [
        (b"PK\x03\x04", "zip or xlsx"),
        (b"SQLite format 3\0", "SQLite"),
        (b"%PDF-1.4", "PDF"),
        (b"BZh9", "bzip2"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
    ],
)
def test_a_binary_file_is_named(sample: bytes, kind: str) -> None:
    assert f"({kind})" in str(content_problem(sample))
    assert content_problem(b"x" + sample) is None


def test_the_size_of_an_archive_is_what_its_last_bytes_say(tmp_path: Path) -> None:
    path = tmp_path / "log.gz"
    path.write_bytes(gzip.compress(TEXT))
    assert content_size(str(path), path.stat().st_size) == len(TEXT)
    path.write_bytes(gzip.compress(TEXT)[:17])
    assert content_size(str(path), 17) == 17
    path.write_bytes(b"plain text, longer than that")
    assert content_size(str(path), 28) == 28
    assert content_size(str(tmp_path / "none"), 5) == 0


# --- archives --------------------------------------------------------------------------------------------------------


def unpacked(path: Path, size: int = 1000) -> tuple[bytes, GzipBytes]:
    fd = os.open(path, os.O_RDONLY)
    archive, found = GzipBytes(fd), b""
    try:
        while block := archive.read(size):
            assert len(block) <= size
            found += block
    finally:
        os.close(fd)
    return found, archive


@pytest.mark.parametrize("padding", [0, 1, 70_000])
def test_archives_behind_each_other_are_one_whatever_nuls_lie_between(tmp_path: Path, padding: int) -> None:
    path = tmp_path / "log.gz"
    path.write_bytes(gzip.compress(TEXT) + bytes(padding) + gzip.compress(b"more\n") + bytes(padding))
    found, archive = unpacked(path)
    assert found == TEXT + b"more\n"
    assert (archive.complete, archive.damaged) == (True, False)


def test_an_archive_that_grows_is_read_on_and_one_that_is_cut_is_not_complete(tmp_path: Path) -> None:
    path, packed = tmp_path / "log.gz", gzip.compress(os.urandom(3000).hex().encode() + b"\n")
    path.write_bytes(packed[:2000])
    fd = os.open(path, os.O_RDONLY)
    archive = GzipBytes(fd)
    first = archive.read(100_000)
    assert (bool(first), archive.read(100_000), archive.complete) == (True, b"", False)
    append(path, packed[2000:])
    rest = archive.read(100_000)
    os.close(fd)
    assert (first + rest, archive.complete) == (gzip.decompress(packed), True)


def test_a_damaged_archive_gives_what_came_before_and_then_nothing(tmp_path: Path) -> None:
    path, packed = tmp_path / "log.gz", gzip.compress(TEXT)
    path.write_bytes(packed[:-8] + b"\xff" * 8)
    found, archive = unpacked(path, 100)
    assert found == TEXT
    assert (archive.damaged, archive.complete, archive.read(10)) == (True, False, b"")


def test_a_file_that_was_empty_and_becomes_an_archive_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.touch()
    reader = reader_of(path)
    assert (read(reader), reader.compressed) == ([], False)
    append(path, gzip.compress(b"a\nb\n"))
    assert (read(reader), reader.compressed) == ([(0, b"a"), (2, b"b")], True)
    reader.park()
    assert (read(reader), reader.parked) == ([], False)
    reader.park()


def test_the_mark_of_an_archive_within_a_file_is_data(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"a\n")
    reader = reader_of(path)
    read(reader)
    append(path, b"\x1f\x8b\x08 data\n")
    assert read(reader) == [(2, b"\x1f\x8b\x08 data")]
    assert not reader.compressed
    reader.park()


def test_an_archive_that_was_cut_is_counted_where_it_ends(tmp_path: Path) -> None:
    path, rejected = tmp_path / "log", Rejected()
    path.write_bytes(gzip.compress(b"a\nb\n" * 9)[:-4])
    reader = reader_of(path, rejected)
    assert len(read(reader)) == 18
    assert reader.finish() == []
    assert rejected == [(DAMAGED, 36, b"")]
    reader.park()


# --- the same file ---------------------------------------------------------------------------------------------------


def changed(data: bytes, place: int) -> bytes:
    return data[:place] + b"#" + data[place + 1 :]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "archive"])
def test_a_file_is_the_same_by_its_first_bytes_and_its_last_alone(tmp_path: Path, packed: bool) -> None:
    log, other = tmp_path / "log", tmp_path / "other"
    log.write_bytes(TEXT)
    reader = reader_of(log)
    read(reader)
    reader.park()
    known, size = reader.fingerprint, len(TEXT)
    assert known == Fingerprint(TEXT[:HEAD_BYTES], TEXT[-GUARD_BYTES:], size)

    def same(data: bytes) -> bool:
        other.write_bytes(gzip.compress(data) if packed else data)
        return holds(str(other), known)

    assert same(TEXT)
    assert same(TEXT + b"more")
    assert not same(TEXT[:-1])
    for place in (0, HEAD_BYTES - 1, size - GUARD_BYTES, size - 1):
        assert not same(changed(TEXT, place)), place
    for place in (HEAD_BYTES, size - GUARD_BYTES - 1):
        assert same(changed(TEXT, place)), place
    assert not holds(str(tmp_path / "none"), known)
    assert not holds(str(tmp_path), known)


@pytest.mark.parametrize("size", [0, 1, GUARD_BYTES, GUARD_BYTES + 1, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 100])
def test_what_little_there_is_of_a_file_is_known_in_plain_and_in_an_archive(tmp_path: Path, size: int) -> None:
    plain, packed, data = tmp_path / "log", tmp_path / "log.gz", TEXT[:size]
    plain.write_bytes(TEXT)
    packed.write_bytes(gzip.compress(data))
    known = Fingerprint(data[:HEAD_BYTES], data[-GUARD_BYTES:], size)
    assert fingerprint_of(str(plain), size) == known
    assert content_of(str(plain), size) == known
    assert content_of(str(packed), packed.stat().st_size) == known
    assert holds(str(plain), known)
    assert holds(str(packed), known)
    assert fingerprint_of(str(tmp_path / "none"), size) == content_of(str(tmp_path), size) == Fingerprint(b"", b"", 0)


def test_an_archive_is_known_by_its_own_bytes_and_by_all_that_comes_out_of_it(tmp_path: Path) -> None:
    path, text = tmp_path / "log.gz", TEXT * 150
    path.write_bytes(gzip.compress(text))
    assert content_of(str(path), 0) == Fingerprint(TEXT[:HEAD_BYTES], TEXT[-GUARD_BYTES:], len(text))
    reader = reader_of(path)
    assert (reader.size(), reader.written_ns()) == (None, None)
    read(reader)
    size = path.stat().st_size
    assert reader.fingerprint_of_file() == fingerprint_of(str(path), size) != reader.fingerprint
    assert (reader.size(), reader.written_ns()) == (size, path.stat().st_mtime_ns)
    assert (reader.unchanged(), reader.position) == (True, len(text))
    reader.park()
    assert (reader.size(), reader.written_ns(), reader.unchanged()) == (None, None, False)


def test_what_was_read_and_is_gone_is_noticed_at_either_end(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for place in (0, len(TEXT) - 1):
        path.write_bytes(TEXT)
        reader = reader_of(path)
        read(reader)
        assert reader.unchanged()
        path.write_bytes(changed(TEXT, place) + b"more\n")
        assert not reader.unchanged()
        with pytest.raises(RewrittenError):
            reader.next_lines()
        reader.park()
        assert not reader.unchanged()


def test_a_file_is_found_again_under_another_name_only_when_it_is_the_same(tmp_path: Path) -> None:
    path, moved = tmp_path / "log", tmp_path / "log.1"
    path.write_bytes(TEXT)
    reader = reader_of(path)
    read(reader)
    reader.park()
    path.rename(moved)
    append(moved, b"more\n")
    with pytest.raises(FileNotFoundError):
        reader.attach(lambda: ())
    reader.attach(lambda: [str(tmp_path / "none"), str(moved)])
    assert (reader.path, reader.next_lines()) == (str(moved), [(len(TEXT), b"more")])
    reader.park()
    moved.rename(path)
    path.write_bytes(changed(TEXT, 0))
    with pytest.raises(FileNotFoundError):
        reader.attach(lambda: [str(path)])


def test_the_first_block_is_never_passed_over_and_later_ones_are(tmp_path: Path) -> None:
    path = tmp_path / "log"
    line = b"x" * 99 + b"\n"
    path.write_bytes(line * 8000)
    reader = reader_of(path)
    found = read(reader, lambda _block: True)
    assert 0 < len(found) * 100 <= BLOCK_BYTES
    assert reader.position == 800_000
    append(path, b"last\n")
    assert read(reader) == [(800_000, b"last")]
    reader.park()


def test_a_file_that_is_no_text_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(FeedError, match=str(path)):
        read(reader_of(path))


def test_a_last_line_without_its_end_is_given_once() -> None:
    splitter = LineSplitter(lambda *_each: None)
    assert splitter.feed(b"a\nb") == [(0, b"a")]
    assert (splitter.unfinished, splitter.finish()) == (True, [(2, b"b")])
    assert (splitter.unfinished, splitter.finish()) == (False, [])


@pytest.mark.parametrize(("limit", "blocks"), [(10, 1), (4000, 2), (10**9, DRAIN_BYTES // BLOCK_BYTES)])
def test_a_drain_reads_no_more_blocks_than_it_gives_lines_of_and_never_too_many(
    tmp_path: Path, limit: int, blocks: int
) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"x" * 99 + b"\n" + (b"x" * 99 + b"\n") * (DRAIN_BYTES // 100 + 9000))
    tail = Tail(path, "log")
    given = len(tail.drain(NOW, limit))
    assert (tail.health.bytes_read, tail.caught_up) == (blocks * BLOCK_BYTES, False)
    assert given == min(limit, blocks * BLOCK_BYTES // 100)
    assert given + len(drained(tail)) == DRAIN_BYTES // 100 + 9001
    tail.close()


def test_a_hole_is_counted_where_it_began_however_often_it_is_met() -> None:
    rejected = Rejected()
    splitter = LineSplitter(lambda *each: rejected.append(each))
    splitter.feed(b"a\n")
    for _ in range(2):
        splitter.hole(2 * MAX_LINE_BYTES)
    assert splitter.feed(b"b\n") == [(2 + 4 * MAX_LINE_BYTES, b"b")]
    assert rejected == [(HOLE, 2, b"")]


def test_a_line_that_a_hole_cut_is_too_long_and_the_line_behind_it_is_saved() -> None:
    rejected = Rejected()
    splitter = LineSplitter(lambda *each: rejected.append(each))
    splitter.feed(b"to")
    splitter.hole(2 * MAX_LINE_BYTES)
    splitter.hole(2 * MAX_LINE_BYTES)
    assert splitter.unfinished
    assert splitter.feed(b"b\nc\n") == [(2 + 4 * MAX_LINE_BYTES, b"b"), (4 + 4 * MAX_LINE_BYTES, b"c")]
    assert rejected == [(TOO_LONG, 0, b"to" + bytes(198))]


def test_a_hole_between_much_data_is_counted_where_it_is_and_nuls_at_the_end_wait(tmp_path: Path) -> None:
    path, rejected, lines = tmp_path / "log", Rejected(), [b"%099d" % number for number in range(6000)]
    begin, hole = b"a\n", 300_000
    path.write_bytes(begin + bytes(hole) + b"\n".join(lines) + b"\n" + bytes(9))
    reader = reader_of(path, rejected)
    assert read(reader) == [(0, b"a"), *((len(begin) + hole + 100 * place, raw) for place, raw in enumerate(lines))]
    assert rejected == [(HOLE, len(begin), b"")]
    with path.open("r+b") as file:
        file.seek(-9, os.SEEK_END)
        file.write(b"late\nlast\n")
    end = len(begin) + hole + 100 * len(lines)
    assert read(reader) == [(end, b"late"), (end + 5, b"last")]
    reader.park()


def test_nuls_behind_the_first_line_after_a_hole_wait_for_what_replaces_them(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"a\n" + bytes(300_000) + b"b\n" + bytes(9))
    reader = reader_of(path)
    assert read(reader) == [(0, b"a"), (300_002, b"b")]
    assert reader.position == 300_004
    with path.open("r+b") as file:
        file.seek(300_004)
        file.write(b"c\n")
    assert read(reader) == [(300_004, b"c")]
    reader.park()


def test_a_file_read_in_pieces_is_known_by_the_same_bytes_as_one_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.touch()
    reader = reader_of(path)
    for start in range(0, len(TEXT), 900):
        append(path, TEXT[start : start + 900])
        read(reader)
        assert reader.fingerprint == fingerprint_of(str(path), reader.position)
    reader.park()


def test_archives_behind_each_other_hold_what_they_hold_together(tmp_path: Path) -> None:
    plain, packed = tmp_path / "log", tmp_path / "log.gz"
    plain.write_bytes(TEXT)
    packed.write_bytes(b"".join(gzip.compress(TEXT[start : start + 300]) for start in range(0, len(TEXT), 300)))
    assert holds(str(packed), fingerprint_of(str(plain), len(TEXT)))


def test_of_a_line_that_is_too_long_its_first_200_bytes_are_told() -> None:
    rejected = Rejected()
    splitter = LineSplitter(lambda *each: rejected.append(each))
    assert splitter.feed(b"x" * (MAX_LINE_BYTES + 1) + b"\nb\n") == [(MAX_LINE_BYTES + 2, b"b")]
    assert rejected == [(TOO_LONG, 0, b"x" * 200)]
