"""What the witnesses saw of one person around one shift: punches, the call feed, a sheet's approvals, marks by hand.

Rules
- A part is a stretch of work without a gap; a shift has one, a split shift several. A break at its edge is no work.
- Each part has a window in which what is seen belongs to it. Windows end half-way between two shifts or parts, at most
  `EARLY_SECONDS` before the first and `LONG_SECONDS` after the last. A date that a sheet itself puts a punch under
  stands above the window.
- Of the punches of a part the first is in and the last is out; one alone is the nearer of the two. While the part's
  window is open, order decides: after an odd one somebody is here, after an even one gone. Before the start only the
  first counts, after the end only the last; repeats within a minute are one.
- An in without an out lasts until the window closes; then, or once the part is over and the call feed saw the sign-out,
  nobody knows how long: after the grace, for the terminal is at the door. What nobody knows is taken as the plan has
  it, and never counted.
- Work out of the house that a sheet shows as approved is seen. An approved correction is a punch.
- An ABSENT mark takes all away before it; later marks of coming and leaving stand above what is seen.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf

from msgspec import Struct

from floorwatch.model.duty import (
    Activity,
    Approval,
    ApprovalKind,
    HandMark,
    MarkKind,
    Presence,
    Punch,
    Spell,
    Stint,
)

EARLY_SECONDS = 6 * 3600.0
LONG_SECONDS = 6 * 3600.0
"""So much later somebody's last punch is still that of the shift (ours)."""
STAY_SECONDS = 14 * 3600.0
"""A stay that no shift explains is at most this long (ours)."""
REPEAT_SECONDS = 60.0

BREAKS = frozenset({Activity.BREAK, Activity.LUNCH})
_OUT = Presence.OUT
_AT_WORK = frozenset({ApprovalKind.OUT, ApprovalKind.TRAVEL})


class Part(Struct, frozen=True, gc=False):
    """A stretch of work from `start` up to `end`; what is seen from `opens` up to `closes` belongs to it."""

    start: float
    end: float
    opens: float
    closes: float


class Sight(Struct, frozen=True, gc=False):
    """Somebody was seen from `start` up to `end` (infinite: still is). What is not known is as the plan has it."""

    start: float
    end: float
    knows_start: bool = True
    knows_end: bool = True


def parts_of(stints: Iterable[Stint], *, phones_alone: bool = False) -> list[tuple[float, float]]:
    """Start and end of each stretch of work. With `phones_alone` a part begins and ends at the telephones: what a call
    feed can see."""
    runs: list[list[Stint]] = []
    for stint in stints:
        if runs and runs[-1][-1].end >= stint.start:
            runs[-1].append(stint)
        else:
            runs.append([stint])
    found = []
    for run in runs:
        work = [s for s in run if (s.activity is Activity.PHONES if phones_alone else s.activity not in BREAKS)]
        if work:
            found.append((work[0].start, work[-1].end))
    return found


def worked(stints: Sequence[Stint]) -> tuple[Stint, ...]:
    """These stints without the breaks at the edges of work."""
    spans = parts_of(stints)
    return tuple(s for s in stints if any(start <= s.start and s.end <= end for start, end in spans))


def with_windows(
    spans: Sequence[tuple[float, float]], before: float | None = None, after: float | None = None
) -> tuple[Part, ...]:
    """The parts of a shift; `before` is when the shift before it ends, `after` when the next one begins."""
    if not spans:
        return ()
    opens = spans[0][0] - EARLY_SECONDS
    if before is not None:
        opens = min(max(opens, (before + spans[0][0]) / 2), spans[0][0])
    last = spans[-1][1] + LONG_SECONDS
    if after is not None:
        last = max(min(last, (spans[-1][1] + after) / 2), spans[-1][1])
    edges = [opens, *((one[1] + other[0]) / 2 for one, other in pairwise(spans)), last]
    return tuple(Part(start, end, edges[i], edges[i + 1]) for i, (start, end) in enumerate(spans))


# --- punches ---------------------------------------------------------------------------------------------------------


def near(punches: Sequence[Punch], opens: float, closes: float) -> Sequence[Punch]:
    """The punches from `opens` up to `closes`."""
    first = bisect_left(punches, opens, key=_at)
    return punches[first : bisect_left(punches, closes, first, key=_at)]


def punches_between(punches: Sequence[Punch], opens: float, closes: float, date: str) -> list[float]:
    """The moments that belong to a date: those of the window, unless a sheet puts them under another day."""
    return [
        p.at
        for p in near(punches, opens - LONG_SECONDS, closes + LONG_SECONDS)
        if (opens <= p.at < closes if p.date is None else p.date == date)
    ]


def corrections(approvals: Iterable[Approval], opens: float, closes: float) -> list[float]:
    """The moments of approved corrections in the window."""
    return [a.start for a in approvals if a.kind is ApprovalKind.CORRECTION and opens <= a.start < closes]


def without_repeats(moments: Iterable[float]) -> tuple[float, ...]:
    """In order, repeats within a minute left out."""
    found: list[float] = []
    for moment in sorted(moments):
        if not found or moment - found[-1] > REPEAT_SECONDS:
            found.append(moment)
    return tuple(found)


def in_and_out(moments: Sequence[float], part: Part, now: float) -> tuple[float | None, float | None]:
    """Which of the punches of a part are in and out."""
    before = [m for m in moments if m <= part.start]
    after = [m for m in moments if m >= part.end]
    those = [*before[:1], *(m for m in moments if part.start < m < part.end), *after[-1:]]
    if not those:
        return None, None
    if len(those) == 1:
        is_in = those[0] - part.start <= part.end - those[0]
        return (those[0], None) if is_in else (None, those[0])
    is_back = now < part.closes and len(those) % 2 == 1
    return those[0], None if is_back else those[-1]


