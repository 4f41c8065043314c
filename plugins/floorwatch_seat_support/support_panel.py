"""The panel "seat-support": what wants doing on the floor, how far it has been walked, what was noted last.

Rules
- What waits for a person stands first: what may be broken and nobody owns, for it concerns many; then help by age,
  follow-ups that are due, and what somebody owns.
- Who was not visited and what was noted last make room for what waits: of many rows of that, a small screen would show
  three of each.
- A row says which key acts on it. Nothing here grades anybody: numbers are of visits, not of people.
"""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from floorwatch.api import (
    Agent,
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Help,
    Needs,
    Note,
    Panel,
    Row,
    Stack,
    Table,
    Tile,
    Tiles,
    Tone,
    Topic,
    View,
    _,
    roster,
    spoken,
)
from floorwatch_seat_support.duty import alone_since, coverage, on_duty, visited_today
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.note_rows import is_of_those, note_columns, note_rows, subject_of
from floorwatch_seat_support.person import about_row
from floorwatch_seat_support.suspicion import Suspicion, suspicions
from floorwatch_seat_support.who import who
from floorwatch_seat_support.wording import in_one_line, without_words

LATER = float("inf")


class SupportOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """How many rows at most: of agents not visited for longest, and of the last notes; 0 leaves a table out."""

    not_visited: int = 5
    last_notes: int = 5


class SupportPanel(Panel):
    """Seat support at a glance."""

    name = "seat-support"
    title = "Seat support"
    needs = Needs(frozenset({Topic.SUPPORT, Topic.AGENTS, Topic.QUEUES}), every_seconds=15.0, rest_seconds=0.5)
    options_type: type[Struct] = SupportOptions

    def __init__(self, limits: Limits) -> None:
        """`limits` say when a thing calls for a person."""
        self._limits = limits

    def build(self, floor: FloorSnapshot, options: SupportOptions) -> View:
        """The figures, what wants doing, who was not visited for long, the last notes."""
        suspected = suspicions(floor, self._limits)
        due = due_follow_ups(floor, self._limits)
        broken = [_incident(each) for each in suspected if not each.is_taken]
        owned = [_incident(each) for each in suspected if each.is_taken]
        shown = [note for note in due if is_of_those(floor, note)]
        rows = (*broken, *self._helps(floor), *_follow_ups(floor, shown), *owned)
        empty = _("Nobody waits, nothing is due.")
        views: list[View] = [
            self._figures(floor, len(due)),
            Table(_columns(), rows, empty, starts=bool(rows)),
        ]
        if options.not_visited > 0:
            views.append(self._not_visited(floor, options.not_visited))
        if options.last_notes > 0:
            of_today = (note for note in floor.support.notes_since(floor.day_start) if is_of_those(floor, note))
            newest = islice(of_today, options.last_notes)
            notes = note_rows(floor, newest)
            views.append(Table(note_columns(), notes, _("Nothing was noted today."), caption=_("Last notes")))
        return Stack(tuple(views))

    def detail(self, floor: FloorSnapshot, options: SupportOptions, row_key: str) -> View:  # noqa: ARG002  # the same with all
        """Somebody, a note, a request or an incident."""
        return about_row(floor, self._limits, row_key)

    def _figures(self, floor: FloorSnapshot, due: int) -> Tiles:
        line = floor.support.queue_of_help
        taken = sum(each.taken_at is not None for each in line)
        late = bool(line) and floor.at - line[0].requested_at >= self._limits.help_alarm_seconds
        walked = coverage(floor)
        tiles = (  # three stand side by side in the hand; what is suspected stands in the rows
            Tile(_("help"), _count(len(line), Tone.ALARM if late else Tone.WARN), _taken(taken)),
            Tile(_("due"), _count(due, Tone.WARN), _("to do {n}").format(n=len(floor.support.follow_ups))),
            Tile(
                _("visited"),
                Cell(_per_cent(walked.share)),
                _("{n} of {all}").format(n=walked.visited, all=walked.on_duty),
            ),
        )
        return Tiles(tiles)

    def _helps(self, floor: FloorSnapshot) -> Iterator[Row]:
        for each in floor.support.queue_of_help:
            if not roster.shows(floor, each.agent):
                continue
            cells = (
                Cell(who(floor, each.agent, each.seat)),
                Cell(in_one_line(each.question) or without_words()),
                Cell.age(each.requested_at, self._limits.help_steps),
                _help_key(floor, each),
            )
            yield Row(f"help:{each.id}", cells, about=f"agent:{each.agent}")

    def _not_visited(self, floor: FloorSnapshot, most: int) -> Table:
        columns = (
            Column("who", _("who"), 10, flex=2),
            Column("last", _("last"), 10, flex=3),
            Column("age", _("for"), 7, Align.RIGHT),
            Column("key", "", 8, drop=1),
        )
        steps = ((self._limits.not_visited_seconds, Tone.WARN),)
        shown = [agent for agent in longest_unvisited(floor) if floor.shows(agent)]
        rows = tuple(_unvisited(floor, agent, steps) for agent in shown[:most])
        return Table(columns, rows, _("Nobody is on duty."), caption=_("Not visited for longest"))


