"""History and the floor of this moment as pandas frames: what every report starts from.

Rules
- Times (`..._at`, `start`, `end`, `began`, `interval`, `day`) are epoch seconds UTC, NaN where the feed did not tell.
  `entered` beside them is the same instant on the floor's own clock: its dtype carries the zone.
- `began` is what a row counts by (METRICS.md): the entry of the call, or the answer where no entry was seen. `interval`
  and `day` are the starts of the 15 minutes and of the business day that hold it.
- Words from the feed are categories, None where there is none. Nothing here is inert or masked: the exports see to it.
- Order is that of the fold, so that sums of doubles come out the same to the last digit as the live counters.

The frames
- visits: waits that ended. feed queue call caller outcome agent entered_at left_at wait_seconds interval day entered,
  `in_time` (wait <= T) and `short` (wait < s) by the queue's target
- waiting: callers who still wait. queue call caller entered_at wait_seconds interval day entered, `late` (wait > T)
- talks: feed queue call agent how ended_by entered_at answered_at ended_at talk_seconds held_seconds began interval day
  entered; `how` is completed, transferred, restart, lost, or open for those under way
- spells: agent states, cut at the edges of business days. agent state reason start end day, `open` for those that
  still run (`end` is then this moment)
- rings: in vain. queue call agent how at ring_ms day
- wraps: after-call work. queue agent began start end interval day entered
- queues: the promise of each. queue seconds short_seconds share definition
- agents: who is who. agent name seat team
- facts: what the feeds can tell, one `fact` a row; a report shows null for what they cannot
- notes: what was noted, amendments in place. id at by kind agent seat state queue call tag text follow_up due_at
  done_at outcome withdrawn day entered
- helps: who asked for help. id agent seat question requested_at taken_by taken_at answer closed_by closed_at withdrawn
  day entered
- seat_visits: who was with whom, whether it was noted or not. agent by seat at day entered
- lost: callers whom nobody answered, of the days of the span; see `lost_frames`
- incidents: what somebody took up. key title since seats owner owned_at closed_at closed_by word
- floor: this moment, one row. at day date, the floor's own promise (seconds short_seconds share definition), and
  whether there are a roster, punches and a call feed (has_roster has_punches has_calls)
- documents, shifts, punches, swaps, leaves, assignments, excuses: see `duty_frames`
- noon: the noon guard of today, while it is to come or runs and its rule holds, one row; see `attendance_frames`
- attendance, adherence, coverage, days: of the days of the span alone, see `attendance_frames`; made when asked for
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from math import inf
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from floorwatch.extend.report import Span
from floorwatch.model.clock import FloorDays
from floorwatch.model.counts import INTERVAL_SECONDS
from floorwatch.model.entities import AgentState, Fact, Talk
from floorwatch.model.history import NAN, Columns, History
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Help, Note, Visit
from floorwatch.reports import attendance_frames, duty_frames
from floorwatch.reports.day_floors import DayFloor, day_floors
from floorwatch.reports.duty_frames import named_in
from floorwatch.reports.lazily import LazyFrames
from floorwatch.reports.lost_frames import lost
from floorwatch.reports.rows import TEXT, categorical, column_of, frame_of
from floorwatch.roster import date_of, name_of, team_of

Frames: TypeAlias = Mapping[str, pd.DataFrame]
Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]


NOTES = {
    "id": "str", "at": "float64", "by": "category", "kind": "category", "agent": "category", "seat": "category",
    "state": "category", "queue": "category", "call": "category", "tag": "category", "text": "str", "follow_up": "str",
    "due_at": "float64", "done_at": "float64", "outcome": "str", "withdrawn": "bool",
}  # fmt: skip
HELPS = {
    "id": "str", "agent": "category", "seat": "category", "question": "str", "requested_at": "float64",
    "taken_by": "category", "taken_at": "float64", "answer": "str", "closed_by": "category", "closed_at": "float64",
    "withdrawn": "bool",
}  # fmt: skip
SEAT_VISITS = {"agent": "category", "by": "category", "seat": "category", "at": "float64"}
"""The columns of what was entered by what they hold: words of which there are few are categories, texts are not."""

_TOLD = {
    "incidents": duty_frames.incidents,
    "documents": duty_frames.documents,
    "shifts": duty_frames.shifts,
    "punches": duty_frames.punches,
    "swaps": duty_frames.swaps,
    "leaves": duty_frames.leaves,
    "assignments": duty_frames.assignments,
    "excuses": duty_frames.excuses,
    "noon": attendance_frames.noons,
}
EVERYTHING = Span(-inf, inf)
NO_PAST: Mapping[float, FloorSnapshot] = MappingProxyType({})


def frames_of(
    history: History, floor: FloorSnapshot, span: Span = EVERYTHING, past: Mapping[float, FloorSnapshot] = NO_PAST
) -> LazyFrames:
    """The frames of this module's list. Copies: the floor may go on.

    `span` limits the days whose attendance is told; `past` are the floors of days that are over (`day_floors`).
    """
    days = floor.rules.days
    queues = _queues(floor, history)
    ready = {
        "visits": _visits(history, queues, days),
        "waiting": _waiting(floor, queues),
        "talks": _talks(history, floor),
        "spells": _spells(history, floor),
        "rings": _rings(history, days),
        "wraps": _with_periods(_frame(history.wraps), "began", days),
        "queues": queues,
        "agents": _people(floor),
        "facts": pd.DataFrame({"fact": pd.Series(sorted(fact.value for fact in floor.gives), dtype="str")}),
        "notes": _entered(floor.support.notes.values(), NOTES, "at", days),
        "helps": _entered(floor.support.helps.values(), HELPS, "requested_at", days),
        "seat_visits": _entered(floor.support.visit_log.values(), SEAT_VISITS, "at", days),
        "floor": _floor(floor),
    }
    told = {name: partial(make, floor) for name, make in _TOLD.items()} | {"lost": partial(lost, floor, span)}
    kept = {name: partial(ready.__getitem__, name) for name in ready}
    return LazyFrames({**kept, **told, **_by_day(floor, past, span)})


def _by_day(
    floor: FloorSnapshot, past: Mapping[float, FloorSnapshot], span: Span
) -> Mapping[str, Callable[[], pd.DataFrame]]:
    @cache
    def those() -> tuple[DayFloor, ...]:
        return day_floors(floor, past, span)

    return {
        "attendance": lambda: attendance_frames.attendances(those()),
        "adherence": lambda: attendance_frames.adherences(those()),
        "coverage": lambda: attendance_frames.coverages(those()),
        "days": lambda: attendance_frames.days(floor, those(), span),
    }


def day_edges(days: FloorDays, times: Numbers) -> Numbers:
    """Starts of the business days that hold `times` (NaN left out), and the end of the last one."""
    known = times[np.isfinite(times)]
    if not len(known):
        return np.zeros(0)
    edges = [days.start_of(float(known.min()))]
    while edges[-1] <= known.max():
        edges.append(days.end_of(edges[-1]))
    return np.array(edges)


def day_starts(days: FloorDays, times: Numbers) -> Numbers:
    """The start of the business day that holds each of `times`; NaN for NaN."""
    edges = day_edges(days, times)
    starts = np.full(len(times), NAN)
    known = np.isfinite(times)
    starts[known] = edges[np.searchsorted(edges, times[known], side="right") - 1]
    return starts


def _frame(table: Columns[Any]) -> pd.DataFrame:
    columns = table.columns
    words = {name: categorical(columns[name]) for name in table.WORDS}
    return pd.DataFrame(words | {name: np.array(columns[name], dtype="float64") for name in table.NUMBERS})


def _categories(rows: Iterable[Sequence[Any]], words: Sequence[str], numbers: Sequence[str]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * (len(words) + len(numbers))
    named = dict(zip([*words, *numbers], columns, strict=True))
    return pd.DataFrame(
        {name: categorical(named[name]) for name in words}
        | {name: np.array(named[name], dtype="float64") for name in numbers}
    )


def _with_periods(frame: pd.DataFrame, by: str, days: FloorDays) -> pd.DataFrame:
    began = frame[by].to_numpy()
    return frame.assign(
        interval=np.floor(began / INTERVAL_SECONDS) * INTERVAL_SECONDS,
        day=day_starts(days, began),
        entered=pd.to_datetime(frame[by], unit="s", utc=True).dt.tz_convert(days.zone),
    )


def _by_queue(frame: pd.DataFrame, queues: pd.DataFrame, promise: str) -> Numbers:
    """The promise of each row's queue."""
    of = dict(zip(queues["queue"], queues[promise], strict=True))
    names = frame["queue"].cat
    return np.array([of[name] for name in names.categories], dtype="float64")[names.codes.to_numpy()]


