"""What an agent did, hour by hour, and one after another within an hour or within a stretch of the line.

Rules
- Hours are those of the clock on the wall; a state that goes on beyond one counts in each with its part of it.
- A call counts in the hour of its answer.
- A key of states is "day:states@FROM-TO/AGENT", both in epoch seconds.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.api import (
    AgentState,
    Align,
    Cell,
    Column,
    Fact,
    Mark,
    PastState,
    PastTalk,
    Row,
    Stack,
    Table,
    Talk,
    Tone,
    View,
    _,
    spoken,
)
from floorwatch_agents.day import Day
from floorwatch_agents.day_marks import day_marks, ring_marks
from floorwatch_agents.day_words import clock

RIGHT = Align.RIGHT
HOUR = 3600.0
NOTHING = Cell(spoken.NOTHING, Tone.MUTED, sort=0.0)
NOT_GIVEN = Cell(spoken.NOT_GIVEN, Tone.MUTED)
ON_CALLS = (AgentState.ON_CALL.value, AgentState.ON_HOLD.value)


class Part(Struct, frozen=True):
    """A state as far as it lies within a window; `runs`: it is the agent's state now, and the window holds it."""

    state: PastState
    start: float
    end: float
    runs: bool


def log_of(day: Day, which: str) -> View:
    """Everything within the window that `which` names; without one the shift by hours, and all of it below."""
    window = _window(which)
    if window is None:
        return Stack((_hours(day), _log(day, day.start, max(day.end, day.floor.at))))
    return _log(day, *window)


def parts_within(day: Day, start: float, end: float) -> list[Part]:
    """The states of this window, in order, cut to it."""
    running = day.states[-1] if day.states and day.agent.since is not None else None
    return [
        Part(state, max(start, state.start), min(end, state.end), state is running and day.floor.at <= end)
        for state in day.states
        if state.start < end and (state.end > start or state.start >= start)
    ]


def call_in(day: Day, state: PastState) -> PastTalk | Talk | None:
    """The call that somebody was on in this state."""
    if state.state not in ON_CALLS:
        return None
    at = state.start
    ended = (talk for talk in day.talks if talk.answered_at - 1 < at < max(talk.ended_at, talk.answered_at + 1))
    return next(ended, next((talk for talk in day.running if talk.since - 1 < at), None))


def _spent(parts: Iterable[Part]) -> Mapping[str, float]:
    """Seconds by state."""
    found: dict[str, float] = {}
    for part in parts:
        found[part.state.state] = found.get(part.state.state, 0.0) + part.end - part.start
    return found


def _window(which: str) -> tuple[float, float] | None:
    start, _dash, end = which.partition("-")
    with suppress(ValueError):
        return float(start), float(end)
    return None


# --- by hours --------------------------------------------------------------------------------------------------------


def _hours(day: Day) -> Table:
    columns = (
        Column("from", _("from"), 5),
        Column("calls", _("calls"), 5, RIGHT),
        Column("talk", _("talk"), 6, RIGHT),
        Column("wrap", _("after"), 6, RIGHT, drop=2, about=_("after-call work")),
        Column("idle", _("idle"), 6, RIGHT, drop=1),
        Column("paused", _("paused"), 6, RIGHT),
        Column("out", _("gone"), 6, RIGHT, drop=3, about=_("signed out")),
    )
    rows = tuple(_hour(day, start) for start in _starts(day))
    return Table(columns, rows, _("Nothing was seen of this time."), caption=_("By hours"), starts=True)


def _starts(day: Day) -> Iterator[float]:
    began = datetime.fromtimestamp(day.start, day.floor.rules.days.zone)
    start = day.start - (began.minute * 60 + began.second) - began.microsecond / 1e6
    while start < min(day.end, day.floor.at):
        yield start
        start += HOUR


