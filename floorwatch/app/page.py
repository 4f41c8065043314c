"""What a screen above the dashboard shows: a detail, an explanation, the keys, a plugin's text."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias

from msgspec import Struct

from floorwatch.app.subject import Rows, Subject
from floorwatch.views import View

Build: TypeAlias = Callable[[], View | Awaitable[View]]


class Holder(Rows, Protocol):
    """The part of a page in which a row is opened."""

    @property
    def home(self) -> str:
        """The panel that knows what stands behind it; "" where that is the panel of the page."""
        ...

    def words_of(self, key: str) -> str:
        """The row in a few words."""
        ...


class Page(Struct, frozen=True):
    """`build` gives the view, again after every change of the floor when it is `live`. `opens` is the page behind a row
    of it, by the part of the view and the row's key (None: nothing is behind it). `about` is the row that the page is
    about, and what that is about: what a command acts on where the cursor is on nothing else."""

    title: str
    build: Build
    live: bool = True
    opens: "Callable[[Holder, str], Page | None]" = lambda _part, _key: None
    about: tuple[Subject, ...] = (Subject(),)
