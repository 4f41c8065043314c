"""A form in the flow of a view: its fields and what stands in them. Enter opens the form itself, at that field."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from floorwatch.app.form import beginnings, fields_of, form_lines, shown_fields
from floorwatch.app.heights import Want
from floorwatch.app.mouse import LEFT_BUTTON
from floorwatch.app.paint import strip_of
from floorwatch.app.part_view import PartView
from floorwatch.app.prose import MARGIN, Ink, Lines
from floorwatch.app.stage import Stage
from floorwatch.views import Field, Form

LEAST_LINES = 2


class FormView(PartView, can_focus=True):
    """A `views.Form` on the screen. Its cursor is on a field; what acts on a row acts on what the view is about."""

    TAKES = (Form,)
    HAS_CURSOR = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)"),
        Binding("down", "move(1)"),
        Binding("home", "move(-1000)"),
        Binding("end", "move(1000)"),
        Binding("enter", "open"),
    ]

    class Wanted(Message):
        """A person wants to fill it in, beginning with this field."""

        def __init__(self, form: Form, field: str) -> None:
            super().__init__()
            self.form = form
            self.field = field

    def __init__(self, stage: Stage, form: Form) -> None:
        super().__init__(stage)
        self._form = form
        self._at = 0
        self._top = 0

    @property
    def opens(self) -> bool:
        """The form itself stands behind each of its fields."""
        return True

    def show(self, form: Form) -> None:
        """The next view of the same form."""
        if form == self._form:
            return
        lines = len(self._lines(self.size.width))
        self._form = form
        self._move(0)
        self.refresh(layout=lines != len(self._lines(self.size.width)))

    def want(self, width: int) -> Want:
        """As many lines as it has."""
        lines = len(self._lines(width))
        return Want(lines, min(lines, LEAST_LINES))

    def render_line(self, y: int) -> Strip:
        """The line at `y`, exactly as wide as the widget."""
        blank = self.ground_style()
        lines = self._lines(self.size.width)
        pieces = lines[self._top + y] if self._top + y < len(lines) else []
        return strip_of([(" " * MARGIN, blank), *pieces], self.size.width, blank)

    def on_focus(self) -> None:
        """The cursor shows."""
        self._move(0)

    def on_blur(self) -> None:
        """The cursor hides."""
        self.refresh()

    def on_resize(self) -> None:
        """Another height holds other lines."""
        self._move(0)

    def on_click(self, event: Click) -> None:
        """A click takes the cursor, a second one opens."""
        if event.button != LEFT_BUTTON:
            return
        self._move(self._top + event.y - self._head - self._at)
        if event.chain == 2:  # a double click
            self.action_open()

    def action_move(self, by: int) -> None:
        """The cursor goes up or down."""
        self._move(by)

    def action_open(self) -> None:
        """Fill it in."""
        fields = self._fields
        self.post_message(self.Wanted(self._form, fields[self._at].name if self._at < len(fields) else ""))

    @property
    def _fields(self) -> Sequence[Field]:
        fields = fields_of(self._form.fields)
        return shown_fields(fields, beginnings(fields, self._form.values))

    @property
    def _head(self) -> int:
        return int(bool(self._form.caption))

    def _move(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._fields) - 1))
        last = max(0, len(self._lines(self.size.width)) - self.size.height)
        line = self._head + self._at
        self._top = max(0, min(max(self._top, line - self.size.height + 1), line, last))
        self.refresh()

    def _lines(self, width: int) -> Lines:
        ink = Ink(self.palette, self.stage.glyphs, self.stage.desk.now())
        return form_lines(self._form, width - 2 * MARGIN, ink, self._at if self.has_focus else None)
