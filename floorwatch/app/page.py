"""What a screen above the dashboard shows: a detail, an explanation, the keys, a plugin's text."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from msgspec import Struct

from floorwatch.app.subject import Subject
from floorwatch.views import View

Build: TypeAlias = Callable[[], View | Awaitable[View]]


class Page(Struct, frozen=True):
    """`build` gives the view, again after every change of the floor when it is `live`. `opens` is the page behind a row
    of it, by the row's key (None: nothing is behind it). `about` is the row that the page is about, and what that is
    about: what a command acts on where the cursor is on nothing else."""

    title: str
    build: Build
    live: bool = True
    opens: "Callable[[str], Page | None]" = lambda _key: None
    about: tuple[Subject, ...] = (Subject(),)
