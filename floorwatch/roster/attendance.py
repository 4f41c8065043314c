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
- An answer about a person is kept with the `Duty` until their spells change or it may change by time alone (`answers`).
  Everybody's of today are those of the moment before, with the answers in their places that no longer hold.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Set
from math import inf

from floorwatch.model.duty import Presence
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster.answers import Answer, Answers, Everybody, Order, answer, answers_of
from floorwatch.roster.evidence import Day, day_of
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
        return kept(floor, "attendance", date, lambda: _today(floor) if date is None else _all_on(floor, date), 40)
    return tuple(each for each in attendance(floor, date=date) if is_in_team(floor, each.agent, team))


def attendance_of(floor: FloorSnapshot, agent: str, date: str | None = None) -> Attendance | None:
    """One person's; None: not planned and not here."""
    day = day_of(floor, date_of(floor) if date is None else date)
    answers = answers_of(day)
    return (_of_today(day, agent, answers) if date is None else answer(day, agent, answers)).found


def counted(those: tuple[Attendance, ...]) -> Mapping[Status, int]:
    """How many of each status; all statuses are there."""
    found = dict.fromkeys(Status, 0)
    for each in those:
        found[each.status] += 1
    return found


# --- of a date -------------------------------------------------------------------------------------------------------


def _all_on(floor: FloorSnapshot, date: str) -> tuple[Attendance, ...]:
    day = day_of(floor, date)
    answers = answers_of(day)
    agents = dict.fromkeys((*day.plan, *_named(day), *(agent for agent in floor.spells if _is_seen(day, agent))))
    those = (answer(day, agent, answers).found for agent in agents)
    return tuple(sorted((each for each in those if each is not None), key=_order))


def _named(day: Day) -> Set[str]:
    """Whose presence on that day a terminal or a person tells."""
    duty = day.floor.duty

    def compute() -> Set[str]:
        punched = (agent for agent, punches in duty.punches.items() if near(punches, day.start, day.end))
        return {*punched, *(m.agent for m in duty.marks.values() if m.date == day.date and not m.withdrawn)}

    return kept(duty, "seen_on", (day.date, day.start), compute, 40)


def _is_seen(day: Day, agent: str) -> bool:
    """Whether the call feed tells that they may have been here."""
    return any(spell.presence is not Presence.OUT for spell in day.floor.spells.get(agent, ()))


def _order(each: Attendance) -> Order:
    over = each.on_break.over if each.on_break is not None and each.on_break.is_over else 0.0
    worst = each.adjusted_late + each.adjusted_early + over
    starts = each.planned.start if each.planned is not None else None
    return not each.is_exception, _RANK[each.status], -worst, starts or 0.0, each.agent


# --- of today --------------------------------------------------------------------------------------------------------


def _today(floor: FloorSnapshot) -> tuple[Attendance, ...]:
    day = day_of(floor, date_of(floor))
    answers = answers_of(day)
    before = answers.everybody
    if before.date != day.date:
        before = Everybody(day.date)
    answers.everybody = _brought_up(before, day, answers)
    return answers.everybody.those


def _brought_up(before: Everybody, day: Day, answers: Answers) -> Everybody:
    """Everybody as of now, by what was found before of the same date."""
    known = before.answers
    fresh: dict[str, Answer] = {}
    orders, those, is_same = [*before.orders], [*before.those], True
    for agent in _to_ask(known, day):
        fresh[agent] = made = _of_anybody(day, agent, answers)
        was = known[agent].found if agent in known else None
        if was is made.found or was == made.found:
            # The very same again, so that what was made of it holds.
            fresh[agent] = made if was is made.found else Answer(was, made.spells, made.since, made.until)
            continue
        is_same = False
        _put(made.found, was, orders, those)
    if is_same:
        return Everybody(day.date, {**known, **fresh}, before.orders, before.those) if fresh else before
    return Everybody(day.date, {**known, **fresh}, tuple(orders), tuple(those))


def _put(each: Attendance | None, was: Attendance | None, orders: list[Order], those: list[Attendance]) -> None:
    """Let somebody stand where they belong now, and no more where they did."""
    order = None if each is None else _order(each)
    if was is not None:
        before = _order(was)
        place = bisect_left(orders, before)
        if each is not None and order == before:
            those[place] = each
            return
        del orders[place], those[place]
    if each is not None and order is not None:
        place = bisect_left(orders, order)
        orders.insert(place, order)
        those.insert(place, each)


def _to_ask(known: Mapping[str, Answer], day: Day) -> Iterator[str]:
    """Of whom nothing was found, or what does not hold any more."""
    spells, now = day.floor.spells, day.now
    for agent, each in known.items():
        # Asked of a thousand: a call of `holds` for each of them would cost half as much again.
        if each.spells is not spells.get(agent) or not each.since <= now < each.until:
            yield agent
    everybody = spells.keys() if known else {*day.plan, *day.before, *_named(day), *spells}
    yield from everybody - known.keys()


def _of_anybody(day: Day, agent: str, answers: Answers) -> Answer:
    """What there is to say of somebody, also of whom neither a plan nor anything else knows today."""
    if agent in day.plan or agent in day.before or agent in _named(day) or _is_seen(day, agent):
        return _of_today(day, agent, answers)
    return Answer(None, day.floor.spells.get(agent), day.now, inf)


def _of_today(today: Day, agent: str, answers: Answers) -> Answer:
    """Of the night shift of yesterday as long as it is theirs, else of today."""
    night, now = today.before.get(agent), today.now
    if night is None or night.end is None or night.end <= today.start:
        return answer(today, agent, answers)
    of_night = answer(day_of(today.floor, moved(today.date, -1)), agent, answers)
    planned = today.plan.get(agent)
    begins = planned.start if planned is not None else None
    until = min([turn for turn in (night.end, begins) if turn is not None and turn > now], default=inf)
    found = of_night.found
    if found is not None and (now < night.end or (found.here and (begins is None or now < begins))):
        return Answer(found, of_night.spells, now, min(of_night.until, until))
    of_today = answer(today, agent, answers)
    return Answer(of_today.found, of_today.spells, now, min(of_today.until, of_night.until, until))
