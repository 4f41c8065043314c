"""What stands in a file of keyframes: blocks, one after another, of these kinds.

Rules
- The file is append-only, and is read while it is written: a block counts once all of it is there and its checksum is
  right.
- Of a span of entries there are, in this order: READING for each document first seen in it, ROWS, STRIP, ENTRIES, and
  then the FRAME that follows it: the floor after these entries. A span without a FRAME after it is the last one.
- WATCHED comes once, before the FRAME of its span: its `entry` is the number of the entry from which on the rules are
  asked (the mark `WatchBegan`, or the first line that is not of the past), its times are that entry's. No data.
- ALERTS follow later, a page for every few instants, in order: whoever builds the file folds first, and asks the rules
  then. After a page with moments worth seeing comes a STRIP that adds them.
- FOLDED says that there are no further entries, ASKED that there are no further alerts.
"""

from enum import StrEnum

from msgspec import Struct

from floorwatch.model.events import AnyEvent


class Kind(StrEnum):
    """What a block holds."""

    READING = "reading"
    ROWS = "rows"
    STRIP = "strip"
    ENTRIES = "entries"
    WATCHED = "watched"
    FRAME = "frame"
    ALERTS = "alerts"
    FOLDED = "folded"
    ASKED = "asked"


class Place(Struct, frozen=True):
    """A block of the file: its span begins with the entry number `entry` (counted from 0), ends before `upto`, and
    holds entries of the times `since` to `until`; of a FRAME both numbers are how many were folded, both times that of
    the last of them. ALERTS hold the instants after `since` up to and with `until`. `share` of all the work that there
    is with this recording (0..1) was done when the block was written."""

    kind: Kind
    entry: int
    upto: int
    since: float
    until: float
    share: float = 0.0
    offset: int = 0
    size: int = 0


class KeptEntry(Struct, frozen=True, array_like=True, gc=False):
    """A decoded entry, without the bytes of its line: what the fold needs. Encoded as msgpack (see `entries`)."""

    feed: str
    received_at: float
    events: tuple[AnyEvent, ...] = ()
    rejected: str | None = None
    is_line: bool = False
    backfill: bool = False
    odd: bytes = b""
    """All of it once more, where msgpack would not bring it back as it was."""
