"""Answers that are kept with what they were computed from: a duty's plans, a snapshot's coverage.

Rules
- An answer lives as long as the object that it was computed from, and no longer: nothing has to be made invalid.
- Panels and rules ask from several threads. What is kept is never changed, it is replaced. Of two that ask at once for
  the same answer one computes, and the other waits: both would take turns at one interpreter, and be twice as late.
"""

from collections.abc import Callable, Hashable
from threading import RLock
from typing import TypeVar

from floorwatch.model.duty import Duty
from floorwatch.model.snapshot import FloorSnapshot

T = TypeVar("T")


def kept(owner: Duty | FloorSnapshot, name: str, key: Hashable, compute: Callable[[], T], limit: int = 16) -> T:
    """The answer to `key` under `name`, computed at the first asking. The last `limit` answers of a name are kept."""
    slot = f"_kept_{name}"
    before: dict[Hashable, T] = owner.__dict__.get(slot, {})
    if key in before:
        return before[key]
    turns: dict[Hashable, RLock] = owner.__dict__.setdefault(f"_turns_{name}", {})
    with turns.setdefault(key, RLock()):
        before = owner.__dict__.get(slot, {})
        if key in before:
            return before[key]
        answer = compute()
        before = owner.__dict__.get(slot, {})
        owner.__dict__[slot] = {**dict(list(before.items())[1 - limit :]), key: answer}
        turns.pop(key, None)
    return answer
