"""All that is known of one person around one day: the plan, and what each witness saw, put together.

Rules
- Punches are a witness of a date that an attendance document covers or under which a punch stands; the call feed is one
  of shifts that began within what it remembers, and whose grace was not over at its first line. Where punches see
  nothing, a shift is judged from its first to its last minute on the telephones: a call feed does not see a training.
- Whom the call feed shows as it begins was found there, and nobody saw them coming. So was whoever never signed out of
  the shift before, and shows by a call or a pause that they are here; and whoever is known by calls alone, whose
  leaving it will not see either. Whoever punched out at the end, and had no call since, has left though signed in.
- Someone whom no shift explains stays from their first sight of the day; what belongs to the shift of the day before or
  after is none of it, and a stay may pass midnight.
- A sheet may hold punches of later than now (a replay): they are not seen yet.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from math import inf, nextafter
from typing import TypeAlias

from msgspec import Struct

from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Approval, Duty, HandMark, Spell, Stint
from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.entities import Fact
from floorwatch.model.presence import remembered_since
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.breaks import held_up
from floorwatch.roster.kept import kept
from floorwatch.roster.plan import Planned, moved, plan_of
from floorwatch.roster.witnesses import (
    BREAKS,
    NO_MARKS,
    STAY_SECONDS,
    Marked,
    Part,
    Sight,
    corrections,
    elsewhere,
    found_there,
    marked,
    near,
    not_seen_leaving,
    parts_of,
    presences,
    punch_sights,
    punches_between,
    shows,
    stay_of,
    with_windows,
    without_repeats,
    worked,
)

Work: TypeAlias = Sequence[tuple[float, float]]
"""Start and end of each stretch of work."""

_DAY_SECONDS = 24 * 3600.0
_BEGINNING_SECONDS = 60.0
"""So long after its first line a call feed may still be saying who is there (ours)."""


class Day(Struct, frozen=True):
    """A date of the floor as of `now`: its bounds, its plan and those of the days beside it, and what can be seen.
    `feed_began` is when the call feed brought its first line."""

    floor: FloorSnapshot
    now: float
    rules: DutyRules
    date: str
    start: float
    end: float
    sees_punches: bool
    sees_signs: bool
    feed_began: float
    plan: Mapping[str, Planned]
    before: Mapping[str, Planned]
    after: Mapping[str, Planned]


_Plans: TypeAlias = Mapping[str, Planned]
_Known: TypeAlias = tuple[float, float, bool, bool, float, _Plans, _Plans, _Plans]
"""The fields of a `Day` from `start` on."""


def day_of(floor: FloorSnapshot, date: str) -> Day:
    """What is known of a date. What takes computing is kept with the snapshot; the day is not, since it holds the
    snapshot: two that hold each other stay until Python's cycle collector comes by."""
    known = kept(floor, "attendance_days", date, lambda: _known_of(floor, date), 40)
    return Day(floor, floor.at, floor.rules.duty, date, *known)


class Evidence(Struct, frozen=True):
    """What was seen of one person. `parts` are the stretches that are judged, none where no work is planned; `stints`
    the plan without the breaks at its edges, as live calls have moved it; `moments`
    the punches that belong to it, those to come too; `signed` what the call feed saw, `elsewhere` approved work out of
    the house, `sights` all of it together.

    `sees_signs`: the call feed can tell. `is_left_over`: they were signed in long before, and never signed out.
    `spells` are those that touch the window."""

    parts: tuple[Part, ...] = ()
    stints: tuple[Stint, ...] = ()
    sights: tuple[Sight, ...] = ()
    moments: tuple[float, ...] = ()
    punched_in: float | None = None
    punched_out: float | None = None
    signed: tuple[Sight, ...] = ()
    elsewhere: tuple[Sight, ...] = ()
    spells: tuple[Spell, ...] = ()
    sees_signs: bool = False
    is_left_over: bool = False
    is_blind: bool = False
    marks: Marked = NO_MARKS

    @property
    def signed_in(self) -> float | None:
        """When the call feed first saw them."""
        return self.signed[0].start if self.signed else None

    @property
    def signed_out(self) -> float | None:
        """When the call feed last saw them; None while it does."""
        return self.signed[-1].end if self.signed and not self.is_signed else None

    @property
    def is_signed(self) -> bool:
        """Whether they are signed in."""
        return bool(self.signed) and self.signed[-1].end == inf


def evidence_of(day: Day, agent: str) -> Evidence:
    """What was seen of this person's day."""
    planned = day.plan.get(agent)
    stints = worked(planned.stints) if planned is not None else ()
    work = parts_of(stints)
    remembers = begins_at(day, agent) > remembered_since(day.floor.spells.get(agent, ()), day.now)
    if work and remembers and day.sees_signs and not day.sees_punches:
        work = parts_of(stints, phones_alone=True)
        if not work:
            return Evidence(stints=stints, is_blind=True, marks=_marks(day, agent))
    return _of_shift(day, agent, (work, stints), remembers) if work else _of_stay(day, agent, remembers)


