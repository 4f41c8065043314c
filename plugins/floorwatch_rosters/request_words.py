"""How swaps, leave, assignments and what speaks against them are said."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from floorwatch.api import FloorSnapshot, _, duty, roster, spoken
from floorwatch_rosters.typed_dates import date_words
from floorwatch_rosters.who import name_of

Change: TypeAlias = duty.Swap | duty.Leave | duty.Assignment
"""What changes somebody's plan, and what they are told of."""


def change_words(floor: FloorSnapshot, change: Change) -> str:
    """A change in one line."""
    match change:
        case duty.Swap():
            return swap_words(floor, change)
        case duty.Leave():
            return leave_words(floor, change)
        case duty.Assignment():
            return assignment_words(floor, change)


def swap_words(floor: FloorSnapshot, swap: duty.Swap) -> str:
    """Who gives what to whom."""
    today = roster.date_of(floor)
    said = _("swap: {who} {date} with {other} {other_date}")
    return said.format(
        who=name_of(floor, swap.agent),
        date=date_words(swap.date, today),
        other=name_of(floor, swap.other),
        other_date=date_words(swap.other_date, today),
    )


def leave_words(floor: FloorSnapshot, leave: duty.Leave) -> str:
    """Whose leave, of what kind, and when."""
    said = _("leave: {who}, {kind}, {when}") if leave.kind else _("leave: {who}, {when}")
    return said.format(who=name_of(floor, leave.agent), kind=leave.kind, when=leave_span(floor, leave))


def leave_span(floor: FloorSnapshot, leave: duty.Leave) -> str:
    """From when to when: dates for whole days, else dates and hours."""
    days, today = floor.rules.days, roster.date_of(floor)
    start, end = days.local(leave.start), days.local(leave.end)
    first = date_words(start.date().isoformat(), today)
    whole = roster.whole_days(leave, days)
    if whole is not None:
        first, last = (date_words(date, today) for date in whole)
        return first if first == last else _("{start} to {end}").format(start=first, end=last)
    last = date_words(end.date().isoformat(), today)
    if first == last:
        return _("{date} {start}-{end}").format(date=first, start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    return _("{start} to {end}").format(start=f"{first} {start:%H:%M}", end=f"{last} {end:%H:%M}")


def assignment_words(floor: FloorSnapshot, assignment: duty.Assignment) -> str:
    """Who comes when, and in whose place."""
    words = {"who": name_of(floor, assignment.agent), "when": hours_words(floor, assignment.start, assignment.end)}
    if assignment.instead_of is not None:
        instead = name_of(floor, assignment.instead_of)
        return _("{who} {when}, in the place of {instead}").format(**words, instead=instead)
    what = assignment.layer or activity_name(assignment.activity)
    return _("{who} {when}, {what}").format(**words, what=what)


def hours_words(floor: FloorSnapshot, start: float, end: float) -> str:
    """A date and the hours of it."""
    zone = floor.rules.days.zone
    date = date_words(floor.rules.days.local(start).date().isoformat(), roster.date_of(floor))
    hours = {"start": spoken.clock_minute(start, zone), "end": spoken.clock_minute(end, zone)}
    return _("{date} {start}-{end}").format(date=date, **hours)


def activity_name(activity: duty.Activity) -> str:
    """What somebody is to do, as a word."""
    return spoken.activity_name(activity)


def activity_names() -> Mapping[duty.Activity, str]:
    """All of them, in the order in which they are offered."""
    offered = (duty.Activity.PHONES, duty.Activity.LUNCH, duty.Activity.BREAK, duty.Activity.MEETING)
    return {each: activity_name(each) for each in (*offered, duty.Activity.TRAINING, duty.Activity.DUTY)}


def objection_words(objections: Iterable[roster.Objection]) -> str:
    """What speaks against it, in a few words; "" for nothing."""
    words = {
        roster.Objection.LATE: _("marked late (asked at short notice)"),
        roster.Objection.NOT_AGREED: _("not agreed yet"),
        roster.Objection.NO_SHIFT: _("no shift then"),
        roster.Objection.NOT_FREE: _("not free then"),
        roster.Objection.NOT_SKILLED: _("lacks a skill"),
        roster.Objection.REST: _("too little rest"),
        roster.Objection.HOURS: _("too many hours in a week"),
        roster.Objection.PEAK: _("in the peak period"),
        roster.Objection.PAST: _("over already"),
    }
    return ", ".join(words[each] for each in objections)


def tick_names() -> Mapping[duty.Tick, str]:
    """What each tick says, in the order in which they are mostly given."""
    return {
        duty.Tick.AGREED: _("the other side agrees"),
        duty.Tick.HEAD: _("the head approves"),
        duty.Tick.HR: _("HR files"),
    }


def ticks_wanted(change: duty.Swap | duty.Leave) -> tuple[duty.Tick, ...]:
    """The ticks that belong to it: of leave nobody else has to agree."""
    return tuple(tick_names()) if isinstance(change, duty.Swap) else (duty.Tick.HEAD, duty.Tick.HR)


def ticks_missing(change: duty.Swap | duty.Leave) -> tuple[duty.Tick, ...]:
    """Those that nobody has given yet; none of what a document says is filed."""
    if isinstance(change, duty.Leave) and change.source:
        return ()
    return tuple(tick for tick in ticks_wanted(change) if tick not in change.ticks)


def missing_words(change: duty.Swap | duty.Leave) -> str:
    """What it still waits for; "" for nothing."""
    words = {
        duty.Tick.AGREED: _("the other side"),
        duty.Tick.HEAD: _("the head"),
        duty.Tick.HR: _("HR"),
    }
    return ", ".join(words[tick] for tick in ticks_missing(change))
