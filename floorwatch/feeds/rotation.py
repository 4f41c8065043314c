"""Which files a log was rotated into, and in which order they were written.

Rules
- A rotated name is the name with a number (`.1`), a date (`-20261121`, `.2026-11-21`, with a time or not) or an epoch
  behind it or before its extension, compressed or not. Anything else beside a log is another log.
- A number alone says nothing of the order: logrotate gives the newest the lowest, Asterisk's own default the highest.
  The time of writing decides; among equals, the direction in which the others run.
"""

import os
import re
import stat
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct

from floorwatch.feeds.reader import FileKey, key_of

_MARK = (
    r"(?:\.(?P<number>\d{1,4})"
    r"|[-._]\d{4}-\d\d-\d\d(?:[-_T.]\d{2,6}){0,2}"
    r"|[-._]\d{8}(?:[-_T.]?\d{2,6})?"
    r"|[-.]\d{9,10})"
)
_BEHIND = re.compile(rf"(?P<base>.+?){_MARK}(?:\.gz)?")
_WITHIN = re.compile(rf"(?P<stem>.+?){_MARK}(?P<ext>\.[A-Za-z]\w{{0,7}})(?:\.gz)?")


FirstTime: TypeAlias = Callable[[str], float | None]
"""The time of the first line of the file at a path that has one."""


class Sibling(Struct, frozen=True):
    """A file beside a log that was rotated from it."""

    path: str
    key: FileKey
    size: int
    mtime_ns: int

    @property
    def compressed(self) -> bool:
        """By its name; its bytes decide when it is read."""
        return self.path.endswith(".gz")


class RotatedName(Struct, frozen=True):
    """A name taken apart: the log it was rotated from, and the number if it was a number."""

    base: str
    number: int | None


@lru_cache(maxsize=16_384)  # a folder of 10,000 files is listed once a second
def rotated_names(name: str) -> tuple[RotatedName, ...]:
    """What `name` may be a rotated name of, the likeliest first; empty when it is no such name."""
    found = []
    if match := _BEHIND.fullmatch(name):
        found.append(RotatedName(match["base"], _number(match)))
    if (match := _WITHIN.fullmatch(name)) and match["ext"] != ".gz":
        found.append(RotatedName(match["stem"] + match["ext"], _number(match)))
    if name.endswith(".gz"):
        found.append(RotatedName(name.removesuffix(".gz"), None))
    return tuple(found)


def is_rotated_from(name: str, base: str) -> bool:
    """Whether `name` is what a log called `base` may have been rotated into."""
    return any(rotated.base == base for rotated in rotated_names(name))


def siblings_of(path: str) -> list[Sibling]:
    """The rotated files of the log at `path` (through a link: of what it points to), in no order, each inode once.

    Of a file and its archive the file is taken: an archive may still be being written.
    """
    folder, base = os.path.split(os.path.realpath(path))
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if entry.name.startswith(base.partition(".")[0])]
    except OSError:
        return []
    return as_siblings(entry for entry in found if is_rotated_from(entry.name, base))


def as_siblings(entries: Iterable["os.DirEntry[str]"]) -> list[Sibling]:
    """Those of the entries that are files, each inode once, without archives of files that are still there."""
    by_key: dict[FileKey, Sibling] = {}
    for entry in entries:
        try:
            found = entry.stat()
        except OSError:
            continue
        if stat.S_ISREG(found.st_mode):
            by_key.setdefault(key_of(found), Sibling(entry.path, key_of(found), found.st_size, found.st_mtime_ns))
    paths = {sibling.path for sibling in by_key.values()}
    return [each for each in by_key.values() if not each.compressed or each.path.removesuffix(".gz") not in paths]


def in_order(siblings: list[Sibling], first_time: FirstTime | None = None) -> list[Sibling]:
    """Oldest first, by the time of the first line where `first_time` knows it, else by the time of writing."""
    downwards = not _numbers_ascend(siblings)

    def age(sibling: Sibling) -> tuple[float, int, int, str]:
        first = first_time(sibling.path) if first_time is not None else None
        number = _number_of(sibling.path) or 0
        written = sibling.mtime_ns / 1e9
        return written if first is None else first, sibling.mtime_ns, -number if downwards else number, sibling.path

    return sorted(siblings, key=age)


def _numbers_ascend(siblings: list[Sibling]) -> bool:
    """Whether the higher numbers were written later."""
    numbered = sorted((number, each.mtime_ns) for each in siblings if (number := _number_of(each.path)) is not None)
    steps = [(after[1] > before[1]) - (after[1] < before[1]) for before, after in pairwise(numbered)]
    return sum(steps) > 0


def _number_of(path: str) -> int | None:
    return next((each.number for each in rotated_names(os.path.basename(path)) if each.number is not None), None)  # noqa: PTH119  # a string is what is kept, a Path object a file costs more


def _number(match: "re.Match[str]") -> int | None:
    return None if match["number"] is None else int(match["number"])
