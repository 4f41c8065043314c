"""A live floor and, while somebody looks back, its past of today: one desk for the screen.

Rules
- The live floor goes on all the while: its feeds, rules, journal and bell. Of the present it is said what calls, and
  only its alarms ring.
- Both are looked at in the same way, by the same person, on the same pages. The lanes of plugins are shared: no plugin
  is called from two threads.
- Whatever a person does, they do now: commands, forms, undoing and names are those of the live floor, and what is
  entered goes into its journal with the time of entering. To take a request for help that was open five minutes ago is
  to take it now, or to be told who has it. A scratch journal would lose what was meant for the others on the floor, and
  a moment of the past would forge when it was entered. The heading says so.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import tzinfo
from math import inf
from pathlib import Path

from msgspec.structs import replace

from floorwatch.engine.desk import (
    HEADING,
    CommandEntry,
    Heading,
    Looks,
    OnChange,
    PanelShow,
    Refused,
    ReplayControl,
    Suggestion,
    Travel,
)
from floorwatch.engine.house import House
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.live import live_session
from floorwatch.engine.replay_bar import KeepsMarks
from floorwatch.engine.session import Session
from floorwatch.engine.system_clock import SystemClock, monotonic
from floorwatch.engine.today import TapeOf, Today
from floorwatch.engine.travelling import PastSession, Travelling
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.host.failure import Failure
from floorwatch.settings import FeedSettings
from floorwatch.views import Explain, Field, Table, View
from floorwatch.words import _

MarksOf = Callable[[Path | None], KeepsMarks | None]
"""Gives who keeps the marks of today, by the recording that is kept of it (None: there is none). None: nobody does."""


def two_times(
    house: House, feeds: Mapping[str, FeedSettings], tape_of: TapeOf, marks_of: MarksOf = lambda _kept: None
) -> "TwoTimes":
    """A live session over these feeds with a way into its past. Raises FeedError and SettingsError."""
    live, today = live_session(house, feeds), Today(house, feeds, SystemClock(), tape_of)

    def past_session(tape: Tape, at: float) -> Session:
        from floorwatch.engine.replay_clock import ReplayClock
        from floorwatch.engine.replaying import (
            Driven,
            replay_session,
        )  # with the screen's own it costs the start 10 ms

        driven = Driven(ReplayClock(at, monotonic), live.lanes, monotonic)
        return replay_session(tape.house, tape, at, 1.0, driven, marks_of(today.kept))

    return TwoTimes(live, today, past_session)


class TwoTimes:
    """The desk of a live floor with a way into its past; `Desk` in `engine.desk` says what each method promises."""

    def __init__(self, live: Session, today: Today, past_session: PastSession) -> None:
        self.live = live
        self._travelling = Travelling(live, today, past_session)

    @property
    def past(self) -> Session | None:
        """The session of the past, while it is shown."""
        return self._travelling.past

    @property
    def _shown(self) -> Session:
        """What is on the screen."""
        return self.past or self.live

    def travel(self) -> Travel:
        """The way into the past, and back."""
        return self._travelling

    def replay_control(self) -> ReplayControl | None:
        """The hands on the past's clock, while it is shown."""
        return self._shown.replay_control()

    def close(self) -> None:
        """Remove what was written down for the past. Callable when everything else has ended."""
        self._travelling.end()

    async def start(self, on_change: OnChange) -> None:
        """Begin the live floor, and go on until cancelled."""
        self._travelling.on_change = on_change

        def live_changed(panels: frozenset[str]) -> None:
            told = panels & {HEADING} if self._travelling.is_away else panels
            if told:
                on_change(told)

        try:
            await self.live.start(live_changed)
        finally:
            self._travelling.end()

    # What is seen: of the time that is shown

    def now(self) -> float:
        """Floor time."""
        return self._shown.now()

    def heading(self) -> Heading:
        """The header's facts, and what calls meanwhile."""
        past, present, word = self.past, self.live.heading(), self._travelling.word
        if past is None:
            return replace(present, now=word) if word else present
        journal = present.journal or _("what you enter is entered now")
        return replace(
            past.heading(), label=_label(past.replay_control()), me=self.me, journal=journal, now=word, present=present
        )

    def panels(self) -> Sequence[PanelShow]:
        """The panels in layout order."""
        return self._shown.panels()

    async def detail(self, panel: str, row_key: str) -> View:
        """What Enter on the row opens."""
        return await self._shown.detail(panel, row_key)

    def explain(self, explain: Explain) -> View | Awaitable[View]:
        """What `?` on a figure opens."""
        return self._shown.explain(explain)

    def feed_rows(self) -> Table:
        """The feeds page."""
        return self._shown.feed_rows()

    def feed_text(self, name: str) -> View:
        """One feed in full."""
        return self._shown.feed_text(name)

    def plugin_rows(self) -> Table:
        """The plugin screen."""
        return self._shown.plugin_rows()

    def plugin_text(self, name: str) -> View:
        """One plugin in full."""
        return self._shown.plugin_text(name)

    def fault(self, panel: str, view: View, failure: Failure) -> None:
        """Count a view that cannot be shown as a fault of its plugin."""
        self._shown.fault(panel, view, failure)

    def make_way(self) -> None:
        """Let nothing begin to be built for a moment, at either time."""
        past = self.past  # which may end meanwhile
        self.live.make_way()
        if past is not None:
            past.make_way()

    def go_on(self) -> None:
        """Nobody waits for the screen any longer."""
        self.live.go_on()
        if self.past is not None:
            self.past.go_on()

    def retry(self, panel: str) -> None:
        """Try a panel again at once."""
        self._shown.retry(panel)

    def shown(self, panel: str) -> PanelShow | None:
        """A panel of the layout, or one that was opened."""
        return self._shown.shown(panel)

    # How it is looked at: the same at both times

    @property
    def looks(self) -> Looks:
        """How this person looks at the floor."""
        return self.live.looks

    @property
    def zone(self) -> tzinfo:
        """The floor's zone."""
        return self.live.zone

    def open_panel(self, panel: str) -> PanelShow | None:
        """Begin to build a panel that the layout does not show; its page stays open across the times."""
        opened = self.live.open_panel(panel)
        return opened if self.past is None else self.past.open_panel(panel)

    def close_panel(self, panel: str) -> None:
        """Build it no longer."""
        self.live.close_panel(panel)
        if self.past is not None:
            self.past.close_panel(panel)

    # What is done: now

    @property
    def may_ring(self) -> bool:
        """Whether the bell may sound, for what happens now."""
        return self.live.may_ring

    def commands(self) -> Sequence[CommandEntry]:
        """What plugins let a person do."""
        return self.live.commands()

    async def prefill(self, name: str, panel: str | None, row_key: str | None) -> Mapping[str, str]:
        """What stands in the fields at first."""
        return await self.live.prefill(name, panel, row_key)

    def suggest(self, field: Field, typed: str) -> Sequence[Suggestion]:
        """What completes the word."""
        return self.live.suggest(field, typed)

    async def run_command(
        self,
        name: str,
        panel: str | None,
        row_key: str | None,
        filled: Mapping[str, str] | None = None,
        doing: str = "",
    ) -> Sequence[Toast | Open | Ask] | Refused:
        """Do it on the live floor."""
        return await self.live.run_command(name, panel, row_key, filled, doing)

    def new_doing(self) -> str:
        """A name for something that a person is about to enter."""
        return self.live.new_doing()

    async def undo(self) -> Sequence[Toast]:
        """Take back the last entry of whoever writes."""
        return await self.live.undo()

    @property
    def me(self) -> str:
        """Who writes here."""
        return self.live.me

    def become(self, name: str) -> None:
        """Somebody else writes here from now on."""
        self.live.become(name)
        if self.past is not None:
            self.past.station.become(self.me)

    def authors(self) -> Sequence[str]:
        """Who may write here."""
        return self.live.authors()


def _label(control: ReplayControl | None) -> str:
    """What the header says: never that this is now, and never that it is somebody's recording."""
    if control is not None and control.bar().is_at_end:
        return _("PAST ended")
    if control is None or control.paused:
        return _("PAST paused")
    if control.rate == inf:
        return _("PAST, as fast as it goes")
    return _("PAST x{rate:g}").format(rate=control.rate)
