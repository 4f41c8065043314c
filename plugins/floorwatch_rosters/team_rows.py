"""On duty now: a row a team, a column for what its people do."""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from floorwatch.api import Align, Cell, Column, FloorSnapshot, Row, RowKind, Table, Tone, _, _p, duty, roster
from floorwatch_rosters.doing_now import Doing, Place, doing_now
from floorwatch_rosters.request_words import activity_name

TEAM = "team"
ALL = f"{TEAM}:"
_BUSY = (duty.Activity.BREAK, duty.Activity.LUNCH, duty.Activity.MEETING, duty.Activity.TRAINING, duty.Activity.DUTY)


class TeamNow(Struct, frozen=True):
    """How many of a team do what; `leaders` are those of them who lead and are here."""

    counts: Mapping[duty.Activity | Place, int]
    leaders: int


def teams_now(floor: FloorSnapshot) -> Mapping[str, TeamNow]:
    """By team, in order; "" are those of no team."""
    counts: dict[str, Counter[duty.Activity | Place]] = {}
    leaders = Counter[str]()
    led = {person.id for person in floor.people if person.is_leader}
    for agent, each in doing_now(floor).items():
        team = roster.team_of(floor, agent) or ""
        counts.setdefault(team, Counter())[each.what] += 1
        leaders[team] += agent in led and each.what not in (Place.AWAY, Place.ABSENT)
    return {team: TeamNow(counts[team], leaders[team]) for team in sorted(counts, key=lambda name: (not name, name))}


def teams_table(floor: FloorSnapshot) -> Table:
    """The teams, and all of them together where there are several."""
    teams = teams_now(floor)
    shown = {team: now for team, now in teams.items() if floor.focus.team in ("", team)}
    rows = [_row(f"{TEAM}:{team}", team or _("no team"), now) for team, now in shown.items()]
    if len(teams) > 1:
        rows.append(_row(f"{ALL}*", _("total"), _all(teams), RowKind.TOTAL))
    return Table(_columns(), tuple(rows), _("Nobody is on duty."), caption=_("On duty now"))


def place_name(what: duty.Activity | Place) -> str:
    """What somebody does, as a word."""
    if isinstance(what, duty.Activity):
        return activity_name(what)
    return {Place.AWAY: _p("from the floor", "away"), Place.ABSENT: _("absent")}[what]


def in_order(those: Mapping[str, Doing]) -> list[Doing]:
    """Who is missing first, then who is away from the phones, then the others."""
    order = (Place.ABSENT, Place.AWAY, *reversed(duty.Activity))
    return sorted(those.values(), key=lambda each: (order.index(each.what), each.until or 0.0, each.agent))


def _columns() -> tuple[Column, ...]:
    right = Align.RIGHT
    return (
        Column("team", _("team"), 7, flex=1, about=_("Enter shows who does what")),
        Column("phones", _("phones"), 6, right, about=_("at the telephones now")),
        Column("break", _("break"), 5, right, drop=2, about=_("on a break now")),
        Column("lunch", _("lunch"), 5, right, drop=1, about=_("at lunch now")),
        Column("meeting", _("meet"), 5, right, drop=4, about=_("in a meeting now")),
        Column("training", _("train"), 5, right, drop=4, about=_("in training now")),
        Column("duty", _("other"), 5, right, drop=5, about=_("on another duty now")),
        Column("away", _p("from the floor", "away"), 5, right, about=_("should be at work now and are not signed in")),
        Column("absent", _("absent"), 6, right, about=_("have not come")),
        Column("leaders", _("leaders"), 7, right, drop=3, about=_("leaders who are here")),
    )


def _row(key: str, title: str, now: TeamNow, kind: RowKind = RowKind.PLAIN) -> Row:
    return Row(key, (Cell(title), *_figures(now)), kind=kind)


def _figures(now: TeamNow) -> Iterator[Cell]:
    for what in (duty.Activity.PHONES, *_BUSY):
        yield _count(now.counts.get(what, 0), Tone.CALM)
    yield _count(now.counts.get(Place.AWAY, 0), Tone.NOTICE)
    yield _count(now.counts.get(Place.ABSENT, 0), Tone.WARN)
    yield _count(now.leaders, Tone.CALM)


def _count(number: int, tone: Tone) -> Cell:
    return Cell(str(number), tone, sort=number) if number else Cell("0", Tone.MUTED, sort=0)


def _all(teams: Mapping[str, TeamNow]) -> TeamNow:
    counts = Counter[duty.Activity | Place]()
    for now in teams.values():
        counts.update(now.counts)
    return TeamNow(counts, sum(now.leaders for now in teams.values()))
