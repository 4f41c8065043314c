"""The panel "requests": swaps, leave and assignments of the next days, with their ticks, what speaks against them, and
who knows.

Rules
- What waits for a tick stands first, the oldest first; then what holds and somebody was not told of; then the others by
  their date.
- What is refused or withdrawn stays for a day, so that whoever asked can be told why.
"""

from msgspec import Struct

from floorwatch.api import Align, Cell, Column, FloorSnapshot, Panel, Row, Table, Tone, View, _, duty, roster
from floorwatch_rosters.behind import about_row
from floorwatch_rosters.change_detail import objections_of
from floorwatch_rosters.changes import concerned, key_of, not_told
from floorwatch_rosters.plan_words import state_cell
from floorwatch_rosters.request_words import Change, change_words, objection_words
from floorwatch_rosters.rosters_panel import DUTY_NEEDS
from floorwatch_rosters.to_do import begins, is_to_tell
from floorwatch_rosters.who import name_of

DAY_SECONDS = 86_400.0


class RequestsOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`days` ahead that are listed, and rows at most."""

    days: int = 14
    most: int = 100


class RequestsPanel(Panel):
    """Swaps, leave, assignments."""

    name = "requests"
    title = "Requests"
    needs = DUTY_NEEDS
    options_type: type[Struct] = RequestsOptions

    def build(self, floor: FloorSnapshot, options: RequestsOptions) -> View:
        """A row each."""
        columns = (
            Column("what", _("what"), 16, flex=4),
            Column("state", _("state"), 9, flex=2),
            Column("against", _("against"), 8, flex=2, drop=2),
            Column("told", _("told"), 8, flex=1, drop=3),
            Column("age", _("for"), 7, Align.RIGHT, drop=4),
            Column("key", "", 8, drop=1),
        )
        shown = [each for each in listed(floor, options.days) if roster.shows(floor, each.agent)]
        rows = tuple(_row(floor, each) for each in shown[: max(0, options.most)])
        return Table(columns, rows, _("Nobody asks for anything in the next days."))

    def detail(self, floor: FloorSnapshot, options: RequestsOptions, row_key: str) -> View:  # noqa: ARG002  # the same with all
        """Ticks, objections, who was told."""
        return about_row(floor, row_key)


def listed(floor: FloorSnapshot, days: int) -> list[Change]:
    """What is open, and what begins or lasts from today to so many days ahead."""
    last = roster.moved(roster.date_of(floor), max(0, days))
    everything: list[Change] = [
        *floor.duty.swaps.values(),
        *floor.duty.leaves.values(),
        *floor.duty.assignments.values(),
    ]
    found = [each for each in everything if _is_listed(floor, each, last)]
    return sorted(found, key=lambda each: _order(floor, each))


def _is_listed(floor: FloorSnapshot, change: Change, last: str) -> bool:
    if _is_open(change):
        return True
    if not _lasts(floor, change) or begins(floor, change) > last:
        return False
    is_off = change.withdrawn or (not isinstance(change, duty.Assignment) and change.refused is not None)
    return not is_off or (_asked_at(change) or 0.0) > floor.at - DAY_SECONDS


def _lasts(floor: FloorSnapshot, change: Change) -> bool:
    """Whether any of it is still to come."""
    match change:
        case duty.Swap():
            return max(change.date, change.other_date) >= roster.date_of(floor)
        case duty.Leave() | duty.Assignment():
            return change.end > floor.at


def _order(floor: FloorSnapshot, change: Change) -> tuple[object, ...]:
    asked = _asked_at(change) or 0.0
    if _is_open(change):
        return 0, asked, "", change.id
    is_to_tell_ = is_to_tell(floor, change) and bool(not_told(floor, change))
    return 1 if is_to_tell_ else 2, 0.0, begins(floor, change), change.id


def _is_open(change: Change) -> bool:
    return not isinstance(change, duty.Assignment) and change.is_open


def _asked_at(change: Change) -> float | None:
    return change.at if isinstance(change, duty.Assignment) else change.asked_at


def _row(floor: FloorSnapshot, change: Change) -> Row:
    is_open = _is_open(change)
    against = objection_words(objections_of(floor, change)) if is_open or isinstance(change, duty.Assignment) else ""
    cells = (
        Cell(change_words(floor, change)),
        state_cell(change),
        Cell(against, Tone.NOTICE),
        _told(floor, change),
        Cell.age(_asked_at(change)) if is_open else Cell(),
        _act(floor, change, is_open=is_open),
    )
    return Row(key_of(change), cells, about=f"agent:{change.agent}")


def _act(floor: FloorSnapshot, change: Change, *, is_open: bool) -> Cell:
    if is_open:
        return Cell(_("tick"), command="tick")
    if is_to_tell(floor, change) and not_told(floor, change):
        return Cell(_("told"), command="tell")
    return Cell()


def _told(floor: FloorSnapshot, change: Change) -> Cell:
    """Who does not know; of what does not hold, nothing."""
    if not is_to_tell(floor, change):
        return Cell()
    waiting = not_told(floor, change)
    if not waiting:
        return Cell(_("told"), Tone.MUTED)
    if len(waiting) == len(concerned(change)):
        return Cell(_("not told"), Tone.NOTICE)
    return Cell(_("not {people}").format(people=", ".join(name_of(floor, each) for each in waiting)), Tone.NOTICE)
