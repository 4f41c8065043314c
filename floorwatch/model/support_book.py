"""The moving part of seat support: what its folds change, what can be undone, and what is copied for a snapshot.

Rules
- Only the folds (`fold_support`) change a book. What stands in it is frozen, and replaced as a whole.
- An entry can be undone while what it changed stands as it left it: whoever went on from it would lose their work.
- A visit is in nobody's way: undoing one leaves the latest of those that remain, whatever the order they came in.
- An entry about a request whose line has not come yet waits for it, and is folded then as if it came then; its turn to
  be undone is the one at which it came.
- Snapshots share what was not touched since the last one; requests stand in them in the order in which they were asked.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from math import inf
from typing import Any, TypeAlias

from msgspec import Struct

from floorwatch.model.entered import Entered, EntryUndone
from floorwatch.model.support import (
    NO_SUPPORT,
    Acknowledgement,
    Help,
    Incident,
    Note,
    Overtaken,
    Snooze,
    Support,
    Visit,
    Walk,
)

UNDOABLE = 2_000
"""Entries that can still be undone: the last ones."""

OVERTAKEN_KEPT = 256
EARLY_KEPT = 10_000
"""Requests whose lines are waited for: those of a feed that is gone are waited for in vain."""

Kept: TypeAlias = Help | Note | Incident | Visit | Walk | Acknowledgement | Snooze

_WAITING = {"helps": "open_helps", "notes": "follow_ups"}
"""Stores of which those that wait for somebody stand in a store of their own, too."""


class Change(Struct, frozen=True):
    """One thing that an entry changed: where, which, and what stood there before (None: nothing) and after."""

    store: str
    key: str
    before: Any
    after: Any


class Done(Struct, frozen=True):
    """An entry as far as undoing it goes; `what` is the name of its event, `visit` whom it visited, `waits_for` the key
    of the request whose line has not come yet: nothing has changed then."""

    by: str
    at: float
    what: str
    changes: tuple[Change, ...] = ()
    visit: Visit | None = None
    waits_for: str = ""


class SupportBook:
    """All of seat support as of the last entry."""

    def __init__(self) -> None:
        self._stores: dict[str, dict[str, Any]] = {name: {} for name in Support.__struct_fields__}
        self._touched: set[str] = set()
        self._last = NO_SUPPORT
        self._seen: set[str] = set()
        self._done: OrderedDict[str, Done] = OrderedDict()
        self._lasting_visits: dict[str, Visit] = {}
        self._overtaken: OrderedDict[str, Overtaken] = OrderedDict()
        self._early: OrderedDict[str, list[tuple[Entered, str]]] = OrderedDict()
        self._last_asked_at = -inf
        self._is_mixed = False  # a request came that was asked before one that is there

    def is_new(self, entry: str) -> bool:
        """Whether this entry comes for the first time. One without an id always does."""
        if entry in self._seen:
            return False
        if entry:
            self._seen.add(entry)
        return True

    def get(self, store: str, key: str) -> Any:
        """What stands there; None for nothing."""
        return self._stores[store].get(key)

    def put(self, store: str, key: str, value: Any) -> Change:
        """Let this stand there from now on (None: nothing)."""
        before = self._stores[store].get(key)
        self._set(store, key, value)
        if store == "helps" and before is None and value is not None:
            self._is_mixed |= value.requested_at < self._last_asked_at
            self._last_asked_at = max(self._last_asked_at, value.requested_at)
        if waiting := _WAITING.get(store):
            self._set(waiting, key, value if value is not None and value.is_open else None)
        return Change(store, key, before, value)

    def done(self, entry: str, done: Done) -> None:
        """Remember what the entry did; whom it visited is visited."""
        if done.visit is not None:
            self._visit(done.visit)
            self._set("visit_log", entry or f"{done.visit.agent}/{done.visit.at:.3f}", done.visit)
        if not entry:
            self._outlasts(done.visit)
            return
        self._done[entry] = done
        if len(self._done) > UNDOABLE:
            _entry, oldest = self._done.popitem(last=False)
            self._outlasts(oldest.visit)

    def keep_for_later(self, key: str, entry: Entered, feed: str) -> None:
        """An entry about the request of this key, which has not come yet."""
        self._seen.discard(entry.id)
        self._early.setdefault(key, []).append((entry, feed))
        if len(self._early) > EARLY_KEPT:
            self._early.popitem(last=False)
        if not isinstance(entry, EntryUndone):
            self._done.setdefault(entry.id, Done(entry.by, entry.at, type(entry).__name__, waits_for=key))

    def take_early(self, key: str) -> Iterator[tuple[Entered, str]]:
        """The entries about this that came before it, each with its feed, to be folded one by one."""
        for entry, feed in self._early.pop(key, ()):
            yield entry, feed
            done = self._done.get(entry.id)
            if done is not None and done.waits_for:  # it came too late, or does not fit
                del self._done[entry.id]

    def last_of(self, by: str) -> tuple[str, str] | None:
        """The last entry of this person that did anything: its id, and the name of its event. Whether somebody has
        gone on from it is found when it is undone: an older one in its place would be a surprise."""
        return next(((entry, done.what) for entry, done in reversed(self._done.items()) if done.by == by), None)

    def what_was_done(self, entry: str) -> Done | None:
        """What this entry did, while that is remembered."""
        return self._done.get(entry)

    def gone_on(self, entry: str) -> tuple[str, float] | None:
        """Who went on from this entry, and when: their work would be lost with it. None: nobody."""
        changed = next((change for change in self._done[entry].changes if not self._stands(change)), None)
        if changed is None:
            return None
        for done in reversed(self._done.values()):
            if any((each.store, each.key) == (changed.store, changed.key) for each in done.changes):
                return done.by, done.at
        return "", self._done[entry].at  # too long ago to be remembered

    def take_back(self, entry: str) -> None:
        """Undo it; `gone_on` was asked before."""
        done = self._done.pop(entry)
        for change in reversed(done.changes):
            self.put(change.store, change.key, change.before)
        if done.visit is not None:
            agent = done.visit.agent
            remembered = (each.visit for each in self._done.values() if each.visit and each.visit.agent == agent)
            self.put("visits", agent, latest((self._lasting_visits.get(agent), *remembered)))
            self._set("visit_log", entry, None)

    def overtake(self, entry: str, overtaken: Overtaken) -> None:
        """This entry came too late."""
        if entry:
            self._overtaken[entry] = overtaken
        if len(self._overtaken) > OVERTAKEN_KEPT:
            self._overtaken.popitem(last=False)

    def overtaken(self, entry: str) -> Overtaken | None:
        """Why this entry changed nothing, if it did not."""
        return self._overtaken.get(entry)

    def forget_before(self, at: float) -> None:
        """Let go of what was over before `at`; what waits for somebody stays. Nothing older can be undone then."""
        for store in self._stores.keys() - set(_WAITING.values()):
            for key in [key for key, each in self._stores[store].items() if is_over_before(each, at)]:
                self.put(store, key, None)
        self._lasting_visits = {agent: visit for agent, visit in self._lasting_visits.items() if visit.at >= at}
        for entry in [entry for entry, done in self._done.items() if done.at < at]:
            del self._done[entry]

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

    def _set(self, store: str, key: str, value: Any) -> None:
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

    def _visit(self, visit: Visit) -> None:
        known = self.get("visits", visit.agent)
        if latest((known, visit)) is not known:
            self.put("visits", visit.agent, visit)

    def _outlasts(self, visit: Visit | None) -> None:
        """This visit can be undone no longer."""
        if visit is not None and (last := latest((self._lasting_visits.get(visit.agent), visit))) is not None:
            self._lasting_visits[visit.agent] = last

    def _stands(self, change: Change) -> bool:
        return self.get(change.store, change.key) is change.after


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
        case Visit() | Acknowledgement():
            moments = (each.at,)
    return max((moment for moment in moments if moment is not None), default=at) < at
