"""`floorwatch report`: a table over a span of time, as text, CSV, JSON, Markdown or HTML.

Rules
- What people entered is read beside the feeds; where there are no feeds it is all that is read.
- The days and weeks are business days, in the floor's zone. A week begins on a Monday.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING, TypeVar

import typer
from msgspec import Struct

from floorwatch.cli.failing import WorkError
from floorwatch.cli.moments import moment
from floorwatch.cli.reading import entered, timeline_with_entries
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.engine.headless import fold_all
from floorwatch.engine.house import House
from floorwatch.engine.system_clock import SystemClock
from floorwatch.engine.timeline import PlainTimeline, Timeline
from floorwatch.extend.report import Pasted, Report, Span
from floorwatch.host.catalogue import Declared
from floorwatch.host.failure import Failure
from floorwatch.model.clock import FloorDays
from floorwatch.text import LONGEST, inert
from floorwatch.words import _

if TYPE_CHECKING:
    import pandas as pd

TEXT = "text"
T = TypeVar("T")


class Asked(Struct, frozen=True):
    """What a person wrote behind `floorwatch report`. `form` None: as the report is meant."""

    name: str
    feeds: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    day: bool = False
    week: bool = False
    form: str | None = None
    feed_format: str | None = None


def report(wishes: Wishes, asked: Asked) -> None:
    """Print the report. Raises WorkError, NotDeclaredError, FeedError and SettingsError."""
    _check(asked)
    from floorwatch.reports import CORE_REPORTS
    from floorwatch.reports.frames import frames_of

    house = wishes.house(reports=CORE_REPORTS)
    declared = house.catalogue.report(asked.name)
    timeline = _timeline(house, asked)
    house = timeline.house
    floor = house.floor(timeline.gives)
    last = fold_all(floor, timeline.entries())
    if last is None and not (floor.support.notes or floor.support.helps):
        raise WorkError(_("{feed}: there is no line to read in it").format(feed=", ".join(timeline.names)))
    now = SystemClock().now() if last is None else last
    span = _span(asked, house.rules.days, now)
    _write(declared, frames_of(floor.history, floor.snapshot(now)), span, asked.form)


def _check(asked: Asked) -> None:
    if asked.day and asked.week:
        raise typer.BadParameter(_("--day and --week: give one of them"))
    if (asked.day or asked.week) and (asked.since or asked.until):
        raise typer.BadParameter(_("--day and --week are spans of their own: leave --from and --to out"))


def _timeline(house: House, asked: Asked) -> Timeline:
    """The feeds with what was entered; what was entered alone where nobody names a feed."""
    if not asked.feeds and not house.settings.feeds and (found := entered(house)):
        return PlainTimeline(house, {}, lambda: found)
    return timeline_with_entries(house, feeds_wanted(house.settings, asked.feeds, asked.feed_format))


def _write(declared: Declared[Report], frames: "Mapping[str, pd.DataFrame]", span: Span, form: str | None) -> None:
    """Print it in this form. Raises WorkError."""
    from floorwatch.reports.exports import export

    thing = declared.thing
    if isinstance(thing, Pasted) and form in (None, TEXT):
        text = _made(declared, lambda: thing.text(frames, span))
        sys.stdout.write("".join(f"{_harmless(line)}\n" for line in str(text).splitlines()))
        return
    if form == TEXT:
        raise WorkError(_("the report {name} is no text to paste: leave --format out").format(name=declared.name))
    table = _made(declared, lambda: thing.build(frames, span))
    try:
        sys.stdout.write(export(table, form or "table"))
    except ValueError as error:
        raise WorkError(str(error)) from None


def _made(declared: Declared[Report], make: Callable[[], T]) -> T:
    try:
        return make()
    except Exception as error:  # a report may be a plugin's: its failure is a sentence with its name on it
        said = _("report {name} of plugin {plugin}: {reason}")
        reason = Failure.of(error).reason
        raise WorkError(said.format(name=declared.name, plugin=declared.plugin, reason=reason)) from error


def _harmless(line: str) -> str:
    """All of the line, however long it is."""
    return "".join(inert(line[start : start + LONGEST]) for start in range(0, len(line), LONGEST))


def _span(asked: Asked, days: FloorDays, near: float) -> Span:
    if asked.day:
        return Span(days.start_of(near), days.end_of(near))
    if asked.week:
        return week_of(days, near)
    ends = asked.since, asked.until
    since, until = (None if end is None else moment(end, days, near) for end in ends)
    if since is not None and until is not None and since >= until:
        raise WorkError(_("--to {until} is not after --from {since}").format(since=ends[0], until=ends[1]))
    return Span(-inf if since is None else since, inf if until is None else until)


def week_of(days: FloorDays, at: float) -> Span:
    """The seven business days, from Monday on, that hold this moment; their hours follow the floor's clock."""
    today = days.local(days.start_of(at))
    monday = today - timedelta(days=today.weekday())
    # By dates on the wall clock, not by seconds: with daylight saving a week may have an hour more or less.
    return Span(monday.timestamp(), (monday + timedelta(days=7)).timestamp())
