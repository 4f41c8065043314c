"""`python -m tests.journal.writing PATH PREFIX FIRST LAST [newer]`: a process that writes entries into a journal.

It says `began` when it is about to open the journal, and after each append the number of its last entry.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from floorwatch.journal.migration import STEPS
from floorwatch.journal.shapes import Entry, JournalError, NewEntry
from floorwatch.journal.sqlite import SqliteJournal
from tests.journal.entries import NEXT, note


def write(journal: SqliteJournal, prefix: str, first: int, last: int) -> None:
    """The entries PREFIXfirst to PREFIXlast; a number that was said is that of an entry which was acknowledged."""
    _say("began")
    for entries in batches(prefix, first, last):
        _say(_appended(journal, entries)[-1].id.removeprefix(prefix))
    journal.close()


def _appended(journal: SqliteJournal, entries: Sequence[NewEntry]) -> Sequence[Entry]:
    """Try again as long as the others lock it: on a busy disk they may for longer than the journal is patient."""
    while True:
        try:
            return journal.append(entries)
        except JournalError as error:
            if "is locked" not in str(error):
                raise


def batches(prefix: str, first: int, last: int) -> Iterator[list[NewEntry]]:
    """One to three entries an append; every seventh text is long: now and then the log is carried over."""
    number = first
    while number <= last:
        many = range(number, min(number + batch_from(number), last + 1))
        yield [note(f"{prefix}{each}", "hard call " * (1 if each % 7 else 1_000)) for each in many]
        number = many.stop


def batch_from(number: int) -> int:
    """How many entries are appended at once when this is the first of them."""
    return 1 + number % 3


def _say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


if __name__ == "__main__":
    path, prefix, first, last, *newer = sys.argv[1:]
    write(SqliteJournal(Path(path), NEXT if newer else STEPS), prefix, int(first), int(last))
