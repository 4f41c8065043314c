"""The format `table`: CSV or JSONL of other switches, a row an event or a row a call, by a map of columns and words.

Rules
- A CSV row whose quote is still open goes on in the next line, for OPEN_LINES at most; then the quote was only a sign.
- Nothing here is guessed: the columns have to be named (`table_options`).
"""

from collections.abc import Iterable
from typing import Any

from floorwatch.feeds.jsonl import CARRIED
from floorwatch.feeds.shapes import MAX_LINE_BYTES, FeedFormat, FeedLine, RejectLine
from floorwatch.feeds.table_events import events_of, kind_of, last_time
from floorwatch.feeds.table_options import TableOptions, table_options
from floorwatch.feeds.table_rows import OpenQuoteError, Row, RowReader
from floorwatch.model.entities import Fact
from floorwatch.model.events import Event

OPEN_LINES = 50


class TableFormat:
    """The format `table`. Only its options make it a format: without them it knows no file, no time and no fact."""

    name = "table"
    title = "CSV or JSONL table"

    def __init__(self, options: TableOptions | None = None) -> None:
        self.gives: frozenset[Fact] = frozenset() if options is None else options.gives
        self._options = options
        self._reader = None if options is None else RowReader(options)

    def configured(self, options: dict[str, Any]) -> FeedFormat:
        """The format of one feed. Raises ValueError that names every wrong option."""
        return TableFormat(table_options(options))

    def decoder(self, options: dict[str, Any]) -> "TableDecoder":
        """A decoder for one feed. Raises ValueError that names every wrong option."""
        return TableDecoder(table_options(options))

    def sniff(self, sample: bytes) -> float:
        """Sure when the mapped columns are there. A table is never guessed: its columns have to be named."""
        if self._options is None:
            return 0.0
        reader = RowReader(self._options)
        for raw in sample.split(b"\n")[:20]:
            try:
                row = reader.read(raw.removesuffix(b"\r"), lenient=True)
                if row is not None and last_time(row, self._options) is not None:
                    return 0.9
            except RejectLine:
                continue
        return 0.0

    def time_of(self, raw: bytes) -> float | None:
        """When the row was written: of a call, the last time in it."""
        row = self._row(raw)
        if row is None or self._options is None:
            return None
        try:
            return last_time(row, self._options)
        except RejectLine:
            return None

    def carries(self, raw: bytes) -> bool:
        """Memberships, pauses and the like; never a call."""
        row = self._row(raw)
        if row is None or self._options is None or self._options.by_call:
            return False
        return kind_of(row, self._options) in CARRIED

    def _row(self, raw: bytes) -> Row | None:
        try:
            return None if self._reader is None else self._reader.read(raw, lenient=True)
        except RejectLine:
            return None


class TableDecoder:
    """Rows to events; holds the lines of a row that is not over."""

    def __init__(self, options: TableOptions) -> None:
        self._options = options
        self._reader = RowReader(options)
        self._open: list[bytes] = []

    def feed(self, line: FeedLine) -> Iterable[Event]:
        """Events of the row that this line completes. Raises RejectLine."""
        self._open.append(line.raw)
        try:
            row = self._reader.read(b"\n".join(self._open))
        except OpenQuoteError:
            if len(self._open) < OPEN_LINES and sum(map(len, self._open)) < MAX_LINE_BYTES:
                return ()
            return self._each_for_itself()
        except RejectLine:
            self._open.clear()
            raise
        self._open.clear()
        return () if row is None else events_of(row, self._options)

    def _each_for_itself(self) -> list[Event]:
        """The quote was none: the lines that waited for its end are rows. Raises RejectLine when not one of them is."""
        lines, self._open = self._open, []
        found: list[Event] = []
        for raw in lines:
            try:
                row = self._reader.read(raw, lenient=True)
                found += () if row is None else events_of(row, self._options)
            except RejectLine:
                continue
        if not found:
            raise RejectLine("a quote that is never closed")
        return found
