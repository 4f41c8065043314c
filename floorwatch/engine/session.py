"""A session: one floor, live or replayed, as the screen sees it.

Rules
- Live is the system clock and feeds that grow; a replay is a clock that is steered and a recording that is read like a
  feed. `Source` is all that tells them apart; nothing behind it asks.
- What a command makes happen goes through the journal, and comes onto the floor from there alone.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import tzinfo

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine import filling
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.desk import (
    HEADING,
    CommandEntry,
    Heading,
    OnChange,
    PanelShow,
    Refused,
    Reload,
    ReplayControl,
    Suggestion,
    Travel,
)
from floorwatch.engine.entering import JOURNAL, decoded, new_doing
from floorwatch.engine.entries import entries_of
from floorwatch.engine.explain import explained
from floorwatch.engine.feed_watch import Place
from floorwatch.engine.feed_words import share_read
from floorwatch.engine.handover import Batch
from floorwatch.engine.house import House, command_options, slot_of
from floorwatch.engine.keeper import SCRATCH, Keeper, keeper_of
from floorwatch.engine.known import NameBook, suggest
from floorwatch.engine.lent import lent_to
from floorwatch.engine.looks import Looks
from floorwatch.engine.plugin_screen import plugin_rows, plugin_text
from floorwatch.engine.reloading import Reloading
from floorwatch.engine.session_feeds import SessionFeeds
from floorwatch.engine.shows import Slot
from floorwatch.engine.station import Station
from floorwatch.engine.writing import Writing, needs_me, nobody_writes, refused, told
from floorwatch.extend.command import Ask, Happened, Open, Outcome, Request, Toast
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.host.failure import Failure
from floorwatch.host.guests import is_guest
from floorwatch.host.lane import Lanes
from floorwatch.journal.shapes import Entry, JournalError
from floorwatch.model.clock import Clock
from floorwatch.model.entities import Topic
from floorwatch.model.floor import Floor
from floorwatch.settings import me_of
from floorwatch.views import Explain, Field, Table, Tone, View
from floorwatch.words import _

FROM_FEEDS = frozenset({Topic.CALLS, Topic.QUEUES, Topic.AGENTS})
"""A panel that needs one of these shows what feeds said."""

DOINGS_KEPT = 32
"""Doings that may be sent again: more than anybody has open at once."""


class Source(Struct, frozen=True):
    """Where a session's floor comes from: its clock, its feeds, its journal (None: one that is gone with the session),
    and what differs between watching and replaying. `on_entered` is told what people enter as it comes to be folded;
    `places` are where the feeds come from, by name; `beside` is what else has a word beside the feeds while something
    is wrong with it; `end` is called when nobody looks any more; `journal` is a word about the journal for as long as
    nothing is wrong with it."""

    clock: Clock
    begin: Callable[[], None]
    health: Callable[[], Sequence[FeedHealth]]
    label: Callable[[], str]
    may_ring: bool
    control: ReplayControl | None = None
    keeper: Keeper | None = None
    on_entered: Callable[[Sequence[Decoded]], None] = lambda _items: None
    beside: Callable[[], Sequence[FeedHealth]] = lambda: ()
    places: Mapping[str, Place] = {}
    end: Callable[[], None] = lambda: None
    journal: str = ""
    on_pass: Callable[[Floor, float], None] = lambda _floor, _now: None
    """Asked at least once a second, with the time that the floor has reached."""


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
        self._reloading: Reloading | None = Reloading(self.looks, lambda: station.on_change(frozenset({HEADING})))
        self._feeds = SessionFeeds(source.health, source.beside, source.places, is_followed=source.may_ring)

    def look_like(self, other: "Session") -> None:
        """Show the same panels as the other, by its looks, to whoever looks at it. For one that has not begun."""
        self.looks, self._reloading = other.looks, None
        self.station.on_watch = lambda: None  # it goes before the day ends: what is frozen would never be let go of
        self.station.become(other.me)
        other.looks.also_on(self.station)

    @property
    def lanes(self) -> Lanes:
        """The lanes of its plugins."""
        return self._lanes

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
        """The floor's zone, as of the start: the machine's may change meanwhile, and the days of the floor do not."""
        return self._house.rules.days.zone

    def now(self) -> float:
        """Floor time."""
        return self._source.clock.now()

    def heading(self) -> Heading:
        """The header's facts."""
        read = share_read(self._source.health()) if self.station.is_opening else None
        words = self._feeds.words(self.station.snapshot, self.now(), is_opening=self.station.is_opening)
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

    def feed_rows(self) -> Table:
        """The feeds, one a row."""
        return self._feeds.rows()

    def feed_text(self, name: str) -> View:
        """One feed in full."""
        return self._feeds.text(name, self._house.rules)

    def panels(self) -> Sequence[PanelShow]:
        """The panels in layout order."""
        return [self._shown(slot) for slot in self.station.shows.slots]

    async def start(self, on_change: OnChange) -> None:
        """Begin to read, and go on until cancelled."""
        self.station.on_change = on_change
        self.station.on_pass = self._pass
        self._keeper.begin(self._fold)
        self._source.begin()
        if self._reloading is not None:
            self._reloading.begin()
        try:
            await self.station.run()
        finally:
            if self._reloading is not None:
                self._reloading.end()
            self._source.end()
            self._keeper.close()

    async def detail(self, panel: str, row_key: str) -> View:
        """What Enter on the row opens."""
        return await self.station.shows.detail(panel, row_key, lambda: slot_of(self.looks.house, panel))

    def explain(self, explain: Explain) -> View | Awaitable[View]:
        """What `?` on a figure opens; a guest's is computed in its lane."""
        floor, catalogue = self.station.snapshot, self._house.catalogue
        metric = catalogue.metrics.get(explain.metric)
        if floor is None or metric is None or not is_guest(metric.plugin):
            return explained(floor, catalogue, explain)
        lent = lent_to(metric.plugin, floor)
        return self.station.shows.computed(metric, lambda: explained(lent, catalogue, explain))

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

    def make_way(self) -> None:
        """Let nothing begin to be built for a moment: somebody waits for the screen. Any thread."""
        self._lanes.make_way()

    def go_on(self) -> None:
        """They wait no longer."""
        self._lanes.go_on()

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

    def say(self, toast: Toast) -> None:
        """Tell the person something that nobody asked for."""
        self.looks.reload = Reload(toast, self.looks.house.settings.screen.theme.value)
        self.station.on_change(frozenset({HEADING}))

    def authors(self) -> Sequence[str]:
        """Who may write here: whoever does or did last, those who have, and the people of the floor."""
        writers = self._name_book.names(self.station.snapshot).writers
        return [name for name in dict.fromkeys((self._writing.last, *writers)) if name]

    def open_panel(self, panel: str) -> PanelShow | None:
        """Begin to build a panel that the layout does not show."""
        slot = self.station.shows.open(panel, lambda: slot_of(self.looks.house, panel))
        self.station.wake()
        return None if slot is None else self._shown(slot)

    def close_panel(self, panel: str) -> None:
        """Build it no longer."""
        self.station.shows.close(panel)

    def shown(self, panel: str) -> PanelShow | None:
        """A panel of the layout, or one that was opened."""
        slot = self.station.shows.slot(panel)
        return None if slot is None else self._shown(slot)

    def replay_control(self) -> ReplayControl | None:
        """The hands on a replay's clock."""
        return self._source.control

    def travel(self) -> Travel | None:
        """A session has one time; who has two is `TwoTimes`."""
        return None

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

    def _pass(self) -> None:
        self._tell_of_feeds()
        self._source.on_pass(self.station.floor, self.station.reached())

    def _tell_of_feeds(self) -> None:
        """The heading changes when a feed does, also on a floor on which nothing else happens."""
        shows = self.station.shows
        floor, is_opening = self.station.snapshot, self.station.is_opening
        is_new, is_other_age = self._feeds.look(floor, self.now(), is_opening=is_opening)
        if is_new or is_other_age:
            marked = [slot.name for slot in (*shows.slots, *shows.opened)] if is_other_age else ()
            self.station.on_change(frozenset({HEADING, *marked}))

    def _shown(self, slot: Slot) -> PanelShow:
        shown = PanelShow(
            slot.name, slot.title, slot.view, slot.health.state, slot.health.reason, slot.built_at, slot.can_turn
        )
        age = self._feeds.age
        if not age.is_old or slot.panel is None or slot.needs.topics.isdisjoint(FROM_FEEDS):
            return shown
        return replace(shown, is_old=True, as_of=age.as_of)
