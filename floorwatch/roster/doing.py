"""What somebody did, moment by moment, as far as the witnesses show it.

Rules
- At the telephones and paused are as the call feed shows them; a pause of no known reason is what the plan has then,
  and a break where the plan has the telephones.
- A call feed cannot see what is planned away from the telephones: while somebody is signed out it is taken as done,
  if they were at work by punches, or (without punches) were seen that day at all.
- Away in a planned break, and back or still expected back, is that break.
- Where the call feed is silent, being at work by punches is doing what is planned; so is approved work elsewhere.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf

from msgspec import Struct

from floorwatch.model.duty import Activity, Presence, Spell
from floorwatch.model.presence import remembered_since
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.evidence import Day, Evidence, day_of, evidence_of
from floorwatch.roster.plan import date_of, moved
from floorwatch.roster.stays import Stay, on_planned_break, stay_of
from floorwatch.roster.witnesses import BREAKS, Sight
from floorwatch.text import folded


class Done(Struct, frozen=True, gc=False):
    """What somebody did from `start` up to `end`; `activity` None: away."""

    start: float
    end: float
    activity: Activity | None


def done_by(floor: FloorSnapshot, agent: str, start: float, end: float) -> tuple[Done, ...]:
    """What the witnesses show of the person between these moments, in order, without gaps, up to now at most. A night
    shift is judged whole, by the day on which it begins."""
    found: list[Done] = []
    end = min(end, floor.at)
    date = moved(date_of(floor, start), -1)
    while start < end:
        day = day_of(floor, date)
        planned = day.plan.get(agent)
        until = min(end, max(day.end, planned.end or 0.0) if planned is not None else day.end)
        if start < until:
            found.extend(done_on(day, agent, start, until))
            start = until
        date = moved(date, 1)
    return _merged(found)


def done_on(day: Day, agent: str, start: float, end: float) -> tuple[Done, ...]:
    """The same, all of it judged by what one day has for the person."""
    seen = _seen(day, agent)
    edges = {start, end, *(edge for edge in _edges(seen) if start < edge < end)}
    return _merged(Done(a, b, _activity(seen, (a + b) / 2)) for a, b in pairwise(sorted(edges)) if a < b)


class _Seen(Struct, frozen=True):
    """A day of one person, to be asked moment by moment. `feed_begins` is from when on the call feed is not silent."""

    day: Day
    evidence: Evidence
    stay: Stay
    spells: Sequence[Spell]
    feed_begins: float


def _seen(day: Day, agent: str) -> _Seen:
    evidence = evidence_of(day, agent)
    spells = day.floor.spells.get(agent, ())
    begins = inf
    if spells:
        # Whoever the call feed knows was signed out before it first saw them, if it tells of sign-ins at all.
        tells = day.sees_signs and not any(spell.is_implied for spell in spells)
        begins = max(remembered_since(spells, day.now), day.feed_began) if tells else spells[0].start
    return _Seen(day, evidence, stay_of(day, evidence), spells, begins)


def _edges(seen: _Seen) -> Iterator[float]:
    for stint in seen.evidence.stints:
        yield from (stint.start, stint.end)
    for spell in seen.spells:
        yield from (spell.start, spell.start if spell.end is None else spell.end)
    for sight in (*seen.stay.sights, *seen.evidence.elsewhere):
        yield from (sight.start, sight.end)
    yield seen.feed_begins


def _activity(seen: _Seen, at: float) -> Activity | None:
    planned = next((s.activity for s in seen.evidence.stints if s.start <= at < s.end), None)
    place = bisect_right(seen.spells, at, key=_start) - 1
    spell = seen.spells[place] if place >= 0 else None
    if spell is not None and spell.end is not None and spell.end <= at:
        spell = None
    match spell.presence if spell is not None else None:
        case Presence.PHONES:
            return Activity.PHONES
        case Presence.PAUSED:
            return _paused(seen, spell.reason if spell is not None else None, planned)
        case Presence.OUT:
            return _signed_out(seen, at, planned)
        case None:
            # Between two spells its state was unknown; before the first one nobody was signed in.
            was_out = place < 0 and at >= seen.feed_begins
            return _signed_out(seen, at, planned) if was_out else _by_the_others(seen, at, planned)


def _paused(seen: _Seen, reason: str | None, planned: Activity | None) -> Activity:
    known = seen.day.rules.activity_of(folded(reason)) if reason else None
    if known is not None:
        return known
    return planned if planned is not None and planned is not Activity.PHONES else Activity.BREAK


def _signed_out(seen: _Seen, at: float, planned: Activity | None) -> Activity | None:
    if _covers(seen.evidence.elsewhere, at):
        return planned
    if planned is None or planned is Activity.PHONES:
        return None
    if planned in BREAKS:
        return planned if _is_coming_back(seen, at) else None
    was_here = _covers(seen.stay.sights, at) if seen.day.sees_punches else seen.stay.came is not None
    return planned if was_here else None


def _by_the_others(seen: _Seen, at: float, planned: Activity | None) -> Activity | None:
    if planned in BREAKS:
        return planned if _is_coming_back(seen, at) else None
    if not _covers(seen.stay.sights, at):
        return None
    return planned if seen.evidence.stints else Activity.DUTY


def _is_coming_back(seen: _Seen, at: float) -> bool:
    """Whether somebody who is away in a planned break had come before it, and came back or still may."""
    before = [sight.end for sight in seen.stay.sights if sight.start <= at]
    if not before:
        return False
    if any(sight.end > at for sight in seen.stay.sights):
        return True
    return on_planned_break(seen.day, seen.evidence.stints, max(before))


def _covers(sights: Sequence[Sight], at: float) -> bool:
    return any(sight.start <= at < sight.end for sight in sights)


def _merged(pieces: Iterable[Done]) -> tuple[Done, ...]:
    found: list[Done] = []
    for piece in pieces:
        if found and found[-1].end == piece.start and found[-1].activity is piece.activity:
            found[-1] = Done(found[-1].start, piece.end, piece.activity)
        else:
            found.append(piece)
    return tuple(found)


def _start(spell: Spell) -> float:
    return spell.start
