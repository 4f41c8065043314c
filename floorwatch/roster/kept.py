"""Answers that are kept with what they were computed from: a duty's plans, a snapshot's coverage.

Rules
- An answer lives as long as the object that it was computed from, and no longer: nothing has to be made invalid.
- What was computed of parts of a snapshot holds for the next one with the same parts: `kept_of` compares them by
  identity, and holds on to them.
- Panels and rules ask from several threads. What is kept is never changed, it is replaced. Of two that ask at once for
  the same answer one computes, and the other waits: both would take turns at one interpreter, and be twice as late.
"""

from collections.abc import Callable, Hashable
from operator import is_
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


def kept_of(owner: Duty, name: str, parts: tuple[object, ...], compute: Callable[[], T], limit: int = 4) -> T:
    """The answer that is computed of these very parts of a floor, as many for each `name`: the same one as long as none
    of them is another. The last `limit` are kept, so that floors which are looked at in turn do not oust each other."""
    slot = f"_made_{name}"
    before: tuple[tuple[tuple[object, ...], T], ...] = owner.__dict__.get(slot, ())
    for those, answer in before:
        if all(map(is_, those, parts)):
            return answer
    answer = compute()
    owner.__dict__[slot] = ((parts, answer), *before[: limit - 1])
    return answer
