"""What a cell says: as text, as a date, as a time of day, as a moment; whoever wrote it, person or program.

Rules
- Full-width letters, digits and signs are read as the usual ones.
- A time of day is counted from the midnight of its date: 次日01:30, 25:30 and "+1 01:30" are the same.
- Wall clocks are of the zone that is given; an hour that comes twice is taken as its first.
- What says nothing of the kind is None: who asks knows where the cell stands, and what to say.
"""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

Value: TypeAlias = str | float | bool | date | datetime | time | timedelta | None
"""What a cell holds; None for an empty one. Numbers are floats."""

SOONEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
"""Dates from the first up to the second: whatever lies outside is a slip, or a clock that nobody set."""

_DAY_ZERO = date(1899, 12, 30)
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
# Texts, compiled when the first cell is read: 3 ms of patterns that a floor without one does not pay.
_SPACED_NAME = rf"({_HAN})\s+({_HAN})"
_WEEKDAY = r"\s*\(?(?:(?:星期|周|週|礼拜)?[一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun)[a-z]*\)?"
_DATE = rf"(\d{{4}}|\d{{2}})([-/.年])\s*(\d{{1,2}})(?:\2|月)\s*(\d{{1,2}})日?(?:{_WEEKDAY})?"
_PACKED_DATE = r"(\d{4})(\d{2})(\d{2})"
_DAY_OF_YEAR = rf"(\d{{1,2}})(?:[-/.]|月)(\d{{1,2}})[日号號]?(?:{_WEEKDAY})?"
_CLOCK = (
    r"(次日|翌日|第二天|明日|\+1d?)?\s*(上午|早上|凌晨|下午|晚上|中午)?\s*(\d{1,2})\s*[:点點时時]\s*(\d{1,2})?(?:[:分](\d{1,2})?)?秒?分?"
    r"\s*(am|pm)?\s*(\(?\+1\)?|\(?次日\)?)?"
)
_ANY_CASE = re.IGNORECASE | re.ASCII
_AFTERNOON, _NOON = ("下午", "晚上", "pm"), ("中午",)
_MILLISECONDS, _SECONDS = 1e11, 6e8  # numbers above: 1973 in milliseconds, 1989 in seconds


