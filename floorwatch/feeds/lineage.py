"""The rotated files beside one log: which were there before, and which came since the last look.

Rules
- A file is known by its inode and its first bytes together: an inode is used again soon after a file is deleted, and a
  rotated file may still grow.
- A new archive of a known file is known too, by its first bytes.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter

from floorwatch.feeds.backfill import Sieve, peek
from floorwatch.feeds.content import content_size
from floorwatch.feeds.reader import HEAD_BYTES, FileKey, FileReader, ends_of, holds
from floorwatch.feeds.rotation import FirstTime, Sibling, in_order


class Lineage:
    """Remembers the rotated files of one log."""

    def __init__(self, siblings: Callable[[], list[Sibling]], first_time: FirstTime | None = None) -> None:
        self._siblings = siblings
        self._first_time = first_time
        self._known: dict[FileKey, bytes] = {}

    def paths(self) -> Iterable[str]:
        """Where a file of this log that was renamed may be now."""
        return map(attrgetter("path"), self._siblings())

    def remember(self, reader: FileReader) -> None:
        """A file that has been read, whatever becomes of its name."""
        self._known[reader.key] = reader.head

    def begin(self) -> None:
        """All that is there now was there before."""
        self._known = {sibling.key: peek(sibling.path, HEAD_BYTES) for sibling in self._siblings()}

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
        self._known |= {each.key: peek(each.path, HEAD_BYTES) for each in there}
        return in_order(fresh, self._first_time)

    def _is_known(self, sibling: Sibling) -> bool:
        before = self._known.get(sibling.key)
        if not before and not sibling.compressed:
            return False
        head = peek(sibling.path, HEAD_BYTES)
        if before and head.startswith(before):
            return True
        return sibling.compressed and bool(head) and head in self._known.values()


def copy_among(siblings: list[Sibling], reader: FileReader) -> int | None:
    """The place of the file that holds what `reader` has read and may hold more; None when there is none."""
    if not reader.head:
        return None
    return next((place for place, each in enumerate(siblings) if holds(each.path, reader)), None)


def is_whole_copy(sibling: Sibling, reader: FileReader) -> bool:
    """Whether the sibling is a copy, or the archive, of the file that `reader` holds open."""
    size = reader.size()
    if size is None or content_size(sibling.path, sibling.size) != size:
        return False
    return ends_of(sibling.path, size) == reader.ends()


def _begins(current: tuple[str, FileKey, int], sibling: Sibling) -> bool:
    """Whether all of the sibling is the beginning of the current file: a copy that a truncation will follow."""
    path, _, size = current
    if sibling.compressed or not 0 < sibling.size <= size:
        return False
    ends = ends_of(sibling.path, sibling.size)
    return ends is not None and ends == ends_of(path, sibling.size)
