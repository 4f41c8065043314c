"""The month grid (排班表): a row of dates, and under it a line for each person with one shift code a day.

Rules
- Only what stands in the file is taken: codes mean what the configuration says, blank days say nothing.
- A line without a name, of totals or of notes is nobody's; a line that says one thing in all its cells is a heading.
- What a day says twice for one person is taken once; the second is refused if it says something else.
- A formula without a saved value is refused where it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from floorwatch.api import Document, DocumentFormat, RejectDocument, _, duty, events, sheets
from floorwatch_rosters.codes import Codes
from floorwatch_rosters.grid_days import DayRow, Said, dates_of, day_rows, month_said, weekday_of
from floorwatch_rosters.grid_people import FIELDS, PeopleColumns, is_heading, people_columns
from floorwatch_rosters.shifts import Gathered

_NO_ROSTER = ("打卡", "考勤", "统计时间", "每日统计", "attendance", "punch")
_ROWS_TO_SNIFF = 40
_FEWEST_CELLS = 5  # in a line of a grid; a title and who made it have fewer
_LONGEST_TEAM = 20  # characters: a longer heading is a note


class MonthGridOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`codes`: what hours a code means. `columns`: headings of the columns before the dates, by our field. `sheets`:
    only these. `month`: "2026-04" for a grid that does not say it. `layer`: the grid is of a duty laid over the
    roster, of this name."""

    codes: Mapping[str, str] = {}
    columns: Mapping[str, str] = {}
    sheets: tuple[str, ...] = ()
    month: str = ""
    layer: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError for a code without a meaning, a column that nobody knows, a month that is none."""
        Codes(self.codes)
        sheets.check_columns(self.columns, FIELDS)
        if self.month and None in (month_said([self.month]).year, month_said([self.month]).month):
            raise ValueError(_("month = “{month}” is no month; write it like 2026-04").format(month=self.month))


class MonthGrid(DocumentFormat):
    """A workbook or text table in the shape of a month."""

    name = "month-grid"
    title = "Month grid of shift codes"
    options_type = MonthGridOptions

    def sniff(self, document: Document) -> float:
        """A row of dates, and no word of punches above it."""
        if any(word in name for name in sheets.sheet_names(document.raw) for word in _NO_ROSTER):
            return 0.0
        try:
            heads = sheets.tables_of(document.raw, rows=_ROWS_TO_SNIFF)
        except sheets.SheetError:
            return 0.0
        for sheet in heads:
            for found in day_rows(sheet.rows):
                above = " ".join(sheets.plain(value) for row in sheet.rows[: found.row + 1] for value in row[:10])
                return 0.1 if any(word in above for word in _NO_ROSTER) else 0.9
        return 0.0

    def read(self, document: Document, options: Any) -> events.DocumentRead:
        """All shifts of all grids. Raises RejectDocument when there is no grid, or none that says its month."""
        return _Reading(document, options).read()


class _Grid(Struct, frozen=True):
    """One month: its lines (first, up to), its days and its columns of people."""

    sheet: sheets.Sheet
    lines: range
    by_day: Mapping[date, tuple[int, ...]]
    columns: PeopleColumns
    team: str


class _Reading:
    """One document as it is read."""

    def __init__(self, document: Document, options: MonthGridOptions) -> None:
        self._document = document
        self._options = options
        self._codes = Codes(options.codes)
        self._gathered = Gathered(document)
        self._said: dict[tuple[str, date], str] = {}
        self._made: dict[tuple[str, date], tuple[duty.Shift, ...]] = {}
        self._has_several = False

    def read(self) -> events.DocumentRead:
        wanted = sheets.tables_of(self._document.raw, self._options.sheets)
        self._has_several = len(wanted) > 1
        found = {sheet.name: list(day_rows(sheet.rows)) for sheet in wanted}
        if not any(found.values()):
            raise RejectDocument(self._why_none(wanted))
        for sheet in wanted:
            if not found[sheet.name]:
                self._gathered.remarks.append(_("The sheet “{sheet}” has no row of dates.").format(sheet=sheet.name))
            for grid in self._grids(sheet, found[sheet.name]):
                self._read_grid(grid)
        if not self._gathered.shifts and self._gathered.refused:
            first = self._gathered.refused[0]
            raise RejectDocument(f"{first.where}: {first.why}")
        return self._gathered.reading(MonthGrid.title)

    def _why_none(self, wanted: Sequence[sheets.Sheet]) -> str:
        if any(sheet.unvalued for sheet in wanted):
            return _(
                "No row of dates was found, and there are formulas saved without their values: open the workbook in a"
                " spreadsheet program and save it."
            )
        return _("No row of dates was found: at least seven in neighbouring cells, each a day after the one before.")

    def _grids(self, sheet: sheets.Sheet, found: Sequence[DayRow]) -> Iterator[_Grid]:
        ends = [*(each.row for each in found), len(sheet.rows)][1:]
        for day_row, end in zip(found, ends, strict=False):
            where = self._where(sheet, day_row.row, day_row.columns[0][0])
            dates = dates_of(day_row, self._context(sheet, day_row))
            columns = people_columns(sheet.rows[:end], day_row.row, day_row.columns[0][0], self._options.columns)
            if dates is None:
                self._gathered.refuse(
                    where,
                    _(
                        "The dates have no year or no month: neither the title, nor the sheet's name, nor the file's"
                        " says it. Set `month`."
                    ),
                )
            elif columns is None:
                self._gathered.refuse(where, _("There is no column of names in front of the dates."))
            else:
                days = {column: day for column, day in dates.items() if day is not None}
                lines = range(self._body(sheet, day_row, days), end)
                yield _Grid(sheet, lines, _by_day(days), columns, self._team(sheet))

    def _context(self, sheet: sheets.Sheet, found: DayRow) -> Said:
        """What is said of year and month: by the option, above the dates, by the sheet's name, by the file's."""
        top = found.row
        while top > 0 and not _is_full(sheet.rows[top - 1]):
            top -= 1
        title = [value for row in sheet.rows[top : found.row] for value in row]
        title += sheet.rows[found.row][: found.columns[0][0]]
        return month_said([self._options.month, *title, sheet.name, self._document.name])

    def _team(self, sheet: sheets.Sheet) -> str:
        """The team of a sheet of several: its name, unless that names a month or nothing."""
        said = month_said([sheet.name])
        is_named = self._has_several and said.year is None and said.month is None
        return sheet.name if is_named and not sheet.name.lower().startswith("sheet") else ""

    def _body(self, sheet: sheets.Sheet, found: DayRow, days: Mapping[int, date]) -> int:
        """The first line under the dates and their weekdays; weekdays that are of other dates are remarked on."""
        line = found.row + 1
        while line < len(sheet.rows) and (told := _weekdays(sheet.rows[line], days)):
            column, weekday = next(iter(told.items()))
            if weekday != days[column].weekday():
                self._gathered.remarks.append(
                    _("The weekdays are not those of the dates: {date} is not what {cell} says.").format(
                        date=days[column].isoformat(), cell=self._where(sheet, line, column)
                    )
                )
            line += 1
        return line

    def _read_grid(self, grid: _Grid) -> None:
        team, columns = grid.team, [column for those in grid.by_day.values() for column in those]
        name = grid.columns.places.get("name", grid.columns.places.get("employee", 0))
        for line in grid.lines:
            row = grid.sheet.rows[line]
            who = grid.columns.who(row, team)
            if who is None:
                continue
            if is_heading(row, name, columns):
                team = who.name if len(who.name) <= _LONGEST_TEAM else team
            elif any(row[column] is not None or (line, column) in grid.sheet.unvalued for column in columns):
                self._gathered.rows += 1
                self._gathered.people.setdefault(who.key, who)
                self._read_line(grid, line, who.key)

    def _read_line(self, grid: _Grid, line: int, agent: str) -> None:
        row = grid.sheet.rows[line]
        for day, columns in grid.by_day.items():
            where = self._where(grid.sheet, line, columns[0])
            if any((line, column) in grid.sheet.unvalued for column in columns):
                self._gathered.refuse(
                    where,
                    _("a formula saved without its value: open the workbook in a spreadsheet program and save it"),
                )
                continue
            said = [sheets.plain(row[column]) for column in columns]
            cell = said[0] if len(said) == 1 else " / ".join(dict.fromkeys(filter(None, said)))
            if not cell:
                continue
            if (earlier := self._said.get((agent, day))) is None:
                self._said[agent, day] = cell
                for shift in self._shifts(cell, day):
                    self._gathered.add(shift, agent)
            elif earlier != cell:
                self._gathered.refuse(where, _("this day of this person is already told, and otherwise"), cell)

    def _shifts(self, cell: str, day: date) -> tuple[duty.Shift, ...]:
        """What a cell means on this day, for nobody yet; kept, for a day has few codes and many people."""
        known = self._made.get((cell, day))
        if known is None:
            found = self._gathered.of_codes(self._codes, cell, day, self._options.layer)
            known = self._made[cell, day] = tuple(found)
        return known

    def _where(self, sheet: sheets.Sheet, row: int, column: int) -> str:
        cell = sheets.cell_name(row, column)
        return f"{sheet.name}!{cell}" if self._has_several else cell


def _weekdays(row: Sequence[sheets.Value], days: Mapping[int, date]) -> Mapping[int, int]:
    """The weekdays in a line, by column; none unless most of it is weekdays in their order: 日 may be a code too."""
    told = {column: weekday for column in days if (weekday := weekday_of(row[column])) is not None}
    steps = {(weekday - days[column].weekday()) % 7 for column, weekday in told.items()}
    return told if len(steps) == 1 and len(told) * 2 > len(days) else {}


def _is_full(row: Sequence[sheets.Value]) -> bool:
    """Whether a line is one of a grid, and no title above the next: several cells, and not of one merged range."""
    filled = [value for value in row if value is not None]
    return len(filled) >= _FEWEST_CELLS and len(set(filled)) > 1


def _by_day(days: Mapping[int, date]) -> Mapping[date, tuple[int, ...]]:
    """The columns of each date that there is: one, or two for a day of halves."""
    found: dict[date, tuple[int, ...]] = {}
    for column, day in days.items():
        found[day] = (*found.get(day, ()), column)
    return found
