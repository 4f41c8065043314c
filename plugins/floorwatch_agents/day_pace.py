"""The pace of an agent in words: how far from their share, by what, and the whole sum behind it.

Rules
- The formula is roster.pace's; nothing is computed here. Calls are written with one decimal, since a share is no whole
  number.
- A gap that is no more than chance brings has no cause in the line, and no colour. Of a larger one the causes of a
  whole call and more are named, then what goes against them; the sum behind it has all of them.
- What no cause explains is called chance where chance can bring it, and is no cause then.
"""

from floorwatch.api import Align, Cell, Column, Line, Row, Stack, Table, Text, Tone, _, _p, roster, spoken
from floorwatch_agents.day import Day
from floorwatch_agents.options import AgentsOptions

Cause = roster.Cause
LEAST_CALLS = 1.0
NOTICED_CALLS = 2.0
"""From so many calls on, a gap that has a cause of one's own is worth a look."""

OWN = (Cause.OFF_PHONES, Cause.LONG_CALLS)
"""Causes that lie with the agent; the others lie with the day."""


def pace_line(pace: roster.Pace, options: AgentsOptions) -> Text:
    """How far from the target so far, by what, and how that is reckoned."""
    return Text((Line((Cell(_gap(pace), tone_of(pace)),)), Line((Cell(formula(pace, options), Tone.MUTED),))))


def _gap(pace: roster.Pace) -> str:
    behind, n = pace.gap > 0, abs(pace.gap)
    if pace.is_chance:
        late = _("{n:.1f} behind the target so far; {chance:.1f} more or less are chance")
        early = _("{n:.1f} ahead of the target so far; {chance:.1f} more or less are chance")
        return (late if behind else early).format(n=n, chance=pace.chance)
    causes, against = causes_of(pace, widen=behind), causes_of(pace, widen=not behind)
    gap = (_("{n:.1f} behind the target so far") if behind else _("{n:.1f} ahead of the target so far")).format(n=n)
    if not causes:
        return gap
    words = _("{gap}: {causes}; against that {others}") if against else _("{gap}: {causes}")
    return words.format(gap=gap, causes=causes, others=against)


def formula(pace: roster.Pace, options: AgentsOptions) -> str:
    """The target so far with its figures, and the share beside it."""
    planned = _("target {target:.1f} = {daily:g} x {planned} planned on the phones / {day:g} h; share {share:.1f}")
    signed = _("target {target:.1f} = {daily:g} x {planned} signed in / {day:g} h; share {share:.1f}")
    words = planned if pace.is_planned else signed
    return words.format(
        target=pace.target,
        daily=options.daily_calls,
        planned=spoken.duration(pace.planned),
        day=options.full_day_hours,
        share=pace.share,
    )


def causes_of(pace: roster.Pace, *, widen: bool) -> str:
    """What makes the target harder to reach (`widen`) or easier, the largest first."""
    parts = sorted(pace.parts, key=lambda part: -part[1] if widen else part[1])
    named = [part for part in parts if part[0] is not Cause.OTHER or abs(part[1]) > pace.chance]
    wanted = [part for part in named if (part[1] if widen else -part[1]) >= LEAST_CALLS]
    said = _("{cause} {calls:.1f}")
    return _(", ").join(said.format(cause=cause_name(pace, cause), calls=abs(calls)) for cause, calls in wanted)


def tone_of(pace: roster.Pace) -> Tone:
    """A gap is noticed where most of it lies with the agent; a quiet day is nobody's fault, and luck neither."""
    worst, calls = max(pace.parts, key=lambda part: part[1])
    is_own = worst in OWN and calls >= NOTICED_CALLS
    return Tone.NOTICE if pace.gap > 0 and is_own and not pace.is_chance else Tone.CALM


def cause_name(pace: roster.Pace, cause: Cause) -> str:
    """The cause in words; of a part that makes the gap smaller, the opposite."""
    calls = pace.part(cause)
    if cause is Cause.OTHER:
        return _("chance") if abs(calls) <= pace.chance else _("not explained")
    if calls < 0:
        return {
            Cause.NO_CALLS: _("more calls came"),
            Cause.OFF_PHONES: _("on the phones"),
            Cause.EXCUSED: _("excused"),
            Cause.BEYOND: _("beyond the plan"),
            Cause.LONG_CALLS: _("short calls"),
        }[cause]
    return {
        Cause.NO_CALLS: _("no calls came"),
        Cause.OFF_PHONES: _("off the phones"),
        Cause.EXCUSED: _("excused"),
        Cause.BEYOND: _("beyond the plan"),
        Cause.LONG_CALLS: _("long calls"),
    }[cause]


def pace_sum(day: Day, pace: roster.Pace, options: AgentsOptions) -> Stack:
    """Line by line from the target to the calls answered."""
    columns = (
        Column("what", "", 16, flex=1),
        Column("calls", _p("by telephone", "calls"), 7, Align.RIGHT),
        Column("how", "", 20, flex=3, drop=1),
    )
    rows = [_row("target", _("target so far"), pace.target, formula(pace, options))]
    for cause, calls in pace.parts:
        rows.append(_row(cause.value, cause_name(pace, cause), -calls, _how(cause)))
        if cause is Cause.NO_CALLS:
            rows.append(_row("share", _("share of the calls that came"), pace.share, _("target so far, less that")))
    rows.append(_row("answered", _("answered"), float(pace.answered), _("what is left")))
    title = _("Pace of {name}").format(name=day.agent.name)
    return Stack((Table(columns, tuple(rows), caption=title, opens=False), Text.of(_misleads(pace), Tone.MUTED)))


def _how(cause: Cause) -> str:
    return {
        Cause.NO_CALLS: _("the calls that came, against the target"),
        Cause.OFF_PHONES: _("planned there, and elsewhere"),
        Cause.EXCUSED: _("excuse, meeting, incident or fault"),
        Cause.BEYOND: _("on the phones outside the plan"),
        Cause.LONG_CALLS: _("handle time against the queues' mean"),
        Cause.OTHER: _("who was next in line, missed rings"),
    }[cause]


def _misleads(pace: roster.Pace) -> str:
    return _(
        "A share is what a second on the phones brought everybody in the same queues, quarter by quarter. It does not "
        "know who was next in line: {chance:.1f} calls more or less are chance, the square root of the share."
    ).format(chance=pace.chance)


def _row(key: str, name: str, calls: float, how: str) -> Row:
    figure = Cell(f"{calls:.1f}", sort=calls)
    return Row(f"pace:{key}", (Cell(name), figure, Cell(how, Tone.MUTED)))
