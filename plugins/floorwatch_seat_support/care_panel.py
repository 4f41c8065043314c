"""The panel "care": how a leader's own visits, praise and coaching are spread. For that leader's eyes alone.

Rules
- It is about whoever looks and nobody else; no other person's notes are counted in it.
- A note and an answer are visits, and so is a look without a word.
- Those who were not visited at all stand first: it is a list of whom to go to, not of who is good.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from floorwatch.api import (
    Agent,
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Needs,
    NoteKind,
    Notice,
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
    spoken,
)
from floorwatch_seat_support.duty import on_duty, team_of
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.person import about_row
from floorwatch_seat_support.who import number

NOON_SECONDS = 43_200.0
DAY_SECONDS = 86_400.0


class CareOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`days` that are looked at, today included. Raises ValueError for none."""

    days: int = 7

    def __post_init__(self) -> None:
        """Refuse a look at nothing."""
        if self.days < 1:
            raise ValueError(_("days: {days}: look at one day at least").format(days=self.days))


class Care(Struct, frozen=True):
    """What one leader did for one agent; `last_at` is their last visit in these days."""

    agent: Agent
    visits: int
    praise: int
    coaching: int
    last_at: float | None


class CarePanel(Panel):
    """Whoever looks, in their own mirror."""

    name = "care"
    title = "Care"
    needs = Needs(frozenset({Topic.SUPPORT, Topic.AGENTS}), every_seconds=60.0)
    options_type: type[Struct] = CareOptions

    def __init__(self, limits: Limits) -> None:
        """`limits` name whose team is whose, and are for what stands behind the rows."""
        self._limits = limits

    def build(self, floor: FloorSnapshot, options: CareOptions) -> View:
        """Three figures, then a row an agent."""
        if not floor.me:
            return Notice(_("This is for one person's eyes: say who you are first."))
        everybody = care_of(floor, floor.me, options.days, team_of(floor, floor.me, self._limits))
        cares = [care for care in everybody if floor.shows(care.agent)]
        columns = (
            Column("who", _("agent"), 8, flex=2),
            Column("number", _("no."), 5, Align.RIGHT, drop=1),
            Column("visits", _("visits"), 6, Align.RIGHT),
            Column("praise", _("praise"), 6, Align.RIGHT),
            Column("coaching", _("coach"), 5, Align.RIGHT),
            Column("last", _("last"), 7, Align.RIGHT, drop=2),
        )
        rows = tuple(_row(floor, care) for care in cares)
        table = Table(columns, rows, _("Nobody is on duty, and nothing was noted."))
        return Stack((_figures(cares, options.days), table))

    def detail(self, floor: FloorSnapshot, options: CareOptions, row_key: str) -> View:  # noqa: ARG002  # the same with all
        """Notes and states of the shift."""
        return about_row(floor, self._limits, row_key)


def care_of(floor: FloorSnapshot, me: str, days: int, team: str | None) -> Sequence[Care]:
    """Of everyone on duty in the team, and of whom else in it this person was with: the least visited first."""
    began = _began(floor, days)
    notes = [note for note in floor.support.notes_since(began) if note.by == me and note.agent is not None]
    words = Counter((note.agent, note.kind) for note in notes)
    met = {(visit.agent, visit.at) for visit in floor.support.visits_since(began) if visit.by == me}
    visits = Counter(agent for agent, _at in met)
    last: dict[str, float] = {}
    for agent, at in met:
        last[agent] = max(at, last.get(agent, at))
    there = {agent.id: agent for agent in on_duty(floor, team)}
    there |= {key: each for key in visits if (each := floor.agents.get(key)) and team in (None, each.team)}
    cares = [
        Care(agent, visits[key], words[key, NoteKind.PRAISE], words[key, NoteKind.COACHING], last.get(key))
        for key, agent in there.items()
    ]
    return sorted(cares, key=lambda care: (care.visits, care.last_at or 0.0, care.agent.seat or "", care.agent.name))


def _began(floor: FloorSnapshot, days: int) -> float:
    """Start of the first of these business days. By noon, for days may be an hour longer or shorter."""
    noon = floor.day_start + NOON_SECONDS
    return floor.rules.days.start_of(noon - (days - 1) * DAY_SECONDS)


def _figures(cares: Sequence[Care], days: int) -> Tiles:
    praise, coaching = sum(care.praise for care in cares), sum(care.coaching for care in cares)
    never = sum(care.visits == 0 for care in cares)
    visits = [care.visits for care in cares]
    spread = _("{least} to {most}").format(least=min(visits), most=max(visits)) if visits else spoken.NOTHING
    return Tiles(
        (
            Tile(_("praise : coaching"), Cell(f"{praise} : {coaching}"), _("in {days} days").format(days=days)),
            Tile(
                _("no visit"), Cell(str(never), Tone.NOTICE if never else Tone.CALM), _("of {n}").format(n=len(cares))
            ),
            Tile(_("visits each"), Cell(spread), _("in all {n}").format(n=sum(visits))),
        )
    )


def _row(floor: FloorSnapshot, care: Care) -> Row:
    agent = care.agent
    cells = (
        Cell(agent.name),
        Cell(number(floor, agent.id)),
        *(_count(each) for each in (care.visits, care.praise, care.coaching)),
        Cell.age(care.last_at),
    )
    return Row(f"agent:{agent.id}", cells)


def _count(number_: int) -> Cell:
    return Cell(str(number_), sort=number_) if number_ else Cell(spoken.NOTHING, Tone.MUTED, sort=0.0)
