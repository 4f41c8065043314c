"""The panel "teams": a row a team with what it comes to, and all of them in the last.

Rules
- A team stands at the same place whatever happens; the worst sign of its people is in front of its name.
- A figure that no feed here can tell is `?`; of nobody and nothing it is muted, so that what there is stands out.
- In a narrow panel what goes first is what the other panels have as well: figures of the day, then quiet states.
"""

from msgspec import Struct

from floorwatch.api import (
    AgentState,
    Align,
    Cell,
    Column,
    FloorSnapshot,
    Needs,
    Row,
    RowKind,
    Table,
    Tone,
    Topic,
    View,
    _,
    spoken,
)
from floorwatch_seats.options import TeamsOptions
from floorwatch_seats.rollup import TeamNow, teams_now, total_of
from floorwatch_seats.signs import sign_cell
from floorwatch_seats.team_detail import team_detail

STATES = (
    (AgentState.AVAILABLE, 1),
    (AgentState.ON_CALL, 0),
    (AgentState.ON_HOLD, 7),
    (AgentState.RINGING, 8),
    (AgentState.WRAP_UP, 4),
    (AgentState.PAUSED, 2),
    (AgentState.SIGNED_OUT, 9),
)
"""The states that have a column, and how early it goes where there is no room."""


class Teams:
    """Teams side by side."""

    name = "teams"
    title = "Teams"
    needs = Needs(
        frozenset({Topic.AGENTS, Topic.ALERTS, Topic.SUPPORT, Topic.DUTY}), every_seconds=5.0, rest_seconds=0.5
    )
    options_type: type[Struct] = TeamsOptions

    def build(self, floor: FloorSnapshot, options: TeamsOptions) -> View:
        """The table of teams."""
        teams = teams_now(floor, options)
        rows = [_row(floor, team, options) for team in teams]
        if len(teams) > 1:
            rows.append(_row(floor, total_of(teams), options, RowKind.TOTAL))
        return Table(_columns(), tuple(rows), _("Nobody is on this floor yet."))

    def detail(self, floor: FloorSnapshot, options: TeamsOptions, row_key: str) -> View:
        """The team's seats, whom of it somebody should go to, and its figures."""
        return team_detail(floor, options, row_key)


def _columns() -> tuple[Column, ...]:
    right = Align.RIGHT
    letters = (
        Column(state.value, spoken.STATE_LETTERS[state], 2, right, drop=drop, about=spoken.state_name(state))
        for state, drop in STATES
    )
    return (
        Column("mark", "", 1, about=_("the worst sign of its people: ! alarm, h help asked, * warning")),
        Column("team", _("team"), 8, flex=1, about=_("Enter shows its seats and whom to go to")),
        Column("leader", _("leader"), 8, flex=1, drop=5, about=_("leaders on duty")),
        Column("here", _("here"), 5, right, about=_("signed in now, of those whom the roster has at work now")),
        *letters,
        Column("over", _("over"), 4, right, drop=3, about=_("paused for longer than the reason may take")),
        Column("help", _("help"), 4, right, about=_("requests for help to which nobody else is on the way")),
        Column("alerts", _("alerts"), 6, right, drop=6, about=_("warnings and alarms that nobody sees to")),
        Column("longest", _("call"), 5, right, about=_("the longest call of now")),
        Column("answered", _("calls"), 5, right, drop=10, about=_("answered today")),
        Column("talk", _("talk"), 5, right, drop=11, about=_("mean talk of the calls that ended today")),
    )


def _row(floor: FloorSnapshot, team: TeamNow, options: TeamsOptions, kind: RowKind = RowKind.PLAIN) -> Row:
    steps = ((options.call_warn_seconds, Tone.WARN), (options.call_alarm_seconds, Tone.ALARM))
    known = floor.total.agents_by_state
    cells = (
        sign_cell(team.mark),
        Cell(_("total") if team.is_total else team.name or _("no team")),
        _leaders(team),
        _here(team),
        *(_letter(team, state, is_told=known[state] is not None) for state, _drop in STATES),
        _number(team.over, Tone.WARN),
        _number(team.helps, Tone.NOTICE),
        _number(team.alerts, Tone.NOTICE),
        Cell.age(team.longest_since, steps),
        _number(team.answered),
        Cell(spoken.duration_or_nothing(team.mean_talk), Tone.CALM if team.ended else Tone.MUTED, sort=team.mean_talk),
    )
    return Row(team.key, cells, kind=kind)


def _leaders(team: TeamNow) -> Cell:
    if team.is_total:
        return Cell(str(len(team.leaders)), Tone.CALM if team.leaders else Tone.MUTED, sort=len(team.leaders))
    return Cell(", ".join(team.leaders)) if team.leaders else Cell(spoken.NOTHING, Tone.MUTED)


def _here(team: TeamNow) -> Cell:
    """Who is signed in, of how many who should be."""
    if team.expected is None:
        return _number(team.here)
    missing = team.expected > team.here
    return Cell(f"{team.here}/{team.expected}", Tone.NOTICE if missing else Tone.CALM, sort=team.here)


def _letter(team: TeamNow, state: AgentState, *, is_told: bool) -> Cell:
    return _number(team.states.get(state, 0)) if is_told else Cell(spoken.NOT_GIVEN, Tone.MUTED)


def _number(number: int, tone: Tone = Tone.CALM) -> Cell:
    return Cell(str(number), tone if number else Tone.MUTED, sort=number)