def punch_sights(
    moments: Sequence[float], parts: Sequence[Part], now: float, signed: Sequence[Sight], grace: float
) -> tuple[float | None, float | None, list[Sight]]:
    """The punch in, the punch out, and what the punches of a shift show; `signed` is what the call feed saw of it,
    `grace` how long the way from the telephone to the terminal may take."""
    found: list[tuple[Part, float | None, float | None]] = []
    for i, part in enumerate(parts):
        opens = part.opens if i else -inf
        closes = part.closes if i + 1 < len(parts) else inf
        came, left = in_and_out([m for m in moments if opens <= m < closes], part, now)
        if came is not None or left is not None:
            found.append((part, came, left))
    if not found:
        return None, None, []
    sights = [
        _known(part, came, left, parts[0].start if not i else part.start) for i, (part, came, left) in enumerate(found)
    ]
    if found[-1][2] is None:
        has_gone = bool(signed) and now >= max(parts[-1].end, signed[-1].end) + grace
        sights[-1] = _unended(sights[-1].start, parts[-1], now, has_gone=has_gone)
    return found[0][1], found[-1][2], sights


def _known(part: Part, came: float | None, left: float | None, starts: float) -> Sight:
    end = part.end if left is None else left
    start = min(starts, end) if came is None else came
    return Sight(start, max(start, end), came is not None, left is not None)


def _unended(came: float, last: Part, now: float, *, has_gone: bool) -> Sight:
    """A punch in without one out, after which no other came."""
    if has_gone or now >= last.closes:
        return Sight(came, max(last.end, came), knows_end=False)
    return Sight(came, inf)


def stay_of(moments: Iterable[float], start: float, end: float) -> list[float]:
    """The moments of the stay that begins on the day from `start` up to `end`; `moments` begin a day earlier."""
    stays: list[list[float]] = []
    for moment in moments:
        last = stays[-1] if stays else None
        is_same_day = last is not None and (last[0] < start) == (moment < start) and moment < end
        if last is not None and moment - last[0] <= STAY_SECONDS and (is_same_day or len(last) % 2):
            last.append(moment)
        else:
            stays.append([moment])
    return [moment for stay in stays if start <= stay[0] < end for moment in stay]


# --- the call feed ---------------------------------------------------------------------------------------------------


def presences(spells: Sequence[Spell], opens: float, closes: float) -> list[Sight]:
    """When somebody was signed in, paused or not, as far as it touches the window; in order."""
    found: list[Sight] = []
    began, ended = inf, -inf
    for spell in spells:
        end = inf if spell.end is None else spell.end
        if spell.presence is _OUT or end <= opens or spell.start >= closes:
            continue
        if spell.start != ended:
            if began < inf:
                found.append(Sight(began, ended))
            began = spell.start
        ended = end
    if began < inf:
        found.append(Sight(began, ended))
    return found


def shows(spells: Iterable[Spell], opens: float) -> bool:
    """Whether any of these began in the window or had a call in it: a sign-in that is left over shows nobody."""
    return any(
        spell.start >= opens or (spell.call is not None and (spell.call[1] is None or spell.call[1] > opens))
        for spell in spells
        if spell.presence is not _OUT
    )


def found_there(signed: Sequence[Sight], parts: Sequence[Part]) -> list[Sight]:
    """What the call feed saw of people whom it did not see coming: it found them there."""
    first, *rest = signed
    return [Sight(min(parts[0].start, first.end), first.end, False, first.knows_end), *rest]


def not_seen_leaving(signed: Sequence[Sight], parts: Sequence[Part], now: float) -> list[Sight]:
    """The same of people whom it will not see leaving: once the shift is over nobody knows whether they are here."""
    *rest, last = signed
    if last.end < inf or now < parts[-1].end:
        return [*signed]
    return [*rest, Sight(last.start, max(parts[-1].end, last.start), last.knows_start, knows_end=False)]


# --- approvals and marks ---------------------------------------------------------------------------------------------


def elsewhere(approvals: Iterable[Approval], parts: Sequence[Part], now: float) -> list[Sight]:
    """Approved work elsewhere, as far as it has begun; within the parts alone."""
    return [
        Sight(max(a.start, part.start), min(a.end, part.end))
        for a in approvals
        if a.kind in _AT_WORK
        for part in parts
        if a.start < part.end and part.start < a.end and max(a.start, part.start) <= now
    ]


class Marked(Struct, frozen=True, gc=False):
    """What the marks of a day come to. `last` is the id of the one made last."""

    last: str = ""
    is_absent: bool = False
    came: float | None = None
    left: float | None = None
    back: float | None = None


NO_MARKS = Marked()


def marked(marks: Iterable[HandMark]) -> Marked:
    """The marks of one person and day, in the order in which they were made. Coming after having left is being back."""
    found = NO_MARKS
    for mark in marks:
        match mark.kind:
            case MarkKind.ABSENT:
                found = Marked(mark.id, is_absent=True)
            case MarkKind.CAME if found.left is not None and mark.moment > found.left:
                found = Marked(mark.id, came=found.came, back=mark.moment)
            case MarkKind.CAME:
                found = Marked(mark.id, came=mark.moment, left=found.left, back=found.back)
            case MarkKind.LEFT:
                found = Marked(mark.id, came=found.came, left=mark.moment)
    return found


def _at(punch: Punch) -> float:
    return punch.at
