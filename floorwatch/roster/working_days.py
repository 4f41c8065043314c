"""Which days are worked and which are the peak period (征期): published holidays, make-up days, and the floor's own
word.

Rules
- What the settings publish for a date (`DutyRules.days`) stands above the holiday library; that stands above the
  weekend. A year for which the library has no make-up days yet of a country that has them is not guessed: its weekdays
  and weekends stand, and each day of it is unannounced, but for those that the settings publish.
- A country has make-up days if the library knows some of it in the newest year for which it knows those of China,
  where they are published every autumn for the year to come. A country whose last ones are older (Bulgaria's are of
  2016) has none to announce. A year without any, before one with some, was announced.
- Weekends are the country's own. Nothing is loaded before the first question; without a country there are weekdays and
  Saturdays and Sundays alone.
"""

from calendar import SATURDAY, monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from floorwatch.model.duty_rules import DutyRules
from floorwatch.words import _, language

if TYPE_CHECKING:
    from holidays import HolidayBase

PUBLISHED = range(2001, 2051)
"""Years in which make-up days are looked for; the library's own begin with 2001."""

_EVERY_YEAR = "CN"
_LIBRARY_WORDS = {"en": "en_US"}
_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What kind of day a date is."""

    WORK = "work"
    MAKE_UP = "make_up"
    REST = "rest"
    HOLIDAY = "holiday"


class Day(Struct, frozen=True):
    """A date. `name` is the holiday's, in the language of the screen where the library has it; `announced` false where
    the year's holidays are not published yet."""

    date: date
    kind: DayKind
    name: str = ""
    announced: bool = True

    @property
    def is_worked(self) -> bool:
        """Whether it is a working day, a make-up day (调休) included."""
        return self.kind in (DayKind.WORK, DayKind.MAKE_UP)


def day_of(rules: DutyRules, when: date) -> Day:
    """What kind of day this is. Raises ValueError, with a sentence, for a country that the library does not know."""
    day = _unruled(rules.country, when)
    worked = rules.days.get(when.isoformat())
    if worked is None:
        return day
    if worked == day.is_worked:
        return Day(when, day.kind, day.name)
    is_weekend = _is_weekend(rules.country, when)
    if worked:
        return Day(when, DayKind.MAKE_UP if is_weekend else DayKind.WORK)
    return Day(when, DayKind.REST if is_weekend else DayKind.HOLIDAY)


def country_mistake(country: str) -> str | None:
    """A sentence about a country of which no public holidays are known; None where they are. Cheaper than a question
    about a day: no year is looked at."""
    from holidays import list_supported_countries  # 35 ms, for floors with a country alone

    return None if country in list_supported_countries() else _unknown(country)


def peak_of(rules: DutyRules, year: int, month: int) -> tuple[date, date] | None:
    """First and last day of this month's peak period; None where there is none. The end moves to the next working day
    unless the month's exception says otherwise. Raises ValueError as `day_of` does."""
    peak = rules.peak
    name = f"{year:04}-{month:02}"
    if name in peak.exceptions:
        exception = peak.exceptions[name]
        return None if exception is None else (date.fromisoformat(exception[0]), date.fromisoformat(exception[1]))
    if not peak.first_day:
        return None
    last_of_month = monthrange(year, month)[1]
    last = date(year, month, min(peak.last_day, last_of_month))
    while not day_of(rules, last).is_worked:
        last += _DAY
    return date(year, month, min(peak.first_day, last_of_month)), last


def in_peak(rules: DutyRules, when: date) -> bool:
    """Whether this day is in a peak period. Raises ValueError as `day_of` does."""
    if not rules.peak.first_day and not rules.peak.exceptions:
        return False
    # A period may run over the edge of its month: its end moves on, and an exception's days are free.
    first = when.replace(day=1)
    months = (first - _DAY, first, first + timedelta(days=31))
    periods = [peak_of(rules, month.year, month.month) for month in months]
    return any(period is not None and period[0] <= when <= period[1] for period in periods)


def _unruled(country: str, when: date) -> Day:
    """The day as it is without a word of the settings."""
    is_weekend = _is_weekend(country, when)
    if not country or not _is_announced(country, when.year):
        return Day(when, DayKind.REST if is_weekend else DayKind.WORK, announced=not country)
    calendar = _calendar(country, when.year, language())
    if calendar.is_working_day(when):
        return Day(when, DayKind.MAKE_UP if is_weekend else DayKind.WORK)
    name = calendar.get(when)
    return Day(when, DayKind.REST) if name is None else Day(when, DayKind.HOLIDAY, name)


def _is_weekend(country: str, when: date) -> bool:
    return _calendar(country, when.year, language()).is_weekend(when) if country else when.weekday() >= SATURDAY


@lru_cache(maxsize=64)
def _calendar(country: str, year: int, spoken: str) -> "HolidayBase":
    """The library's calendar. The next year's is in it too: what is published for it may name days of this December."""
    return _loaded(country, (year, year + 1), spoken)


def _loaded(country: str, years: tuple[int, ...] | range, spoken: str = "en") -> "HolidayBase":
    import holidays  # 75 ms with the first country: not at the start

    try:
        return holidays.country_holidays(country, years=years, language=_LIBRARY_WORDS.get(spoken, spoken))
    except NotImplementedError:
        raise ValueError(_unknown(country)) from None


def _unknown(country: str) -> str:
    said = _("no public holidays are known for {country}: write the two letters of ISO 3166, CN for China")
    return said.format(country=country)


@lru_cache(maxsize=64)
def _is_announced(country: str, year: int) -> bool:
    last = _last_make_up_year(country)
    return last is None or year <= last or last < (_last_make_up_year(_EVERY_YEAR) or last)


@lru_cache(maxsize=8)
def _last_make_up_year(country: str) -> int | None:
    """The last year in which the library knows a weekend that is worked."""
    return max((day.year for day in _loaded(country, PUBLISHED).weekend_workdays), default=None)
