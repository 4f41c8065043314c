"""`floorwatch report`: a table over a span of time, as text, CSV, JSON, Markdown, HTML or a workbook.

Rules
- What people entered is read beside the feeds; where there are no feeds it is all that is read.
- A log stands at its last line. The house's own feeds stand at this moment while their last line is of the last day.
- The days and weeks are business days, in the floor's zone. A week begins on a Monday.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer
from msgspec import Struct

from floorwatch.cli.doubts import say
from floorwatch.cli.failing import WorkError
from floorwatch.cli.moments import moment
from floorwatch.cli.reading import entered, timeline_with_entries, unread_among
from floorwatch.cli.report_file import form_by_name, write_new
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.engine.day_ends import DayEnds
from floorwatch.engine.house import House
from floorwatch.engine.system_clock import SystemClock
from floorwatch.engine.timeline import PlainTimeline, Timeline
from floorwatch.extend.report import Briefed, Over, Pasted, Report, Span, Spanned
from floorwatch.feeds.failing import FAILURES
from floorwatch.host.catalogue import Declared
from floorwatch.host.failure import Failure
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Duty
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.text import inert, whole_inert
from floorwatch.words import _, title_of

if TYPE_CHECKING:
    import pandas as pd

TEXT, WORKBOOK = "text", "xlsx"
DAY_SECONDS = 86_400.0
T = TypeVar("T")


class Asked(Struct, frozen=True):
    """What a person wrote behind `floorwatch report`. `form` None: as the report is meant; `out` None: the terminal."""

    name: str
    feeds: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    day: bool = False
    week: bool = False
    form: str | None = None
    feed_format: str | None = None
    out: Path | None = None
    brief: bool = False


class Made(Struct, frozen=True):
    """A report to be made: whose it is, of what, and in which form."""

    declared: Declared[Report]
    report: Report
    frames: "Mapping[str, pd.DataFrame]"
    span: Span
    form: str | None


def report(wishes: Wishes, asked: Asked) -> None:
    """Print the report, or write it. Raises WorkError, NotDeclaredError, FeedError and SettingsError."""
    _check(asked)
    from floorwatch.reports import CORE_REPORTS
    from floorwatch.reports.frames import frames_of

    house = wishes.house(reports=CORE_REPORTS)
    declared = house.catalogue.report(asked.name)
    thing = _short(declared) if asked.brief else declared.thing
    form = _form(asked, declared, thing)
    timeline = _timeline(house, asked)
    house = timeline.house
    floor = house.floor(timeline.gives)
    ends = DayEnds(floor, house.rules.days)
    last = ends.fold(timeline.entries())
    say(unread_among(timeline))
    now = _stands_at(last, SystemClock().now(), is_ours=not asked.feeds)
    snapshot = floor.snapshot(now)
    if last is None and not _says_anything(snapshot):
        raise WorkError(_("{feed}: there is no line to read in it").format(feed=", ".join(timeline.names)))
    near = now if last is not None else _last_punch(snapshot.duty, now)
    span = _span(asked, thing, house.rules.days, near)
    frames = frames_of(floor.history, snapshot, span, ends.up_to(now))
    _put(Made(declared, thing, frames, span, form), house, now, asked.out)


def _check(asked: Asked) -> None:
    if asked.day and asked.week:
        raise typer.BadParameter(_("--day and --week: give one of them"))
    if (asked.day or asked.week) and (asked.since or asked.until):
        raise typer.BadParameter(_("--day and --week are spans of their own: leave --from and --to out"))
    if asked.form == WORKBOOK and asked.out is None:
        raise typer.BadParameter(_("--format xlsx is no text: name the file to write with --out FILE"))


def _short(declared: Declared[Report]) -> Report:
    if not isinstance(declared.thing, Briefed):
        raise WorkError(_("the report {name} has no short form: leave --brief out").format(name=declared.name))
    return declared.thing.brief


def _form(asked: Asked, declared: Declared[Report], thing: Report) -> str | None:
    """The form to make it in; None: as the report is meant. Asked before the feeds are read. Raises WorkError."""
    from floorwatch.reports.exports import FORMS, no_such_form

    form = asked.form or (form_by_name(asked.out) if asked.out is not None else None)
    if form == TEXT and not isinstance(thing, Pasted):
        raise WorkError(_("the report {name} is no text to paste: leave --format out").format(name=declared.name))
    if form not in (None, TEXT, WORKBOOK, *FORMS):
        raise WorkError(no_such_form(str(form)))
    return form


def _timeline(house: House, asked: Asked) -> Timeline:
    """The feeds with what was entered; what was entered alone where nobody names a feed."""
    if not asked.feeds and not house.settings.feeds and (found := entered(house)):
        return PlainTimeline(house, {}, lambda: found)
    return timeline_with_entries(house, feeds_wanted(house.settings, asked.feeds, asked.feed_format))


def _stands_at(last_at: float | None, now: float, *, is_ours: bool) -> float:
    """The moment that the report is about: at 09:00 a floor may be quiet since yesterday, and it is today all the
    same."""
    if last_at is None or (is_ours and 0 <= now - last_at < DAY_SECONDS):
        return now
    return last_at


def _last_punch(duty: Duty, now: float) -> float:
    """Now; of sheets that are older than a day, the moment of the last punch."""
    last = max((punch.at for those in duty.punches.values() for punch in those if punch.at <= now), default=now)
    return now if now - last < DAY_SECONDS else last


def _says_anything(floor: FloorSnapshot) -> bool:
    duty, support = floor.duty, floor.support
    return any((support.notes, support.helps, duty.documents, duty.leaves, duty.swaps, duty.assignments, duty.marks))


def _put(made: Made, house: House, now: float, out: Path | None) -> None:
    """Print it, or write it into a new file. Raises WorkError."""
    written = _workbook(made, house, now) if made.form == WORKBOOK else _text(made, house)
    if out is None:
        sys.stdout.write(str(written))
        return
    write_new(out, written if isinstance(written, bytes) else written.encode())
    sys.stdout.write(_("{file}: written").format(file=inert(str(out))) + "\n")


def _text(made: Made, house: House) -> str:
    from floorwatch.reports.exports import export

    thing = made.report
    if isinstance(thing, Pasted) and made.form in (None, TEXT):
        text = _asked_for(made, lambda: thing.text(made.frames, made.span))
        return "".join(f"{_harmless(line)}\n" for line in str(text).splitlines())
    table = _asked_for(made, lambda: thing.build(made.frames, made.span))
    unmasked = house.settings.screen.show_numbers
    return export(table, made.form or "table", unmasked=unmasked, zone=house.rules.days.zone)


def _workbook(made: Made, house: House, now: float) -> bytes:
    from floorwatch.reports.workbook import workbook

    table = _asked_for(made, lambda: made.report.build(made.frames, made.span))
    unmasked = house.settings.screen.show_numbers
    try:
        return workbook(table, title_of(made.report), unmasked=unmasked, zone=house.rules.days.zone, made_at=now)
    except ValueError as error:
        raise WorkError(str(error)) from None


def _asked_for(made: Made, make: Callable[[], T]) -> T:
    try:
        return make()
    except FAILURES as error:  # a report may be a plugin's: its failure is a sentence with its name on it
        said = _("report {name} of plugin {plugin}: {reason}")
        reason = Failure.of(error).reason
        declared = made.declared
        raise WorkError(said.format(name=declared.name, plugin=declared.plugin, reason=reason)) from error


def _harmless(line: str) -> str:
    """All of the line, however long it is."""
    return whole_inert(line)


def _span(asked: Asked, thing: Report, days: FloorDays, near: float) -> Span:
    usual = thing.over if isinstance(thing, Spanned) and not (asked.since or asked.until) else Over.EVERYTHING
    if asked.day or (usual is Over.DAY and not asked.week):
        return Span(days.start_of(near), days.end_of(near))
    if asked.week or usual is Over.WEEK:
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
