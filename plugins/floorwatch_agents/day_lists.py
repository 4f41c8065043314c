"""What stands behind a figure, a track or a stretch of an agent's day: the calls, states, breaks, rings, the plan.

Rules
- A key is "day:WHAT/AGENT" or "day:WHAT@WHICH/AGENT": what was chosen stands in it, so that a page that is open goes on
  while the day does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from floorwatch.api import (
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Notice,
    PastState,
    PastTalk,
    Row,
    Table,
    Tone,
    View,
    _,
    _n,
    roster,
    spoken,
)
from floorwatch_agents.day import Day, agent_of, day_of
from floorwatch_agents.day_log import call_in, log_of
from floorwatch_agents.day_pace import pace_sum
from floorwatch_agents.day_support import day_support
from floorwatch_agents.day_words import clock, ended_words
from floorwatch_agents.options import AgentsOptions

RIGHT = Align.RIGHT


def behind_day(floor: FloorSnapshot, options: AgentsOptions, key: str) -> View:
    """What the key of a figure, a track or a stretch opens (without its "day:")."""
    what, _slash, name = key.partition("/")
    kind, _at, which = what.partition("@")
    agent = agent_of(floor, name)
    found = None if agent is None else _BEHIND.get(kind)
    if agent is None or found is None:
        return Notice(_no_more())
    return found(day_of(floor, agent), options, which)


def _no_more() -> str:
    return _("There is no more behind this.")


def _pace(day: Day, options: AgentsOptions, _which: str) -> View:
    found = roster.pace_of(day.floor, day.agent.id, options.daily_calls, options.full_day_hours * 3600)
    return Notice(_("Neither planned nor signed in yet.")) if found is None else pace_sum(day, found, options)


# --- calls -----------------------------------------------------------------------------------------------------------


def _calls(day: Day, _options: AgentsOptions, _which: str) -> View:
    return _call_table(day, day.talks, _("Calls of the shift"))


def _by_length(day: Day, _options: AgentsOptions, _which: str) -> View:
    longest = sorted(day.talks, key=lambda talk: -talk.talk_seconds)
    return _call_table(day, longest, _("Calls of the shift, the longest first"))


def _transfers(day: Day, _options: AgentsOptions, _which: str) -> View:
    return _call_table(day, [talk for talk in day.talks if talk.how == "transferred"], _("Transferred"))


def _endings(day: Day, _options: AgentsOptions, _which: str) -> View:
    return _call_table(day, [talk for talk in day.talks if talk.ended_by == "agent"], _("Ended by the agent"))


def _call_table(day: Day, talks: Sequence[PastTalk], title: str) -> Table:
    columns = (
        Column("at", _("at"), 5),
        Column("queue", _("queue"), 8, flex=2),
        Column("caller", _("caller"), 11, flex=2, drop=1),
        Column("wait", _("waited"), 6, RIGHT, drop=2),
        Column("talk", _("talk"), 6, RIGHT),
        Column("held", _("held"), 5, RIGHT, drop=3),
        Column("end", _("end"), 10, flex=1, drop=4),
    )
    rows = (
        Row(
            f"day:call@{talk.answered_at!r}/{day.agent.id}",
            (
                Cell(clock(day.floor, talk.answered_at), Tone.MUTED, sort=talk.answered_at),
                Cell(talk.queue),
                Cell(day.caller(talk) or spoken.NOTHING),
                Cell(spoken.duration_or_nothing(day.waited(talk)), sort=day.waited(talk)),
                Cell(spoken.duration(talk.talk_seconds), sort=talk.talk_seconds),
                Cell(spoken.duration(talk.held_seconds) if talk.held_seconds else spoken.NOTHING),
                Cell(ended_words(talk), Tone.MUTED),
            ),
        )
        for talk in talks
    )
    return Table(columns, _each_once(rows), _("No calls in this shift."), caption=title)


def _each_once(rows: Iterator[Row]) -> tuple[Row, ...]:
    """Two calls of one moment share a page: one row."""
    return tuple({row.key: row for row in rows}.values())


def _call(day: Day, _options: AgentsOptions, which: str) -> View:
    talk = next((talk for talk in day.talks if repr(talk.answered_at) == which), None)
    if talk is None:
        return Notice(_("This call is no longer in the shift."))
    floor = day.floor
    facts = [
        (_("queue"), Cell(talk.queue)),
        (_("caller"), Cell(day.caller(talk) or _("no number"))),
        (_("waited"), Cell(spoken.duration_or_nothing(day.waited(talk)))),
        (_("answered"), Cell(spoken.clock(talk.answered_at, floor.rules.days.zone))),
        (_("talk"), Cell(spoken.duration(talk.talk_seconds))),
        (_("on hold"), Cell(spoken.duration(talk.held_seconds) if talk.held_seconds else spoken.NOTHING)),
        (_("ended"), Cell(spoken.clock(talk.ended_at, floor.rules.days.zone))),
        (_("how"), Cell(ended_words(talk))),
        (_("call"), Cell(talk.call, Tone.MUTED)),
    ]
    return Table.of_facts(facts, _("A call of {name}").format(name=day.agent.name))


# --- states, breaks, rings, plan -------------------------------------------------------------------------------------


def _states(day: Day, _options: AgentsOptions, which: str) -> View:
    return log_of(day, which)


def _state(day: Day, options: AgentsOptions, which: str) -> View:
    """The call that somebody was on in it."""
    state = next((each for each in day.states if f"{each.start!r}-{each.state}" == which), None)
    call = None if state is None else call_in(day, state)
    if not isinstance(call, PastTalk):
        return Notice(_no_more())
    return _call(day, options, repr(call.answered_at))


def _breaks(day: Day, _options: AgentsOptions, _which: str) -> View:
    columns = (
        Column("at", _("at"), 5),
        Column("reason", _("reason"), 8, flex=2),
        Column("took", _("took"), 7, RIGHT),
        Column("limit", _("limit"), 7, RIGHT, drop=1),
        Column("over", _("over"), 7, RIGHT),
    )
    taken = {round(each.start): each for each in (day.attended.breaks if day.attended is not None else ())}
    paused = (state for state in day.states if state.state == "paused")
    rows = tuple(_break(day, number, state, taken.get(round(state.start))) for number, state in enumerate(paused))
    return Table(columns, rows, _("No pause in this shift."), caption=_("Pauses of the shift"), opens=False)


def _break(day: Day, number: int, state: PastState, taken: roster.BreakTaken | None) -> Row:
    runs = state is day.states[-1] and day.agent.since is not None
    took = Cell.age(state.start) if runs else Cell(spoken.duration(state.end - state.start))
    limit = None if taken is None else taken.limit
    over = Cell(spoken.duration(taken.over), Tone.WARN) if taken is not None and taken.is_over else Cell()
    cells = (
        Cell(clock(day.floor, state.start), Tone.MUTED, sort=state.start),
        Cell(state.reason or _("no reason given")),
        took,
        Cell(spoken.duration_or_nothing(limit), Tone.MUTED),
        over,
    )
    return Row(f"break:{number}", cells)


def _rings(day: Day, _options: AgentsOptions, _which: str) -> View:
    columns = (
        Column("at", _("at"), 8),
        Column("queue", _("queue"), 8, flex=1),
        Column("rang", _("rang"), 7, RIGHT),
        Column("how", "", 10, flex=2, drop=1),
    )
    rows = tuple(
        Row(
            f"ring:{number}",
            (
                Cell(spoken.clock(ring.at, day.floor.rules.days.zone), Tone.MUTED, sort=ring.at),
                Cell(ring.queue),
                Cell(spoken.duration_or_nothing(ring.ring_seconds)),
                Cell(_("refused or unreachable") if ring.ring_seconds == 0 else _("not picked up")),
            ),
        )
        for number, ring in enumerate(day.rings)
    )
    words = _n("{n} missed ring", "{n} missed rings", len(rows)).format(n=len(rows))
    return Table(columns, rows, _("No ring was missed in this shift."), caption=words if rows else "", opens=False)


def _plan(day: Day, _options: AgentsOptions, _which: str) -> View:
    found = roster.adherence_of(day.floor, day.agent.id) if day.floor.duty.has_roster else None
    if day.planned is None:
        return Notice(_("No roster names {name} today.").format(name=day.agent.name))
    columns = (
        Column("at", _("from"), 5),
        Column("to", _("to"), 5),
        Column("what", _("plan"), 10, flex=1),
        Column("off", _("off the plan"), 12, flex=3, drop=1),
    )
    off = found.deviations if found is not None else ()
    rows = tuple(
        Row(
            f"stint:{number}",
            (
                Cell(clock(day.floor, stint.start), Tone.MUTED, sort=stint.start),
                Cell(clock(day.floor, stint.end), Tone.MUTED, sort=stint.end),
                Cell(spoken.activity_name(stint.activity)),
                Cell(_(", ").join(_off(day, each) for each in off if stint.start <= each.start < stint.end)),
            ),
        )
        for number, stint in enumerate(day.planned.stints)
    )
    return Table(columns, rows, _("Off today."), caption=_("The plan and what was off it"), opens=False)


def _off(day: Day, each: roster.Deviation) -> str:
    done = _("away") if each.done is None else spoken.activity_name(each.done)
    words = _("{time} {done} {duration}, excused") if each.excused >= each.seconds else _("{time} {done} {duration}")
    return words.format(time=clock(day.floor, each.start), done=done, duration=spoken.duration(each.seconds))


def _support(day: Day, _options: AgentsOptions, _which: str) -> View:
    return day_support(day, most=None)


_BEHIND: Mapping[str, Callable[[Day, AgentsOptions, str], View]] = {
    "pace": _pace,
    "calls": _calls,
    "talk": _by_length,
    "handled": _by_length,
    "call": _call,
    "idle": _states,
    "states": _states,
    "state": _state,
    "breaks": _breaks,
    "plan": _plan,
    "rings": _rings,
    "transfers": _transfers,
    "endings": _endings,
    "notes": _support,
}
