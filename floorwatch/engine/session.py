"""A session: one floor, live or replayed, as the screen sees it.

Rules
- Live is the system clock and feeds that grow; a replay is a clock that is steered and a recording that is read like a
  feed. `Source` is all that tells them apart; nothing behind it asks.
- What a command makes happen goes through the journal, and comes onto the floor from there alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import tzinfo

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine import filling
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.desk import (
    HEADING,
    CommandEntry,
    FeedWord,
    Heading,
    OnChange,
    PanelShow,
    Refused,
    ReplayControl,
    Suggestion,
)
from floorwatch.engine.entering import JOURNAL, decoded, new_doing
from floorwatch.engine.entries import entries_of
from floorwatch.engine.explain import explained
from floorwatch.engine.handover import Batch
from floorwatch.engine.house import House, command_options, slot_of
from floorwatch.engine.keeper import SCRATCH, Keeper, keeper_of
from floorwatch.engine.known import NameBook, suggest
from floorwatch.engine.looks import Looks, turned
from floorwatch.engine.plugin_screen import plugin_rows, plugin_text
from floorwatch.engine.reloading import Reloading
from floorwatch.engine.shows import Slot
from floorwatch.engine.station import Station
from floorwatch.engine.writing import Writing, needs_me, nobody_writes, refused, told
from floorwatch.extend.command import Ask, Happened, Open, Outcome, Request, Toast
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.host.failure import Failure
from floorwatch.host.lane import Lanes
from floorwatch.journal.shapes import Entry, JournalError
from floorwatch.model.clock import Clock
from floorwatch.settings import me_of, zone_of
from floorwatch.spoken import share
from floorwatch.views import Explain, Field, Table, Tone, View
from floorwatch.words import _, _p

STALE_SECONDS = 120.0
"""A feed silent for longer is marked stale, and figures are dimmed, while the floor has calls or people on it."""

DOINGS_KEPT = 32
"""Doings that may be sent again: more than anybody has open at once."""


class Source(Struct, frozen=True):
    """Where a session's floor comes from: its clock, its feeds, its journal (None: one that is gone with the session),
    and what differs between watching and replaying. `on_entered` is told what people enter as it comes to be folded;
    `journal` is a word about the journal for as long as nothing is wrong with it."""

    clock: Clock
    begin: Callable[[], None]
    health: Callable[[], Sequence[FeedHealth]]
    label: Callable[[], str]
    may_ring: bool
    control: ReplayControl | None = None
    keeper: Keeper | None = None
    on_entered: Callable[[Sequence[Decoded]], None] = lambda _items: None
    journal: str = ""


class _Doing(Struct, frozen=True):
    """What a person wanted done, and the outcomes of it: the same wish again has the same ones."""

    wish: tuple[str, str | None, Mapping[str, str]]
    outcomes: Sequence[Outcome]


class Session:
    """The desk of one floor; `Desk` in `engine.desk` says what each method promises."""

    def __init__(self, house: House, station: Station, lanes: Lanes, source: Source) -> None:
        self.station = station
        self._house = house
        self._lanes = lanes
        self._source = source
        self._entries = entries_of(house.catalogue.commands)
        self._command_options = command_options(house)
        self._name_book = NameBook(house.people)
        self._keeper = source.keeper or keeper_of(SCRATCH)
        self._keeper.on_word = lambda: station.on_change(frozenset({HEADING}))
        self._writing = Writing(self._keeper, station, source.clock, self.zone, me_of(house.settings))
        self._doings: dict[str, _Doing] = {}
        self._at_work_on = 0
        self.looks = Looks(house, station, lambda: self.me)
        self._reloading = Reloading(self.looks, lambda: station.on_change(frozenset({HEADING})))
        self._feeds_told: Sequence[tuple[str, str]] = ()

    @property
    def is_settled(self) -> bool:
        """Whether all that came or was entered is folded and shown, and nothing that a person does is at work."""
        return self._at_work_on == 0 and self.station.is_settled

    @property
    def may_ring(self) -> bool:
        """Whether the bell may sound."""
        return self._source.may_ring

    @property
    def zone(self) -> tzinfo:
        """The floor's zone."""
        return zone_of(self._house.settings)

    def now(self) -> float:
        """Floor time."""
        return self._source.clock.now()

    def heading(self) -> Heading:
        """The header's facts."""
        health = list(self._source.health())
        read = _share_read(health) if self.station.is_opening else None
        words = tuple(self._feed_word(each) for each in health)
        return Heading(
            self._house.settings.floor.name,
            self._source.label(),
            not self.may_ring,
            words,
            self.station.snapshot,
            read,
            self.me,
            self._keeper.word or self._source.journal,
        )

    def feed_health(self) -> Sequence[FeedHealth]:
        """What each feed has read and skipped."""
        return self._source.health()

    def panels(self) -> Sequence[PanelShow]:
        """The panels in layout order."""
        return [_shown(slot) for slot in self.station.shows.slots]

    async def start(self, on_change: OnChange) -> None:
        """Begin to read, and go on until cancelled."""
        self.station.on_change = on_change
        self.station.on_pass = self._tell_of_feeds
        self._keeper.begin(self._fold)
        self._source.begin()
        self._reloading.begin()
        try:
            await self.station.run()
        finally:
            self._reloading.end()
            self._keeper.close()

    async def detail(self, panel: str, row_key: str) -> View:
        """What Enter on the row opens."""
        return await self.station.shows.detail(panel, row_key, lambda: slot_of(self.looks.house, panel))

    def explain(self, explain: Explain) -> View:
        """What `?` on a figure opens."""
        return explained(self.station.snapshot, self._house.catalogue, explain)

    def plugin_rows(self) -> Table:
        """The plugin screen."""
        return plugin_rows(self._house.catalogue, self.station.shows.slots)

    def plugin_text(self, name: str) -> View:
        """One plugin in full."""
        return plugin_text(self._house.catalogue, self.station.shows.slots, self._lanes, name)

    def fault(self, panel: str, view: View, failure: Failure) -> None:
        """Count a view that cannot be shown as a fault of its plugin."""
        self.station.shows.fault(panel, view, failure)
        self.station.wake()

    def retry(self, panel: str) -> None:
        """Try a panel again at once."""
        self.station.shows.retry(panel)
        self.station.wake()

    def commands(self) -> Sequence[CommandEntry]:
        """What plugins let a person do."""
        return tuple(self._entries.values())

    async def prefill(self, name: str, panel: str | None, row_key: str | None) -> Mapping[str, str]:
        """What stands in the fields at first; nothing of a field that is not there."""
        request, entry = self._request(name, panel, row_key), self._entries.get(name)
        if request is None or entry is None:
            return {}
        given = await self.station.shows.prefill(self._house.catalogue.commands[name], request)
        return {field.name: given[field.name] for field in entry.fields if field.name in given}

    def suggest(self, field: Field, typed: str) -> Sequence[Suggestion]:
        """What completes the word, from what the floor knows now."""
        return suggest(field, typed, self._name_book.names(self.station.snapshot))

    async def run_command(
        self,
        name: str,
        panel: str | None,
        row_key: str | None,
        filled: Mapping[str, str] | None = None,
        doing: str = "",
    ) -> Sequence[Toast | Open | Ask] | Refused:
        """Do it: its events go through the journal to the floor, the rest to the screen."""
        request = self._request(name, panel, row_key)
        if request is None:
            return [Toast(_("This cannot be done yet."), Tone.WARN)]
        with self._at_work():
            return await self._run(name, request, dict(filled or {}), doing or new_doing())

    def new_doing(self) -> str:
        """A name for something that a person is about to enter."""
        return new_doing()

    async def undo(self) -> Sequence[Toast]:
        """Take back the last entry of whoever writes."""
        with self._at_work():
            return [await self._writing.undo(self._name_book.names(self.station.snapshot))]

    @property
    def me(self) -> str:
        """Who writes here."""
        return self._writing.me

    def become(self, name: str) -> None:
        """Somebody else writes here from now on."""
        self._writing.become(name)
        self.looks.became()
        self.station.on_change(frozenset({HEADING}))

    def authors(self) -> Sequence[str]:
        """Who may write here: whoever does or did last, those who have, and the people of the floor."""
        writers = self._name_book.names(self.station.snapshot).writers
        return [name for name in dict.fromkeys((self._writing.last, *writers)) if name]

    def open_panel(self, panel: str) -> PanelShow | None:
        """Begin to build a panel that the layout does not show."""
        slot = self.station.shows.open(panel, lambda: slot_of(self.looks.house, panel))
        self.station.wake()
        return None if slot is None else _shown(slot)

    def close_panel(self, panel: str) -> None:
        """Build it no longer."""
        self.station.shows.close(panel)

    def shown(self, panel: str) -> PanelShow | None:
        """A panel of the layout, or one that was opened."""
        slot = self.station.shows.slot(panel)
        return None if slot is None else _shown(slot)

    def replay_control(self) -> ReplayControl | None:
        """The hands on a replay's clock."""
        return self._source.control

    def _request(self, name: str, panel: str | None, row_key: str | None) -> Request | None:
        """What the command is given before anything was filled in; None before there is a floor, or such a command."""
        floor = self.station.snapshot
        if floor is None or name not in self._entries:
            return None
        return Request(floor, panel, row_key, options=self._command_options[name], me=self.me)

    async def _run(
        self, name: str, request: Request, filled: Mapping[str, str], doing: str
    ) -> Sequence[Toast | Open | Ask] | Refused:
        wish, known = (name, request.row_key, filled), self._doings.get(doing)
        if known is not None and known.wish == wish:
            outcomes = known.outcomes
        else:
            names = self._name_book.names(request.floor)
            values = filling.filled(self._entries[name].fields, filled, names, self._house.rules.days, self.now())
            if isinstance(values, Refused):
                return values
            request = replace(request, values=values)
            outcomes = await self.station.shows.run(self._house.catalogue.commands[name], request)
        if not request.me and needs_me(outcomes):
            return Refused({"": nobody_writes()}, needs_me=True)
        events = [outcome.event for outcome in outcomes if isinstance(outcome, Happened)]
        if not events:
            return [outcome for outcome in outcomes if not isinstance(outcome, Happened)]
        self._remember(doing, _Doing(wish, outcomes))
        try:
            kept = await self._writing.keep(events, doing, request.me)
        except JournalError as error:
            return refused(error)
        return told(outcomes, kept)

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        self._at_work_on += 1
        try:
            yield
        finally:
            self._at_work_on -= 1

    def _remember(self, doing: str, done: _Doing) -> None:
        self._doings[doing] = done
        if len(self._doings) > DOINGS_KEPT:
            del self._doings[next(iter(self._doings))]

    def _fold(self, entries: Sequence[Entry], then: Callable[[], None]) -> None:
        """What the journal gave comes onto the floor."""
        items = self.station.stamped(decoded(entries))
        self._source.on_entered(items)
        self.station.take(Batch(JOURNAL, items, self.now()), then)

    def _tell_of_feeds(self) -> None:
        """The heading changes when a feed does, also on a floor on which nothing else happens."""
        found = [(each.name, _word_for(each, self.station.is_opening)[0]) for each in self._source.health()]
        if found != self._feeds_told:
            self._feeds_told = found
            self.station.on_change(frozenset({HEADING}))

    def _feed_word(self, health: FeedHealth) -> FeedWord:
        floor = self.station.snapshot
        feed = None if floor is None else floor.feeds.get(health.name)
        last_at = None if feed is None else feed.last_line_at
        silent = last_at is not None and self.may_ring and self.now() - last_at > STALE_SECONDS
        stale = silent and floor is not None and bool(floor.waiting or floor.talks or floor.total.staffed)
        word, tone = _word_for(health, self.station.is_opening)
        return FeedWord(health.name, word, tone, last_at, stale)


