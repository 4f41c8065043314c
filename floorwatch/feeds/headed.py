"""Tables with a line of headings: which column is which of our fields, by names that people give their columns.

Rules
- Headings are compared without their blanks, underscores, widths and capitals.
- The table may begin below a title; a line of headings that comes again (files joined) is none of its rows.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from msgspec import Struct

from floorwatch.feeds.cells import Value, plain
from floorwatch.text import folded
from floorwatch.words import _

_WHO = {
    "name": "name agent agent_name member employee_name 姓名 名字 员工 員工 员工姓名 員工姓名 人员 人員 坐席 坐席姓名"
    " 座席 座席姓名 客服 值班人 值班人员",
    "employee": "employee employee_number employee_no employee_id number no id 工号 工號 员工号 員工號 员工编号"
    " 员工工号 坐席工号 座席工号",
    "account": "account login user user_id 账号 賬號 帐号 帳號",
    "pin": "pin 考勤号 考勤号码 考勤編號 打卡号 登记号码 登記號碼",
    "team": "team group department 班组 班組 组别 組別 小组 小組 团队 團隊 部门 部門 组 組",
}
WHO_HEADINGS: Mapping[str, Sequence[str]] = {field: words.split() for field, words in _WHO.items()}
"""What people call the columns that say who somebody is."""

_ROWS_OF_TITLE = 50


class Headed(Struct, frozen=True):
    """A table under its headings: `row` is the line of headings, `places` the column of each field."""

    row: int
    places: Mapping[str, int]
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]

    def entries(self) -> Iterator[tuple[int, Mapping[str, Value]]]:
        """(row, the cells of it by field) of every row that says anything."""
        for number in range(self.row + 1, len(self.rows)):
            row = self.rows[number]
            found = {field: row[place] for field, place in self.places.items() if row[place] is not None}
            if found and any(heading_of(row[place]) != self.headings[place] for place in self.places.values()):
                yield number, found


def check_columns(columns: Mapping[str, str], fields: Sequence[str]) -> None:
    """Raises ValueError for a field in the option `columns` that a format does not have."""
    for field in columns:
        if field not in fields:
            said = _("columns.{field} is no field of this table; there are {fields}")
            raise ValueError(said.format(field=field, fields=", ".join(fields)))


def heading_of(value: Value) -> str:
    """A cell as headings are compared."""
    return folded(plain(value)).replace(" ", "").replace("_", "").replace("\n", "").rstrip(":*")


def headed(
    rows: Sequence[Sequence[Value]],
    names: Mapping[str, Sequence[str]],
    suffices: Callable[[Container[str]], bool],
) -> Headed | None:
    """The table of which a line of headings names enough fields, by the `names` of each; None: there is none."""
    by_heading = {heading_of(name): field for field, those in reversed(list(names.items())) for name in those}
    for number, row in enumerate(rows[:_ROWS_OF_TITLE]):
        headings = [heading_of(value) for value in row]
        places: dict[str, int] = {}
        for place, heading in enumerate(headings):
            if heading and (field := by_heading.get(heading)) is not None:
                places.setdefault(field, place)
        if suffices(places):
            return Headed(row=number, places=places, headings=headings, rows=rows)
    return None
