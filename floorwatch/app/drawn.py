"""What every widget of ours shares: it draws itself line by line, in the palette of the stage, and its ages tick.

Rules
- A drawn line is kept until it is refreshed: a repaint of one row costs one row.
- Its size is asked for once a repaint: Textual walks up to the screen for it, and every line of a table wants it.
- Our widgets have no border, padding or opacity of their own, so that lines go to the compositor as they are; going
  round Textual's style cache saves one copy of every line (half of a repaint).
"""

from typing import Any, Self

from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from floorwatch.app.stage import Stage
from floorwatch.app.tones import Ground, Palette
from floorwatch.views import Tone


class Drawn(Widget):
    """A widget on the line API. Subclasses paint; here is what they paint with."""

    ALLOW_SELECT = False

    def __init__(self, stage: Stage, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's name
        self._kept: dict[int, Strip] = {}
        self._held_size: Size | None = None
        super().__init__(id=id, classes=classes)
        self.stage = stage
        self.dimmed = False
        self._kept_size = Size()

    @property
    def size(self) -> Size:
        """Its size on the screen."""
        return super().size if self._held_size is None else self._held_size

    @property
    def palette(self) -> Palette:
        """The theme's styles, dimmed when what is shown is no longer true."""
        return self.stage.dimmed if self.dimmed else self.stage.palette

    @property
    def on_screen(self) -> bool:
        """Whether what is painted now would be seen."""
        return self.is_attached and self.display and self.screen.is_current and self.size.area > 0

    def on_mount(self) -> None:
        """Take part in the beat while there."""
        self.stage.beat.join(self)

    def on_unmount(self) -> None:
        """Take part no longer."""
        self.stage.beat.leave(self)

    def tick(self, now: float) -> float | None:  # noqa: ARG002  # for subclasses that show ages
        """Repaint what floor time `now` changes; floor seconds until the next change."""
        return None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of `crop`, drawn where they are not kept."""
        self._held_size = self.size
        try:
            return self._lines_of(crop, self._held_size)
        finally:
            self._held_size = None

    def _lines_of(self, crop: Region, size: Size) -> list[Strip]:
        if self._kept_size != size:
            self._kept.clear()
            self._kept_size = size
        strips = []
        for y in crop.line_range:
            strip = self._kept.get(y)
            if strip is None:
                strip = self._kept[y] = self._filtered(self.render_line(y))
            strips.append(strip)
        first, last = crop.column_span
        return strips if (first, last) == (0, size.width) else [strip.crop(first, last) for strip in strips]

    def refresh(self, *regions: Region, **how: Any) -> Self:
        """Paint these regions again; without any, everything."""
        if regions:
            for region in regions:
                for y in region.line_range:
                    self._kept.pop(y, None)
        elif how.get("repaint", True):
            self._kept.clear()
        return super().refresh(*regions, **how)

    def _filtered(self, strip: Strip) -> Strip:
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return strip

    def restyle(self) -> None:
        """The palette changed."""
        self.refresh()

    def set_dimmed(self, dimmed: bool) -> None:
        """Draw as no longer true, or as true again."""
        if dimmed != self.dimmed:
            self.dimmed = dimmed
            self.restyle()

    def blank(self, ground: Ground = Ground.PLAIN) -> Strip:
        """An empty line."""
        return Strip.blank(self.size.width, self.ground_style(ground))

    def ground_style(self, ground: Ground = Ground.PLAIN) -> Style:
        """The style of nothing."""
        return self.palette.style(Tone.CALM, ground)

    def refresh_rows(self, first: int, count: int = 1) -> None:
        """Repaint these lines only."""
        if count > 0 and self.size.width:
            self.refresh(Region(0, first, self.size.width, count))
