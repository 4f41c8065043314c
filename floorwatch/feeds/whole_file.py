"""A file read whole, as it stood at one moment: within bounds, and not while it was being written."""

import os

from msgspec import Struct

from floorwatch.feeds.reader import open_regular
from floorwatch.words import _

MOST_BYTES = 64 * 1024 * 1024
_BLOCK_BYTES = 1024 * 1024


class Stamp(Struct, frozen=True, gc=False):
    """What changes when a file is written or replaced. The time of the last change of any kind is in it: who keeps the
    time of writing (`cp -p`) changes that."""

    inode: int
    size: int
    written_ns: int
    changed_ns: int

    @property
    def modified_at(self) -> float:
        """When it was written, epoch seconds UTC."""
        return self.written_ns / 1e9


class TooLargeError(Exception):
    """A file that is too large to be a document; the message says so."""


def stamp_of(found: os.stat_result) -> Stamp:
    """The stamp of a file by what the system says of it."""
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def read_whole(path: str) -> tuple[bytes, Stamp]:
    """All bytes of a file, and its stamp after they were read: another than before means that it was being written.

    Raises TooLargeError before anything is read; OSError; FeedError for what is no file.
    """
    fd = open_regular(path)
    try:
        size = os.fstat(fd).st_size
        if size > MOST_BYTES:
            raise TooLargeError(too_large(size))
        blocks, left = [], MOST_BYTES  # it may grow meanwhile
        while left and (block := os.read(fd, min(left, _BLOCK_BYTES))):
            blocks.append(block)
            left -= len(block)
        return b"".join(blocks), stamp_of(os.fstat(fd))
    finally:
        os.close(fd)


def is_temporary(name: str) -> bool:
    """Whether a file of this name is what a program leaves beside a document while it is open or being saved."""
    return name.startswith((".", "~$", "~")) or name.endswith((".tmp", ".TMP", ".part", ".crdownload", ".swp", "~"))


def too_large(size: int) -> str:
    """Why a file of this size is not read as a document."""
    said = _("{size:.0f} MiB is too large for a document: up to {most} MiB are read")
    return said.format(size=size / 2**20, most=MOST_BYTES // 2**20)
