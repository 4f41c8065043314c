"""The rotated files beside one log: which were there before, and which came since the last look.

Rules
- A file is known by its inode, its first bytes and the last ones of when it was seen: an inode is used again soon after
  a file is deleted, a rotated file may still grow, and a header may be longer than any first bytes.
- A new archive of a known file is known too, by what it holds; one that is damaged, or not whole yet, by its beginning.
- A copy that a truncation followed may hold less than was read: the writer wrote on between the two.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter

from floorwatch.feeds.backfill import Sieve, peek
from floorwatch.feeds.reader import (
    HEAD_BYTES,
    FileKey,
    FileReader,
    Fingerprint,
    content_of,
    cut_content_of,
    fingerprint_of,
    holds,
)
from floorwatch.feeds.rotation import FirstTime, Sibling, in_order


class Lineage:
    """Remembers the rotated files of one log."""

    def __init__(self, siblings: Callable[[], list[Sibling]], first_time: FirstTime | None = None) -> None:
        self._siblings = siblings
        self._first_time = first_time
        self._known: dict[FileKey, Fingerprint] = {}

    def paths(self) -> Iterable[str]:
        """Where a file of this log that was renamed may be now."""
        return map(attrgetter("path"), self._siblings())

    def lists(self, key: FileKey) -> bool:
        """Whether the file stands among the rotated ones."""
        return any(each.key == key for each in self._siblings())

    def remember(self, reader: FileReader) -> None:
        """A file that has been read, whatever becomes of its name."""
        known = reader.fingerprint_of_file()
        if known is not None:
            self._known[reader.key] = known

    def begin(self) -> None:
        """All that is there now was there before."""
        self._known = {each.key: fingerprint_of(each.path, each.size) for each in self._siblings()}

    def past(self, sieve: Sieve, current: tuple[str, FileKey, int] | None) -> list[Sibling]:
        """The rotated files that `sieve` wants, oldest first, without copies of the current file (path, key, size)."""
        wanted = [sibling for sibling in self._siblings() if sieve.wants(sibling.mtime_ns / 1e9)]
        if current is not None:
            wanted = [each for each in wanted if each.key != current[1] and not _begins(current, each)]
        return in_order(wanted, self._first_time)

    def since(self, current: FileKey) -> list[Sibling]:
        """The rotated files that were not there at the last look, oldest first; without the current one."""
        there = self._siblings()
        fresh = [each for each in there if each.key != current and not self._is_known(each)]
        self._known |= {each.key: fingerprint_of(each.path, each.size) for each in there}
        return in_order(fresh, self._first_time)

    def grown_copy(self, reader: FileReader, fresh: list[Sibling]) -> int | None:
        """The place of the file that took that of the one held open under its rotated name, and holds more: a copy of a
        folder, brought up to date, knows no renaming."""
        if self.lists(reader.key):
            return None
        copied = copy_among(fresh, reader.whole())
        return None if copied is None or is_copy(fresh[copied], reader) else copied

    def shows_truncation(self, reader: FileReader) -> bool:
        """Whether a file that is new here begins with what was read of the one held open, and goes on otherwise: a copy
        made before a truncation, though what was written since begins as before. Of an archive nobody knows."""
        fresh = (each for each in self._siblings() if each.key != reader.key and not self._is_known(each))
        return not reader.compressed and any(
            holds(each.path, reader.fingerprint) and _goes_on_otherwise(each, reader) for each in fresh
        )

    def _is_known(self, sibling: Sibling) -> bool:
        before = self._known.get(sibling.key)
        if before is not None and before.size and holds(sibling.path, before, raw=True):
            return True
        if not sibling.compressed:
            return False
        head, known = peek(sibling.path, HEAD_BYTES), [each for each in self._known.values() if each.size]
        if any(head.startswith(each.head) and holds(sibling.path, each) for each in known):
            return True
        alike = max((each.size for each in known if _begin_alike(head, each.head)), default=0)
        return alike > 0 and 0 < cut_content_of(sibling.path).size <= alike


def _begin_alike(damaged: bytes, head: bytes) -> bool:
    """Whether what comes out of a damaged archive begins as a file does. Before damage is noticed some bytes may come
    out wrong: half of them must be alike, and a whole line."""
    shorter = min(len(damaged), len(head))
    same = next((place for place in range(shorter) if damaged[place] != head[place]), shorter)
    return 0 < same == shorter or (b"\n" in damaged[:same] and 2 * same >= shorter)


def copy_among(siblings: list[Sibling], known: Fingerprint) -> int | None:
    """The place of the file that begins with what has this fingerprint and may hold more; None when there is none."""
    if not known.size:
        return None
    return next((place for place, each in enumerate(siblings) if holds(each.path, known)), None)


def is_read_copy(sibling: Sibling, reader: FileReader) -> bool:
    """Whether the sibling is a copy of what `reader` has read, or of the beginning of that."""
    copy = content_of(sibling.path, sibling.size)
    both = min(copy.size, len(reader.head))
    if not 0 < copy.size <= reader.position or copy.head[:both] != reader.head[:both]:
        return False
    shared = copy.size - (reader.position - len(reader.guard))  # bytes of the guard that the copy has, too
    return shared <= 0 or copy.guard.endswith(reader.guard[:shared])


def _goes_on_otherwise(sibling: Sibling, reader: FileReader) -> bool:
    copy = content_of(sibling.path, sibling.size)
    return copy.size > reader.position and not reader.file_holds(copy)


def is_copy(sibling: Sibling, reader: FileReader) -> bool:
    """Whether the sibling is a copy of the file that `reader` holds open, or its archive, which may be half made."""
    copy = content_of(sibling.path, sibling.size)
    return (sibling.compressed or copy.size == reader.size()) and copy.size > 0 and reader.file_holds(copy)


def _begins(current: tuple[str, FileKey, int], sibling: Sibling) -> bool:
    """Whether all of the sibling is the beginning of the current file: a copy that a truncation will follow."""
    path, _, size = current
    if sibling.compressed or not 0 < sibling.size <= size:
        return False
    return holds(path, fingerprint_of(sibling.path, sibling.size))
