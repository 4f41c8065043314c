"""Floors with a roster, in few words, for the tests of this folder: times are hours of a local day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Activity, Assignment, Duty, Leave, Shift, ShiftKind, Stint, Swap, Tick, Ticked
from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.entities import Agent, Fact
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules

SHANGHAI = ZoneInfo("Asia/Shanghai")
DATE = "2026-11-22"
"""A Sunday."""

BOTH_TICKS: Mapping[Tick, Ticked] = {Tick.HEAD: Ticked("Ada", 0.0), Tick.HR: Ticked("Grace", 0.0)}
PHONES, BREAK, LUNCH, MEETING = Activity.PHONES, Activity.BREAK, Activity.LUNCH, Activity.MEETING


def at(hour: float, date: str = DATE, zone: dt.tzinfo = SHANGHAI) -> float:
    """This hour of the local day as epoch seconds; 25.5 is half past one of the next day."""
    days, hours = divmod(hour, 24)
    day = dt.date.fromisoformat(date) + dt.timedelta(days=int(days))
    minutes = round(hours * 60)
    return dt.datetime.combine(day, dt.time(*divmod(minutes, 60)), zone).timestamp()


def stints(
    *parts: tuple[float, float] | tuple[float, float, Activity], date: str = DATE, zone: dt.tzinfo = SHANGHAI
) -> tuple[Stint, ...]:
    """(from hour, to hour[, activity]) each."""
    return tuple(Stint(at(part[0], date, zone), at(part[1], date, zone), *part[2:]) for part in parts)


def shift(
    agent: str,
    *parts: tuple[float, float] | tuple[float, float, Activity],
    date: str = DATE,
    layer: str = "",
    kind: ShiftKind | None = None,
    code: str = "",
    zone: dt.tzinfo = SHANGHAI,
) -> Shift:
    """A shift of these hours; without any, a day off."""
    told = kind or (ShiftKind.WORK if parts else ShiftKind.OFF)
    return Shift(
        f"{agent} {date} {layer}", agent, date, told, code, stints(*parts, date=date, zone=zone), layer, None, "roster"
    )


def shifts(*those: Shift) -> dict[str, tuple[Shift, ...]]:
    """By agent, as `Duty` has them."""
    found: dict[str, tuple[Shift, ...]] = {}
    for each in those:
        found[each.agent] = (*found.get(each.agent, ()), each)
    return found


def swap(
    id: str,  # noqa: A002  # the entity's own word
    agent: str,
    other: str,
    date: str = DATE,
    other_date: str | None = None,
    ticks: Mapping[Tick, Ticked] = BOTH_TICKS,
) -> Swap:
    """A swap that holds."""
    return Swap(id, agent, date, other, other_date or date, ticks=ticks)


def leave(
    agent: str,
    start: float,
    end: float,
    ticks: Mapping[Tick, Ticked] = BOTH_TICKS,
    *,
    id: str = "leave",  # noqa: A002  # the entity's own word
    withdrawn: bool = False,
) -> Leave:
    """Leave between these epoch seconds, filed."""
    return Leave(id, agent, start, end, ticks=ticks, withdrawn=withdrawn)


def duty(
    roster: Iterable[Shift],
    *,
    swaps: Iterable[Swap] = (),
    leaves: Iterable[Leave] = (),
    assignments: Iterable[Assignment] = (),
) -> Duty:
    """All of it at one moment."""
    return Duty(
        shifts=shifts(*roster),
        swaps={each.id: each for each in swaps},
        leaves={each.id: each for each in leaves},
        assignments={each.id: each for each in assignments},
    )


def floor(  # noqa: PLR0913  # what may be said of a floor, all but two by name
    held: Duty,
    now: float | None = None,
    *,
    rules: DutyRules | None = None,
    zone: dt.tzinfo = SHANGHAI,
    starts: int = 0,
    agents: Iterable[Agent] = (),
    gives: frozenset[Fact] = frozenset(),
) -> FloorSnapshot:
    """The floor of this duty, at noon of `DATE` unless told otherwise; its day starts at the hour `starts`."""
    return FloorSnapshot(
        at=at(12, zone=zone) if now is None else now,
        rules=FloorRules(FloorDays(zone, dt.time(starts)), duty=rules or DutyRules()),
        duty=held,
        agents={each.id: each for each in agents},
        gives=gives,
    )
