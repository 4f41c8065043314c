"""The parts of an XLSX file, opened within bounds before any reader sees them.

Rules
- The reader is handed a new archive of the parts that were measured here, and of nothing else: what a file declares
  about itself is not believed.
- No XML is parsed and no entity expanded: what is looked for stands in tags of one fixed shape.
- Cells without their places (`r="B2"`) are given them by their order before anything is measured.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from msgspec import Struct

from floorwatch.feeds.cells import cell_name
from floorwatch.feeds.sheets import MOST_BYTES, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, OLE, ZIP, SheetError
from floorwatch.words import _

MOST_UNPACKED = 160 * 1024 * 1024
MOST_PARTS = 5_000
MOST_TEXT = 256 * 1024 * 1024  # of shared strings, each counted as often as cells show it

_HEAD = 1024 * 1024  # bytes of a sheet that tell what it is
_BESIDE_SHEETS = (
    "[content_types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedstrings.xml",
)  # fmt: skip
_ROOT = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    b"</Relationships>"
)
_TORN = (BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError, ValueError, OverflowError)
_PREFIX = rb"(?:[^\s<>/\"'=:!?]{1,50}+:)?+"
_ATTRIBUTES = rb"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+"
# A cell that holds something: one that only has a colour is closed in its own tag.
_CELL = re.compile(
    rb"<" + _PREFIX + rb"c(?=[\s/>])(?:\s+r=\"([A-Za-z]{1,3})([0-9]{1,9})\")?(" + _ATTRIBUTES + rb")(?<!/)>"
)
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,9})[\"']")
_NAMED_PLACE = re.compile(rb"\sr\s*=")
_NUMBER = re.compile(rb"\sr\s*=\s*[\"']([0-9]{1,9})[\"']")
_ROW_OR_CELL = re.compile(rb"(<" + _PREFIX + rb"(?:(row)|c)(?=[\s/>]))(" + _ATTRIBUTES + rb")>")
_FORMULA = re.compile(
    rb"<" + _PREFIX + rb"c(?=\s)([^<>]*)>\s*<" + _PREFIX + rb"f(?=[\s/>])(?:[^<>]*/>|[^<>]*>[^<]*</[^<>]*>)"
    rb"\s*(?:<" + _PREFIX + rb"v>([^<]*))?"
)
_ERROR = re.compile(rb"<" + _PREFIX + rb"c(\s[^<>]*?\st=\"e\"[^<>]*)>")
_MERGE = re.compile(
    rb"<" + _PREFIX + rb"mergeCell\s[^<>]*?ref=\"([A-Za-z]{1,3})([0-9]{1,9}):([A-Za-z]{1,3})([0-9]{1,9})\""
)
_SHEET_DATA = re.compile(rb"<([^\s<>/\"'=:!?]{1,50}:)?sheetData(?=[\s>])[^<>]*(?<!/)>")
_SHEET = re.compile(rb"<" + _PREFIX + rb"sheet\s([^<>]*)>")
_RELATION = re.compile(rb"<" + _PREFIX + rb"Relationship\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_STRING = re.compile(rb"<" + _PREFIX + rb"si(?=[\s/>])")
_STRING_OF = re.compile(rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*<" + _PREFIX + rb"v(?:\s[^<>]*)?>\s*([0-9]{1,9})\s*<")


class Measured(Struct, frozen=True):
    """What is known of a sheet before it is read: its extent, the ranges that are merged (first row, first column, last
    row, last column), and where formulas have no value."""

    rows: int
    columns: int
    merged: Sequence[tuple[int, int, int, int]]
    unvalued: frozenset[tuple[int, int]]


class Bounded(Struct, frozen=True):
    """A workbook that is safe to read: `archive` holds it anew, `sheets` what it holds, by name and in its order."""

    archive: bytes
    sheets: Mapping[str, Measured]


def shown_sheets(raw: bytes) -> Sequence[str]:
    """The names of the sheets that are not hidden. Raises SheetError."""
    return [name for name, _part, shown in _Parts(raw).sheets() if shown]


def bounded(raw: bytes, names: Sequence[str] | None = None, rows: int | None = None) -> Bounded:
    """The workbook with those of its sheets alone (all that are not hidden, for None), and about the first `rows` of
    each. Raises SheetError."""
    parts = _Parts(raw)
    wanted = {name: part for name, part, shown in parts.sheets() if (shown if names is None else name in names)}
    sheets = {part: parts.read(part) if rows is None else _head(parts.head(part), rows) for part in wanted.values()}
    kept = {part: parts.read(part) for part in parts.beside_sheets() if part not in sheets}
    for part, read in kept.items():
        if b"sheetData" in read:
            raise SheetError(_("A part of the workbook ({part}) is not what it says it is.").format(part=part))
    measured = {}
    for name, part in wanted.items():
        measured[name], sheets[part] = _measured_in_place(name, sheets[part])
    if sum(each.rows * each.columns for each in measured.values()) > MOST_CELLS:
        raise SheetError(_("The sheets of the workbook are too large together."))
    _bound_strings(kept, sheets.values())
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_STORED) as anew:
        anew.writestr(ZipInfo("_rels/.rels"), _ROOT)
        for part, read in (kept | sheets).items():
            anew.writestr(ZipInfo(part), read)
    return Bounded(archive=archive.getvalue(), sheets=measured)


def _head(part: bytes, rows: int) -> bytes:
    """The beginning of a sheet as a sheet of its own: up to its row after `rows`, or the last that is whole."""
    data = _SHEET_DATA.search(part)
    if data is None:
        return part
    prefix, place = data[1] or b"", data.end()
    for _row in range(rows):
        end = part.find(b"</" + prefix + b"row>", place)
        if end < 0:
            break
        place = end + len(prefix) + 6
    return part[:place] + b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"


class _Parts:
    """The archive as it lies there; reads from it count against one bound."""

    def __init__(self, raw: bytes) -> None:
        _refuse_others(raw)
        try:
            self._archive = ZipFile(BytesIO(raw))
        except _TORN:
            raise SheetError(
                _("The workbook is damaged: its archive cannot be opened. Save or copy it again.")
            ) from None
        self._parts = {each.filename: each for each in self._archive.infolist()}
        self._by_path = {name.replace("\\", "/").lower(): name for name in self._parts}
        self._left = MOST_UNPACKED
        if "xl/workbook.xml" not in self._by_path:
            raise SheetError(self._what_else())

    def _what_else(self) -> str:
        if "xl/workbook.bin" in self._by_path:
            return _("This is an XLSB workbook; save it as .xlsx.")
        if "content.xml" in self._by_path:
            return _("This is an OpenDocument workbook (.ods); save it as .xlsx.")
        return _("This is an archive, but no workbook.")

    def head(self, name: str) -> bytes:
        """The beginning of a part."""
        return self._read(name, _HEAD)

    def read(self, name: str) -> bytes:
        """All of a part."""
        raw = self._read(name, self._left + 1)
        self._left -= len(raw)
        if self._left < 0:
            raise SheetError(
                _("The workbook unpacks to more than {n} MB; nothing that large is read.").format(
                    n=MOST_UNPACKED // 1024**2
                )
            )
        return raw

    def _read(self, name: str, most: int) -> bytes:
        part = self._parts[name]
        if part.flag_bits & 1:
            raise SheetError(_("The workbook is protected with a password; save it without one."))
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise SheetError(_("The workbook is packed in a way that no spreadsheet program uses; save it again."))
        try:
            with self._archive.open(part) as opened:
                return opened.read(most)
        except _TORN:
            raise SheetError(_("The workbook is damaged at {part}. Save or copy it again.").format(part=name)) from None

    def sheets(self) -> Sequence[tuple[str, str, bool]]:
        """The sheets in their order: name, part, whether it is shown."""
        targets = dict(self._worksheets())
        found = []
        for each in _tags(_SHEET, self.read(self._by_path["xl/workbook.xml"])):
            relation = next((value for key, value in each.items() if key.endswith(":id")), "")
            if relation in targets and "name" in each:
                found.append((each["name"], targets[relation], each.get("state", "visible") == "visible"))
        return found

    def _worksheets(self) -> Iterator[tuple[str, str]]:
        relations = self._by_path.get("xl/_rels/workbook.xml.rels")
        for each in _tags(_RELATION, self.read(relations) if relations else b""):
            target = each.get("Target", "").replace("\\", "/").lstrip("/").lower()
            part = self._by_path.get(target if target.startswith("xl/") else "xl/" + target)
            if part is not None and each.get("Type", "").endswith("/worksheet"):
                yield each.get("Id", ""), part

    def beside_sheets(self) -> Sequence[str]:
        """What a reader must have, whatever sheets it reads."""
        return [self._by_path[each] for each in _BESIDE_SHEETS if each in self._by_path]


def _refuse_others(raw: bytes) -> None:
    if len(raw) > MOST_BYTES:
        raise SheetError(_("The file is larger than {n} MB.").format(n=MOST_BYTES // 1024**2))
    if raw.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise SheetError(_("The workbook is protected with a password; save it without one."))
        raise SheetError(_("This is an old .xls workbook; save it as .xlsx."))
    if not raw.startswith(ZIP):
        raise SheetError(_("This is no workbook, whatever its name says."))
    if raw.count(b"PK\x01\x02") > MOST_PARTS:
        raise SheetError(_("The archive has more than {n} parts: this is no workbook.").format(n=MOST_PARTS))


def _tags(pattern: re.Pattern[bytes], part: bytes) -> Iterator[dict[str, str]]:
    for tag in pattern.finditer(part):
        yield {
            key.decode("utf-8", "replace"): unescape((double or single).decode("utf-8", "replace"))
            for key, double, single in _ATTRIBUTE.findall(tag[1])
        }


class _NoPlaceError(SheetError):
    """A cell that does not say where it is."""


def _measured_in_place(name: str, part: bytes) -> tuple[Measured, bytes]:
    """What is known of a sheet, and the sheet with a place in every cell."""
    try:
        return _measured(name, part), part
    except _NoPlaceError:
        part = _with_places(part)
        return _measured(name, part), part


def _with_places(part: bytes) -> bytes:
    """The sheet, with those cells placed that do not say where they are: behind the one before them in their row, and
    their row behind the one before it."""
    row = column = -1

    def placed(tag: re.Match[bytes]) -> bytes:
        nonlocal row, column
        opened, is_row, attributes = tag.groups()
        if is_row:
            said, column = _NUMBER.search(attributes), -1
            row = int(said[1]) - 1 if said else row + 1
            return tag[0]
        if place := _PLACE.search(attributes):
            column = _column(place[1])
            return tag[0]
        column += 1
        if _NAMED_PLACE.search(attributes):  # it says where it is, and nobody understands it
            return tag[0]
        return opened + f' r="{cell_name(max(row, 0), column)}"'.encode() + attributes + b">"

    return _ROW_OR_CELL.sub(placed, part)


def _measured(name: str, part: bytes) -> Measured:
    rows, columns = set(), set()
    for match in _CELL.finditer(part):
        column, row, rest = match.groups()
        if column is None:
            column, row = _place_of(name, rest)
        columns.add(column)
        rows.add(row)
    last_row, last_column = max(map(int, rows), default=0), max(map(_column, columns), default=-1) + 1
    if last_row > MOST_ROWS or last_column > MOST_COLUMNS or last_row * last_column > MOST_CELLS:
        raise SheetError(
            _("The sheet “{sheet}” is too large: {rows} rows and {columns} columns.").format(
                sheet=name, rows=last_row, columns=last_column
            )
        )
    return Measured(rows=last_row, columns=last_column, merged=_merged(part), unvalued=frozenset(_unvalued(part)))


def _place_of(sheet: str, attributes: bytes) -> tuple[bytes, bytes]:
    place = _PLACE.search(attributes)
    if place is None:
        raise _NoPlaceError(
            _(
                "Cells of the sheet “{sheet}” do not say where they are; save it again with a spreadsheet program."
            ).format(sheet=sheet)
        )
    return place[1], place[2]


def _column(letters: bytes) -> int:
    """The column of "A" is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _merged(part: bytes) -> Sequence[tuple[int, int, int, int]]:
    found = []
    start = part.find(b"mergeCell")
    for first_column, first_row, last_column, last_row in (
        _MERGE.findall(part, max(0, start - 60)) if start >= 0 else ()
    ):
        found.append((int(first_row) - 1, _column(first_column), int(last_row) - 1, _column(last_column)))
    return found


