"""Lines of a table of another switch, CSV or JSONL, to rows of our fields.

Rules
- A line that holds all the mapped column names is a header, wherever it stands: files are rotated and joined.
- A field that is empty is absent.
- Local times are of the option's zone; an hour that comes twice is taken as its first.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from floorwatch.feeds.backfill import LATEST, SOONEST
from floorwatch.feeds.shapes import RejectLine
from floorwatch.feeds.table_options import TableOptions

_decode_object = msgspec.json.Decoder(dict[str, Any]).decode
_LONGEST_SECONDS = 1e7
_CSV_OPEN = "unexpected end of data"  # the csv module's words for a quote that is not closed (3.11 to 3.14)


class OpenQuoteError(Exception):
    """The row is not over: a quote in it is still open."""


class Row:
    """One row by our field names; what is absent or empty is None."""

    def __init__(self, options: TableOptions, fields: Mapping[str, str]) -> None:
        self._options = options
        self._fields = fields

    def text(self, field: str) -> str | None:
        """The field's text, put into our words."""
        found = self._fields.get(field)
        if found is None or found in self._options.empty:
            found = self._options.fixed.get(field)
        words = self._options.values.get(field)
        return found if found is None or words is None else words.get(found, found)

    def time(self, field: str) -> float | None:
        """The field as a time, epoch seconds UTC. Raises RejectLine."""
        text = self.text(field)
        if text is None:
            return None
        try:
            at = _read_time(text, self._options)
        except (ValueError, OverflowError):
            raise RejectLine(f"`{field}` is not a time") from None
        if not SOONEST <= at <= LATEST:
            raise RejectLine(f"`{field}` is not a time")
        return at

    def seconds(self, field: str) -> float | None:
        """The field as a duration: seconds, or hours:minutes:seconds. Raises RejectLine."""
        text = self.text(field)
        if text is None:
            return None
        try:
            total = 0.0
            for part in text.split(":"):
                total = total * 60 + float(part)
        except ValueError:
            total = -1.0
        if not 0 <= total <= _LONGEST_SECONDS:
            raise RejectLine(f"`{field}` is not a duration")
        return total

    def needed(self, field: str) -> str:
        """The field's text. Raises RejectLine when there is none."""
        text = self.text(field)
        if text is None:
            raise RejectLine(f"no `{field}`")
        return text


class RowReader:
    """Raw lines to rows; remembers the header that it saw last."""

    def __init__(self, options: TableOptions) -> None:
        self._options = options
        self._names = set(options.columns.values())
        self._places = None if options.header is None else _places(options, options.header)

    def read(self, raw: bytes, *, lenient: bool = False) -> Row | None:
        """The row of these bytes, None for a blank or a header. Raises RejectLine; OpenQuoteError unless `lenient`."""
        text = raw.decode(self._options.encoding, "replace").removeprefix("\ufeff")
        if not text.strip():
            return None
        if self._options.jsonl:
            return Row(self._options, _json_fields(raw, self._options))
        values = [value.strip() for value in _csv_values(text, self._options.delimiter, lenient)]
        if self._names <= set(values):
            self._places = _places(self._options, values)
            return None
        if self._places is None:
            raise RejectLine("before any header line")
        return Row(
            self._options, {field: values[place] for field, place in self._places.items() if place < len(values)}
        )


def _places(options: TableOptions, names: Sequence[str]) -> dict[str, int]:
    return {field: names.index(column) for field, column in options.columns.items() if column in names}


def _csv_values(text: str, delimiter: str, lenient: bool) -> list[str]:
    if '"' not in text:
        return text.split(delimiter)
    try:
        return next(csv.reader((text,), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if _CSV_OPEN in str(error) and not lenient:
            raise OpenQuoteError from None
        if _CSV_OPEN in str(error):  # the quote is only a sign
            return text.split(delimiter)
    try:
        return next(csv.reader((text,), delimiter=delimiter))  # a sign behind a closing quote is let pass
    except csv.Error:
        raise RejectLine("not a CSV row") from None


def _json_fields(raw: bytes, options: TableOptions) -> dict[str, str]:
    try:
        document = _decode_object(raw)
    except msgspec.ValidationError:
        raise RejectLine("not an object of fields") from None
    except UnicodeDecodeError:
        raise RejectLine("not UTF-8") from None
    except (msgspec.DecodeError, RecursionError):  # the latter by brackets in brackets
        raise RejectLine("not JSON") from None
    found = ((field, _at_path(document, path)) for field, path in options.columns.items())
    return {field: text for field, text in found if text is not None}


def _at_path(document: dict[str, Any], path: str) -> str | None:
    """The text at `path`: the key itself if there is one of that name, else a key a dot deep."""
    value: Any = document
    for key in [path] if path in document else path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    match value:
        case None | dict() | list():
            return None
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def _read_time(text: str, options: TableOptions) -> float:
    match options.time:
        case "epoch":
            return float(text)
        case "epoch_ms":
            return float(text) / 1000
        case "iso":
            at = datetime.fromisoformat(text)
        case pattern:
            at = datetime.strptime(text, pattern)  # noqa: DTZ007  # the zone is set below
    return (at if at.tzinfo is not None else at.replace(tzinfo=options.zone)).timestamp()
