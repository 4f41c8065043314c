"""Notes as CSV, JSON or Markdown: all that they say, for whoever reads them elsewhere.

Rules
- In CSV nothing is a formula to a spreadsheet. In Markdown nothing ends a cell, and only what fits on a page stands.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence

from floorwatch.engine.notes_given import ROW_NAMES, Row
from floorwatch.text import LONGEST, exported

ON_A_PAGE = ("at", "kind", "seat", "agent", "name", "tag", "text", "follow_up", "by")


def written(rows: Sequence[Row], form: str) -> str:
    """The rows in one of `FORMS`, ending in a line end."""
    return FORMS[form](rows)


def _csv(rows: Sequence[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ROW_NAMES)
    writer.writerows([_harmless(row[name] or "") for name in ROW_NAMES] for row in rows)
    return out.getvalue()


def _json(rows: Sequence[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _markdown(rows: Sequence[Row]) -> str:
    lines = [
        ON_A_PAGE,
        ["---"] * len(ON_A_PAGE),
        *([_in_markdown(row[name] or "") for name in ON_A_PAGE] for row in rows),
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


FORMS: Mapping[str, Callable[[Sequence[Row]], str]] = {"csv": _csv, "json": _json, "md": _markdown}


def _harmless(text: str) -> str:
    """No formula, however long it is: what makes it one stands at its beginning."""
    return exported(text[:LONGEST]) + text[LONGEST:]


def _in_markdown(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
