"""What Enter on a team opens: its figures, its seats, and whom of it somebody should go to.

Rules
- The seats are those of the panel "seats" by team; what a letter and a sign cannot say stands in the rows below it.
- Whom to go to: the worst sign first, of one sign whoever has waited longest. The cursor starts there, else in the map.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from floorwatch.api import (
    Agent,
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Notice,
    Row,
    SeatMap,
    Stack,
    Table,
    Tile,
    Tiles,
    Tone,
    View,
    _,
    _n,
    spoken,
)
from floorwatch_seats.cards import Cards
from floorwatch_seats.options import TeamsOptions
from floorwatch_seats.places import Places, by_team, in_order, in_rows, wrapped_at
from floorwatch_seats.rollup import TOTAL, TeamNow, long_pause, teams_now, total_of
from floorwatch_seats.signs import HELP, URGENCY, VISIT, Signs, alone_since, sign_cell, sign_of, signs_of

MOST = 200
"""Rows at most: who is to be gone to is never everybody, but for a telephone system that is down."""


class _Need(Struct, frozen=True):
    """Why to go to somebody, and since when (epoch seconds)."""

    agent: Agent
    sign: str
    words: str
    since: float | None


def team_detail(floor: FloorSnapshot, options: TeamsOptions, row_key: str) -> View:
    """`row_key` is "team:A", "team:" for those of no team, or "total:" for all teams."""
    teams = teams_now(floor, options)
    team = total_of(teams) if row_key == TOTAL else next((each for each in teams if each.key == row_key), None)
    if team is None:
        return Notice(_("Nobody of this team is on the floor."))
    signs, places = signs_of(floor, options.not_visited_seconds), _places(floor, team)
    seats = Cards().seats(floor, places.places, signs, options.of_seats())
    caption = _n("{n} person", "{n} people", len(team.agents)).format(n=len(team.agents))
    empty = _("Nobody of this team is on the floor.")
    return Stack(
        (
            Tiles(tuple(_figures(team))),
            SeatMap(seats, places.titles, caption, empty, home="agents"),
            _to_go_to(floor, team, signs, {seat.key: seat.mark for seat in seats}, options),
        )
    )


def _places(floor: FloorSnapshot, team: TeamNow) -> Places:
    if team.is_total:
        return by_team(floor, hide_signed_out=False)
    return in_rows(floor, [("", in_order(team.agents))], wrapped_at([len(team.agents)]))


def _to_go_to(
    floor: FloorSnapshot, team: TeamNow, signs: Signs, marks: Mapping[str, str], options: TeamsOptions
) -> View:
    columns = (
        Column("sign", "", 1),
        Column("who", _("who"), 12, flex=2),
        Column("what", _("what"), 12, flex=3),
        Column("age", _("for"), 7, Align.RIGHT),
    )
    marked = ((agent, marks[f"agent:{agent.id}"]) for agent in team.agents)
    needs = [_need(floor, agent, mark, signs, options) for agent, mark in marked if mark]
    needs.sort(key=lambda need: (URGENCY.index(need.sign), need.since or floor.at, need.agent.id))
    if not needs:
        return Notice(_("Nobody of this team needs you right now."))
    return Table(columns, tuple(map(_row, needs[:MOST])), caption=_("Go to"), starts=True, home="agents")


def _need(floor: FloorSnapshot, agent: Agent, mark: str, signs: Signs, options: TeamsOptions) -> _Need:
    """What the sign stands for."""
    alert, asked = signs.alert_of(agent), signs.helps.get(agent.id)
    if mark == HELP and asked is not None:
        return _Need(agent, mark, " ".join(asked.question.split()) or _("help"), asked.requested_at)
    if mark == VISIT:
        return _Need(agent, mark, _("not visited"), alone_since(floor, agent))
    if alert is not None and sign_of(alert) == mark:
        return _Need(agent, mark, alert.alert.text, alert.alert.since or alert.raised_at)
    state = spoken.state_name(agent.state)
    is_over = long_pause(floor, agent, options) is not None
    words = _("{reason} over").format(reason=agent.pause_reason or state) if is_over else state
    return _Need(agent, mark, words, agent.since)


def _row(need: _Need) -> Row:
    agent = need.agent
    cells = (
        sign_cell(need.sign),
        Cell(f"{agent.seat} {agent.name}" if agent.seat else agent.name),
        Cell(need.words),
        Cell.age(need.since),
    )
    return Row(f"agent:{agent.id}", cells)


def _figures(team: TeamNow) -> Iterator[Tile]:
    """What no letter of the map says."""
    leaders = ", ".join(team.leaders) or spoken.NOTHING
    of = "" if team.expected is None else _("of {n} expected").format(n=team.expected)
    yield Tile(_("leader"), Cell(leaders, Tone.CALM if team.leaders else Tone.MUTED))
    yield Tile(_("here"), Cell(str(team.here)), of)
    yield Tile(_("answered"), Cell(str(team.answered)))
    yield Tile(_("mean talk"), Cell(spoken.duration_or_nothing(team.mean_talk)))
    yield Tile(_("pauses over"), Cell(str(team.over), Tone.WARN if team.over else Tone.CALM))