def _visits(history: History, queues: pd.DataFrame, days: FloorDays) -> pd.DataFrame:
    frame = _with_periods(_frame(history.visits), "entered_at", days)
    waits = frame["wait_seconds"]
    return frame.assign(
        in_time=waits <= _by_queue(frame, queues, "seconds"),
        short=waits < _by_queue(frame, queues, "short_seconds"),
    )


def _waiting(floor: FloorSnapshot, queues: pd.DataFrame) -> pd.DataFrame:
    visits = floor.waiting.values()
    rows = ((v.queue, v.call, v.caller, v.entered_at, max(0.0, floor.at - v.entered_at)) for v in visits)
    frame = _categories(rows, ("queue", "call", "caller"), ("entered_at", "wait_seconds"))
    frame = _with_periods(frame, "entered_at", floor.rules.days)
    return frame.assign(late=frame["wait_seconds"] > _by_queue(frame, queues, "seconds"))


def _talks(history: History, floor: FloorSnapshot) -> pd.DataFrame:
    """Ended talks in their order, then those under way, with what they have come to so far."""
    under_way = (_under_way(talk, floor.at) for talk in floor.talks.values())
    frame = _joined(_frame(history.talks), _categories(under_way, history.talks.WORDS, history.talks.NUMBERS))
    frame = frame.assign(began=frame["entered_at"].fillna(frame["answered_at"]))
    return _with_periods(frame, "began", floor.rules.days)


