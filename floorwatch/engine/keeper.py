"""The keeper: the one thread that writes and reads a journal, and the only way of an entry into the floor.

Rules
- What somebody enters is made durable, read back among what others entered, in the journal's order, and folded; only
  then is it said to be kept.
- What waits is written in one go; each doing succeeds or fails by itself.
- The journal is looked at four times a second, and once a second while it fails. A failing journal costs nobody the
  floor: `word` says what is wrong with it.
- Nobody waits for this thread without end: a disk that hangs is given up.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from math import inf
from typing import Any, TypeAlias

from floorwatch.engine.system_clock import monotonic
from floorwatch.journal.shapes import Entry, Journal, JournalError, NewEntry
from floorwatch.words import _

SCRATCH = "memory:"
BEAT_SECONDS = 0.25
RETRY_SECONDS = 1.0
PATIENCE_SECONDS = 10.0
"""How long a doing is waited for: five times what a journal may wait for other writers."""

AFTERTHOUGHT_SECONDS = 60.0
"""How long it is said that something could not be written: by then nobody knows whether it could."""

LEAVE_SECONDS = 1.0
"""How long the end waits for what was sent a moment before."""

AT_ONCE = 10_000
"""Entries that are on their way to the loop at most."""

Fold: TypeAlias = Callable[[Sequence[Entry], Callable[[], None]], None]
"""Takes entries, on the loop, and calls back there once they are folded."""


class _Doing:
    """What one person's doing wants kept, and the future of whoever waits for it."""

    def __init__(self, entries: Sequence[NewEntry], kept: asyncio.Future[Sequence[Entry]]) -> None:
        self.entries = entries
        self.found: Sequence[Entry] = ()
        self._kept = kept

    def succeed(self) -> None:
        """It is durable and folded; on the loop."""
        if not self._kept.done():
            self._kept.set_result(self.found)

    def fail(self, error: JournalError) -> None:
        """It is not known to be durable; on the loop."""
        if not self._kept.done():
            self._kept.set_exception(error)


