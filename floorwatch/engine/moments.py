"""Moments as people write them: `10:40`, `2026-11-21T10:40`, epoch seconds, `+15m`.

Rules
- A time of day means a day: that of the business day which is spoken of, or whichever lies nearest to now.
- Times without a zone are the floor's. Full-width signs (`１０：４０`) are read like narrow ones.
"""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from unicodedata import normalize

from floorwatch.model.clock import FloorDays

EARLIEST, LATEST = 1e8, 1e10
"""1973 to 2286 as epoch seconds: what lies outside is a slip (milliseconds, a year of two digits), never a floor."""

_AWAY = re.compile(r"([+-])(?=\d)(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?")
_ONE_DIGIT_HOUR = re.compile(r"\d:\d\d(:|$)")

_Reader = Callable[[str, FloorDays, float], float]


def on_the_day(text: str, days: FloorDays, near: float) -> float | None:
    """Epoch seconds UTC, a time of day on the business day that holds `near`; None for what is no time."""
    return _first((_epoch, _on_the_day, _dated), text, days, near)


def nearest(text: str, days: FloorDays, now: float) -> float | None:
    """Epoch seconds UTC, a time of day where it is nearest to `now`, or so long from now; None for what is no time."""
    return _first((_away, _epoch, _nearest, _dated), text, days, now)


def _first(readers: tuple[_Reader, ...], text: str, days: FloorDays, near: float) -> float | None:
    clean = normalize("NFKC", text).strip()
    if _ONE_DIGIT_HOUR.match(clean):
        clean = f"0{clean}"
    for read in readers:
        try:
            found = read(clean, days, near)
        except (ValueError, OverflowError):
            continue
        if EARLIEST <= found <= LATEST:
            return found
    return None


def _away(text: str, _days: FloorDays, now: float) -> float:
    found = _AWAY.fullmatch(text.replace(" ", ""))
    if found is None:
        raise ValueError(text)
    sign, *parts = found.groups()
    hours, minutes, seconds = (int(part or 0) for part in parts)
    away = hours * 3600 + minutes * 60 + seconds
    return now - away if sign == "-" else now + away


def _epoch(text: str, _days: FloorDays, _near: float) -> float:
    return float(text)


def _on_the_day(text: str, days: FloorDays, near: float) -> float:
    clock = time.fromisoformat(text)
    start = days.start_of(near)
    found = datetime.combine(days.local(start).date(), clock, clock.tzinfo or days.zone).timestamp()
    return found if found >= start else days.end_of(near) + found - start


def _nearest(text: str, days: FloorDays, now: float) -> float:
    clock = time.fromisoformat(text)
    zone = clock.tzinfo or days.zone
    today = datetime.fromtimestamp(now, zone).date()
    # Both folds: at the end of daylight saving an hour comes twice.
    found = (
        datetime.combine(today + timedelta(away), clock.replace(fold=fold), zone).timestamp()
        for away in (-1, 0, 1)
        for fold in (0, 1)
    )
    return min(found, key=lambda at: abs(at - now))


def _dated(text: str, days: FloorDays, _near: float) -> float:
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=days.zone)).timestamp()