def _hour(day: Day, start: float) -> Row:
    end = start + HOUR
    seconds = _spent(parts_within(day, start, end))

    def spent(*states: AgentState) -> Cell:
        found = sum(seconds.get(state.value, 0.0) for state in states)
        return Cell(spoken.duration(found), sort=found) if found else NOTHING

    answered = [each.answered_at for each in day.talks] + [each.since for each in day.running]
    calls = sum(start <= at < end for at in answered)
    gives = day.floor.gives
    cells = (
        Cell(clock(day.floor, start), sort=start),
        Cell(str(calls), sort=calls) if calls else NOTHING,
        spent(AgentState.ON_CALL, AgentState.ON_HOLD),
        spent(AgentState.WRAP_UP) if Fact.WRAP_UP in gives else NOT_GIVEN,
        spent(AgentState.AVAILABLE, AgentState.RINGING) if Fact.MEMBERS in gives else NOT_GIVEN,
        spent(AgentState.PAUSED) if Fact.PAUSES in gives else NOT_GIVEN,
        spent(AgentState.SIGNED_OUT) if Fact.MEMBERS in gives else NOT_GIVEN,
    )
    return Row(f"day:states@{start!r}-{end!r}/{day.agent.id}", cells)


# --- one after another -----------------------------------------------------------------------------------------------


def _log(day: Day, start: float, end: float) -> Table:
    columns = (
        Column("at", _("at"), 8),
        Column("lasted", _("for"), 7, RIGHT),
        Column("state", _("state"), 9, flex=1),
        Column("what", "", 8, flex=3),
    )
    parts = parts_within(day, start, end)
    marks = (mark for mark in (*day_marks(day), *ring_marks(day)) if start <= mark.at < end)
    rows = sorted((*(_part(day, part) for part in parts), *(_mark(day, mark) for mark in marks)), key=_when)
    caption = _said(day, parts, start, min(end, day.floor.at))
    empty = _("Nothing was seen of this time.")
    return Table(columns, tuple(_told_apart(day, [row for _at, row in rows])), empty, caption=caption)


def _when(entry: tuple[float, Row]) -> float:
    return entry[0]


def _told_apart(day: Day, rows: Iterable[Row]) -> Iterator[Row]:
    """Two things that open the same have a key each: the first one has it."""
    known: set[str] = set()
    for number, row in enumerate(rows):
        yield replace(row, key=f"day:again@{number}/{day.agent.id}") if row.key in known else row
        known.add(row.key)


def _said(day: Day, parts: list[Part], start: float, end: float) -> str:
    spent = (
        _("{state} {duration}").format(state=spoken.state_name(name), duration=spoken.duration(each))
        for name, each in sorted(_spent(parts).items(), key=lambda each: -each[1])
    )
    hours = {"start": clock(day.floor, start), "end": clock(day.floor, end)}
    return _("{start}-{end}: {parts}").format(**hours, parts=_(", ").join(spent)) if parts else ""


def _part(day: Day, part: Part) -> tuple[float, Row]:
    call = call_in(day, part.state)
    lasted = Cell.age(part.start) if part.runs else Cell(spoken.duration(part.end - part.start))
    cells = (
        Cell(spoken.clock(part.start, day.floor.rules.days.zone), Tone.MUTED, sort=part.start),
        lasted,
        Cell(spoken.state_name(part.state.state)),
        Cell(part.state.reason or "" if call is None else _with(day, call)),
    )
    return part.start, Row(f"day:state@{part.state.start!r}-{part.state.state}/{day.agent.id}", cells)


def _with(day: Day, call: PastTalk | Talk) -> str:
    number = day.caller(call) if isinstance(call, PastTalk) else day.floor.number_of(call)
    return _("{queue}, {caller}").format(queue=call.queue, caller=number or _("no number"))


def _mark(day: Day, mark: Mark) -> tuple[float, Row]:
    cells = (
        Cell(spoken.clock(mark.at, day.floor.rules.days.zone), Tone.MUTED, sort=mark.at),
        Cell(),
        Cell(mark.sign, mark.tone),
        Cell(mark.about),
    )
    return mark.at, Row(mark.key or f"day:mark@{mark.at!r}/{day.agent.id}", cells)
