"""What a command reads: its feeds, and among their lines what people entered, in one timeline.

Rules
- A journal that cannot be read is a warning: what the feeds tell is shown all the same.
- A recording holds what was entered on its own floor; no other journal is read beside it.
- A feed that cannot be read is a warning, too: whoever sees an empty floor must know why it is empty.
- A recording that was torn, as a crash leaves it, is read as far as it is good, and that is said.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from floorwatch.cli.doubts import say
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.house import House
from floorwatch.engine.journal_past import as_past, entries_after
from floorwatch.engine.timeline import Timeline, timeline_of
from floorwatch.feeds.held import is_held
from floorwatch.feeds.recording import end_of, is_recording
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import Entry, JournalError
from floorwatch.settings import FeedSettings
from floorwatch.text import inert
from floorwatch.words import _


def timeline_with_entries(house: House, wanted: Mapping[str, FeedSettings]) -> Timeline:
    """The timeline of these feeds with what the house's journal holds. Raises FeedError."""
    timeline = timeline_of(house, wanted, partial(entered, house))
    say(torn_among(wanted))
    return timeline


def torn_among(wanted: Mapping[str, FeedSettings]) -> list[str]:
    """A sentence for each recording that is torn at its end. Raises FeedError where it can no longer be read."""
    paths = [each.path for each in wanted.values() if is_recording(each.path)]
    return [inert(said.format(path=path)) for path in paths if (said := _torn(path))]


def unread_among(timeline: Timeline) -> list[str]:
    """A sentence for each feed that could not be read, or not all of it, as of the last reading."""
    return [inert(each.reason) for each in timeline.health().values() if each.reason]


def _torn(path: str) -> str:
    end = end_of(path)
    if end.cut_short:
        return _("{path}: the archive is damaged or cut short; all before that is read")
    if end.torn and not is_held(Path(path)):  # what is being written has no end yet
        return _("{path}: the last line is torn, as a crash leaves it; all before it is read")
    return ""


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
