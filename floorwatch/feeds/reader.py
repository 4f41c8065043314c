"""Reads one file on from where it was, and notices when what it had read is no longer there.

Rules
- A file is its device and inode, its first bytes as far as they were read (up to 1 KiB), and the last bytes read. Each
  read fetches the last bytes again in the same call, so that nothing can slip between the check and the read.
- A handle may be let go at any time (`park`); the file is found again under whatever name it was given since.
- NUL bytes at the end of a file wait until something follows them: a network file system shows them for a moment where
  data is still on its way.
"""

import os
import stat
from collections.abc import Callable, Iterable
from typing import TypeAlias

from floorwatch.feeds.content import GZIP_MAGIC, GzipBytes, content_problem
from floorwatch.feeds.lines import LineSplitter, OffsetLine, Reject
from floorwatch.feeds.shapes import FeedError
from floorwatch.words import _

FileKey: TypeAlias = tuple[int, int]
"""Device and inode."""

Ends: TypeAlias = tuple[bytes, bytes]
"""The first and the last bytes, up to 1 KiB each."""

BLOCK_BYTES = 256 * 1024
HEAD_BYTES = 1024
GUARD_BYTES = 256
DAMAGED = "gzip: damaged or cut short"


class RewrittenError(Exception):
    """What had been read is no longer there: the file was truncated, or written anew in place."""


def key_of(found: os.stat_result) -> FileKey:
    """What tells this file from every other one that exists now."""
    return found.st_dev, found.st_ino


def open_regular(path: str) -> int:
    """An open handle on a regular file. Never waits for a FIFO's writer. Raises OSError, FeedError."""
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    kind = kind_problem(os.fstat(fd))
    if kind is not None:
        os.close(fd)
        raise FeedError(f"{path}: {kind}")
    return fd


def kind_problem(found: os.stat_result) -> str | None:
    """Why this is not a file that can be followed; None when it is one."""
    mode = found.st_mode
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISDIR(mode):
        return _("this is a folder, not a file")
    if stat.S_ISFIFO(mode):
        return _("this is a pipe, not a file: let its writer write to a file and name that")
    return _("this is a device or a socket, not a file")


class FileReader:
    """The position in one file, and the line that is not finished there."""

    def __init__(self, path: str, key: FileKey, reject: Reject) -> None:
        self.path = path
        self.key = key
        self.position = 0
        self.head = b""
        self.guard = b""
        self.splitter = LineSplitter(reject)
        self._reject = reject
        self._fd: int | None = None
        self._gzip: GzipBytes | None = None
        self._nuls_until = 0

    @property
    def parked(self) -> bool:
        """Whether no handle is held."""
        return self._fd is None

    @property
    def compressed(self) -> bool:
        """Whether the file is a gzip archive; its positions count decompressed bytes."""
        return self._gzip is not None

    def attach(self, elsewhere: Callable[[], Iterable[str]]) -> None:
        """Hold the file open, under its path or, renamed, under one of `elsewhere`.

        Raises OSError when it cannot be opened, FileNotFoundError when it is nowhere.
        """
        if self._fd is not None or self._open(self.path):
            return
        if not any(self._open(path) for path in elsewhere()):
            raise FileNotFoundError(self.path)

    def next_lines(self, skips: Callable[[bytes], bool] | None = None) -> list[OffsetLine] | None:
        """The lines of the next block (perhaps none), None at the end for now; a block that `skips` names gives none.

        Raises RewrittenError; FeedError when this is not text; OSError.
        """
        block = self._next_block()
        if not block:
            return None
        first = self.position == 0
        self._took(block)
        if not first and skips is not None and skips(block) and self.splitter.skip(block):
            return []
        return self.splitter.feed(block)

    def unchanged(self) -> bool:
        """Whether the file that is held open still begins with all that was read of it."""
        if self._fd is None or self._gzip is not None:
            return self._fd is not None
        end = os.pread(self._fd, len(self.guard), self.position - len(self.guard))
        return end == self.guard and os.pread(self._fd, len(self.head), 0) == self.head

    def finish(self) -> list[OffsetLine]:
        """The last line, if it has no line end: the file is over. Counts an archive that was cut short."""
        if self._gzip is not None and not self._gzip.complete:
            self._reject(DAMAGED, self.position, b"")
        return self.splitter.finish()

    def size(self) -> int | None:
        """Bytes in the file that is held open; None when none is."""
        return None if self._fd is None else os.fstat(self._fd).st_size

    def written_ns(self) -> int | None:
        """When the file that is held open was last written; None when none is."""
        return None if self._fd is None else os.fstat(self._fd).st_mtime_ns

    def ends(self) -> Ends | None:
        """The ends of the file that is held open, read or not; None when none is."""
        return None if self._fd is None else _ends(self._fd, os.fstat(self._fd).st_size)

    def move_to(self, path: str, key: FileKey) -> None:
        """Go on at the same position in another file with the same content (`holds`)."""
        self.park()
        self.path, self.key = path, key

    def park(self) -> None:
        """Let the handle go; the next `attach` finds the file again."""
        if self._fd is not None:
            os.close(self._fd)
        self._fd, self._gzip = None, None

    def _open(self, path: str) -> bool:
        try:
            fd = open_regular(path)
        except FileNotFoundError:
            return False
        if key_of(os.fstat(fd)) != self.key:
            os.close(fd)
            return False
        if path != self.path and not holds(path, self):  # its inode was used again
            os.close(fd)
            return False
        self.path, self._fd = path, fd
        if os.pread(fd, len(GZIP_MAGIC), 0) == GZIP_MAGIC:
            self._gzip = _advanced(GzipBytes(fd), self.position)
        return True

    def _next_block(self) -> bytes:
        fd, guard = self._fd, self.guard
        assert fd is not None, "attach first"
        if self._gzip is not None:
            return self._gzip.read(BLOCK_BYTES)
        data = os.pread(fd, BLOCK_BYTES + len(guard), self.position - len(guard))
        if not data.startswith(guard) or os.pread(fd, len(self.head), 0) != self.head:
            raise RewrittenError(self.path)
        block = data[len(guard) :]
        if self.position == 0 and block.startswith(GZIP_MAGIC):
            self._gzip = GzipBytes(fd)
            return self._gzip.read(BLOCK_BYTES)
        if block.endswith(b"\0"):
            return block.rstrip(b"\0") or self._beyond_nuls(fd)
        return block

    def _beyond_nuls(self, fd: int) -> bytes:
        """The next block after a hole that is longer than a block; b"" while nothing follows it."""
        end = _first_data(fd, max(self.position, self._nuls_until))
        block = os.pread(fd, BLOCK_BYTES, end).rstrip(b"\0")
        if not block:
            self._nuls_until = end
            return b""
        self.splitter.hole(end - self.position)
        self.guard = bytes(min(end - self.position, GUARD_BYTES))
        self.position = end
        return block

    def _took(self, block: bytes) -> None:
        if len(self.head) == self.position < HEAD_BYTES:
            head = self.head + block[: HEAD_BYTES - self.position]
            problem = content_problem(head)
            if problem is not None:
                raise FeedError(f"{self.path}: {problem}")
            self.head = head
        self.position += len(block)
        if self._gzip is None:
            self.guard = (self.guard + block[-GUARD_BYTES:])[-GUARD_BYTES:]


