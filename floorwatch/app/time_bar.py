"""The bar of a replay above the footer: the day as a strip, where in it the floor stands, and the mouse on it.

Rules
- It is there while the desk has a replay control, on every screen of the floor.
- The day is drawn once for a width and what is known of it; a beat draws the lines anew only where the cursor, its time
  or what there is to say differ. While nothing moves nothing is drawn.
- While more of the day is becoming known it looks again by itself: a replay that is held has no beat.
- A press goes to the moment under the mouse, that of a sign exactly; a drag goes on seeking, a few times a second.
"""

import asyncio

from textual.events import MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp
from textual.message import Message
from textual.strip import Strip

from floorwatch.app.drawn import Drawn
from floorwatch.app.mouse import LEFT_BUTTON
from floorwatch.app.replay_cells import MINUTE
from floorwatch.app.replay_day import Day
from floorwatch.app.replay_lines import ALL_LINES, BarInk
from floorwatch.app.stage import Stage
from floorwatch.engine.desk import ReplayBar, ReplayControl

LINES_FROM = ((30, ALL_LINES), (24, 2), (0, 1))
"""Rows of the terminal from which the bar has so many lines."""
DRAG_SECONDS = 0.05
LOOK_SECONDS = 0.5


class TimeBar(Drawn):
    """`fit` takes the terminal's size, `follow` shows where the replay is."""

    class Moved(Message):
        """The mouse moved floor time."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.lines = 0
        """The lines that it takes; 0 while there is no replay."""
        self._bar: ReplayBar | None = None
        self._day: Day | None = None
        self._drawn: list[Strip] = []
        self._said: object = None
        self._wanted: int | None = None
        self._dragging: asyncio.TimerHandle | None = None
        self._looking: asyncio.TimerHandle | None = None
        self.display = False

    @property
    def control(self) -> ReplayControl | None:
        """The replay that it shows."""
        return self.stage.desk.replay_control()

    # What it shows

    def fit(self, rows: int) -> None:
        """Be there, in as many lines as this terminal gives, where there is a replay; go where there is none."""
        is_there = self.control is not None
        self.lines = next(lines for least, lines in LINES_FROM if rows >= least) if is_there else 0
        self.styles.height = self.lines
        self.display = is_there

    def follow(self) -> None:
        """Show where the replay is now."""
        control = self.control
        self._bar = bar = None if control is None else control.bar()
        self._repaint()
        if bar is not None and self._looking is None and self.is_attached and _grows(bar):
            self._looking = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look_again)

    def tick(self, now: float) -> float | None:  # noqa: ARG002  # the replay says where it is
        """The cursor goes on."""
        if not self.on_screen or self._bar is None:
            return None
        self.follow()
        return 1.0

    def restyle(self) -> None:
        """The palette changed."""
        self._day = None
        self._repaint()

    def on_unmount(self) -> None:
        """Take part no longer."""
        super().on_unmount()
        for timer in (self._looking, self._dragging):
            if timer is not None:
                timer.cancel()

    def render_line(self, y: int) -> Strip:
        """The line at `y`."""
        self._draw()
        return self._drawn[y] if y < len(self._drawn) else self.blank()

    def _look_again(self) -> None:
        self._looking = None
        self.follow()

    def _repaint(self) -> None:
        """Draw anew, and paint what differs; before the first layout there is nothing to draw on."""
        before = self._drawn
        if self._draw():
            for y, strip in enumerate(self._drawn):
                if y >= len(before) or [*before[y]] != [*strip]:
                    self.refresh_rows(y)

    def _draw(self) -> bool:
        """Have the lines as they are now; whether they were drawn for it."""
        bar, columns, day = self._bar, self.size.width, self._day
        if bar is None or not self.size.area:
            return False
        if day is None or not day.is_of(bar, columns, self.size.height):
            ink = BarInk(self.palette, self.stage.glyphs, self.stage.desk.zone)
            day = self._day = Day(bar, columns, self.size.height, ink)
            self._said = None
        said = day.said(bar)
        if said == self._said:
            return False
        self._said, self._drawn = said, day.strips(bar)
        return True

    # The mouse on it

    def on_mouse_down(self, event: MouseDown) -> None:
        """Go to the moment under the mouse, and follow it while the button is held."""
        if event.button != LEFT_BUTTON or self._day is None:
            return
        event.stop()
        cell = self._day.cell_under(event.x)
        if 0 <= cell < self._day.span.cells:
            self.capture_mouse()
            self._seek(cell)
        elif cell in (-1, self._day.span.cells):
            self._go_beside(back=cell < 0)

    def on_mouse_move(self, event: MouseMove) -> None:
        """The drag goes on: at most one seek in a while."""
        if self._day is None or self.app.mouse_captured is not self:
            return
        event.stop()
        cell = max(0, min(self._day.cell_under(event.x), self._day.span.cells - 1))
        if cell != self._wanted:
            self._wanted = cell
            if self._dragging is None:
                self._dragging = asyncio.get_running_loop().call_later(DRAG_SECONDS, self._drag)

    def on_mouse_up(self, event: MouseUp) -> None:
        """Where the button is let go, there the floor stays."""
        if self.app.mouse_captured is not self:
            return
        event.stop()
        self.release_mouse()
        if self._dragging is not None:
            self._dragging.cancel()
            self._drag()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """A minute on."""
        event.stop()
        self._step(MINUTE)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """A minute back."""
        event.stop()
        self._step(-MINUTE)

    def _drag(self) -> None:
        self._dragging = None
        if self._wanted is not None:
            self._seek(self._wanted)

    def _seek(self, cell: int) -> None:
        self._wanted = cell
        if self._day is not None:
            self._go(self._day.moment_at(cell))

    def _go_beside(self, *, back: bool) -> None:
        """To the end of the day before this one, or to the beginning of the next."""
        bar, floor = self._bar, self.stage.desk.heading().snapshot
        if bar is None or not (bar.earlier if back else bar.later):
            return
        if floor is None:
            self._go(bar.begins_at - 1 if back else bar.ends_at + 1)
        else:
            days = floor.rules.days
            self._go(days.start_of(bar.at) - 1 if back else days.end_of(bar.at))

    def _go(self, at: float) -> None:
        if self.control is not None:
            self.control.seek(at)
            self.post_message(self.Moved())

    def _step(self, seconds: float) -> None:
        if self.control is not None:
            self.control.step(seconds)
            self.post_message(self.Moved())


def _grows(bar: ReplayBar) -> bool:
    """Whether it will be another one though floor time stands still."""
    return bar.read is not None or bar.alerts is not None or bar.target is not None
