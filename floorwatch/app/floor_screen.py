"""What the dashboard and the screens above it share: header, footer, keys, and what every key does to a panel.

Rules
- A screen holds frames; the one with the focus is `current`, and so is the one that had it last, while what it shows is
  being replaced. Keys that act on a panel act on that one.
- It is told what changed and reads the desk itself; while another screen covers it, it reads nothing, and catches up
  when it is seen again.
- `esc` goes one step back, whatever the step was.
- Where the desk shows another time than before, everything is read anew, and what stands above stays open.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Click, DescendantFocus, Resize
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from floorwatch.app.details import detail_page, part_with
from floorwatch.app.drawn import Drawn
from floorwatch.app.footer import Footer, Offers
from floorwatch.app.frame import PanelFrame, frame_of
from floorwatch.app.header import ONE_LINE_BELOW, Header
from floorwatch.app.keys import bindings
from floorwatch.app.mouse import RIGHT_BUTTON
from floorwatch.app.page import Page
from floorwatch.app.part_view import PartView
from floorwatch.app.replay_keys import ReplayKeys
from floorwatch.app.stage import Stage
from floorwatch.app.subject import Subject, subjects_of
from floorwatch.app.table import FloorTable
from floorwatch.app.time_bar import TimeBar
from floorwatch.engine.desk import HEADING
from floorwatch.words import _


class FloorScreen(ReplayKeys):
    """One screen of the floor; subclasses say which frames stand on it."""

    AUTO_FOCUS: ClassVar[str | None] = ""  # Textual would take the first that can; ours is `start`
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]

    class MenuWanted(Message):
        """A person asks what can be done with the row under the cursor, which stands at this place of the terminal."""

        def __init__(self, screen: "FloorScreen", at: Offset) -> None:
            super().__init__()
            self.screen = screen
            self.at = at

    def __init__(self, stage: Stage, *, above: bool = False) -> None:
        super().__init__()
        self.stage = stage
        self.header = Header(stage)
        self.bar = TimeBar(stage)
        self.footer = Footer(stage, stage.desk.commands(), above=above)
        self.set_class(stage.glyphs.ascii, "-ascii")
        self.header_lines = 2
        self._covered = False
        self._reading = True
        self._last: PanelFrame | None = None

    # For subclasses

    @property
    def frames(self) -> Sequence[PanelFrame]:
        """Every frame on this screen, in the order of reading."""
        return ()

    @property
    def start(self) -> PanelFrame | None:
        """The frame that has the keys at first."""
        return next(iter(self.frames), None)

    def body(self) -> Iterator[Widget]:
        """What stands between header and footer."""
        yield from self.frames

    def catch_up(self, changed: frozenset[str] | None) -> None:
        """The desk's panels changed: these, or (None) any of them."""

    def step_back(self) -> None:
        """Nothing is left to undo on this screen."""

    @property
    def homes(self) -> Sequence[PanelFrame]:
        """The panels in which the rows of a detail may be at home."""
        return self.frames

    def page_behind(self, part: PartView, key: str) -> Page | None:
        """What Enter on this row opens."""
        frame = frame_of(part)
        return None if frame is None else detail_page(self.stage, self.homes, frame, part, key, frame.title)

    def open_behind(self, frame: PanelFrame, key: str) -> None:
        """Put the cursor on this row of the frame, where it is there, and open what is behind it."""
        part = part_with(frame, key)
        self.focus_frame(frame, part)
        if part is not None:
            part.go_to(key)
        self.stage.open(detail_page(self.stage, self.homes, frame, part, key, frame.title))

    # What happens to it

    def compose(self) -> ComposeResult:
        """Header, body, bar, footer: in their form and with what they show, so that the first paint is the true one."""
        body = list(self.body())
        self.fit(self.app.size.width, self.app.size.height)
        self.changed(None)
        yield self.header
        yield from body
        yield self.bar
        yield self.footer

    def changed(self, changed: frozenset[str] | None) -> None:
        """Show what changed; None: everything. What comes while the day is being read is not news."""
        if self._is_other_time():
            self.fit(self.app.size.width, self.app.size.height)
            changed = None
        heading = self.stage.desk.heading()
        if changed is None or HEADING in changed:
            self.header.show(heading)
            self.bar.follow()
        self.catch_up(changed)
        self.stage.beat.follow()
        if self._reading or heading.loading is not None:
            self.look()
        self._reading = heading.loading is not None or heading.snapshot is None
        self.tell_footer()

    def tell_footer(self) -> None:
        """Let the footer offer the keys that do anything here."""
        frame = self.current
        part = None if frame is None else frame.holder
        folds = isinstance(part, FloorTable) and part.listing.has_groups
        subjects, commands = self.subjects(), self.stage.desk.commands()
        self.footer.tell(
            Offers(
                has_next=len(self._stops) > 1,
                has_cursor=part is not None,
                has_row=any(subject.row_key is not None for subject in subjects),
                opens=part is not None and (part.opens or folds),
                lists=frame is not None and frame.lists,
                finds=frame is not None and frame.finds,
                acts=frozenset(entry.name for entry in commands if any(each.takes(entry) for each in subjects)),
                shown=part.shown_command if isinstance(part, FloorTable) else "",
                turns=frame is not None and frame.turns,
                replay=self.bar.lines > 0,
                away=self.is_away(),
            )
        )

    def _is_other_time(self) -> bool:
        """Whether the desk has a replay now and had none, or the other way round."""
        return (self.bar.control is not None) != (self.bar.lines > 0)

    def on_resize(self, event: Resize) -> None:
        """Take the form for this size."""
        self.fit(event.size.width, event.size.height)

    def on_screen_resume(self) -> None:
        """Catch up with what changed while covered; the first time there is nothing to catch up with."""
        if self.focused is None:
            self.focus_frame()
        if self._covered:
            self._covered = False
            self.changed(None)
            self.stage.beat.wake()

    def on_screen_suspend(self) -> None:
        """Another screen covers this one."""
        self._covered = True

    def fit(self, columns: int, rows: int) -> None:
        """One line of header on a small terminal that shows now, two on others; the bar of a replay."""
        self.bar.fit(rows)
        small = columns < ONE_LINE_BELOW[0] or rows < ONE_LINE_BELOW[1]
        self.header_lines = 1 if small and not self.bar.lines else 2
        self.set_class(self.header_lines == 1, "-small")

    def lines_below(self) -> int:
        """The lines of the bar and of the footer."""
        return self.bar.lines + self.footer.display

    def restyle(self) -> None:
        """The palette changed."""
        for widget in self.query(Drawn):
            widget.restyle()

    def look(self) -> None:
        """A key was pressed: what was new is seen."""
        for frame in self.frames:
            for part in frame.holders:
                part.look()

    def on_time_bar_moved(self, event: TimeBar.Moved) -> None:
        """The mouse moved floor time: what was said was of another moment."""
        event.stop()
        self.say_instead("")
        self.show_heading()

    def on_part_view_opened(self, event: PartView.Opened) -> None:
        """Enter on a row, or a second click."""
        event.stop()
        page = self.page_behind(event.part, event.key) if event.part.opens else None
        if page is None:
            self.say(_("There is nothing behind this row."))
        else:
            self.stage.open(page)

    def on_part_view_moved(self, event: PartView.Moved) -> None:
        """Another row has the cursor, which other keys may act on."""
        event.stop()
        self.tell_footer()

    def on_click(self, event: Click) -> None:
        """The right button asks for the menu of the row that it took the cursor to."""
        at = event.screen_offset
        holders = (part for part in self.query(PartView) if part.HAS_CURSOR)
        if event.button == RIGHT_BUTTON and any(part.region.contains_point(at) for part in holders):
            event.stop()
            self.post_message(self.MenuWanted(self, at))

    # The frame with the keys

    @property
    def current(self) -> PanelFrame | None:
        """The frame that keys act on."""
        return frame_of(self.focused) or self._last or self.start

    def forget_last(self) -> None:
        """The frames are others: none of them had the keys."""
        self._last = None

    def focus_frame(self, frame: PanelFrame | None = None, part: PartView | None = None) -> None:
        """Give the keys to this frame (the current one), in it to this part (the one that had them, or the last)."""
        frame = frame or self.current
        target = part or (None if frame is None else frame.target)
        if target is not None:
            self.set_focus(target)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember the frame with the keys."""
        self._last = frame_of(event.widget) or self._last
        self.tell_footer()

    def subjects(self) -> Sequence[Subject]:
        """What a command may be for, the nearest first: the row under the cursor, then what stands around it."""
        frame = self.current
        if frame is None:
            return (Subject(),)
        key = None if frame.holder is None else frame.holder.row_key
        if frame.holder is None or key is None:
            return (Subject(frame.panel),)
        return subjects_of(frame.panel, frame.holder, key, frame.holder.words_of(key))

    def page_under_cursor(self) -> Page | None:
        """What Enter would open; None on a group, which it folds."""
        holder = None if self.current is None else self.current.holder
        if holder is None or holder.row_key is None or not holder.opens:
            return None
        is_group = isinstance(holder, FloorTable) and holder.current is not None and holder.current.opened is not None
        return None if is_group else self.page_behind(holder, holder.row_key)

    # Keys

    def action_next_panel(self, by: int) -> None:
        """The keys go to the next part that takes a cursor, from the last one to the next frame, and round."""
        stops, frame = self._stops, self.current
        if frame is not None and len(stops) > 1:
            at = stops.index((frame, frame.holder))
            self.focus_frame(*stops[(at + by) % len(stops)])

    @property
    def _stops(self) -> Sequence[tuple[PanelFrame, PartView | None]]:
        """Where the keys can go, in the order of reading: a frame in which nothing takes a cursor is one, too."""
        return [(frame, part) for frame in self.frames for part in frame.holders or (None,)]

    def action_panel(self, number: int) -> None:
        """The keys go to the frame of this number."""
        if number <= len(self.frames):
            self.focus_frame(self.frames[number - 1])

    def action_zoom(self) -> None:
        """This frame alone; only where there are several."""

    def action_back(self) -> None:
        """Close the filter, or go one step back."""
        frame = self.current
        if frame is not None and frame.filters:
            frame.close_filter(keep=False)
        else:
            self.step_back()

    def action_filter(self) -> None:
        """Type words to filter by."""
        frame = self.current
        if frame is not None:
            frame.open_filter()

    def action_menu(self) -> None:
        """What can be done with the row under the cursor, or with what the screen is about."""
        frame = self.current
        if frame is None or all(subject.row_key is None for subject in self.subjects()):
            self.say(_("There is no row under the cursor."))
        elif frame.holder is None:
            self.post_message(self.MenuWanted(self, frame.region.offset))
        else:
            self.post_message(self.MenuWanted(self, frame.holder.region.offset + frame.holder.cursor_at))

    def show_heading(self) -> None:
        """Show what changed by a key at once: a replay's state, who writes. The floor follows by itself."""
        if self._is_other_time():
            self.changed(None)
        self.header.show(self.stage.desk.heading())
        self.bar.follow()
        self.stage.beat.follow()
        self.stage.beat.wake()
