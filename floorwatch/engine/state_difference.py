"""What differs between the floor at two moments: what `floorwatch state --diff --json` prints (docs/state.md).

Rules
- It knows no key of the state but `at`, and the age of a feed's last line, which always differ: a key that the state
  has anew is compared by itself.
- A thing in a list is known again by its first value (the id of a call, of an alert); two of one id by their order.
- What came has nothing before, what went nothing after. Lists of plain words are compared as a whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from floorwatch.engine.state import State

NOT_COMPARED = frozenset({"at"})
AGES = frozenset({"age_seconds"})
"""The same of a feed, whose time is compared."""


class Change(Struct, frozen=True):
    """One thing that is other: where it stands in the state, and what it was and is; None: not there, or not known."""

    path: tuple[str, ...]
    before: Any
    after: Any

    @property
    def difference(self) -> float | None:
        """How much more it is; None where either is no number."""
        return self.after - self.before if _is_number(self.before) and _is_number(self.after) else None


def changes_between(before: State, after: State) -> Iterator[Change]:
    """What is other in `after` than in `before`, in the order of the keys."""
    left, right = (_compared(state) for state in (before, after))
    return changes_within((), left, right)


def _compared(state: State) -> State:
    kept = {key: state[key] for key in state if key not in NOT_COMPARED}
    if "feeds" not in kept:
        return kept
    feeds = {name: {key: feed[key] for key in feed if key not in AGES} for name, feed in kept["feeds"].items()}
    return {**kept, "feeds": feeds}


def changes_within(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    """The same of a part of the state, which stands at `path`."""
    if before == after:
        return
    left, right = _things_in(before, after)
    if left is None or right is None:
        yield Change(path, before, after)
        return
    for key in {**right, **left}:
        yield from changes_within((*path, key), left.get(key), right.get(key))


def state_difference(before: State, after: State) -> State:
    """The changes as plain data, with the two moments."""
    changes = [_plain(change) for change in changes_between(before, after)]
    return {"from": before["at"], "to": after["at"], "changes": changes}


def _plain(change: Change) -> State:
    plain = {"path": change.path, "before": change.before, "after": change.after}
    return plain if change.difference is None else {**plain, "difference": change.difference}


_Things = Mapping[str, Any] | None


def _things_in(before: Any, after: Any) -> tuple[_Things, _Things]:
    """What is to be compared one by one, by name; None, None for what is compared as a whole."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return before, after
    if isinstance(before, list) and isinstance(after, list) and all(_is_thing(each) for each in (*before, *after)):
        return named(before), named(after)
    return None, None


def named(things: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Things of a list by their first values; a second one of the same value gets a number."""
    named: dict[str, Any] = {}
    for thing in things:
        name = str(next(iter(thing.values())))
        number, free = 1, name
        while free in named:
            number += 1
            free = f"{name}#{number}"
        named[free] = thing
    return named


def _is_thing(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
