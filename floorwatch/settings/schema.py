"""What a configuration file may hold, for pydantic to check all at once: types, limits, texts that must mean something.

Rules
- Importing this costs pydantic: only `load` does, and only when there is a file.
- No defaults here: a checked table holds what the file says and no more. Defaults stand in `values`.
- A check of ours raises ValueError with the whole sentence: what is wrong and what to do.
"""

import re
from datetime import time
from math import inf
from pathlib import Path
from typing import Annotated, Any, Required
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    PlainValidator,
    TypeAdapter,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    with_config,
)
from typing_extensions import TypedDict  # pydantic refuses typing's own before Python 3.12

from floorwatch.model.grid import Grid
from floorwatch.model.service_level import SERVICE_LEVELS
from floorwatch.settings.checked import (
    Name,
    Seconds,
    Share,
    Unset,
    chosen,
    closed,
    existing_file,
    existing_folder,
    expanded,
    place_of,
)
from floorwatch.settings.duty import hours_of
from floorwatch.settings.duty_schema import DutyTable
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.layouts import USUAL
from floorwatch.settings.values import Notify, Theme
from floorwatch.words import _

MEMORY, SQLITE = "memory:", "sqlite:"
"""Journals that are no path alone; what else there may be, whoever opens it says."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?")


def _feed_path(text: str, info: ValidationInfo) -> str:
    if not text.strip():
        raise ValueError(_("is empty; name the file, folder or URL to read"))
    return expanded(text, place_of(info))


def _journal(text: str, info: ValidationInfo) -> str | None:
    """A path, or what a kind of journal makes of what stands behind its colon: of these, only sqlite's is a path."""
    if text in ("", MEMORY):
        return text or None
    kind = SQLITE if text.startswith(SQLITE) else ""
    return kind + expanded(text.removeprefix(kind), place_of(info))


def _zone(name: str) -> str | None:
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        said = _('there is no time zone {name}; write an IANA name such as "Asia/Shanghai"')
        raise ValueError(said.format(name=name)) from None


def _time_of_day(value: Any) -> time:
    try:
        found = value if isinstance(value, time) else time.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(_('is not a time of day; write hours and minutes: "06:30"')) from None
    if found.minute % 15 or found.second or found.microsecond:
        raise ValueError(_('must be on a quarter hour, as intervals are; write for example "06:30"'))
    return found


def _hours(text: str) -> tuple[int, int] | None:
    return hours_of(text) if text else None


def _language(name: str) -> str | None:
    if not name:
        return None
    if not _LANGUAGE.fullmatch(name):
        raise ValueError(_('is not a language; write a code such as "en" or "zh_CN"'))
    return name


def _definition(name: str) -> str:
    if name not in SERVICE_LEVELS:
        said = _("there is no definition {name}; choose {known}")
        raise ValueError(said.format(name=name, known=", ".join(SERVICE_LEVELS)))
    return name


def _theme(word: str) -> Theme:
    return chosen(Theme, word, _("there is no theme {word}; choose {known}"))


def _notify(word: str) -> Notify:
    return chosen(Notify, word, _("there is no way {word} to notify; choose {known}"))


def _folder(text: str, info: ValidationInfo) -> Path | None:
    """A folder that need not be there yet."""
    return Path(expanded(text, place_of(info))) if text else None


def _ascii(value: Any) -> bool | None:
    if value == "auto":
        return None
    if not isinstance(value, bool):
        raise ValueError(_('write true, false or "auto"'))
    return value


def _rows(rows: list[list[str]]) -> list[list[str]]:
    spec = LayoutSpec.of(rows)
    panels = [place.panel for row in spec.rows for place in row.places]
    if not panels or not all(row.places for row in spec.rows):
        raise ValueError(_("a row has no panel; name at least one in each row"))
    if twice := {panel for panel in panels if panels.count(panel) > 1}:
        raise ValueError(_("{panels} stands here twice; name each panel once").format(panels=", ".join(sorted(twice))))
    return rows


def _rows_or_name(value: Any, check: ValidatorFunctionWrapHandler) -> list[list[str]] | str:
    """Rows, or a name: whether there is such a layout, whoever sees the whole file says."""
    return value if isinstance(value, str) and value else check(value)


def _layout_name(name: str) -> str:
    if name == USUAL:
        raise ValueError(_("this name is for the rows in [screen] layout; choose another one"))
    return name


def _grid(text: str) -> Grid:
    try:
        return Grid.of(text)
    except ValueError as twice:
        said = _("{seats}: stands in it twice; a seat has one place").format(seats=twice)
        raise ValueError(said) from None


