"""What `floorwatch doctor` finds: a finding as data, and checks that end in time whatever they meet.

Rules
- A finding is ok, to be looked at (floorwatch runs, somebody may be surprised), or wrong (something does not work).
- Every finding says what is; one that is not ok says what to do.
- A check runs in a thread of its own: a network disk that hangs, or a plugin, costs its check and no more.
- The name of a check is stable: `doctor --json` gives it, and docs/doctor.md has a row for each.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from queue import Empty, SimpleQueue

from msgspec import Struct

from floorwatch.engine.system_clock import monotonic
from floorwatch.feeds.failing import FAILURES
from floorwatch.host.failure import Failure
from floorwatch.words import _

PATIENCE_SECONDS = 10.0
"""How long one part of the examination may take."""


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


class Check(StrEnum):
    """Everything that is looked at; the word before the dash is the area."""

    CONFIG_FILE = "config-file"
    CONFIG_MISTAKES = "config-mistakes"
    CONFIG_NAMES = "config-names"
    CONFIG_RIGHTS = "config-rights"
    CONFIG_ZONE = "config-zone"
    FEED_NAMED = "feed-named"
    FEED_FILE = "feed-file"
    FEED_FORMAT = "feed-format"
    FEED_LINES = "feed-lines"
    FEED_LAST = "feed-last"
    FEED_CLOCK = "feed-clock"
    FEED_ROTATION = "feed-rotation"
    FEED_WATCH = "feed-watch"
    DOCUMENT_READ = "document-read"
    DOCUMENT_ROWS = "document-rows"
    DOCUMENT_PEOPLE = "document-people"
    PEOPLE_FILE = "people-file"
    PEOPLE_LINES = "people-lines"
    PEOPLE_AGENTS = "people-agents"
    JOURNAL_READ = "journal-read"
    JOURNAL_WRITE = "journal-write"
    JOURNAL_ROOM = "journal-room"
    PLUGIN_STATE = "plugin-state"
    TERMINAL_SCREEN = "terminal-screen"
    TERMINAL_SIZE = "terminal-size"
    TERMINAL_WORDS = "terminal-words"
    TERMINAL_COLOURS = "terminal-colours"
    TERMINAL_WIDTHS = "terminal-widths"
    TERMINAL_INSIDE = "terminal-inside"
    TERMINAL_COPY = "terminal-copy"
    MACHINE_PYTHON = "machine-python"
    MACHINE_CLOCK = "machine-clock"
    MACHINE_MEMORY = "machine-memory"
    MACHINE_FOLDERS = "machine-folders"
    MACHINE_LOG = "machine-log"
    MACHINE_WATCHES = "machine-watches"
    VERSION_FLOORWATCH = "version-floorwatch"
    VERSION_LIBRARY = "version-library"

    @property
    def area(self) -> str:
        """What it belongs to: "feed"."""
        return self.value.partition("-")[0]


class Finding(Struct, frozen=True):
    """What one check found about `subject` (a feed, a file, a plugin; "" where there is but one): `says` what is, `do`
    what to do about it."""

    check: Check
    level: Level
    says: str
    do: str = ""
    subject: str = ""


Findings = Iterator[Finding]
Find = Callable[[], Iterable[Finding]]


def fine(check: Check, says: str, subject: str = "") -> Finding:
    """All is well there."""
    return Finding(check, Level.OK, says, "", subject)


def look(check: Check, says: str, do: str, subject: str = "") -> Finding:
    """Somebody should look at it."""
    return Finding(check, Level.LOOK, says, do, subject)


def wrong(check: Check, says: str, do: str, subject: str = "") -> Finding:
    """It does not work so."""
    return Finding(check, Level.WRONG, says, do, subject)


def in_time(check: Check, find: Find, subject: str = "", seconds: float = PATIENCE_SECONDS) -> Findings:
    """What `find` finds, as it finds it. Where it has not ended within so many seconds, or fails, that is a finding
    of `check`; a thread that hangs is left behind."""
    found: SimpleQueue[Finding | None] = SimpleQueue()
    threading.Thread(target=_run, args=(check, find, subject, found), name=f"doctor {check}", daemon=True).start()
    end = monotonic() + seconds
    while True:
        try:
            finding = found.get(timeout=max(0.0, end - monotonic()))
        except Empty:
            yield wrong(
                check,
                _("no answer within {seconds:g} seconds").format(seconds=seconds),
                _("a network disk that does not answer, or a very busy machine: look there, then ask again"),
                subject,
            )
            return
        if finding is None:
            return
        yield finding


def _run(check: Check, find: Find, subject: str, found: "SimpleQueue[Finding | None]") -> None:
    try:
        for finding in find():
            found.put(finding)
    except FAILURES as error:  # plugin code among it (formats): whoever asks the doctor wants the rest too
        said = _("this could not be looked at: {reason}").format(reason=Failure.of(error).reason)
        found.put(wrong(check, said, _("look at what the reason names"), subject))
    finally:
        found.put(None)
