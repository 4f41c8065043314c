"""One person: today's plan above what was done, the days from yesterday to next week, and what changes them."""

from collections.abc import Iterator
from datetime import date as Date  # noqa: N812  # a date is a text here

from floorwatch.api import (
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Row,
    Stack,
    Table,
    Timeline,
    Tone,
    View,
    _,
    duty,
    roster,
    spoken,
)
from floorwatch_rosters.changes import concerned, key_of
from floorwatch_rosters.plan_words import shift_words, state_cell
from floorwatch_rosters.request_words import Change, change_words
from floorwatch_rosters.tracks import tracks_of
from floorwatch_rosters.typed_dates import date_words
from floorwatch_rosters.who import who

DAYS_BEFORE, DAYS_AHEAD = 1, 7
MOST_CHANGES = 10


def person_week(floor: FloorSnapshot, agent: str) -> View:
    """Who, the day as it runs, the days, the changes."""
    planned = roster.planned_now(floor, agent)
    facts = [
        (_("who"), Cell(who(floor, agent))),
        (_("team"), Cell(roster.team_of(floor, agent) or spoken.NOTHING)),
        (_("now"), Cell(shift_words(floor, planned))),
    ]
    parts: list[View] = [Table.of_facts(facts)]
    if planned is not None and planned.start is not None and planned.end is not None:
        tracks = tuple(tracks_of(floor, agent, planned.start, max(planned.end, floor.at)))
        parts.append(Timeline(tracks, planned.start, planned.end, now=floor.at, opens=False))
    parts.append(_days(floor, agent))
    changes = tuple(_change(floor, each) for each in _changes(floor, agent)[:MOST_CHANGES])
    if changes:
        columns = (Column("what", _("what"), 16, flex=3), Column("state", _("state"), 10, flex=1))
        parts.append(Table(columns, changes, caption=_("Swaps, leave and assignments")))
    return Stack(tuple(parts))


def _days(floor: FloorSnapshot, agent: str) -> Table:
    columns = (
        Column("date", _("date"), 5),
        Column("weekday", "", 9, drop=3),
        Column("plan", _("plan"), 12, flex=2),
        Column("hours", _("hours"), 6, Align.RIGHT),
        Column("rest", _("rest before"), 6, Align.RIGHT, drop=2),
        Column("why", "", 8, flex=1, drop=1),
    )
    rows = tuple(_day_rows(floor, agent))
    worked = sum(row.cells[3].sort for row in rows if isinstance(row.cells[3].sort, float))
    caption = _("Days ({hours:.1f} hours)").format(hours=worked / 3600)
    return Table(columns, rows, caption=caption, opens=False)


def _day_rows(floor: FloorSnapshot, agent: str) -> Iterator[Row]:
    today = roster.date_of(floor)
    ended: float | None = None
    for offset in range(-DAYS_BEFORE, DAYS_AHEAD):
        date = roster.moved(today, offset)
        planned = roster.plan_of(floor, date).by_agent.get(agent)
        yield Row(f"day:{date}", _day_cells(floor, date, planned, ended), Tone.NOTICE if not offset else Tone.CALM)
        if planned is not None and planned.end is not None:
            ended = planned.end


def _day_cells(
    floor: FloorSnapshot, date: str, planned: roster.Planned | None, ended: float | None
) -> tuple[Cell, ...]:
    seconds = 0.0 if planned is None else _worked(planned)
    start = None if planned is None else planned.start
    rest = Cell()
    if start is not None and ended is not None:
        gap = start - ended
        short = gap < floor.rules.duty.rest_seconds
        rest = Cell(_("{hours:.1f}h").format(hours=gap / 3600), Tone.WARN if short else Tone.CALM)
    return (
        Cell(date_words(date, roster.date_of(floor))),
        Cell(spoken.weekday(Date.fromisoformat(date)), Tone.MUTED),
        Cell(shift_words(floor, planned), Tone.CALM if seconds else Tone.MUTED),
        Cell(_("{hours:.1f}h").format(hours=seconds / 3600) if seconds else "", sort=seconds),
        rest,
        Cell(_why(planned), Tone.MUTED),
    )


def _worked(planned: roster.Planned) -> float:
    """Hours as they are counted: lunch is not."""
    return sum(each.end - each.start for each in planned.stints if each.activity is not duty.Activity.LUNCH)


def _why(planned: roster.Planned | None) -> str:
    if planned is None:
        return ""
    found = [
        _("swap") if planned.swap else "",
        _("leave") if planned.leave else "",
        _("assigned") if planned.assigned else "",
        *planned.layers,
    ]
    return ", ".join(word for word in found if word)


def _changes(floor: FloorSnapshot, agent: str) -> list[Change]:
    everything: list[Change] = [
        *floor.duty.swaps.values(),
        *floor.duty.leaves.values(),
        *floor.duty.assignments.values(),
    ]
    return [each for each in reversed(everything) if agent in concerned(each) and not each.withdrawn]


def _change(floor: FloorSnapshot, change: Change) -> Row:
    return Row(key_of(change), (Cell(change_words(floor, change)), state_cell(change)))
