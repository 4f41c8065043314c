"""What every widget that shows one part of a view has in common, whether it is read or moved in.

Rules
- `TAKES` names the views that a widget can show; the next one of these is shown in place.
- A widget with a cursor says what the cursor is on by key, as rows do: keys that act on a row act on that.
- What fails on the values of a plugin ends here: every public method of a subclass is contained. From the first failure
  on the widget shows words in place of its part, and answers as one that holds nothing; it is not mended but replaced.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import iscoroutinefunction, isfunction
from typing import Any, ClassVar

from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from floorwatch.app.drawn import Drawn
from floorwatch.app.heights import Want
from floorwatch.app.paint import strip_of
from floorwatch.app.prose import MARGIN, Ink, Lines, lines_of
from floorwatch.app.stage import Stage
from floorwatch.feeds.failing import FAILURES
from floorwatch.host.failure import Failure
from floorwatch.host.sound import unsound
from floorwatch.text import inert
from floorwatch.views import Explain, Notice, Tone

LEAST_EXCUSE_LINES = 3


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

    class Moved(Message):
        """A person put the cursor on something else."""

    class Failed(Message):
        """It cannot show what it was given."""

        def __init__(self, part: "PartView") -> None:
            super().__init__()
            self.part = part

    def __init__(self, stage: Stage, part: Any = None) -> None:  # noqa: ARG002  # what it shows at first
        super().__init__(stage)
        self.failure: Failure | None = None
        self.excuse = ""
        """What it shows in place of its part, once that failed."""

    def __init_subclass__(cls, **how: Any) -> None:
        super().__init_subclass__(**how)
        for name, member in list(vars(cls).items()):
            if name.startswith("_"):
                continue
            if isfunction(member):
                setattr(cls, name, _contained(name, member))
            elif isinstance(member, property) and member.fget is not None:
                setattr(cls, name, property(_contained(name, member.fget), doc=member.__doc__))

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
    def cursor_at(self) -> Offset:
        """Where in the widget the cursor is: the menu of a row stands at its row."""
        return Offset()

    def about(self, key: str) -> str:  # noqa: ARG002  # for rows that are about something else
        """The key of what this row is about where that is something else; "" otherwise."""
        return ""

    def commands(self, key: str) -> Sequence[str]:  # noqa: ARG002  # for rows that name some
        """Names of commands that stand in the menu of this row beside those of its kind."""
        return ()

    @property
    def starts(self) -> bool:
        """Whether the cursor stands here at first, among several parts that take one."""
        return False

    @property
    def home(self) -> str:
        """The panel that knows what stands behind what is in it; "" where that is the panel it is in."""
        return ""

    @property
    def opens(self) -> bool:
        """Whether something stands behind what the cursor is on."""
        return False

    @property
    def explain(self) -> Explain | None:
        """How the figure under the cursor is made, where it says so."""
        return None

    @property
    def explain_words(self) -> str:
        """What there is to say of what is under the cursor, where nothing explains it; "" for nothing."""
        return ""

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

    # What cannot be shown

    def fail(self, error: BaseException) -> None:
        """Its part failed: show nothing of it, and tell the box around it."""
        if self.failure is None:
            self.failure = Failure.of(error)
            self.refresh(layout=True)
            self.post_message(self.Failed(self))

    def excuse_with(self, words: str) -> None:
        """Show these words in place of the part that failed."""
        self.excuse = words
        self.refresh(layout=True)

    def excuse_lines(self, width: int) -> Lines:
        """These words in `width` cells."""
        ink = Ink(self.palette, self.stage.glyphs, 0.0)
        return lines_of(Notice(self.excuse, Tone.WARN), width - 2 * MARGIN, ink)


Method = Callable[..., Any]


def _contained(name: str, method: Method) -> Method:
    """The method, whose failure is that of the widget's part; what the widget answers instead, then and afterwards."""
    if iscoroutinefunction(method):
        raise TypeError(f"{name} cannot be contained: write it without async")
    instead: Method = _INSTEAD.get(name, _nothing)
    is_sound = _SOUND.get(name, _is_ours)

    @wraps(method)
    def call(self: PartView, *words: Any) -> Any:
        if self.failure is None:
            try:
                answer = method(self, *words)
                if not is_sound(answer):
                    raise TypeError(f"{name} is {type(answer).__name__}")
            except FAILURES as error:  # a plugin's values: Textual would end the app for any of them
                self.fail(error)
            else:
                return answer
        return instead(self, *words)

    return call


def _is_ours(_answer: object) -> bool:
    """Whether an answer that no plugin gave is sound."""
    return True


_SOUND: Mapping[str, Callable[[Any], bool]] = {
    "row_key": lambda key: key is None or isinstance(key, str),
    "about": lambda key: isinstance(key, str),
    "explain_words": lambda words: isinstance(words, str),
    "commands": lambda names: isinstance(names, tuple | list) and all(isinstance(name, str) for name in names),
    "explain": lambda explain: explain is None or (isinstance(explain, Explain) and not unsound(explain, "")),
}
"""What a plugin put into a view and leaves it again as it is: nobody outside looks at it before it is used."""


def _excuse_want(part: PartView, width: int) -> Want:
    lines = max(1, len(part.excuse_lines(width)))
    return Want(lines, min(lines, LEAST_EXCUSE_LINES))


def _excuse_strip(part: PartView, y: int) -> Strip:
    width, blank = part.size.width, part.ground_style()
    lines = part.excuse_lines(width)
    return strip_of([(" " * MARGIN, blank), *(lines[y] if y < len(lines) else ())], width, blank)


def _nothing(_part: PartView, *_words: Any) -> None:
    """What most methods do, and say, where there is nothing."""


_INSTEAD: Mapping[str, Method] = {
    "want": _excuse_want,
    "render_line": _excuse_strip,
    "get_content_height": lambda part, _container, _viewport, width: part.want(width).lines,
    "restyle": PartView.refresh,
    "cursor_at": lambda _part: Offset(),
    "words_of": lambda _part, _key: "",
    "about": lambda _part, _key: "",
    "commands": lambda _part, _key: (),
    "title_cells": lambda _part: 0,
    "explain_words": lambda _part: "",
}
"""What a widget does and says in place of its part, where that is not nothing."""