def _under_way(talk: Talk, now: float) -> tuple[Any, ...]:
    words = (talk.feed, talk.queue, talk.call, talk.agent, "open", None)
    entered_at = NAN if talk.entered_at is None else talk.entered_at
    return *words, entered_at, talk.since, NAN, max(0.0, now - talk.since), talk.held_seconds


def _spells(history: History, floor: FloorSnapshot) -> pd.DataFrame:
    """Ended spells in their order, then those that still run, cut off at this moment."""
    running = (
        (agent.id, agent.state.value, agent.pause_reason, agent.since, floor.at)
        for agent in floor.agents.values()
        if agent.since is not None and agent.since < floor.at and agent.state is not AgentState.UNKNOWN
    )
    ended = _frame(history.spells)
    frame = _joined(ended, _categories(running, history.spells.WORDS, history.spells.NUMBERS))
    return _cut_by_day(frame.assign(open=np.arange(len(frame)) >= len(ended)), floor.rules.days)


def _cut_by_day(spells: pd.DataFrame, days: FloorDays) -> pd.DataFrame:
    """A row for each day that a spell overlaps, in the spells' order."""
    start, end = spells["start"].to_numpy(), spells["end"].to_numpy()
    edges = day_edges(days, np.concatenate([start, end]))
    first = np.searchsorted(edges, start, side="right") - 1
    overlapped = np.searchsorted(edges, end, side="left") - first
    rows = np.repeat(np.arange(len(spells)), overlapped)
    place = first[rows] + np.arange(len(rows)) - np.repeat(np.cumsum(overlapped) - overlapped, overlapped)
    parts = spells.iloc[rows].reset_index(drop=True)
    if not len(parts):
        return parts.assign(day=NAN)
    return parts.assign(
        start=np.maximum(start[rows], edges[place]), end=np.minimum(end[rows], edges[place + 1]), day=edges[place]
    )


