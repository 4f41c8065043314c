"""The kinds of documents that it reads."""

from collections.abc import Sequence

from floorwatch.api import DocumentFormat
from floorwatch_rosters.calendar_file import CalendarFile
from floorwatch_rosters.month_grid import MonthGrid
from floorwatch_rosters.tidy import RosterTable


def formats() -> Sequence[DocumentFormat]:
    """The kinds of documents that it reads."""
    return [MonthGrid(), RosterTable(), CalendarFile()]
