"""The keeper: entries become durable, then they are folded in the journal's order; a failing journal is a word."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from floorwatch.engine import keeper as keeper_module
from floorwatch.engine.keeper import Keeper, keeper_of
from floorwatch.journal.opening import MEMORY, open_journal
from floorwatch.journal.shapes import Entry, Journal, JournalError, NewEntry, UnusableJournalError
from floorwatch.model.events import NoteKind, NoteTaken
from tests.engine.small_floor import START, Changes
from tests.patience import PATIENCE_SECONDS

NEVER = 1e6


def note(name: str, text: str = "") -> NewEntry:
    """A note as it is sent."""
    return NewEntry(name, START, "Li", NoteTaken(START, id=name, by="Li", kind=NoteKind.CHECK, text=text))


class Held:
    """A journal in memory that fails and waits when it is told to, and counts."""

    def __init__(self) -> None:
        self._journal = open_journal(MEMORY)
        self.url = MEMORY
        self.writing: JournalError | None = None
        self.reading: JournalError | None = None
        self.refused: frozenset[str] = frozenset()
        self.appended: list[list[str]] = []
        self.is_asked = threading.Event()
        self.may_append = threading.Event()
        self.may_append.set()
        self.is_closed = threading.Event()

    def append(self, entries: Sequence[NewEntry]) -> Sequence[Entry]:
        self.is_asked.set()
        self.may_append.wait(PATIENCE_SECONDS)
        names = [entry.id for entry in entries]
        self.appended.append(names)
        if self.writing is not None:
            raise self.writing
        if not self.refused.isdisjoint(names):
            raise JournalError("this cannot be written", "odd")
        return self._journal.append(entries)

    def since(self, seq: int, most: int = 10_000) -> Sequence[Entry]:
        if self.reading is not None:
            raise self.reading
        return self._journal.since(seq, most)

    def is_changed(self) -> bool:
        return self._journal.is_changed()

    def purge(self, ids: Collection[str]) -> int:
        return self._journal.purge(ids)

    def close(self) -> None:
        self._journal.close()
        self.is_closed.set()


class Desk:
    """Where a keeper hands over."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.changes = Changes()
        self.folded: list[str] = []
        self.handed: list[int] = []
        self.then: list[Callable[[], None]] = []
        self.is_slow = False
        keeper.on_word = self.changes

    def fold(self, entries: Sequence[Entry], then: Callable[[], None]) -> None:
        if entries:
            self.handed.append(len(entries))
        self.folded += [entry.id for entry in entries]
        self.changes()
        if self.is_slow:
            self.then.append(then)
        else:
            then()

    async def until(self, claim: Callable[[], bool]) -> None:
        await self.changes.until(claim)


@asynccontextmanager
async def kept(keeper: Keeper, *, is_slow: bool = False) -> AsyncIterator[Desk]:
    """The keeper at work until the block ends."""
    desk = Desk(keeper)
    desk.is_slow = is_slow
    keeper.begin(desk.fold)
    yield desk
    keeper.close()


def held(journal: Journal, beat_seconds: float = NEVER, retry_seconds: float = NEVER) -> Keeper:
    """A keeper that looks by itself only after these times."""
    return Keeper(lambda: journal, beat_seconds=beat_seconds, retry_seconds=retry_seconds)


async def test_what_is_kept_is_in_the_journal_and_folded_by_then(tmp_path: Path) -> None:
    url = str(tmp_path / "journal.db")
    async with kept(keeper_of(url)) as desk:
        found = await desk.keeper.keep([note("a"), note("b")])

        assert [entry.id for entry in found] == desk.folded == ["a", "b"]
        assert [entry.id for entry in open_journal(url).since(0)] == ["a", "b"]
        assert desk.keeper.word == ""


async def test_what_others_write_is_folded_in_the_order_of_the_journal(tmp_path: Path) -> None:
    url = str(tmp_path / "journal.db")
    other = open_journal(url)
    other.append([note("before")])
    async with kept(keeper_of(url)) as desk:
        await desk.until(lambda: desk.folded == ["before"])
        other.append([note("theirs")])
        await desk.keeper.keep([note("mine")])
        other.append([note("later")])
        await desk.until(lambda: len(desk.folded) == 4)

    assert desk.folded == [entry.id for entry in other.since(0)] == ["before", "theirs", "mine", "later"]


async def test_the_same_again_is_folded_once_and_answered_as_before() -> None:
    async with kept(keeper_of(MEMORY)) as desk:
        first = await desk.keeper.keep([note("a", "first")])
        again = await desk.keeper.keep([note("a", "second")])

    assert again == first
    assert desk.folded == ["a"]


