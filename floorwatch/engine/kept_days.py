"""The recordings that are kept day by day in one folder: `2026-11-22.floorlog`, `2026-11-22-2.floorlog`, and so on.

Whatever else lies in the folder, or was written there by hand under such a name, is left alone: the first line of ours
says that it is one.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from math import inf
from pathlib import Path

from msgspec import Struct

from floorwatch.engine.keyframes.place import place_of
from floorwatch.engine.system_clock import DAY_SETTLED_SECONDS, monotonic
from floorwatch.feeds.held import is_held
from floorwatch.feeds.recording import read_recording
from floorwatch.feeds.shapes import FeedError

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:-([1-9]\d*))?\.floorlog")

TIDY_SECONDS = 600.0


class Kept(Struct, frozen=True, order=True):
    """A recording by its business day, and which of that day it is."""

    day: date
    number: int
    path: Path


class KeptDays:
    """What lies in a folder. The folder need not be there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def named(self) -> Iterator[Kept]:
        """Everything that has such a name, in no order."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if (name := _NAME.fullmatch(path.name)) is not None:
                    with suppress(ValueError):  # the 31st of a month that has none
                        yield Kept(date.fromisoformat(name[1]), int(name[2] or 1), path)

    def newest(self, day: date) -> Path | None:
        """The last that was begun on this day."""
        found = [each for each in self.named() if each.day == day]
        return max(found).path if found else None

    def next_of(self, day: date) -> Path:
        """Where the next of this day is to be written."""
        last = max((each.number for each in self.named() if each.day == day), default=0)
        return self.folder / (f"{day}.floorlog" if last == 0 else f"{day}-{last + 1}.floorlog")

    def tidy(self, today: date, keep_days: int | None, most_bytes: int, being_written: Path | None) -> int:
        """Delete ours of days that lie further back than `keep_days` (None: none of these), then the oldest until all
        of ours need no more than `most_bytes`; how many bytes they need then. What is being written stays, whoever
        writes it."""
        ours = sorted(each for each in self.named() if _is_kept(each.path))
        sizes = {each: _size(each.path) for each in ours}
        left = sum(sizes.values())
        for each in ours:
            is_old = keep_days is not None and each.day < today - timedelta(days=keep_days)
            if not (is_old or left > most_bytes) or each.path == being_written or is_held(each.path):
                continue
            with suppress(OSError):
                each.path.unlink()
                left -= sizes[each]
                place_of(each.path).unlink(missing_ok=True)
        return left


class Room:
    """How much more may be written into a folder, and what goes to make it: what lies too far back is looked for every
    TIDY_SECONDS once the day is settled, what is the oldest goes before all of it needs more than `most_bytes`."""

    def __init__(
        self,
        days: KeptDays,
        today: date,
        keep_days: int,
        most_bytes: int,
        patience: Callable[[], float] = monotonic,
    ) -> None:
        self._days = days
        self._today = today
        self._keep_days = keep_days
        self._most_bytes = most_bytes
        self._patience = patience
        self._began = patience()
        self._looked_at = -inf
        self._size_at_most = 0

    def is_there(self, being_written: Path | None = None, size: int = 0) -> bool:
        """Whether more may be written to this file, which has `size` bytes by now."""
        now = self._patience()
        if size > self._size_at_most or now - self._looked_at >= TIDY_SECONDS:
            self._looked_at = now
            keep_days = self._keep_days if now - self._began >= DAY_SETTLED_SECONDS else None
            needed = self._days.tidy(self._today, keep_days, self._most_bytes, being_written)
            self._size_at_most = size + self._most_bytes - needed
        return size <= self._size_at_most


def _is_kept(path: Path) -> bool:
    try:
        return not path.is_symlink() and read_recording(path).header.kept is True
    except FeedError:
        return False


def _size(path: Path) -> int:
    """Bytes of the recording and its keyframes."""
    size = 0
    for each in (path, place_of(path)):
        with suppress(OSError):
            size += each.stat().st_size
    return size
