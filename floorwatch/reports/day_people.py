"""The people of a day's report: who was late, absent or away, who changed with whom, who is on leave, who came instead.

Rules
- Raw figures first, and what excuses leave of them beside them.
- Exceptions of one kind stand in one line of the text, those who weigh most first, and are a row each in the table.
- Those whom nothing could see are counted, not named.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isnan
from typing import Any

from floorwatch import spoken
from floorwatch.model.duty import ShiftKind
from floorwatch.reports.day_frames import DayFrames, one_line
from floorwatch.reports.day_line import Line, Section
from floorwatch.reports.duty_frames import HOLDS, OPEN
from floorwatch.roster import Doubt, Status
from floorwatch.words import _

_COUNTED: Mapping[Status, Callable[[], str]] = {
    Status.PRESENT: lambda: _("here {n}"),
    Status.FINISHED: lambda: _("finished {n}"),
    Status.LATE: lambda: _("late {n}"),
    Status.ABSENT: lambda: _("absent {n}"),
    Status.LEFT_EARLY: lambda: _("left early {n}"),
    Status.DUE: lambda: _("due {n}"),
    Status.EXPECTED: lambda: _("still to come {n}"),
    Status.ON_LEAVE: lambda: _("on leave {n}"),
    Status.OFF: lambda: _("off {n}"),
    Status.OFF_ROSTER: lambda: _("here off the roster {n}"),
    Status.UNSEEN: lambda: _("not seen by anything {n}"),
}

_DOUBTED: Mapping[Doubt, tuple[Callable[[], str], Callable[[], str]]] = {
    Doubt.OFF_ROSTER: (lambda: _("here off the roster"), lambda: _("{who}: here off the roster")),
    Doubt.PUNCHED_NOT_SIGNED: (lambda: _("punched in, not signed in"), lambda: _("{who}: punched in, not signed in")),
    Doubt.SIGNED_NOT_PUNCHED: (lambda: _("signed in, not punched in"), lambda: _("{who}: signed in, not punched in")),
    Doubt.MARKED_OTHERWISE: (
        lambda: _("marked by hand otherwise than seen"),
        lambda: _("{who}: marked by hand otherwise than seen"),
    ),
    Doubt.LEAVE_NOT_FILED: (lambda: _("leave that lacks a tick"), lambda: _("{who}: leave that lacks a tick")),
    Doubt.UNKNOWN_CODE: (
        lambda: _("a shift code that nobody explained"),
        lambda: _("{who}: a shift code that nobody explained"),
    ),
}
"""What a doubt is called, and how it is said of somebody."""


def attendance(day: DayFrames) -> Section:
    """Counts of every status, and each exception by name."""
    title = _("Attendance")
    rows = list(day.of_the_days("attendance"))
    if not day.floor.has_roster:
        none = Line(_("No roster is read: who is late or absent is not known."))
        return Section("attendance", title, (none, *_counts(rows)), "")
    exceptions = (*_missing(day, rows), *_off_the_plan(day, rows), *_doubted(day, rows))
    lines = (*unrostered(day), *_counts(rows), *_blind(rows), *exceptions)
    return Section("attendance", title, lines, _("Nobody is planned."))


def away(day: DayFrames) -> Section:
    """Who is missing now or will be: absent, late, on leave."""
    title = _("Away today")
    if not day.floor.has_roster:
        return Section("away", title, tuple(_leaves(day)), _("No roster is read: who is missing is not known."))
    rows = list(day.of_the_days("attendance"))
    lines = (*unrostered(day), *_missing(day, rows), *_late(day, rows), *_leaves(day))
    return Section("away", title, lines, _("Nobody is away."))


def unrostered(day: DayFrames) -> Iterator[Line]:
    """That the rosters are of other days, where they name nobody on those of the report."""
    if day.rostered and day.rostered.isdisjoint(day.dates):
        said = _("The rosters are of {first} to {last} and name nobody on the days of this report.")
        yield Line(said.format(first=min(day.rostered), last=max(day.rostered)))


def changes(day: DayFrames) -> Section:
    """Swaps, leave and replacements of the day."""
    lines = (*_swaps(day), *_leaves(day), *_assignments(day))
    return Section("changes", _("Swaps, leave, replacements"), lines, _("None."))


def swaps_and_replacements(day: DayFrames) -> Section:
    """The same without leave."""
    return Section("changes", _("Swaps and replacements"), (*_swaps(day), *_assignments(day)), _("None."))


def _counts(rows: list[Any]) -> Iterator[Line]:
    count = Counter(row.status for row in rows)
    for status, said in _COUNTED.items():
        if n := count[status.value]:
            yield Line(said().format(n=n), figure=status.value, count=n, group="")


def _blind(rows: list[Any]) -> Iterator[Line]:
    if rows and all(row.status in (Status.UNSEEN, Status.OFF, Status.ON_LEAVE) for row in rows):
        yield Line(_("Nothing that is read shows who was here: no call feed of these days, no attendance sheet."))


def _missing(day: DayFrames, rows: Iterable[Any]) -> Iterator[Line]:
    """Who is absent, then who is due and was not seen yet."""
    rows = list(rows)
    for row in (row for row in rows if row.status == Status.ABSENT):
        who, hours = day.on(row.agent, row.date), _planned(day, row)
        words = _("{who}: absent, planned {hours}").format(who=who, hours=hours)
        item = _("{who} ({hours})").format(who=who, hours=hours)
        yield Line(words, who, "absent", group=_("absent"), item=item)
    for row in (row for row in rows if row.status == Status.DUE):
        who, start = day.on(row.agent, row.date), day.clock(row.planned_start)
        words = _("{who}: due since {start}, not seen yet").format(who=who, start=start)
        yield Line(
            words, who, "due", group=_("due, not seen yet"), item=_("{who} ({hours})").format(who=who, hours=start)
        )


def _off_the_plan(day: DayFrames, rows: Iterable[Any]) -> Iterator[Line]:
    """Who was late, who left early, whose breaks were too long."""
    rows = list(rows)
    yield from _late(day, rows)
    for row in (row for row in rows if row.early_seconds > 0):
        raw, excused = _("{who}: left early by {seconds}"), _("{who}: left early by {seconds}, excused to {adjusted}")
        yield _timed(day, row, "early", _("left early"), (raw, excused))
    for row in (row for row in rows if row.over_seconds > 0):
        who, over = day.on(row.agent, row.date), spoken.duration(row.over_seconds)
        words = _("{who}: breaks over their limit by {over}").format(who=who, over=over)
        item = _("{who} +{seconds}").format(who=who, seconds=over)
        yield Line(words, who, "over", seconds=row.over_seconds, group=_("breaks over their limit"), item=item)


def _late(day: DayFrames, rows: Iterable[Any]) -> Iterator[Line]:
    for row in (row for row in rows if row.late_seconds > 0):
        raw, excused = _("{who}: late by {seconds}"), _("{who}: late by {seconds}, excused to {adjusted}")
        yield _timed(day, row, "late", _("late"), (raw, excused))


def _timed(day: DayFrames, row: Any, what: str, group: str, words: tuple[str, str]) -> Line:
    """Somebody with a duration, and what excuses leave of it where they take anything off."""
    seconds, adjusted = getattr(row, f"{what}_seconds"), getattr(row, f"adjusted_{what}_seconds")
    who, is_excused = day.on(row.agent, row.date), adjusted < seconds
    item = _("{who} +{seconds} (excused to +{adjusted})") if is_excused else _("{who} +{seconds}")
    said = {"who": who, "seconds": spoken.duration(seconds), "adjusted": spoken.duration(adjusted)}
    return Line(words[is_excused].format(**said), who, what, seconds=seconds, group=group, item=item.format(**said))


def _doubted(day: DayFrames, rows: Iterable[Any]) -> Iterator[Line]:
    rows = list(rows)
    for doubt, (group, words) in _DOUBTED.items():
        for row in (row for row in rows if doubt.value in row.doubts.split()):
            who = day.on(row.agent, row.date)
            yield Line(words().format(who=who), who, doubt.value, group=group(), item=who)


def _planned(day: DayFrames, row: Any) -> str:
    if isnan(row.planned_start):
        return spoken.NOTHING
    start, end = (spoken.clock_minute(at, day.zone) for at in (row.planned_start, row.planned_end))
    return _("{start}-{end}").format(start=start, end=end)


def _swaps(day: DayFrames) -> Iterator[Line]:
    for row in day.rows("swaps"):
        if row.state in (OPEN, HOLDS) and not day.dates.isdisjoint((row.date, row.other_date)):
            yield Line(swap_said(day, row), day.who(row.agent), "swap")


def swap_said(day: DayFrames, row: Any) -> str:
    """Who changes which day with whom, and how it stands."""
    said = {
        (HOLDS, False): _("swap: {agent} ({date}) and {other} ({other_date})"),
        (HOLDS, True): _("late swap: {agent} ({date}) and {other} ({other_date})"),
        (OPEN, False): _("swap that waits for {ticks}: {agent} ({date}) and {other} ({other_date})"),
        (OPEN, True): _("late swap that waits for {ticks}: {agent} ({date}) and {other} ({other_date})"),
    }[row.state, bool(row.late)]
    return said.format(
        agent=day.who(row.agent),
        date=row.date,
        other=day.who(row.other),
        other_date=row.other_date,
        ticks=ticks_said(row.waits_for),
    )


def _leaves(day: DayFrames) -> Iterator[Line]:
    for row in day.rows("leaves"):
        if row.state in (OPEN, HOLDS) and row.start < day.span.end and row.end > day.span.start:
            yield Line(leave_said(day, row), day.who(row.agent), "leave")
    yield from _leaves_by_code(day)


def _leaves_by_code(day: DayFrames) -> Iterator[Line]:
    """Leave that the roster itself has, a line a person and code."""
    dates: dict[tuple[str, str], list[str]] = {}
    for row in day.of_the_days("shifts"):
        if row.kind == ShiftKind.LEAVE:
            dates.setdefault((row.agent, row.code), []).append(row.date)
    for (agent, code), those in dates.items():
        who, kind = day.who(agent), one_line(code)
        words = _("{who}: on leave {hours} {kind}").format(who=who, hours=_(", ").join(sorted(those)), kind=kind)
        yield Line(" ".join(words.split()), who, "leave")


def leave_said(day: DayFrames, row: Any) -> str:
    """Who is on leave and until when, and what it lacks."""
    said = (
        _("{who}: on leave {hours} {kind}")
        if row.state == HOLDS
        else _("{who}: leave {hours} {kind} that waits for {ticks}")
    )
    hours = _leave_hours(day, row)
    words = said.format(who=day.who(row.agent), hours=hours, kind=one_line(row.kind), ticks=ticks_said(row.waits_for))
    return " ".join(words.split())


def _leave_hours(day: DayFrames, row: Any) -> str:
    """From when to when; of whole days by their dates, of one alone by that one."""
    if row.first and row.first == row.last:
        return str(row.first)
    start, end = (row.first, row.last) if row.first else (day.clock(row.start), day.clock(row.end))
    return _("{start} to {end}").format(start=start, end=end)


def _assignments(day: DayFrames) -> Iterator[Line]:
    for row in day.of_the_days("assignments"):
        if not row.withdrawn:
            yield Line(assignment_said(day, row), day.who(row.agent), "assignment")


def assignment_said(day: DayFrames, row: Any) -> str:
    """Who was given which hours, in whose place, and whether they know."""
    said = {
        (True, True): _("{who} for {instead_of}, {hours}"),
        (True, False): _("{who} for {instead_of}, {hours}: not told yet"),
        (False, True): _("{who} in addition, {hours}"),
        (False, False): _("{who} in addition, {hours}: not told yet"),
    }[bool(row.instead_of), bool(row.told)]
    instead_of = day.who(row.instead_of) if row.instead_of else ""
    return said.format(who=day.on(row.agent, row.date), instead_of=instead_of, hours=day.hours(row.start, row.end))


def ticks_said(waits_for: str) -> str:
    """Whose ticks are missing, in words."""
    known = {"agreed": _("the other"), "head": _("the head"), "hr": _("HR")}
    return ", ".join(known[tick] for tick in waits_for.split())
