"""A simulated floor as lines and as entries: all at once, or as time passes.

Rules
- A file appears whole or not at all, and is readable by its owner only.
- Nothing here reads a clock: the caller says what time it is.
"""

import heapq
import os
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Generic, TypeVar

import msgspec

from floorwatch.model.events import Entered, Event
from floorwatch.simulate.duty import duty_entries, punches
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.plan import Plan
from floorwatch.simulate.queue_log import QueueLogWriter
from floorwatch.simulate.support import support

_encode = msgspec.json.Encoder().encode


class Form(StrEnum):
    """How the floor is written: an Asterisk queue_log, or native JSONL, which tells ringing, hold and wrap-up too."""

    QUEUE_LOG = "queue_log"
    JSONL = "jsonl"


def as_jsonl(event: Event) -> bytes:
    """The event as a line of native JSONL, line end included."""
    return _encode(event) + b"\n"


def lines(plan: Plan, form: Form = Form.QUEUE_LOG) -> Iterator[tuple[float, bytes]]:
    """(`at`, the lines of one event with their line ends) in time order, without what the form cannot tell."""
    write: Callable[[Event], bytes] = QueueLogWriter(plan).lines if form is Form.QUEUE_LOG else as_jsonl
    for event in simulate(plan):
        if written := write(event):
            yield event.at, written


def write(plan: Plan, out: Path, form: Form = Form.QUEUE_LOG) -> int:
    """Write the whole plan to `out`, replacing it; the number of bytes. Raises OSError, and leaves `out` as it was."""
    # Beside `out`, since a rename is whole only within one file system; such a file is made 0600.
    with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
        partial = Path(file.name)
        try:
            file.writelines(written for _, written in lines(plan, form))
            file.flush()
            os.fsync(file.fileno())
        except BaseException:  # ctrl+c too: a half file must not look like a whole one; raised again
            partial.unlink()
            raise
        size = file.tell()
    try:
        partial.replace(out)
    except OSError:
        partial.unlink()
        raise
    return size


T = TypeVar("T")


class Live(Generic[T]):
    """A plan played as time passes: write down what is `due`, then sleep until `next_at`.

    `next_at` is when something falls due next, epoch seconds UTC; None after the plan's end.
    """

    def __init__(self, to_come: Iterator[tuple[float, T]]) -> None:
        """`to_come` gives (`at`, what) in the order of time."""
        self._to_come = to_come
        self._next = next(to_come, None)

    @property
    def next_at(self) -> float | None:
        return self._next[0] if self._next is not None else None

    def due(self, now: float) -> list[T]:
        """What falls due up to and including `now` and was not given yet; the first call gives the past."""
        found = []
        while self._next is not None and self._next[0] <= now:
            found.append(self._next[1])
            self._next = next(self._to_come, None)
        return found


class LiveFloor(Live[bytes]):
    """The lines of a feed."""

    def __init__(self, plan: Plan, form: Form = Form.QUEUE_LOG) -> None:
        super().__init__(lines(plan, form))


class LivePunches(Live[bytes]):
    """What the attendance terminals hand over."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(punches(plan))


class LiveEntries(Live[Entered]):
    """What people enter."""

    def __init__(self, plan: Plan) -> None:
        super().__init__((entry.at, entry) for entry in entries(plan))


def entries(plan: Plan) -> Iterator[Entered]:
    """Everything that people enter on the plan's floor, in the order of time: seat support, leave, swaps."""
    return heapq.merge(duty_entries(plan), support(plan), key=lambda entry: entry.at)
