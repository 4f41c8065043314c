"""What every widget that shows one part of a view has in common, whether it is read or moved in.

Rules
- `TAKES` names the views that a widget can show; the next one of these is shown in place.
- A widget with a cursor says what the cursor is on by key, as rows do: keys that act on a row act on that.
"""

from typing import Any, ClassVar

from textual.message import Message

from floorwatch.app.drawn import Drawn
from floorwatch.app.heights import Want
from floorwatch.app.stage import Stage
from floorwatch.text import inert
from floorwatch.views import Explain


class PartView(Drawn):
    """A widget that shows a `views.Part`; what is read and not moved in leaves the cursor's part as it is here."""

    TAKES: ClassVar[tuple[type, ...]] = ()
    HAS_CURSOR: ClassVar[bool] = False

    class Opened(Message):
        """Enter, or a second click, on what the cursor is on."""

        def __init__(self, part: "PartView", key: str) -> None:
            super().__init__()
            self.part = part
            self.key = key

    def __init__(self, stage: Stage, part: Any = None) -> None:  # noqa: ARG002  # what it shows at first
        super().__init__(stage)

    def show(self, part: Any) -> None:
        """The next view of the same thing, one of `TAKES`: repaints the lines that differ."""
        raise NotImplementedError

    def want(self, width: int) -> Want:
        """The lines that it has use for at this width."""
        raise NotImplementedError

    @property
    def row_key(self) -> str | None:
        """The key of what the cursor is on."""
        return None

    @property
    def cursor_line(self) -> int:
        """The line of the widget that the cursor is on, from its top: the menu of a row stands at its row."""
        return 0

    @property
    def opens(self) -> bool:
        """Whether something stands behind what the cursor is on."""
        return False

    @property
    def explain(self) -> Explain | None:
        """How the figure under the cursor is made, where it says so."""
        return None

    def go_to(self, key: str) -> bool:  # noqa: ARG002  # for those with a cursor
        """Put the cursor on this; whether it is there."""
        return False

    def has(self, key: str) -> bool:  # noqa: ARG002  # for those with a cursor
        """Whether this is in it, shown or not."""
        return False

    def words_of(self, key: str) -> str:
        """What stands under the key, in a few words."""
        return inert(key)

    def look(self) -> None:
        """A key was pressed: what was new is seen."""