def due_follow_ups(floor: FloorSnapshot, limits: Limits) -> list[Note]:
    """Those that are due, or soon will be, the longest due first."""
    until = floor.at + limits.follow_up_soon_seconds
    due = [note for note in floor.support.follow_ups.values() if note.due_at is not None and note.due_at <= until]
    return sorted(due, key=_due_at)


def longest_unvisited(floor: FloorSnapshot) -> list[Agent]:
    """Everyone on duty: those without a visit today first; of these and of the others whoever is alone for longest."""

    def last(agent: Agent) -> tuple[bool, float, str, str]:
        since = alone_since(floor, agent)
        return visited_today(floor, agent.id), LATER if since is None else since, agent.seat or "", agent.name

    return sorted(on_duty(floor), key=last)


def _due_at(note: Note) -> float:
    return LATER if note.due_at is None else note.due_at


def _columns() -> tuple[Column, ...]:
    return (
        Column("who", _("who"), 10, flex=2),
        Column("what", _("what"), 10, flex=3),
        Column("age", _("for"), 7, Align.RIGHT),
        Column("key", "", 10, drop=1),
    )


def _count(number: int, tone: Tone) -> Cell:
    return Cell(str(number), tone if number else Tone.CALM)


def _taken(taken: int) -> str:
    return _("taken {n}").format(n=taken)


def _per_cent(share: float | None) -> str:
    """Without a decimal, and never rounded up: all is 100% alone."""
    return spoken.NOTHING if share is None else f"{int(share * 100)}%"


def _help_key(floor: FloorSnapshot, each: Help) -> Cell:
    if each.taken_at is None:
        return Cell(_("take"), command="help")
    if each.taken_by == floor.me:
        return Cell(_("answer"), command="help")
    return Cell(each.taken_by, Tone.MUTED)


def _follow_ups(floor: FloorSnapshot, due: list[Note]) -> Iterator[Row]:
    for note in due:
        cells = (
            Cell(subject_of(floor, note)),
            Cell(in_one_line(note.follow_up)),
            Cell.age(note.due_at, ((1.0, Tone.WARN),)),
            Cell(_("done"), command="follow-up-done"),
        )
        yield Row(f"note:{note.id}", cells, about="" if note.agent is None else f"agent:{note.agent}")


def _incident(each: Suspicion) -> Row:
    where = " ".join(each.seats) or spoken.NOTHING
    key = Cell(each.owner, Tone.MUTED) if each.is_taken else Cell(_("own"), command="own-incident")
    cells = (Cell(where), Cell(each.title), Cell.age(each.since, tone=Tone.WARN), key)
    return Row(f"incident:{each.key}", cells)


def _unvisited(floor: FloorSnapshot, agent: Agent, steps: tuple[tuple[float, Tone], ...]) -> Row:
    visit = floor.support.visits.get(agent.id)
    is_today = visit is not None and visit.at >= floor.day_start
    last = Cell(visit.by, Tone.MUTED) if visit is not None and is_today else Cell(_("not today"), Tone.NOTICE)
    age = Cell.age(alone_since(floor, agent), steps)
    cells = (Cell(who(floor, agent.id)), last, age, Cell(_("seen"), command="visited"))
    return Row(f"agent:{agent.id}", cells)
