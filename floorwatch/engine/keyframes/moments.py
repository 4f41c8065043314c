"""The moments worth seeing that the fold shows: a caller gave up, a queue's longest wait went over what it promises.

Rules
- A caller who gives up is lost when the line that says so was received; a line that fits nothing is about no caller.
- A queue is late from the moment on at which its first caller has waited for longer than the promise, on the axis of
  the recording: no line says so, and none is waited for. A caller whose line came later than that is late when it came.
- While somebody of a queue is late, and where another takes over at the very time at which the last one leaves, nothing
  is new. Stale callers are nobody's longest wait.
"""

from collections import defaultdict
from collections.abc import Mapping
from heapq import heappop, heappush
from math import inf
from typing import TypeAlias

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.keyframes.shapes import Moment, MomentKind
from floorwatch.model.entities import CallKey, Waiting
from floorwatch.model.events import CallEntered
from floorwatch.model.targets import FloorRules

_Due: TypeAlias = tuple[float, int, bool, Waiting]
"""When a caller becomes late, or stale (True); the order of entry keeps callers from being compared."""


def subject_of(queue: str) -> str:
    """What a moment of this queue is about, as an alert says it."""
    return f"queue:{queue}"


class LateQueues:
    """Which queues have somebody who waits for too long. Whoever folds says what time it is before, who came and who
    left after; `waiting` are the floor's own callers, live."""

    def __init__(self, rules: FloorRules, waiting: Mapping[CallKey, Waiting]) -> None:
        self._rules = rules
        self._waiting = waiting
        self._due: list[_Due] = []
        self._late: defaultdict[str, set[str]] = defaultdict(set)
        self._no_longer: dict[str, float] = {}
        """When somebody last left each queue who was late, or became nobody's longest wait."""
        self._at = -inf

    def go_to(self, at: float) -> list[Moment]:
        """Time goes on up to, not with, `at`: what of a line of `at` is not folded yet may still end a wait in time."""
        if at <= self._at:
            return []
        found: list[Moment] = []
        while self._due and self._due[0][0] < at:
            due_at, _order, is_stale, caller = heappop(self._due)
            if self._waiting.get((caller.queue, caller.call)) is not caller:
                continue
            late = self._late[caller.queue]
            if is_stale:
                self.left(caller.queue, caller.call, due_at)
                continue
            if not late and self._no_longer.get(caller.queue) != due_at:
                found.append(Moment(due_at, MomentKind.LATE, subject_of(caller.queue)))
            late.add(caller.call)
        self._at = at
        return found

    def came(self, entry: Decoded) -> None:
        """These lines brought callers: whoever of them waits will be late one day."""
        for event in entry.events:
            if isinstance(event, CallEntered):
                caller = self._waiting.get((event.queue, event.call))
                if caller is not None:
                    self._await(caller, entry.received_at)

    def left(self, queue: str, call: str, at: float) -> None:
        """This visit has ended, however it did."""
        late = self._late.get(queue)
        if late and call in late:
            late.discard(call)
            self._no_longer[queue] = at

    def _await(self, caller: Waiting, known_at: float) -> None:
        late_at = max(known_at, caller.entered_at + self._rules.target(caller.queue).seconds)
        stale_at = caller.entered_at + self._rules.stale_after_seconds
        if late_at < stale_at:
            heappush(self._due, (late_at, caller.order, False, caller))
            heappush(self._due, (stale_at, caller.order, True, caller))
