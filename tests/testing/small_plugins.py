"""Small things that an author might write, for the kit to be tried on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from floorwatch.api import (
    Alert,
    AlertRule,
    AlertTone,
    Cell,
    Column,
    Command,
    Field,
    Figure,
    FloorSnapshot,
    Happened,
    Metric,
    Outcome,
    Panel,
    PersonField,
    Report,
    Request,
    Row,
    Scope,
    Seat,
    SeatMap,
    Span,
    Stack,
    Table,
    Text,
    TextField,
    Toast,
    Tone,
    Unit,
    View,
    events,
)

if TYPE_CHECKING:
    import pandas as pd


class WaitsOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """From how many seconds on a wait is a warning."""

    warn_seconds: float = 60.0


class Waits(Panel):
    """The longest wait of each queue."""

    name = "waits"
    title = "Waits"
    options_type = WaitsOptions

    def build(self, floor: FloorSnapshot, options: Any) -> View:  # asked for by the protocol
        steps = ((options.warn_seconds, Tone.WARN),)
        rows = []
        for name, queue in floor.queues.items():
            first = queue.longest_waiting
            age = Cell.age(None if first is None else first.entered_at, steps)
            rows.append(Row(f"queue:{name}", (Cell(name), age), Tone.NOTICE))
        columns = (Column("queue", "queue", 12), Column("longest", "longest", 8))
        return Table(columns, tuple(rows), empty="No one is waiting.")

    def detail(self, floor: FloorSnapshot, options: Any, row_key: str) -> View:  # noqa: ARG002  # asked for by the protocol
        return Text.of(f"behind {row_key}")


class Room(Panel):
    """Two seats under a line of text."""

    name = "room"
    title = "Room"

    def build(self, floor: FloorSnapshot, options: Any) -> View:  # noqa: ARG002  # asked for by the protocol
        seats = (Seat("seat:A01", 0, 0, "T", Tone.ALARM, label="A01"), Seat("seat:A02", 0, 1, "A"))
        return Stack((Text.of("The room"), SeatMap(seats)))


class Remembering(Panel):
    """A panel with a mistake: what it shows depends on how often it was built."""

    name = "remembering"
    title = "Remembering"

    def __init__(self) -> None:
        self.builds = 0

    def build(self, floor: FloorSnapshot, options: Any) -> View:  # noqa: ARG002  # asked for by the protocol
        self.builds += 1
        return Text.of(f"built {self.builds} times")


class Failing(Panel):
    """A panel that raises."""

    name = "failing"
    title = "Failing"

    def build(self, floor: FloorSnapshot, options: Any) -> View:  # noqa: ARG002  # asked for by the protocol
        raise KeyError("seat")


class NoView(Panel):
    """A panel that returns a word."""

    name = "no-view"
    title = "No view"

    def build(self, floor: FloorSnapshot, options: Any) -> Any:  # noqa: ARG002  # asked for by the protocol
        return "hello"


class Crowd(AlertRule):
    """A queue in which as many wait as the option says."""

    name = "crowd"
    title = "Crowd"
    hold_seconds = 10.0
    options_type = WaitsOptions

    def check(self, floor: FloorSnapshot, options: Any) -> Iterable[Alert]:  # noqa: ARG002  # asked for by the protocol
        for name, queue in floor.queues.items():
            if len(queue.waiting) >= 2:
                yield Alert(f"queue:{name}", f"{name}: a crowd", AlertTone.WARN)


class Praise(Command):
    """Notes a good word about somebody."""

    name = "praise"
    title = "Praise"
    rows = ("agent",)
    key = "x"

    @property
    def parameters(self) -> Sequence[Field]:
        return (PersonField(name="who", title="who"), TextField(name="word", title="word", default="well done"))

    def prefill(self, request: Request) -> Mapping[str, str]:
        return {"who": request.subject("agent") or ""}

    def run(self, request: Request) -> Iterable[Outcome]:
        who, word = request.text("who"), request.text("word")
        yield Happened(events.Custom(request.time("when"), "praise", who, {"word": word}))
        yield Toast(f"{who}: {word}")


def _share(_floor: FloorSnapshot, scope: Scope) -> Figure:
    return Figure(float(len(scope.waiting)))


WAITING_TWICE = Metric("waiting-twice", "Waiting", Unit.COUNT, "W", _share)


class Visits(Report):
    """One row a queue: how many calls entered."""

    name = "visits"
    title = "Visits"

    def build(self, frames: "Mapping[str, pd.DataFrame]", span: Span) -> "pd.DataFrame":  # asked for by the protocol
        visits = frames["visits"]
        within = visits[visits["entered_at"].between(span.start, span.end, inclusive="left")]
        return within.groupby("queue", observed=True).size().rename("calls").reset_index()
