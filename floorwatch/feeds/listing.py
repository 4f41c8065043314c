"""Which files of a folder make one log: the file that grows, and those it was rotated into.

Rules
- A dated name belongs to its log when the log is there, or is known; else it is a log of its own (a file a day).
- A numbered name belongs to its log in any case when the watch begins: with the log itself missing for the moment
  between two renames, its rotated files would be taken for logs of their own, and read twice after the next rotation.
- Hidden files, and folders inside the folder, are no logs.
"""

import fnmatch
import os
from collections.abc import Collection, Iterable
from typing import TypeAlias

from msgspec import Struct, field

from floorwatch.feeds.rotation import Sibling, as_siblings, rotated_names

Entry: TypeAlias = os.DirEntry[str]

Signature: TypeAlias = tuple[int, int, int]
"""Inode, size and time of writing: what changes when a file grows or is replaced."""


class LogFiles(Struct):
    """The files of one log as they were listed. `current` is None while only rotated ones are there."""

    current: Entry | None = None
    rotated: list[Entry] = field(default_factory=list)

    def siblings(self) -> list[Sibling]:
        """The rotated files, each inode once."""
        return as_siblings(self.rotated)

    def signature(self) -> Signature | None:
        """Of the current file; None when there is none."""
        if self.current is None:
            return None
        try:
            found = self.current.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def newest_mtime(self) -> float:
        """When any of the files was last written."""
        signature = self.signature()
        times = [sibling.mtime_ns for sibling in self.siblings()] + ([signature[2]] if signature else [])
        return max(times, default=0) / 1e9

    def size(self) -> int:
        """Bytes in all of the files, archives as they are."""
        signature = self.signature()
        return sum(sibling.size for sibling in self.siblings()) + (signature[1] if signature else 0)


def list_files(folder: str, pattern: str | None) -> list[Entry]:
    """The files of the folder by name, those that match `pattern` if there is one. Raises OSError."""
    with os.scandir(folder) as entries:
        found = [entry for entry in entries if not entry.name.startswith(".")]
    if pattern is not None:
        found = [entry for entry in found if fnmatch.fnmatchcase(entry.name, pattern)]
    return sorted((entry for entry in found if _is_file(entry)), key=lambda entry: entry.name)


def by_log(entries: Iterable[Entry], known: Collection[str], *, beginning: bool) -> dict[str, LogFiles]:
    """The files by the name of their log. `known`: logs already followed; `beginning`: this is the first listing."""
    entries = list(entries)
    names = {entry.name for entry in entries}
    logs: dict[str, LogFiles] = {}
    for entry in entries:
        base = _base_of(entry.name, names, known, beginning)
        files = logs.setdefault(base, LogFiles())
        if base == entry.name:
            files.current = entry
        else:
            files.rotated.append(entry)
    return logs


def _base_of(name: str, names: Collection[str], known: Collection[str], beginning: bool) -> str:
    for rotated in rotated_names(name):
        if rotated.base in names or rotated.base in known or (beginning and rotated.number is not None):
            return _base_of(rotated.base, names, known, beginning)  # x.1.gz is of x.1, and that is of x
    return name


def _is_file(entry: Entry) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False