def begins_at(day: Day, agent: str) -> float:
    """When the work of this person begins, or the day without any: what the call feed must remember."""
    planned = day.plan.get(agent)
    first = next((s for s in planned.stints if s.activity not in BREAKS), None) if planned is not None else None
    return day.start if first is None else first.start


def parts_on(day: Day, agent: str, work: Work) -> tuple[Part, ...]:
    """These stretches of work with their windows between the person's shifts of the days beside."""
    before, after = day.before.get(agent), day.after.get(agent)
    ended = before.end if before is not None else None
    begins = after.start if after is not None else None
    return with_windows(work, ended, begins)


# --- shifts ----------------------------------------------------------------------------------------------------------


def _of_shift(day: Day, agent: str, plan: tuple[Work, tuple[Stint, ...]], remembers: bool) -> Evidence:
    work, stints = plan
    parts = parts_on(day, agent, work)
    opens, closes = parts[0].opens, parts[-1].closes
    approvals = day.floor.duty.approvals.get(agent, ())
    spells = _near(day, agent, opens, closes) if remembers else ()
    signed = [s for s in presences(spells, opens, closes) if s.start >= opens or s.end > parts[0].start]
    is_left_over = bool(signed) and signed[0].start < opens
    if is_left_over and not shows((s for s in spells if s.start < signed[0].end), opens):
        signed = signed[1:]
    tells = remembers and day.sees_signs and day.feed_began <= parts[0].start + day.rules.grace_seconds
    moments = _moments(day, agent, approvals, opens, closes)
    out = elsewhere(approvals, parts, day.now)
    punched_by_now = [m for m in moments if m <= day.now]
    came, left, punched = punch_sights(punched_by_now, parts, day.now, signed, day.rules.grace_seconds)
    return Evidence(
        parts=parts,
        stints=held_up(stints, spells, day.now),
        sights=(*punched, *_up_to_the_door(_as_known(day, parts, spells, signed), spells, parts, left), *out),
        moments=moments,
        punched_in=came,
        punched_out=left,
        signed=tuple(signed),
        elsewhere=tuple(out),
        spells=spells,
        sees_signs=tells and not is_left_over and not any(spell.is_implied for spell in spells),
        is_left_over=is_left_over,
        marks=_marks(day, agent),
    )


def _as_known(day: Day, parts: Sequence[Part], spells: Sequence[Spell], signed: Sequence[Sight]) -> Sequence[Sight]:
    """What the call feed saw, without the beginning and the end that it cannot know."""
    if not signed:
        return signed
    is_implied = any(spell.is_implied for spell in spells)
    began = day.feed_began
    was_there = began > parts[0].start and signed[0].start < began + _BEGINNING_SECONDS
    if is_implied or was_there or signed[0].start < parts[0].opens:
        signed = found_there(signed, parts)
    return not_seen_leaving(signed, parts, day.now) if is_implied else signed


def _up_to_the_door(
    signed: Sequence[Sight], spells: Sequence[Spell], parts: Sequence[Part], left: float | None
) -> Sequence[Sight]:
    """The same of somebody who punched out at the end and has not signed out: without a call since, they forgot to."""
    if left is None or left < parts[-1].end or not signed or signed[-1].end < inf or shows(spells, left):
        return signed
    *rest, last = signed
    return [*rest, Sight(min(last.start, left), left, last.knows_start)]


def _moments(day: Day, agent: str, approvals: Sequence[Approval], opens: float, closes: float) -> tuple[float, ...]:
    punches = day.floor.duty.punches.get(agent, ())
    own = punches_between(punches, opens, closes, day.date) if punches else []
    return without_repeats((*own, *corrections(approvals, opens, closes)) if approvals else own)


# --- stays that no shift explains ------------------------------------------------------------------------------------


def _of_stay(day: Day, agent: str, remembers: bool) -> Evidence:
    duty, floor = day.floor.duty, day.floor
    if agent not in floor.spells and agent not in duty.punches and agent not in duty.approvals:
        return Evidence(sees_signs=remembers and day.sees_signs, marks=_marks(day, agent))
    before, after = day.before.get(agent), day.after.get(agent)
    earlier = with_windows(parts_of(before.stints), None, None) if before is not None else ()
    later = with_windows(parts_of(after.stints), None, None) if after is not None else ()
    closes = min(day.end + STAY_SECONDS, later[0].opens) if later else day.end + STAY_SECONDS
    moments = _stay_moments(day, agent, earlier, closes)
    punched = [m for m in moments if m <= day.now]
    spells = _near(day, agent, day.start, closes) if remembers else ()
    signed = _stay_signed(day, spells, earlier, closes)
    sight = _stay_sight(punched, day.now)
    return Evidence(
        sights=(*sight, *signed),
        moments=moments,
        punched_in=punched[0] if punched else None,
        punched_out=sight[0].end if sight and sight[0].knows_end and sight[0].end < inf else None,
        signed=tuple(signed),
        spells=spells,
        sees_signs=remembers and day.sees_signs,
        marks=_marks(day, agent),
    )


