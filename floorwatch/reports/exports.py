"""A report as text: a table to read, CSV, JSON, Markdown or HTML.

Rules
- `csv` and `json` are for programs: every column, full numbers, seconds as seconds, shares as fractions, nothing for
  what is unknown. `table`, `md` and `html` are for people: `12:05`, `76.3`, `-`, and of the columns only those that
  the report names in `frame.attrs["for_people"]`, if it names any.
- All text passes `floorwatch.text` here, headings too (a reason to pause may be one); in CSV no cell is a formula.
- Columns named `caller` are masked unless asked otherwise.
"""

import csv
import html
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from floorwatch import spoken
from floorwatch.text import exported, inert, masked
from floorwatch.words import _

CALLERS = ("caller", "number")
Rows: TypeAlias = Sequence[Sequence[str]]


def export(frame: pd.DataFrame, form: str, *, unmasked: bool = False) -> str:
    """The frame in one of `FORMS`, ending in a line end. Raises ValueError that says which forms there are."""
    write = FORMS.get(form)
    if write is None:
        hint = _(" (a spreadsheet opens csv)") if form == "xlsx" else ""
        message = _("there is no form {form}{hint}: choose {forms}")
        raise ValueError(message.format(form=repr(form), hint=hint, forms=", ".join(FORMS)))
    return write(frame if unmasked else _masked(frame))


def _for_people(frame: pd.DataFrame) -> pd.DataFrame:
    named = frame.attrs.get("for_people", frame.columns)
    return frame[[name for name in named if name in frame]]


def _masked(frame: pd.DataFrame) -> pd.DataFrame:
    hidden = frame.copy()
    for name in CALLERS:
        if name in hidden:
            hidden[name] = pd.Series([None if pd.isna(n) else masked(str(n)) for n in frame[name]], frame.index, "str")
    return hidden


def _csv(frame: pd.DataFrame) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([exported(str(name)) for name in frame.columns])
    for row in _values(frame):
        writer.writerow(["" if v is None else exported(v) if isinstance(v, str) else v for v in row])
    return out.getvalue()


def _json(frame: pd.DataFrame) -> str:
    names = [inert(str(name)) for name in frame.columns]
    rows = [
        {name: inert(v) if isinstance(v, str) else v for name, v in zip(names, row, strict=True)}
        for row in _values(frame)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _table(frame: pd.DataFrame) -> str:
    """Columns side by side, figures to the right, by width in terminal cells."""
    frame = _for_people(frame)
    heads, rows = _read_by_people(frame)
    right = [_is_figure(frame[name]) for name in frame.columns]
    widths = [max(_cells(text) for text in column) for column in zip(heads, *rows, strict=True)]
    lines = ("  ".join(_padded(*each) for each in zip(row, widths, right, strict=True)) for row in (heads, *rows))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _markdown(frame: pd.DataFrame) -> str:
    frame = _for_people(frame)
    heads, rows = _read_by_people(frame)
    rule = ["---:" if _is_figure(frame[name]) else "---" for name in frame.columns]
    lines = ([_in_markdown(text) for text in heads], rule, *([_in_markdown(text) for text in row] for row in rows))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _html(frame: pd.DataFrame) -> str:
    frame = _for_people(frame)
    heads, rows = _read_by_people(frame)
    styles = [' style="text-align: right"' if _is_figure(frame[name]) else "" for name in frame.columns]

    def line(tag: str, texts: Sequence[str]) -> str:
        cells = (f"<{tag}{style}>{html.escape(text)}</{tag}>" for text, style in zip(texts, styles, strict=True))
        return f"<tr>{''.join(cells)}</tr>\n"

    body = "".join(line("td", row) for row in rows)
    return f"<table>\n<thead>\n{line('th', heads)}</thead>\n<tbody>\n{body}</tbody>\n</table>\n"


FORMS: Mapping[str, Callable[[pd.DataFrame], str]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "md": _markdown,
    "html": _html,
}


def _values(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Rows of plain Python values; None for what is unknown."""
    columns = [[None if pd.isna(v) else v for v in frame[name].tolist()] for name in frame.columns]
    return zip(*columns, strict=True)


def _read_by_people(frame: pd.DataFrame) -> tuple[list[str], Rows]:
    names = [str(name) for name in frame.columns]
    rows = [[_said(name, v) for name, v in zip(names, row, strict=True)] for row in _values(frame)]
    return [inert(_heading(name)) for name in names], rows


def _heading(name: str) -> str:
    return name.replace("_seconds", "").replace("_", " ")


def _said(name: str, value: Any) -> str:
    match value:
        case None:
            return spoken.NOTHING
        case str():
            return inert(value)
        case float() if "_seconds" in name:
            return spoken.duration(value)
        case float() if "_rate" in name or name.startswith("service_level"):
            return spoken.share(value)
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _is_figure(column: "pd.Series[Any]") -> bool:
    return pd.api.types.is_numeric_dtype(column)


def _in_markdown(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def _padded(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - _cells(text))
    return blanks + text if right else text + blanks
