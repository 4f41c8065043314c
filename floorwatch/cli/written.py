"""Rows as CSV, JSON or Markdown, for whoever reads them elsewhere.

Rules
- In CSV nothing is a formula to a spreadsheet. In Markdown nothing ends a cell, and only what fits on a page stands.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Protocol

from floorwatch.text import LONGEST, exported


class Write(Protocol):
    """Rows that hold these names, in this order, as text that ends in a line end; of them `on_a_page` for people."""

    def __call__(self, rows: Sequence[Mapping[str, str | None]], names: Sequence[str], on_a_page: Sequence[str]) -> str:
        """The text."""
        ...


def _csv(rows: Sequence[Mapping[str, str | None]], names: Sequence[str], on_a_page: Sequence[str]) -> str:  # noqa: ARG001  # all of it
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_harmless(row[name] or "") for name in names] for row in rows)
    return out.getvalue()


def _json(rows: Sequence[Mapping[str, str | None]], names: Sequence[str], on_a_page: Sequence[str]) -> str:  # noqa: ARG001  # all of it
    return json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"


def _markdown(rows: Sequence[Mapping[str, str | None]], names: Sequence[str], on_a_page: Sequence[str]) -> str:  # noqa: ARG001  # what fits
    lines = [
        on_a_page,
        ["---"] * len(on_a_page),
        *([_in_markdown(row[name] or "") for name in on_a_page] for row in rows),
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


FORMS: Mapping[str, Write] = {"csv": _csv, "json": _json, "md": _markdown}


def _harmless(text: str) -> str:
    """No formula, however long it is: what makes it one stands at its beginning."""
    return exported(text[:LONGEST]) + text[LONGEST:]


def _in_markdown(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
