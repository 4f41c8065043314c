"""The dashboard: the panels of a layout, in the form that the terminal's size allows, by pages where it is small."""

from collections.abc import Iterator, Sequence

from textual.containers import Vertical
from textual.events import DescendantFocus
from textual.message import Message
from textual.widget import Widget

from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.frame import FilterLine, PanelFrame, frame_of
from floorwatch.app.heights import Want, panels, settled
from floorwatch.app.layout import LEAST_STACKED_ROWS, Form, form_for, pages_for
from floorwatch.app.other_pages import Elsewhere, OtherPages
from floorwatch.app.part_view import PartView
from floorwatch.app.stage import Stage
from floorwatch.app.wall import Wall

TITLE_LINES = 1
"""Of a panel that stands among others one under another."""


class PanelRow(Vertical):
    """Panels side by side, or one under another."""

    def __init__(self, frames: Sequence[PanelFrame]) -> None:
        super().__init__(*frames)
        self.frames = frames


class Dashboard(FloorScreen):
    """One frame for every panel of the layout that is shown when it is made."""

    class TurnOver(Message):
        """A wall has been shown for long enough."""

    class FellQuiet(Message):
        """Nobody has touched a wall for a while."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._others = OtherPages(stage)
        self._take_layout()

    def _take_layout(self) -> None:
        """Begin with the panels of the layout that the desk has now."""
        self.layout_shown = self.stage.desk.looks.layout
        self._spec = self.layout_shown.rows
        is_wall = self.layout_shown.wall
        self._by_panel = {
            panel: PanelFrame(self.stage, panel, None if is_wall else number)
            for number, panel in enumerate(self._spec.panels, 1)
        }
        self._rows = [PanelRow([self._by_panel[panel] for panel in panels]) for panels in self._spec.panels_by_row]
        self._form: Form | None = None
        self._alone = False
        self._pages: list[list[PanelFrame]] = []
        self._page: list[PanelFrame] = []
        self._needed: dict[str, int] = {}
        self._room = (0, 0)
        turn_seconds = self.layout_shown.turn_seconds
        self._wall = Wall(turn_seconds, self._fall_quiet, self._end_turn) if is_wall else None
        self._show_quiet()

    async def lay_out(self) -> None:
        """Have the panels of another layout, where the desk has another one by now. It is painted once, when all of it
        is there."""
        if self.layout_shown == self.stage.desk.looks.layout:
            return
        async with self.batch():
            self.on_unmount()
            old = self._rows
            self.set_focus(None)
            self.forget_last()
            self._take_layout()
            self.fit(self.app.size.width, self.app.size.height)
            self.changed(None)
            await self.remove_children(old)
            await self.mount_all(self._rows, before=self._others)
            self.on_mount()
            self.focus_frame()

    def on_screen_resume(self) -> None:
        """A layout that came while something stood above is there now. (Textual calls the handler of `FloorScreen`,
        too.)"""
        self.call_next(self.lay_out)

    @property
    def is_typed_into(self) -> bool:
        """Whether words to find are being typed: what is typed on, after another layout came, would be keys."""
        return isinstance(self.focused, FilterLine)

    @property
    def frames(self) -> Sequence[PanelFrame]:
        """In the order of reading."""
        return tuple(self._by_panel.values())

    def shows(self, panel: str) -> bool:
        """Whether the layout names this panel."""
        return panel in self._by_panel

    @property
    def start(self) -> PanelFrame | None:
        """The one that the layout names."""
        return None if self._spec.start is None else self._by_panel[self._spec.start]

    @property
    def form(self) -> Form:
        """How the panels are shown now."""
        return Form.SINGLE if self._alone or self._form is None else self._form

    def body(self) -> Iterator[Widget]:
        """A container for every row of the layout, and a line for what is on other pages."""
        yield from self._rows
        yield self._others

    def catch_up(self, changed: frozenset[str] | None) -> None:
        """Show the panels that changed."""
        for show in self.stage.desk.panels():
            frame = self._by_panel.get(show.panel)
            if frame is not None and (changed is None or show.panel in changed):
                frame.show_panel(show)
        self._share_lines()
        self._tell_others()
        if self.is_quiet:
            self.look()

    def fit(self, columns: int, rows: int) -> None:
        """Take the form for this size."""
        super().fit(columns, rows)
        room = max(0, rows - self.header_lines - self.bar.lines - (not self.is_quiet)), columns
        form = form_for(columns, rows)
        if form is not self._form or room != self._room:
            self._form, self._room = form, room
            self._needed.clear()
            self._take_form()

    def action_zoom(self) -> None:
        """This panel alone, or all again."""
        if self._form is not Form.SINGLE:
            self._alone = not self._alone
            self._take_form()

    def step_back(self) -> None:
        """All panels again."""
        if self._alone:
            self.action_zoom()

    def focus_frame(self, frame: PanelFrame | None = None, part: PartView | None = None) -> None:
        """A frame must be seen to have the keys. On a quiet wall there is no cursor."""
        if self.is_quiet:
            return
        frame = frame or self.current
        self._show_page_of(frame)
        super().focus_frame(frame, part)

    def open_row(self, panel: str, row_key: str | None) -> None:
        """Bring a panel of the layout to the front, and open the detail of a row."""
        frame = self._by_panel[panel]
        if row_key is None:
            self.focus_frame(frame)
        else:
            self.open_behind(frame, row_key)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """What has the focus is seen; a layout that came while words to find were typed is there now."""
        super().on_descendant_focus(event)
        event.prevent_default()  # Textual calls the handler of every class
        self._show_page_of(frame_of(event.widget))
        if not self.is_typed_into:
            self.call_next(self.lay_out)

    def on_other_pages_chosen(self, event: OtherPages.Chosen) -> None:
        """A panel of another page was clicked."""
        event.stop()
        self.action_panel(event.number)

    # On a wall

    @property
    def is_quiet(self) -> bool:
        """Whether this is a wall at which nobody is."""
        return self._wall is not None and self._wall.is_quiet

    def on_mount(self) -> None:
        """A wall's time begins."""
        if self._wall is not None:
            self._wall.begin()

    def on_unmount(self) -> None:
        """And is over."""
        if self._wall is not None:
            self._wall.stop()

    def touched(self) -> bool:
        """Somebody is there. Whether that woke a quiet wall."""
        if self._wall is None or not self._wall.touched():
            return False
        self._show_quiet()
        self.show_heading()
        self.fit(self.app.size.width, self.app.size.height)
        self.focus_frame()
        return True

    def turn_page(self) -> bool:
        """Show the next page of a wall, for as long; False where there is none."""
        at = self._pages.index(self._page) + 1 if self._page in self._pages else len(self._pages)
        if self._wall is None or at >= len(self._pages):
            return False
        self._show_page_of(self._pages[at][0])
        self._wall.begin()
        return True

    def begin_again(self) -> None:
        """There is no other wall to go on to: from the first page on."""
        if self._wall is not None:
            self._show_page_of(self.start)
            self._wall.begin()

    def _end_turn(self) -> None:
        self.post_message(self.TurnOver())

    def _fall_quiet(self) -> None:
        self._show_quiet()
        self.show_heading()
        self.set_focus(None)
        self.fit(self.app.size.width, self.app.size.height)
        self.post_message(self.FellQuiet())

    def _show_quiet(self) -> None:
        self.set_class(self.is_quiet, "-quiet")
        self.header.names_who_writes = not self.is_quiet

    # Form and pages

    def _take_form(self) -> None:
        form = self.form
        for each in Form:
            self.set_class(each is form, f"-{each.value}")
        for row, spec in zip(self._rows, self._spec.rows, strict=True):
            row.styles.height = f"{spec.weight}fr"
            weights = {place.panel: place.weight for place in spec.places}
            for frame in row.frames:
                frame.set_bare(form is not Form.GRID)
                frame.styles.height = "1fr"
                frame.styles.width = f"{weights[frame.panel]}fr" if form is Form.GRID else "1fr"
        self._pages = self._paged(self._room[0])
        if form is not Form.SINGLE and len(self._pages) > 1:
            self._pages = self._paged(self._room[0] - 1)  # a line says what is on the others
        self._page = []
        self._show_page_of(self.current)

    def _paged(self, lines: int) -> list[list[PanelFrame]]:
        return [[self._by_panel[panel] for panel in page] for page in pages_for(self.form, self._spec, lines)]

    def _show_page_of(self, frame: PanelFrame | None) -> None:
        """Show the page on which this frame stands, where it is not seen already."""
        if frame is None or frame in self._page:
            return
        self._page = next((page for page in self._pages if frame in page), [])
        for row in self._rows:
            row.display = any(each in self._page for each in row.frames)
            for each in row.frames:
                each.display = each in self._page
        self._share_lines()
        self._tell_others()

    def _tell_others(self) -> None:
        """Say what is on other pages, where there are several panels on a page."""
        others = []
        if self.form is not Form.SINGLE and not self.is_quiet:
            numbered = enumerate(self.frames, 1)
            others = [Elsewhere(number, frame.title) for number, frame in numbered if frame not in self._page]
        self._others.display = bool(others)
        self._others.tell(others)

    def _share_lines(self) -> None:
        """One under another, panels are as high as what they show asks for."""
        if self.form is not Form.STACKED:
            return
        lines, columns = self._room
        needs = []
        for frame in self._page:
            want = frame.want(columns)
            self._needed[frame.panel] = settled(self._needed.get(frame.panel), want.lines + TITLE_LINES)
            needs.append(Want(self._needed[frame.panel], min(want.lines + TITLE_LINES, LEAST_STACKED_ROWS)))
        lines -= len(self._page) < len(self.frames)
        shares = dict(zip((frame.panel for frame in self._page), panels(needs, lines), strict=True))
        for row in self._rows:
            row.styles.height = sum(shares.get(frame.panel, 0) for frame in row.frames)
            for frame in row.frames:
                frame.styles.height = shares.get(frame.panel, 0)
