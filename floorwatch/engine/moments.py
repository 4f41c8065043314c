"""Moments as people write them: `10:40`, `2026-11-21 10:40`, epoch seconds, `+15m`.

Rules
- A time of day means a day: that of the business day which is spoken of, or whichever lies nearest to now.
- Times without a zone are the floor's. Full-width signs (`１０：４０`, `－３０s`) are read like narrow ones.
- A local time that comes twice, where daylight saving ends, is the first of the two. `02:30b` is the second, `02:30a`
  the first; an offset says it too (`02:30+01:00`). Where the nearest is meant it is the nearer one, and whoever goes
  through a day while they stand in the second of the two hours means that hour.
- A local time that never comes, where daylight saving begins, is the moment at which the clocks go on: the end of the
  gap.
- Going through a day, a bare number behind a sign is minutes: `-5` is five minutes earlier. In a form, where it is
  kept, it must say what it is.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta, tzinfo
from math import ceil, floor
from unicodedata import normalize

from msgspec import Struct

from floorwatch.model.clock import FloorDays
from floorwatch.text import inert
from floorwatch.words import _

EARLIEST, LATEST = 1e8, 1e10
"""1973 to 2286 as epoch seconds: what lies outside is a slip (milliseconds, a year of two digits), never a floor."""

LONGEST = 60
"""Signs of a moment: the longest that is one has 35."""

_AWAY = re.compile(r"([+-])(?=\d)(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?")
_BARE = re.compile(r"[+-]\d{1,6}")
_ONE_DIGIT_HOUR = re.compile(r"(^|\d[ T])(\d:\d\d(?::|$))")
_WHICH = re.compile(r"(.*\d)\s*([ab])", re.IGNORECASE)
_MINUS = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")
"""Dashes that keyboards and chats put in the place of a minus."""


class ComesOnceError(Exception):
    """The first or second of two was asked for, and there is one."""


class _Written(Struct, frozen=True):
    """A moment as it was written, without `a` or `b` behind it; `which` is 0 or 1 then."""

    text: str
    which: int | None = None

    def among(self, instants: Sequence[float]) -> Sequence[float]:
        """Those that are meant. Raises ComesOnceError."""
        if self.which is None:
            return instants
        if len(instants) == 1:
            raise ComesOnceError(self.text)
        return (instants[self.which],)


_Reader = Callable[[_Written, FloorDays, float], float]


def on_the_day(text: str, days: FloorDays, near: float) -> float | str:
    """Epoch seconds UTC, a time of day on the business day that holds `near`; or the sentence that says what is wrong
    with the words."""
    ways = _("{text!r} is no time: write 10:40, 2026-11-21T10:40 or epoch seconds")
    return _read((_epoch, _on_the_day, _dated), text, days, near, ways)


def nearest(text: str, days: FloorDays, now: float) -> float | None:
    """Epoch seconds UTC, a time of day where it is nearest to `now`, or so long from now; None for what is no time."""
    found = _read((_away, _epoch, _nearest, _dated), text, days, now, "")
    return None if isinstance(found, str) else found


def going_to(text: str, days: FloorDays, now: float) -> float | str:
    """The moment that a person at `now` goes to, epoch seconds UTC: a time of day of the same business day, or so long
    from now; or the sentence that says what is wrong with the words."""
    if not text.strip():
        return _("write a time: 10:40, +5m, -30s or 2026-11-21 10:40")
    ways = _("{text!r} is no time: write 10:40, +5m, -30s or 2026-11-21 10:40")
    return _read((_minutes_away, _away, _epoch, _on_this_day, _dated), text, days, now, ways)


def instants_of(local: datetime, zone: tzinfo) -> Sequence[float]:
    """When the clocks of `zone` show `local` (which has no zone), epoch seconds UTC, ascending: once, or twice; where
    they never do, the moment at which they go on."""
    first, second = (local.replace(fold=fold, tzinfo=zone).timestamp() for fold in (0, 1))
    if first == second:
        return (first,)
    return (first, second) if first < second else (_end_of_gap(second, first, zone),)


def _end_of_gap(before: float, after: float, zone: tzinfo) -> float:
    """The first second that has the offset of `after`; `before` lies before the gap."""
    low, high = floor(before), ceil(after)
    offset = datetime.fromtimestamp(high, zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return float(high)


def _read(readers: Sequence[_Reader], text: str, days: FloorDays, near: float, ways: str) -> float | str:
    """What the first reader makes of it that makes anything of it; else `ways` to write it."""
    written = _written(text)
    for read in readers:
        try:
            found = read(written, days, near)
        except ComesOnceError:
            ways = _("{text!r}: that time comes once, leave the letter out")
            break
        except (ValueError, OverflowError):
            continue
        if EARLIEST <= found <= LATEST:
            return found
    return ways.format(text=inert(text.strip()))


def _written(text: str) -> _Written:
    clean = normalize("NFKC", text[: LONGEST + 1]).translate(_MINUS).strip()
    if len(clean) > LONGEST:
        return _Written("")
    found = _WHICH.fullmatch(clean)
    text, which = (clean, None) if found is None else (found[1], "ab".index(found[2].lower()))
    return _Written(_ONE_DIGIT_HOUR.sub(r"\g<1>0\2", text), which)


def _away(written: _Written, _days: FloorDays, now: float) -> float:
    text = written.text.replace(" ", "")
    found = _AWAY.fullmatch(text)
    if found is None or written.which is not None:
        raise ValueError(text)
    sign, *parts = found.groups()
    hours, minutes, seconds = (int(part or 0) for part in parts)
    away = hours * 3600 + minutes * 60 + seconds
    return now - away if sign == "-" else now + away


def _minutes_away(written: _Written, days: FloorDays, now: float) -> float:
    if not _BARE.fullmatch(written.text.replace(" ", "")):
        raise ValueError(written.text)
    return _away(_Written(f"{written.text}m", written.which), days, now)


def _epoch(written: _Written, _days: FloorDays, _near: float) -> float:
    if written.which is not None:
        raise ValueError(written.text)
    return float(written.text)


def _on_the_day(written: _Written, days: FloorDays, near: float) -> float:
    return _of_the_day(written, days, near)[0]


def _on_this_day(written: _Written, days: FloorDays, now: float) -> float:
    """As `_on_the_day`; but of a time that comes twice the second, for whoever stands in the second of the hours."""
    return _of_the_day(written, days, now)[-1 if days.local(now).fold else 0]


def _of_the_day(written: _Written, days: FloorDays, near: float) -> Sequence[float]:
    """The instants of a time of day that the business day holds, ascending: one, or two; where it holds none, as its
    own beginning falls into a gap, the one that is nearest to it."""
    clock, start, end = time.fromisoformat(written.text), days.start_of(near), days.end_of(near)
    zone = clock.tzinfo or days.zone
    dates = (datetime.fromtimestamp(start, zone).date() + timedelta(away) for away in (0, 1))
    found = [at for date in dates for at in _instants(datetime.combine(date, clock), zone)]
    inside = written.among([at for at in found if start <= at < end] or [_nearest_to(start, end, found)])
    return inside if clock.tzinfo is None else inside[:1]


def _nearest_to(start: float, end: float, found: Sequence[float]) -> float:
    return min(found, key=lambda at: max(start - at, at - end))


def _nearest(written: _Written, days: FloorDays, now: float) -> float:
    clock = time.fromisoformat(written.text)
    zone = clock.tzinfo or days.zone
    today = datetime.fromtimestamp(now, zone).date()
    spoken = [_instants(datetime.combine(today + timedelta(away), clock), zone) for away in (-1, 0, 1)]
    if written.which is not None:
        twice = [each for each in spoken if len(each) > 1]
        spoken = [written.among(each) for each in twice or spoken]
    return min((at for each in spoken for at in each), key=lambda at: abs(at - now))


def _dated(written: _Written, days: FloorDays, _near: float) -> float:
    found = datetime.fromisoformat(written.text)
    return written.among(_instants(found, found.tzinfo or days.zone))[0]


def _instants(local: datetime, zone: tzinfo) -> Sequence[float]:
    return instants_of(local.replace(tzinfo=None), zone)
