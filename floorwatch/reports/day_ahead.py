"""What lies ahead, for the morning: what kind of day it is, and when hands will be missing on the telephones."""

from collections.abc import Iterator
from itertools import groupby
from math import isnan
from typing import Any

from floorwatch.model.duty import ShiftKind
from floorwatch.reports.day_frames import DayFrames, one_line
from floorwatch.reports.day_line import Line, Section
from floorwatch.reports.day_people import unrostered
from floorwatch.roster import STEP_SECONDS, DayKind
from floorwatch.spoken import date_in_full, duration
from floorwatch.words import _, _n


def kind_of_day(day: DayFrames) -> Section:
    """A working day, a holiday, the peak period."""
    return Section("day", _("The day"), tuple(line for row in day.days for line in _kind(row)), _("Nothing is known."))


def gaps(day: DayFrames) -> Section:
    """From now on: when fewer are expected on the telephones than are needed, the fewest of the day, and noon."""
    title = _("Gaps ahead")
    if not day.floor.has_roster:
        return Section("gaps", title, (), _("No roster is read: gaps are not known."))
    ahead = [row for row in day.of_the_days("coverage") if row.start + STEP_SECONDS > day.at]
    # Where no roster names anybody nobody is missing: `roster check` says the same.
    known = [row for row in ahead if row.date in day.rostered]
    lines = (*unrostered(day), *_unexplained(day), *_short(day, known), *_fewest(day, ahead), *_noon(day))
    is_worked = any(not isnan(row.start) for row in day.of_the_days("shifts"))
    return Section("gaps", title, lines, _("Nobody is planned any more.") if is_worked else _("Nobody is planned."))


def _kind(row: Any) -> Iterator[Line]:
    words = {
        DayKind.WORK: _("a working day"),
        DayKind.MAKE_UP: _("a make-up working day"),
        DayKind.REST: _("a day off"),
        DayKind.HOLIDAY: _("a holiday: {name}").format(name=one_line(row.name)) if row.name else _("a holiday"),
    }
    yield Line(
        _("{date}: {kind}").format(date=date_in_full(row.date), kind=words[DayKind(row.kind)]), row.date, row.kind
    )
    if row.peak:
        yield Line(_("{date}: in the peak period").format(date=row.date), row.date, "peak")
    if not row.announced:
        said = _("{date}: the holidays of this year are not announced yet")
        yield Line(said.format(date=row.date), row.date, "unannounced")


def _unexplained(day: DayFrames) -> Iterator[Line]:
    """People whose shift is a code that nobody explained: they may work, and are in none of the figures."""
    those = (row for row in day.of_the_days("shifts") if row.kind == ShiftKind.UNKNOWN)
    if n := len({row.agent for row in those if row.date >= day.floor.date}):
        said = _n(
            "shift codes that nobody explained: {n} person is not counted",
            "shift codes that nobody explained: {n} people are not counted",
            n,
        )
        yield Line(said.format(n=n), figure="unknown_code", count=n)


def _short(day: DayFrames, ahead: list[Any]) -> Iterator[Line]:
    """Quarters that follow one another and lack something are one gap."""
    if ahead and not any(row.minimum or row.target for row in ahead):
        yield Line(_("No minimum is set ([duty] minimums): nothing can be missing."))
    for is_short, those in groupby(ahead, key=lambda row: row.expected < max(row.minimum, row.target)):
        if not is_short:
            continue
        gap = list(those)
        worst = min(gap, key=lambda row: row.expected - max(row.minimum, row.target))
        must = worst.expected < worst.minimum
        said = (
            _("{hours}: {expected} expected, {needed} needed")
            if must
            else _("{hours}: {expected} expected, {needed} would be better")
        )
        hours = day.hours(gap[0].start, gap[-1].start + STEP_SECONDS)
        needed = worst.minimum if must else worst.target
        words = said.format(hours=hours, expected=worst.expected, needed=needed)
        yield Line(words, hours, "gap" if must else "low", needed - worst.expected)


def _fewest(day: DayFrames, ahead: list[Any]) -> Iterator[Line]:
    """The quarter with the fewest, of those in which anybody has a shift: at lunch nobody may be left, at night nobody
    is meant to be there."""
    stints = {(row.start, row.end) for row in day.rows("shifts") if not isnan(row.start)}
    manned = [row for row in ahead if any(s < row.start + STEP_SECONDS and e > row.start for s, e in stints)]
    if manned:
        least = min(manned, key=lambda row: row.expected)
        said = _("fewest on the telephones: {expected} at {at}")
        words = said.format(expected=least.expected, at=day.clock(least.start))
        yield Line(words, day.clock(least.start), "fewest", int(least.expected))


def _noon(day: DayFrames) -> Iterator[Line]:
    """The noon guard of today, and what so few carry."""
    if day.floor.date not in day.dates:
        return
    for row in day.rows("noon"):
        hours = day.hours(row.start, row.end)
        said = _("noon, {hours}: {least} expected at {time}, {hard} must stay, {target} should")
        time = day.clock(row.least_at)
        words = said.format(hours=hours, least=row.least, time=time, hard=row.hard, target=row.target)
        yield Line(words, hours, "noon", row.least)
        if not isnan(row.calls_per_hour):
            calls = round(row.calls_per_hour)
            carry = _n(
                "{n} agent carries about {calls} calls an hour at {time} a call",
                "{n} agents carry about {calls} calls an hour at {time} a call",
                row.least,
            )
            words = carry.format(n=row.least, calls=calls, time=duration(row.aht_seconds))
            yield Line(words, hours, "noon_carries", calls)
