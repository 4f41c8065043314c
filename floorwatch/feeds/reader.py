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
from typing import TypeAlias, TypeVar

from msgspec import Struct

from floorwatch.feeds.content import GZIP_MAGIC, GzipBytes, content_problem
from floorwatch.feeds.lines import LineSplitter, OffsetLine, Reject
from floorwatch.feeds.shapes import FeedError
from floorwatch.words import _

FileKey: TypeAlias = tuple[int, int]
"""Device and inode."""

BLOCK_BYTES = 256 * 1024
HEAD_BYTES = 1024
GUARD_BYTES = 256
DAMAGED = "gzip: damaged or cut short"

_Found = TypeVar("_Found")


class Fingerprint(Struct, frozen=True):
    """What the first `size` bytes of a file are known by: the first of them, and the last."""

    head: bytes
    guard: bytes
    size: int


NOTHING = Fingerprint(b"", b"", 0)
"""Of an empty file."""


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

    @property
    def knows_all(self) -> bool:
        """Whether something was read, and all of it is remembered: no more than may stand at the head of any file."""
        return 0 < self.position == len(self.head)

    @property
    def fingerprint(self) -> Fingerprint:
        """Of what was read; of an archive, of what came out of it."""
        return Fingerprint(self.head, self.guard, self.position)

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
        return _holds(self._fd, self.fingerprint)

    def cut_to(self) -> int:
        """The size of the file that is held open, where all that is left of it is the beginning of what was read; else,
        and where that is not remembered, 0."""
        left = self.whole()
        if left.size >= self.position or left.head != self.head[: left.size]:
            return 0
        remembered = left.size - (self.position - len(self.guard))
        is_ours = left.size <= len(self.head) or (remembered > 0 and left.guard.endswith(self.guard[:remembered]))
        return left.size if is_ours else 0

    def step_back(self, size: int) -> None:
        """Go on at `size`, to which the file that is held open was cut."""
        left = self.whole()
        self.head, self.guard, self.position = left.head[:size], left.guard, size
        self.splitter = LineSplitter(self._reject, size)

    def finish(self) -> list[OffsetLine]:
        """The last line, if it has no line end: the file is over. Counts an archive that was cut short."""
        if self._gzip is not None and not self._gzip.complete:
            self._reject(DAMAGED, self.position, b"")
        return self.splitter.finish()

    def size(self) -> int | None:
        """Bytes in the file that is held open; None when none is."""
        return None if self._fd is None else os.fstat(self._fd).st_size

    def fingerprint_of_file(self) -> Fingerprint | None:
        """Of what was read; of an archive, of its own bytes, None when it is not held open."""
        if not self.compressed:
            return self.fingerprint
        return None if self._fd is None else _fingerprint(self._fd, os.fstat(self._fd).st_size)

    def whole(self) -> Fingerprint:
        """Of all of the file that is held open, read or not; of nothing when none is, and for an archive."""
        if self._fd is None or self.compressed:
            return NOTHING
        return _fingerprint(self._fd, os.fstat(self._fd).st_size)

    def written_ns(self) -> int | None:
        """When the file that is held open was last written; None when none is."""
        return None if self._fd is None else os.fstat(self._fd).st_mtime_ns

    def file_holds(self, known: Fingerprint) -> bool:
        """Whether the file that is held open, read or not, begins with what has this fingerprint; False when none is
        held, and for an archive."""
        return self._fd is not None and not self.compressed and _holds(self._fd, known)

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
        if path != self.path and not holds(path, self.fingerprint):  # its inode was used again
            os.close(fd)
            return False
        self.path, self._fd = path, fd
        if _is_archive(fd):
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


def holds(path: str, known: Fingerprint, *, raw: bool = False) -> bool:
    """Whether the file at `path` begins with what has this fingerprint. An archive is judged by what is in it, `raw` by
    its own bytes."""
    return _of_file(
        path,
        lambda fd: _holds(fd, known) if raw or not _is_archive(fd) else _archive_holds(GzipBytes(fd), known),
        False,
    )


def fingerprint_of(path: str, size: int) -> Fingerprint:
    """Of the first `size` bytes of a file, an archive taken as it is; of nothing when it cannot be read."""
    return _of_file(path, lambda fd: _fingerprint(fd, size), NOTHING)


def content_of(path: str, size: int) -> Fingerprint:
    """Of the first `size` bytes of a file, of all that comes out of an archive; of nothing when it cannot be read."""
    return _of_file(
        path, lambda fd: _archive_content(GzipBytes(fd)) if _is_archive(fd) else _fingerprint(fd, size), NOTHING
    )


def cut_content_of(path: str) -> Fingerprint:
    """Of what comes out of an archive that does not end as archives do; of nothing when it does, or is unreadable."""
    return _of_file(path, _cut_content, NOTHING)


def _of_file(path: str, find: Callable[[int], _Found], otherwise: _Found) -> _Found:
    """What is found in the file by its open handle; `otherwise` where it cannot be read."""
    try:
        fd = open_regular(path)
    except (OSError, FeedError):
        return otherwise
    try:
        return find(fd)
    except OSError:
        return otherwise
    finally:
        os.close(fd)


def _is_archive(fd: int) -> bool:
    return os.pread(fd, len(GZIP_MAGIC), 0) == GZIP_MAGIC


def _cut_content(fd: int) -> Fingerprint:
    archive = GzipBytes(fd)
    content = _archive_content(archive)
    return NOTHING if archive.complete else content


def _holds(fd: int, known: Fingerprint) -> bool:
    end = os.pread(fd, len(known.guard), known.size - len(known.guard))
    return end == known.guard and os.pread(fd, len(known.head), 0) == known.head


def _fingerprint(fd: int, size: int) -> Fingerprint:
    guard = min(size, GUARD_BYTES)
    return Fingerprint(os.pread(fd, min(size, HEAD_BYTES), 0), os.pread(fd, guard, size - guard), size)


def _archive_content(archive: GzipBytes) -> Fingerprint:
    head, guard, size = b"", b"", 0
    while block := archive.read(BLOCK_BYTES):
        head = (head + block)[:HEAD_BYTES] if len(head) < HEAD_BYTES else head
        guard = (guard + block[-GUARD_BYTES:])[-GUARD_BYTES:]
        size += len(block)
    return Fingerprint(head, guard, size)


def _archive_holds(archive: GzipBytes, known: Fingerprint) -> bool:
    before_guard = known.size - len(known.guard)
    head = _next_bytes(archive, len(known.head))
    if head != known.head:
        return False
    _advanced(archive, before_guard - len(head))
    end = head[before_guard:]
    return end + _next_bytes(archive, len(known.guard) - len(end)) == known.guard


def _next_bytes(archive: GzipBytes, size: int) -> bytes:
    """So many bytes of what comes next; fewer where the archive ends."""
    found = b""
    while len(found) < size and (block := archive.read(size - len(found))):
        found += block
    return found


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
