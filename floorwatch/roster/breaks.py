"""The breaks that the call feed shows of one shift, how long each may last, and what a live call held up.

Rules
- A break is a pause whose reason says so, or says nothing known; and signing out while the plan has a break.
- A pause of no known reason that begins in a planned break is that break.
- A break may last as long as the planned one of its kind that begins nearest; without one, as the rules say; one
  of which nobody knows what it is has no limit.
- What it is longer than that is nothing up to the tolerance, and counts whole beyond it.
- Only its own length counts: a call that was live when a break was to begin moves the whole break.
"""

from collections.abc import Iterable, Iterator, Sequence

from floorwatch.model.duty import Activity, Presence, Spell, Stint
from floorwatch.model.duty_rules import DutyRules
from floorwatch.roster.layers import Stints, laid_over
from floorwatch.roster.standing import BreakTaken
from floorwatch.roster.witnesses import BREAKS, parts_of
from floorwatch.text import folded

_PHONES, _PAUSED, _OUT = Presence.PHONES, Presence.PAUSED, Presence.OUT


def breaks_taken(
    spells: Sequence[Spell], stints: Stints, rules: DutyRules, span: tuple[float, float], now: float
) -> tuple[BreakTaken, ...]:
    """The breaks that began between the two moments of `span`, in order."""
    open_breaks = [s for s in stints if s.activity in BREAKS]
    moved = [s for s in held_up(stints, spells, now) if s.activity in BREAKS]
    opens, closes = span
    found, was_here = [], False
    for spell in spells:
        presence = spell.presence
        if presence is _PHONES or not opens <= spell.start < closes:
            was_here = presence is not _OUT
            continue
        activity = _activity(spell, moved, rules)
        if presence is _OUT and (not was_here or activity is None):
            was_here = False
            continue
        was_here = True
        if activity is None or activity in BREAKS:
            planned = _planned(activity, spell.start, open_breaks)
            if planned is not None:
                open_breaks.remove(planned)
            found.append(_taken(spell, activity, planned, rules, now))
    return tuple(found)


def _activity(spell: Spell, planned_breaks: Iterable[Stint], rules: DutyRules) -> Activity | None:
    """What somebody who is paused does; None where neither the reason nor the plan says."""
    known = rules.activity_of(folded(spell.reason)) if spell.reason and spell.presence is _PAUSED else None
    if known is not None:
        return known
    for stint in planned_breaks:
        if stint.start - rules.grace_seconds <= spell.start < stint.end:
            return stint.activity
    return None


def calls_over(spells: Iterable[Spell], moment: float) -> Iterator[tuple[float, float | None]]:
    """The calls that were under way when this moment came, by start and end (None: still is)."""
    for spell in spells:
        call = spell.call
        if call is not None and call[0] < moment and (call[1] is None or call[1] > moment):
            yield call


def held_until(spells: Sequence[Spell], moment: float, now: float) -> float:
    """The end of a call that ran over this moment (so far); the moment itself where none did."""
    if now <= moment or not spells:
        return moment
    return max((now if end is None else end for _start, end in calls_over(spells, moment)), default=moment)


def held_up(stints: Stints, spells: Sequence[Spell], now: float) -> Stints:
    """The plan as live calls have moved it: work goes on to the end of a call that ran over its edge, and a break that
    it delayed is moved whole, as far as its stretch of work goes."""
    found = stints
    for _start, end in parts_of(stints):
        for stint in stints:
            if (
                stint.activity is not Activity.PHONES
                and stint.start < end
                and (over := _over(spells, stint.start, now))
            ):
                found = laid_over(found, (Stint(stint.start, over),))
                if stint.activity in BREAKS:
                    ends = min(over + stint.end - stint.start, max(over, end))
                    found = laid_over(found, (Stint(over, ends, stint.activity),))
        if over := _over(spells, end, now):
            found = laid_over(found, (Stint(end, over),))
    return found


def _over(spells: Sequence[Spell], moment: float, now: float) -> float | None:
    """When the call ended (so far) that was under way at this moment."""
    ends = (now if end is None else end for _start, end in calls_over(spells, moment))
    return max((end for end in ends if end > moment), default=None)


def _planned(activity: Activity | None, start: float, planned_breaks: Iterable[Stint]) -> Stint | None:
    those = [s for s in planned_breaks if s.activity is activity]
    return min(those, key=lambda s: abs(s.start - start)) if those else None


def _taken(spell: Spell, activity: Activity | None, planned: Stint | None, rules: DutyRules, now: float) -> BreakTaken:
    limit = rules.break_seconds.get(activity) if activity is not None else None
    if planned is not None:
        limit = planned.end - planned.start
    return BreakTaken(
        start=spell.start,
        end=spell.end,
        reason=spell.reason or "",
        activity=activity,
        limit=limit,
        over=0.0 if limit is None else over_limit(spell.start, now if spell.end is None else spell.end, limit),
        planned_start=None if planned is None else planned.start,
        tolerance=rules.tolerance(activity) if activity is not None else 0.0,
    )


def over_limit(start: float, end: float, limit: float) -> float:
    """By how much a break between these moments is longer than it may be."""
    over = end - start - limit
    return over if over > 0 else 0.0
