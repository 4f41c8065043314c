"""The running interval in a line of figures, each beside that of the interval before; since when the service level is
below its target; the day beside a week ago."""

from collections.abc import Callable, Iterator

from floorwatch.api import SHORT_SECONDS, Cell, Interval, Line, Text, Tone, _, last_intervals, share_tone, spoken
from floorwatch_queue_hours.charts import day_name
from floorwatch_queue_hours.hours import Hours, lost_in


def running(hours: Hours, *, day_first: bool = False) -> Text:
    """What the interval that runs has brought, in brackets what the one before brought; and the day. Where lines are
    short the second one goes: `day_first` keeps the day."""
    now, before = hours.intervals[-1], hours.intervals[-2] if len(hours.intervals) > 1 else None
    then = before if before is not None and before.is_known else None
    zone = hours.scope.floor.rules.days.zone
    minutes, time = hours.seconds // 60, spoken.clock_minute(now.start, zone)
    since = _("{n} min since {time}").format(n=minutes, time=time)
    parts = [Cell(since, Tone.MUTED), *_counts(now, then), _level(hours, now, then), *_staffed(hours, then)]
    beside = [cell for cell in (_below(hours), _day(hours)) if cell is not None]
    said = [Line(_spaced(cells)) for cells in (parts, beside) if cells]
    return Text(tuple(said[::-1] if day_first else said))


def _below(hours: Hours) -> Cell | None:
    """Since which interval every one with calls was below the target; None where the last whole one was not."""
    target, since, zone = hours.scope.target.share, None, hours.scope.floor.rules.days.zone
    for each in reversed(hours.intervals[:-1]):
        level = hours.service_level(each)
        if level is not None and level >= target:
            break
        since = since if level is None else each.start
    if since is None:
        return None
    return Cell(_("below the target since {time}").format(time=spoken.clock_minute(since, zone)), Tone.WARN)


def _counts(now: Interval, then: Interval | None) -> Iterator[Cell]:
    def beside(words: str, value: Callable[[Interval], int | None]) -> str:
        before = None if then is None else value(then)
        return words.format(now=value(now) or 0, before=spoken.NOTHING if before is None else before)

    yield Cell(beside(_("arrived {now} ({before})"), lambda each: each.counts.offered))
    yield Cell(beside(_("lost {now} ({before})"), lost_in), Tone.WARN if lost_in(now) else Tone.CALM)
    yield Cell(beside(_("most waiting {now} ({before})"), lambda each: each.most_waiting))


def _level(hours: Hours, now: Interval, then: Interval | None) -> Cell:
    level, before = hours.service_level(now), None if then is None else hours.service_level(then)
    words = _("SL {now} ({before})").format(now=spoken.share(level), before=spoken.share(before))
    return Cell(words, share_tone(level, hours.scope.target.share))


def _staffed(hours: Hours, then: Interval | None) -> Iterator[Cell]:
    now, before = hours.staffed[-1], hours.staffed[-2] if then is not None else None
    if now is not None:
        yield Cell(_("staffed {now} ({before})").format(now=agents(now), before=agents(before)))


def agents(number: float | None) -> str:
    """How many on average: 38.5."""
    return spoken.NOTHING if number is None else f"{number:.1f}"


def _day(hours: Hours) -> Cell | None:
    """The whole day up to the last full five minutes, and what that had a week ago; None where nobody knows."""
    floor, read = hours.scope.floor, hours.scope.floor.weekday
    if read is None:
        return None
    until = floor.at // SHORT_SECONDS * SHORT_SECONDS
    then = read.arrived(hours.scope.queues, floor.day_start, until)
    if then is None:
        return None
    words = _("arrived by {time}: today {now}, {day} {before}")
    time = spoken.clock_minute(until, floor.rules.days.zone)
    now = hours.scope.counts.offered - last_intervals(hours.scope, 1)[-1].counts.offered
    return Cell(words.format(now=now, day=day_name(read), time=time, before=then), Tone.MUTED)


def _spaced(cells: list[Cell]) -> tuple[Cell, ...]:
    """With room between them."""
    spaced = [part for cell in cells for part in (cell, Cell("   "))]
    return tuple(spaced[:-1])
