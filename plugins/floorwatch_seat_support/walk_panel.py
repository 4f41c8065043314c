"""The panel "walk": whom to visit next and why, big and first; below it the way from there, in one column.

Rules
- It is made for 40 columns and 20 lines, in the hand: everything that is needed at the seat stands above the list.
- The list begins with the seat that stands above it, where the cursor is at first. The cursor stays with the person
  when somebody more urgent comes in front: what is pressed at a seat is about that seat.
- After the end it shows what the walk came to; without one, whom a walk would begin with.
"""

from collections.abc import Sequence

from msgspec import Struct

from floorwatch.api import (
    Agent,
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Line,
    Needs,
    Notice,
    Panel,
    Row,
    Stack,
    Table,
    Text,
    Tile,
    Tiles,
    Tone,
    Topic,
    View,
    Walk,
    _,
    spoken,
)
from floorwatch_seat_support.kinds import kind_title
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.note_rows import moment, said_in
from floorwatch_seat_support.person import about_row
from floorwatch_seat_support.walk_order import Reason, Stop, Why, stops, walk_of
from floorwatch_seat_support.walk_summary import summary_of
from floorwatch_seat_support.who import who_in_full
from floorwatch_seat_support.wording import in_one_line

LAST_NOTE_SECONDS = 14 * 86_400.0
LONGEST_WORDS = 120
KEY_CELLS = 8
"""Of a key with its word: four of them stand side by side on a terminal of 40 columns."""


class WalkPanelOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`most`: rows of those who come next. Raises ValueError for none."""

    most: int = 60

    def __post_init__(self) -> None:
        """Refuse a walk without a seat."""
        if self.most < 1:
            raise ValueError(_("most: {most}: show one seat at least").format(most=self.most))


class WalkPanel(Panel):
    """The walk of whoever looks."""

    name = "walk"
    title = "Walk"
    needs = Needs(frozenset({Topic.SUPPORT, Topic.AGENTS, Topic.QUEUES}), every_seconds=15.0, rest_seconds=0.5)
    options_type: type[Struct] = WalkPanelOptions

    def __init__(self, limits: Limits) -> None:
        """`limits` say when a seat calls for a visit."""
        self._limits = limits

    def build(self, floor: FloorSnapshot, options: WalkPanelOptions) -> View:
        """The next seat and those after it; what the last walk came to, where none is under way."""
        walk = walk_of(floor, floor.me)
        everybody = stops(floor, self._limits, walk, floor.me)
        way = [stop for stop in everybody if floor.shows(stop.agent)]
        if walk is None or not walk.is_open:
            begin = self._table(way[: options.most], _("A walk would begin with"))
            return Stack((*_between_walks(floor, walk), begin))
        if not way:
            said = Notice(_("Everyone on duty has been visited, or passed."))
            if everybody:
                said = Notice(_("Of those who are shown everyone has been visited; 0 shows everybody again."))
            return Stack((said, _keys("walk:end", _end()), _figures(floor, walk)))
        table = self._table(way[: options.most], _so_far(floor, walk, len(way)))
        return Stack((*self._next(floor, way[0]), table))

    def detail(self, floor: FloorSnapshot, options: WalkPanelOptions, row_key: str) -> View:  # noqa: ARG002  # the same with all
        """Notes and states of the shift."""
        return about_row(floor, self._limits, row_key)

    def _table(self, way: Sequence[Stop], caption: str) -> Table:
        columns = (
            Column("seat", _("seat"), 5),
            Column("who", _("who"), 8, flex=2),
            Column("why", _("why"), 9, flex=1),
            Column("age", _("for"), 7, Align.RIGHT),
        )
        return Table(columns, tuple(self._row(stop) for stop in way), empty=_("Nobody is on duty."), caption=caption)

    def _row(self, stop: Stop) -> Row:
        agent = stop.agent
        cells = (Cell(agent.seat or ""), Cell(agent.name), Cell(_short(stop.reason.why)), self._age(stop.reason))
        return Row(f"agent:{agent.id}", cells)

    def _next(self, floor: FloorSnapshot, stop: Stop) -> tuple[View, ...]:
        """Who and why, in the order in which it is needed at the seat."""
        agent, reason = stop.agent, stop.reason
        tone = _URGENT.get(reason.why, Tone.NOTICE)
        words = in_one_line(reason.words)[:LONGEST_WORDS]
        team = _("team {team}").format(team=agent.team) if agent.team else ""
        head = Tile(_why(reason.why), Cell(who_in_full(floor, agent.id), tone), team)
        why = (Line((Cell(words),)),) if words else ()
        since = Tile(_("for"), self._age(reason))
        state = Line((Cell(_doing(agent)), Cell(" "), Cell.age(agent.since)))
        last = Line((Cell(_last_note(floor, agent.id), Tone.MUTED),))
        acts = ((_("note"), "note"), (_("seen"), "visited"), (_("next"), "pass-seat"), *_end())
        return Tiles((head, since)), Text((*why, state, last)), _keys(f"agent:{agent.id}", acts)

    def _age(self, reason: Reason) -> Cell:
        """For how long there has been this reason, and how much that matters."""
        limits = self._limits
        match reason.why:
            case Why.HELP:
                return Cell.age(reason.since, limits.help_steps)
            case Why.FAULT:
                return Cell.age(reason.since, tone=Tone.WARN)
            case Why.HARD_CALL:
                return Cell.age(reason.since)
            case Why.FOLLOW_UP:
                return Cell.age(reason.since, ((1.0, Tone.WARN),))
            case Why.NOT_TODAY | Why.LONG_AGO:
                return Cell.age(reason.since, ((limits.not_visited_seconds, Tone.WARN),))


_URGENT = {Why.HELP: Tone.WARN, Why.FAULT: Tone.WARN}


def _why(why: Why) -> str:
    """The reason as a heading."""
    words = {
        Why.HELP: _("asked for help"),
        Why.FAULT: _("may be broken"),
        Why.HARD_CALL: _("had a hard call"),
        Why.FOLLOW_UP: _("follow-up due"),
        Why.NOT_TODAY: _("not visited today"),
        Why.LONG_AGO: _("visited long ago"),
    }
    return words[why]


def _short(why: Why) -> str:
    """The reason in a column."""
    words = {
        Why.HELP: _("help"),
        Why.FAULT: _("fault"),
        Why.HARD_CALL: _("hard call"),
        Why.FOLLOW_UP: _("due"),
        Why.NOT_TODAY: _("not yet"),
        Why.LONG_AGO: _("visited"),
    }
    return words[why]


def _doing(agent: Agent) -> str:
    state = spoken.state_name(agent.state)
    if agent.pause_reason:
        return _("{state}, {reason}").format(state=state, reason=agent.pause_reason)
    return _("{state}, {queue}").format(state=state, queue=agent.calls[0][0]) if agent.calls else state


def _last_note(floor: FloorSnapshot, agent: str) -> str:
    """It in one line, which stands there also when there is none: what is below keeps its place."""
    recent = floor.support.notes_since(floor.at - LAST_NOTE_SECONDS)
    note = next((note for note in recent if note.agent == agent), None)
    if note is None:
        return _("nothing was noted lately")
    said = said_in(note)[:LONGEST_WORDS]
    at, kind = moment(floor, note.at), kind_title(note.kind)
    if not said:
        return _("{at} {kind}, {by}").format(at=at, kind=kind, by=note.by)
    return _("{at} {kind}: {text}, {by}").format(at=at, kind=kind, text=said, by=note.by)


def _keys(key: str, acts: Sequence[tuple[str, str]]) -> Table:
    """What can be done, with the keys that do it, on a row of this key."""
    columns = tuple(Column(command, "", KEY_CELLS) for _words, command in acts)
    cells = tuple(Cell(words, command=command) for words, command in acts)
    return Table(columns, (Row(key, cells),), opens=key.startswith("agent:"))


def _end() -> Sequence[tuple[str, str]]:
    return ((_("end"), "end-walk"),)


def _so_far(floor: FloorSnapshot, walk: Walk, left: int) -> str:
    summary = summary_of(floor, walk)
    said = _("to go {left}, visited {seats}, notes {notes}")
    return said.format(left=left, seats=summary.seats, notes=sum(summary.notes.values()))


def _figures(floor: FloorSnapshot, walk: Walk) -> Table:
    caption = _("So far") if walk.is_open else _("The walk of {at}").format(at=moment(floor, walk.began_at))
    return Table.of_facts(summary_of(floor, walk).facts(), caption)


def _between_walks(floor: FloorSnapshot, walk: Walk | None) -> tuple[View, ...]:
    begin = (Notice(_("No walk is under way.")), _keys("walk:begin", ((_("walk"), "walk"),)))
    is_todays = walk is not None and walk.began_at >= floor.day_start
    return (*begin, _figures(floor, walk)) if walk is not None and is_todays else begin
