"""What [duty] says, between people's words and the rules of attendance and rosters: "11:30" is minute 690.

Rules
- A span of the day that ends before it begins passes midnight: "22:00-02:00" is 1320 up to 1560. It may end at 24:00,
  and "00:00-24:00" is the whole day.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from floorwatch.model.duty import Activity
from floorwatch.model.duty_rules import DutyRules, Minimum, NoonRules, PeakRules
from floorwatch.text import folded
from floorwatch.words import _

_RULES = DutyRules()
_TOLERANCE = MappingProxyType({each: _RULES.tolerance(each) for each in Activity})
_DAY_MINUTES = 24 * 60
_MINUTE = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|24:00")
_MINIMUM = re.compile(r"(\S+)\s*-\s*(\S+)\s+(\d{1,5})")
HOUR_SECONDS = 3600.0


class DutySettings(Struct, frozen=True):
    """What attendance and rosters go by, in the units of the file. `days` and `peak.exceptions` are what the file
    `overrides` says; `activities` are as they were written, not folded."""

    grace_seconds: float = _RULES.grace_seconds
    early_seconds: float = _RULES.early_seconds
    minimums: tuple[Minimum, ...] = _RULES.minimums
    span: int = _RULES.span
    long_call_seconds: float = _RULES.long_call_seconds
    rest_hours: float = _RULES.rest_seconds / HOUR_SECONDS
    week_hours: float = _RULES.week_seconds / HOUR_SECONDS
    swap_days: int = _RULES.swap_days
    country: str | None = None
    overrides: Path | None = None
    tolerance: Mapping[Activity, float] = _TOLERANCE
    breaks: Mapping[Activity, float] = _RULES.break_seconds
    activities: Mapping[str, Activity] = {}
    noon: NoonRules = _RULES.noon
    peak: PeakRules = _RULES.peak
    days: Mapping[str, bool] = {}

    @property
    def rules(self) -> DutyRules:
        """The same as the roster's functions read it."""
        return DutyRules(
            grace_seconds=self.grace_seconds,
            early_seconds=self.early_seconds,
            tolerance_seconds=dict(self.tolerance),
            break_seconds=dict(self.breaks),
            activities={folded(reason): activity for reason, activity in self.activities.items()},
            minimums=self.minimums,
            noon=self.noon,
            span=self.span,
            long_call_seconds=self.long_call_seconds,
            rest_seconds=self.rest_hours * HOUR_SECONDS,
            week_seconds=self.week_hours * HOUR_SECONDS,
            swap_days=self.swap_days,
            country=self.country or "",
            days=self.days,
            peak=self.peak,
        )


def minute_of(text: str) -> int:
    """The minute of the day of "9:30" or "09:30"; 1440 of "24:00". Raises ValueError."""
    found = _MINUTE.fullmatch(text.strip())
    if found is None:
        raise ValueError(_('is not a time of day; write hours and minutes: "11:30"'))
    return _DAY_MINUTES if found[1] is None else int(found[1]) * 60 + int(found[2])


def minute_said(minute: int) -> str:
    """The minute of a day as it is written: 690 is "11:30", 1530 "01:30"."""
    hours, minutes = divmod(minute % _DAY_MINUTES, 60)
    return f"{hours:02}:{minutes:02}"


def after(start: int, end: int) -> int:
    """The end of a span of the day as a minute that is past its start. Raises ValueError for a span without length."""
    if end == start:
        raise ValueError(_("begins and ends at the same minute; write for example 11:30-13:30"))
    return end if end > start else end + _DAY_MINUTES


def hours_of(text: str) -> tuple[int, int]:
    """What "08:00-20:00" means, as minutes of the day. Raises ValueError."""
    start, dash, end = text.partition("-")
    if not dash:
        raise ValueError(_('write a span of the day: "08:00-20:00"'))
    first = minute_of(start)
    return first, after(first, minute_of(end))


def hours_said(hours: tuple[int, int]) -> str:
    """The hours as `hours_of` reads them."""
    start, end = hours
    return f"{minute_said(start)}-{'24:00' if end - start == _DAY_MINUTES else minute_said(end)}"


def minimum_of(text: str) -> Minimum:
    """What "09:00-12:00 30" asks for. Raises ValueError."""
    found = _MINIMUM.fullmatch(text.strip())
    if found is None:
        raise ValueError(_('write a span of the day and a number of agents: "09:00-12:00 30"'))
    start = minute_of(found[1])
    return Minimum(start, after(start, minute_of(found[2])), int(found[3]))


def minimum_said(minimum: Minimum) -> str:
    """The minimum as `minimum_of` reads it."""
    return f"{hours_said((minimum.start, minimum.end))} {minimum.agents}"
