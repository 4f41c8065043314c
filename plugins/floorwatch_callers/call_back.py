"""Who is to be called back: a row a caller, the most urgent first; below, whose matter is done.

Rules
- First who was not tried yet, then who was; of these, who was lost most often, then the newest. Whoever hung up at once
  comes after them, and whoever waits again now comes last: nobody calls somebody who is on the line.
- Who gets through, or is reached, leaves the list.
"""

from collections.abc import Sequence
from heapq import nsmallest

from floorwatch.api import (
    Align,
    Cell,
    Column,
    FloorSnapshot,
    LostCaller,
    Row,
    Table,
    Tone,
    _,
    _n,
    _p,
    spoken,
)
from floorwatch_callers.caller import caller, in_focus, key_of, number_words
from floorwatch_callers.left_how import left_words
from floorwatch_callers.waiting import more_row

OFTEN = 3
"""Calls in vain from which on a caller is marked as a warning."""

MOST_DONE = 50


def urgency(floor: FloorSnapshot, each: LostCaller) -> tuple[bool, bool, bool, int, float]:
    """The place in the list, the smallest first."""
    tried, short = each.tried is not None, each.is_short(floor.rules)
    return each.waits is not None, short, tried, -each.times, -each.last.left_at


def to_call_back(floor: FloorSnapshot) -> Sequence[LostCaller]:
    """Who is to be called back in what is in focus, in no order."""
    return [each for each in floor.lost.to_call_back if in_focus(floor, each.last.queue)]


def call_back_table(floor: FloorSnapshot, most: int) -> Table:
    """The list for calling back; its caption says how much is done."""
    found = to_call_back(floor)
    rows = [_row(floor, each) for each in nsmallest(most, found, key=lambda each: urgency(floor, each))]
    if len(found) > most:
        rows.append(more_row(_columns(), len(found) - most))
    return Table(_columns(), tuple(rows), empty=_("No one is to be called back."), caption=_caption(floor, len(found)))


def others_table(floor: FloorSnapshot, most: int) -> Table:
    """Those for whom the list has no room, in its order."""
    found = sorted(to_call_back(floor), key=lambda each: urgency(floor, each))
    return Table(_columns(), tuple(_row(floor, each) for each in found[most:]), _("There are no others."))


def done_table(floor: FloorSnapshot) -> Table:
    """Who was reached and who got through today, the newest first."""
    done = [*floor.lost.called_back, *floor.lost.got_through]
    shown = sorted((each for each in done if in_focus(floor, each.last.queue)), key=_done_at, reverse=True)[:MOST_DONE]
    columns = (
        Column("queue", _("queue"), 8, flex=1),
        Column("caller", _("caller"), 10, flex=1),
        Column("times", "", 3, Align.RIGHT, drop=2),
        Column("done", _("done"), 12, flex=2),
    )
    rows = (
        Row(
            f"done:{place}",
            (Cell(each.last.queue), Cell(caller(floor, each.last)), _times(each), Cell(done_words(floor, each))),
            Tone.MUTED,
        )
        for place, each in enumerate(shown)
    )
    return Table(columns, tuple(rows), caption=_("Done today"), opens=False)


def done_words(floor: FloorSnapshot, each: LostCaller) -> str:
    """How the matter was done: "called back 10:52 王芳", "got through 10:52"."""
    zone = floor.rules.days.zone
    if each.returned is not None:
        at = spoken.clock_minute(each.returned.at, zone)
        return _("called back {time} {who}").format(time=at, who=each.returned.by)
    at = spoken.clock_minute(_done_at(each), zone)
    return _("got through {time}").format(time=at)


def tried_words(floor: FloorSnapshot, each: LostCaller) -> str:
    """ "tried 10:41 王芳, 2 tries"; "" where nobody has called yet."""
    if each.tried is None:
        return ""
    at = spoken.clock_minute(each.tried.at, floor.rules.days.zone)
    if each.tries == 1:
        return _("tried {time} {who}").format(time=at, who=each.tried.by)
    said = _n("tried {time} {who}, {n} try", "tried {time} {who}, {n} tries", each.tries)
    return said.format(time=at, who=each.tried.by, n=each.tries)


def _done_at(each: LostCaller) -> float:
    if each.returned is not None:
        return each.returned.at
    return each.last.left_at if each.answered is None else each.answered.left_at


def _caption(floor: FloorSnapshot, number: int) -> str:
    lost = floor.lost
    back = sum(in_focus(floor, each.last.queue) for each in lost.called_back)
    through = sum(in_focus(floor, each.last.queue) for each in lost.got_through)
    if not back and not through:
        return _("To call back: {n}").format(n=number)
    said = _("To call back: {n}  called back {back}, got through {through}")
    return said.format(n=number, back=back, through=through)


def _columns() -> tuple[Column, ...]:
    right = Align.RIGHT
    return (
        Column("queue", _("queue"), 8, flex=1, about=_("which the caller left last")),
        Column("caller", _("caller"), 10, flex=1, about=number_words()),
        Column("times", "", 3, right, about=_("how often they called today and nobody answered")),
        Column("left", _("ago"), 7, right, about=_("since the last of these calls ended")),
        Column("how", _("left"), 10, flex=3, drop=2, about=_("how the last one ended, or what was done since")),
        Column("waited", _("waited"), 6, right, drop=3, about=_("how long the last one had waited")),
        Column("key", "", 8, drop=1, about=_("the key that says that you called back, and whether they picked up")),
    )


def _row(floor: FloorSnapshot, each: LostCaller) -> Row:
    last = each.last
    cells = (
        Cell(last.queue),
        Cell(caller(floor, last)),
        _times(each),
        Cell.age(last.left_at),
        _how(floor, each),
        Cell(spoken.duration(last.wait_seconds), sort=last.wait_seconds),
        Cell(_p("somebody", "call"), command="called-back"),
    )
    is_low = each.waits is not None or each.is_short(floor.rules)
    return Row(key_of(last), cells, Tone.MUTED if is_low else Tone.CALM)


def _times(each: LostCaller) -> Cell:
    times = each.times
    if times == 1:
        return Cell(sort=1)
    return Cell(_("{n}x").format(n=times), Tone.WARN if times >= OFTEN else Tone.NOTICE, sort=times)


def _how(floor: FloorSnapshot, each: LostCaller) -> Cell:
    """How they left; what has happened since stands in its place."""
    if each.waits is not None:
        return Cell(_("waits again, {queue}").format(queue=each.waits.queue))
    if each.tried is not None:
        return Cell(tried_words(floor, each), Tone.MUTED)
    return Cell(left_words(each.last.outcome, short=each.is_short(floor.rules)))
