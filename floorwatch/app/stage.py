"""What every widget draws with: the desk's clock, the palette of the theme, the alphabet, and the beat."""

from floorwatch.app.beat import Beat
from floorwatch.app.desk import Desk
from floorwatch.app.glyphs import Glyphs
from floorwatch.app.tones import Palette


class Stage:
    """One for the whole app; `dress` changes the palette under all widgets at once."""

    def __init__(self, desk: Desk, palette: Palette, glyphs: Glyphs) -> None:
        self.desk = desk
        self.glyphs = glyphs
        self.beat = Beat(desk)
        self.palette = palette
        self.dimmed = palette.dim()

    def dress(self, palette: Palette) -> None:
        """Draw in this palette from now on."""
        self.palette = palette
        self.dimmed = palette.dim()
