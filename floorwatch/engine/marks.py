"""Marks: the places of a recording that people marked, each with a word, in a file beside it.

Rules
- One JSON object a line: `{"at": ..., "word": ..., "by": ...}`; one with `"gone": true` takes every mark of its moment
  away. The file only grows, by one write a line: two people who mark at once both keep their mark, and each sees the
  other's at the next look.
- Somebody's later word for the same moment takes the place of the earlier.
- What is no such line (torn, by a stranger) is passed over, and all words are made inert. Of a file that is too long to
  be one of marks, the rest is not read, and nothing is added.
- The file is made with the first mark, for its owner alone (0600). A link or a device in its place is not followed.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from floorwatch.engine.desk_replay import Mark
from floorwatch.engine.moments import EARLIEST, LATEST
from floorwatch.text import inert
from floorwatch.words import _

SUFFIX = ".marks"
MOST_BYTES = 1 << 20
"""Some ten thousand marks."""

OWN = 0o600
_CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class MarksError(Exception):
    """A mark cannot be kept; the message is one sentence that says where and why."""


class _Line(Struct, omit_defaults=True):
    at: float
    word: str = ""
    by: str = ""
    gone: bool = False


_decode = msgspec.json.Decoder(_Line).decode


def marks_file(recording: Path) -> Path:
    """Where the marks of this recording stand: `day.floorlog.marks`."""
    return recording.with_name(f"{recording.name}{SUFFIX}")


class Marks:
    """The marks in the file `path`, which need not be there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, ...] | None = None
        self._marks: Sequence[Mark] = ()

    def all(self) -> Sequence[Mark]:
        """Every mark, by time; the same object while the file is as it was, which costs one look at its size. Of a file
        that cannot be read there are none."""
        seen = _seen(self.path)
        if seen != self._seen:
            self._seen, self._marks = seen, tuple(_standing(_lines(self.path)))
        return self._marks

    def add(self, mark: Mark) -> None:
        """Keep this mark. Raises MarksError."""
        self._append(_Line(mark.at, inert(mark.word.strip()), inert(mark.by)))

    def remove(self, at: float) -> None:
        """Take every mark of this moment away. Raises MarksError."""
        if any(mark.at == at for mark in self.all()):
            self._append(_Line(at, gone=True))

    def _append(self, line: _Line) -> None:
        try:
            _append(self.path, msgspec.json.encode(line) + b"\n")
        except OSError as error:
            said = _("{file}: the mark cannot be kept: {why}")
            raise MarksError(said.format(file=inert(str(self.path)), why=error.strerror or error)) from None


def _seen(path: Path) -> tuple[int, ...] | None:
    """What is other once something was written; None where nothing is."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _append(path: Path, line: bytes) -> None:
    with _opened(path, os.O_RDWR | os.O_APPEND | os.O_CREAT) as file:
        size = os.fstat(file.fileno()).st_size
        if size + len(line) > MOST_BYTES:
            raise OSError(errno.EFBIG, _("the file is full"))
        if size and os.pread(file.fileno(), 1, size - 1) != b"\n":  # the last one was torn
            line = b"\n" + line
        if os.write(file.fileno(), line) < len(line):
            raise OSError(errno.ENOSPC, _("the disk is full"))


def _lines(path: Path) -> Iterator[_Line]:
    try:
        with _opened(path, os.O_RDONLY) as file:
            content = file.read(MOST_BYTES)
    except OSError:
        return
    for raw in content.split(b"\n"):
        try:
            line = _decode(raw)
        except msgspec.DecodeError:
            continue
        if EARLIEST <= line.at <= LATEST:
            yield line


def _opened(path: Path, how: int) -> BinaryIO:
    """The file, if it is one: what waits at a pipe waits for good. Raises OSError."""
    handle = os.open(path, how | _CAREFULLY, OWN)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, _("something else is there"))
    return os.fdopen(handle, "rb", buffering=0)


def _standing(lines: Iterable[_Line]) -> Sequence[Mark]:
    marks: dict[tuple[float, str], Mark] = {}
    for line in lines:
        if line.gone:
            marks = {key: mark for key, mark in marks.items() if mark.at != line.at}
        else:
            marks[line.at, line.by] = Mark(line.at, inert(line.word), inert(line.by))
    return sorted(marks.values(), key=lambda mark: (mark.at, mark.by))