async def test_what_waits_is_written_in_one_go() -> None:
    journal = Held()
    async with kept(held(journal)) as desk:
        journal.may_append.clear()
        first = asyncio.create_task(desk.keeper.keep([note("a")]))
        assert await asyncio.to_thread(journal.is_asked.wait, PATIENCE_SECONDS)
        others = [asyncio.create_task(desk.keeper.keep([note(name)])) for name in "bcd"]
        await asyncio.sleep(0)
        journal.may_append.set()
        await asyncio.gather(first, *others)

    assert journal.appended == [["a"], ["b", "c", "d"]]
    assert desk.folded == ["a", "b", "c", "d"]


async def test_one_that_cannot_be_written_fails_alone() -> None:
    journal = Held()
    journal.refused = frozenset("b")
    async with kept(held(journal)) as desk:
        journal.may_append.clear()
        doings = [asyncio.create_task(desk.keeper.keep([note(name)])) for name in "abc"]
        await asyncio.sleep(0)
        journal.may_append.set()
        answers = await asyncio.gather(*doings, return_exceptions=True)

    assert [isinstance(answer, JournalError) for answer in answers] == [False, True, False]
    assert desk.folded == ["a", "c"]


async def test_a_full_disk_is_a_word_until_something_is_written_again() -> None:
    journal = Held()
    async with kept(held(journal)) as desk:
        journal.writing = JournalError("there is no room left", "disk is full")
        with pytest.raises(JournalError, match="no room left"):
            await desk.keeper.keep([note("a")])
        assert desk.keeper.word == "journal: disk is full"

        journal.writing = None
        await desk.keeper.keep([note("a")])
        assert desk.keeper.word == ""
    assert desk.folded == ["a"]


async def test_what_could_not_be_written_is_forgotten_after_a_minute() -> None:
    journal, now = Held(), [0.0]
    journal.writing = JournalError("locked by another program", "locked")
    async with kept(Keeper(lambda: journal, beat_seconds=NEVER, clock=lambda: now[0])) as desk:
        with pytest.raises(JournalError):
            await desk.keeper.keep([note("a")])
        now[0] = 59.0
        assert desk.keeper.word == "journal: locked"
        now[0] = 61.0
        assert desk.keeper.word == ""


async def test_what_is_written_and_cannot_be_read_back_is_unclear_and_nothing_doubles() -> None:
    journal = Held()
    async with kept(held(journal, retry_seconds=0.01)) as desk:
        journal.reading = JournalError("the disk failed")
        with pytest.raises(JournalError, match="the disk failed"):
            await desk.keeper.keep([note("a")])
        assert desk.keeper.word == "journal: does not work"
        assert desk.folded == []

        journal.reading = None
        await desk.until(lambda: desk.folded == ["a"])
        await desk.keeper.keep([note("a")])
        await desk.until(lambda: desk.keeper.word == "")
    assert desk.folded == ["a"]


async def test_a_journal_that_cannot_be_opened_is_tried_again() -> None:
    journal = open_journal(MEMORY)
    journal.append([note("past")])
    is_mended = threading.Event()

    def opened() -> Journal:
        if not is_mended.is_set():
            raise UnusableJournalError("of a newer version: install a newer floorwatch", "of a newer version")
        return journal

    keeper = Keeper(opened, retry_seconds=0.01)
    async with kept(keeper) as desk:
        assert await asyncio.to_thread(keeper.wait_for_past, PATIENCE_SECONDS)
        assert keeper.word == "journal: of a newer version"
        is_mended.set()
        await desk.until(lambda: desk.folded == ["past"] and keeper.word == "")


async def test_a_long_past_comes_in_pieces_each_after_the_one_before_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper_module, "AT_ONCE", 10)
    journal = open_journal(MEMORY)
    journal.append([note(f"n{number}") for number in range(25)])
    keeper = held(journal)
    async with kept(keeper, is_slow=True) as desk:
        for pieces in ([10], [10, 10], [10, 10, 5]):
            await desk.until(lambda pieces=pieces: desk.handed == pieces)  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            desk.then.pop()()
        assert await asyncio.to_thread(keeper.wait_for_past, PATIENCE_SECONDS)

    assert desk.folded == [f"n{number}" for number in range(25)]


async def test_a_journal_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper_module, "PATIENCE_SECONDS", 0.05)
    journal = Held()
    journal.may_append.clear()
    async with kept(held(journal)) as desk:
        with pytest.raises(JournalError, match="does not answer"):
            await desk.keeper.keep([note("a")])
        assert desk.keeper.word == "journal: does not answer"
        journal.may_append.set()
        await desk.until(lambda: desk.folded == ["a"] and desk.keeper.word == "")


async def test_what_was_sent_before_the_end_is_written_and_the_journal_closed() -> None:
    journal = Held()
    journal.may_append.clear()
    async with kept(held(journal)) as desk:
        doing = asyncio.create_task(desk.keeper.keep([note("a")]))
        await asyncio.sleep(0)
    journal.may_append.set()
    assert await asyncio.to_thread(journal.is_closed.wait, PATIENCE_SECONDS)
    assert [entry.id for entry in await doing] == ["a"]
