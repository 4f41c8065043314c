"""Dates and hours as people type them: `11-23`, `明天`, `08:30`, `次日01:30`.

Rules
- A date without a year is the one nearest to today. Full-width signs are read like narrow ones.
- Hours are those of a date: 25:30 and 次日01:30 are half past one of the night after it.
- What cannot be read is a ValueError whose words say what to write.
"""

import re
from datetime import date, datetime, time, timedelta
from unicodedata import normalize

from msgspec import Struct

from floorwatch.api import FloorRules, _, inert

_DAYS_AWAY = {
    "today": 0, "今天": 0, "今日": 0, "tomorrow": 1, "明天": 1, "明日": 1, "后天": 2, "後天": 2, "yesterday": -1,
    "昨天": -1, "昨日": -1,
}  # fmt: skip
_AWAY = re.compile(r"[+-]\d{1,3}")
_WHOLE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号號]?")
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号號]?")
_HOURS = re.compile(r"(次日|翌日)?(\d{1,2})[:点點时時](\d{2})?分?(\+1)?")

LAST_HOUR = 48


class Typed(Struct, frozen=True):
    """A date, and the moment of it (epoch seconds UTC) where hours were typed too."""

    date: str
    at: float | None = None


def date_typed(text: str, today: str) -> str:
    """The date, "2026-11-23". Raises ValueError."""
    clean = normalize("NFKC", text).strip().casefold()
    start = date.fromisoformat(today)
    words = {**_DAYS_AWAY, _("today"): 0, _("tomorrow"): 1, _("yesterday"): -1}
    if clean in words or _AWAY.fullmatch(clean):
        return (start + timedelta(days=words[clean] if clean in words else int(clean))).isoformat()
    try:
        if whole := _WHOLE.fullmatch(clean):
            return date(*map(int, whole.groups())).isoformat()
        if short := _SHORT.fullmatch(clean):
            return _nearest(start, *map(int, short.groups())).isoformat()
    except ValueError:
        pass
    said = _("{text!r} is no date: write 11-23, 2026-11-23 or tomorrow")
    raise ValueError(said.format(text=inert(text)))


def time_typed(text: str, day: str, rules: FloorRules) -> float:
    """The moment of these hours on this date, epoch seconds UTC. Raises ValueError."""
    found = _HOURS.fullmatch(normalize("NFKC", text).replace(" ", ""))
    next_day, hour, minute, plus_one = found.groups() if found else (None, "99", None, None)
    hours, minutes = int(hour) + 24 * bool(next_day or plus_one), int(minute or 0)
    if hours * 60 + minutes > LAST_HOUR * 60 or minutes > 59:
        said = _("{text!r} is no time of day: write 08:30; 25:30 is 01:30 of the next day")
        raise ValueError(said.format(text=inert(text)))
    days, hours = divmod(hours, 24)
    local = date.fromisoformat(day) + timedelta(days=days)
    return datetime.combine(local, time(hours, minutes), rules.days.zone).timestamp()


def moment_typed(text: str, today: str, rules: FloorRules) -> Typed:
    """A date, hours of today, or both with a blank between them. Raises ValueError."""
    first, _blank, rest = normalize("NFKC", text).strip().replace("T", " ").partition(" ")
    if not rest and ":" in first:
        return Typed(today, time_typed(first, today, rules))
    day = date_typed(first, today)
    return Typed(day, time_typed(rest, day, rules) if rest.strip() else None)


def hours_typed(at: float, day: str, rules: FloorRules) -> str:
    """The moment as it is typed beside this date: "08:30", "25:30"."""
    local = rules.days.local(at)
    hours = local.hour + 24 * (local.date() - date.fromisoformat(day)).days
    return f"{hours:02}:{local:%M}"


def date_words(day: str, today: str) -> str:
    """The date as it is said on a day of the same year: "11-23"."""
    return day[5:] if day[:4] == today[:4] else day


def _nearest(near: date, month: int, day: int) -> date:
    """The date of this month and day that is nearest. Raises ValueError."""
    found = []
    for year in (near.year - 1, near.year, near.year + 1, near.year + 2):
        try:
            found.append(date(year, month, day))
        except ValueError:  # the 29th of February of a common year
            continue
    if not found:
        raise ValueError(f"{month}-{day}")
    return min(found, key=lambda each: abs(each - near))
