"""What every widget draws with: the desk's clock, the palette of the theme, the alphabet, the beat, and the way up."""

from collections.abc import Callable

from floorwatch.app.acts import Acts, acts_of
from floorwatch.app.beat import Beat
from floorwatch.app.glyphs import Glyphs
from floorwatch.app.page import Page
from floorwatch.app.tones import Palette
from floorwatch.computed import computed_once
from floorwatch.engine.desk import Desk


class Stage:
    """One for the whole app; `dress` changes the palette under all widgets at once, `open` puts a page on top."""

    def __init__(self, desk: Desk, palette: Palette, glyphs: Glyphs, open_page: Callable[[Page], None]) -> None:
        self.desk = desk
        self.glyphs = glyphs
        self.beat = Beat(desk)
        self.palette = palette
        self.dimmed = palette.dim()
        self.open = open_page
        self.last_word = ""
        """What was said in place of what was said before."""

    @computed_once
    def acts(self) -> Acts:
        """The commands that cells may name, with the keys that they have here."""
        return acts_of(self.desk.commands(), self.glyphs)

    def dress(self, palette: Palette) -> None:
        """Draw in this palette from now on."""
        self.palette = palette
        self.dimmed = palette.dim()
