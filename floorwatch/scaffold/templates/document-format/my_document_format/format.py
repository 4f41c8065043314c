"""A roster as a table: a row a person and day, with the columns date, who, from, to.

date,who,from,to
2026-03-10,1009,09:00,17:00
2026-03-11,1009,22:00,06:00
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from floorwatch.api import Document, DocumentFormat, RejectDocument, _, duty, events, sheets

COLUMNS = ["date", "who", "from", "to"]


class MyDocumentFormat(DocumentFormat):
    """The format by its name, how it is recognised, and how it is read."""

    name = "my-document-format"
    title = "My document format"

    def sniff(self, document: Document) -> float:
        """Sure of our columns, and of nothing else."""
        return 0.9 if document.raw[:200].strip().startswith(",".join(COLUMNS).encode()) else 0.0

    def read(self, document: Document, options: Any) -> events.DocumentRead:
        """All that it says. Raises RejectDocument."""
        head, rows = table_in(document)
        if head != COLUMNS:
            raise RejectDocument(_("its first line must be {columns}").format(columns=",".join(COLUMNS)))
        found = [shift_or_why(document, number, row) for number, row in rows]
        shifts = [each for each in found if isinstance(each, duty.Shift)]
        dates = sorted(shift.date for shift in shifts)
        return events.DocumentRead(
            document.read_at,
            document=document.name,
            title=_("roster"),
            period=(dates[0], dates[-1]) if dates else None,
            rows=len(found),
            people=tuple(duty.Who(key) for key in dict.fromkeys(shift.agent for shift in shifts)),
            shifts=tuple(shifts),
            refused=tuple(each for each in found if isinstance(each, duty.Refusal)),
        )


def table_in(document: Document) -> tuple[Sequence[str], Iterator[tuple[int, Sequence[str]]]]:
    """The first row, and the others that are not empty with their numbers. Raises SheetError for what is no text."""
    sheet = sheets.table_of(sheets.text_of(document.raw))
    rows = [[sheets.plain(value).strip() for value in row] for row in sheet.rows]
    return (rows or [[]])[0], ((number, row) for number, row in enumerate(rows[1:], 2) if any(row))


def shift_or_why(document: Document, number: int, row: Sequence[str]) -> duty.Shift | duty.Refusal:
    """The shift of a row, or why there is none."""
    date, who, start, end = row
    try:
        begins, ends = (datetime.fromisoformat(f"{date} {time}") for time in (start, end))
    except ValueError:
        return duty.Refusal(_("row {n}").format(n=number), _("no date, or no times"), ",".join(row))
    if ends <= begins:  # over midnight
        ends += timedelta(days=1)
    zone = document.days.zone
    stint = duty.Stint(begins.replace(tzinfo=zone).timestamp(), ends.replace(tzinfo=zone).timestamp())
    return duty.Shift(f"{date} {who}", who, date, stints=(stint,))
