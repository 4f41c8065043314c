"""What is wrong with the plan, from one date to another: what `floorwatch roster check` lists.

Rules
- The plan is judged, not the day: hands are those that are scheduled, whoever came.
- What lasts is one finding: hours without hands in a row, days of leave in a row, weeks in a row with too many hours
  (the worst of them). An unknown code is one finding, however often it stands there.
- Where no roster names anybody on a date, nobody is missing.
- Without a people file nobody is unknown: there is nothing to be known by.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date as Date  # noqa: N812  # a date is a text here
from enum import StrEnum
from functools import reduce
from itertools import groupby, pairwise

from msgspec import Struct

from floorwatch.model.duty import Leave, Shift, ShiftKind, Stint, Swap, Tick
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.coverage import STEP_SECONDS, Step, steps
from floorwatch.roster.evidence import bounds_of
from floorwatch.roster.names import name_of
from floorwatch.roster.objections import WEEK_DAYS, dates_from, plans_around, work_in, worked
from floorwatch.roster.plan import date_of, moved
from floorwatch.roster.requests import is_in_peak, is_late
from floorwatch.roster.working_days import day_of, in_peak
from floorwatch.spoken import duration
from floorwatch.text import inert
from floorwatch.words import _, _n


class ConflictKind(StrEnum):
    """What `floorwatch roster check` finds."""

    DOUBLE_SHIFT = "double_shift"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_CODE = "unknown_code"
    LATE_SWAP = "late_swap"
    OPEN_REQUEST = "open_request"
    LEAVE_IN_PEAK = "leave_in_peak"
    SHORT_REST = "short_rest"
    TOO_MANY_HOURS = "too_many_hours"
    UNDERSTAFFED = "understaffed"
    UNANNOUNCED_YEAR = "unannounced_year"


class Conflict(Struct, frozen=True):
    """One finding: when, who, and what there is to say in `detail` (inert text)."""

    kind: ConflictKind
    date: str
    agent: str | None
    start: float | None
    end: float | None
    detail: str = ""


def conflicts(floor: FloorSnapshot, first: str, last: str) -> tuple[Conflict, ...]:
    """Everything that is wrong with the plan from one date to another, both included, in order of time."""
    found = [
        *_double_shifts(floor, first, last),
        *_unknown_people(floor, first, last),
        *_unknown_codes(floor, first, last),
        *_requests(floor, first, last),
        *_leave_in_peak(floor, first, last),
        *_tired(floor, first, last),
        *_understaffed(floor, first, last),
        *_unannounced(floor, first, last),
    ]
    return tuple(sorted(found, key=lambda each: (each.date, each.start or 0.0, each.kind, each.agent or "")))


# --- what the documents say ---


def _double_shifts(floor: FloorSnapshot, first: str, last: str) -> Iterator[Conflict]:
    """Shifts of the roster itself on one date, or one that begins before another has ended: one finding a date."""
    for agent, shifts in floor.duty.shifts.items():
        own = sorted((s for s in shifts if not s.layer and s.stints), key=lambda s: s.stints[0].start)
        for date, those in _clashing(own).items():
            if first <= date <= last:
                said = reduce(_and, map(_shift_words, those))
                end = max(shift.stints[-1].end for shift in those[1:])
                yield Conflict(ConflictKind.DOUBLE_SHIFT, date, agent, those[1].start, end, inert(said))


def _clashing(own: Sequence[Shift]) -> Mapping[str, Sequence[Shift]]:
    """By date: the shifts that begin on it although another holds, behind the one that held first."""
    found: dict[str, list[Shift]] = {}
    longest = before = None
    for shift in own:
        if longest is not None and before is not None:
            runs = shift.stints[0].start < longest.stints[-1].end
            if runs or before.date == shift.date:
                found.setdefault(shift.date, [longest if runs else before]).append(shift)
        if longest is None or shift.stints[-1].end > longest.stints[-1].end:
            longest = shift
        before = shift
    return found


def _and(one: str, other: str) -> str:
    return _("{one} and {other}").format(one=one, other=other)


def _shift_words(shift: Shift) -> str:
    word = shift.code or _("a shift")
    return _("{shift} ({document})").format(shift=word, document=shift.source) if shift.source else word


def _unknown_people(floor: FloorSnapshot, first: str, last: str) -> Iterator[Conflict]:
    if not len(floor.people):
        return
    for source, who in floor.duty.unmatched:
        # Where the document's word for them is somebody else's id, the fold has put the document before it.
        for agent in (who.key, f"{source}/{who.key}"):
            shifts = floor.duty.shifts.get(agent, ())
            dates = [s.date for s in shifts if s.source == source and first <= s.date <= last]
            if dates:
                words = " ".join(dict.fromkeys(filter(None, (who.employee, who.account, who.pin, who.name))))
                said = _("{who} in {document} is not in the people file").format(who=words or who.key, document=source)
                yield Conflict(ConflictKind.UNKNOWN_PERSON, min(dates), agent, None, None, inert(said))


def _unknown_codes(floor: FloorSnapshot, first: str, last: str) -> Iterator[Conflict]:
    found: defaultdict[tuple[str, str], list[Shift]] = defaultdict(list)
    for shifts in floor.duty.shifts.values():
        for shift in shifts:
            if shift.kind is ShiftKind.UNKNOWN and first <= shift.date <= last:
                found[shift.source, shift.code].append(shift)
    for (source, code), those in found.items():
        people = len({shift.agent for shift in those})
        times = _n("{n} time", "{n} times", len(those)).format(n=len(those))
        of = _n("{n} person", "{n} people", people).format(n=people)
        said = _("{code} in {document}: {times}, {people}; say what it means in the options of the feed, codes.{code}")
        words = said.format(code=code, document=source, times=times, people=of)
        yield Conflict(ConflictKind.UNKNOWN_CODE, min(s.date for s in those), None, None, None, inert(words))


# --- what was asked for ---


def _requests(floor: FloorSnapshot, first: str, last: str) -> Iterator[Conflict]:
    for swap in floor.duty.swaps.values():
        if swap.refused is None and not swap.withdrawn and _meets((swap.date, swap.other_date), first, last):
            yield from _of_swap(floor, swap)
    for leave in floor.duty.leaves.values():
        dates = _dates_of(floor, leave)
        if leave.is_open_or_filed and not leave.is_filed and _meets(dates, first, last):
            said = _("leave: {missing}").format(missing=_missing(leave, (Tick.HEAD, Tick.HR)))
            date = max(first, dates[0])
            yield Conflict(ConflictKind.OPEN_REQUEST, date, leave.agent, leave.start, leave.end, inert(said))


def _of_swap(floor: FloorSnapshot, swap: Swap) -> Iterator[Conflict]:
    date = min(swap.date, swap.other_date)
    words = {"other": name_of(floor, swap.other), "date": swap.date, "other_date": swap.other_date}
    if is_late(floor, swap):
        said = _("with {other}, {date} for {other_date}: asked for on {asked}")
        asked = f"{floor.rules.days.local(swap.asked_at):%Y-%m-%d %H:%M}"
        late = inert(said.format(**words, asked=asked))
        yield Conflict(ConflictKind.LATE_SWAP, date, swap.agent, None, None, late)
    if swap.is_open:
        said = _("swap with {other}, {date} for {other_date}: {missing}")
        lacks = inert(said.format(**words, missing=_missing(swap, (Tick.AGREED, Tick.HEAD, Tick.HR))))
        yield Conflict(ConflictKind.OPEN_REQUEST, date, swap.agent, None, None, lacks)


def _missing(request: Swap | Leave, wanted: Iterable[Tick]) -> str:
    words = {
        Tick.AGREED: _("not agreed"),
        Tick.HEAD: _("not approved by the head"),
        Tick.HR: _("not filed by HR"),
    }
    return ", ".join(words[tick] for tick in wanted if tick not in request.ticks)


def _leave_in_peak(floor: FloorSnapshot, first: str, last: str) -> Iterator[Conflict]:
    kind = ConflictKind.LEAVE_IN_PEAK
    for leave in floor.duty.leaves.values():
        dates = _dates_of(floor, leave)
        if leave.is_open_or_filed and _meets(dates, first, last) and is_in_peak(floor, leave):
            detail = inert(leave.kind or leave.word)
            yield Conflict(kind, max(first, dates[0]), leave.agent, leave.start, leave.end, detail)
    for agent, shifts in floor.duty.shifts.items():
        away = [s for s in shifts if s.kind is ShiftKind.LEAVE and first <= s.date <= last and _is_peak(floor, s.date)]
        for run in _in_a_row(away):
            said = _("{code} in {document}, up to {date}")
            words = said.format(code=run[0].code, document=run[0].source, date=run[-1].date)
            yield Conflict(kind, run[0].date, agent, None, None, inert(words))


def _is_peak(floor: FloorSnapshot, date: str) -> bool:
    return in_peak(floor.rules.duty, Date.fromisoformat(date))


def _in_a_row(shifts: Iterable[Shift]) -> Iterator[Sequence[Shift]]:
    """Shifts of dates that follow one another, together."""
    ordered = sorted(shifts, key=lambda shift: shift.date)
    numbered = ((Date.fromisoformat(shift.date).toordinal() - place, shift) for place, shift in enumerate(ordered))
    for _key, run in groupby(numbered, key=lambda pair: pair[0]):
        yield [shift for _number, shift in run]


def _dates_of(floor: FloorSnapshot, leave: Leave) -> tuple[str, str]:
    return date_of(floor, leave.start), date_of(floor, max(leave.start, leave.end - 1))


def _meets(dates: tuple[str, str], first: str, last: str) -> bool:
    return min(dates) <= last and max(dates) >= first


# --- rest and hours ---


def _tired(floor: FloorSnapshot, first: str, last: str) -> Iterator[Conflict]:
    plans = plans_around(floor, first, last)
    for agent in dict.fromkeys(agent for by_agent in plans.values() for agent in by_agent):
        work = work_in(plans, agent)
        yield from _short_rests(floor, agent, [(date, work[date]) for date in sorted(work)], (first, last))
        yield from _long_weeks(floor, agent, {date: worked(stints) for date, stints in work.items()}, (first, last))


def _short_rests(
    floor: FloorSnapshot, agent: str, work: Sequence[tuple[str, tuple[Stint, ...]]], span: tuple[str, str]
) -> Iterator[Conflict]:
    for (_date, before), (date, after) in pairwise(work):
        ended, begins = before[-1].end, after[0].start
        if span[0] <= date <= span[1] and begins - ended < floor.rules.duty.rest_seconds:
            said = _("{rest} of rest before {time}; {wanted} are wanted")
            time = f"{floor.rules.days.local(begins):%H:%M}"
            wanted = duration(floor.rules.duty.rest_seconds)
            words = said.format(rest=duration(max(0.0, begins - ended)), time=time, wanted=wanted)
            yield Conflict(ConflictKind.SHORT_REST, date, agent, ended, begins, words)


def _long_weeks(
    floor: FloorSnapshot, agent: str, seconds: Mapping[str, float], span: tuple[str, str]
) -> Iterator[Conflict]:
    """The worst of each run of seven dates that have too many; each ends with a date of the span."""
    most = floor.rules.duty.week_seconds
    weeks = [(date, _week(seconds, date)) for date in dates_from(*span)]
    for is_long, run in groupby(weeks, key=lambda week: week[1] > most):
        if is_long:
            date, worst = max(run, key=lambda week: week[1])
            said = _("{hours} within seven days from {first} on; {wanted} are wanted at most")
            began = moved(date, 1 - WEEK_DAYS)
            words = said.format(hours=duration(worst), first=began, wanted=duration(most))
            yield Conflict(ConflictKind.TOO_MANY_HOURS, date, agent, None, None, words)


def _week(seconds: Mapping[str, float], last: str) -> float:
    return sum(seconds.get(date, 0.0) for date in dates_from(moved(last, 1 - WEEK_DAYS), last))


# --- hands ---


def _understaffed(floor: FloorSnapshot, first: str, last: str) -> Iterator[Conflict]:
    for date in dates_from(first, last):
        if date in floor.duty.shifts_on:
            yield from _gaps(date, steps(floor, *bounds_of(floor.rules.days, date)))


def _gaps(date: str, those: Iterable[Step]) -> Iterator[Conflict]:
    for is_short, run in groupby(those, key=lambda step: step.scheduled < step.minimum):
        if is_short:
            short = list(run)
            worst = max(short, key=lambda step: step.minimum - step.scheduled)
            said = _("{scheduled} on the phones, {minimum} are needed")
            words = said.format(scheduled=worst.scheduled, minimum=worst.minimum)
            end = short[-1].start + STEP_SECONDS
            yield Conflict(ConflictKind.UNDERSTAFFED, date, None, short[0].start, end, words)


def _unannounced(floor: FloorSnapshot, first: str, last: str) -> Iterator[Conflict]:
    seen = set()
    for date in dates_from(first, last):
        day = day_of(floor.rules.duty, Date.fromisoformat(date))
        if not day.announced and day.date.year not in seen:
            seen.add(day.date.year)
            said = _("the working days of {year} are not published yet: weekends and weekdays are taken as they are")
            words = said.format(year=day.date.year)
            yield Conflict(ConflictKind.UNANNOUNCED_YEAR, date, None, None, None, words)
