"""The paper side of a simulated floor: its roster, what its terminals punch, and who asked for leave or a swap.

Rules
- It watches the calls and changes none of them: every chance comes from a stream of its own.
- The roster names everybody, on every day: who does not come is on leave, or absent. On its first day that fits those
  who do not sign in; of later days nobody knows yet who will fall ill.
- A terminal hands its punches over when people sign in and out, so that some lines run backwards in time, as real ones
  do; a few people forget to punch.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from heapq import heappop, heappush
from random import Random
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from floorwatch.model import events
from floorwatch.model.duty import Tick
from floorwatch.model.duty_rules import Minimum, NoonRules, When
from floorwatch.model.events import Entered
from floorwatch.simulate.crew import first_day
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.plan import DAY, HOUR, Plan, midnights
from floorwatch.simulate.staff import Person, people
from floorwatch.simulate.workday import lunch_of

MOST_DAYS = 7
"""Days of a roster, at most: what is planned further ahead is not written yet."""

_FORGETS = 0.03
_LONGEST_OUT = 180.0
"""Seconds from the last sign-out to the terminal at the door, at most."""
_MINUTE = 60.0
_HAN = re.compile("[\u4e00-\u9fff]")
_DAY_MINUTES = 24 * 60
_NEEDED = ((9.5, 17.0, 0.48), (17.0, 19.5, 0.16))
"""From and up to which hour, and for how many of all seats somebody must be on the telephones."""

_GRANTED = 0.6
"""Of those who do not come on the first day, how many have leave that head and HR have ticked."""


# --- the roster ---


def roster_csv(plan: Plan) -> str:
    """The plan's roster as a tidy table: `employee,name,team,start,end,activity`, a line a stint, local times."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("employee", "name", "team", "start", "end", "activity"))
    zone = ZoneInfo(plan.zone)
    for midnight in _days(plan):
        for who in people(plan):
            for start, end, activity in _stints(who):
                span = (f"{_local(midnight + clock, zone):%Y-%m-%d %H:%M}" for clock in (start, end))
                rows.writerow((who.employee, who.name, who.team, *span, activity))
    return text.getvalue()


def _stints(who: Person) -> Iterator[tuple[float, float, str]]:
    """(start, end, activity) by the floor's clock."""
    lunch = lunch_of(who)
    yield who.shift.starts, lunch.clock, "phones"
    yield lunch.clock, lunch.clock + lunch.seconds, "lunch"
    yield lunch.clock + lunch.seconds, who.shift.ends, "phones"


def _days(plan: Plan) -> list[float]:
    return list(midnights(plan))[:MOST_DAYS]


def _local(at: float, zone: ZoneInfo) -> datetime:
    """To the nearest minute: a demo's clock may begin at any second."""
    return datetime.fromtimestamp(round(at / _MINUTE) * _MINUTE, zone)


def duty_rules_of(plan: Plan) -> tuple[tuple[Minimum, ...], NoonRules]:
    """Hands that the plan's telephones need in the day, and its noon, by the local clock."""

    def minute(clock: float) -> int:
        return round((clock - plan.clock_shift_seconds) / _MINUTE) % _DAY_MINUTES

    def span(first: float, last: float) -> tuple[int, int]:
        start, end = minute(first * HOUR), minute(last * HOUR)
        return start, end if end > start else end + _DAY_MINUTES

    needed = tuple(Minimum(*span(first, last), round(plan.agents * share)) for first, last, share in _NEEDED)
    start, end = span(11.5, 13.5)
    return needed, NoonRules(start=start, end=end, when=When.ALWAYS)


# --- the terminals ---


def punches(plan: Plan) -> Iterator[tuple[float, bytes]]:
    """(when the terminal hands it over, a line of an `attlog.dat` with its line end), in that order."""
    waiting: list[tuple[float, bytes]] = []
    for at, line in _punched(plan):
        while waiting and waiting[0][0] <= at - _LONGEST_OUT:
            yield heappop(waiting)
        heappush(waiting, (at, line))
    while waiting:
        yield heappop(waiting)