def _share_read(health: Sequence[FeedHealth]) -> float | None:
    """How much of the past has been read, 0..1; None where nobody knows how much there is."""
    total = sum(each.bytes_total for each in health)
    return sum(each.bytes_read for each in health) / total if total else None


def _word_for(health: FeedHealth, is_opening: bool) -> tuple[str, Tone]:
    is_on_the_way = is_opening or (health.state == "reading" and health.bytes_read > 0)
    if is_on_the_way and health.bytes_read < health.bytes_total:
        return _("{percent} % read").format(percent=share(health.bytes_read / health.bytes_total)), Tone.NOTICE
    words = {
        "starting": (_("starting"), Tone.NOTICE),
        "reading": (_("reading"), Tone.NOTICE),
        "ok": (_("ok"), Tone.CALM),
        "waiting": (_("waiting"), Tone.WARN),
        "lost": (_p("a feed", "lost"), Tone.ALARM),
        "failed": (_("failed"), Tone.ALARM),
        "ended": (_("ended"), Tone.MUTED),
    }
    word, tone = words.get(health.state, (health.state, Tone.WARN))
    if health.possible_loss and tone is Tone.CALM:
        return _("possible loss"), Tone.WARN
    if health.reason and tone is Tone.CALM:  # of several files one cannot be read
        return _("partly read"), Tone.WARN
    return word, tone


def _shown(slot: Slot) -> PanelShow:
    turns = slot.panel is not None and turned(slot.panel, slot.options) is not None
    return PanelShow(slot.name, slot.title, slot.view, slot.health.state, slot.health.reason, slot.built_at, turns)
