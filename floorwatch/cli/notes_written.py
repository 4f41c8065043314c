"""Notes as CSV, JSON or Markdown: all that they say, for whoever reads them elsewhere."""

from collections.abc import Sequence

from floorwatch.cli.written import FORMS
from floorwatch.engine.notes_given import ROW_NAMES, Row

__all__ = ["FORMS", "written"]

ON_A_PAGE = ("at", "kind", "seat", "agent", "name", "tag", "text", "follow_up", "by")


def written(rows: Sequence[Row], form: str) -> str:
    """The rows in one of `FORMS`, ending in a line end."""
    return FORMS[form](rows, ROW_NAMES, ON_A_PAGE)