def _lock(value: Any) -> float | None:
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
        raise ValueError(_("write a number of seconds, 0 for never"))
    return float(value) or None


def _silence(value: Any) -> float | None:
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < inf:
        raise ValueError(_('write a number of seconds above 0, or "" for the pace of the calls'))
    return float(value)


@closed
class FloorTable(TypedDict, total=False):
    """[floor]"""

    name: Name
    zone: Annotated[str, AfterValidator(_zone)]
    day_starts: Annotated[time, PlainValidator(_time_of_day)]
    language: Annotated[str, AfterValidator(_language)]
    me: Unset
    grid: Annotated[str, AfterValidator(_grid)]


@closed
class TargetTable(TypedDict, total=False):
    """[service]"""

    seconds: Seconds
    short_seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    share: Share
    definition: Annotated[str, AfterValidator(_definition)]
    longest_wait_seconds: Seconds
    answer_rate: Share


@closed
class QueueTable(TargetTable, total=False):
    """[queues.NAME]"""

    title: Unset
    order: int


@closed
class FeedTable(TypedDict, total=False):
    """[feeds.NAME]"""

    path: Required[Annotated[str, AfterValidator(_feed_path)]]
    format: Unset
    site: Unset
    backfill_days: Annotated[int, Field(ge=0, le=366)]
    silent_seconds: Annotated[float, PlainValidator(_silence)]
    hours: Annotated[str, AfterValidator(_hours)]
    options: dict[str, Any]


@closed
class PeopleTable(TypedDict, total=False):
    """[people]"""

    file: Annotated[str, AfterValidator(existing_file)]


Rows = Annotated[list[list[Name]], AfterValidator(_rows)]


@closed
class ScreenTable(TypedDict, total=False):
    """[screen]"""

    theme: Annotated[str, AfterValidator(_theme)]
    ascii: Annotated[bool, PlainValidator(_ascii)]
    layout: Annotated[Rows, WrapValidator(_rows_or_name)]
    show_numbers: bool
    lock_after_seconds: Annotated[float, PlainValidator(_lock)]
    notify: Annotated[str, AfterValidator(_notify)]
    save_folder: Annotated[str, AfterValidator(_folder)]


@closed
class LayoutTable(TypedDict, total=False):
    """[layouts.NAME]"""

    title: Unset
    rows: Required[Rows]
    team: str
    wall: bool
    turn_seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]


@with_config(ConfigDict(extra="allow", strict=True))
class RuleTable(TypedDict, total=False):
    """[rules.NAME]: options of the rule beside `enabled`."""

    enabled: bool


@closed
class AlertsTable(TypedDict, total=False):
    """[alerts]"""

    every_seconds: Annotated[float, Field(ge=1, le=300, allow_inf_nan=False)]


@closed
class JournalTable(TypedDict, total=False):
    """[journal]"""

    url: Annotated[str, AfterValidator(_journal)]
    keep_days: Annotated[int, Field(ge=1, le=36_500)]


@closed
class RecordingTable(TypedDict, total=False):
    """[recording]"""

    folder: Annotated[str, AfterValidator(_folder)]
    keep_days: Annotated[int, Field(ge=1, le=3_650)]
    most_megabytes: Annotated[int, Field(ge=10, le=10_000_000)]


@closed
class ComparisonTable(TypedDict, total=False):
    """[comparison]"""

    weeks: Annotated[int, Field(ge=0, le=52)]
    recordings: Annotated[str, AfterValidator(_folder)]


@with_config(ConfigDict(extra="allow", strict=True))
class PluginsTable(TypedDict, total=False):
    """[plugins]; every other name in it is a plugin's own table."""

    folders: list[Annotated[str, AfterValidator(existing_folder)]]
    disabled: list[Name]


@closed
class ConfigFile(TypedDict, total=False):
    """The whole file."""

    floor: FloorTable
    service: TargetTable
    queues: dict[Name, QueueTable]
    groups: dict[Name, Annotated[list[Name], Field(min_length=1)]]
    feeds: dict[Name, FeedTable]
    people: PeopleTable
    screen: ScreenTable
    layouts: dict[Annotated[Name, AfterValidator(_layout_name)], LayoutTable]
    panels: dict[Name, dict[str, Any]]
    rules: dict[Name, RuleTable]
    commands: dict[Name, dict[str, Any]]
    alerts: AlertsTable
    journal: JournalTable
    recording: RecordingTable
    comparison: ComparisonTable
    duty: DutyTable
    plugins: PluginsTable


FILE = TypeAdapter(ConfigFile)
"""Checks a parsed file, given a `Place` as context; what comes out holds the keys of the file, values made ready."""
