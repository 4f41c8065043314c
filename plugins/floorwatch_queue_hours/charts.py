"""The last hours as two charts, one under the other: what came and was lost, and how it was answered, by how many.

Rules
- The scale of calls holds the busiest quarter of an hour of the day, so that it stands still while the hours go by.
- Of an interval that nobody told of there is no value, which is not the same as none.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from floorwatch.api import (
    INTERVAL_SECONDS,
    SHORT_SECONDS,
    Axis,
    Chart,
    Interval,
    Level,
    Series,
    SeriesForm,
    Tone,
    Unit,
    WeekdayRead,
    _,
    _p,
    spoken,
)
from floorwatch_queue_hours.hours import Hours, lost_in

FIELD_LINES = 14
"""Wanted of each; where lines are short they are drawn lower, so that the queues below stand whole."""


def volumes(hours: Hours) -> Chart:
    """Arrivals and lost calls as bars, the most who waited as a line, and the arrivals of a week ago."""
    floor = hours.scope.floor
    read = floor.weekday
    return Chart(
        (
            Series(_("arrived"), _known(hours, lambda each: each.counts.offered), Tone.NOTICE, SeriesForm.BARS),
            Series(_("lost"), _known(hours, lost_in), Tone.ALARM, SeriesForm.BARS),
            Series(_("most waiting"), _known(hours, lambda each: each.most_waiting), Tone.WARN),
            *(() if read is None else (_before(hours, read),)),
        ),
        hours.start,
        hours.seconds,
        Axis(_p("by telephone", "calls"), high=_busiest(hours)),
        now=floor.at,
        caption=_caption(hours),
        empty=_("No call has been seen yet."),
        lines=FIELD_LINES,
    )


def levels(hours: Hours) -> Chart:
    """The service level beside its target, and how many agents were at the telephones."""
    target = hours.scope.target
    return Chart(
        (
            Series(_("service level"), _values(map(hours.service_level, hours.intervals)), Tone.NOTICE),
            Series(_("staffed"), _values(hours.staffed), Tone.CALM, right=True),
        ),
        hours.start,
        hours.seconds,
        Axis(_("in {n:g} s").format(n=target.seconds), Unit.SHARE, 0.0, 1.0),
        Axis(_("agents")),
        (Level(_("target"), target.share),),
        now=hours.scope.floor.at,
        empty=_("Nothing was answered yet."),
        lines=FIELD_LINES,
    )


def day_name(read: WeekdayRead) -> str:
    """The day that there is to compare with: "Sunday 11-15"."""
    day = date.fromisoformat(read.date)
    return _("{weekday} {month:02}-{day:02}").format(weekday=spoken.weekday(day), month=day.month, day=day.day)


def scope_name(hours: Hours) -> str:
    """The queue, or that it is all of them."""
    return _("all queues") if hours.scope.whole else hours.scope.name


def _caption(hours: Hours) -> str:
    by = _("{queue}, by 5 minutes") if hours.seconds == SHORT_SECONDS else _("{queue}, by 15 minutes")
    return by.format(queue=scope_name(hours))


def _before(hours: Hours, read: WeekdayRead) -> Series:
    name = _("arrived on {day}").format(day=day_name(read))
    return Series(name, _values(map(hours.a_week_ago, hours.intervals)), Tone.MUTED)


def _busiest(hours: Hours) -> float:
    """What a usual interval of the busiest quarter of an hour of the day had."""
    floor, queues = hours.scope.floor, set(hours.scope.queues)
    quarters: Counter[float] = Counter()
    for (queue, start), counts in floor.interval_counts.items():
        if queue in queues and start >= floor.day_start:
            quarters[start] += counts.offered
    return max(quarters.values(), default=0) * hours.seconds / INTERVAL_SECONDS


def _known(hours: Hours, value: Callable[[Interval], float | None]) -> tuple[float | None, ...]:
    return tuple(value(each) if each.is_known else None for each in hours.intervals)


def _values(found: Iterable[float | None]) -> tuple[float | None, ...]:
    return tuple(found)
