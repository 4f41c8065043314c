"""How a caller is named: by the end of their number, or by the number and name where the floor shows them."""

from collections.abc import Iterator

from floorwatch.api import FloorSnapshot, PastVisit, Talk, Waiting, _

MASKED_CELLS = 6
"""Of a masked number so much stands in a row: its end tells callers apart, a row of stars tells nothing."""


def caller(floor: FloorSnapshot, call: Waiting | Talk | PastVisit) -> str:
    """The caller of this call in a few cells."""
    number = floor.number_of(call)
    if not number:
        return _("no number")
    if not floor.rules.show_numbers:
        return number[-MASKED_CELLS:]
    name = call.caller_name if isinstance(call, Waiting) else None
    return f"{number} {name}" if name and name != number else number


def number_words() -> str:
    """What `?` says of a caller."""
    return _("as much of the number as this floor shows; calls of one number are one caller")


def key_of(call: Waiting | Talk | PastVisit) -> str:
    """The key of its row."""
    return f"call:{call.queue}/{call.call}"


def is_meant(call: Waiting | Talk | PastVisit, row_key: str) -> bool:
    """Whether the row is of this call. A call may come to one queue several times: "@" and its entry tell which."""
    key = key_of(call)
    return row_key == key or (call.entered_at is not None and row_key == f"{key}@{call.entered_at:.3f}")


def calls_meant(floor: FloorSnapshot, row_key: str) -> Iterator[str]:
    """What the call of this row may be named in its feed: names of queues and calls are any text."""
    for queue in floor.queue_names:
        call = row_key.removeprefix(f"call:{queue}/")
        if call != row_key:
            yield call
            if "@" in call:
                yield call.rpartition("@")[0]


def in_focus(floor: FloorSnapshot, queue: str) -> bool:
    """Whether calls of this queue are listed."""
    return floor.focus.queue in ("", queue)
