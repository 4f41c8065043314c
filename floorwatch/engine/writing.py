"""Writing: who writes at this desk, and the way of what they enter: kept first, folded, then said.

Rules
- The same doing sent again is the same entries: of what was saved without anybody knowing nothing doubles, and what
  is said about it is the same.
- Of two who do the same the first in the journal has it: whoever comes second is told by name, instead of a success.
"""

from collections.abc import Sequence
from datetime import tzinfo

from msgspec import Struct

from floorwatch.engine.desk import Refused
from floorwatch.engine.entering import new_doing, new_entries, writer
from floorwatch.engine.keeper import Keeper
from floorwatch.engine.known import Names
from floorwatch.engine.station import Station
from floorwatch.engine.told import too_late, undone
from floorwatch.extend.command import Ask, Happened, Open, Outcome, Toast
from floorwatch.journal.shapes import Entry, JournalError, NewEntry
from floorwatch.model.clock import Clock
from floorwatch.model.events import EntryUndone, Event
from floorwatch.model.floor import Floor
from floorwatch.views import Tone
from floorwatch.words import _

FAILING = frozenset({Tone.WARN, Tone.ALARM})
"""The tones in which something else than a success is said."""


class Kept(Struct, frozen=True):
    """What became of a doing that is in the journal: who was first where it came too late (all of it: `is_void`), and
    whether other words are kept than those that were sent last."""

    overtaken: tuple[str, ...] = ()
    is_void: bool = False
    is_older: bool = False


class Writing:
    """The pen of one desk. `me` is "" while nobody writes; `last` is whoever wrote here last."""

    def __init__(self, keeper: Keeper, station: Station, clock: Clock, zone: tzinfo, me: str) -> None:
        self.me = self.last = writer(me)
        self.keeper = keeper
        self._station = station
        self._clock = clock
        self._zone = zone
        self._undoing = ("", "")  # the entry that was to be undone last, and the name of that doing
        station.become(self.me)

    def become(self, me: str) -> None:
        """Somebody else writes from now on."""
        self.me = writer(me)
        self.last = self.me or self.last
        self._station.become(self.me)

    async def keep(self, events: Sequence[Event], doing: str, me: str) -> Kept:
        """Enter these. Raises JournalError: what waits may be sent again by the same name."""
        entries = new_entries(events, doing, me, self._clock.now())
        found = await self.keeper.keep(entries)
        return became_of(entries, found, self._station.floor, me, self._zone)

    async def undo(self, names: Names) -> Toast:
        """Take back the last entry of whoever writes; what to say about it."""
        me, floor = self.me, self._station.floor
        if not me:
            return Toast(nobody_writes(), Tone.WARN)
        last = floor.last_entry_of(me)
        done = None if last is None else floor.what_was_done(last[0])
        if last is None or done is None:
            return Toast(_("There is nothing of yours to undo."))
        # By the same name as before where nobody knows whether that was saved: it must not undo two.
        self._undoing = self._undoing if self._undoing[0] == last[0] else (last[0], new_doing())
        try:
            kept = await self.keep([EntryUndone(self._clock.now(), entry=last[0])], self._undoing[1], me)
        except JournalError as error:
            return Toast(str(error), Tone.ALARM)
        self._undoing = ("", "")
        return Toast(kept.overtaken[0], Tone.WARN) if kept.overtaken else Toast(undone(done, names))


def became_of(sent: Sequence[NewEntry], found: Sequence[Entry], floor: Floor, me: str, zone: tzinfo) -> Kept:
    """What became of the entries that were sent, once `found`, as they stand in the journal, are folded."""
    firsts = [(entry.event, floor.overtaken(entry.id)) for entry in sent]
    late = [too_late(event, first, floor, me, zone) for event, first in firsts if first is not None]
    is_older = any(entry.event != each.event for entry, each in zip(found, sent, strict=True))
    return Kept(tuple(dict.fromkeys(late)), len(late) == len(sent), is_older)


def told(outcomes: Sequence[Outcome], kept: Kept) -> Sequence[Toast | Open | Ask]:
    """What is said and opened once the events of a command are kept. Of those that came too late it is said who was
    first, in place of a success; where nothing of it happened, it does not go on with another command either."""
    said = [outcome for outcome in outcomes if not isinstance(outcome, Happened)]
    if kept.is_older:
        words = _("It was saved before, as you first wrote it: what you have changed since is not in it.")
        said = [Toast(words, Tone.WARN), *said]
    if not kept.overtaken:
        return said
    late = Toast(" ".join(kept.overtaken), Tone.WARN)
    return [late, *(outcome for outcome in said if not _is_success(outcome, kept))]


def _is_success(outcome: Toast | Open | Ask, kept: Kept) -> bool:
    match outcome:
        case Toast(tone=tone):
            return tone not in FAILING
        case Ask():
            return kept.is_void
        case Open():
            return False


def refused(error: JournalError) -> Refused:
    """Nothing is wrong with what was filled in, and it is not known to be saved."""
    return Refused({"": str(error)}, is_unsaved=True)


def needs_me(outcomes: Sequence[Outcome]) -> bool:
    """Whether somebody must say first who they are: to enter something, and where a command failed, as what it looked
    for ("your walk") may be there for somebody."""
    return any(
        isinstance(outcome, Happened) or (isinstance(outcome, Toast) and outcome.tone in FAILING)
        for outcome in outcomes
    )


def nobody_writes() -> str:
    """What is said to whoever enters something without a name."""
    return _("Nobody writes here: say who you are first")
