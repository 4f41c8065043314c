"""What was entered, as far as undoing goes: what each entry changed, which came too late, and which came too early.

Rules
- An entry can be undone while what it changed stands as it left it: whoever went on from it would lose their work.
- An entry about a request whose line has not come yet waits for it, and is folded then as if it came then; its turn to
  be undone is the one at which it came.
- Whatever books there are, a person's entries have one order: the last one is undone first.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, Protocol

from msgspec import Struct

from floorwatch.model.entered import Entered, EntryUndone
from floorwatch.model.entities import Topic
from floorwatch.model.support import Overtaken
from floorwatch.model.things import DONE, Item, Things

UNDOABLE = 2_000
"""Entries that can still be undone: the last ones."""

DONE_TOGETHER = 64
"""What was done waits until there is so much of it, or somebody asks."""

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
    """One thing that an entry changed: in which book, where, which, and what stood there before (None: nothing) and
    after."""

    topic: Topic
    store: str
    key: Any
    before: Any
    after: Any

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


class KeptEntries(Struct, frozen=True):
    """A log of entries as plain values: how many ids it has seen, and the numbers of what was done."""

    seen: int
    done: Sequence[int]
    overtaken: Mapping[str, Overtaken]
    early: Mapping[str, Sequence[tuple[Entered, str]]]


class EntryLog:
    """The entries of these books as of the last one."""

    def __init__(self, *books: Book) -> None:
        self._books = {book.topic: book for book in books}
        self._seen: dict[str, None] = {}
        self._seen_before: tuple[Things, int] = Things(), 0
        """Of a floor that was taken up the ids from before: the first ones of a complete history."""
        self._done_all: OrderedDict[str, Done] = OrderedDict()
        self._done_before: Iterable[Item] = ()
        self._done_since: list[tuple[str, Done]] = []
        """What was done before a floor was taken up, and what came last: put together with the others when somebody
        asks, which whoever looks at a moment does not. It is two thousand things."""
        self._overtaken: OrderedDict[str, Overtaken] = OrderedDict()
        self._early: OrderedDict[str, list[tuple[Entered, str]]] = OrderedDict()

    @property
    def _done(self) -> OrderedDict[str, Done]:
        """What each of the last entries did, by id."""
        return self._put_together()

    def _put_together(self) -> OrderedDict[str, Done]:
        found = self._done_all
        found.update(self._done_before)
        self._done_before = ()
        for entry, done in self._done_since:
            found[entry] = done
            if len(found) > UNDOABLE:
                found.popitem(last=False)
        self._done_since.clear()
        return found

    def is_new(self, entry: str) -> bool:
        """Whether this entry comes for the first time. One without an id always does."""
        if not entry:
            return True
        things, before = self._seen_before
        number = things.number_of(entry) if before else None
        if entry in self._seen or (number is not None and number < before):
            return False
        self._seen[entry] = None
        return True

    def done(self, entry: str, done: Done) -> None:
        """Remember what the entry did; that of a feed, which has no id, cannot be undone."""
        if entry:
            self._done_since.append((entry, done))
        if len(self._done_since) > DONE_TOGETHER:
            self._put_together()

    def keep_for_later(self, key: str, entry: Entered, feed: str) -> None:
        """An entry about the request of this key, which has not come yet."""
        self._seen.pop(entry.id, None)
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
            self._books[change.topic].put(change.store, change.key, change.before)
        return frozenset(change.topic for change in changes)

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

    def give(self, things: Things) -> None:
        """Have everything numbered that can still be undone, and what stood there before."""
        things.gather_ids(self._seen, self._seen_before[1])
        done = things.kinds[DONE]
        for _entry, each in done.fresh(self._done.keys(), self._done.values()):
            for change in each.changes:
                stood = [value for value in (change.before, change.after) if value is not None]
                things.kinds[change.store].gather(repeat(change.key), stood)
        done.gather(self._done.keys(), self._done.values())

    def kept(self, things: Things) -> KeptEntries:
        """All of it, once its things were gathered."""
        done = things.kinds[DONE].numbers(self._done.values())
        return KeptEntries(self._seen_before[1] + len(self._seen), done, self._overtaken, self._early)

    def take_up(self, kept: KeptEntries, things: Things) -> None:
        """Go on from what was kept. Raises IndexError for things that are not there."""
        self._seen_before = things, kept.seen
        done = things.kinds[DONE]
        if kept.seen > len(things.ids) or max(kept.done, default=-1) >= len(done):
            raise IndexError(f"{kept.seen} of {len(things.ids)} ids, and what was done of {len(done)} things")
        self._done_before = done.items(kept.done)
        self._overtaken = OrderedDict(kept.overtaken)
        self._early = OrderedDict((key, list(entries)) for key, entries in kept.early.items())

    def _stands(self, change: Change) -> bool:
        """Whether nobody has changed it since."""
        return self._books[change.topic].get(change.store, change.key) is change.after
