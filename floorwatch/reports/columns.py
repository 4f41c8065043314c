"""What a column of a table holds, by its name and its values: how it is written for people and into a workbook.

Rules
- Names that end in `_seconds` are durations, names that hold `_rate` and those that begin with `service_level` shares.
- A moment is a date and time, or a number of epoch seconds under a name of moments (`at`, `..._at`, `start`, `end`).
- Text that is all ISO dates, or all ISO dates and times with their offset, stands for days and moments in a workbook.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum, auto
from typing import Any

import pandas as pd

_MOMENTS = frozenset({"at", "start", "end", "began", "came", "left", "interval", "day", "since", "until"})
_MOMENT_ENDS = ("_at", "_start", "_end")
_EARLIEST = 1e8
"""Epoch seconds of 1973: what is below is a count or a duration, whatever its name."""

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


class Holds(Enum):
    """What a column holds."""

    TEXT = auto()
    NUMBER = auto()
    DURATION = auto()
    SHARE = auto()
    MOMENT = auto()
    TRUTH = auto()


def holds(name: str, column: "pd.Series[Any]") -> Holds:
    """What this column of a table holds."""
    kinds = pd.api.types
    if kinds.is_bool_dtype(column):
        return Holds.TRUTH
    if kinds.is_datetime64_any_dtype(column):
        return Holds.MOMENT
    if not kinds.is_numeric_dtype(column):
        return Holds.TEXT
    if "_seconds" in name:
        return Holds.DURATION
    if "_rate" in name or name.startswith("service_level"):
        return Holds.SHARE
    return Holds.MOMENT if _is_moment(name, column) else Holds.NUMBER


def values_of(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Rows of plain Python values; None for what is unknown."""
    columns = [[None if pd.isna(v) else v for v in frame[name].tolist()] for name in frame.columns]
    return zip(*columns, strict=True)


def days_or_moments(texts: "pd.Series[Any]") -> "list[date | datetime | None] | None":
    """The days, or the moments by their own offsets, that a column of text stands for; None: it stands for itself."""
    known = [None if pd.isna(text) else str(text) for text in texts]
    said = [text for text in known if text is not None]
    try:
        if said and all(map(_ISO_DAY.fullmatch, said)):
            return [None if text is None else date.fromisoformat(text) for text in known]
        if said and all(map(_ISO_MOMENT.fullmatch, said)):
            return [None if text is None else datetime.fromisoformat(text) for text in known]
    except ValueError:  # 2026-02-30: no date, whatever it looks like
        pass
    return None


def _is_moment(name: str, column: "pd.Series[Any]") -> bool:
    known = column.dropna()
    named = name in _MOMENTS or name.endswith(_MOMENT_ENDS)
    return named and pd.api.types.is_float_dtype(column) and len(known) > 0 and bool((known > _EARLIEST).all())
