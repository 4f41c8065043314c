"""Floors with a roster, for the tests of requests: shifts by date and hours, on a Tuesday at 10:41 in China."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from floorwatch.model.duty import Activity, Duty, Leave, Shift, ShiftKind, Stint, Swap, Tick, Ticked
from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.people import People, Person
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.testing import floors

TODAY, TOMORROW = "2026-03-10", "2026-03-11"
NOW = "2026-03-10 10:41"


def moment(text: str) -> float:
    """Epoch seconds of "2026-03-10 10:41" on the floor's wall."""
    return datetime.fromisoformat(text).replace(tzinfo=floors.ZONE).timestamp()


def day(away: int) -> str:
    """The date so many days from today."""
    return (datetime.fromisoformat(TODAY) + timedelta(days=away)).date().isoformat()


def hours(date: str, start: str, end: str) -> tuple[float, float]:
    """From when to when; what ends before it begins ends on the next day."""
    first, last = moment(f"{date} {start}"), moment(f"{date} {end}")
    return first, last if last > first else last + 86_400


def work(agent: str, date: str, start: str = "09:00", end: str = "18:00", **said: Any) -> Shift:
    """A shift on the telephones."""
    first, last = hours(date, start, end)
    fields: dict[str, Any] = {"id": f"{agent}/{date}/{start}", "code": "早", "source": "march.xlsx", **said}
    return Shift(agent=agent, date=date, stints=(Stint(first, last),), **fields)


def with_lunch(shift: Shift, start: str = "12:00", end: str = "13:00") -> Shift:
    """The same shift with lunch in it."""
    first, last = hours(shift.date, start, end)
    (whole,) = shift.stints
    return replace(
        shift,
        stints=(Stint(whole.start, first), Stint(first, last, Activity.LUNCH), Stint(last, whole.end)),
    )


def day_off(agent: str, date: str, kind: ShiftKind = ShiftKind.OFF, code: str = "休") -> Shift:
    """A day without hours."""
    return Shift(f"{agent}/{date}", agent, date, kind, code, source="march.xlsx")


def person(agent: str, name: str = "", **said: Any) -> Person:
    """Somebody of the people file."""
    return Person(agent, name or agent, **said)


def by_id(entries: Iterable[Any]) -> Mapping[str, Any]:
    """Entries as the duty keeps them."""
    return {each.id: each for each in entries}


def rostered(
    *shifts: Shift,
    people: Iterable[Person] = (),
    now: str = NOW,
    rules: DutyRules | None = None,
    floor: FloorSnapshot | None = None,
    **duty: Any,
) -> FloorSnapshot:
    """A floor with this roster. `duty`: lists of leaves, swaps, assignments, excuses, or other fields of `Duty`."""
    by_agent: dict[str, tuple[Shift, ...]] = {}
    for shift in sorted(shifts, key=lambda each: each.date):
        by_agent[shift.agent] = (*by_agent.get(shift.agent, ()), shift)
    listed: dict[str, Any] = {name: by_id(those) if isinstance(those, list) else those for name, those in duty.items()}
    whole = Duty(shifts=by_agent, **listed)
    empty = floor or floors.snapshot(at=moment(now))
    floor_rules = replace(empty.rules, duty=rules or DutyRules())
    return replace(empty, at=moment(now), duty=whole, people=People(people), rules=floor_rules)


GRANTED = {Tick.AGREED: Ticked("王芳", 0.0), Tick.HEAD: Ticked("王芳", 0.0), Tick.HR: Ticked("HR", 0.0)}
AGREED = {Tick.AGREED: Ticked("张伟", 0.0)}


def swap(agent: str, date: str, other: str, other_date: str = "", *, asked: str = NOW, **said: Any) -> Swap:
    """A swap that both agree to, asked for now."""
    fields: dict[str, Any] = {"ticks": AGREED, **said}
    return Swap("s1", agent, date, other, other_date or date, asked_at=moment(asked), **fields)


def leave(agent: str, start: str, end: str = "", *, entry: str = "l1", asked: str | None = NOW, **said: Any) -> Leave:
    """Leave between two moments, or of the whole day `start`."""
    first = moment(start)
    last = moment(end) if end else first + 86_400
    return Leave(entry, agent, first, last, asked_at=None if asked is None else moment(asked), **said)
