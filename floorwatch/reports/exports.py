"""A report as text: a table to read, CSV, JSON, Markdown or HTML. As a workbook: `reports.workbook`.

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
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, TypeAlias, assert_never

import pandas as pd

from floorwatch import spoken
from floorwatch.reports.cells import cells
from floorwatch.reports.columns import Holds, holds, values_of
from floorwatch.text import exported, inert, masked
from floorwatch.words import _

CALLERS = ("caller", "number")
WORKBOOK = "xlsx"
"""Not one of `FORMS`: a workbook is no text (`reports.workbook`)."""

Rows: TypeAlias = Sequence[Sequence[str]]


def export(frame: pd.DataFrame, form: str, *, unmasked: bool = False, zone: tzinfo = UTC) -> str:
    """The frame in one of `FORMS`, ending in a line end; moments of the forms for people are on the clock of `zone`.
    Raises ValueError that says which forms there are."""
    write = FORMS.get(form)
    if write is None:
        raise ValueError(no_such_form(form))
    return write(frame if unmasked else hidden(frame), zone)


def no_such_form(form: str) -> str:
    """That there is no such form, and which there are."""
    message = _("there is no form {form}: choose {forms}")
    return message.format(form=repr(form), forms=", ".join((*FORMS, WORKBOOK)))


def _for_people(frame: pd.DataFrame) -> pd.DataFrame:
    named = frame.attrs.get("for_people", frame.columns)
    return frame[[name for name in named if name in frame]]


def hidden(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with callers' numbers masked."""
    kept = frame.copy()
    for name in CALLERS:
        if name in kept:
            kept[name] = pd.Series([None if pd.isna(n) else masked(str(n)) for n in frame[name]], frame.index, "str")
    return kept


def _csv(frame: pd.DataFrame, _zone: tzinfo) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([exported(str(name)) for name in frame.columns])
    for row in values_of(frame):
        writer.writerow(["" if v is None else exported(v) if isinstance(v, str) else v for v in row])
    return out.getvalue()


def _json(frame: pd.DataFrame, _zone: tzinfo) -> str:
    names = [inert(str(name)) for name in frame.columns]
    rows = [
        {name: inert(v) if isinstance(v, str) else v for name, v in zip(names, row, strict=True)}
        for row in values_of(frame)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False, default=str) + "\n"


def _table(frame: pd.DataFrame, zone: tzinfo) -> str:
    """Columns side by side, figures to the right, by width in terminal cells."""
    frame = _for_people(frame)
    heads, rows = _read_by_people(frame, zone)
    right = [_is_figure(str(name), frame[name]) for name in frame.columns]
    widths = [max(cells(text) for text in column) for column in zip(heads, *rows, strict=True)]
    lines = ("  ".join(_padded(*each) for each in zip(row, widths, right, strict=True)) for row in (heads, *rows))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _markdown(frame: pd.DataFrame, zone: tzinfo) -> str:
    frame = _for_people(frame)
    heads, rows = _read_by_people(frame, zone)
    rule = ["---:" if _is_figure(str(name), frame[name]) else "---" for name in frame.columns]
    lines = ([_in_markdown(text) for text in heads], rule, *([_in_markdown(text) for text in row] for row in rows))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _html(frame: pd.DataFrame, zone: tzinfo) -> str:
    frame = _for_people(frame)
    heads, rows = _read_by_people(frame, zone)
    styles = [' style="text-align: right"' if _is_figure(str(name), frame[name]) else "" for name in frame.columns]

    def line(tag: str, texts: Sequence[str]) -> str:
        row = (f"<{tag}{style}>{html.escape(text)}</{tag}>" for text, style in zip(texts, styles, strict=True))
        return f"<tr>{''.join(row)}</tr>\n"

    body = "".join(line("td", row) for row in rows)
    return f"<table>\n<thead>\n{line('th', heads)}</thead>\n<tbody>\n{body}</tbody>\n</table>\n"


FORMS: Mapping[str, Callable[[pd.DataFrame, tzinfo], str]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "md": _markdown,
    "html": _html,
}


def _read_by_people(frame: pd.DataFrame, zone: tzinfo) -> tuple[list[str], Rows]:
    names = [str(name) for name in frame.columns]
    kinds = [holds(name, frame[column]) for name, column in zip(names, frame.columns, strict=True)]
    rows = [[_said(kind, v, zone) for kind, v in zip(kinds, row, strict=True)] for row in values_of(frame)]
    return [inert(_heading(name)) for name in names], rows


def _heading(name: str) -> str:
    return name.replace("_seconds", "").replace("_", " ")


def _said(kind: Holds, value: Any, zone: tzinfo) -> str:
    if value is None:
        return spoken.NOTHING
    match kind:
        case Holds.TEXT:
            return f"{value:g}" if isinstance(value, float) else inert(str(value))
        case Holds.MOMENT:
            return _moment(value, zone)
        case Holds.DURATION:
            return spoken.duration(float(value))
        case Holds.SHARE:
            return spoken.share(float(value))
        case Holds.TRUTH:
            return _("yes") if value else _("no")
        case Holds.NUMBER:
            return f"{value:g}" if isinstance(value, float) else str(value)
        case _:
            assert_never(kind)


def _moment(value: Any, zone: tzinfo) -> str:
    at = value if isinstance(value, datetime) else datetime.fromtimestamp(float(value), zone)
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _is_figure(name: str, column: "pd.Series[Any]") -> bool:
    return holds(name, column) in (Holds.NUMBER, Holds.DURATION, Holds.SHARE)


def _in_markdown(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _padded(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - cells(text))
    return blanks + text if right else text + blanks
