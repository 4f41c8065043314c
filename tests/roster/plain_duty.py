"""Any duty of a few people around one day, and what it comes to, found slowly and plainly, minute by minute.

Rules
- Everything begins and ends on a full minute: so the least of all minutes is the least of all moments.
- Nothing here asks the code under test.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from floorwatch.model.duty import Activity, Assignment, Duty, Leave, Shift, Stint, Swap
from tests.roster.duties import BOTH_TICKS, duty

AGENTS = ("a", "b", "c", "d")
LAYERS = ("1 lunch", "2 huddle")
DAYS = (
    ("Asia/Shanghai", "2026-11-22"),
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
)
"""A common day, and those on which the clock is put forward and back, by an hour and by half of one."""
MINUTE = 60.0


@dataclass(frozen=True)
class Case:
    """A day of a floor. `start` is when the business day of `date` begins; `day_leaves` are of whole days."""

    zone: ZoneInfo
    date: str
    starts: int
    start: float
    shifts: tuple[Shift, ...]
    swaps: tuple[Swap, ...]
    hour_leaves: tuple[Leave, ...]
    day_leaves: tuple[tuple[Leave, str], ...]
    assignments: tuple[Assignment, ...]

    @property
    def duty(self) -> Duty:
        """All of it."""
        leaves = (*self.hour_leaves, *(leave for leave, _date in self.day_leaves))
        return duty(self.shifts, swaps=self.swaps, leaves=leaves, assignments=self.assignments)

    def activity(self, agent: str, date: str, at: float) -> Activity | None:
        """What the plan of this date has somebody do at this moment."""
        held = self._held(agent, date)
        told = _top([stint for shift in held if not shift.layer for stint in shift.stints], at)
        for shift in sorted((each for each in held if each.layer), key=lambda each: each.layer):
            told = _top(shift.stints, at) or told
        if any(leave.agent == agent and leave.start <= at < leave.end for leave in self.hour_leaves):
            told = None
        if any(leave.agent == agent and date == day for leave, day in self.day_leaves):
            told = None
        given = [each for each in self.assignments if each.agent == agent and each.date == date]
        return _top([Stint(each.start, each.end, each.activity) for each in given], at, in_turn=True) or told

    def on_phones(self, at: float) -> int:
        """How many people are on the telephones at this moment, those left out for whom somebody stands in."""
        return sum(self.on_phones_alone(agent, at) for agent in AGENTS)

    def on_phones_alone(self, agent: str, at: float) -> bool:
        """Whether this person is one of them."""
        days = [_moved(self.date, days) for days in (2, 1, 0, -1, -2)]
        for date in days:
            if (told := self.activity(agent, date, at)) is not None:
                stood_in = any(
                    each.instead_of == agent and each.date == date and each.start <= at < each.end
                    for each in self.assignments
                )
                return told is Activity.PHONES and not stood_in
        return False

    def _held(self, agent: str, date: str) -> list[Shift]:
        holder = {each: each for each in AGENTS}
        for swap in self.swaps:
            if date in (swap.date, swap.other_date):
                holder[swap.agent], holder[swap.other] = holder[swap.other], holder[swap.agent]
        return [shift for shift in self.shifts if shift.date == date and shift.agent == holder[agent]]


def _top(stints: Iterable[Stint], at: float, *, in_turn: bool = False) -> Activity | None:
    """Of the stints that cover the moment the one on top: the last, or the one that began last."""
    those = [each for each in stints if each.start <= at < each.end]
    if not in_turn:
        those.sort(key=lambda each: (each.start, -each.end))
    return those[-1].activity if those else None


def _moved(date: str, days: int) -> str:
    return (dt.date.fromisoformat(date) + dt.timedelta(days=days)).isoformat()


_minutes = st.integers(0, 24 * 60 - 1) | st.integers(0, 95).map(lambda quarter: quarter * 15)
_lengths = st.integers(1, 600) | st.integers(1, 40).map(lambda quarters: quarters * 15)
_activities = st.sampled_from((Activity.PHONES, Activity.PHONES, Activity.LUNCH, Activity.MEETING))
_agents = st.sampled_from(AGENTS)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any day: nights, split and doubled shifts, layers, swaps, leave, assignments."""
    zone_name, date = draw(st.sampled_from(DAYS))
    zone, starts = ZoneInfo(zone_name), draw(st.sampled_from((0, 4)))
    dates = [_moved(date, days) for days in (-1, 0, 1)]
    a_date = st.sampled_from(dates)

    def begins(day: str) -> float:
        return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(starts), zone).timestamp()

    def stint(day: str) -> Stint:
        start = begins(day) + MINUTE * min(draw(_minutes), 22 * 60)  # a day of 23 hours has no later minute
        return Stint(start, start + MINUTE * draw(_lengths), draw(_activities))

    def shift(number: int) -> Shift:
        day, layer = draw(a_date), draw(st.sampled_from(("", "", "", *LAYERS)))
        parts = tuple(stint(day) for _part in range(draw(st.integers(0, 3))))
        return Shift(str(number), draw(_agents), day, stints=parts, layer=layer)

    def leave(number: int) -> Leave:
        part = stint(draw(a_date))
        return Leave(f"hours {number}", draw(_agents), part.start, part.end, ticks=BOTH_TICKS)

    def day_leave(number: int) -> tuple[Leave, str]:
        day = draw(a_date)
        first, last = begins(day), begins(_moved(day, 1))
        return Leave(f"day {number}", draw(_agents), first, last, ticks=BOTH_TICKS), day

    def assignment(number: int) -> Assignment:
        day = draw(a_date)
        part = stint(day)
        instead_of = draw(st.none() | _agents)
        return Assignment(str(number), draw(_agents), day, part.start, part.end, part.activity, instead_of)

    def swap(number: int) -> Swap:
        one, other = draw(st.permutations(AGENTS))[:2]
        return Swap(str(number), one, draw(a_date), other, draw(a_date), ticks=BOTH_TICKS)

    return Case(
        zone=zone,
        date=date,
        starts=starts,
        start=begins(date),
        shifts=tuple(shift(number) for number in range(draw(st.integers(0, 10)))),
        swaps=tuple(swap(number) for number in range(draw(st.integers(0, 3)))),
        hour_leaves=tuple(leave(number) for number in range(draw(st.integers(0, 2)))),
        day_leaves=tuple(day_leave(number) for number in range(draw(st.integers(0, 1)))),
        assignments=tuple(assignment(number) for number in range(draw(st.integers(0, 2)))),
    )
