"""Entries as people make them, a file of a version after ours, and what somebody reads who opens a journal now."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from floorwatch.journal.migration import STEPS, Step
from floorwatch.journal.shapes import Entry, NewEntry
from floorwatch.journal.sqlite import SqliteJournal
from floorwatch.model.events import NoteKind, NoteTaken

NOW = 1_795_300_000.0

NEXT: tuple[Step, ...] = (
    *STEPS,
    (
        "ALTER TABLE entries ADD COLUMN floor TEXT NOT NULL DEFAULT 'Floor'",
        "CREATE TABLE floors (name TEXT PRIMARY KEY)",
        "INSERT INTO floors SELECT DISTINCT floor FROM entries",
    ),
)
"""The versions that a floorwatch after this one might know."""


def note(name: str, text: str = "asked for the tariff", at: float = NOW, author: str = "May") -> NewEntry:
    return NewEntry(name, at, author, NoteTaken(at, id=name, by=author, kind=NoteKind.HELP, agent="1001", text=text))


def entries_in(path: Path, after: int = 0) -> list[Entry]:
    """All entries after a number."""
    with closing(SqliteJournal(path)) as journal:
        return list(journal.since(after, 10_000_000))


def names_in(path: Path) -> list[str]:
    return [entry.id for entry in entries_in(path)]


def asked(path: Path, question: str) -> list[Any]:
    """What SQLite itself answers, or does."""
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(question).fetchall()
