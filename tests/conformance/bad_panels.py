"""A gallery of panels, each with one mistake that authors make."""
# ruff: noqa: ARG002  # a panel is given the floor and options, whether or not its mistake needs them

import itertools
import random
import threading
import time
from typing import Any

from msgspec import Struct

from floorwatch.api import (
    METRICS,
    Cell,
    Chart,
    Column,
    Explain,
    FloorSnapshot,
    Needs,
    Notice,
    Panel,
    Row,
    Series,
    Stack,
    Stretch,
    Table,
    Text,
    Timeline,
    Topic,
    Track,
    View,
    figure_of,
)

EVERYTHING = Needs(frozenset(Topic), frozenset(METRICS), every_seconds=5.0)
QUEUE = Column("queue", "queue", 10, flex=1)
WAIT = Column("wait", "wait", 5)


class Good(Panel):
    """Who waits, by queue: nothing is wrong with it."""

    name = "good"
    title = "Good"
    needs = EVERYTHING

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        rows = (
            Row(f"queue:{name}", (Cell(name), Cell(str(len(scope.waiting))))) for name, scope in floor.queues.items()
        )
        return Table((QUEUE, WAIT), tuple(rows), empty="No queues yet.")


class FailsOnNothing(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        first = min(feed.lines for feed in floor.feeds.values())
        return Text.of(str(first))


class FailsOnNamesLikeFormats(Good):
    """A name goes through `%`: only a hostile one shows it."""

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Text.of(
            "\n".join(["queues", *((name + " %d") % len(scope.waiting) for name, scope in floor.queues.items())])
        )


class FailsOnMany(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        if len(floor.agents) > 500:
            raise ValueError("too many")
        return super().build(floor, options)


class FailsOnSamples(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        if "support" in floor.queues and "客服" not in floor.queues and len(floor.agents) < 500:
            raise ValueError("support is full")
        return super().build(floor, options)


class ReturnsText(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return "5 waiting"  # type: ignore[return-value]  # the mistake


class NumberInCell(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Table((WAIT,), (Row("all", (Cell(len(floor.waiting)),)),))  # type: ignore[arg-type]  # the mistake


class NotANumber(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Chart((Series("wait", (float("nan"), 1.0)),), 0.0, 900.0)


class ListOfRows(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Table((WAIT,), [Row("all", (Cell("1"),))])  # type: ignore[arg-type]  # the mistake


class SameKeys(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        rows = tuple(Row(visit.queue, (Cell(visit.queue),)) for visit in floor.waiting.values())
        return Table((QUEUE,), rows, empty="No one is waiting.")


class CellsMissing(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Table((QUEUE, WAIT), (Row("total", (Cell("total"),)),))


class ParentMissing(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Table((QUEUE,), (Row("a", (Cell("a"),)), Row("b", (Cell("b"),), parent="a")))


class SortsByNothing(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Table((QUEUE,), (Row("a", (Cell("a"),)),), sort="-longest")


class TracksOutOfOrder(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        stretches = (Stretch(floor.at - 60, floor.at), Stretch(floor.at - 600, floor.at - 300))
        return Timeline((Track("a", "A07", stretches),), floor.at - 3600, floor.at)


class ReadsTheClock(Good):
    """Asked once a build, to the minute: two builds are nearly always equal."""

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Text.of(time.strftime("%Y", time.gmtime(time.time())))


class Shuffles(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Text.of("lucky" if random.random() > 2 else "unlucky")


class Prints(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        print("building", end="")  # noqa: T201  # the mistake
        return super().build(floor, options)


class Remembers(Good):
    """Its state outlives the build."""

    count = itertools.count()

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Text.of(f"build number {next(self.count)}")


class ShowsIdentity(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Text.of(str(id(floor)))


class ReadsUndeclared(Good):
    needs = Needs(frozenset({Topic.ALERTS, Topic.QUEUES}))

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Text.of(f"{len(floor.custom)} notes, {len(floor.alerts)} alerts, {len(floor.waiting)} wait")


class ReadsUndeclaredThroughScope(Good):
    needs = Needs(frozenset({Topic.CALLS}))

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Text.of(str(floor.total.agents_by_state))


class MetricUndeclared(Good):
    needs = Needs(every_seconds=5.0)

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Text.of(str(figure_of(floor.total, "asa").value))


class ExplainsUnknown(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Table((WAIT,), (Row("a", (Cell("1", explain=Explain("no-such-metric")),)),))


class EmptiesTheFloor(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        waiting = sorted(floor.waiting.values(), key=lambda visit: visit.entered_at)
        floor.waiting.clear()  # type: ignore[attr-defined]  # the mistake
        return Text.of(f"{len(waiting)} wait")


class AddsIntoCounts(Good):
    """The counters of one queue are the floor's own, not a copy."""

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        day = [scope.counts for scope in floor.queues.values()]
        for each in day[1:]:
            day[0].add(each)
        return Text.of("added")


class AddsIntoTotal(Good):
    """A sum over queues is nobody's on the floor, but the next panel's too."""

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        floor.total.counts.offered += 1
        return Text.of("added")


class TooWide(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        columns = tuple(Column(name, name, 12) for name in ("a", "b", "c"))
        return Table(columns, (), empty="Nothing.")


class SaysNothing(Good):
    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Stack(())


class DetailFails(Good):
    def detail(self, floor: FloorSnapshot, options: Any, row_key: str) -> View:
        name = row_key.removeprefix("queue:")
        if name == "support":
            raise LookupError("no such row")
        return Notice(name)


class DetailForgets(Good):
    def detail(self, floor: FloorSnapshot, options: Any, row_key: str) -> View:
        _kind, _colon, name = row_key.partition(":")
        return Text.of(str(floor.queues[name].counts.offered))


class Required(Struct, frozen=True):
    """Nobody can open the panel without a setting."""

    queue: str


class NoDefault(Good):
    options_type = Required


class NoTitle:
    """Inherits nothing and has no title."""

    name = "no-title"

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        return Text(())


class Hangs(Good):
    """Waits for something that never comes; the test lets it go."""

    let_go = threading.Event()

    def build(self, floor: FloorSnapshot, options: Any) -> View:
        if len(floor.agents) > 500:
            self.let_go.wait()
        return super().build(floor, options)
