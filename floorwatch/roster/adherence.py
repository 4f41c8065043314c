"""Adherence and conformance: minute by minute, what was planned against what was done (METRICS.md, golden vector 4).

Rules
- adherence = 1 - out of adherence / (scheduled + outside): work outside the shift is an exception and widens what is
  judged. conformance = worked / scheduled.
- What was done by the call feed: phones, a pause of a known reason, or away. Where the feed is silent, punches alone
  say whether somebody was there at all, and the plan's activity is taken as done.
- Breaks count as worked as far as they were planned: conformance does not ask when they were.
- Tolerance first, then seconds: an exception no longer than the tolerance of its planned activity is none; a longer one
  counts whole.
- `impact`: hands on the telephones against the plan while it lasted: +1 more, -1 fewer, 0 no effect.
- Excused seconds count as adhered in `adjusted`; both figures are always given.
- A call that ran over the edge of a stint is not an exception, and moves the break that it delayed.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.model.duty import Activity, Excuse, Stint
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.attendance import Status, attendance_of
from floorwatch.roster.breaks import held_up
from floorwatch.roster.doing import Done, done_by, done_on
from floorwatch.roster.evidence import day_of, evidence_of, parts_on
from floorwatch.roster.excusing import covered, excuses_of
from floorwatch.roster.witnesses import BREAKS, parts_of, worked

__all__ = ["Adherence", "Deviation", "Done", "adherence_of", "compared", "done_by"]


class Deviation(Struct, frozen=True, gc=False):
    """Off the plan from `start` up to `end`: `planned` None is work outside the shift, `done` None is away. `excuse` is
    the id of what excuses it (whole or in part: `excused` seconds)."""

    start: float
    end: float
    planned: Activity | None
    done: Activity | None
    impact: int
    excused: float = 0.0
    excuse: str = ""

    @property
    def seconds(self) -> float:
        """How long."""
        return self.end - self.start


class Adherence(Struct, frozen=True):
    """Of one person and shift, up to a moment. Seconds; shares 0..1, None where nothing was scheduled yet."""

    agent: str
    date: str
    scheduled: float
    worked: float
    out: float
    outside: float
    excused: float
    deviations: tuple[Deviation, ...] = ()

    @property
    def adherence(self) -> float | None:
        """1 - (out + outside) / (scheduled + outside)."""
        return _share(self.scheduled + self.outside, self.out + self.outside)

    @property
    def adjusted(self) -> float | None:
        """The same with excused seconds taken as adhered."""
        return _share(self.scheduled + self.outside, max(0.0, self.out + self.outside - self.excused))

    @property
    def conformance(self) -> float | None:
        """Worked against scheduled; above 1 where more was worked."""
        return self.worked / self.scheduled if self.scheduled > 0 else None


def _share(whole: float, missing: float) -> float | None:
    return max(0.0, 1 - missing / whole) if whole > 0 else None


def compared(  # the pure heart: no floor, so that golden vectors can be put in by hand
    planned: tuple[Stint, ...],
    done: tuple[Done, ...],
    until: float,
    tolerance: dict[Activity, float] | None = None,
) -> tuple[Deviation, ...]:
    """Every deviation up to `until`, in order, tolerance applied. Time that `done` leaves out was away."""
    found: list[Deviation] = []
    for exception in _exceptions(_pieces(planned, done, until)):
        allowed = exception[0].planned or exception[0].done
        lasted = exception[-1].end - exception[0].start
        if allowed is not None and lasted > (tolerance or {}).get(allowed, 0.0):
            found.extend(exception)
    return tuple(found)


def _pieces(planned: Sequence[Stint], done: Sequence[Done], until: float) -> Iterator[Deviation]:
    """The whole time in order, each piece with what was planned and done; neighbours that are the same are one."""
    spans = [*((s.start, s.end) for s in planned), *((d.start, d.end) for d in done)]
    edges = {edge for span in spans for edge in span if edge < until} | {until}
    last: Deviation | None = None
    for start, end in pairwise(sorted(edges)):
        wanted = next((s.activity for s in planned if s.start <= start < s.end), None)
        was = next((d.activity for d in done if d.start <= start < d.end), None)
        if last is not None and last.planned is wanted and last.done is was:
            last = replace(last, end=end)
            continue
        if last is not None:
            yield last
        last = Deviation(start, end, wanted, was, (was is Activity.PHONES) - (wanted is Activity.PHONES))
    if last is not None:
        yield last


def _exceptions(pieces: Iterable[Deviation]) -> Iterator[list[Deviation]]:
    """What is off the plan: pieces that follow one another while the plan has one and the same thing."""
    running: list[Deviation] = []
    for piece in pieces:
        goes_on = _is_off(piece) and (not running or running[0].planned is piece.planned)
        if running and not goes_on:
            yield running
            running = []
        if _is_off(piece):
            running.append(piece)
    if running:
        yield running


def _is_off(piece: Deviation) -> bool:
    if piece.planned is None:
        return piece.done is not None and piece.done not in BREAKS
    return piece.done is not piece.planned


# --- of one person ---------------------------------------------------------------------------------------------------


def adherence_of(floor: FloorSnapshot, agent: str, date: str | None = None) -> Adherence | None:
    """One person's day so far; None where nothing is planned or nothing could see them."""
    seen = attendance_of(floor, agent, date)
    if seen is None or seen.planned is None or seen.status is Status.UNSEEN:
        return None
    day, stints = day_of(floor, seen.planned.date), worked(seen.planned.stints)
    parts = parts_on(day, agent, parts_of(stints))
    if not parts:
        return None
    begins = parts[0].start if evidence_of(day, agent).is_left_over else parts[0].opens
    closes = parts[-1].closes if seen.left is None else max(parts[-1].end, seen.left)
    until = max(min(floor.at, closes), begins)
    done = done_on(day, agent, begins, until)
    rules, excuses = floor.rules.duty, excuses_of(floor.duty, agent)
    plan = held_up(stints, floor.spells.get(agent, ()), floor.at)
    off = compared(plan, done, until, {activity: rules.tolerance(activity) for activity in Activity})
    found = tuple(_with_excuse(each, excuses) for each in off)
    return Adherence(
        agent=agent,
        date=day.date,
        scheduled=_lasting(stints, until),
        worked=_worked(stints, done, until),
        out=sum(each.seconds for each in found if each.planned is not None),
        outside=sum(each.seconds for each in found if each.planned is None),
        excused=sum(each.excused for each in found),
        deviations=found,
    )


def _lasting(stints: Iterable[Stint], until: float) -> float:
    return sum(max(0.0, min(stint.end, until) - stint.start) for stint in stints)


def _worked(stints: Sequence[Stint], done: Sequence[Done], until: float) -> float:
    work = sum(d.end - d.start for d in done if d.activity is not None and d.activity not in BREAKS)
    rest = sum(d.end - d.start for d in done if d.activity in BREAKS)
    return work + min(rest, _lasting((s for s in stints if s.activity in BREAKS), until))


def _with_excuse(each: Deviation, excuses: Sequence[Excuse]) -> Deviation:
    seconds, ids = covered([(each.start, each.end)], excuses)
    return replace(each, excused=seconds, excuse=ids[0]) if ids else each
