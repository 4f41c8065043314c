"""Workbooks and text tables as plain rows: the one place where spreadsheet files are opened.

Rules
- Nothing is evaluated: a formula has the value that was saved with it. One without (or with an error) is empty, and
  named.
- A merged range has its value in every one of its cells.
- Dates are told by the cell's number format, the East Asian ones (ids 27-36, 50-58) too.
- What a file can do to us is bounded: bytes, sheets, rows and columns; a bomb is refused, not unpacked.
- Of workbooks only XLSX is read; the others are told apart, and what to do is said. A hidden sheet is not there, unless
  it is asked for by name.
"""

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from floorwatch import spreadsheet_text
from floorwatch.feeds.cells import Value, cell_name, clock_of, date_of, epoch_of, moment_of, plain
from floorwatch.feeds.headed import WHO_HEADINGS, Headed, check_columns, headed, heading_of
from floorwatch.words import _

if TYPE_CHECKING:
    from floorwatch.feeds.workbook_parts import Bounded, Measured

__all__ = [
    "MOST_BYTES", "MOST_COLUMNS", "MOST_ROWS", "WHO_HEADINGS", "Headed", "Sheet", "SheetError", "Value", "cell_name",
    "check_columns", "clock_of", "date_of", "epoch_of", "headed", "heading_of", "is_workbook", "moment_of", "plain",
    "sheet_names", "sheets_of", "table_of", "tables_of", "text_of",
]  # fmt: skip

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
MOST_CELLS = 5_000_000  # rows x columns: the reader lays a sheet out in full, at 24 bytes a cell and more

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a workbook: of all newer kinds, and of .xls and protected ones."""

_HEAD = 1024 * 1024  # bytes of a text whose first rows are wanted
_LINES_THAT_TELL = 20  # of a text table: what separates its fields, and how many there are
_LONGEST_RECORD = 20  # lines; a cell with line ends in it is a remark, not a book


class SheetError(Exception):
    """A workbook or table that cannot be read; the message says why."""


class Sheet(Struct, frozen=True):
    """One sheet. `rows` are of equal length, merged ranges filled; `unvalued` the (row, column) of formulas that were
    saved without a value. Indices count from 0; `cell_name` says them as people do."""

    name: str
    rows: Sequence[Sequence[Value]]
    unvalued: frozenset[tuple[int, int]] = frozenset()


def is_workbook(raw: bytes) -> bool:
    """Whether these are the first bytes of an XLSX, XLSB, ODS or XLS file."""
    return raw.startswith((ZIP, OLE))


def sheet_names(raw: bytes) -> Sequence[str]:
    """The names of the sheets, none for what is no workbook. Does not raise."""
    from floorwatch.feeds.workbook_parts import shown_sheets  # here: 7 ms of start-up

    try:
        return shown_sheets(raw)
    except SheetError:
        return []


def sheets_of(raw: bytes, names: Sequence[str] | None = None, rows: int | None = None) -> Sequence[Sheet]:
    """The sheets of a workbook (those of `names` alone), in its order. With `rows` only about the first of them are
    looked at, and merged ranges stay as they are: enough to tell what a sheet is. Raises SheetError."""
    from floorwatch.feeds.workbook_parts import bounded  # here: 7 ms of start-up

    safe = bounded(raw, names, rows)
    try:
        return _read(safe)
    except SheetError:
        raise
    except (
        BaseException
    ) as error:  # a panic of the reader is one, and its class cannot be imported; no other is held up
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise SheetError(_("The workbook is damaged: its sheets cannot be read. Save or copy it again.")) from None
        raise


def _read(safe: "Bounded") -> Sequence[Sheet]:
    from python_calamine import CalamineWorkbook  # here: start-up does without it

    found = []
    with CalamineWorkbook.from_filelike(BytesIO(safe.archive)) as workbook:
        for name, measured in safe.sheets.items():
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            found.append(_sheet(name, rows, measured))
    return found


def _sheet(name: str, read: Sequence[Sequence[Any]], measured: "Measured") -> Sheet:
    rows = [[None if value == "" else value for value in row] for row in read]
    left = measured.rows * measured.columns  # ranges over one another must not cost more than the sheet has cells
    for merged in measured.merged:
        left -= _fill(rows, merged)
        if left < 0:
            raise SheetError(_("The merged ranges of the sheet “{sheet}” lie over one another.").format(sheet=name))
    return Sheet(name=name, rows=rows, unvalued=measured.unvalued)


def _fill(rows: list[list[Value]], merged: tuple[int, int, int, int]) -> int:
    """Give every cell of a merged range its first one's value; how many cells that were, 0 outside of the sheet."""
    top, left, bottom, right = merged
    if not (top < len(rows) and left < len(rows[top])):
        return 0
    bottom, width = min(bottom, len(rows) - 1), min(right + 1, len(rows[top])) - left
    for row in rows[top : bottom + 1]:
        row[left : left + width] = [rows[top][left]] * width
    return max(0, bottom + 1 - top) * max(0, width)


