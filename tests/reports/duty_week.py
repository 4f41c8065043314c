"""A floor of three people over a few days, with a roster and a call feed, of which every figure is known.

Monday 2026-03-09 to Wednesday: 王芳 and 李娜 work 09:00-18:00 with lunch 12:00-13:00, Ada nights 22:00-06:00 from
Monday on. 王芳 comes at 09:20 on Monday and on time on Tuesday; 李娜 stays away on Monday. Ada comes and goes on time.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from floorwatch.engine.day_ends import DayEnds
from floorwatch.engine.decoding import Decoded
from floorwatch.extend.report import Span
from floorwatch.model import events
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Activity, Shift, ShiftKind, Stint, Who
from floorwatch.model.duty_rules import DutyRules, Minimum
from floorwatch.model.entities import Fact
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.people import read_people
from floorwatch.model.targets import FloorRules

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = FloorDays(SHANGHAI)
MONDAY, TUESDAY, WEDNESDAY = "2026-03-09", "2026-03-10", "2026-03-11"
PEOPLE = "interface,name,employee,team\nPJSIP/1,王芳,1001,A\nPJSIP/2,李娜,1002,A\nPJSIP/3,Ada,1003,B\n"
WANG, LI, ADA = "1001", "1002", "1003"
RULES = FloorRules(DAYS, duty=DutyRules(minimums=(Minimum(540, 1080, 2),)))
FEED = frozenset({Fact.CALLS, Fact.MEMBERS, Fact.PAUSES, Fact.ENDED_BY, Fact.MISSED_RINGS})


def at(date: str, time: str) -> float:
    """Epoch seconds of a local time."""
    return datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=SHANGHAI).timestamp()


def day_span(date: str) -> Span:
    """The business day of this date."""
    start = DAYS.start_of(at(date, "12:00"))
    return Span(start, DAYS.end_of(start))


def shift(agent: str, date: str, start: str = "09:00", end: str = "18:00", ends_on: str = "") -> Shift:
    """A day's work; with an hour of lunch where it is by day."""
    first, last = at(date, start), at(ends_on or date, end)
    stints: tuple[Stint, ...] = (Stint(first, last),)
    if not ends_on:
        noon, one = at(date, "12:00"), at(date, "13:00")
        stints = (Stint(first, noon), Stint(noon, one, Activity.LUNCH), Stint(one, last))
    return Shift(f"{agent}/{date}", agent, date, ShiftKind.WORK, "D", stints, source="roster.csv")


def roster() -> events.DocumentRead:
    """Three days of three people."""
    by_day = [shift(who, date) for who in (WANG, LI) for date in (MONDAY, TUESDAY, WEDNESDAY)]
    nights = [shift(ADA, MONDAY, "22:00", "06:00", TUESDAY), shift(ADA, TUESDAY, "22:00", "06:00", WEDNESDAY)]
    who = tuple(Who(agent, employee=agent) for agent in (WANG, LI, ADA))
    return events.DocumentRead(
        at(MONDAY, "07:00"),
        document="roster.csv",
        title="a roster",
        period=(MONDAY, WEDNESDAY),
        rows=8,
        people=who,
        shifts=(*by_day, *nights),
    )


def signed(agent: str, start: float, end: float) -> list[Event]:
    """At the telephones from then to then."""
    number = int(agent) - 1000
    return [
        events.MemberAdded(start, f"PJSIP/{number}", "support"),
        events.MemberRemoved(end, f"PJSIP/{number}", "support"),
    ]


def story() -> list[Event]:
    """Everything that the call feed shows, in order of time."""
    told = [
        *signed(WANG, at(MONDAY, "09:20:00"), at(MONDAY, "18:00:00")),
        *signed(ADA, at(MONDAY, "22:00:00"), at(TUESDAY, "06:00:00")),
        *signed(WANG, at(TUESDAY, "09:00:00"), at(TUESDAY, "18:00:00")),
        *signed(LI, at(TUESDAY, "08:58:00"), at(TUESDAY, "17:30:00")),
        *signed(ADA, at(TUESDAY, "22:00:00"), at(WEDNESDAY, "06:00:00")),
        *signed(WANG, at(WEDNESDAY, "09:02:00"), at("2026-03-20", "18:00:00")),
        *signed(LI, at(WEDNESDAY, "09:00:00"), at("2026-03-20", "18:00:00")),
    ]
    return sorted(told, key=lambda event: event.at)


def told(until: float, *entered: Event) -> Iterator[Decoded]:
    """The roster, then what the feed showed until then, and what was entered."""
    yield Decoded("rosters", float("-inf"), (roster(),))
    lines = [("queue_log", event) for event in story() if event.at <= until]
    lines += [("journal", event) for event in entered]
    for feed, event in sorted(lines, key=lambda line: line[1].at):
        yield Decoded(feed, event.at, (event,))


def new_floor(gives: frozenset[Fact] = FEED) -> Floor:
    """An empty floor that knows the three."""
    return Floor(RULES, read_people(PEOPLE), gives)


def folded(until: float, *entered: Event) -> tuple[Floor, DayEnds]:
    """The floor as of then, with its past days."""
    floor = new_floor()
    ends = DayEnds(floor, DAYS)
    ends.fold(told(until, *entered))
    return floor, ends
