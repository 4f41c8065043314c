"""A person's day as two lines: the plan, and under it what was done.

Rules
- A letter says what it is, in both lines the same: `l` lunch, `b` break, `m` meeting, `t` training, `d` other duty; the
  phones have none, they are what is there when nothing else is.
- Breaks have one colour and work another, as in the day of a person behind attendance. Work is calm: of what is muted
  or noticed a light theme of sixteen colours shows nothing.
- Off the plan is said where it was done: `-` away while the plan has them at work, `+` work outside of it.
"""

from collections.abc import Iterator
from itertools import pairwise

from floorwatch.api import FloorSnapshot, Stretch, Tone, Track, _, duty, roster
from floorwatch_rosters.coverage_words import hours_of
from floorwatch_rosters.request_words import activity_name
from floorwatch_rosters.who import who

DONE = "done"
"""Kind of the keys of what was done; that of the plan is "agent"."""

_ACTIVITY = duty.Activity
LETTERS = {
    _ACTIVITY.PHONES: "",
    _ACTIVITY.LUNCH: "l",
    _ACTIVITY.BREAK: "b",
    _ACTIVITY.MEETING: "m",
    _ACTIVITY.TRAINING: "t",
    _ACTIVITY.DUTY: "d",
}
_BREAKS = (_ACTIVITY.BREAK, _ACTIVITY.LUNCH)


def tracks_of(floor: FloorSnapshot, agent: str, start: float, end: float) -> Iterator[Track]:
    """The plan between these moments, then what was done up to now."""
    stints = tuple(_planned(floor, agent, start, end))
    yield Track(f"agent:{agent}", who(floor, agent), tuple(_plan(floor, stint) for stint in stints))
    done = roster.done_by(floor, agent, start, min(end, floor.at))
    pieces = (piece for each in done for piece in _cut(each, stints))
    actual = tuple(stretch for piece in pieces if (stretch := _done(floor, stints, piece)) is not None)
    yield Track(f"{DONE}:{agent}", _("  done"), actual)


def _planned(floor: FloorSnapshot, agent: str, start: float, end: float) -> Iterator[duty.Stint]:
    """What the plans of yesterday and today have then."""
    today = roster.date_of(floor)
    for date in (roster.moved(today, -1), today):
        planned = roster.plan_of(floor, date).by_agent.get(agent)
        if planned is not None:
            yield from (stint for stint in planned.stints if stint.start < end and start < stint.end)


def _plan(floor: FloorSnapshot, stint: duty.Stint) -> Stretch:
    about = _about(floor, activity_name(stint.activity), stint.start, stint.end)
    return Stretch(stint.start, stint.end, LETTERS[stint.activity], _tone(stint.activity), about)


def _cut(done: roster.Done, stints: tuple[duty.Stint, ...]) -> Iterator[roster.Done]:
    """In pieces for which the plan has one thing each: so a call that ran into lunch is seen."""
    edges = {edge for stint in stints for edge in (stint.start, stint.end) if done.start < edge < done.end}
    for start, end in pairwise(sorted({done.start, *edges, done.end})):
        yield roster.Done(start, end, done.activity)


def _done(floor: FloorSnapshot, stints: tuple[duty.Stint, ...], done: roster.Done) -> Stretch | None:
    middle = (done.start + done.end) / 2
    planned = next((stint.activity for stint in stints if stint.start <= middle < stint.end), None)
    if done.activity is None:
        if planned is None:
            return None
        return Stretch(done.start, done.end, "-", Tone.WARN, _about(floor, _("away"), done.start, done.end))
    letter, name = LETTERS[done.activity], activity_name(done.activity)
    about = _about(floor, name, done.start, done.end)
    if planned is None:
        return Stretch(done.start, done.end, letter or "+", Tone.NOTICE, about)
    is_off = planned is not done.activity
    return Stretch(done.start, done.end, letter, Tone.WARN if is_off else _tone(done.activity), about)


def _tone(activity: duty.Activity) -> Tone:
    return Tone.NOTICE if activity in _BREAKS else Tone.CALM


def _about(floor: FloorSnapshot, what: str, start: float, end: float) -> str:
    return _("{what} {hours}").format(what=what, hours=hours_of(floor, start, end))
