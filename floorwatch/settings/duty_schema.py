"""What [duty] may hold, for pydantic to check with the rest: see `schema`."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any

from msgspec.structs import replace
from pydantic import AfterValidator, Field, PlainValidator
from typing_extensions import TypedDict  # pydantic refuses typing's own before Python 3.12

from floorwatch.model.duty import Activity
from floorwatch.model.duty_rules import Minimum, NoonRules, PeakRules, When
from floorwatch.settings.checked import Name, Seconds, chosen, closed, existing_file
from floorwatch.settings.duty import after, minimum_of, minute_of, minute_said
from floorwatch.words import _

_COUNTRY = re.compile(r"[A-Z]{2}")
LONGEST_NOON = 12 * 60


def _minimum(text: Any) -> Minimum:
    if not isinstance(text, str):
        raise ValueError(_('write a span of the day and a number of agents: "09:00-12:00 30"'))
    return minimum_of(text)


def _time_of_day(value: Any) -> int:
    return minute_of(f"{value:%H:%M}" if isinstance(value, time) else str(value))


def _activity(word: str) -> Activity:
    return chosen(Activity, word, _("there is no activity {word}; choose {known}"))


def _when(word: str) -> When:
    return chosen(When, word, _("a rule does not hold {word}; choose {known}"))


def _country(code: str) -> str | None:
    if code and not _COUNTRY.fullmatch(code):
        raise ValueError(_('is no country; write the two capital letters of one: "CN"'))
    return code or None


def _noon(table: Mapping[str, Any]) -> NoonRules:
    noon = replace(NoonRules(), **table)
    if noon.target < noon.hard:
        said = _("target {target} is fewer than hard {hard}; what should be is at least what must be")
        raise ValueError(said.format(target=noon.target, hard=noon.hard))
    end = after(noon.start, noon.end)
    if end - noon.start > LONGEST_NOON:
        said = _("from {start} to {end} is no noon; write both, the earlier one as start")
        raise ValueError(said.format(start=minute_said(noon.start), end=minute_said(end)))
    return replace(noon, end=end)


def _peak(table: Mapping[str, Any]) -> PeakRules:
    peak = replace(PeakRules(), **table)
    if peak.last_day < peak.first_day:
        said = _("last_day {last} is before first_day {first}; a peak period lies within one month")
        raise ValueError(said.format(last=peak.last_day, first=peak.first_day))
    return peak


def _by_activity(table: Mapping[str, float]) -> Mapping[Activity, float]:
    return {Activity(name): seconds for name, seconds in table.items()}


NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]
TimeOfDay = Annotated[int, PlainValidator(_time_of_day)]

# Functional, since `break` is a word of Python's.
_Break = TypedDict("_Break", {"break": NotNegative}, total=False)
_BreakLimit = TypedDict("_BreakLimit", {"break": Seconds}, total=False)


@closed
class ToleranceTable(_Break, total=False):
    """[duty.tolerance]"""

    phones: NotNegative
    lunch: NotNegative
    meeting: NotNegative
    training: NotNegative
    duty: NotNegative


@closed
class BreaksTable(_BreakLimit, total=False):
    """[duty.breaks]"""

    lunch: Seconds


@closed
class NoonTable(TypedDict, total=False):
    """[duty.noon]"""

    start: TimeOfDay
    end: TimeOfDay
    hard: Count
    target: Count
    when: Annotated[str, AfterValidator(_when)]


@closed
class PeakTable(TypedDict, total=False):
    """[duty.peak]"""

    name: str
    first_day: Annotated[int, Field(ge=0, le=31)]
    last_day: Annotated[int, Field(ge=1, le=31)]


@closed
class DutyTable(TypedDict, total=False):
    """[duty]"""

    grace_seconds: NotNegative
    early_seconds: NotNegative
    minimums: list[Annotated[Minimum, PlainValidator(_minimum)]]
    span: Annotated[int, Field(ge=1)]
    long_call_seconds: Seconds
    rest_hours: NotNegative
    week_hours: Annotated[float, Field(gt=0, le=168, allow_inf_nan=False)]
    swap_days: Count
    country: Annotated[str, AfterValidator(_country)]
    overrides: Annotated[str, AfterValidator(existing_file)]
    tolerance: Annotated[ToleranceTable, AfterValidator(_by_activity)]
    breaks: Annotated[BreaksTable, AfterValidator(_by_activity)]
    activities: dict[Name, Annotated[str, AfterValidator(_activity)]]
    noon: Annotated[NoonTable, AfterValidator(_noon)]
    peak: Annotated[PeakTable, AfterValidator(_peak)]
