"""The panel "attendance": who is missing, late or too long away, and how many are as they should be.

Rules
- Exceptions first, a row a person, the worst first; what is excused or replaced behind them, muted.
- Those with whom all is well are one row for each way of being well, with a count: on a floor of a thousand they would
  bury the few who need somebody. Enter opens the list, `/` finds anybody in all of them; `everybody` shows a line each.
- It is built when something is read or entered, and else by the clock: people sign in and pause thirty times a second
  on a large floor, and nobody looks that often. Ages run by themselves.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from floorwatch.api import (
    Cell,
    FloorSnapshot,
    Line,
    Needs,
    Notice,
    Panel,
    Row,
    RowKind,
    Stack,
    Table,
    Text,
    Tone,
    Topic,
    View,
    _,
    _n,
    folded,
    roster,
)
from floorwatch_attendance.limits import Limits
from floorwatch_attendance.matters import Kind, Matter, Matters
from floorwatch_attendance.missing import what_is_missing
from floorwatch_attendance.person import person
from floorwatch_attendance.rows import matter_columns, matter_rows, people_table
from floorwatch_attendance.who import name_of, number_of, seat_of, team_of, who
from floorwatch_attendance.wording import hours_of, status_name

SEARCH, STATUS, TEAM, AGENT = "search:", "status:", "team:", "agent:"
EVERY_SECONDS = 15.0
MOST_FOUND = 200

CALM = (
    roster.Status.PRESENT,
    roster.Status.EXPECTED,
    roster.Status.FINISHED,
    roster.Status.LATE,
    roster.Status.LEFT_EARLY,
    roster.Status.ON_LEAVE,
    roster.Status.OFF,
    roster.Status.UNSEEN,
)
"""The order of the counts."""


class AttendanceOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`teams`: only these (none named: all). `everybody`: a line also for each with whom all is well."""

    teams: tuple[str, ...] = ()
    everybody: bool = False


class AttendancePanel(Panel):
    """Who should be here, and who is."""

    name = "attendance"
    title = "Attendance"
    needs = Needs(frozenset({Topic.DUTY}), every_seconds=EVERY_SECONDS)
    options_type: type[Struct] = AttendanceOptions

    def __init__(self, limits: Limits) -> None:
        """`limits` say from when on a thing calls for a person."""
        self._limits = limits

    def build(self, floor: FloorSnapshot, options: AttendanceOptions) -> View:
        """The counts, the exceptions, then how many are well."""
        return self._view(floor, _shown(floor, options.teams), options.everybody)

    def detail(self, floor: FloorSnapshot, options: AttendanceOptions, row_key: str) -> View:
        """A person's day; those of a status or a team; who is meant by some words."""
        those = _those(floor, options.teams)
        if row_key.startswith(AGENT):
            return person(floor, self._limits, row_key.removeprefix(AGENT))
        if row_key.startswith(STATUS):
            return _of_status(floor, self._calm(floor, _shown(floor, options.teams)), row_key.removeprefix(STATUS))
        if row_key.startswith(SEARCH):
            return _found(floor, those, row_key.removeprefix(SEARCH))
        if row_key.startswith(TEAM):
            return self._view(floor, _those(floor, (row_key.removeprefix(TEAM),)), everybody=True)
        return Notice(_("Attendance knows nothing of this row."))

    def _view(self, floor: FloorSnapshot, those: Sequence[roster.Attendance], everybody: bool) -> View:
        matters = Matters(floor, self._limits).of_all(those)
        rows = (*matter_rows(floor, self._limits, matters), *_counts(floor, _well(those, matters), everybody=everybody))
        missing = what_is_missing(floor)
        empty = _("Nobody is expected today, and nobody is here.")
        table = Table(matter_columns(), rows, empty, searches=True)
        head = [Line(tuple(_figures(matters)))] if floor.duty.has_roster else []
        lines = (*head, *(Line((Cell(said, Tone.NOTICE),)) for said in missing))
        return Stack((Text(lines), table)) if lines else table

    def _calm(
        self, floor: FloorSnapshot, those: Sequence[roster.Attendance]
    ) -> Mapping[roster.Status, list[roster.Attendance]]:
        return _well(those, Matters(floor, self._limits).of_all(those))


