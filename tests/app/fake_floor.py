"""A desk without an engine: what tests of the screen drive."""

import asyncio
from collections.abc import Mapping, Sequence
from math import inf

from msgspec.structs import replace

from floorwatch.app.layout import LayoutSpec
from floorwatch.engine.desk import (
    HEADING,
    CommandEntry,
    FeedWord,
    Heading,
    Health,
    LayoutShow,
    OnChange,
    PanelShow,
    Refused,
    Reload,
    Suggestion,
)
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.host.failure import Failure
from floorwatch.model.clock import Clock, VirtualClock
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.views import (
    Cell,
    ChoiceField,
    Column,
    Explain,
    Field,
    Option,
    PersonField,
    Row,
    Table,
    Text,
    TextField,
    TimeField,
    Tone,
    View,
)
from tests.app import fake_views as views
from tests.app.fake_replay import FakeReplay, FakeTravel

LAYOUT = LayoutSpec.of([["*2", "queue-status:3", "needs-you:2"], ["*3", "agents"]])
LAYOUTS = (
    LayoutShow("usual", "Usual", LAYOUT),
    LayoutShow("people", "People", LayoutSpec.of([["agents"], [">needs-you"]])),
    LayoutShow("wall", "Wall", LayoutSpec.of([["queue-status"], ["agents"]]), wall=True, turn_seconds=30.0),
    LayoutShow("wall-2", "Second wall", LayoutSpec.of([["agents"]]), wall=True, turn_seconds=30.0),
)
TITLES = {"queue-status": "Queues", "needs-you": "Needs you", "agents": "Agents"}

PEOPLE = (
    Suggestion("1007", "A07 李娜"),
    Suggestion("1031", "B11 李娜"),
    Suggestion("1004", "B03 张伟"),
    Suggestion("6501", "A01 王芳"),
)
NOTE = CommandEntry(
    "walk-note",
    "Walk note",
    "w",
    (
        ChoiceField(
            name="kind",
            title="What",
            options=(Option("praise"), Option("coach", "coaching"), Option("tech", "技术 technical"), Option("other")),
        ),
        PersonField(name="who", title="Who"),
        TextField(
            name="words",
            title="What was seen",
            hint="one sentence",
            suggestions=("headset broken", "headset lent", "needs a break"),
        ),
        TimeField(name="when", title="When", default="-5m", required=False),
    ),
    ("agent", "queue"),
)
"""A command with all four kinds of fields."""


class FakeLooks:
    """How one looks, and what was turned."""

    def __init__(self) -> None:
        self.focus = NO_FOCUS
        self.turned: list[str] = []
        self.layouts: Sequence[LayoutShow] = LAYOUTS
        self.layout = LAYOUTS[0]
        self.reload: Reload | None = None

    def show(self, layout: LayoutSpec | LayoutShow) -> None:
        """Begin with these rows, or with one of `layouts`."""
        if isinstance(layout, LayoutShow):
            self.layout = layout
        else:
            self.layout = replace(LAYOUTS[0], rows=layout)
            self.layouts = (self.layout, *LAYOUTS[1:])

    def use(self, name: str) -> None:
        """Show this one."""
        self.layout = next((each for each in self.layouts if each.name == name), self.layout)

    def look_at(self, focus: Focus) -> None:
        """Show it alone."""
        self.focus = focus

    def turn(self, panel: str) -> bool:
        """Note it."""
        self.turned.append(panel)
        return True


