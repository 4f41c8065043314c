"""The attendance log of a ZKTeco terminal (attlog.dat): one punch a line, in the terminal's local time.

Rules
- A line is PIN, moment, device, in/out, how it was proved, work code; what is behind the moment may be missing. The
  in/out flag is not used: it is often always 0.
- Terminals leave holes of NUL bytes in the file, and a torn record behind each: that record is never believed.
- Exact duplicates count once. Repeats within a minute stay: who judges takes them for one.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from floorwatch.api import Document, DocumentFormat, RejectDocument, _, duty, events, sheets
from floorwatch_attendance.punches import Gathered

_RECORD = re.compile(
    rb"\s*([^\s\0]{1,24})\t\s*(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\t([^\t]*).*)?\s*"
)
_SHAPE = re.compile(rb"\s*[^\s\0]{1,24}\t[^\t\n]{0,40}\d[^\t\n]{0,40}(?:\t.*)?\s*")
_LONGEST_RECORD = 1_000  # bytes; the patterns remember each of a line
_SNIFFED_LINES = 50
_FIRST_YEAR = 2000
_A_DAY = 86_400


class AttendanceLog(DocumentFormat):
    """The lines of attlog.dat."""

    name = "zkteco-attlog"
    title = "ZKTeco attendance log"

    def sniff(self, document: Document) -> float:
        """Most of the first lines are records."""
        lines = [
            line for line in document.raw[:16_384].replace(b"\0", b"\n").splitlines()[:_SNIFFED_LINES] if line.strip()
        ]
        records = sum(_RECORD.fullmatch(line) is not None for line in lines)
        return 0.95 if lines and records * 10 >= len(lines) * 7 else 0.0

    def read(self, document: Document, options: Any) -> events.DocumentRead:  # noqa: ARG002  # there are no options
        """All punches. Raises RejectDocument when no line is a record."""
        gathered = Gathered(document)
        for offset, line in _lines(document.raw):
            where = _("byte {n}").format(n=offset)
            if b"\0" in line:
                gathered.refuse(where, _("a hole of NUL bytes, and the record that it tore"), _shown(line))
                line = line[: line.index(b"\0")]  # noqa: PLW2901  # what was whole before the hole
                if line.count(b"\t") < 2:
                    continue
            gathered.rows += 1
            try:
                _read_line(line, gathered)
            except ValueError as error:
                gathered.refuse(where, str(error), _shown(line))
        if (gathered.rows or gathered.refused) and not gathered.people:
            raise RejectDocument(_("No line is a record of a terminal: PIN, tab, 2026-11-22 08:30:00."))
        return gathered.reading(self.title)


def _lines(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """(offset, line) of every line that is not blank."""
    offset = 0
    for line in BytesIO(raw):  # one by one: a file of nothing but line ends has millions
        if line.strip():
            yield offset, line.removesuffix(b"\n")
        offset += len(line)


def _read_line(line: bytes, gathered: Gathered) -> None:
    """Raises ValueError with why the line cannot be used."""
    if len(line) > _LONGEST_RECORD:
        raise ValueError(_("not a record of a terminal"))
    found = _RECORD.fullmatch(line)
    if found is None:
        is_record = _SHAPE.fullmatch(line) is not None
        raise ValueError(_("an impossible date or time") if is_record else _("not a record of a terminal"))
    at = _moment([int(part) for part in found.groups()[1:7]], gathered.document)
    pin = found[1].decode("utf-8", "replace")
    gathered.follows(at)
    gathered.add(duty.Who(pin, pin=pin), at, device=(found[8] or b"").strip().decode("utf-8", "replace"))


def _moment(parts: list[int], document: Document) -> float:
    year, month, day, hour, minute, second = parts
    try:
        on = date(year, month, day)
    except ValueError:
        on = date.min
    if on == date.min or hour > 23 or minute > 59 or second > 59:
        raise ValueError(_("an impossible date or time"))
    if year < _FIRST_YEAR:
        raise ValueError(_("a date before {year}: the clock of the terminal was not set").format(year=_FIRST_YEAR))
    at = sheets.epoch_of(on, timedelta(hours=hour, minutes=minute, seconds=second), document.days.zone)
    if at > document.read_at + _A_DAY:
        raise ValueError(_("a date in the future: the clock of the terminal is wrong"))
    return at


def _shown(line: bytes) -> str:
    return line.strip(b"\0\r\n\t ")[:100].decode("utf-8", "replace")
