"""A team now: everybody of it who should be here or is, whoever is missing first."""

from floorwatch.api import Cell, Column, FloorSnapshot, Row, Table, Tone, _, roster
from floorwatch_rosters.coverage_words import minute_of
from floorwatch_rosters.doing_now import Doing, Place, doing_now
from floorwatch_rosters.request_words import activity_name
from floorwatch_rosters.team_rows import in_order, place_name
from floorwatch_rosters.who import who

MOST = 200


def team_detail(floor: FloorSnapshot, team: str) -> Table:
    """ "*" is the whole floor, "" whoever is of no team."""
    columns = (
        Column("who", _("who"), 12, flex=2),
        Column("now", _("now"), 8),
        Column("age", _("for"), 7),
        Column("plan", _("plan"), 8, flex=1, drop=1),
        Column("until", _("until"), 5, drop=2),
    )
    doing = doing_now(floor)
    if team != "*":
        doing = {agent: each for agent, each in doing.items() if _team(floor, agent) == team}
    rows = tuple(_row(floor, each) for each in in_order(doing)[:MOST])
    return Table(columns, rows, _("Nobody is on duty."), caption=team if team not in ("", "*") else _("On duty now"))


def _team(floor: FloorSnapshot, agent: str) -> str:
    return roster.team_of(floor, agent) or ""


def _row(floor: FloorSnapshot, each: Doing) -> Row:
    off = each.what is not each.planned
    tone = Tone.WARN if each.what in (Place.ABSENT, Place.AWAY) else Tone.NOTICE if off else Tone.CALM
    key = f"absence:{each.agent}" if each.what is Place.ABSENT else f"agent:{each.agent}"
    cells = (
        Cell(who(floor, each.agent)),
        Cell(place_name(each.what), tone),
        Cell.age(each.since),
        Cell(_("not planned") if each.planned is None else activity_name(each.planned), Tone.MUTED),
        Cell("" if each.until is None else minute_of(floor, each.until), Tone.MUTED),
    )
    return Row(key, cells, about=f"agent:{each.agent}" if key.startswith("absence:") else "")
