"""A session: one floor, live or replayed, as the screen sees it.

Rules
- Live is the system clock and feeds that grow; a replay is a clock that is steered and a recording that is read like a
  feed. `Source` is all that tells them apart; nothing behind it asks.
- What a command makes happen is folded like any other event.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine import filling
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.desk import (
    CommandEntry,
    FeedWord,
    Heading,
    OnChange,
    PanelShow,
    Refused,
    ReplayControl,
    Suggestion,
)
from floorwatch.engine.entries import entries_of
from floorwatch.engine.explain import explained
from floorwatch.engine.handover import Batch
from floorwatch.engine.house import House, command_options
from floorwatch.engine.known import NameBook, suggest
from floorwatch.engine.plugin_screen import plugin_rows, plugin_text
from floorwatch.engine.shows import Slot
from floorwatch.engine.station import Station
from floorwatch.extend.command import Happened, Open, Request, Toast
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.host.failure import Failure
from floorwatch.host.lane import Lanes
from floorwatch.model.clock import Clock
from floorwatch.settings import zone_of
from floorwatch.spoken import share
from floorwatch.views import Explain, Field, Table, Tone, View
from floorwatch.words import _

STALE_SECONDS = 120.0
"""A feed silent for longer is marked stale, and figures are dimmed, while the floor has calls or people on it."""


class Source(Struct, frozen=True):
    """Where a session's floor comes from: its clock, its feeds, and what differs between watching and replaying."""

    clock: Clock
    begin: Callable[[], None]
    health: Callable[[], Sequence[FeedHealth]]
    label: Callable[[], str]
    may_ring: bool
    control: ReplayControl | None = None


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
        settings = self._house.settings
        return Heading(settings.floor.name, self._source.label(), not self.may_ring, words, self.station.snapshot, read)

    def feed_health(self) -> Sequence[FeedHealth]:
        """What each feed has read and skipped."""
        return self._source.health()

    def panels(self) -> Sequence[PanelShow]:
        """The panels in layout order."""
        return [_shown(slot) for slot in self.station.shows.slots]

    async def start(self, on_change: OnChange) -> None:
        """Begin to read, and go on until cancelled."""
        self.station.on_change = on_change
        self._source.begin()
        await self.station.run()

    async def detail(self, panel: str, row_key: str) -> View:
        """What Enter on the row opens."""
        return await self.station.shows.detail(panel, row_key)

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
        self, name: str, panel: str | None, row_key: str | None, filled: Mapping[str, str] | None = None
    ) -> Sequence[Toast | Open] | Refused:
        """Do it: its events go to the floor, the rest to the screen."""
        request = self._request(name, panel, row_key)
        if request is None:
            return [Toast(_("This cannot be done yet."), Tone.WARN)]
        names = self._name_book.names(request.floor)
        values = filling.filled(self._entries[name].fields, filled or {}, names, self._house.rules.days, self.now())
        if isinstance(values, Refused):
            return values
        request = replace(request, values=values)
        outcomes = await self.station.shows.run(self._house.catalogue.commands[name], request)
        happened = [outcome.event for outcome in outcomes if isinstance(outcome, Happened)]
        if happened:
            self.station.take(Batch("", [Decoded("", self.now(), happened)], self.now()))
        return [outcome for outcome in outcomes if isinstance(outcome, Toast | Open)]

    def replay_control(self) -> ReplayControl | None:
        """The hands on a replay's clock."""
        return self._source.control

    def _request(self, name: str, panel: str | None, row_key: str | None) -> Request | None:
        """What the command is given before anything was filled in; None before there is a floor, or such a command."""
        floor = self.station.snapshot
        if floor is None or name not in self._entries:
            return None
        return Request(floor, panel, row_key, options=self._command_options[name])

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
    if is_opening and health.bytes_read < health.bytes_total:
        return _("{percent} % read").format(percent=share(health.bytes_read / health.bytes_total)), Tone.NOTICE
    words = {
        "starting": (_("starting"), Tone.NOTICE),
        "ok": (_("ok"), Tone.CALM),
        "waiting": (_("waiting"), Tone.WARN),
        "lost": (_("lost"), Tone.ALARM),
        "failed": (_("failed"), Tone.ALARM),
        "ended": (_("ended"), Tone.MUTED),
    }
    word, tone = words.get(health.state, (health.state, Tone.WARN))
    if health.possible_loss and tone is Tone.CALM:
        return _("possible loss"), Tone.WARN
    return word, tone


def _shown(slot: Slot) -> PanelShow:
    return PanelShow(slot.name, slot.title, slot.view, slot.health.state, slot.health.reason, slot.built_at)
