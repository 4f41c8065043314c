"""A panel's frame: its title, how its plugin is doing, one line of reason, the filter; inside, the last good view.

Rules
- A view that is no longer true (its plugin stalled or faulted) stays, dimmed, under a badge in words. So does one whose
  figures come from a feed that brings nothing: its title says of when they are.
- The title of the panel that has the keys is reversed, so that it shows without colour too.
- A filter is for the table or the map with the cursor, and stays with it while the line of words has the keys; where
  the cursor is in a timeline, it is for the panel's last table. Where that table searches, its panel finds the rows.
- A table shows the rows that hold the words; a map keeps its shape, and takes the cursor to the seats that do.
"""

from datetime import datetime
from functools import partial

from msgspec.structs import replace
from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from floorwatch.app.cells import cut
from floorwatch.app.feed_said import time_of
from floorwatch.app.search import Search
from floorwatch.app.seat_map_view import SeatMapView
from floorwatch.app.stage import Stage
from floorwatch.app.table import FloorTable
from floorwatch.app.view_box import ViewBox
from floorwatch.engine.desk import Health, PanelShow
from floorwatch.host.failure import Failure
from floorwatch.text import inert
from floorwatch.views import Notice, Tone, View
from floorwatch.words import _, _n

STALE = frozenset({Health.STALLED, Health.FAULTED})
REASON_CELLS = 200


class FilterLine(Input):
    """The words to filter by; esc gives it up."""

    def __init__(self) -> None:
        super().__init__(placeholder=_("words to find"), compact=True, select_on_focus=False)


