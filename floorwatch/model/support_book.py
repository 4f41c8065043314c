"""The moving part of seat support: what its folds change, and what is copied for a snapshot.

Rules
- Only the folds (`fold_support`) change a book. What stands in it is frozen, and replaced as a whole.
- A visit is in nobody's way: undoing one leaves the latest of those that remain, whatever the order they came in.
- Snapshots share what was not touched since the last one; requests stand in them in the order in which they were asked.
"""

from collections.abc import Iterable, Mapping
from math import inf
from typing import Any, TypeAlias

from msgspec import Struct

from floorwatch.model.bases import Bases, Differs
from floorwatch.model.entities import Topic
from floorwatch.model.entry_log import Change
from floorwatch.model.support import (
    NO_SUPPORT,
    Acknowledgement,
    Help,
    Incident,
    Note,
    Returned,
    Snooze,
    Support,
    Visit,
    Walk,
)
from floorwatch.model.things import Things

Kept: TypeAlias = Help | Note | Incident | Visit | Walk | Returned | Acknowledgement | Snooze

_WAITING = {"helps": "open_helps", "notes": "follow_ups"}
"""Stores of which those that wait for somebody stand in a store of their own, too."""

AMONG = {"open_helps": "helps", "follow_ups": "notes", "visits": "visit_log"}
"""Stores of what stands in another one as well: their things are numbered there."""


class KeptSupport(Struct, frozen=True):
    """A book as what differs in each store from its base."""

    stores: Mapping[str, Differs[Any, Any]]
    last_asked_at: float
    is_mixed: bool


class SupportBook:
    """All of seat support as of the last entry."""

    topic = Topic.SUPPORT

    def __init__(self) -> None:
        self._stores: dict[str, dict[Any, Any]] = {name: {} for name in Support.__struct_fields__}
        self._touched: set[str] = set()
        self._last = NO_SUPPORT
        self._last_asked_at = -inf
        self._is_mixed = False  # a request came that was asked before one that is there

    def get(self, store: str, key: Any) -> Any:
        """What stands there; None for nothing."""
        return self._stores[store].get(key)

    def put(self, store: str, key: Any, value: Any) -> Change:
        """Let this stand there from now on (None: nothing)."""
        before = self._stores[store].get(key)
        if store == "visit_log" and before is not None:
            self._set(store, key, None)  # of two visits at one time the last is the one that was entered last
        self._set(store, key, value)
        if store == "helps" and before is None and value is not None:
            self._is_mixed |= value.requested_at < self._last_asked_at
            self._last_asked_at = max(self._last_asked_at, value.requested_at)
        if waiting := _WAITING.get(store):
            self._set(waiting, key, value if value is not None and value.is_open else None)
        if store == "visit_log":
            self._visit(before, value)
        return Change(self.topic, store, key, before, value)

    def forget_before(self, at: float) -> None:
        """Let go of what was over before `at`; what waits for somebody stays."""
        for store, entries in self._stores.items():
            for key in [key for key, each in entries.items() if is_over_before(each, at)]:
                self._set(store, key, None)

    def snapshot(self) -> Support:
        """All of it, frozen."""
        if self._is_mixed:
            self._sort()
        if self._touched:
            shared = {name: getattr(self._last, name) for name in self._stores}
            fresh = {name: self._stores[name].copy() for name in self._touched}
            self._last = Support(**(shared | fresh))
            self._touched.clear()
        return self._last

    def give(self, things: Things) -> None:
        """Have everything numbered that stands here."""
        for name in sorted(self._stores, key=AMONG.__contains__):
            entries = self._stores[name]
            things.kinds[AMONG.get(name, name)].gather(entries.keys(), entries.values())

    def kept(self, bases: Bases) -> KeptSupport:
        """All of it, once its things were gathered."""
        stores = {
            name: bases.differs(name, entries, _never_again, of_things=True) for name, entries in self._stores.items()
        }
        return KeptSupport(stores, self._last_asked_at, self._is_mixed)

    def take_up(self, kept: KeptSupport, bases: Bases) -> None:
        """Go on from what was kept. Raises LookupError and ValueError for bases that are not there."""
        for name, differs in kept.stores.items():
            self._stores[name] = bases.whole(name, differs)
        self._touched = {name for name, entries in self._stores.items() if entries}
        self._last_asked_at = kept.last_asked_at
        self._is_mixed = kept.is_mixed

    def _set(self, store: str, key: Any, value: Any) -> None:
        entries = self._stores[store]
        if value is not None:
            entries[key] = value
        elif entries.pop(key, None) is None:
            return
        self._touched.add(store)

    def _sort(self) -> None:
        for store in ("helps", "open_helps"):
            self._stores[store] = dict(sorted(self._stores[store].items(), key=_asked_at))
            self._touched.add(store)
        self._is_mixed = False

    def _visit(self, before: Visit | None, visit: Visit | None) -> None:
        """Keep the last visit of an agent, after one more or one less in the log."""
        if visit is not None:
            self._set("visits", visit.agent, latest((self.get("visits", visit.agent), visit)))
        elif before is not None:
            others = (each for each in self._stores["visit_log"].values() if each.agent == before.agent)
            self._set("visits", before.agent, latest(others))


def _never_again(_key: Any, _value: Kept) -> bool:
    """People enter little, and go on from it within minutes: whatever differs from a base may stand in the next."""
    return True


def _asked_at(item: tuple[str, Help]) -> float:
    return item[1].requested_at


def latest(visits: Iterable[Visit | None]) -> Visit | None:
    """The latest of them; of one time, the one that was entered last. One entered late makes no later one forgotten."""
    last: Visit | None = None
    for visit in visits:
        if visit is not None and (last is None or visit.at >= last.at):
            last = visit
    return last


def is_over_before(each: Kept, at: float) -> bool:
    """Whether it waits for nobody, and the last that happened to it was before `at`."""
    moments: tuple[float | None, ...]
    match each:
        case Help():
            moments = (each.closed_at,)
        case Note():
            moments = () if each.is_open else (each.at, each.done_at, each.amended_at, each.withdrawn_at)
        case Incident():
            moments = () if each.is_open else (each.closed_at, *(known.at for known in each.evidence))
        case Walk():
            moments = (each.ended_at,)
        case Snooze():
            moments = (each.until,)
        case Visit() | Returned() | Acknowledgement():
            moments = (each.at,)
    return max((moment for moment in moments if moment is not None), default=at) < at
