"""A month of 1,000 people read and folded; plan, coverage, attendance, adherence of a busy day; the panels on them."""

import io
import json
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from floorwatch.api import Document, events, roster
from floorwatch.extend.panel import Panel
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules
from floorwatch.simulate.plan import Plan
from floorwatch_rosters.month_grid import MonthGrid, MonthGridOptions
from tests.bench.busy_floor import SEATS, folded_floor, folder, plan_of_today
from tests.bench.measured import Measured, Target, fresh

DAYS = 31
FIRST = date(2026, 11, 1)
CODES = ("A1", "A1", "A2", "A2", "夜", "休", "休")
HOURS = {"A1": "08:30-17:30, lunch 12:00-13:00", "A2": "10:00-19:00, lunch 13:00-14:00", "夜": "22:00-06:00"}
ROUNDS = 20
LATER_SECONDS = 5.0
OURS = ("rosters", "attendance")


def run() -> list[Measured]:
    """Milliseconds."""
    path = folder() / "month.xlsx"
    path.write_bytes(month())
    rounds = [fresh("rosters", str(path)) for _ in range(5)]
    read, folded = (list(figures) for figures in zip(*rounds, strict=True))
    both = [one + other for one, other in zip(read, folded, strict=True)]
    return [
        Measured.of(f"{SEATS:,} people x {DAYS} days, a month grid: read", "ms", read),
        Measured.of("its fold", "ms", folded),
        Measured.of("from the file to the floor", "ms", both, Target(2_000)),
        *_of_a_day(),
    ]


def month() -> bytes:
    """A workbook in the shape of a month: a title, a row of dates, a line a person."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, dates = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range(0, 0, 0, DAYS, "2026年11月 排班表")
    sheet.write(1, 0, "姓名")
    for day in range(DAYS):
        sheet.write_datetime(1, day + 1, FIRST + timedelta(days=day), dates)
    for person in range(SEATS):
        sheet.write(person + 2, 0, f"员工{person:04}")
        for day in range(DAYS):
            sheet.write(person + 2, day + 1, CODES[(person + day) % len(CODES)])
    book.close()
    return out.getvalue()


def measure(path: Path) -> list[float]:
    """Milliseconds to read the month, and to fold it and take a snapshot."""
    began = perf_counter()
    said = MonthGrid().read(_document(path.name, path.read_bytes(), time.time()), MonthGridOptions(codes=HOURS))
    read = perf_counter()
    floor = Floor(FloorRules(FloorDays()))
    floor.apply(said, "roster")
    floor.snapshot(said.at)
    folded = perf_counter()
    assert len(said.shifts) == SEATS * DAYS
    return [(read - began) * 1000, (folded - read) * 1000]


def _document(name: str, raw: bytes, now: float, days: FloorDays | None = None) -> Document:
    return Document(name, raw, now, now, days or FloorDays())


def _of_a_day() -> list[Measured]:
    """What a busy floor's roster and punches cost, and the panels that show them."""
    now = time.time()
    plan = plan_of_today(now)
    house, floor, _to_come = folded_floor()
    panels = [each.thing for each in house.catalogue.panels.values() if each.plugin in OURS]
    core: dict[str, Callable[[FloorSnapshot], object]] = {
        "the plan of a day": roster.plan_of,
        "coverage to the end of the day": roster.steps,
        "attendance of everybody": roster.attendance,
        "adherence of everybody": _adherences,
        "who may go on a break": roster.may_break,
    }
    return [
        *(row for what, asked in core.items() for row in _asked(what, asked, floor, plan, now)),
        *(row for panel in panels for row in _asked(panel.name, partial(_built, panel), floor, plan, now)),
    ]


def _adherences(snapshot: FloorSnapshot) -> object:
    return [roster.adherence_of(snapshot, agent) for agent in roster.plan_of(snapshot).by_agent]


def _built(panel: Panel, snapshot: FloorSnapshot) -> object:
    return panel.build(snapshot, panel.options_type())


def _asked(what: str, asked: Callable[[FloorSnapshot], object], floor: Floor, plan: Plan, now: float) -> list[Measured]:
    """Of a floor that nobody has asked yet; then as time goes on, and as one agent after the other does something."""
    agents = [agent for agent, _ in zip(floor.snapshot(now).agents, range(ROUNDS), strict=False)]
    first = _timed(asked, floor.snapshot(now))
    as_time_goes_on = [_timed(asked, floor.snapshot(now + LATER_SECONDS * each)) for each in range(1, ROUNDS)]
    as_things_happen = []
    for number, agent in enumerate(agents):
        at = now + LATER_SECONDS * (ROUNDS + number)
        happened: Event = events.AgentPaused(at, agent, None, "Restroom")
        floor.apply(happened, "switch")
        as_things_happen.append(_timed(asked, floor.snapshot(at)))
    return [
        Measured(f"{what}: first", "ms", first),
        Measured.of(f"{what}: as time goes on", "ms", as_time_goes_on),
        Measured.of(f"{what}: as somebody pauses", "ms", as_things_happen),
    ]


def _timed(asked: Callable[[FloorSnapshot], object], snapshot: FloorSnapshot) -> float:
    """Milliseconds."""
    began = perf_counter()
    asked(snapshot)
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
