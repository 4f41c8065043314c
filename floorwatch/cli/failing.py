"""Which errors are a person's to mend, and the lines that say so; any other error is ours and keeps its traceback."""

from collections.abc import Sequence

from floorwatch.feeds.shapes import FeedError
from floorwatch.host.catalogue import NotDeclaredError
from floorwatch.journal.shapes import JournalError
from floorwatch.settings import SettingsError
from floorwatch.text import inert


class WorkError(Exception):
    """The work failed for a reason that the person can mend; the message is one line."""


def sentences(error: Exception) -> Sequence[str] | None:
    """One line for each mistake, or None when the error is ours."""
    if isinstance(error, SettingsError):
        return [inert(message) for message in error.messages]
    if isinstance(error, FeedError | JournalError | NotDeclaredError | WorkError):
        return [inert(str(error))]
    if isinstance(error, OSError) and error.filename is not None:
        return [f"{inert(str(error.filename))}: {error.strerror}"]
    return None
