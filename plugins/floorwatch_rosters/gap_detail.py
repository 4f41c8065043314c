"""Hands are missing at some hours: how many, who is away then, and who could come.

Rules
- Away are those who could be on the phones: absent, on leave, at something else by the plan. What can be moved (a
  meeting, a lunch) is the cheaper mend, and stands with its hours.
"""

from collections.abc import Iterator

from floorwatch.api import Cell, Column, FloorSnapshot, Row, Stack, Table, Tone, View, _, duty, roster
from floorwatch_rosters.absence_detail import candidate_cells, candidate_columns
from floorwatch_rosters.coverage_words import hours_of, minute_of, of_minimum, shortage_hours, too_few
from floorwatch_rosters.offers import offer_key
from floorwatch_rosters.request_words import activity_name
from floorwatch_rosters.shortages import Shortage
from floorwatch_rosters.to_do import MISSING
from floorwatch_rosters.who import who

MOST_AWAY = 50
MOST_OFFERED = 20


def gap_detail(floor: FloorSnapshot, short: Shortage) -> View:
    """The figures, who is away at the worst of it, who could come."""
    step = short.worst
    facts = [
        (_("when"), Cell(shortage_hours(floor, short))),
        (_("missing"), Cell(too_few(step), Tone.ALARM)),
        (_("hands"), Cell(of_minimum(step))),
        (_("planned"), Cell(str(step.scheduled))),
        (_("worst at"), Cell(minute_of(floor, max(step.start, floor.at)))),
    ]
    return Stack((Table.of_facts(facts, _("Hands are missing")), _away(floor, step), _could_come(floor, short)))


def could_come(floor: FloorSnapshot, short: Shortage) -> tuple[roster.Candidate, ...]:
    """Who is off in these hours, the best first."""
    return roster.replacements(floor, "", max(short.start, floor.at), short.end)


def _could_come(floor: FloorSnapshot, short: Shortage) -> Table:
    act = Cell(_("assign"), command="assign")
    rows = tuple(
        Row(offer_key(one.agent, short.key), candidate_cells(floor, one, act), about=f"agent:{one.agent}")
        for one in could_come(floor, short)[:MOST_OFFERED]
    )
    empty = _("Nobody is off in all of these hours: assign them in parts.")
    return Table(candidate_columns(), rows, empty, caption=_("Who could come"), starts=bool(rows))


def _away(floor: FloorSnapshot, step: roster.Step) -> Table:
    columns = (
        Column("who", _("who"), 12, flex=2),
        Column("why", _("why"), 8, flex=1),
        Column("hours", _("hours"), 11),
        Column("key", "", 11, drop=1),
    )
    rows: dict[str, Row] = {}
    for row in _everybody_away(floor, max(step.start, floor.at)):
        rows.setdefault(row.about, row)  # who is absent is not at lunch, whatever the plan has
    return Table(columns, tuple(rows.values())[:MOST_AWAY], _("Nobody is away then."), caption=_("Away then"))


def _everybody_away(floor: FloorSnapshot, at: float) -> Iterator[Row]:
    planned = roster.planned_at(floor, at)
    for seen in roster.attendance(floor):
        if seen.status in MISSING and seen.agent in planned:
            said = _("absent") if seen.status is roster.Status.ABSENT else _("left")
            yield _row(floor, f"absence:{seen.agent}", said, seen.planned, Cell(_("replace"), command="replace"))
    for leave in floor.duty.leaves.values():
        if leave.is_filed and leave.start <= at < leave.end and leave.agent not in planned:
            day = roster.plan_of(floor, roster.date_of(floor, at)).by_agent.get(leave.agent)
            if day is not None and day.leave == leave.id:
                yield _row(floor, f"agent:{leave.agent}", leave.kind or _("leave"), None, Cell())
    order = [*duty.Activity][::-1]
    for agent, (day, activity) in sorted(planned.items(), key=lambda item: (order.index(item[1][1]), item[0])):
        if activity is not duty.Activity.PHONES:
            stint = next(stint for stint in day.stints if stint.start <= at < stint.end)
            yield _stint(floor, agent, stint)


def _row(floor: FloorSnapshot, key: str, why: str, planned: roster.Planned | None, act: Cell) -> Row:
    agent = key.partition(":")[2]
    has_hours = planned is not None and planned.start is not None and planned.end is not None
    hours = hours_of(floor, planned.start, planned.end) if planned is not None and has_hours else ""  # type: ignore[arg-type]
    return Row(key, (Cell(who(floor, agent)), Cell(why, Tone.WARN), Cell(hours), act), about=f"agent:{agent}")


def _stint(floor: FloorSnapshot, agent: str, stint: duty.Stint) -> Row:
    cells = (
        Cell(who(floor, agent)),
        Cell(activity_name(stint.activity)),
        Cell(hours_of(floor, stint.start, stint.end)),
    )
    return Row(f"agent:{agent}", (*cells, Cell()), about=f"agent:{agent}")
