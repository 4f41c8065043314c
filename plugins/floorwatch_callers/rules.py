"""The alert of callers who wait to be called back: off the alarm, for nobody hangs on the line.

Rules
- It is about whoever waited longer than the promise: who hung up before is in the list, and no reason to call anybody.
- One alert a queue, since its oldest such caller was lost; whoever waits again now is about to be served.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from floorwatch.api import Alert, AlertRule, AlertTone, FloorSnapshot, LostCaller, _, _n

AT_LEAST = Meta(gt=0)


class CallBackWaitingOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`minutes`: from this age on the oldest call-back of a queue is a notice; from `warn_minutes` on a warning.
    `queues`: watch only these (none named: all). Raises ValueError where the warning would come first."""

    minutes: Annotated[float, AT_LEAST] = 60.0
    warn_minutes: Annotated[float, AT_LEAST] = 120.0
    queues: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a clock that runs backwards."""
        if self.minutes > self.warn_minutes:
            raise ValueError(
                _("minutes: {minutes:g} is later than warn_minutes, {warn:g}").format(
                    minutes=self.minutes, warn=self.warn_minutes
                )
            )


class CallBackWaiting(AlertRule):
    """Callers who waited past the promise and left were not called back for long."""

    name = "call-back-waiting"
    title = "Call-back waiting"
    options_type: type[Struct] = CallBackWaitingOptions

    def check(self, floor: FloorSnapshot, options: CallBackWaitingOptions) -> Iterator[Alert]:
        """One a queue, the queues in the floor's order."""
        by_queue: dict[str, list[LostCaller]] = {}
        for each in floor.lost.to_call_back:
            if each.waits is None and _waited(floor, each):
                by_queue.setdefault(each.last.queue, []).append(each)
        for queue in floor.queue_names:
            if queue in by_queue and (not options.queues or queue in options.queues):
                yield from _alert(floor, options, queue, by_queue[queue])


def rules() -> Sequence[AlertRule]:
    """All of them."""
    return (CallBackWaiting(),)


def _waited(floor: FloorSnapshot, each: LostCaller) -> bool:
    return any(visit.wait_seconds > floor.rules.target(visit.queue).seconds for visit in each.visits)


def _alert(
    floor: FloorSnapshot, options: CallBackWaitingOptions, queue: str, callers: Sequence[LostCaller]
) -> Iterator[Alert]:
    since = min(each.visits[0].left_at for each in callers)
    minutes = (floor.at - since) / 60
    if minutes < options.minutes:
        return
    n = len(callers)
    yield Alert(
        f"queue:{queue}",
        _n("{queue}: {n} to call back", "{queue}: {n} to call back", n).format(queue=queue, n=n),
        AlertTone.WARN if minutes >= options.warn_minutes else AlertTone.NOTICE,
        since,
        _("Call them back, or give the list to somebody who is free: whoever was reached is off it."),
        "called-back",
    )
