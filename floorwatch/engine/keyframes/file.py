"""The file of keyframes, read while it grows: a line of JSON that says what it is of, then blocks, one after another.

Rules
- A block counts once all of it is there: what is half written is looked at again. Its head is checked when it comes,
  its data each time they are read.
- It may be replaced by another while it is read, or be deleted: this one is read on, and knows that it is not the one
  at its path any more.
- A file beside a recording may come from a stranger: nothing here follows a link, waits for a pipe, or unpacks more
  than a block says that it holds.
"""

import errno
import os
import stat
import threading
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field

from floorwatch.engine.keyframes import block_head
from floorwatch.engine.keyframes.block_head import BadBlockError
from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.fingerprint import VERSION, Fingerprint, Header
from floorwatch.feeds.jsonl import UNREADABLE
from floorwatch.feeds.reader import key_of
from floorwatch.feeds.shapes import FeedError
from floorwatch.words import _

_HEADER_BYTES = 64 * 1024


class KeyframesError(FeedError):
    """A file of keyframes that cannot be used, and why, on one line."""


class _Mark(Struct):
    version: int = field(name="floorwatch-keyframes")


_decode_mark = msgspec.json.Decoder(_Mark).decode
_decode_header = msgspec.json.Decoder(Header).decode


class KeyframesFile:
    """A file of keyframes, opened; it may be read in several threads."""

    def __init__(self, path: Path, fingerprint: Fingerprint) -> None:
        """Raises KeyframesError where it is none, or of something else; FileNotFoundError where nothing is there."""
        self.path = path
        self._turn = threading.Lock()
        self._fd: int | None = opened(path)
        try:
            self._key = key_of(os.fstat(self._fd))
            self._header, self._upto = header_in(path, self._fd)
            if objection := fingerprint.objection(self._header):
                raise KeyframesError(f"{path}: {objection}")
        except BaseException:  # nobody else has the file yet, to close it; raised again
            self.close()
            raise
        self._blocks = array("Q")
        """Where the data of each block begin."""
        self.is_outgrown = fingerprint.is_outgrown(self._header)
        """Whether the recording has grown since: what is here is right, and is not all."""
        self.is_whole = False
        """Whether it has been read to its end, and no more will come."""

    @property
    def is_replaced(self) -> bool:
        """Whether another file stands at the path now, or none."""
        try:
            return key_of(self.path.lstat()) != self._key
        except OSError:
            return True

    def refresh(self) -> Sequence[Place]:
        """The blocks that have come since the last time, in order. Raises KeyframesError where one is corrupt: those
        before it are given first, and it the next time."""
        with self._turn:
            size = self._size()
            new: list[Place] = []
            try:
                while (place := self._next(size)) is not None:
                    new.append(place)
            except KeyframesError:
                if not new:
                    raise
            return new

    def read(self, place: Place) -> bytes:
        """The data of a block. Raises KeyframesError."""
        with self._turn:
            raw = self._bytes(block_head.SIZE + place.size, place.offset - block_head.SIZE)
        try:
            head = block_head.head_of(raw[: block_head.SIZE], place.offset - block_head.SIZE)
            return block_head.unpacked(head, raw[block_head.SIZE :])
        except BadBlockError:
            raise self._corrupt(bisect_left(self._blocks, place.offset)) from None

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        with self._turn:
            if self._fd is not None:
                os.close(self._fd)
            self._fd = None

    def _next(self, size: int) -> Place | None:
        """The block that begins where the last one ended; None where not all of it is there."""
        offset = self._upto
        if size < offset:
            raise self._corrupt(len(self._blocks) - 1)
        if offset + block_head.SIZE > size:
            return None
        try:
            place = block_head.head_of(self._bytes(block_head.SIZE, offset), offset).place
        except BadBlockError:
            raise self._corrupt(len(self._blocks)) from None
        if place.offset + place.size > size:
            return None
        self._blocks.append(place.offset)
        self._upto = place.offset + place.size
        self.is_whole |= place.kind is Kind.ASKED
        return place

    def _size(self) -> int:
        return os.fstat(self._handle()).st_size

    def _bytes(self, size: int, offset: int) -> bytes:
        try:
            return os.pread(self._handle(), size, offset)
        except OSError as error:
            raise KeyframesError(f"{self.path}: {error.strerror}") from None

    def _handle(self) -> int:
        """The open file: after `close` its number may be another file's."""
        if self._fd is None:
            raise KeyframesError(_("{path}: keyframes that were closed").format(path=self.path))
        return self._fd

    def _corrupt(self, block: int) -> KeyframesError:
        said = _("{path}: these keyframes are corrupt at block {number}")
        return KeyframesError(said.format(path=self.path, number=block + 1))


def opened(path: Path) -> int:
    """A handle on the file. Raises FileNotFoundError, and KeyframesError for what cannot be read or is no file."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise
    except OSError as error:
        is_link = error.errno == errno.ELOOP
        raise (no_keyframes(path) if is_link else KeyframesError(f"{path}: {error.strerror}")) from None
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise no_keyframes(path)
    return fd


def header_in(path: Path, fd: int) -> tuple[Header, int]:
    """The header of the file, and how long it is. Raises KeyframesError where it has none, or of another version."""
    line, end, _rest = os.pread(fd, _HEADER_BYTES, 0).partition(b"\n")
    try:
        version = _decode_mark(line).version
    except UNREADABLE:
        raise no_keyframes(path) from None
    if version != VERSION:
        said = _("{path}: keyframes of version {version}, and this floorwatch reads {known}")
        raise KeyframesError(said.format(path=path, version=version, known=VERSION))
    try:
        return _decode_header(line), len(line + end)
    except UNREADABLE as error:
        raise KeyframesError(_("{path}, line 1: {reason}").format(path=path, reason=error)) from None


def no_keyframes(path: Path) -> KeyframesError:
    """What is said of something else in their place, and what to do."""
    said = _("{path}: not a file of keyframes: move it away, and they are written there")
    return KeyframesError(said.format(path=path))
