"""What became of each person's shift: present, late, absent, left early, on a break and for how long.

Rules
- Witnesses of presence: punches (order and roster decide what is in and what is out), the call feed's sign-in and
  sign-out, marks by hand (the last mark stands above both). Two that disagree are shown as such.
- Late: first seen after the start and its grace; the seconds count from the start. Left early: last seen before the end
  (less `early_seconds`), and not back since. A shift whose start has not come is `EXPECTED`, one whose grace still runs
  is `DUE`. Whoever was never seen is `ABSENT` once the grace is over.
- A break at the edge of a shift (what a half day's leave leaves over) is not its start or its end. Whoever is away in a
  planned break has not left. The seconds of a split shift are those of its parts, the gap is nobody's.
- Staying on because of a live call is neither late nor early (`held_by_call`): the call that ran when a break was to
  begin moves the whole break; one that ran at the end of a break or a shift makes no overtime of an exception.
- Leave that is filed is no absence; leave that lacks a tick is an absence that says so.
- Work out of the house that a sheet shows as approved is presence; approved overtime explains a day off the roster.
- Excuses give adjusted figures beside the raw ones, never instead of them.
- Without a witness of a kind, nothing is said of that kind; without any, every status of a working day is `UNSEEN`.
- One row a person: the night shift of yesterday as long as it runs, or they are still here from it; else today.
- An answer about a person is kept with the `Duty` until their spells change or it may change by time alone.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from floorwatch.model.duty import Presence, Spell
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules
from floorwatch.roster.evidence import Day, day_of
from floorwatch.roster.judging import judged
from floorwatch.roster.kept import kept
from floorwatch.roster.plan import date_of, moved
from floorwatch.roster.standing import Attendance, BreakTaken, Doubt, Status
from floorwatch.roster.teams import is_in_team
from floorwatch.roster.witnesses import near

__all__ = ["Attendance", "BreakTaken", "Doubt", "Status", "attendance", "attendance_of", "counted"]

_RANK = {status: rank for rank, status in enumerate(Status)}


def attendance(floor: FloorSnapshot, team: str | None = None, date: str | None = None) -> tuple[Attendance, ...]:
    """Everybody whom the plan of the day names, or who is here without it; exceptions first, the worst first. `date`
    None is today, with the night shifts of yesterday that still run. Kept with the snapshot: asking twice costs
    once."""
    if team is None:
        return kept(floor, "attendance", date, lambda: _everybody(floor, date), 40)
    return tuple(each for each in attendance(floor, date=date) if is_in_team(floor, each.agent, team))


def attendance_of(floor: FloorSnapshot, agent: str, date: str | None = None) -> Attendance | None:
    """One person's; None: not planned and not here."""
    day = day_of(floor, date_of(floor) if date is None else date)
    known = _answers_on(day)
    return _today_of(day, agent, known) if date is None else _answer(day, agent, known)


def counted(those: tuple[Attendance, ...]) -> Mapping[Status, int]:
    """How many of each status; all statuses are there."""
    found = dict.fromkeys(Status, 0)
    for each in those:
        found[each.status] += 1
    return found


# --- who ---------------------------------------------------------------------------------------------------------


def _everybody(floor: FloorSnapshot, date: str | None) -> tuple[Attendance, ...]:
    day = day_of(floor, date_of(floor) if date is None else date)
    known = _answers_on(day)
    if date is None:
        those = (_today_of(day, agent, known) for agent in _agents(day, day.before))
    else:
        those = (_answer(day, agent, known) for agent in _agents(day, ()))
    return tuple(sorted((each for each in those if each is not None), key=_order))


def _agents(day: Day, nights: Iterable[str]) -> Iterable[str]:
    """Everybody of whom there may be something to say."""
    return dict.fromkeys([*day.plan, *nights, *_seen(day)])


def _seen(day: Day) -> Iterator[str]:
    """Whom the plan does not name, and who may have been here."""
    for agent, spells in day.floor.spells.items():
        if agent not in day.plan and any(s.presence is not Presence.OUT for s in spells):
            yield agent
    for agent, punches in day.floor.duty.punches.items():
        if agent not in day.plan and near(punches, day.start, day.end):
            yield agent
    for mark in day.floor.duty.marks.values():
        if mark.date == day.date and not mark.withdrawn:
            yield mark.agent


def _today_of(today: Day, agent: str, known: dict[str, "_Kept"]) -> Attendance | None:
    """`known` are the answers on that day."""
    night, floor = today.before.get(agent), today.floor
    if night is not None and night.end is not None and night.end > today.start:
        yesterday = day_of(floor, moved(today.date, -1))
        found = _answer(yesterday, agent, _answers_on(yesterday))
        planned = today.plan.get(agent)
        begins = planned.start if planned is not None else None
        if found is not None and (floor.at < night.end or (found.here and (begins is None or floor.at < begins))):
            return found
    return _answer(today, agent, known)


def _order(each: Attendance) -> tuple[object, ...]:
    over = each.on_break.over if each.on_break is not None and each.on_break.is_over else 0.0
    worst = each.adjusted_late + each.adjusted_early + over
    starts = each.planned.start if each.planned is not None else None
    return not each.is_exception, _RANK[each.status], -worst, starts or 0.0, each.agent


# --- what is kept ------------------------------------------------------------------------------------------------


class _Kept(Struct, frozen=True, gc=False):
    """An answer, what it was made from, and from when until when it holds."""

    found: Attendance | None
    spells: tuple[Spell, ...] | None
    since: float
    until: float


class _Answers:
    """The answers of one `Duty` under the same rules, with a call feed that can tell the same."""

    def __init__(self, rules: FloorRules, tells: tuple[bool, float]) -> None:
        self.rules = rules
        self.tells = tells
        self.by_date: dict[str, dict[str, _Kept]] = {}


def _answer(day: Day, agent: str, known: dict[str, _Kept]) -> Attendance | None:
    """`known` are the answers on that day; this one is among them from now on."""
    floor = day.floor
    before, spells = known.get(agent), floor.spells.get(agent)
    if before is not None and before.spells is spells and before.since <= floor.at < before.until:
        return before.found
    found, until = judged(day, agent)
    known[agent] = _Kept(found, spells, floor.at, until)
    return found


def _answers_on(day: Day) -> dict[str, _Kept]:
    slot, rules, tells = day.floor.duty.__dict__, day.floor.rules, (day.sees_signs, day.feed_began)
    answers: _Answers | None = slot.get("_kept_answers")
    if answers is None or answers.rules is not rules or answers.tells != tells:
        answers = slot["_kept_answers"] = _Answers(rules, tells)
    return answers.by_date.setdefault(day.date, {})
