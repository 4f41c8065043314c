"""Rosters and attendance on the floors of the checks: some of everything on the made one, very much on the large one.

The roster is of Tuesday, 2026-03-10, in Shanghai; times of day are hours after its midnight.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from floorwatch.conformance.hostile import HOSTILE
from floorwatch.model import events
from floorwatch.model.duty import (
    Activity,
    Approval,
    ApprovalKind,
    Leave,
    MarkKind,
    Punch,
    Refusal,
    Shift,
    ShiftKind,
    Stated,
    Stint,
    Tick,
    Who,
)
from floorwatch.model.events import DocumentRead, Entered

DAY = "2026-03-10"
MIDNIGHT = 1_773_072_000.0
MANY_DAYS = 31
_HOUR = 3600.0
_LOOKERS = ("Ada", "王芳", HOSTILE[0])


def made_documents(at: float) -> Iterator[tuple[str, DocumentRead]]:
    """Documents by feed: a roster, a duty over it, an attendance sheet, and one of which nothing could be used."""
    people = (
        Who("李娜", "李娜", employee="1007"),
        Who("1008", "欧阳娜娜·买买提"),
        Who("王芳", "王芳"),  # two people of one name: nobody knows which
        *(Who(text, text) for text in HOSTILE[:4]),
    )
    yield "roster", DocumentRead(
        at - 7200, document=HOSTILE[1], title="month grid", period=("2026-03-01", "2026-03-31"), rows=9, people=people,
        shifts=tuple(_shifts()), leaves=(Leave("1", "1008", _h(14), _h(18), "年假", HOSTILE[2]),),
        refused=(Refusal("C7", HOSTILE[0], HOSTILE[3]),), unknown_codes={HOSTILE[5]: 3, "中2": 1},
        remarks=(HOSTILE[6],),
    )  # fmt: skip
    lunch = Shift("l", "李娜", DAY, stints=(Stint(_h(12), _h(13), Activity.LUNCH),), layer="lunch")
    yield "duties", DocumentRead(at - 7100, document="值班.xlsx", people=people[:1], shifts=(lunch,))
    yield "attendance", DocumentRead(
        at - 60, document="打卡.csv", title="punches", people=(*people[:2], Who("77", pin="0077")),
        punches=tuple(_punches()),
        approvals=(
            Approval("李娜", _h(15), _h(16), ApprovalKind.OUT, HOSTILE[4]),
            Approval("1008", _h(18), _h(20), ApprovalKind.OVERTIME),
        ),
        stated=(Stated("李娜", DAY, "A1", (("in", "09:12", "迟到"), ("out", "", "缺卡"))),),
        refused=tuple(Refusal(f"row {row}", "no time") for row in range(300)),
    )  # fmt: skip
    yield "attendance", DocumentRead(at - 50, document="empty.csv")


def made_duty(at: float) -> Iterator[Entered]:
    """What people enter about all that: each kind, hostile words, people and requests that nobody knows."""
    for number, entry in enumerate((*_requests(at), *_attendance(at))):
        yield replace(entry, id=entry.id or f"duty-{number}", by=_LOOKERS[number % 3])


def many_documents(agents: Sequence[str], at: float) -> Iterator[tuple[str, DocumentRead]]:
    """A month of shifts for everybody, and two punches a day up to this moment."""
    people = tuple(Who(agent, employee=agent) for agent in agents)
    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(MANY_DAYS)]
    starts = [MIDNIGHT + (day - date(2026, 3, 10)).days * 86_400 + 9 * _HOUR for day in days]
    shifts = tuple(_of_a_month(agent, day, start) for agent in agents for day, start in zip(days, starts, strict=True))
    punches = tuple(
        Punch(agent, start + late)
        for number, agent in enumerate(agents)
        for start in starts
        for late in (number % 17 * 60.0 - 600.0, 9 * _HOUR)
        if start + late <= at
    )
    yield "roster", DocumentRead(at - 7200, document="roster.xlsx", title="month grid", people=people, shifts=shifts)
    yield "attendance", DocumentRead(at - 60, document="punches.csv", title="punches", people=people, punches=punches)


def _of_a_month(agent: str, day: date, start: float) -> Shift:
    """A day of the week from nine to six; weekends are off."""
    shift = Shift(f"{agent}/{day.day}", agent, day.isoformat(), ShiftKind.OFF, "休")
    return shift if day.weekday() > 4 else replace(shift, kind=ShiftKind.WORK, code="A", stints=_day(start))


def _shifts() -> Iterator[Shift]:
    yield Shift("1", "李娜", DAY, code="A1", stints=_day(_h(9)))
    yield Shift("2", "1008", DAY, code="split", stints=(Stint(_h(8), _h(11)), Stint(_h(15), _h(20))), queue="support")
    yield Shift("3", "王芳", DAY, ShiftKind.OFF, "休")
    yield Shift("4", HOSTILE[0], DAY, ShiftKind.UNKNOWN, HOSTILE[5])
    yield Shift("5", HOSTILE[1], "2026-03-09", code="N", stints=(Stint(_h(-3), _h(6)),))  # last night's
    yield Shift("6", HOSTILE[2], DAY, ShiftKind.LEAVE, "年假")
    yield Shift("7", "李娜", DAY, code="A2", stints=(Stint(_h(13), _h(22), Activity.TRAINING),))  # two for one day
    yield Shift("8", HOSTILE[3], "2026-03-11", stints=(Stint(_h(24), _h(24.5)),))
    yield Shift("9", "not named before", DAY, stints=_day(_h(10)))


def _day(start: float) -> tuple[Stint, ...]:
    """Nine hours with an hour of lunch in them."""
    noon = start + 3 * _HOUR
    return (
        Stint(start, noon),
        Stint(noon, noon + _HOUR, Activity.LUNCH),
        Stint(noon + _HOUR, start + 9 * _HOUR),
    )


def _punches() -> Iterator[Punch]:
    yield Punch("李娜", _h(9.2), date=DAY, device=HOSTILE[0])
    yield Punch("李娜", _h(9.2) + 20)
    yield Punch("1008", _h(7.9), corrected=True)
    yield Punch("77", _h(8.5))
    yield Punch("1008", _h(26))  # from the future: two machines, two clocks


def _requests(at: float) -> Iterator[Entered]:
    for name, agent in (("open", "1007"), ("filed", "1010"), ("refused", "1011"), ("gone", HOSTILE[0])):
        yield events.LeaveRequested(
            at - 9000, id=name, agent=agent, start=_h(14), end=_h(18), kind="事假", word=HOSTILE[3]
        )
    yield events.SwapRequested(at - 8000, id="swap", agent="1007", date=DAY, other="1008", other_date="2026-03-12")
    yield events.SwapRequested(at - 8000, id="held", agent="1010", date="2026-03-11", other=HOSTILE[1], other_date=DAY)
    for request in ("filed", "held"):
        yield events.RequestTicked(at - 7000, request=request, tick=Tick.HEAD, override=HOSTILE[2])
        yield events.RequestTicked(at - 6900, request=request, tick=Tick.HR)
    yield events.RequestTicked(at - 6800, request="swap", tick=Tick.AGREED)
    yield events.RequestTicked(at - 6700, request="not there", tick=Tick.HEAD)
    yield events.RequestRefused(at - 6600, request="refused", word=HOSTILE[4])
    yield events.DutyWithdrawn(at - 6500, entry="gone", word="")
    yield events.ShiftAssigned(
        at - 6000, id="extra", agent="1011", date=DAY, start=_h(13), end=_h(18), instead_of="1010", word=HOSTILE[5]
    )
    yield events.ShiftAssigned(
        at - 6000, agent="nobody known", date=DAY, start=_h(12), end=_h(12.5), activity=Activity.DUTY, layer="值日"
    )
    yield events.AgentTold(at - 5900, about="extra", agent="1011")


def _attendance(at: float) -> Iterator[Entered]:
    for number, kind in enumerate(MarkKind):
        yield events.AttendanceMarked(
            at - 5000,
            agent=("1009", "1010", HOSTILE[0])[number],
            date=DAY,
            kind=kind,
            moment=at - 5000,
            word=HOSTILE[1],
        )
    yield events.ExceptionExcused(at - 4000, agent="1007", start=_h(9), end=_h(9.2), reason=HOSTILE[6], proposal="x:y")
    yield events.ExceptionExcused(at - 4000, agent=HOSTILE[2], start=_h(9), end=_h(30), reason="")


def _h(hours: float) -> float:
    """So many hours after midnight."""
    return MIDNIGHT + hours * _HOUR
