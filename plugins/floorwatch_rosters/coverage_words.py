"""How hands, gaps and the noon guard are said."""

from floorwatch.api import Cell, FloorSnapshot, Line, Tone, _, _n, roster, spoken
from floorwatch_rosters.shortages import Shortage

MUCH = 2
"""What so few can carry is worth a line as long as they are not so many times those who should stay."""


def minute_of(floor: FloorSnapshot, at: float) -> str:
    """The time on the floor's wall: "12:15"."""
    return spoken.clock_minute(at, floor.rules.days.zone)


def hours_of(floor: FloorSnapshot, start: float, end: float) -> str:
    """From when to when: "12:15-13:00"."""
    return _("{start}-{end}").format(start=minute_of(floor, start), end=minute_of(floor, end))


def shortage_hours(floor: FloorSnapshot, short: Shortage) -> str:
    """When it is; of one that runs, until when."""
    if short.runs(floor.at):
        return _("now-{end}").format(end=minute_of(floor, short.end))
    return hours_of(floor, short.start, short.end)


def too_few(step: roster.Step) -> str:
    """By how many, as a word."""
    return _n("{n} too few", "{n} too few", step.gap).format(n=step.gap)


def of_minimum(step: roster.Step) -> str:
    """Hands and what is needed: "31 of 34"."""
    return _("{expected} of {minimum}").format(expected=step.expected, minimum=step.minimum)


def spare_cell(step: roster.Step) -> Cell:
    """Hands above or below the minimum, with their sign."""
    if step.spare < 0:
        return Cell(f"-{step.gap}", Tone.ALARM, sort=step.spare)
    tone = Tone.NOTICE if step.target > step.expected else Tone.CALM
    return Cell(f"+{step.spare}", tone, sort=step.spare)


def noon_lines(floor: FloorSnapshot) -> tuple[Line, ...]:
    """The noon guard where it holds; with few hands, what they carry too."""
    guard = roster.noon_guard(floor)
    if guard is None or not guard.holds:
        return ()
    lines = (Line((Cell(noon_words(floor, guard), noon_tone(guard)),)),)
    carried = carry_words(guard)
    if not carried or guard.least > MUCH * guard.target:
        return lines
    return (*lines, Line((Cell(carried, Tone.MUTED),)))


def noon_tone(guard: roster.NoonGuard) -> Tone:
    """How much it matters."""
    if guard.is_short:
        return Tone.ALARM
    return Tone.WARN if guard.is_low else Tone.CALM


def noon_words(floor: FloorSnapshot, guard: roster.NoonGuard) -> str:
    """Noon in one line: how few there will be and when, and what the rule wants."""
    said = _("noon {hours}: {least} on the phones at {time}, {hard} must stay, {target} should")
    return said.format(
        hours=hours_of(floor, guard.start, guard.end),
        least=guard.least,
        time=minute_of(floor, max(guard.least_at, floor.at)),
        hard=guard.hard,
        target=guard.target,
    )


def carry_words(guard: roster.NoonGuard) -> str:
    """What so few can do; "" while nobody knows how long a call takes."""
    if guard.calls_per_hour is None or guard.aht_seconds is None:
        return ""
    said = _n(
        "{n} agent carries about {calls} calls an hour at {time} a call",
        "{n} agents carry about {calls} calls an hour at {time} a call",
        guard.least,
    )
    return said.format(n=guard.least, calls=round(guard.calls_per_hour), time=spoken.duration(guard.aht_seconds))
