"""A journal by its URL: a kind before the colon, what it is after it.

Rules
- `sqlite:PATH`, or a path alone, is a file on this machine; `memory:` is gone with the process.
- A file that is not there is made when the first entry is, with its folder.
"""

from pathlib import Path

from floorwatch.journal.shapes import Journal, UnusableJournalError
from floorwatch.journal.sqlite import SqliteJournal
from floorwatch.words import _

MEMORY = "memory:"
SQLITE = "sqlite:"


def open_journal(url: str) -> Journal:
    """The journal. Raises UnusableJournalError; what is wrong with a file shows at the first reading or writing."""
    if url == MEMORY:
        return SqliteJournal(None)
    if url.startswith(SQLITE):
        return SqliteJournal(Path(url.removeprefix(SQLITE)).expanduser())
    if "://" in url:
        said = _("{url}: nothing here opens such a journal; write the path of a file, sqlite:PATH, or memory:")
        raise UnusableJournalError(said.format(url=url), _("not a journal"))
    return SqliteJournal(Path(url).expanduser())
