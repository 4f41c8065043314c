"""The floor as one command of the command line meets it: what is there now, and what becomes of what it enters.

Rules
- The floor holds everything that the journal held when the command began, whatever the clocks of its writers said.
- What the command makes happen is durable, read back among what others entered meanwhile, and folded, before anybody is
  told that it is done: of two who take the same thing the second is told who was first.
- Nothing can be entered on the floor of a recording: its day is over.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from floorwatch.cli.doubts import say
from floorwatch.cli.failing import WorkError
from floorwatch.engine.decoding import fold
from floorwatch.engine.entering import decoded, new_doing, new_entries
from floorwatch.engine.house import House
from floorwatch.engine.journal_past import as_past, entries_after
from floorwatch.engine.system_clock import SystemClock
from floorwatch.engine.writing import Kept, became_of
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import Entry, Journal, JournalError
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings
from floorwatch.text import inert
from floorwatch.words import _


class FloorNow(Struct):
    """A floor, who is at it, and the journal, of which it holds all up to `seq`. `house` is in the floor's zone."""

    house: House
    floor: Floor
    shown: FloorSnapshot
    me: str
    journal: Journal
    seq: int
    is_recorded: bool = False

    def keep(self, events: Sequence[Event]) -> Kept:
        """Enter these; what became of them. Raises WorkError when they are not kept."""
        if self.is_recorded:
            raise WorkError(_("nothing was entered: the floor is that of a recording; leave --feed out"))
        if not self.me:
            raise WorkError(_("nothing was entered: nobody knows who you are; give --me, or [floor] me"))
        entries = new_entries(events, new_doing(), self.me, SystemClock().now())
        try:
            kept = self.journal.append(entries)
        except JournalError as error:
            raise WorkError(_("nothing was entered: {reason}").format(reason=error)) from None
        self._read_back(kept)
        return became_of(entries, kept, self.floor, self.me, self.house.rules.days.zone)

    def _read_back(self, kept: Sequence[Entry]) -> None:
        try:
            new = list(entries_after(self.journal, self.seq))
        except JournalError as error:
            say([inert(_("it is entered, but what others entered cannot be read: {reason}").format(reason=error))])
            new = list(kept)
        for each in decoded(new):
            fold(self.floor, each)


async def floor_now(house: House, wanted: Mapping[str, FeedSettings], me: str) -> FloorNow:
    """The floor of these feeds as it is now; of no feeds, what the journal and the people file alone can tell. Raises
    FeedError, SettingsError and WorkError."""
    journal, entries = _journal(house.journal_url)
    seq = entries[-1].seq if entries else 0
    if wanted:
        return await _reading_feeds(house, wanted, me, journal, entries)
    floor = house.floor()
    floor.set_me(me)
    for each in decoded(entries):
        fold(floor, each)
    return FloorNow(house, floor, floor.snapshot(SystemClock().now()), me, journal, seq)


async def _reading_feeds(
    house: House, wanted: Mapping[str, FeedSettings], me: str, journal: Journal, entries: Sequence[Entry]
) -> FloorNow:
    # With the rules and the lanes: 40 ms that a command without feeds need not wait for.
    from floorwatch.engine.headless import snapshots_at
    from floorwatch.engine.house import rules_asked
    from floorwatch.engine.ruling import Ruling
    from floorwatch.engine.system_clock import monotonic
    from floorwatch.engine.timeline import timeline_of
    from floorwatch.host.lane import Lanes

    now = SystemClock().now()
    timeline = timeline_of(house, wanted, lambda: as_past(entries, now))
    house = timeline.house
    last = timeline.last_at() if timeline.was_watched else None
    floor, at = house.floor(timeline.gives), now if last is None else last
    floor.set_me(me)
    lanes = Lanes(monotonic)
    ruling = Ruling(rules_asked(house), lanes, house.settings.alerts.every_seconds)
    shown = await anext(snapshots_at(floor, timeline.entries(), [at], ruling))
    lanes.close()
    seq = entries[-1].seq if entries else 0
    return FloorNow(house, floor, shown, me, journal, seq, is_recorded=timeline.was_watched)


def _journal(url: str) -> tuple[Journal, Sequence[Entry]]:
    """The journal and what is in it; nothing and a warning where it cannot be read. Raises WorkError for one that
    nobody here opens."""
    try:
        journal = open_journal(url)
    except JournalError as error:
        raise WorkError(str(error)) from None
    try:
        return journal, list(entries_after(journal))
    except JournalError as error:
        say([inert(_("what was entered is left out: {reason}").format(reason=error))])
        return journal, ()