class Keeper:
    """Keeps one journal. Asked on the loop; its thread is its own."""

    def __init__(
        self,
        open_journal: Callable[[], Journal],
        *,
        beat_seconds: float = BEAT_SECONDS,
        retry_seconds: float = RETRY_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`open_journal` is called in the thread, again after it raised. `clock` is a monotonic one."""
        self.on_word: Callable[[], None] = lambda: None
        self._open_journal = open_journal
        self._journal: Journal | None = None
        self._beat_seconds, self._retry_seconds, self._clock = beat_seconds, retry_seconds, clock
        self._changed = threading.Condition()
        self._waiting: list[_Doing] = []
        self._is_looked_for = True
        self._is_stopped = False
        self._read_to = 0
        self._is_behind = True  # what there is has not been read to its end
        self._past_read = threading.Event()
        self._reading = self._writing = ""  # what is wrong with either
        self._writing_at = -inf
        self._fold: Fold = lambda _entries, then: then()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)

    def begin(self, fold: Fold) -> None:
        """Read what is there, and what comes; on the running loop."""
        self._loop, self._fold = asyncio.get_running_loop(), fold
        self._thread.start()

    def look(self) -> None:
        """There may be something new; callable from any thread."""
        with self._changed:
            self._is_looked_for = True
            self._changed.notify()

    def close(self) -> None:
        """Write what waits and let go of the journal. Waits for that, but not for long."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(LEAVE_SECONDS)

    def wait_for_past(self, seconds: float) -> bool:
        """Wait, in any thread but the loop's, until all that was there is handed over, or cannot be read; False when
        that takes longer."""
        return self._past_read.wait(seconds)

    @property
    def word(self) -> str:
        """What is wrong with the journal, in a few words; "" while nothing is."""
        is_late = self._clock() - self._writing_at > AFTERTHOUGHT_SECONDS
        return self._reading if is_late else self._writing or self._reading

    async def keep(self, entries: Sequence[NewEntry]) -> Sequence[Entry]:
        """The entries as they stand in the journal, durable and folded: those that stood there before, too.

        Raises JournalError: they may stand there or not, and to keep the same again doubles nothing.
        """
        doing = _Doing(entries, kept := asyncio.get_running_loop().create_future())
        with self._changed:
            self._waiting.append(doing)
            self._changed.notify()
        try:
            return await asyncio.wait_for(kept, PATIENCE_SECONDS)
        except TimeoutError:
            said = _("the journal does not answer: try again, nothing will be doubled")
            error = JournalError(said, _("does not answer"))
            self._not_written(error)
            raise error from None

    # --- in the thread ---

    def _run(self) -> None:
        while (doings := self._next()) is not None:
            self._turn(doings)
            self._past_read.set()
        if self._journal is not None:
            self._journal.close()

    def _next(self) -> list[_Doing] | None:
        """What waits to be kept, as soon as there is any, at the latest at the next beat; None when it is over."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._waiting or self._is_looked_for or self._is_stopped,
                self._retry_seconds if self._reading else self._beat_seconds,
            )
            if self._is_stopped and not self._waiting:
                return None
            self._is_looked_for = False
            doings, self._waiting = self._waiting, []
            return doings

    def _turn(self, doings: Sequence[_Doing]) -> None:
        """Write what waits, and read what is new."""
        written = self._written(doings)
        try:
            self._read(is_new=bool(written))
        except JournalError as error:
            self._say(reading=_word_of(error), writing=self._writing)
            self._tell(_all_failed, written, error)
        else:
            self._say(reading="", writing=self._writing)
            if written:
                self._tell(self._fold, (), partial(_all_kept, written))

    def _written(self, doings: Sequence[_Doing]) -> Sequence[_Doing]:
        """Those that are durable now; the others have failed."""
        if not doings:
            return ()
        try:
            found = self._ours().append([entry for doing in doings for entry in doing.entries])
        except JournalError as error:
            if len(doings) > 1:
                return [each for doing in doings for each in self._written([doing])]
            self._not_written(error)
            self._tell(_all_failed, doings, error)
            return ()
        places = iter(found)
        for doing in doings:
            doing.found = [next(places) for _entry in doing.entries]
        self._say(reading=self._reading, writing="")
        return doings

    def _read(self, *, is_new: bool) -> None:
        """Hand over what came since the last reading. Raises JournalError."""
        journal = self._ours()
        if not (is_new or self._is_behind or journal.is_changed()):
            return
        self._is_behind = True
        while found := journal.since(self._read_to, AT_ONCE):
            self._read_to = found[-1].seq
            self._hand_over(found)
            if len(found) < AT_ONCE or self._is_stopped:
                break
        self._is_behind = False

    def _hand_over(self, found: Sequence[Entry]) -> None:
        """Give them to the loop; of a long past, wait until these are folded: the loop's memory has an end."""
        folded = threading.Event()
        self._tell(self._fold, found, folded.set)
        while len(found) == AT_ONCE and not self._is_stopped and not folded.wait(LEAVE_SECONDS / 10):
            pass

    def _ours(self) -> Journal:
        if self._journal is None:
            self._journal = self._open_journal()
        return self._journal

    def _not_written(self, error: JournalError) -> None:
        self._writing_at = self._clock()
        self._say(reading=self._reading, writing=_word_of(error))

    def _say(self, *, reading: str, writing: str) -> None:
        if (reading, writing) != (self._reading, self._writing):
            self._reading, self._writing = reading, writing
            self._tell(self._told)

    def _told(self) -> None:
        self.on_word()

    def _tell(self, call: Callable[..., object], *words: Any) -> None:
        """Call this on the loop; one that has closed wants to hear nothing."""
        if self._loop is not None:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(call, *words)


def keeper_of(url: str) -> Keeper:
    """The keeper of the journal at this URL, which is opened in its thread: what is wrong with it is in `word`."""

    def opened() -> Journal:
        from floorwatch.journal.opening import (
            open_journal,
        )  # with sqlite3 5 ms, which the first screen need not wait for

        return open_journal(url)

    return Keeper(opened)


def _all_kept(doings: Sequence[_Doing]) -> None:
    for doing in doings:
        doing.succeed()


def _all_failed(doings: Sequence[_Doing], error: JournalError) -> None:
    for doing in doings:
        doing.fail(error)


def _word_of(error: JournalError) -> str:
    return _("journal: {word}").format(word=error.word or _("does not work"))