def _unvalued(part: bytes) -> Iterator[tuple[int, int]]:
    for attributes, value in _FORMULA.findall(part) if b"<f" in part or b":f" in part else ():
        # A formula that makes an empty text has its value: t="str" and nothing in it.
        if not value and b't="str"' not in attributes:
            yield from _places(attributes)
    for attributes in _ERROR.findall(part) if b't="e"' in part else ():
        yield from _places(attributes)


def _places(attributes: bytes) -> Iterator[tuple[int, int]]:
    if place := _PLACE.search(attributes):
        yield int(place[2]) - 1, _column(place[1])


def _bound_strings(kept: Mapping[str, bytes], sheets: Iterable[bytes]) -> None:
    """Refuse few long shared strings in many cells: each cell gets a copy of its own."""
    strings = next((part for name, part in kept.items() if name.lower().endswith("sharedstrings.xml")), b"")
    starts = [match.start() for match in _STRING.finditer(strings)]
    lengths = [end - start for start, end in pairwise([*starts, len(strings)])]
    shown: Counter[bytes] = Counter()
    for sheet in sheets:
        shown.update(match[1] for match in _STRING_OF.finditer(sheet))
    total = sum(lengths[int(place)] * n for place, n in shown.items() if int(place) < len(lengths))
    if total > MOST_TEXT:
        raise SheetError(
            _("The texts of the workbook fill more than {n} MB; nothing that large is read.").format(
                n=MOST_TEXT // 1024**2
            )
        )
