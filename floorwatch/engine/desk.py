"""What the screen asks of the session behind it: the whole border between the widgets and the engine.

Rules
- The app draws, the desk knows. The app reads no clock, no feed and no file; floor time comes from `Desk.now`.
- Everything here is called on the app's loop. A call without `async` returns at once and does not block.
- Values are frozen; `PanelShow.view` may be the same object again, which costs nothing to draw.
- What a person does is in the journal before anybody is told that it is done.
- The change callback is cheap: it marks, and the app reads `heading` and `panels` when it paints.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Protocol, TypeAlias

from msgspec import Struct

from floorwatch.engine.desk_replay import Mark, ReplayBar, ReplayControl, Stop, Travel
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.host.failure import Failure
from floorwatch.host.health import HealthState as Health
from floorwatch.model.focus import Focus
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings.layout import LayoutSpec
from floorwatch.views import Explain, Field, Table, Tone, View

HEADING = ""
"""The id that stands for the heading among the changed panels; it changes with every snapshot."""

OnChange: TypeAlias = Callable[[frozenset[str]], None]
"""Told the ids of the panels whose `PanelShow` changed, and `HEADING`."""


class PanelShow(Struct, frozen=True):
    """What one panel shows now. `view` is the last good one (None: not built yet), built at floor time `built_at`.
    `turns`: it has another arrangement, which `Looks.turn` shows. `is_old`: its figures come from a feed that has
    brought nothing since `as_of` (None: it never brought anything), or brings it late."""

    panel: str
    title: str
    view: View | None = None
    health: Health = Health.OK
    reason: str = ""
    built_at: float | None = None
    turns: bool = False
    is_old: bool = False
    as_of: float | None = None


class FeedWord(Struct, frozen=True):
    """One feed in a word ("ok", "waiting", "12% read") with the floor time of its last line; the app adds the age.

    `stale` is the engine's verdict that figures which come from it are not of now: they are then dimmed and marked.
    `glyph` says the word in one ASCII sign.
    """

    name: str
    word: str
    tone: Tone = Tone.CALM
    last_line_at: float | None = None
    stale: bool = False
    glyph: str = ""


class Heading(Struct, frozen=True):
    """The facts of the header. `label` is "LIVE" or "REPLAY x8"; `loading` is 0..1 while the day is being read. `me` is
    who writes ("": nobody, the screen is locked); `journal` a word about the journal where there is anything to say."""

    floor: str
    label: str
    replay: bool = False
    feeds: tuple[FeedWord, ...] = ()
    snapshot: FloorSnapshot | None = None
    loading: float | None = None
    me: str = ""
    journal: str = ""
    now: str = ""
    """While the past of a live floor is shown: what of its present calls for somebody ("NOW: 2 new alarms"). While that
    past is still being read: how far ("reading today: 43 %")."""
    present: "Heading | None" = None
    """While the past of a live floor is shown: the heading of its present, whose alarms are those that call."""


class CommandEntry(Struct, frozen=True):
    """One command for the palette, the footer, its key ("": no key) and the menus of rows of the kinds `rows`."""

    name: str
    title: str
    key: str = ""
    fields: tuple[Field, ...] = ()
    rows: tuple[str, ...] = ()
    quick: bool = False

    def stands_on(self, row_key: str | None) -> bool:
        """Whether it stands in the menu of this row: by the kind in front of the colon; "" is every row."""
        return row_key is not None and any(not kind or row_key.startswith(f"{kind}:") for kind in self.rows)


class Refused(Struct, frozen=True):
    """What was filled in cannot be taken: what is wrong, by the field's name ("": the form as a whole).

    `is_unsaved`: nothing is wrong with it, the journal could not be written; the same may be sent again, and again.
    `needs_me`: nobody writes here; the same may be sent once somebody does.
    """

    mistakes: Mapping[str, str]
    is_unsaved: bool = False
    needs_me: bool = False


class Suggestion(Struct, frozen=True):
    """A word that completes what was typed, and what a person reads beside it ("A07 李娜")."""

    text: str
    words: str = ""


class LayoutShow(Struct, frozen=True):
    """A layout to choose: its rows of panels, the team that it shows alone ("": all, or `MINE`), and whether it is for
    a wall, which goes on to the next one after `turn_seconds` (0: never)."""

    name: str
    title: str
    rows: LayoutSpec
    team: str = ""
    wall: bool = False
    turn_seconds: float = 0.0


class Reload(Struct, frozen=True):
    """What became of a change of the configuration: what to say about it, and the theme from now on."""

    toast: Toast
    theme: str


class Looks(Protocol):
    """How this person looks at the floor: what alone is shown, and how. It changes nothing on the floor.

    Layout and reload change by themselves when the configuration does, which the change of the heading tells."""

    @property
    def layouts(self) -> Sequence[LayoutShow]:
        """The layouts to choose from, in the order in which they are offered."""
        ...

    @property
    def layout(self) -> LayoutShow:
        """The one on the screen: `Desk.panels` are its panels."""
        ...

    def use(self, name: str) -> None:
        """Have the panels of this layout from now on, and what it shows alone; nothing for a name that nobody has."""
        ...

    @property
    def reload(self) -> Reload | None:
        """The last change of the configuration; None: there was none."""
        ...

    @property
    def focus(self) -> Focus:
        """The team and the queue that are shown alone."""
        ...

    def look_at(self, focus: Focus) -> None:
        """Show these alone from now on; `NO_FOCUS`: everything."""
        ...

    def turn(self, panel: str) -> bool:
        """Show the panel in its next arrangement; False where it has only one."""
        ...


class Desk(Protocol):
    """A live floor or a replay, as the screen sees it."""

    @property
    def may_ring(self) -> bool:
        """Whether the bell may sound for a new alarm: never in a replay."""
        ...

    @property
    def looks(self) -> Looks:
        """How this person looks at the floor."""
        ...

    @property
    def zone(self) -> tzinfo:
        """The floor's own time zone."""
        ...

    def now(self) -> float:
        """Floor time, epoch seconds UTC."""
        ...

    def heading(self) -> Heading:
        """The header's facts at this moment."""
        ...

    def panels(self) -> Sequence[PanelShow]:
        """Every panel of the layout as it is now; a panel that never was built is there with `view` None."""
        ...

    async def start(self, on_change: OnChange) -> None:
        """Begin on the running loop and return once begun, or go on until cancelled: the app does not wait.
        `on_change` is called on the loop. What it raises ends the app and is raised again by `run`."""
        ...

    async def detail(self, panel: str, row_key: str) -> View:
        """What Enter on the row opens; a `Notice` with the reason where the panel has none or fails."""
        ...

    def explain(self, explain: Explain) -> View | Awaitable[View]:
        """What `?` on a figure opens: formula, counts, the other definitions. What a plugin computes comes later."""
        ...

    def feed_rows(self) -> Table:
        """The feeds, one a row, keyed by name: how each is, and what was counted."""
        ...

    def feed_text(self, name: str) -> View:
        """All that is known of one feed."""
        ...

    def plugin_rows(self) -> Table:
        """The plugins, one a row, keyed by name: name, origin, state, reason."""
        ...

    def plugin_text(self, name: str) -> View:
        """All that is known of one plugin: what it gives, what failed, the traceback."""
        ...

    def fault(self, panel: str, view: View, failure: Failure) -> None:
        """This view of the panel cannot be shown: a fault of its plugin, as if building it had failed. Of a view that
        the panel shows no longer nothing is noted."""
        ...

    def make_way(self) -> None:
        """Somebody waits for the screen: let nothing begin to be built for a moment, until `go_on`. Any thread."""
        ...

    def go_on(self) -> None:
        """They wait no longer."""
        ...

    def retry(self, panel: str) -> None:
        """Try a stalled or faulted panel again at once."""
        ...

    def commands(self) -> Sequence[CommandEntry]:
        """What a person can do, in the order to offer it."""
        ...

    async def prefill(self, name: str, panel: str | None, row_key: str | None) -> Mapping[str, str]:
        """What stands in the fields of the command at first, by name; empty where it has nothing to say, or fails."""
        ...

    def suggest(self, field: Field, typed: str) -> Sequence[Suggestion]:
        """What completes `typed` in this field, best first, a few dozen at most; nothing for a field without names."""
        ...

    async def run_command(
        self,
        name: str,
        panel: str | None,
        row_key: str | None,
        filled: Mapping[str, str] | None = None,
        doing: str = "",
    ) -> Sequence[Toast | Open | Ask] | Refused:
        """Do it for the row under the cursor with the fields as typed; what it has to say or to open, or what cannot be
        taken. Its events are durable and folded by then; who came too late is told who was first. Of a command that
        does not come back in time nothing ever happens, and that is said.

        `doing` (from `new_doing`) names this one doing: sent again with the same, nothing is entered twice.
        """
        ...

    def new_doing(self) -> str:
        """A name for something that a person is about to enter."""
        ...

    async def undo(self) -> Sequence[Toast]:
        """Take back the last entry of whoever writes; what to say about it."""
        ...

    @property
    def me(self) -> str:
        """Who writes here; "" while nobody does."""
        ...

    def become(self, name: str) -> None:
        """Somebody else writes here from now on; "": nobody, until somebody says who they are."""
        ...

    def authors(self) -> Sequence[str]:
        """Who may write here, to choose from: those who have, and the people of the floor."""
        ...

    def open_panel(self, panel: str) -> PanelShow | None:
        """Begin to build a panel that the layout does not show, for a page of its own: it is among the changed ones
        from now on, and `shown` gives it. None where no plugin brings it."""
        ...

    def close_panel(self, panel: str) -> None:
        """Its page was closed. Nothing for a panel of the layout."""
        ...

    def shown(self, panel: str) -> PanelShow | None:
        """A panel of the layout, or one that was opened, as it is now."""
        ...

    def replay_control(self) -> ReplayControl | None:
        """The replay's clock, or None on a live floor."""
        ...

    def travel(self) -> Travel | None:
        """The way into this live floor's past; None for a replay."""
        ...


__all__ = [
    "HEADING",
    "CommandEntry",
    "Desk",
    "FeedWord",
    "Heading",
    "Health",
    "LayoutShow",
    "Looks",
    "Mark",
    "OnChange",
    "PanelShow",
    "Refused",
    "Reload",
    "ReplayBar",
    "ReplayControl",
    "Stop",
    "Suggestion",
    "Travel",
]
