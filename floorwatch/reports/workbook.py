"""A report as an XLSX workbook: one sheet, its head frozen, every column of the report.

Rules
- Text is written as text, whatever it begins with: no cell is ever a formula or a link.
- Numbers stay numbers: durations in seconds, shares as per cent, moments as dates and times on the floor's clock.
- What is unknown is an empty cell. Text passes `floorwatch.text`, callers are masked, as in every other form.
- Columns are as wide as what stands in them, measured in cells: a Chinese sign is two.
"""

import io
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, tzinfo
from math import isfinite
from typing import Any, TypeAlias

import pandas as pd

from floorwatch.reports.cells import cells
from floorwatch.reports.columns import Holds, days_or_moments, holds
from floorwatch.reports.exports import hidden
from floorwatch.text import inert
from floorwatch.words import _

Value: TypeAlias = str | float | date | datetime | bool | None
Look: TypeAlias = Any
"""A format of xlsxwriter, which brings no types; None for none."""

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
"""What a sheet can hold, its head included."""

NARROWEST, WIDEST = 6, 60
_LOOKS = {Holds.SHARE: "0.0%", Holds.DURATION: "0.###", Holds.MOMENT: "yyyy-mm-dd hh:mm:ss"}
_DAY = "yyyy-mm-dd"
_NO_NAME = re.compile(r"[\[\]:*?/\\']")


def workbook(
    frame: pd.DataFrame, title: str, *, unmasked: bool = False, zone: tzinfo = UTC, made_at: float = 0.0
) -> bytes:
    """The frame as a workbook with one sheet of this title; moments are on the clock of `zone`, and `made_at` (epoch
    seconds UTC) is when it says it was made. Raises ValueError for more rows or columns than a sheet can hold."""
    if len(frame) >= MOST_ROWS or len(frame.columns) > MOST_COLUMNS:
        said = _("{rows} rows and {columns} columns are more than a sheet can hold; take a shorter span, or csv")
        raise ValueError(said.format(rows=len(frame), columns=len(frame.columns)))
    # 60 ms, and only for whoever wants a workbook.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it brings none

    written = io.BytesIO()
    # No temporary files: what stands in a report is not left where others may read it.
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.fromtimestamp(made_at, UTC)})
    _Sheet(book, title, zone).fill(frame if unmasked else hidden(frame))
    book.close()
    return written.getvalue()


class _Sheet:
    """The one sheet of a workbook."""

    def __init__(self, book: Any, title: str, zone: tzinfo) -> None:
        self._sheet = book.add_worksheet(sheet_name(title))
        self._zone = zone
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._looks = {kind: book.add_format({"num_format": look}) for kind, look in _LOOKS.items()}
        self._day = book.add_format({"num_format": _DAY})

    def fill(self, frame: pd.DataFrame) -> None:
        for place, name in enumerate(frame.columns):
            head = inert(str(name))
            self._sheet.write_string(0, place, head, self._head)
            look, values, texts = self._column(str(name), frame[name])
            for row, value in enumerate(values, start=1):
                self._write(row, place, value, look)
            widest = max([cells(head), *map(cells, texts)])
            self._sheet.set_column(place, place, min(max(widest + 1, NARROWEST), WIDEST))
        self._sheet.freeze_panes(1, 0)

    def _column(self, name: str, column: "pd.Series[Any]") -> tuple[Look, Sequence[Value], Sequence[str]]:
        """How it looks, its values, and what they look like, to be measured."""
        kind = holds(name, column)
        if kind is Holds.TEXT:
            found = days_or_moments(column)
            if found is None:
                words = [_word(value) for value in column]
                return None, words, [str(word) for word in words]
            is_moment = any(isinstance(value, datetime) for value in found)
            look, sample = (
                (self._looks[Holds.MOMENT], "2026-11-22 18:00:00") if is_moment else (self._day, "2026-11-22")
            )
            return look, [_local(value) for value in found], [sample]
        if kind is Holds.MOMENT:
            return self._looks[kind], [self._moment(value) for value in column], ["2026-11-22 18:00:00"]
        values = [None if pd.isna(value) else value for value in column.tolist()]
        shown: Callable[[Any], str] = "{:.1%}".format if kind is Holds.SHARE else "{:.10g}".format
        return self._looks.get(kind), values, [] if kind is Holds.TRUTH else [shown(v) for v in values if v is not None]

    def _moment(self, value: Any) -> datetime | None:
        if pd.isna(value):
            return None
        if not isinstance(value, pd.Timestamp):
            return datetime.fromtimestamp(float(value), self._zone).replace(tzinfo=None)
        local = value.tz_convert(self._zone) if value.tzinfo is not None else value
        return local.to_pydatetime(warn=False).replace(tzinfo=None)

    def _write(self, row: int, place: int, value: Value, look: Look) -> None:
        match value:
            case None | "":
                return
            case str():
                self._sheet.write_string(row, place, value, look)
            case bool():
                self._sheet.write_boolean(row, place, value, look)
            case date():
                self._sheet.write_datetime(row, place, value, look)
            case _ if isfinite(value):
                self._sheet.write_number(row, place, value, look)
            case _:
                self._sheet.write_string(row, place, str(value), look)


def sheet_name(title: str) -> str:
    """The title as a sheet may be called: at most 31 signs, none of `[]:*?/\\'`."""
    return _NO_NAME.sub(" ", inert(title)).strip()[:31] or _("report")


def _word(value: Any) -> Value:
    """A value of a column that holds all kinds: a number stays one."""
    if isinstance(value, float | int) and not pd.isna(value):
        return value
    return "" if pd.api.types.is_scalar(value) and pd.isna(value) else inert(str(value))


def _local(value: date | datetime | None) -> date | datetime | None:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
