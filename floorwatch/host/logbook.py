"""A plugin's own log: its last records to be read on the screen, and a small file for afterwards.

Rules
- Text is inert before it is kept, cut to a length that a person reads, and without secrets; what may be the number of a
  caller is masked.
- A plugin that logs faster than a person reads cannot fill the disk or hold up the floor: what is too much is counted,
  left out before it is even put into words, and its number said where the log goes on.
- Logging never raises and never reaches another log, the terminal least of all. The only clock is the record's own.
"""

import logging
import threading
import traceback
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from floorwatch.host.concealed import without_secrets
from floorwatch.host.log_file import LogFile
from floorwatch.text import inert, without_numbers
from floorwatch.words import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = "floorwatch.plugin."
KEPT = 200
"""Records that are there to be read."""
RECORDS_A_SECOND = 10.0
BURST = 200.0
"""Records that may come at once after a quiet while."""
LONGEST_RECORD = 4_000
"""Characters of one record, its traceback included."""


class LogRecord(Struct, frozen=True):
    """One record: when by the machine's clock (epoch seconds UTC), how grave, and its lines, inert."""

    at: float
    level: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        when = datetime.fromtimestamp(self.at, UTC).astimezone().isoformat(" ", "seconds")
        return "\n    ".join((f"{when} {self.level} {self.lines[0]}", *self.lines[1:]))


class Logbook(logging.Handler):
    """The records of one plugin; `file` None keeps nothing on disk. `above` is what its logger stands below."""

    def __init__(self, plugin: str, file: LogFile | None = None, above: str = PREFIX) -> None:
        super().__init__()
        self.file = file
        self.left_out = 0
        self._untold = 0
        self._allowance, self._counted_at = BURST, 0.0
        self._records: deque[LogRecord] = deque(maxlen=KEPT)
        self._own_lock = threading.Lock()
        self.logger = self._taken_over(above + plugin)

    def _taken_over(self, name: str) -> logging.Logger:
        # From the registry, so that the loggers that a plugin makes below its own end here too. There is one for the
        # process: whoever puts the house together anew takes it over.
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.setLevel(logging.INFO)
        logger.handlers = [self]
        return logger

    def records(self) -> "Sequence[LogRecord]":
        """The last ones, oldest first."""
        with self._own_lock:
            return tuple(self._records)

    def handle(self, record: logging.LogRecord) -> bool:
        """Keep a record. Not under the handler's lock: putting it into words runs plugin code, which may hang."""
        try:
            for kept in self._admitted(record):
                self._keep(kept)
        except Exception:  # noqa: BLE001  # plugin code: whatever it put into the record must not hurt where it logs
            self.left_out += 1
        return True

    def _admitted(self, record: logging.LogRecord) -> Iterator[LogRecord]:
        """The record in words, unless there are too many; before it, how many there were."""
        with self._own_lock:
            passed = max(0.0, record.created - self._counted_at)
            self._counted_at = record.created
            self._allowance = min(BURST, self._allowance + passed * RECORDS_A_SECOND)
            if self._allowance < 1:
                self.left_out += 1
                self._untold += 1
                return
            self._allowance -= 1
            untold, self._untold = self._untold, 0
        if untold:
            yield LogRecord(record.created, logging.getLevelName(logging.WARNING), (_said_left_out(untold),))
        yield LogRecord(record.created, inert(record.levelname), tuple(self._lines(record)))

    def _lines(self, record: logging.LogRecord) -> Iterator[str]:
        text = _text(record)
        if len(text) > LONGEST_RECORD:
            text = text[:LONGEST_RECORD] + "…"
        yield from map(without_numbers, text.splitlines() or [""])

    def _keep(self, record: LogRecord) -> None:
        with self._own_lock:
            self._records.append(record)
        if self.file is not None:
            self.file.write(f"{record}\n")


def _text(record: logging.LogRecord) -> str:
    """What it says, without secrets (looked for before anything is cut: half of one is too much)."""
    try:
        said = without_secrets(record.getMessage())
    except Exception as error:  # noqa: BLE001  # plugin code: its arguments put themselves into words
        said = _("a record that cannot be put into words: {error}").format(error=type(error).__name__)
    if not isinstance(record.exc_info, tuple) or record.exc_info[1] is None:
        return said
    trace = without_secrets("".join(traceback.format_exception(record.exc_info[1])))
    return f"{said[: LONGEST_RECORD // 4]}\n{trace[-LONGEST_RECORD // 2 :]}"


def log_lines(book: Logbook) -> list[str]:
    """What there is to read of a plugin's log, newest last: its records, and where its file is. Empty without any."""
    lines = [line for record in book.records() for line in str(record).splitlines()]
    if book.left_out:
        lines.append(_said_left_out(book.left_out))
    if lines and book.file is not None:
        lines.append(book.file.trouble or _("more of it is in {path}").format(path=book.file.path))
    return lines


def _said_left_out(count: int) -> str:
    said = _n("{n} record was left out: too many at once", "{n} records were left out: too many at once", count)
    return said.format(n=count)
