"""What wants doing about the plan, a line a thing: missing hands, missing people, requests, people not told.

Rules
- Missing hands first, by time; then who is missing and has nobody in their place; then requests that wait, the oldest
  first; then what somebody should be told of, the next first.
- Rows are keyed as the commands want them; each names the one that acts.
- Of people only those who are in focus; missing hands are the whole floor's.
- Leave that a document brings was granted there, and whoever is in it knows.
"""

from collections.abc import Iterator
from itertools import chain, islice

from floorwatch.api import Align, Cell, Column, FloorSnapshot, Row, Tone, _, duty, roster
from floorwatch_rosters.changes import Asked, holds, key_of, not_told, open_requests
from floorwatch_rosters.coverage_words import minute_of, of_minimum, shortage_hours, too_few
from floorwatch_rosters.gaps import Gap, gap_of, taken_by
from floorwatch_rosters.request_words import Change, change_words, missing_words, objection_words
from floorwatch_rosters.shortages import Shortage, shortages
from floorwatch_rosters.tick_commands import objections
from floorwatch_rosters.who import name_of, who

SOON_SECONDS = 1800.0
"""What begins within this time is an alarm."""

MISSING = frozenset({roster.Status.ABSENT, roster.Status.LEFT_EARLY})


def to_do_columns() -> tuple[Column, ...]:
    """What, what there is to know of it, for how long, and the key."""
    return (
        Column("what", _("what"), 20, flex=3, about=_("what wants doing, the most urgent first")),
        Column("note", "", 12, flex=2, about=_("what there is to know of it; of hands: expected, of the minimum")),
        Column("age", _("for"), 7, Align.RIGHT, drop=2, about=_("for how long it has been so")),
        Column("key", "", 11, drop=1, about=_("the key that acts on it")),
    )


def to_do_rows(floor: FloorSnapshot, most: int) -> Iterator[Row]:
    """The first `most` of them."""
    return islice(
        chain(
            (_short(floor, each) for each in shortages(floor)),
            (_missing(floor, seen, gap) for seen, gap in uncovered(floor) if roster.shows(floor, seen.agent)),
            (_request(floor, each) for each in open_requests(floor) if roster.shows(floor, each.agent)),
            (_untold(floor, each) for each in untold(floor) if roster.shows(floor, each.agent)),
        ),
        most,
    )


def uncovered(floor: FloorSnapshot) -> Iterator[tuple[roster.Attendance, Gap]]:
    """Who is absent or left early, with the hours that they leave open and nobody was given."""
    for seen in roster.attendance(floor):
        if seen.status in MISSING and (gap := gap_of(floor, seen.agent)) is not None and taken_by(floor, gap) is None:
            yield seen, gap


def untold(floor: FloorSnapshot) -> list[Change]:
    """Changes of the plan that hold, are not over, and somebody whom they concern was not told of; the next first."""
    everything: list[Change] = [
        *floor.duty.swaps.values(),
        *floor.duty.leaves.values(),
        *floor.duty.assignments.values(),
    ]
    found = [each for each in everything if is_to_tell(floor, each) and not_told(floor, each)]
    return sorted(found, key=lambda each: (begins(floor, each), each.id))


def begins(floor: FloorSnapshot, change: Change) -> str:
    """The first date that it changes."""
    match change:
        case duty.Swap():
            return min(change.date, change.other_date)
        case duty.Leave():
            return roster.date_of(floor, change.start)
        case duty.Assignment():
            return change.date


def is_to_tell(floor: FloorSnapshot, change: Change) -> bool:
    """Whether it holds, is not over, and people have to know it from us."""
    match change:
        case duty.Swap():
            return change.holds and max(change.date, change.other_date) >= roster.date_of(floor)
        case duty.Leave():
            return change.is_filed and not change.source and change.end > floor.at
        case duty.Assignment():
            return holds(change) and change.end > floor.at


def _short(floor: FloorSnapshot, short: Shortage) -> Row:
    tone = Tone.ALARM if short.start - floor.at <= SOON_SECONDS else Tone.WARN
    said = _("{hours} {few}").format(hours=shortage_hours(floor, short), few=too_few(short.worst))
    cells = (Cell(said), Cell(of_minimum(short.worst)), Cell(), Cell(_("assign"), command="assign"))
    return Row(short.key, cells, tone)


def _missing(floor: FloorSnapshot, seen: roster.Attendance, gap: Gap) -> Row:
    said = _("{who} absent") if seen.status is roster.Status.ABSENT else _("{who} left")
    since = seen.left if seen.planned is None or seen.status is not roster.Status.ABSENT else seen.planned.start
    cells = (
        Cell(said.format(who=who(floor, seen.agent))),
        Cell(_("open until {time}").format(time=minute_of(floor, gap.end))),
        Cell.age(since),
        Cell(_("replace"), command="replace"),
    )
    return Row(f"absence:{seen.agent}", cells, Tone.WARN, about=f"agent:{seen.agent}")


def _request(floor: FloorSnapshot, asked: Asked) -> Row:
    against = objections(floor, asked)
    waits = _("waits for {missing}").format(missing=missing_words(asked))
    said = _("{waits}; against: {objections}") if against else "{waits}"
    note = said.format(waits=waits, objections=objection_words(against))
    tone = Tone.NOTICE if against else Tone.CALM
    cells = (
        Cell(change_words(floor, asked)),
        Cell(note, tone),
        Cell.age(asked.asked_at),
        Cell(_("tick"), command="tick"),
    )
    return Row(key_of(asked), cells, about=f"agent:{asked.agent}")


def _untold(floor: FloorSnapshot, change: Change) -> Row:
    people = ", ".join(name_of(floor, agent) for agent in not_told(floor, change))
    note = Cell(_("not told: {people}").format(people=people), Tone.NOTICE)
    cells = (Cell(change_words(floor, change)), note, Cell(), Cell(_("told"), command="tell"))
    return Row(key_of(change), cells, about=f"agent:{change.agent}")