def cell_name(row: int, column: int) -> str:
    """The cell as a spreadsheet names it: (2, 6) is "G3"."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def plain(value: Value) -> str:
    """A cell as the text that a person would read in it: full-width letters, digits and signs in half width, blanks
    inside a two-character Chinese name taken out, a whole number without its ".0"."""
    match value:
        case None:
            return ""
        case str():
            return _plain_text(value)
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return value.isoformat(" ", "seconds" if value.second else "minutes")
        case time():
            return value.isoformat("seconds" if value.second else "minutes")
        case date():
            return value.isoformat()
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
        case _:
            return str(int(value)) if value == value // 1 else str(value)


def date_of(value: Value, year: int | None = None) -> date | None:
    """The date of a cell: a date, a spreadsheet's day number, "2026-04-01", "2026年4月1日", "26-04-01 星期三",
    "20260401"; with a `year` also "4月1日" and "04-01"."""
    match value:
        case datetime():
            return _in_range(value.date())
        case date():
            return _in_range(value)
        case bool() | None | time() | timedelta():
            return None
        case str():
            return _date_of_text(_plain_text(value), year)
        case _:
            whole = value == value // 1 and 0 < value < 80_000
            return _in_range(_DAY_ZERO + timedelta(days=int(value))) if whole else None


def clock_of(value: Value) -> timedelta | None:
    """The time of day in a cell, from the midnight of its date: "08:30", "8点30分", "下午2:30", "次日01:30", "25:30", a
    time, a part of a day (0.354)."""
    match value:
        case datetime():
            return _since_midnight(value.time())
        case time():
            return _since_midnight(value)
        case timedelta():
            return value if timedelta() <= value <= timedelta(days=2) else None
        case bool() | None | date():
            return None
        case str():
            return _clock_of_text(_plain_text(value))
        case _:
            return timedelta(seconds=round(value * 86_400)) if 0 <= value < 2 else None


def moment_of(value: Value, zone: tzinfo) -> float | None:
    """The moment in a cell, epoch seconds UTC: a date and a time of day in `zone`, ISO with a zone of its own, epoch
    seconds or milliseconds."""
    match value:
        case datetime():
            return epoch_of(value.date(), _since_midnight(value.time()), zone) if _in_range(value.date()) else None
        case str():
            return _moment_of_text(_plain_text(value), zone)
        case date():  # a cell with a moment that happens to be midnight
            return epoch_of(value, timedelta(), zone) if _in_range(value) else None
        case bool() | None | time() | timedelta():
            return None
        case _:
            return _moment_of_number(value, zone)


def epoch_of(day: date, clock: timedelta, zone: tzinfo) -> float:
    """The moment at which the wall clock in `zone` shows `clock` past the midnight of `day`, epoch seconds UTC."""
    naive = datetime(day.year, day.month, day.day) + clock  # noqa: DTZ001  # the wall clock is moved, not time itself
    return naive.replace(tzinfo=zone).timestamp()


def _plain_text(text: str) -> str:
    if text.isascii():
        return text.strip()
    half = text.translate(_WIDE).strip()
    spaced = re.fullmatch(_SPACED_NAME, half)
    return spaced[1] + spaced[2] if spaced else half


def _in_range(day: date) -> date | None:
    return day if SOONEST <= day < LATEST else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        return None


def _date_of_text(text: str, year: int | None) -> date | None:
    if not (found := re.fullmatch(_DATE, text, _ANY_CASE)):
        if packed := re.fullmatch(_PACKED_DATE, text, re.ASCII):
            return _date(int(packed[1]), int(packed[2]), int(packed[3]))
        within = None if year is None else re.fullmatch(_DAY_OF_YEAR, text, _ANY_CASE)
        return None if within is None or year is None else _date(year, int(within[1]), int(within[2]))
    return _date(int(found[1]) + (2000 if len(found[1]) == 2 else 0), int(found[3]), int(found[4]))


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


def _clock_of_text(text: str) -> timedelta | None:
    found = re.fullmatch(_CLOCK, text, _ANY_CASE)
    if found is None:
        return None
    before, half, hour, minute, second, english, after = found.groups()
    hours, minutes, seconds = int(hour), int(minute or 0), int(second or 0)
    part = (half or english or "").lower()
    if hours < 12 and (part in _AFTERNOON or (part in _NOON and hours < 10)):
        hours += 12
    if part == "am" and hours == 12:
        hours = 0
    clock = timedelta(days=1 if before or after else 0, hours=hours, minutes=minutes, seconds=seconds)
    return clock if minutes < 60 and seconds < 60 and hours <= 47 and clock <= timedelta(days=2) else None


def _moment_of_text(text: str, zone: tzinfo) -> float | None:
    try:
        number = float(text)
    except ValueError:
        pass
    else:
        return _moment_of_number(number, zone)
    day, _blank, clock = text.partition("T" if "T" in text else " ")
    found_day, found_clock = date_of(day), clock_of(clock) if clock else None
    if found_day is not None and found_clock is not None:
        return epoch_of(found_day, found_clock, zone)
    try:
        at = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None
    if at.tzinfo is None and len(text) <= len("2026-11-22"):  # a date without a time is no moment
        return None
    if not SOONEST <= at.date() < LATEST:
        return None
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).timestamp()


def _moment_of_number(number: float, zone: tzinfo) -> float | None:
    if not 0 < number < 5e12:
        return None
    if number >= _MILLISECONDS:
        return number / 1000
    if number >= _SECONDS:
        return number
    day = date_of(float(number // 1))
    return None if day is None else epoch_of(day, timedelta(seconds=round(number % 1 * 86_400)), zone)
