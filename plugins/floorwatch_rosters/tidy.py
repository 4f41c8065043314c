"""A tidy roster: a table with a line for each stretch of somebody's day, as CSV or XLSX.

Rules
- A line says who, from when, until when, and what for; or who, which day, and a code. Lines of one person and one day
  and layer are one shift.
- Times are moments, or times of day with a date in its own column. An end that is not after its start is of the next
  day.
- A line within another one (a lunch in a shift) is cut out of it; other hours that overlap are refused, and the rest
  stays.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.api import Document, DocumentFormat, RejectDocument, _, duty, events, sheets
from floorwatch_rosters.codes import Codes, activity_of
from floorwatch_rosters.shifts import Gathered

_ROWS_TO_SNIFF = 60
_LONGEST_STRETCH_SECONDS = 36 * 3600
_LONGEST_SHIFT_SECONDS, _LONGEST_GAP_SECONDS = 16 * 3600, 2 * 3600
_HEADINGS: Mapping[str, str] = {
    "agent": "agent agent_name member 坐席 坐席姓名 座席 座席姓名 人员 人員 员工 員工 客服 值班人 值班人员",
    "date": "date day shift_date 日期 排班日期 值班日期 班次日期",
    "start": "start starts start_time start_at from begin shift_start 开始 開始 开始时间 開始時間 上班时间 上班時間",
    "end": "end ends end_time end_at to until shift_end 结束 結束 结束时间 結束時間 下班时间 下班時間 截止时间",
    "activity": "activity activity_type work 活动 活動 活动类型 工作内容 工作內容",
    "queue": "queue skill 队列 佇列 技能组 技能組",
    "layer": "layer duty 值班类型 值班類型 职责",
    "code": "code shift shift_code 班次 班次代码 班次名称 代码 班别",
}
_OF_CALLS = (
    "call callid call_id uniqueid caller callerid caller_id disposition talk talk_seconds wait wait_seconds hold"
    " answered abandoned duration duration_seconds 主叫 被叫 主叫号码 通话时长 通话時長 来电号码 打卡 打卡时间"
    " 打卡結果 打卡结果"
)
_OF_PUNCHES_TOO = frozenset({"上班时间", "上班時間", "下班时间", "下班時間"})
_SHEETS_OF_PUNCHES = ("打卡", "考勤", "每日统计")
FIELDS = ("agent", *sheets.WHO_HEADINGS, *(field for field in _HEADINGS if field != "agent"))
"""What columns may say."""


class RosterTableOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`columns`: the heading of each field. `codes`: what hours a code means. `layer` and `activity`: of all lines that
    do not say theirs. `sheets`: only these."""

    columns: Mapping[str, str] = {}
    codes: Mapping[str, str] = {}
    layer: str = ""
    activity: duty.Activity = duty.Activity.PHONES
    sheets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for a code without a meaning, and for a column that nobody knows."""
        Codes(self.codes)
        sheets.check_columns(self.columns, FIELDS)


class RosterTable(DocumentFormat):
    """A table of stretches."""

    name = "roster-table"
    title = "Roster table"
    options_type = RosterTableOptions

    def sniff(self, document: Document) -> float:
        """Its headings, and none of calls or punches. Without one that only rosters have, or times of day beside a
        date, it stays in doubt."""
        if any(word in name for name in sheets.sheet_names(document.raw) for word in _SHEETS_OF_PUNCHES):
            return 0.0
        try:
            tables = sheets.tables_of(document.raw, rows=_ROWS_TO_SNIFF)
        except sheets.SheetError:
            return 0.0
        found = next((table for sheet in tables if (table := _table(sheet, {}))), None)
        if found is None or {sheets.heading_of(word) for word in _OF_CALLS.split()} & set(found.headings):
            return 0.0
        return 0.9 if found.places.keys() & {"activity", "layer", "code"} or _is_planned(found) else 0.4

    def read(self, document: Document, options: Any) -> events.DocumentRead:
        """All shifts of all tables. Raises RejectDocument when no line of headings names who and when."""
        wanted = sheets.tables_of(document.raw, options.sheets)
        tables = [(sheet, table) for sheet in wanted if (table := _table(sheet, options.columns)) is not None]
        if not tables:
            raise RejectDocument(
                _(
                    "No line of headings says who and when: agent, start and end, or agent, date and code. Map"
                    " `columns`."
                )
            )
        reading = _Reading(document, options)
        for sheet, table in tables:
            reading.read_table(table, sheet.name if len(tables) > 1 else "")
        return reading.finished()


def _suffices(there: Container[str]) -> bool:
    is_person = any(field in there for field in ("agent", "name", "employee", "account", "pin"))
    return is_person and (("start" in there and "end" in there) or ("date" in there and "code" in there))


def _table(sheet: sheets.Sheet, columns: Mapping[str, str]) -> sheets.Headed | None:
    names: dict[str, Sequence[str]] = {field: words.split() for field, words in _HEADINGS.items()}
    names |= sheets.WHO_HEADINGS
    names["name"] = [word for word in sheets.WHO_HEADINGS["name"] if word not in names["agent"]]
    return sheets.headed(sheet.rows, {**names, **{field: [name] for field, name in columns.items()}}, _suffices)


def _is_planned(table: sheets.Headed) -> bool:
    """Whether its first line has times of day beside a date, under headings that no sheet of punches has."""
    cells = next((cells for _number, cells in table.entries()), {})
    is_dated = sheets.date_of(cells.get("date")) is not None
    hours = [sheets.clock_of(cells.get(field)) for field in ("start", "end")]
    return is_dated and None not in hours and _OF_PUNCHES_TOO.isdisjoint(table.headings)


class _Line(Struct, frozen=True):
    """The hours of one line. `date` is the day that its own column puts it under."""

    where: str
    stint: duty.Stint
    date: str | None
    code: str
    queue: str | None


class _Reading:
    """One document as it is read."""

    def __init__(self, document: Document, options: RosterTableOptions) -> None:
        self._options = options
        self._codes = Codes(options.codes)
        self._gathered = Gathered(document)
        self._zone = document.days.zone
        self._lines: dict[tuple[str, str], list[_Line]] = {}

    def read_table(self, table: sheets.Headed, sheet: str) -> None:
        """All lines of a table."""
        for number, cells in table.entries():
            self._gathered.rows += 1
            where = _("row {n}").format(n=number + 1)
            where = f"{sheet}: {where}" if sheet else where
            try:
                self._read_line(where, cells)
            except ValueError as error:
                self._gathered.refuse(where, str(error), " ".join(map(sheets.plain, cells.values())))

    def finished(self) -> events.DocumentRead:
        """The lines of each day put together."""
        for (agent, layer), lines in self._lines.items():
            for day, those in self._by_day(lines):
                queues = {line.queue for line in those}
                shift = duty.Shift(
                    id="",
                    agent=agent,
                    date=day,
                    code="/".join(dict.fromkeys(line.code for line in those if line.code)),
                    stints=tuple(line.stint for line in those),
                    layer=layer,
                    queue=queues.pop() if len(queues) == 1 else None,
                )
                self._gathered.add(shift, agent)
        return self._gathered.reading(RosterTable.title)

    def _by_day(self, lines: Sequence[_Line]) -> Iterator[tuple[str, list[_Line]]]:
        """The lines of a person in order, by their day. One within another is cut out of it; what else overlaps is
        refused."""
        found: dict[str, list[_Line]] = {}
        day = ""
        for line in sorted(lines, key=lambda each: (each.stint.start, -each.stint.end)):
            shift = found.get(day, [])
            around = next((each for each in shift if _overlap(each.stint, line.stint)), None)
            if around is None:
                goes_on = bool(shift) and line.date is None and self._goes_on(shift, line.stint)
                day = line.date or (day if goes_on else self._gathered.date_of(line.stint.start))
                found.setdefault(day, []).append(line)
            elif around.stint.end >= line.stint.end and around.stint.activity is not line.stint.activity:
                place = shift.index(around)
                shift[place : place + 1] = _cut(around, line)
            elif around.stint != line.stint:
                self._gathered.refuse(line.where, _("its hours overlap with those of another line of this person"))
        yield from found.items()

    def _goes_on(self, shift: Sequence[_Line], stint: duty.Stint) -> bool:
        """Whether the stint belongs to the shift before it, a night that was written in two parts."""
        gap, whole = stint.start - shift[-1].stint.end, stint.end - shift[0].stint.start
        return gap <= _LONGEST_GAP_SECONDS and whole <= _LONGEST_SHIFT_SECONDS

    def _read_line(self, where: str, cells: Mapping[str, sheets.Value]) -> None:
        """Raises ValueError with why the line cannot be used."""
        said = {field: sheets.plain(value) for field, value in cells.items()}
        who, day = _who(said), _date(cells.get("date"))
        layer = said.get("layer") or self._options.layer
        if "start" in cells and "end" in cells:
            start, end = _hours(cells["start"], cells["end"], day, self._zone)
            if not self._is_leave(who, start, end, said.get("activity", "")):
                dated = None if day is None else self._gathered.date_of(start, day)
                stint = duty.Stint(start, end, self._activity(said.get("activity", "")))
                line = _Line(where, stint, dated, said.get("code", ""), said.get("queue"))
                self._lines.setdefault((who.key, layer), []).append(line)
        elif day is None or "code" not in said:
            raise ValueError(_("there are neither a start and an end, nor a date and a code"))
        else:
            for shift in self._gathered.of_codes(self._codes, said["code"], day, layer):
                self._gathered.add(shift, who.key)
        self._gathered.people.setdefault(who.key, who)

    def _is_leave(self, who: duty.Who, start: float, end: float, word: str) -> bool:
        """Whether the line is of leave; it is noted as such."""
        if word and activity_of(word) is None:
            told = self._codes.read(word)
            if all(meaning.kind is duty.ShiftKind.LEAVE for _code, meaning in told):
                name = f"{self._gathered.document.name}/{who.key}/{start:.0f}"
                self._gathered.leaves.append(duty.Leave(name, who.key, start, end, word=word))
                return True
        return False

    def _activity(self, word: str) -> duty.Activity:
        found = activity_of(word) if word else self._options.activity
        if found is None:
            raise ValueError(
                _("“{word}” is no activity; there are {activities}").format(
                    word=word, activities=", ".join(duty.Activity)
                )
            )
        return found


def _overlap(one: duty.Stint, other: duty.Stint) -> bool:
    return one.start < other.end and other.start < one.end


def _cut(around: _Line, within: _Line) -> Iterator[_Line]:
    """The line with another one cut out of it, in order: what is left before, the other, what is left behind."""
    whole, inner = around.stint, within.stint
    if whole.start < inner.start:
        yield replace(around, stint=duty.Stint(whole.start, inner.start, whole.activity))
    yield within
    if inner.end < whole.end:
        yield replace(around, stint=duty.Stint(inner.end, whole.end, whole.activity))


def _who(said: Mapping[str, str]) -> duty.Who:
    agent = said.get("agent", "")
    known = {field: said[field] for field in sheets.WHO_HEADINGS if field in said}
    key = known.get("employee") or known.get("account") or known.get("pin") or agent or known.get("name")
    if not key:
        raise ValueError(_("nobody is named"))
    if not known.keys() - {"team"}:  # a word that may be a name or a number: the people file decides
        return duty.Who(key, team=known.get("team", ""))
    return duty.Who(key, **{"name": agent, **known})


def _date(value: sheets.Value) -> date | None:
    if value is None:
        return None
    day = sheets.date_of(value)
    if day is None:
        raise ValueError(_("“{text}” is no date like 2026-11-22").format(text=sheets.plain(value)))
    return day


def _hours(start: sheets.Value, end: sheets.Value, day: date | None, zone: tzinfo) -> tuple[float, float]:
    """From, up to. Raises ValueError."""
    begin = _moment(start, day, zone)
    finish = sheets.moment_of(end, zone) if isinstance(end, str | date) else None
    if finish is None:
        clock = sheets.clock_of(end)
        if clock is None:
            finish = _moment(end, None, zone)
        else:
            own = day or datetime.fromtimestamp(begin, zone).date()
            finish = sheets.epoch_of(own, clock, zone)
            if finish <= begin:
                finish = sheets.epoch_of(own, clock + timedelta(days=1), zone)
    if not begin < finish <= begin + _LONGEST_STRETCH_SECONDS:
        raise ValueError(
            _("it ends before it starts, or lasts longer than {n} hours").format(n=_LONGEST_STRETCH_SECONDS // 3600)
        )
    return begin, finish


def _moment(value: sheets.Value, day: date | None, zone: tzinfo) -> float:
    clock = sheets.clock_of(value) if day is not None and not isinstance(value, datetime) else None
    if day is not None and clock is not None:
        return sheets.epoch_of(day, clock, zone)
    at = sheets.moment_of(value, zone)
    if at is None:
        raise ValueError(_("“{text}” is no time like 2026-11-22 08:30").format(text=sheets.plain(value)))
    return at
