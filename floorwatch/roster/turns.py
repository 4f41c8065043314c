"""Until when an answer about somebody's shift holds by itself, so that it need not be worked out again before.

Rules
- An answer never depends on when it was asked before: every moment with which the clock is compared is here.
- Of what grows with every second (a break over its limit, staying on after the shift) it is known how it grows, and
  `grown` has it for a later moment; where it is not, the answer does not hold at all.
- A call counts where it runs over an edge of the plan: of those that began after the last edge it makes no difference
  which is the last one.
"""

from math import inf
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.model.duty import Spell
from floorwatch.model.presence import KEPT_SECONDS
from floorwatch.roster.breaks import calls_over, held_until, over_limit
from floorwatch.roster.evidence import Day, Evidence, begins_at
from floorwatch.roster.excusing import excuses_of
from floorwatch.roster.standing import Attendance
from floorwatch.roster.witnesses import STAY_SECONDS

Spells: TypeAlias = tuple[Spell, ...]


class Validity(Struct, frozen=True, gc=False):
    """An answer holds up to `until`; up to `grows_until` it does but for what `grown` has: the break that runs, and the
    overtime, which is counted from `stays_since` on (None: there is none that grows). After `quiet_since` no call that
    began makes a difference to it."""

    until: float
    grows_until: float = -inf
    stays_since: float | None = None
    quiet_since: float = inf


def validity_of(day: Day, agent: str, evidence: Evidence, found: Attendance | None) -> Validity:
    """How long this answer of now holds if nothing happens."""
    now, edges = day.now, _edges(day, agent, evidence)
    quiet_since = _quiet_since(evidence, edges, now)
    is_over = found is not None and _is_over(found, now)
    if found is not None and _changes(day, agent, evidence, found, is_over=is_over):
        return Validity(now, quiet_since=quiet_since)
    if now in edges and any(spell.call is not None and spell.call[1] is None for spell in evidence.spells):
        # Whether a call runs over an edge is not known on the edge, but at once after it.
        return Validity(now, quiet_since=quiet_since)
    turn = min([turn for turn in _turns(day, agent, evidence, found) if turn > now], default=inf)
    stays_since = _stays_since(evidence, now)
    if is_over or stays_since is not None:
        return Validity(now, turn, stays_since, quiet_since)
    return Validity(turn, quiet_since=quiet_since)


def grown(found: Attendance, now: float, stays_since: float | None) -> Attendance:
    """The same answer at a later moment, up to `Validity.grows_until`."""
    overtime = found.overtime if stays_since is None else max(0.0, now - stays_since)
    taken = found.on_break
    if taken is None or taken.limit is None:
        return replace(found, overtime=overtime)
    running = replace(taken, over=over_limit(taken.start, now, taken.limit))
    return replace(found, overtime=overtime, breaks=(*found.breaks[:-1], running), on_break=running)


def is_alike(spells: Spells | None, others: Spells | None, quiet_since: float, now: float) -> bool:
    """Whether these spells give the same answer as those others: the same, but for a last call of those that make no
    difference."""
    if spells == others:
        return True
    if not spells or not others or len(spells) != len(others) or spells[:-1] != others[:-1]:
        return False
    last, other = spells[-1], others[-1]
    if not (_is_quiet(last.call, quiet_since, now) and _is_quiet(other.call, quiet_since, now)):
        return False
    return replace(last, call=other.call) == other


def _is_quiet(call: tuple[float, float | None] | None, since: float, now: float) -> bool:
    return call is not None and call[0] > since and (call[1] is None or since < call[1] <= now)


def _edges(day: Day, agent: str, evidence: Evidence) -> list[float]:
    """The moments that calls may run over."""
    planned = day.plan.get(agent)
    edges = [edge for stint in (planned.stints if planned is not None else ()) for edge in (stint.start, stint.end)]
    for part in evidence.parts:
        edges += (part.start, part.end)
    return edges


def _quiet_since(evidence: Evidence, edges: list[float], now: float) -> float:
    """The last moment up to now that calls are compared with; infinite where there is one to come that is no turn."""
    opens = evidence.parts[0].opens if evidence.parts else -inf
    if opens > now:
        return inf
    punched_out = -inf if evidence.punched_out is None else evidence.punched_out
    return max((opens, punched_out, *(edge for edge in edges if edge <= now)))


def _is_over(found: Attendance, now: float) -> bool:
    """Whether a break runs that has reached its limit."""
    taken = found.on_break
    return taken is not None and taken.limit is not None and now >= taken.start + taken.limit


def _changes(day: Day, agent: str, evidence: Evidence, found: Attendance, *, is_over: bool) -> bool:
    """Whether something may change with every second of which nobody says how."""
    if is_over and excuses_of(day.floor.duty, agent):
        return True
    if evidence.parts:
        return _stays(evidence, day.now) and (not found.here or found.left is not None)
    return found.here and agent in day.floor.duty.approvals  # all of it may be overtime


def _stays(evidence: Evidence, now: float) -> bool:
    """Whether their shift is over, and they are signed in."""
    return bool(evidence.parts) and evidence.is_signed and now >= evidence.parts[-1].end


def _stays_since(evidence: Evidence, now: float) -> float | None:
    """From when on staying is overtime; None where nobody stays, or a call runs over the end: that is none."""
    if not _stays(evidence, now):
        return None
    end = evidence.parts[-1].end
    if any(call_end is None for _start, call_end in calls_over(evidence.spells, end)):
        return None
    return held_until(evidence.spells, end, now)


def _turns(day: Day, agent: str, evidence: Evidence, found: Attendance | None) -> list[float]:
    grace = day.rules.grace_seconds
    turns = [day.start, day.end, *evidence.moments]
    turns.append(begins_at(day, agent) + KEPT_SECONDS)
    for part in evidence.parts:
        turns += (part.start, part.start + grace, part.end, part.end + grace, part.closes)
    if evidence.moments and not evidence.parts:
        turns.append(evidence.moments[0] + STAY_SECONDS)
    if evidence.punched_in is not None:
        turns.append(evidence.punched_in + grace)
    for sight in evidence.signed:
        turns += (sight.start + grace, sight.end + grace)
    for approval in day.floor.duty.approvals.get(agent, ()):
        turns += (approval.start, approval.end)
    turns += [
        moment for moment in (evidence.marks.came, evidence.marks.left, evidence.marks.back) if moment is not None
    ]
    planned = found.planned.stints if found is not None and found.planned is not None else ()
    for stint in (*planned, *evidence.stints):
        turns += (stint.start, stint.start + grace, stint.end, stint.end + grace)
    if found is not None and found.on_break is not None and found.on_break.limit is not None:
        turns.append(found.on_break.start + found.on_break.limit)
    return turns
