"""What a command reads: its feeds, and among their lines what people entered, in one timeline.

Rules
- A journal that cannot be read is a warning: what the feeds tell is shown all the same.
- A recording holds what was entered on its own floor; no other journal is read beside it.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from floorwatch.cli.doubts import say
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.house import House
from floorwatch.engine.journal_past import as_past, entries_after
from floorwatch.engine.timeline import Timeline, timeline_of
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import Entry, JournalError
from floorwatch.settings import FeedSettings
from floorwatch.text import inert
from floorwatch.words import _


def timeline_with_entries(house: House, wanted: Mapping[str, FeedSettings]) -> Timeline:
    """The timeline of these feeds with what the house's journal holds. Raises FeedError."""
    return timeline_of(house, wanted, partial(entered, house))


def entered(house: House) -> Sequence[Decoded]:
    """What the house's journal holds, as a feed of the past; a warning and nothing where it cannot be read."""
    try:
        return as_past(read_journal(house.journal_url))
    except JournalError as error:
        said = _("what was entered is left out: {reason}")
        say([inert(said.format(reason=error))])
        return ()


def read_journal(url: str) -> list[Entry]:
    """Every entry of the journal. Raises JournalError."""
    journal = open_journal(url)
    try:
        return list(entries_after(journal))
    finally:
        journal.close()
