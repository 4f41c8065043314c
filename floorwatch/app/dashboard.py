"""The dashboard: the panels of the layout, in the form that the terminal's size allows."""

from collections.abc import Iterator, Sequence

from textual.containers import Vertical
from textual.events import DescendantFocus
from textual.widget import Widget

from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.frame import PanelFrame, frame_of
from floorwatch.app.heights import Want, panels, settled
from floorwatch.app.layout import LEAST_STACKED_ROWS, Form, LayoutSpec, form_for
from floorwatch.app.part_view import PartView
from floorwatch.app.stage import Stage

TITLE_LINES = 1
"""Of a panel that stands among others one under another."""


class PanelRow(Vertical):
    """Panels side by side, or one under another."""

    def __init__(self, frames: Sequence[PanelFrame]) -> None:
        super().__init__(*frames)
        self.frames = frames


class Dashboard(FloorScreen):
    """One frame for every panel that the layout names."""

    def __init__(self, stage: Stage, layout: LayoutSpec) -> None:
        super().__init__(stage)
        self._spec = layout
        self._by_panel = {panel: PanelFrame(stage, panel, number) for number, panel in enumerate(layout.panels, 1)}
        self._rows: list[PanelRow] = []
        self._form: Form | None = None
        self._alone = False
        self._needed: dict[str, int] = {}
        self._room = (0, 0)

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
        """A container for every row of the layout."""
        placed: set[str] = set()
        for row in self._spec.rows:
            panels = [place.panel for place in row.places if place.panel not in placed]
            placed.update(panels)
            self._rows.append(PanelRow([self._by_panel[panel] for panel in panels]))
        yield from self._rows

    def catch_up(self, changed: frozenset[str] | None) -> None:
        """Show the panels that changed."""
        for show in self.stage.desk.panels():
            frame = self._by_panel.get(show.panel)
            if frame is not None and (changed is None or show.panel in changed):
                frame.show_panel(show)
        self._share_lines()

    def fit(self, columns: int, rows: int) -> None:
        """Take the form for this size."""
        super().fit(columns, rows)
        form = form_for(columns, rows, len(self._by_panel))
        self._room = max(0, rows - self.header_lines - 1), columns
        self._needed.clear()
        if form is not self._form:
            self._form = form
            self._take_form()
        self._share_lines()

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
        """A frame must be seen to have the keys."""
        frame = frame or self.current
        if frame is not None and self.form is Form.SINGLE:
            self._show_only(frame)
        super().focus_frame(frame, part)

    def open_row(self, panel: str, row_key: str | None) -> None:
        """Bring a panel of the layout to the front, and open the detail of a row."""
        frame = self._by_panel[panel]
        if row_key is None:
            self.focus_frame(frame)
        else:
            self.open_behind(frame, row_key)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Only the frame with the focus is seen when one is shown at a time."""
        super().on_descendant_focus(event)
        event.prevent_default()  # Textual calls the handler of every class
        frame = frame_of(event.widget)
        if frame is not None and self.form is Form.SINGLE:
            self._show_only(frame)

    def _take_form(self) -> None:
        form, current = self.form, self.current
        for each in Form:
            self.set_class(each is form, f"-{each.value}")
        for row, spec in zip(self._rows, self._spec.rows, strict=True):
            row.display = True
            row.styles.height = f"{spec.weight}fr"
            weights = {place.panel: place.weight for place in spec.places}
            for frame in row.frames:
                frame.display = True
                frame.set_bare(form is not Form.GRID)
                frame.styles.height = "1fr"
                frame.styles.width = f"{weights[frame.panel]}fr" if form is Form.GRID else "1fr"
        if form is Form.SINGLE and current is not None:
            self._show_only(current)
        self._share_lines()

    def _share_lines(self) -> None:
        """One under another, panels are as high as what they show asks for."""
        if self.form is not Form.STACKED:
            return
        lines, columns = self._room
        needs = []
        for frame in self.frames:
            want = frame.want(columns)
            self._needed[frame.panel] = settled(self._needed.get(frame.panel), want.lines + TITLE_LINES)
            needs.append(Want(self._needed[frame.panel], min(want.least + TITLE_LINES, LEAST_STACKED_ROWS)))
        shares = dict(zip(self._by_panel, panels(needs, lines), strict=True))
        for row in self._rows:
            row.styles.height = sum(shares[frame.panel] for frame in row.frames)
            for frame in row.frames:
                frame.styles.height = shares[frame.panel]

    def _show_only(self, frame: PanelFrame) -> None:
        for row in self._rows:
            row.display = frame in row.frames
            for each in row.frames:
                each.display = each is frame