def _stay_moments(day: Day, agent: str, earlier: Sequence[Part], closes: float) -> tuple[float, ...]:
    punches = day.floor.duty.punches.get(agent, ())
    opens = max(day.start, earlier[-1].closes) if earlier else day.start - _DAY_SECONDS
    those = near(punches, opens, closes)
    loose = without_repeats(p.at for p in those if p.date is None)
    dated = [p.at for p in near(punches, day.start, day.end + STAY_SECONDS) if p.date == day.date]
    return without_repeats((*dated, *stay_of(loose, day.start, day.end)))


def _stay_sight(punched: Sequence[float], now: float) -> tuple[Sight, ...]:
    if not punched:
        return ()
    if len(punched) % 2 and now < punched[0] + STAY_SECONDS:
        return (Sight(punched[0], inf),)
    return (Sight(punched[0], punched[-1], knows_end=len(punched) > 1),)


def _stay_signed(day: Day, spells: Sequence[Spell], earlier: Sequence[Part], closes: float) -> list[Sight]:
    """Signed in on this day; since an earlier one only where no shift explains it and it lasts."""
    opens = max(day.start, earlier[-1].end) if earlier else day.start
    lasting = not earlier and day.now < day.end
    return [s for s in presences(spells, opens, min(closes, day.end)) if s.start >= opens or (lasting and s.end == inf)]


# --- both ------------------------------------------------------------------------------------------------------------


def _near(day: Day, agent: str, opens: float, closes: float) -> tuple[Spell, ...]:
    """The spells that touch the window."""
    spells = day.floor.spells.get(agent, ())
    first, last = len(spells), len(spells)
    while first and ((end := spells[first - 1].end) is None or end > opens):
        first -= 1
    while last > first and spells[last - 1].start >= closes:
        last -= 1
    return spells[first:last]


def _marks(day: Day, agent: str) -> Marked:
    duty = day.floor.duty
    return kept(duty, "marks_by_day", None, lambda: _marks_by_day(duty)).get((agent, day.date), NO_MARKS)


def _marks_by_day(duty: Duty) -> Mapping[tuple[str, str], Marked]:
    found: dict[tuple[str, str], list[HandMark]] = {}
    for mark in sorted(duty.marks.values(), key=lambda m: m.at):
        if not mark.withdrawn:
            found.setdefault((mark.agent, mark.date), []).append(mark)
    return {key: marked(marks) for key, marks in found.items()}


# --- days ------------------------------------------------------------------------------------------------------------


def _known_of(floor: FloorSnapshot, date: str) -> _Known:
    start, end = bounds_of(floor.rules.days, date)
    duty = floor.duty
    return (
        start,
        end,
        kept(duty, "punch_days", (date, start), lambda: _is_punched(duty, date, start, end), 40),
        Fact.MEMBERS in floor.gives and kept(floor, "signs", None, lambda: _tells_of_signs(floor)),
        feed_began(floor),
        plan_of(floor, date).by_agent,
        plan_of(floor, moved(date, -1)).by_agent,
        plan_of(floor, moved(date, 1)).by_agent,
    )


def bounds_of(days: FloorDays, date: str) -> tuple[float, float]:
    """When the business day of this date begins and ends. Raises ValueError for what is no date."""
    first = dt.date.fromisoformat(date)
    start = dt.datetime.combine(first, days.starts, days.zone).timestamp()
    return start, dt.datetime.combine(first + dt.timedelta(days=1), days.starts, days.zone).timestamp()


def feed_began(floor: FloorSnapshot) -> float:
    """When the first line of any call feed came: minus infinity of events without lines, later than now without any."""
    nothing = -inf if floor.spells else nextafter(floor.at, inf)
    return min((each.first_line_at for each in floor.feeds.values() if each.first_line_at is not None), default=nothing)


def _tells_of_signs(floor: FloorSnapshot) -> bool:
    """Whether anybody signs in here: where members stand in the switch's own configuration nobody does."""
    return not floor.spells or any(not spells[-1].is_implied for spells in floor.spells.values() if spells)


def _is_punched(duty: Duty, date: str, start: float, end: float) -> bool:
    """Whether punches are a witness of this date."""
    for document in duty.documents.values():
        if document.punches and document.period is not None and document.period[0] <= date <= document.period[1]:
            return True
    return any(any(p.date in (None, date) for p in near(punches, start, end)) for punches in duty.punches.values())
