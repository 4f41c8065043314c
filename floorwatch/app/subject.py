"""Whom or what a command is for: a row, or what the row is about."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from floorwatch.engine.desk import CommandEntry


class Subject(Struct, frozen=True):
    """Whom or what a command is for: the panel and the row under the cursor, and the row in a few words.

    `commands` are names of further commands that the row itself offers.
    """

    panel: str | None = None
    row_key: str | None = None
    words: str = ""
    commands: tuple[str, ...] = ()

    def takes(self, entry: CommandEntry) -> bool:
        """Whether the command stands in the menu of this row."""
        return entry.stands_on(self.row_key) or entry.name in self.commands


class Rows(Protocol):
    """What is asked of a part with rows."""

    def about(self, key: str) -> str:
        """The key of what this row is about where that is something else; "" otherwise."""
        ...

    def commands(self, key: str) -> Sequence[str]:
        """Names of commands that the row offers beside those of its kind."""
        ...


def subjects_of(panel: str | None, rows: Rows, key: str, words: str) -> tuple[Subject, ...]:
    """The row, and what it is about where that is something else; `words` say it to a person."""
    row, about = Subject(panel, key, words, tuple(rows.commands(key))), rows.about(key)
    return (row, Subject(panel, about, words)) if about and about != key else (row,)
