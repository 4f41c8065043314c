"""Who the lines of a month grid are: the columns in front of the dates, and which lines are nobody's."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from floorwatch.api import duty, folded, sheets

FIELDS = tuple(sheets.WHO_HEADINGS)
"""What columns in front of the dates may say."""

_NOBODY = re.compile(
    r"合计|合計|总计|總計|小计|小計|人数|人數|备注|備註|说明|說明|制表|审核|審核|班次|时间段|注[::]|total|sum\b|count\b|note|remark|headcount|legend"
)


class PeopleColumns(Struct, frozen=True):
    """Which column says what of a person."""

    places: Mapping[str, int]

    def who(self, row: Sequence[sheets.Value], team: str) -> duty.Who | None:
        """Whom a line is about; None for nobody: no name and no number, or totals and notes."""
        said = {field: sheets.plain(row[place]).replace("\n", " ") for field, place in self.places.items()}
        name, employee = said.get("name", ""), said.get("employee", "")
        if not (name or employee) or _NOBODY.search(folded(name or employee)):
            return None
        account, pin = said.get("account", ""), said.get("pin", "")
        if not any((employee, account, pin)):
            return duty.Who(key=name, name=name, team=said.get("team") or team)
        key = employee or account or pin
        return duty.Who(key, name, employee, account, pin, said.get("team") or team)


def people_columns(
    rows: Sequence[Sequence[sheets.Value]], header: int, first_day: int, named: Mapping[str, str]
) -> PeopleColumns | None:
    """The columns before the dates, by their headings around the row of dates (`named` are the configuration's); where
    there are none, the name is in the last column with words in it. None when there is no such column."""
    headings = {sheets.heading_of(name): field for field, names in sheets.WHO_HEADINGS.items() for name in names}
    headings |= {sheets.heading_of(name): field for field, name in named.items()}
    places: dict[str, int] = {}
    for number in (header, header + 1, header + 2, header - 1):
        if 0 <= number < len(rows):
            for place, value in enumerate(rows[number][:first_day]):
                if (field := headings.get(sheets.heading_of(value))) is not None:
                    places.setdefault(field, place)
    if "name" in places or "employee" in places:
        return PeopleColumns(places)
    for place in reversed(range(first_day)):
        below = [row[place] for row in rows[header + 1 :] if row[place] is not None]
        if any(isinstance(value, str) and not sheets.plain(value).isdigit() for value in below):
            return PeopleColumns({**places, "name": place})
    return None


def is_heading(row: Sequence[sheets.Value], name: int, days: Sequence[int]) -> bool:
    """Whether a line says one thing from the name to the last day: a merged heading or note."""
    return row[name] is not None and all(row[column] == row[name] for column in days)
