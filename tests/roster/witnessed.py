"""One person's day with its witnesses, in few words: times are hours of the local day, as in `duties`."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from floorwatch.model.duty import (
    Approval,
    ApprovalKind,
    Duty,
    Excuse,
    HandMark,
    Leave,
    MarkKind,
    Presence,
    Punch,
    Shift,
    Spell,
)
from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.entities import Fact
from floorwatch.model.snapshot import FeedState, FloorSnapshot
from floorwatch.roster import Attendance, attendance_of
from tests.roster.duties import DATE, LUNCH, at, duty, floor, shift

AGENT = "a1"
PHONES, PAUSED, OUT = Presence.PHONES, Presence.PAUSED, Presence.OUT
CALL_FEED = frozenset({Fact.CALLS, Fact.MEMBERS, Fact.PAUSES})
LONG_AFTER = 24 + 9.0
"""The next morning at nine: every window of the day is closed."""


def punches(*hours: float, agent: str = AGENT, date: str = DATE, under: str | None = None) -> tuple[Punch, ...]:
    """Punches at these hours; `under` is the date that a sheet puts them under."""
    return tuple(Punch(agent, at(hour, date), "terminal", under) for hour in hours)


def spell(
    presence: Presence,
    start: float,
    end: float | None = None,
    reason: str | None = None,
    call: tuple[float, float | None] | None = None,
    *,
    is_implied: bool = False,
) -> Spell:
    """A presence between these hours; None: it lasts."""
    ends = None if end is None else at(end)
    spoke = None if call is None else (at(call[0]), None if call[1] is None else at(call[1]))
    return Spell(presence, at(start), ends, reason, spoke, is_implied)


def approval(kind: ApprovalKind, start: float, end: float) -> Approval:
    """A request that a sheet shows as approved."""
    return Approval(AGENT, at(start), at(end), kind)


def mark(kind: MarkKind, moment: float, number: int = 1) -> HandMark:
    """A mark by hand; `number` is its place among the marks of the day."""
    return HandMark(f"m{number}", AGENT, DATE, kind, at(moment), at=at(9) + number)


def excuse(start: float, end: float, number: int = 1, *, withdrawn: bool = False) -> Excuse:
    """An excuse between these hours."""
    return Excuse(f"e{number}", AGENT, at(start), at(end), "incident", withdrawn=withdrawn)


def seen_floor(  # noqa: PLR0913  # what may be said of a day, all but the roster by name
    *roster: Shift,
    now: float = 12.0,
    punched: Iterable[Punch] | None = None,
    spells: Iterable[Spell] | None = None,
    approvals: Iterable[Approval] = (),
    leaves: Iterable[Leave] = (),
    marks: Iterable[HandMark] = (),
    excuses: Iterable[Excuse] = (),
    rules: DutyRules | None = None,
    feed_began: float | None = None,
    **more: Any,
) -> FloorSnapshot:
    """A floor with this roster at this hour. `punched` None: no terminal; `spells` None: no call feed, and `feed_began`
    the hour of its first line (None: long ago). `more` goes to `duties.floor`."""
    by_agent: dict[str, tuple[Punch, ...]] = {}
    for punch in sorted(punched or (), key=lambda each: each.at):
        by_agent[punch.agent] = (*by_agent.get(punch.agent, ()), punch)
    if punched is not None:
        # Somebody else has punched that day: the terminal works.
        by_agent["somebody"] = punches(7.0, agent="somebody")
    held: Duty = replace(
        duty(roster, leaves=leaves),
        punches=by_agent,
        approvals=_by_agent(approvals),
        marks={each.id: each for each in marks},
        excuses={each.id: each for each in excuses},
    )
    made = floor(held, at(now), rules=rules, gives=CALL_FEED if spells is not None else frozenset(), **more)
    if spells is None:
        return made
    # Somebody else has signed out the day before: the call feed tells of it.
    others = {"somebody": (Spell(OUT, at(-12)),)}
    feeds = {} if feed_began is None else {"switch": FeedState("switch", 1, first_line_at=at(feed_began))}
    return replace(made, feeds=feeds, spells={**others, AGENT: tuple(spells)} if spells else others)


def seen(*roster: Shift, date: str | None = None, **said: Any) -> Attendance:
    """What became of the person's day."""
    found = attendance_of(seen_floor(*roster, **said), AGENT, date)
    assert found is not None
    return found


def nine_to_six(**said: Any) -> Shift:
    """09:00-18:00 with an hour of lunch at noon."""
    return shift(AGENT, (9, 12), (12, 13, LUNCH), (13, 18), **said)


def _by_agent(approvals: Iterable[Approval]) -> Mapping[str, tuple[Approval, ...]]:
    those = tuple(sorted(approvals, key=lambda each: each.start))
    return {AGENT: those} if those else {}