def tables_of(raw: bytes, names: Sequence[str] = (), rows: int | None = None) -> Sequence[Sheet]:
    """The sheets of a workbook (those of `names` alone, if there are any), or the one table of a text; only about the
    first `rows` of each, where that will do. Raises SheetError."""
    if is_workbook(raw):
        found = sheets_of(raw, names or None, rows)
        if names and not found:
            said = _("There is no sheet {names}; there are {sheets}.")
            raise SheetError(said.format(names=", ".join(names), sheets=", ".join(sheet_names(raw))))
        return found
    if rows is not None and len(raw) > _HEAD and not raw.startswith(spreadsheet_text.UTF_16_MARKS):
        raw = raw[: raw.rfind(b"\n", 0, _HEAD) + 1]  # in all other encodings a line end is this byte, and nothing else
    return [table_of(text_of(raw), rows)]


def text_of(raw: bytes) -> str:
    """Text in UTF-8 with or without a mark, UTF-16 with one, else GB18030. Raises SheetError for what is neither."""
    if len(raw) > MOST_BYTES:
        raise SheetError(_("The file is larger than {n} MB.").format(n=MOST_BYTES // 1024**2))
    if is_workbook(raw):
        raise SheetError(_("This is a workbook, and no text."))
    text = spreadsheet_text.text_of(raw)
    if text is None:
        raise SheetError(_("The text is neither UTF-8 nor GB18030; save it as UTF-8."))
    return text


def table_of(text: str, rows: int | None = None) -> Sheet:
    """A text table (comma, semicolon or tab, by its first lines) as a sheet of strings; blank lines and lines that
    begin with `#` are empty rows, so that row numbers stay true. A torn quote costs its line alone. With `rows` only so
    many lines are looked at. Raises SheetError for what is too large."""
    if rows is None and (ends := text.count("\n")) > MOST_ROWS:  # before each of them becomes a string
        raise SheetError(_("The table is too large: {n} rows.").format(n=ends))
    lines = spreadsheet_text.lines_of(text.removesuffix("\n"))[:rows]
    if len(lines) > MOST_ROWS:
        raise SheetError(_("The table is too large: {n} rows.").format(n=len(lines)))
    first = list(islice(filter(_says, lines), _LINES_THAT_TELL))
    separator = max(
        "\t;,", key=lambda sign: (sum(sign in line for line in first), sum(line.count(sign) for line in first))
    )
    if (cells := text.count(separator)) > MOST_CELLS:  # before each of them becomes a string
        raise SheetError(_("The table is too large: {n} cells.").format(n=cells))
    records = _records(lines, separator, max((len(_fields(line, separator)) for line in first), default=1))
    read = [[value.strip() or None for value in record] for record in records]
    width = max(map(len, read), default=0)
    if width > MOST_COLUMNS or width * len(read) > MOST_CELLS:
        raise SheetError(_("The table is too large: {n} columns.").format(n=width))
    return Sheet(name="", rows=[row + [None] * (width - len(row)) for row in read])


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _records(lines: Sequence[str], separator: str, width: int) -> Iterator[Sequence[str]]:
    """A record for each line. One that goes on in the next lines is whole on its first, and they are empty."""
    place = 0
    while place < len(lines):
        line = lines[place]
        more = _lines_of_record(lines, place, separator, width) if line.count('"') % 2 else 1
        yield _fields("\n".join(lines[place : place + more]), separator) if _says(line) else []
        yield from ([] for _line in range(more - 1))
        place += more


def _lines_of_record(lines: Sequence[str], place: int, separator: str, width: int) -> int:
    """How many lines an open quote makes one record of: those after which it is closed and there are `width` fields;
    a torn quote finds no such lines, and its line stands alone."""
    if not _says(lines[place]):
        return 1
    for more in range(2, min(_LONGEST_RECORD, len(lines) - place) + 1):
        if lines[place + more - 1].count('"') % 2:
            joined = "\n".join(lines[place : place + more])
            return more if len(_fields(joined, separator)) == width else 1
    return 1


def _fields(record: str, separator: str) -> Sequence[str]:
    if '"' not in record:
        return record.split(separator)
    try:
        return next(csv.reader([record], delimiter=separator, strict=True))
    except (csv.Error, StopIteration):  # the quotes are only signs
        return record.replace('"', "").split(separator)
