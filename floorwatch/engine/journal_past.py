"""A journal read whole: what was entered so far, as a feed of the past among the others.

Rules
- Its axis is the running maximum of the times of its entries: the order of the journal holds, whatever the clocks of
  those who wrote in it said.
- What a clock that went ahead stamped later than now was entered by now all the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import inf

from msgspec.structs import replace

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.entering import decoded
from floorwatch.journal.shapes import Entry, Journal

AT_ONCE = 10_000


def entries_after(journal: Journal, seq: int = 0) -> Iterator[Entry]:
    """Every entry after `seq` that is there by now, in the order of the journal. Raises JournalError."""
    while page := journal.since(seq, AT_ONCE):
        yield from page
        seq = page[-1].seq
        if len(page) < AT_ONCE:
            return


def as_past(entries: Iterable[Entry], now: float = inf) -> Sequence[Decoded]:
    """The entries as a feed of the past gives them: each at its own time, none before the one in front of it, and none
    after `now`, where there is a now."""
    past = []
    reached = -inf
    for each in decoded(entries):
        reached = max(reached, min(each.received_at, now))
        past.append(each if each.received_at == reached else replace(each, received_at=reached))
    return past
