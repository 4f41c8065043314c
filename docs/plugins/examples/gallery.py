"""One panel for each view that a panel can show: `floorwatch --plugin-dir docs/plugins/examples/gallery.py demo`.

Most are built from the floor. Where the floor knows too little of its past (a timeline), the data is fixed.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from floorwatch.api import (
    INTERVAL_SECONDS,
    Agent,
    AgentState,
    Align,
    Axis,
    Bars,
    Cell,
    Chart,
    ChoiceField,
    Column,
    Command,
    Explain,
    Field,
    FloorSnapshot,
    Form,
    Known,
    Level,
    Line,
    Mark,
    Needs,
    Notice,
    Option,
    Outcome,
    Panel,
    PersonField,
    Request,
    Row,
    RowKind,
    Scope,
    Seat,
    SeatMap,
    Series,
    SeriesForm,
    Stack,
    Stretch,
    Table,
    Text,
    TextField,
    Tile,
    Tiles,
    TimeField,
    Timeline,
    Toast,
    Tone,
    Topic,
    Track,
    Unit,
    View,
    _,
    figure_of,
    hookimpl,
    interval_of,
    ratio,
    spoken,
)

WAIT_STEPS = ((20.0, Tone.WARN), (60.0, Tone.ALARM))
CALL_SHADES = (120.0, 240.0, 480.0)
INTERVALS = 12
MINUTE = 60.0

STATE_TONES = {
    AgentState.AVAILABLE: Tone.CALM,
    AgentState.ON_CALL: Tone.NOTICE,
    AgentState.ON_HOLD: Tone.NOTICE,
    AgentState.RINGING: Tone.NOTICE,
    AgentState.WRAP_UP: Tone.NOTICE,
    AgentState.PAUSED: Tone.WARN,
    AgentState.FAULT: Tone.ALARM,
}


def table(floor: FloorSnapshot) -> Table:
    """A row a queue, and the total."""
    columns = (
        Column("queue", _("queue"), 12, flex=1),
        Column("waiting", _("wait"), 4, Align.RIGHT),
        Column("longest", _("longest"), 7, Align.RIGHT),
        Column("offered", _("offered"), 7, Align.RIGHT, drop=2),
        Column("answered", _("answered"), 8, Align.RIGHT, drop=3),
        Column("level", _("SL %"), 5, Align.RIGHT, drop=1),
    )
    rows = [_queue_row(queue, f"queue:{name}", name) for name, queue in floor.queues.items()]
    total = _queue_row(floor.total, "total", _("total"), RowKind.TOTAL)
    return Table(columns, (*rows, total) if rows else (), empty=_("No queue has been seen yet."), opens=False)


def _queue_row(queue: Scope, key: str, name: str, kind: RowKind = RowKind.PLAIN) -> Row:
    longest = queue.longest_waiting
    level = figure_of(queue, "service-level").value
    cells = (
        Cell(name),
        Cell(str(len(queue.waiting)), sort=len(queue.waiting)),
        Cell.age(longest.entered_at if longest else None, WAIT_STEPS),
        Cell(str(queue.counts.offered), sort=queue.counts.offered),
        Cell(str(queue.counts.answered), sort=queue.counts.answered),
        Cell(spoken.share(level), sort=level, explain=Explain("service-level", queue.queues)),
    )
    return Row(key, cells, kind=kind)


def tiles(floor: FloorSnapshot) -> Tiles:
    """What one looks for first."""
    total = floor.total
    level, target = figure_of(total, "service-level").value, total.target
    longest = total.longest_waiting
    offered = _("of {n} offered").format(n=total.counts.offered)
    return Tiles(
        (
            Tile(_("waiting"), Cell(str(len(total.waiting)), Tone.NOTICE), _("{n} free").format(n=total.free)),
            Tile(_("longest wait"), Cell.age(longest.entered_at if longest else None, WAIT_STEPS)),
            Tile(_("answered"), Cell(str(total.counts.answered)), offered),
            Tile(
                _("service level"),
                Cell(spoken.share(level), Tone.CALM if level is None or level >= target.share else Tone.WARN),
                _("{share:.0f}% in {seconds:.0f} s").format(share=100 * target.share, seconds=target.seconds),
            ),
        )
    )


def bars(floor: FloorSnapshot) -> Stack:
    """The last three hours, a bar a quarter."""
    trends = []
    for name, queue in floor.queues.items():
        offered = [float(each.offered) for each in queue.recent(INTERVALS)]
        trends.append(Bars(name, tuple(offered), caption=_("now {n:.0f}").format(n=offered[-1])))
    return Stack(tuple(trends) or (Notice(_("No queue has been seen yet.")),))


def chart(floor: FloorSnapshot) -> Chart:
    """Calls offered and answered, and how many of those in time."""
    recent = floor.total.recent(INTERVALS)
    in_time = tuple(ratio(each.answered_in_time, each.answered) for each in recent)
    target = floor.total.target.share
    return Chart(
        (
            Series(_("offered"), tuple(float(each.offered) for each in recent), Tone.MUTED, SeriesForm.BARS),
            Series(_("answered"), tuple(float(each.answered) for each in recent), form=SeriesForm.BARS),
            Series(_("in time"), in_time, Tone.WARN, right=True),
        ),
        start=interval_of(floor.at) - (INTERVALS - 1) * INTERVAL_SECONDS,
        step_seconds=INTERVAL_SECONDS,
        left=Axis(_("calls")),
        right=Axis(_("of the answered"), Unit.SHARE, 0.0, 1.0),
        levels=(Level(_("target"), target, right=True),),
        now=floor.at,
        caption=_("Calls by 15 minutes"),
        empty=_("No call has come yet today."),
        lines=12,
    )


def seat_map(floor: FloorSnapshot) -> SeatMap:
    """Everyone with a seat, in rows as the seats are lettered, with an aisle after the tenth."""
    seated = sorted((agent.seat, agent) for agent in floor.agents.values() if agent.seat and agent.seat[1:].isdigit())
    letters = sorted({seat[0] for seat, _agent in seated})
    seats = tuple(_seat(agent, seat, letters.index(seat[0])) for seat, agent in seated)
    titles = tuple(_("row {letter}").format(letter=letter) for letter in letters)
    return SeatMap(seats, titles, empty=_("Nobody has a seat on this floor."), opens=False)


def _seat(agent: Agent, seat: str, row: int) -> Seat:
    number = int(seat[1:]) - 1
    tone = STATE_TONES.get(agent.state, Tone.MUTED)
    return Seat(
        f"agent:{agent.id}",
        row,
        number + number // 10,
        spoken.STATE_LETTERS[agent.state],
        tone,
        agent.since,
        CALL_SHADES if agent.state is AgentState.ON_CALL else (),
        label=seat,
        about=(Cell(agent.name), Cell(spoken.state_name(agent.state), tone), Cell.age(agent.since)),
    )


def timeline(floor: FloorSnapshot) -> Timeline:
    """Two hours of three people."""
    begin = floor.at - 100 * MINUTE

    def stretch(start: float, end: float | None, letter: str, tone: Tone, about: str) -> Stretch:
        return Stretch(begin + start * MINUTE, None if end is None else begin + end * MINUTE, letter, tone, about)

    return Timeline(
        (
            Track(
                "li",
                "李娜 1007",
                (
                    stretch(0, 38, "T", Tone.NOTICE, _("on calls")),
                    stretch(38, 55, "P", Tone.WARN, _("lunch")),
                    stretch(55, None, "T", Tone.NOTICE, _("on calls")),
                ),
                (Mark(begin + 70 * MINUTE, "h", Tone.NOTICE, _("asked for help")),),
            ),
            Track(
                "maria",
                "Maria García 1010",
                (
                    stretch(12, 60, "T", Tone.NOTICE, _("on calls")),
                    stretch(60, 64, "x", Tone.ALARM, _("device fault")),
                    stretch(64, None, "A", Tone.CALM, _("available")),
                ),
                (Mark(begin, "!", Tone.ALARM, _("late: expected at the start")),),
            ),
            Track("bo", "O'Brien 1011", (stretch(0, 90, "T", Tone.NOTICE, _("on calls")),)),
        ),
        begin,
        begin + 120 * MINUTE,
        now=floor.at,
        caption=_("Today at a glance"),
        opens=False,
    )


def text(floor: FloorSnapshot) -> Text:
    """What to do, with a figure that runs."""
    longest = floor.total.longest_waiting
    waiting = Cell.age(longest.entered_at, WAIT_STEPS) if longest else Cell(_("no one is waiting"), Tone.MUTED)
    return Text(
        (
            Line((Cell(_("When the queue is long"), Tone.NOTICE),)),
            Line((Cell(_("longest wait now: ")), waiting)),
            Line((Cell(),)),
            Line((Cell(_("1. Ask those in wrap-up to come back. It takes a word, and is the quickest.")),)),
            Line((Cell(_("2. Move the breaks that have not begun. Two agents are worth a minute of waiting.")),)),
            Line((Cell(_("Never take people out of training."), Tone.WARN),)),
        )
    )


FIELDS: Sequence[Field] = (
    PersonField(name="agent", title=_("who")),
    ChoiceField(
        name="kind",
        title=_("about"),
        options=(Option("praise", _("praise")), Option("help", _("needs help")), Option("other")),
        default="help",
    ),
    TimeField(name="at", title=_("when"), required=False, hint=_("10:40, +15m; empty is now")),
    TextField(name="words", title=_("words"), required=False, known=Known.REASONS, longest=200),
)


def form(_floor: FloorSnapshot) -> Form:
    """The fields of the command below."""
    return Form("gallery-note", tuple(FIELDS), {"words": _("asked about refunds")}, _("A note on someone"))


def notice(_floor: FloorSnapshot) -> Notice:
    """One sentence in place of a view."""
    return Notice(_("This feed has no hold events, so nothing can be said about holds."))


def stack(floor: FloorSnapshot) -> Stack:
    """Figures over a trend over a table."""
    return Stack((tiles(floor), *bars(floor).views[:2], table(floor)))


class Shown(Panel):
    """One view under its name."""

    needs = Needs(
        topics=frozenset({Topic.CALLS, Topic.QUEUES, Topic.AGENTS}),
        metrics=frozenset({"service-level"}),
        every_seconds=5.0,
    )

    def __init__(self, name: str, title: str, view: Callable[[FloorSnapshot], View]) -> None:
        self.name = f"gallery-{name}"
        self.title = title
        self._view = view

    def build(self, floor: FloorSnapshot, options: Any) -> View:  # noqa: ARG002  # it has none
        """The view."""
        return self._view(floor)


class Note(Command):
    """What the form is for."""

    name = "gallery-note"
    title = "Note on someone"
    parameters = FIELDS

    def run(self, request: Request) -> Iterable[Outcome]:
        """Say what would be kept."""
        yield Toast(_("Noted for {agent}.").format(agent=request.text("agent")))


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """A panel a view."""
    return [
        Shown("table", "Table", table),
        Shown("tiles", "Tiles", tiles),
        Shown("bars", "Bars", bars),
        Shown("chart", "Chart", chart),
        Shown("seat-map", "SeatMap", seat_map),
        Shown("timeline", "Timeline", timeline),
        Shown("text", "Text", text),
        Shown("form", "Form", form),
        Shown("stack", "Stack", stack),
        Shown("notice", "Notice", notice),
    ]


@hookimpl
def floorwatch_commands() -> Sequence[Command]:
    """What the form fills in."""
    return [Note()]
