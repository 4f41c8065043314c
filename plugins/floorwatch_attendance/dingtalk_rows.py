"""The rows of DingTalk's sheets 每日统计 and 原始记录, gathered into one reading.

Rules
- A punch that the sheet itself calls void (打卡无效) is refused, and counted; one that was approved afterwards (补卡)
  is a punch. One punch said twice is one.
- A person is known by their UserId. A day is that of 日期; workDate, its midnight in milliseconds, says in which zone
  the sheet was written, and the clock times of the sheet are read in that zone.
- Results are kept as the sheet words them, beside our own; nothing is counted from them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from floorwatch.api import Document, _, duty, events, sheets
from floorwatch_attendance.dingtalk_cells import Meaning, Request, meaning_of, requests_of

DAILY, RAW = "每日统计", "原始记录"
_VOID, _CORRECTED = "打卡无效", "补卡"
_WAYS = [(f"{way}{n}", f"{word}{n}") for n in "123" for way, word in (("in", "上班"), ("out", "下班"))]
_TOLD = (("time", "时间"), ("result", "结果"))
_WHO: Mapping[str, Sequence[str]] = {
    "name": ["姓名"],
    "employee": ["工号"],
    "account": ["UserId"],
    "team": ["部门"],
}
_OF_DAY: Mapping[str, Sequence[str]] = {
    **_WHO,
    "day": ["日期"],
    "midnight": ["workDate"],
    "shift": ["班次"],
    "requests": ["关联的审批单"],
    **{f"{way} {what}": [f"{word}打卡{name}"] for way, word in _WAYS for what, name in _TOLD},
}
_OF_RAW: Mapping[str, Sequence[str]] = {
    **_WHO,
    "day": ["考勤日期"],
    "at": ["打卡时间"],
    "result": ["打卡结果"],
    "device": ["打卡设备"],
}
_WIDEST_ZONE = dt.timedelta(hours=14)

Cells = Mapping[str, sheets.Value]


def daily_table(sheet: sheets.Sheet | None) -> sheets.Headed | None:
    """每日统计 under its headings."""
    return (
        None if sheet is None else sheets.headed(sheet.rows, _OF_DAY, lambda there: "day" in there and "shift" in there)
    )


def raw_table(sheet: sheets.Sheet | None) -> sheets.Headed | None:
    """原始记录 under its headings."""
    return (
        None if sheet is None else sheets.headed(sheet.rows, _OF_RAW, lambda there: "at" in there and "result" in there)
    )


class Rows:
    """One pass over a report: what was found so far; in the end it is one reading."""

    def __init__(self, document: Document, breaks: Mapping[str, str]) -> None:
        self.remarks: list[str] = []
        self._document = document
        self._breaks = breaks
        self._zone: dt.tzinfo = document.days.zone
        self._people: dict[str, duty.Who] = {}
        self._shifts: list[duty.Shift] = []
        self._leaves: dict[str, duty.Leave] = {}
        self._punches: dict[tuple[str, float], duty.Punch] = {}
        self._approvals: dict[duty.Approval, None] = {}
        self._stated: dict[tuple[str, str], duty.Stated] = {}
        self._refused: list[duty.Refusal] = []
        self._unknown: Counter[str] = Counter()
        self._days: set[tuple[str, str]] = set()
        self._meanings: dict[str, Meaning | None] = {}
        # A report says the same few thousand things of everybody: each is worked out once.
        self._named: dict[tuple[sheets.Value, ...], duty.Who] = {}
        self._dates: dict[sheets.Value, dt.date | None] = {}
        self._moments: dict[sheets.Value, float | None] = {}
        self._clocks: dict[sheets.Value, dt.timedelta | None] = {}
        self._instants: dict[tuple[dt.date, dt.timedelta], float] = {}
        self._stints: dict[tuple[str, dt.date], tuple[duty.Stint, ...]] = {}
        self._rows = 0

    def read_daily(
        self, table: sheets.Headed, unvalued: Collection[tuple[int, int]], *, with_shifts: bool, with_punches: bool
    ) -> None:
        """Every row of 每日统计."""
        self._note_formulas(DAILY, table, unvalued)
        self._learn_zone(table)
        for number, cells in table.entries():
            at = _Place(DAILY, table, number)
            who, day = self._who(at, cells), self._day(at, cells)
            if who is None or day is None:
                continue
            date = day.isoformat()
            if (who.key, date) in self._days:
                self._refuse(at.row, _("this person and day stand in an earlier row"), f"{who.name} {date}")
                continue
            self._days.add((who.key, date))
            self._rows += 1
            if with_shifts:
                self._read_shift(who.key, day, cells)
            self._read_requests(at, who.key, day, cells)
            self._read_results(at, who.key, day, cells, with_punches=with_punches)

    def read_raw(self, table: sheets.Headed, unvalued: Collection[tuple[int, int]]) -> None:
        """Every row of 原始记录."""
        self._note_formulas(RAW, table, unvalued)
        for number, cells in table.entries():
            at = _Place(RAW, table, number)
            who = self._who(at, cells)
            result = sheets.plain(cells.get("result"))
            if who is None:
                continue
            if result.startswith(_VOID):
                self._refuse(at.row, _("the sheet calls this punch void (打卡无效)"), result)
                continue
            self._rows += 1
            if cells.get("at") is not None:  # a row without one says that somebody did not punch
                self._read_punch(at, who.key, cells, is_corrected=_CORRECTED in result)

    def reading(self, title: str, period: tuple[str, str] | None) -> events.DocumentRead:
        """All of it; the period is that of the dates, unless the document says one."""
        dates = [date for _who, date in self._days] + [p.date for p in self._punches.values() if p.date is not None]
        return events.DocumentRead(
            at=self._document.read_at,
            document=self._document.name,
            title=title,
            period=period or ((min(dates), max(dates)) if dates else None),
            rows=self._rows,
            people=tuple(self._people.values()),
            shifts=tuple(self._shifts),
            leaves=tuple(self._leaves.values()),
            punches=tuple(sorted(self._punches.values(), key=lambda punch: (punch.agent, punch.at))),
            approvals=tuple(self._approvals),
            stated=tuple(self._stated.values()),
            refused=tuple(self._refused),
            unknown_codes=dict(self._unknown.most_common()),
            remarks=tuple(self.remarks),
        )

    # --- what a row says ---

    def _who(self, at: "_Place", cells: Cells) -> duty.Who | None:
        named = tuple(cells.get(field) for field in _WHO)
        who = self._named.get(named)
        if who is None:
            said = {field: sheets.plain(value) for field, value in zip(_WHO, named, strict=True)}
            key = said["account"] or said["employee"] or said["name"]
            if not key:
                self._refuse(at.row, _("nobody is named"))
                return None
            who = self._named[named] = self._people.setdefault(key, duty.Who(key, **said))
        return who

    def _day(self, at: "_Place", cells: Cells) -> dt.date | None:
        day = self._date(cells.get("day"))
        if day is None:
            self._refuse(at.cell("day"), _("this is no date"), sheets.plain(cells.get("day")))
            return None
        midnight = self._moment(cells["midnight"]) if cells.get("midnight") is not None else None
        if midnight is not None and midnight != self._at(day, dt.timedelta()):
            self._refuse(at.cell("midnight"), _("workDate is another day than 日期"), sheets.plain(cells["midnight"]))
            return None
        return day

    def _read_shift(self, key: str, day: dt.date, cells: Cells) -> None:
        code = sheets.plain(cells.get("shift"))
        if code not in self._meanings:
            self._meanings[code] = meaning_of(code, self._breaks)
        meaning = self._meanings[code]
        if meaning is None:
            return
        if meaning.kind is duty.ShiftKind.UNKNOWN:
            self._unknown[code] += 1
        if (code, day) not in self._stints:
            self._stints[code, day] = meaning.stints(day, self._zone)
        date, stints = day.isoformat(), self._stints[code, day]
        self._shifts.append(duty.Shift(f"{self._document.name}/{key}/{date}", key, date, meaning.kind, code, stints))

    def _read_requests(self, at: "_Place", key: str, day: dt.date, cells: Cells) -> None:
        said = sheets.plain(cells.get("requests"))
        for request in requests_of(said, day, self._zone) if said else ():
            if not isinstance(request, Request):
                self._refuse(at.cell("requests"), _("this is no request that is known here"), request)
            elif request.approval is not None:
                approval = duty.Approval(key, request.start, request.end, request.approval, request.word)
                self._approvals[approval] = None
            else:
                leave = f"{key}/{request.kind}/{request.start:.0f}"
                self._leaves[leave] = duty.Leave(
                    leave, key, request.start, request.end, request.kind, request.word, source=self._document.name
                )

    def _read_results(self, at: "_Place", key: str, day: dt.date, cells: Cells, *, with_punches: bool) -> None:
        results = []
        for way, _word in _WAYS:
            time, result = cells.get(f"{way} time"), sheets.plain(cells.get(f"{way} result"))
            if time is None and not result:
                continue
            results.append(("in" if way.startswith("in") else "out", sheets.plain(time), result))
            clock = self._clock(time) if time is not None else None
            if clock is not None and with_punches:
                self._add(key, self._at(day, clock), day, "", is_corrected=_CORRECTED in result)
            elif time is not None and clock is None:
                self._refuse(at.cell(f"{way} time"), _("this is no time of day"), sheets.plain(time))
        if results:
            date = day.isoformat()
            self._stated[key, date] = duty.Stated(key, date, sheets.plain(cells.get("shift")), tuple(results))

    def _read_punch(self, at: "_Place", key: str, cells: Cells, *, is_corrected: bool) -> None:
        moment = self._moment(cells["at"])
        if moment is None:
            self._refuse(at.cell("at"), _("this is no date and time"), sheets.plain(cells["at"]))
            return
        day = self._date(cells.get("day"))
        if day is None and cells.get("day") is not None:
            self._refuse(at.cell("day"), _("this is no date"), sheets.plain(cells["day"]))
            return
        if not self._add(key, moment, day, sheets.plain(cells.get("device")), is_corrected=is_corrected):
            self._refuse(at.row, _("this punch stands in an earlier row"), sheets.plain(cells["at"]))

    def _add(self, key: str, at: float, day: dt.date | None, device: str, *, is_corrected: bool) -> bool:
        """Note a punch; whether it is a new one."""
        if (key, at) in self._punches:
            return False
        date = None if day is None else day.isoformat()
        self._punches[key, at] = duty.Punch(key, at, self._document.name, date, device, is_corrected)
        return True

    # --- what holds for all rows ---

    def _date(self, value: sheets.Value) -> dt.date | None:
        if value not in self._dates:
            self._dates[value] = sheets.date_of(value)
        return self._dates[value]

    def _moment(self, value: sheets.Value) -> float | None:
        if value not in self._moments:
            self._moments[value] = sheets.moment_of(value, self._zone)
        return self._moments[value]

    def _clock(self, value: sheets.Value) -> dt.timedelta | None:
        if value not in self._clocks:
            self._clocks[value] = sheets.clock_of(value)
        return self._clocks[value]

    def _at(self, day: dt.date, clock: dt.timedelta) -> float:
        if (day, clock) not in self._instants:
            self._instants[day, clock] = sheets.epoch_of(day, clock, self._zone)
        return self._instants[day, clock]

    def _refuse(self, where: str, why: str, text: str = "") -> None:
        self._refused.append(duty.Refusal(where, why, text))

    def _note_formulas(self, sheet: str, table: sheets.Headed, unvalued: Iterable[tuple[int, int]]) -> None:
        places = set(table.places.values())
        for row, column in sorted(unvalued):
            if row > table.row and column in places:
                self._refuse(f"{sheet} {sheets.cell_name(row, column)}", _("a formula without a saved value"))

    def _learn_zone(self, table: sheets.Headed) -> None:
        """The zone in which the sheet's days begin, where that is not the floor's own."""
        for _number, cells in table.entries():
            day, midnight = self._date(cells.get("day")), sheets.moment_of(cells.get("midnight"), dt.UTC)
            if day is None or midnight is None:
                continue
            offset = dt.timedelta(seconds=sheets.epoch_of(day, dt.timedelta(), dt.UTC) - midnight)
            is_own = midnight == sheets.epoch_of(day, dt.timedelta(), self._document.days.zone)
            if not is_own and abs(offset) <= _WIDEST_ZONE:
                self._zone = dt.timezone(offset)
                said = _(
                    "The sheet was written in another zone than the floor's ({zone}): its times are read in that one."
                )
                self.remarks.append(said.format(zone=self._zone))
            return


class _Place:
    """Where something stands, as a person would look for it."""

    def __init__(self, sheet: str, table: sheets.Headed, number: int) -> None:
        self._sheet = sheet
        self._table = table
        self._number = number

    @property
    def row(self) -> str:
        """The row."""
        return _("{sheet} row {n}").format(sheet=self._sheet, n=self._number + 1)

    def cell(self, field: str) -> str:
        """The cell of a field."""
        return f"{self._sheet} {sheets.cell_name(self._number, self._table.places[field])}"