def holds(path: str, reader: FileReader) -> bool:
    """Whether the file at `path` begins with all that `reader` has read, by its first and last bytes."""
    try:
        fd = open_regular(path)
    except (OSError, FeedError):
        return False
    try:
        if os.pread(fd, len(GZIP_MAGIC), 0) == GZIP_MAGIC:
            return _archive_holds(GzipBytes(fd), reader)
        end = os.pread(fd, len(reader.guard), reader.position - len(reader.guard))
        return os.pread(fd, len(reader.head), 0) == reader.head and end == reader.guard
    except OSError:
        return False
    finally:
        os.close(fd)


def ends_of(path: str, size: int) -> Ends | None:
    """The ends of the first `size` bytes that the file holds, decompressed; None when it cannot be read."""
    try:
        fd = open_regular(path)
    except (OSError, FeedError):
        return None
    try:
        if os.pread(fd, len(GZIP_MAGIC), 0) == GZIP_MAGIC:
            return _archive_ends(GzipBytes(fd))
        return _ends(fd, size)
    except OSError:
        return None
    finally:
        os.close(fd)


def _ends(fd: int, size: int) -> Ends:
    length = min(size, HEAD_BYTES)
    return os.pread(fd, length, 0), os.pread(fd, length, size - length)


def _archive_ends(archive: GzipBytes) -> Ends:
    first = last = b""
    while block := archive.read(BLOCK_BYTES):
        first = (first + block)[:HEAD_BYTES] if len(first) < HEAD_BYTES else first
        last = (last + block[-HEAD_BYTES:])[-HEAD_BYTES:]
    return first, last


def _archive_holds(archive: GzipBytes, reader: FileReader) -> bool:
    head = b""
    while len(head) < len(reader.head) and (block := archive.read(len(reader.head) - len(head))):
        head += block
    if head != reader.head:
        return False
    before_guard = reader.position - len(reader.guard)
    if before_guard < len(head):
        return True
    _advanced(archive, before_guard - len(head))
    end = b""
    while len(end) < len(reader.guard) and (block := archive.read(len(reader.guard) - len(end))):
        end += block
    return end == reader.guard


def _advanced(archive: GzipBytes, size: int) -> GzipBytes:
    """The archive after `size` more decompressed bytes."""
    while size > 0 and (block := archive.read(min(size, BLOCK_BYTES))):
        size -= len(block)
    return archive


def _first_data(fd: int, position: int) -> int:
    """Where the first block that is not all NUL begins, at or after `position`; the end of the file if none does.

    A hole in the file system is jumped over; one of written NUL bytes is read through, a block at a time.
    """
    size = os.fstat(fd).st_size
    while position < size:
        try:
            position = max(position, os.lseek(fd, position, os.SEEK_DATA))
        except (OSError, AttributeError):  # no data up to the end, or no such call on this system
            if hasattr(os, "SEEK_DATA"):
                return size
        block = os.pread(fd, BLOCK_BYTES, position)
        if block.strip(b"\0"):
            return position + len(block) - len(block.lstrip(b"\0"))
        position += len(block) or size
    return size