def _joined(ended: pd.DataFrame, open_: pd.DataFrame) -> pd.DataFrame:
    """Both under one another. Not `pd.concat`, which makes words of categories that differ."""
    columns: dict[str, Any] = {}
    for name in ended.columns:
        if isinstance(ended[name].dtype, pd.CategoricalDtype):
            columns[name] = union_categoricals([ended[name], open_[name]])
        else:
            columns[name] = np.concatenate([ended[name], open_[name]])
    return pd.DataFrame(columns)


def _rings(history: History, days: FloorDays) -> pd.DataFrame:
    frame = _frame(history.rings)
    return frame.assign(day=day_starts(days, frame["at"].to_numpy()))


def _queues(floor: FloorSnapshot, history: History) -> pd.DataFrame:
    names = dict.fromkeys([*floor.queue_names, *(str(queue) for queue in history.visits.columns["queue"])])
    rows = [(name, floor.rules.target(name)) for name in names]
    return pd.DataFrame(
        {
            "queue": pd.Series([name for name, _target in rows], dtype="str"),
            "seconds": np.array([target.seconds for _name, target in rows], dtype="float64"),
            "short_seconds": np.array([target.short_seconds for _name, target in rows], dtype="float64"),
            "share": np.array([target.share for _name, target in rows], dtype="float64"),
            "definition": pd.Series([target.definition for _name, target in rows], dtype="str"),
        }
    )


def _entered(
    things: Iterable[Note | Help | Visit], columns: Mapping[str, str], by: str, days: FloorDays
) -> pd.DataFrame:
    """A row a thing; by the moment `by` they count."""
    listed = list(things)
    frame = pd.DataFrame({name: column_of([_said(each, name) for each in listed], columns[name]) for name in columns})
    return _with_periods(frame, by, days).drop(columns="interval")


def _said(thing: Note | Help | Visit, name: str) -> Any:
    return not thing.holds if name == "withdrawn" and isinstance(thing, Note) else getattr(thing, name)


def _people(floor: FloorSnapshot) -> pd.DataFrame:
    """Everybody whom the call feed showed, then those whom rosters, sheets and requests name."""
    seen = [(agent.id, agent.name, agent.seat, agent.team) for agent in floor.agents.values()]
    named = (_person(floor, agent) for agent in named_in(floor.duty) if agent not in floor.agents)
    return frame_of([*seen, *named], {"agent": TEXT, "name": TEXT, "seat": TEXT, "team": TEXT})


def _person(floor: FloorSnapshot, agent: str) -> tuple[str, str, str | None, str | None]:
    known = floor.people.person(agent)
    return agent, name_of(floor, agent), None if known is None else known.seat, team_of(floor, agent)


def _floor(floor: FloorSnapshot) -> pd.DataFrame:
    """This moment, the floor's own promise, and what is read: one row."""
    target = floor.total.target
    return pd.DataFrame(
        {
            "at": [floor.at],
            "day": [floor.day_start],
            "date": pd.Series([date_of(floor)], dtype="str"),
            "seconds": [target.seconds],
            "short_seconds": [target.short_seconds],
            "share": [target.share],
            "definition": pd.Series([target.definition], dtype="str"),
            "has_roster": [floor.duty.has_roster],
            "has_punches": [floor.duty.has_punches],
            "has_calls": [Fact.CALLS in floor.gives],
        }
    )