def _those(floor: FloorSnapshot, teams: Sequence[str]) -> Sequence[roster.Attendance]:
    everybody = roster.attendance(floor)
    if not teams:
        return everybody
    return [each for each in everybody if team_of(floor, each.agent) in teams]


def _shown(floor: FloorSnapshot, teams: Sequence[str]) -> Sequence[roster.Attendance]:
    """Those of them who are in focus."""
    return [each for each in _those(floor, teams) if roster.shows(floor, each.agent)]


def _figures(matters: Sequence[Matter]) -> Iterator[Cell]:
    """The counts of the title: the four that are always there in their places, then what else there is."""
    count = Counter(matter.kind for matter in matters if not matter.is_settled)
    late, early = count[Kind.LATE], count[Kind.LEFT_EARLY]
    absent = [matter.tone for matter in matters if matter.kind is Kind.ABSENT and not matter.is_settled]
    worst = Tone.ALARM if Tone.ALARM in absent else Tone.WARN
    said = [
        (_("late {n}"), late, Tone.NOTICE),
        (_("absent {n}"), len(absent), worst),
        (_("breaks {n}"), count[Kind.BREAK], Tone.NOTICE),
        (_("doubts {n}"), count[Kind.DOUBT], Tone.NOTICE),
    ]
    said += [
        each
        for each in ((_("due {n}"), count[Kind.DUE], Tone.NOTICE), (_("left early {n}"), early, Tone.NOTICE))
        if each[1]
    ]
    for place, (words, n, tone) in enumerate(said):
        if place:
            yield Cell(" ")
        yield Cell(words.format(n=n), tone if n else Tone.MUTED)


def _well(
    those: Sequence[roster.Attendance], matters: Sequence[Matter]
) -> Mapping[roster.Status, list[roster.Attendance]]:
    """Those who have no row of their own, by status."""
    named = {matter.agent for matter in matters}
    found: dict[roster.Status, list[roster.Attendance]] = {status: [] for status in CALM}
    for each in those:
        if each.agent not in named:
            found.setdefault(each.status, []).append(each)
    return {status: each for status, each in found.items() if each}


def _counts(
    floor: FloorSnapshot, well: Mapping[roster.Status, list[roster.Attendance]], *, everybody: bool
) -> Iterator[Row]:
    for status, those in well.items():
        key = f"{STATUS}{status.value}"
        size = _n("{n} person", "{n} people", len(those)).format(n=len(those))
        name = _("here, on time") if status is roster.Status.PRESENT and floor.duty.has_roster else status_name(status)
        cells = (Cell(size), Cell(), Cell(name), Cell(), Cell(), Cell(_("[enter]"), Tone.MUTED))
        yield Row(key, cells, Tone.MUTED, kind=RowKind.GROUP if everybody else RowKind.PLAIN)
        for each in those if everybody else ():
            yield _calm_row(floor, each, key)


def _calm_row(floor: FloorSnapshot, each: roster.Attendance, parent: str) -> Row:
    cells = (
        Cell(who(floor, each.agent)),
        Cell(number_of(floor, each.agent)),
        Cell(status_name(each.status)),
        Cell(),
        Cell(hours_of(floor, each.planned), Tone.MUTED),
        Cell(),
    )
    return Row(f"{AGENT}{each.agent}", cells, parent=parent)


def _of_status(floor: FloorSnapshot, well: Mapping[roster.Status, list[roster.Attendance]], status: str) -> View:
    those = well.get(roster.Status(status), []) if status in set(roster.Status) else []
    return people_table(floor, those, _("Nobody any more."))


def _found(floor: FloorSnapshot, those: Sequence[roster.Attendance], words: str) -> Table:
    wanted = folded(words).split()

    def is_meant(each: roster.Attendance) -> bool:
        agent = each.agent
        about = (name_of(floor, agent), number_of(floor, agent), seat_of(floor, agent), team_of(floor, agent))
        text = folded(" ".join((*about, status_name(each.status), hours_of(floor, each.planned))))
        return all(word in text for word in wanted)

    found = [each for each in those if is_meant(each)][:MOST_FOUND]
    return people_table(floor, found, _("Nobody who is expected or here has these words."), searches=True)
