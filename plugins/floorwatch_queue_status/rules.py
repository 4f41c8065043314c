"""The alerts that come from queues and feeds: each says what is true now, in words that stay the same while it lasts.

Rules
- A text carries counts, never a running time: `since` does, and the host lets it tick.
- What no feed here can tell raises nothing: where nobody signs in, "free" has no meaning.
"""

from collections.abc import Iterator

from msgspec import Struct

from floorwatch.api import Alert, AlertTone, Fact, FloorSnapshot, Scope, _, roster, spoken


class LongestWaitOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`queues`: watch only these (none named: all). The limit is the queue's own `longest_wait_seconds`."""

    queues: tuple[str, ...] = ()


class LongestWait:
    """Somebody has waited as long as the queue's limit."""

    name = "longest-wait"
    title = "Longest wait"
    hold_seconds = 0.0
    options_type: type[Struct] = LongestWaitOptions

    def check(self, floor: FloorSnapshot, options: LongestWaitOptions) -> Iterator[Alert]:
        """One alarm a queue, since its first caller entered."""
        for queue, scope in _watched(floor, options.queues):
            first = scope.longest_waiting
            if first is None or floor.at - first.entered_at < scope.target.longest_wait_seconds:
                continue
            yield Alert(
                f"queue:{queue}",
                self._text(floor, scope),
                AlertTone.ALARM,
                first.entered_at,
                _("Bring someone back from pause or wrap-up, or lend an agent from a quiet queue."),
            )

    def _text(self, floor: FloorSnapshot, scope: Scope) -> str:
        if Fact.MEMBERS not in floor.gives:
            return _("{queue}: {n} waiting, long wait").format(queue=scope.name, n=len(scope.waiting))
        return _("{queue}: {n} free, long wait").format(queue=scope.name, n=scope.free)


class WaitingOverFreeOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`margin`: so many more callers than free agents are borne. `queues`: watch only these (none named: all)."""

    margin: int = 2
    queues: tuple[str, ...] = ()


class WaitingOverFree:
    """More callers wait than agents are free, by more than the margin, for half a minute."""

    name = "waiting-over-free"
    title = "More waiting than free"
    hold_seconds = 30.0
    options_type: type[Struct] = WaitingOverFreeOptions

    def check(self, floor: FloorSnapshot, options: WaitingOverFreeOptions) -> Iterator[Alert]:
        """One warning a queue."""
        if Fact.MEMBERS not in floor.gives:
            return
        for queue, scope in _watched(floor, options.queues):
            waiting = sum(not floor.is_stale(visit) for visit in scope.waiting)
            # Who is free is not looked for where so few wait: on a large floor it is most of the work.
            if waiting <= options.margin or waiting - scope.free <= options.margin:
                continue
            yield Alert(
                f"queue:{queue}",
                _("{queue}: {waiting} wait, {free} free").format(queue=queue, waiting=waiting, free=scope.free),
                AlertTone.WARN,
                playbook=_("Ask who can end wrap-up or a pause, and hold back breaks until the queue is down."),
            )


class FeedSilentOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`silent_seconds`: without a line for so long at least. `ignore`: feeds that may be silent."""

    silent_seconds: float = 300.0
    ignore: tuple[str, ...] = ()


class FeedSilent:
    """A feed has brought no line for long, although it should: `roster.silent_since` says when that is."""

    name = "feed-silent"
    title = "Feed silent"
    hold_seconds = 0.0
    options_type: type[Struct] = FeedSilentOptions

    def check(self, floor: FloorSnapshot, options: FeedSilentOptions) -> Iterator[Alert]:
        """One warning a feed, since its last line. A feed that never brought a line is the host's to tell."""
        for feed in floor.feeds:
            last = None if feed in options.ignore else roster.silent_since(floor, feed)
            if last is None or floor.at - last < options.silent_seconds:
                continue
            yield Alert(
                f"feed:{feed}",
                _("{feed}: no line since {time}").format(
                    feed=feed, time=spoken.clock_minute(last, floor.rules.days.zone)
                ),
                AlertTone.WARN,
                last,
                _("The figures may be old. Check the switch and how its log gets here, or call technical support."),
            )


def _watched(floor: FloorSnapshot, only: tuple[str, ...]) -> Iterator[tuple[str, Scope]]:
    return ((queue, scope) for queue, scope in floor.queues.items() if not only or queue in only)