def _punched(plan: Plan) -> Iterator[tuple[float, bytes]]:
    """The same by sign-in and sign-out: the punch on the way out comes up to `_LONGEST_OUT` after that."""
    random, zone, early = Random(f"{plan.seed}/punches"), ZoneInfo(plan.zone), _there_before(plan)
    memberships: Counter[str] = Counter()
    for event in simulate(plan):
        if isinstance(event, events.MemberAdded):
            memberships[event.agent] += 1
            changed = memberships[event.agent] == 1
            at = early.pop(event.agent, event.at) - random.uniform(1, 5) * _MINUTE
        elif isinstance(event, events.MemberRemoved):
            memberships[event.agent] -= 1
            changed, at = not memberships[event.agent], event.at + random.uniform(30.0, _LONGEST_OUT)
        else:
            continue
        if changed and random.random() >= _FORGETS:
            yield max(at, event.at), _line(event.agent, at, random.choice((1, 2)), zone)


def _there_before(plan: Plan) -> dict[str, float]:
    """When those came whose shift is under way as the plan begins."""
    midnight = _days(plan)[0]
    came = {employee: midnight + day.signs_in for employee, day in first_day(plan).items() if day is not None}
    return {employee: at for employee, at in came.items() if at < plan.start}


def _line(pin: str, at: float, device: int, zone: ZoneInfo) -> bytes:
    moment = datetime.fromtimestamp(at, zone)
    return f"{pin:>9}\t{moment:%Y-%m-%d %H:%M:%S}\t{device}\t0\t1\t0\r\n".encode()


# --- what people enter ---


def duty_entries(plan: Plan) -> Iterator[Entered]:
    """Leave and a swap of the plan's first day, in the order of time; all of it just after the start."""
    entries = _Entries(plan)
    for number, who in enumerate(_away(plan)):
        entries.leave(who, number)
    entries.swap()
    return iter(sorted(entries.made, key=lambda entry: entry.at))


def _away(plan: Plan) -> list[Person]:
    """Whoever does not come on the first day."""
    days = first_day(plan)
    return [who for who in people(plan) if days[who.employee] is None]


class _Entries:
    """What is entered, by whom: a leader asks and approves, the second leader files."""

    def __init__(self, plan: Plan) -> None:
        self.made: list[Entered] = []
        self._plan = plan
        self._random = Random(f"{plan.seed}/duty")
        self._midnight = _days(plan)[0]
        staff = people(plan)
        leaders = [who for who in staff if who.leader] or staff
        self._head, self._hr = leaders[0].name, leaders[-1].name
        self._staff = staff
        self._zone = ZoneInfo(plan.zone)

    def leave(self, who: Person, number: int) -> None:
        """The first who does not come has said nothing, the third's leave lacks HR's tick; of the others, most have
        leave and some are simply not there."""
        if number == 0 or (number > 2 and self._random.random() >= _GRANTED):
            return
        start, end = (self._midnight + clock for clock in (who.shift.starts, who.shift.ends))
        start, end = start - start % 60, end + -end % 60  # the roster is in whole minutes: no second of it is left over
        kind = "年假" if _HAN.search(who.name) else "annual leave"
        asked = events.LeaveRequested(0.0, agent=who.employee, start=start, end=end, kind=kind)
        request = self._enter(self._head, asked)
        self._enter(self._head, events.RequestTicked(0.0, request=request, tick=Tick.HEAD))
        if number != 2:
            self._enter(self._hr, events.RequestTicked(0.0, request=request, tick=Tick.HR))

    def swap(self) -> None:
        """Two of different shifts want to exchange tomorrow: asked for too late by the rule, and not filed yet."""
        first = self._staff[0]
        other = next((who for who in self._staff if who.shift != first.shift), None)
        if other is None:
            return
        date = f"{_local(self._midnight + DAY + 12 * HOUR, self._zone):%Y-%m-%d}"
        asked = events.SwapRequested(
            0.0, agent=first.employee, date=date, other=other.employee, other_date=date, word=""
        )
        request = self._enter(first.name, asked)
        self._enter(other.name, events.RequestTicked(0.0, request=request, tick=Tick.AGREED))

    def _enter(self, by: str, entry: Entered) -> str:
        number = len(self.made) + 1
        key = f"{self._plan.seed}-{self._plan.start:.0f}-d{number}"
        self.made.append(replace(entry, id=key, by=by, at=self._plan.start + number))
        return key
