"""Lines that have been drawn go when nobody holds them, and not when Python's cycle collector comes by.

Textual's `Strip.divide` keeps what it has cut, and for a cut that leaves the line whole that is the line itself. Each
line of each repaint then lived until the next full collection, and these, 20 to 50 ms long, came every two seconds: in
which no key was answered.
"""

from collections.abc import Iterable, Sequence

from textual.strip import Strip

cut_by_textual = Strip.divide


def let_lines_go() -> None:
    """For the process: a line that is left whole is not kept by itself. The compositor asks for it by this name, and
    the lines come from a dozen places of Textual's: hence the name itself."""
    Strip.divide = _divided  # type: ignore[method-assign]


def _divided(self: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    cuts = [cut for cut in cuts if cut <= self.cell_length]
    return [self] if cuts == [self.cell_length] else cut_by_textual(self, cuts)
