"""Which recordings still hold what was deleted from a journal: those that are kept day by day, and plain feeds that
were written out to be replayed.

A recording is never written over: whoever may delete it is told where it is. What was recorded elsewhere, and backups,
nobody here knows of.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from floorwatch.engine.kept_days import KeptDays
from floorwatch.engine.keyframes.place import place_of
from floorwatch.feeds.recording_bytes import blocks_of_lines
from floorwatch.feeds.shapes import FeedError

_ID = re.compile(rb'"id":"([^"\\]+)"')
"""As an entry's id stands in a line of a recording; it is not known what else has one."""


def still_held(entries: Collection[str], kept: Path | None, written_out: Path) -> list[Path]:
    """The recordings in these folders (None, or not there: none) that hold one of these entries, each followed by its
    keyframes where it has any. All of every recording is read: 1 s for 1 GB."""
    ids = {entry.encode("utf-8", "surrogatepass") for entry in entries}
    found = [path for path in _recordings(kept, written_out) if _holds(path, ids)]
    return [each for path in found for each in (path, place_of(path)) if each.exists()]


def _recordings(kept: Path | None, written_out: Path) -> Iterator[Path]:
    if kept is not None:
        yield from (each.path for each in sorted(KeptDays(kept).named()))
    yield from sorted(written_out.glob("*/*.floorlog"))


def _holds(path: Path, ids: Collection[bytes]) -> bool:
    try:
        blocks = blocks_of_lines(str(path), 0, lambda *_rejected: None)
        return any(found in ids for lines, _size in blocks for found in _ID.findall(lines))
    except FeedError:  # it was deleted meanwhile, or is somebody else's
        return False
