"""When somebody was here, by all witnesses and marks together, and which planned work nobody saw them do.

Rules
- A sight that knows nothing of its start or its end takes it from the other witnesses; what nobody knows is not said.
- A mark by hand stands above what is seen: of coming, of leaving, of being back. Where a witness positively says
  otherwise it is doubted; silence is no contradiction.
- A gap is planned work in which nobody was seen: before the first sight of the day it is late, after it early.
"""

from collections.abc import Iterable, Sequence
from math import inf

from msgspec import Struct

from floorwatch.model.duty import Stint
from floorwatch.roster.evidence import Day, Evidence
from floorwatch.roster.excusing import Gap
from floorwatch.roster.witnesses import BREAKS, REPEAT_SECONDS, Sight


class Stay(Struct, frozen=True, gc=False):
    """When somebody was here, by all witnesses and marks. `sights` are what the verdict rests on."""

    sights: tuple[Sight, ...] = ()
    came: float | None = None
    left: float | None = None
    here: bool = False
    is_doubted: bool = False


class Gaps(Struct, frozen=True, gc=False):
    """Planned work without a sight, `late` before and `early` after; `was_seen` in any part."""

    late: tuple[Gap, ...] = ()
    early: tuple[Gap, ...] = ()
    was_seen: bool = False


def stay_of(day: Day, evidence: Evidence) -> Stay:
    """When this person was here: sights that know nothing of their start or end take it from the others."""
    marks = evidence.marks
    seen = tuple(_resolved(sight, evidence.sights) for sight in evidence.sights)
    sights, is_doubted = (_with_marks(day, evidence, seen)) if marks.last else (seen, False)
    here = any(s.end > day.now for s in sights)
    known = [s.end for s in sights if s.knows_end]
    ends_known = all(s.knows_end for s in sights)
    return Stay(
        sights=sights,
        came=min((s.start for s in sights if s.knows_start), default=None),
        left=max(known) if known and ends_known and not here else None,
        here=here,
        is_doubted=is_doubted,
    )


def _resolved(sight: Sight, sights: Iterable[Sight]) -> Sight:
    start, end, knows_start, knows_end = sight.start, sight.end, sight.knows_start, sight.knows_end
    if knows_start and knows_end:
        return sight
    if not knows_start:
        starts = [s.start for s in sights if s.knows_start and s.start < end]
        if starts:
            start, knows_start = min(starts), True
    if not knows_end:
        ends = [s.end for s in sights if s.knows_end and s.end > sight.start]
        if ends:
            end, knows_end = max(ends), True
    return Sight(start, end, knows_start, knows_end)


def _with_marks(day: Day, evidence: Evidence, seen: tuple[Sight, ...]) -> tuple[tuple[Sight, ...], bool]:
    """The sights as the marks have them, and whether a witness says otherwise."""
    marks, parts = evidence.marks, evidence.parts
    if marks.is_absent:
        return (), bool(seen)
    starts = parts[0].start if parts else day.start
    closes, over = (parts[-1].closes, parts[-1].end) if parts else (day.end, day.end)
    sights, is_doubted = list(seen), False
    if marks.came is not None:
        grace = day.rules.grace_seconds
        came = min((s.start for s in seen if s.knows_start), default=None)
        is_doubted = came is not None and (came > starts + grace) != (marks.came > starts + grace)
        sights = [s for s in sights if s.end > marks.came]
        last = max((s.end for s in sights), default=inf if day.now < closes else max(over, marks.came))
        knows = all(s.knows_end for s in sights) if sights else last == inf
        sights = [Sight(marks.came, last, knows_end=knows)]
    if marks.left is not None:
        is_doubted = is_doubted or any(s.knows_end and s.end > marks.left + REPEAT_SECONDS for s in sights)
        sights = [Sight(s.start, min(s.end, marks.left), s.knows_start) for s in sights if s.start < marks.left]
        sights = sights or [Sight(min(starts, marks.left), marks.left, knows_start=False)]
    if marks.back is not None:
        lasts = day.now < closes
        sights.append(Sight(marks.back, inf if lasts else max(over, marks.back), knows_end=lasts))
    # Whoever is marked as coming later is not here yet.
    return tuple(s for s in sights if s.start <= day.now), is_doubted


def gaps_of(day: Day, evidence: Evidence, sights: Sequence[Sight]) -> Gaps:
    """The planned work in which nobody was seen, as far as it is over or will not be caught up."""
    rules, now = day.rules, day.now
    late: list[Gap] = []
    early: list[Gap] = []
    was_seen = False
    for part in evidence.parts:
        those = [s for s in sights if s.end > max(part.opens, part.start) and s.start < part.closes]
        if not those:
            if now >= part.start + rules.grace_seconds:
                (early if was_seen else late).append((part.start, part.end))
            continue
        was_seen = True
        first, last = min(s.start for s in those), max(s.end for s in those)
        if first > part.start + rules.grace_seconds:
            late.append((part.start, min(first, part.end)))
        if last < part.end - rules.early_seconds and last <= now and not on_planned_break(day, evidence.stints, last):
            early.append((last, part.end))
    return Gaps(tuple(late) if was_seen else (), tuple(early), was_seen)


def on_planned_break(day: Day, stints: Iterable[Stint], left: float) -> bool:
    """Whether somebody who was last seen then may still come back from a break of this plan."""
    grace = day.rules.grace_seconds
    return any(s.start - grace <= left < s.end and day.now < s.end + grace for s in stints if s.activity in BREAKS)