class PanelFrame(ViewBox, can_focus=False):
    """`show_panel` takes what the desk says of the panel now."""

    def __init__(self, stage: Stage, panel: str, number: int | None = None, *, home: str | None = None) -> None:
        """`home` is the panel whose rows these are, where the frame is not that panel's own."""
        super().__init__(stage)
        self.panel = panel
        self._home = home or panel
        self.title = panel
        self._number = number
        self._bare = False
        self._shown_panel: PanelShow | None = None
        self._filter: FilterLine | None = None
        self._filtered: FloorTable | SeatMapView | None = None
        self._search: Search | None = None

    @property
    def is_seeking(self) -> bool:
        """Whether it waits for what was searched for."""
        return self._search is not None and self._search.is_under_way

    def show_panel(self, show: PanelShow) -> None:
        """What the panel shows now."""
        if show is self._shown_panel:
            return
        self._shown_panel = show
        self.title = inert(show.title)
        self.show(self._view_of(show), dimmed=(show.is_old or show.health in STALE) and show.view is not None)
        if self._search is not None and self._search.table not in self.widgets:
            self._end_search()
        self.retitle()

    def failed(self, failure: Failure) -> None:
        """One of its views cannot be shown: a fault of the plugin, like any other."""
        self.retitle()
        if self.view is not None:
            self.stage.desk.fault(self.panel, self.view, failure)

    def retitle(self) -> None:
        """Say title, health, reason and filter in the frame."""
        show = self._known_show()
        title, foot = self.title, ""
        if self._number is not None:
            title = f"{self._number} {title}"
        if show is not None and show.health is not Health.OK:
            title = f"{title}  {self._health(show)}"
            foot = self._reason(show)
        elif show is not None and show.is_old:
            title = f"{title}  {self._age(show)}"
        foot = foot or self._listing_words()
        if self._bare and foot:
            title, foot = f"{title}  {foot}", ""
        self._set("border_title", title)
        self._set("border_subtitle", foot)
        self.set_class(show is not None and show.health in STALE, "-ill")

    def set_bare(self, bare: bool) -> None:
        """Without a lower border, what stands there moves up into the title."""
        self._bare = bare
        self.set_class(bare, "-bare")
        self.retitle()

    @property
    def filters(self) -> bool:
        """Whether a filter line is open or holds words."""
        part = self._sought
        has_words = self._search is not None or (part is not None and bool(part.sought))
        return self._filter is not None or has_words

    @property
    def turns(self) -> bool:
        """Whether the panel has another arrangement."""
        return self._shown_panel is not None and self._shown_panel.turns

    @property
    def lists(self) -> bool:
        """Whether there is a table to filter and to sort."""
        return isinstance(self._sought, FloorTable)

    @property
    def finds(self) -> bool:
        """Whether there is a table or a map to find words in."""
        return self._sought is not None

    @property
    def _sought(self) -> FloorTable | SeatMapView | None:
        """The table or map that a filter is for."""
        if self._filtered in self.widgets:
            return self._filtered
        if isinstance(self.holder, FloorTable | SeatMapView):
            return self.holder
        return next((part for part in reversed(self.widgets) if isinstance(part, FloorTable)), None)

    def open_filter(self) -> bool:
        """Let words be typed; False where there is nothing to find them in."""
        part = self._sought
        if part is None:
            return False
        if self._filter is None:
            self._filtered = part
            if self._search is not None and self._search.table is not part:
                self._end_search()
            if isinstance(part, FloorTable) and part.searches and self._search is None:
                self._search = Search(part, partial(self.stage.desk.detail, self._home), self.retitle)
            self._filter = FilterLine()
            self._filter.value = (part.sought or "") if self._search is None else self._search.words
            self.mount(self._filter)
        self._filter.focus()
        return True

    def close_filter(self, *, keep: bool) -> None:
        """No more typing; the words stay or go."""
        line, self._filter = self._filter, None
        if line is not None:
            line.remove()
        part, self._filtered = self._sought, None
        if self._search is not None and keep and self._search.words:
            self._search.seek_now()
        else:
            self._end_search()
        if part is not None:
            if not keep:
                part.filter("")
            part.focus()
        self.retitle()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        part = self._sought
        if part is None or self._filter is None:
            return
        if self._search is None:
            part.filter(event.value)
            self.retitle()
        else:
            self._search.seek(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the rows that were found."""
        event.stop()
        self.close_filter(keep=True)

    def on_key(self, event: Key) -> None:
        """Keys that end the typing: esc gives up, the arrows go to the rows."""
        if self._filter is None or not self._filter.has_focus:
            return
        if event.key in ("escape", "up", "down"):
            event.stop()
            event.prevent_default()
            self.close_filter(keep=event.key != "escape")

    def on_table_face_arranged(self) -> None:
        """Sort or filter changed."""
        self.retitle()

    def _known_show(self) -> PanelShow | None:
        """What the desk said last, and what only the screen knows: that a view cannot be shown."""
        show, failure = self._shown_panel, self.failure
        if show is None or failure is None or show.health in STALE:
            return show
        return replace(show, health=Health.FAULTED, reason=failure.reason)

    def _view_of(self, show: PanelShow) -> View:
        if show.view is not None:
            return show.view
        if show.health in STALE:
            return Notice(show.reason or _health_word(show.health), Tone.WARN)
        return Notice(_("Reading {panel}...").format(panel=self.title))

    def _reason(self, show: PanelShow) -> str:
        if show.health not in STALE:
            return show.reason
        return _("{reason} - F5 tries again").format(reason=show.reason) if show.reason else _("F5 tries again")

    def _health(self, show: PanelShow) -> str:
        word = _health_word(show.health)
        if show.health not in STALE or show.view is None or show.built_at is None:
            return word
        at = datetime.fromtimestamp(show.built_at, self.stage.desk.zone)
        return _("{word}, as of {time}").format(word=word, time=f"{at:%H:%M:%S}")

    def _age(self, show: PanelShow) -> str:
        if show.as_of is None:
            return _("* nothing read yet")
        desk = self.stage.desk
        return _("* as of {time}").format(time=time_of(show.as_of, desk.now(), desk.zone, wide=True))

    def on_unmount(self) -> None:
        """Wait for no answer."""
        self._end_search()

    def _end_search(self) -> None:
        search, self._search = self._search, None
        if search is not None:
            search.stop()

    def _listing_words(self) -> str:
        if self._search is not None and self._search.words:
            return _found_words(self._search.words, self._search.found)
        part = self._sought
        if part is None or not part.sought:
            return ""
        if isinstance(part, SeatMapView):
            return _found_words(part.sought, part.found)
        return _("/{words}  {shown} shown, esc shows all").format(words=part.sought, shown=part.found)

    def _set(self, name: str, text: str) -> None:
        """Set a border text only when it differs: Textual repaints the whole frame for it."""
        words = cut(self.stage.glyphs.plain(inert(text)), REASON_CELLS)
        if getattr(self, f"said_{name}", None) != words:
            setattr(self, f"said_{name}", words)
            setattr(self, name, Content(words) if words else None)


def _found_words(words: str, found: int | None) -> str:
    if found is None:
        return _("/{words}  searching...").format(words=inert(words))
    said = _n("/{words}  {n} found, esc shows all", "/{words}  {n} found, esc shows all", found)
    return said.format(words=inert(words), n=found)


def _health_word(health: Health) -> str:
    match health:
        case Health.OK:
            return ""
        case Health.SLOW:
            return _("* slow")
        case Health.STALLED:
            return _("! stalled")
        case Health.FAULTED:
            return _("! faulted")


def frame_of(widget: Widget | None) -> PanelFrame | None:
    """The frame that this widget stands in."""
    while widget is not None and not isinstance(widget, PanelFrame):
        parent = widget.parent
        widget = parent if isinstance(parent, Widget) else None
    return widget