class FakeDesk:
    """A desk that shows what it is told: `put` changes a panel."""

    is_for_anybody = False
    """Whether its commands only show something, which nobody has to give a name for."""

    doings = 0
    journal = ""
    now_calls = ""
    """What of the present calls, while the past is shown."""
    makes_way = False
    """Whether somebody waits for the screen."""

    def __init__(self, clock: Clock | None = None, *, replay: bool = False) -> None:
        self.clock = clock or VirtualClock(views.START)
        self.zone = views.ZONE
        self.looks = FakeLooks()
        self.replay = FakeReplay(self.clock, self.tell) if replay and isinstance(self.clock, VirtualClock) else None
        self.journey: FakeTravel | None = None if replay else FakeTravel(self._go_back, self._return)
        self.may_ring = not replay
        self.shows: dict[str, PanelShow] = {}
        self.feeds: tuple[FeedWord, ...] = (FeedWord("queue_log", "ok", last_line_at=self.clock.now()),)
        self.snapshot = views.snapshot_at(self.clock.now())
        self.loading: float | None = None
        self.plugin_tone = Tone.CALM
        self.asked: list[tuple[object, ...]] = []
        self.faults: list[tuple[str, Failure]] = []
        """Views that could not be shown. It is a mistake of ours, where a test does not say that they may be there."""
        self.may_fault = False
        self.detail_shown: View | None = None
        self.outcomes: Sequence[Toast | Open | Ask] | Refused = ()
        self.entries: Sequence[CommandEntry] = (CommandEntry("note", "note", "n"),)
        self.prefilled: Mapping[str, str] = {}
        self.me = "王芳"
        self.known_authors: Sequence[str] = ("王芳", "Li Wei", "Maria García")
        self.undone: Sequence[Toast] = (Toast("Taken back: note on A07."),)
        self.pages: dict[str, PanelShow] = {}
        """Panels that the layout does not show; `opened` are those with a page."""
        self.opened: list[str] = []
        self.sent_as: list[str] = []
        """The name of each doing, as it was sent."""
        self.locked = asyncio.Event()
        self.held = asyncio.Event()
        """Commands are answered while this is set."""
        self.held.set()
        self.fills = asyncio.Event()
        """Forms are filled in by their command while this is set."""
        self.fills.set()
        self.started = asyncio.Event()
        self._on_change: OnChange = lambda _ids: None
        now = self.clock.now()
        self.put("queue-status", views.queues_view(now))
        self.put("needs-you", views.needs_view(now))
        self.put("agents", views.agents_view(now))

    def put(self, panel: str, view: View | None, health: Health = Health.OK, reason: str = "") -> None:
        """The panel shows this from now on."""
        self.shows[panel] = PanelShow(panel, TITLES.get(panel, panel), view, health, reason, self.clock.now())
        self._on_change(frozenset({panel}))

    def put_page(self, panel: str, title: str, view: View | None) -> None:
        """A panel that the layout does not show shows this from now on."""
        self.pages[panel] = PanelShow(panel, title, view, built_at=self.clock.now())
        if panel in self.opened:
            self._on_change(frozenset({panel}))

    def tell(self) -> None:
        """The heading changed."""
        self._on_change(frozenset({HEADING}))

    def now(self) -> float:
        """Floor time."""
        return self.clock.now()

    def heading(self) -> Heading:
        """The header's facts."""
        return Heading(
            "North floor",
            self._label(),
            self.replay is not None,
            self.feeds,
            self.snapshot,
            self.loading,
            self.me,
            self.journal,
            self.now_calls,
        )

    def _label(self) -> str:
        if self.replay is None:
            return "LIVE"
        kind = "REPLAY" if self.journey is None else "PAST"
        if self.replay.paused:
            return f"{kind} paused"
        return f"{kind} max" if self.replay.rate == inf else f"{kind} x{self.replay.rate:g}"

    def panels(self) -> Sequence[PanelShow]:
        """Every panel."""
        return list(self.shows.values())

    async def start(self, on_change: OnChange) -> None:
        """Begin to tell."""
        self._on_change = on_change
        self.started.set()

    async def detail(self, panel: str, row_key: str) -> View:
        """A row's own view."""
        self.asked.append(("detail", panel, row_key))
        return self.detail_shown or views.detail_view(row_key, self.now())

    def explain(self, explain: Explain) -> View:
        """How a figure is made."""
        return views.explain_view(explain)

    def feed_rows(self) -> Table:
        """Two feeds; the second is not well."""
        columns = (Column("feed", "feed", 18), Column("state", "state", 12), Column("why", "reason", 30, flex=1))
        rows = (
            Row("queue_log", (Cell("queue_log"), Cell("= ok"), Cell())),
            Row("crm", (Cell("crm"), Cell("x lost", Tone.ALARM), Cell("/srv/crm.csv is gone"))),
        )
        return Table(columns, rows)

    def feed_text(self, name: str) -> View:
        """What is known of one."""
        return Text.of(f"{name}\nrotations 2")

    def plugin_rows(self) -> Table:
        """Two plugins; the second is as `plugin_tone` says."""
        columns = (Column("name", "plugin", 18), Column("state", "state", 8), Column("why", "why", 30, flex=1))
        rows = (
            Row("queue-status", (Cell("queue-status"), Cell("ok"), Cell())),
            Row("my-panel", (Cell("my-panel"), Cell("faulted", self.plugin_tone), Cell("KeyError: 'seat'"))),
        )
        return Table(columns, rows)

    def plugin_text(self, name: str) -> View:
        """What is known of one."""
        return Text.of(f"{name}\n\nTraceback (most recent call last):\n  File panel.py, line 3\nKeyError: 'seat'")

    def fault(self, panel: str, view: View, failure: Failure) -> None:  # noqa: ARG002  # the protocol's
        """Note it."""
        self.faults.append((panel, failure))

    def make_way(self) -> None:
        self.makes_way = True

    def go_on(self) -> None:
        self.makes_way = False

    def retry(self, panel: str) -> None:
        """Note the wish."""
        self.asked.append(("retry", panel))

    def commands(self) -> Sequence[CommandEntry]:
        """What the test said; one command with a key at first."""
        return self.entries

    async def prefill(self, name: str, panel: str | None, row_key: str | None) -> Mapping[str, str]:
        """What the test said, once it lets commands fill in."""
        self.asked.append(("prefill", name, panel, row_key))
        await self.fills.wait()
        return self.prefilled

    def suggest(self, field: Field, typed: str) -> Sequence[Suggestion]:
        """People, or the field's own words, with these letters in them."""
        known: Sequence[Suggestion] = PEOPLE if isinstance(field, PersonField) else ()
        if isinstance(field, TextField):
            known = [Suggestion(word) for word in field.suggestions]
        return [each for each in known if typed.strip().casefold() in f"{each.text} {each.words}".casefold()]

    async def run_command(
        self,
        name: str,
        panel: str | None,
        row_key: str | None,
        filled: Mapping[str, str] | None = None,
        doing: str = "",
    ) -> Sequence[Toast | Open | Ask] | Refused:
        """Note the wish, and answer what the test said."""
        self.asked.append((name, panel, row_key) if filled is None else (name, panel, row_key, dict(filled)))
        self.sent_as.append(doing)
        await self.held.wait()
        if not self.me and not self.is_for_anybody:
            return Refused({"": "Nobody writes here."}, needs_me=True)
        return self.outcomes

    def new_doing(self) -> str:
        """A number."""
        self.doings += 1
        return f"doing-{self.doings}"

    async def undo(self) -> Sequence[Toast]:
        """Note the wish, and say what the test said."""
        self.asked.append(("undo", self.me))
        await self.held.wait()
        return self.undone

    def become(self, name: str) -> None:
        """Somebody else writes."""
        self.me = name
        if not name:
            self.locked.set()
        self.tell()

    def authors(self) -> Sequence[str]:
        """Who may write."""
        return self.known_authors

    def open_panel(self, panel: str) -> PanelShow | None:
        """One of `pages`."""
        if panel in self.pages:
            self.opened.append(panel)
        return self.pages.get(panel)

    def close_panel(self, panel: str) -> None:
        """Its page is gone."""
        self.opened.remove(panel)

    def shown(self, panel: str) -> PanelShow | None:
        """A panel of the layout, or an open page."""
        return self.shows.get(panel) or (self.pages.get(panel) if panel in self.opened else None)

    def replay_control(self) -> FakeReplay | None:
        """The replay's clock."""
        return self.replay

    def travel(self) -> FakeTravel | None:
        """The way into a live floor's past."""
        return self.journey

    def _go_back(self, seconds: float) -> None:
        self._present = self.clock
        self.clock = past = VirtualClock(self.clock.now() - seconds)
        self.replay = FakeReplay(past, self.tell)
        self.replay.rate = 1.0
        self._tell_all()

    def _return(self) -> None:
        self.clock, self.replay = self._present, None
        self._tell_all()

    def _tell_all(self) -> None:
        self._on_change(frozenset({HEADING, *self.shows}))
