"""The bytes of a recording: its first line, whole lines block by block, and how it ends; compressed or not."""

import os
from collections import deque
from collections.abc import Iterator

from floorwatch.feeds.backfill import peek
from floorwatch.feeds.content import GZIP_MAGIC, GzipBytes
from floorwatch.feeds.lines import Reject
from floorwatch.feeds.reader import BLOCK_BYTES, DAMAGED, open_regular
from floorwatch.feeds.shapes import FeedError
from floorwatch.words import _

MOST_LINE_BYTES = 64 * 1024 * 1024
"""A roster of a month is one line of some 5 MB; an archive of a megabyte can hold one of a gigabyte, of nothing."""
TOO_LONG = f"longer than {MOST_LINE_BYTES} bytes"

_FIRST_LINE_BYTES = 1024 * 1024
_LAST_BYTES = 64 * 1024
_FURTHER = 8
_ARCHIVE_BLOCKS = 64
"""Blocks of an archive's end that are kept at once: a roster of a month is one line of some 5 MB."""


def first_line(path: str) -> bytes:
    """The first line with its line end. Raises FeedError."""
    os.close(_opened(path))
    sample = peek(path, _FIRST_LINE_BYTES)
    if not sample:
        raise FeedError(_("{path}: an empty file, not a recording").format(path=path))
    return sample[: sample.find(b"\n") + 1] or sample


def blocks_of_lines(path: str, start: int, reject: Reject) -> Iterator[tuple[bytes, int]]:
    """Blocks of whole lines from `start` on, each with its size; the last may lack its line end. Raises FeedError."""
    fd = _opened(path)
    try:
        archive = GzipBytes(fd) if os.pread(fd, len(GZIP_MAGIC), 0) == GZIP_MAGIC else None
        if archive is None:
            yield from _whole_lines(_blocks_of_file(fd, start), start, reject)
            return
        _pass_over(archive, start)
        yield from _whole_lines(_blocks_of_archive(archive, start, reject), start, reject)
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}") from None
    finally:
        os.close(fd)


def _blocks_of_file(fd: int, at: int) -> Iterator[bytes]:
    while block := os.pread(fd, BLOCK_BYTES, at):
        at += len(block)
        yield block


def _blocks_of_archive(archive: GzipBytes, at: int, reject: Reject) -> Iterator[bytes]:
    while block := archive.read(BLOCK_BYTES):
        at += len(block)
        yield block
    if not archive.complete:
        reject(DAMAGED, at, b"")


def _whole_lines(blocks: Iterator[bytes], at: int, reject: Reject) -> Iterator[tuple[bytes, int]]:
    """The blocks cut at line ends; of a line that is too long only the size, with no bytes."""
    left: list[bytes] = []
    held = skipped = 0
    for each in blocks:
        block = each
        if skipped:
            end = block.find(b"\n") + 1
            skipped += end or len(block)
            if not end:
                continue
            yield b"", skipped
            at, skipped, block = at + skipped, 0, block[end:]
        end = block.rfind(b"\n") + 1
        if end:
            lines = b"".join((*left, block[:end]))
            yield lines, len(lines)
            at, held, left = at + len(lines), 0, []
        held += len(block) - end
        left.append(block[end:])
        if held > MOST_LINE_BYTES:
            reject(TOO_LONG, at, left[0][:200])
            skipped, held, left = held, 0, []
    if skipped or held:
        yield b"".join(left), skipped or held


def last_lines(path: str) -> Iterator[tuple[bytes, bool]]:
    """The end of the file, more of it each time, up to all of it: whole lines, then what is torn, if anything is; and
    whether the file is whole (of an archive that was cut short it is not). Raises FeedError."""
    fd = _opened(path)
    try:
        if os.pread(fd, len(GZIP_MAGIC), 0) == GZIP_MAGIC:
            yield from _of_archive(GzipBytes(fd))
            return
        size, span = os.fstat(fd).st_size, _LAST_BYTES
        while True:
            start = max(0, size - span)
            block = os.pread(fd, size - start, start)
            yield (block[block.find(b"\n") + 1 :] if start else block), True
            if not start:
                return
            span *= _FURTHER
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}") from None
    finally:
        os.close(fd)


def _of_archive(archive: GzipBytes) -> Iterator[tuple[bytes, bool]]:
    blocks: deque[bytes] = deque(maxlen=_ARCHIVE_BLOCKS)
    while block := archive.read(BLOCK_BYTES):
        blocks.append(block)
    end = b"".join(blocks)
    yield end[end.find(b"\n") + 1 :], archive.complete


def _opened(path: str) -> int:
    try:
        return open_regular(path)
    except FileNotFoundError:
        raise FeedError(_("{path}: there is no such file").format(path=path)) from None
    except PermissionError:
        raise FeedError(_("{path}: no permission to read it: let this user read it").format(path=path)) from None
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}") from None


def _pass_over(archive: GzipBytes, size: int) -> None:
    while size > 0 and (block := archive.read(min(size, BLOCK_BYTES))):
        size -= len(block)
