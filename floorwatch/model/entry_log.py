"""What was entered, as far as undoing goes: what each entry changed, which came too late, and which came too early.

Rules
- An entry can be undone while what it changed stands as it left it: whoever went on from it would lose their work.
- An entry about a request whose line has not come yet waits for it, and is folded then as if it came then; its turn to
  be undone is the one at which it came.
- Whatever books there are, a person's entries have one order: the last one is undone first.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from msgspec import Struct

from floorwatch.model.entered import Entered, EntryUndone
from floorwatch.model.entities import Topic
from floorwatch.model.support import Overtaken

UNDOABLE = 2_000
"""Entries that can still be undone: the last ones."""

OVERTAKEN_KEPT = 256
EARLY_KEPT = 10_000
"""Requests whose lines are waited for: those of a feed that is gone are waited for in vain."""


class Book(Protocol):
    """Where things stand that people enter, by the name of a store and a key in it."""

    topic: Topic

    def get(self, store: str, key: Any) -> Any:
        """What stands there; None for nothing."""
        ...

    def put(self, store: str, key: Any, value: Any) -> "Change":
        """Let this stand there from now on (None: nothing)."""
        ...


class Change(Struct, frozen=True):
    """One thing that an entry changed: where, which, and what stood there before (None: nothing) and after."""

    book: Book
    store: str
    key: Any
    before: Any
    after: Any

    @property
    def stands(self) -> bool:
        """Whether nobody has changed it since."""
        return self.book.get(self.store, self.key) is self.after

    @property
    def place(self) -> tuple[str, Any]:
        """Where it stands; the names of stores are unlike each other in all books."""
        return self.store, self.key


class Done(Struct, frozen=True):
    """An entry as far as undoing it goes; `what` is the name of its event, `waits_for` the key of the request whose
    line has not come yet: nothing has changed then."""

    by: str
    at: float
    what: str
    changes: tuple[Change, ...] = ()
    waits_for: str = ""


class EntryLog:
    """The entries as of the last one."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._done: OrderedDict[str, Done] = OrderedDict()
        self._overtaken: OrderedDict[str, Overtaken] = OrderedDict()
        self._early: OrderedDict[str, list[tuple[Entered, str]]] = OrderedDict()

    def is_new(self, entry: str) -> bool:
        """Whether this entry comes for the first time. One without an id always does."""
        if entry in self._seen:
            return False
        if entry:
            self._seen.add(entry)
        return True

    def done(self, entry: str, done: Done) -> None:
        """Remember what the entry did; that of a feed, which has no id, cannot be undone."""
        if not entry:
            return
        self._done[entry] = done
        if len(self._done) > UNDOABLE:
            self._done.popitem(last=False)

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
        changed = next((change for change in self._done[entry].changes if not change.stands), None)
        if changed is None:
            return None
        return self.last_at(*changed.place) or ("", self._done[entry].at)  # too long ago to be remembered

    def last_at(
        self, store: str, key: Any, such: Callable[[Change], bool] = lambda _change: True
    ) -> tuple[str, float] | None:
        """Who made the last such change of what stands there, and when; None when that is forgotten."""
        for done in reversed(self._done.values()):
            if any(each.place == (store, key) and such(each) for each in done.changes):
                return done.by, done.at
        return None

    def take_back(self, entry: str) -> frozenset[Topic]:
        """Undo it, and say what that touches; `gone_on` was asked before."""
        changes = self._done.pop(entry).changes
        for change in reversed(changes):
            change.book.put(change.store, change.key, change.before)
        return frozenset(change.book.topic for change in changes)

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
        """Nothing that was entered before can be undone any more."""
        for entry in [entry for entry, done in self._done.items() if done.at < at]:
            del self._done[entry]
