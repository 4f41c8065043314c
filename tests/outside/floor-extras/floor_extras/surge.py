"""Arrivals surge: the running quarter of an hour brings many more calls than those before."""

from collections.abc import Iterator
from typing import Annotated

from floorwatch.api import Alert, AlertRule, Fact, FloorSnapshot, Scope, _, interval_of
from msgspec import Meta, Struct


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What [rules.arrivals-surge] may say beside `enabled`.

    `factor`: how many times the mean of the quarters before; `least`: calls below which nothing is said;
    `quarters`: how many quarters before are looked at; `queues`: only these, all where none is named.
    """

    factor: Annotated[float, Meta(gt=1.0)] = 1.5
    least: Annotated[int, Meta(ge=1)] = 10
    quarters: Annotated[int, Meta(ge=1, le=16)] = 4
    queues: tuple[str, ...] = ()


class ArrivalsSurge(AlertRule):
    """One alert a queue; none while one of the quarters before was without calls, as at the start of a day."""

    name = "arrivals-surge"
    title = "Many more calls than before"
    hold_seconds = 10.0
    options_type = Options

    def check(self, floor: FloorSnapshot, options: Options) -> Iterator[Alert]:
        """The queues that are in a surge now, since the quarter began."""
        if Fact.CALLS not in floor.gives:
            return
        for name, queue in floor.queues.items():
            if options.queues and name not in options.queues:
                continue
            if (usual := _usual(queue, options.quarters)) is None:
                continue
            came = queue.interval(interval_of(floor.at)).offered
            if came >= options.least and came > options.factor * usual:
                yield _alert(floor, name, came, usual)


def _usual(queue: Scope, quarters: int) -> float | None:
    """The mean of the quarters before the running one; None when one of them had no call."""
    before = [each.offered for each in queue.recent(quarters + 1)[:-1]]
    return sum(before) / len(before) if all(before) else None


def _alert(floor: FloorSnapshot, queue: str, came: int, usual: float) -> Alert:
    text = _("{queue}: {n} calls in this quarter of an hour, {usual:.0f} before")
    return Alert(
        f"queue:{queue}",
        text.format(queue=queue, n=came, usual=usual),
        since=float(interval_of(floor.at)),
        playbook=_("Hold back breaks, and offer callers to be called back."),
        command="call-back-later",
    )
