"""Today, kept: `watch` writes what the feeds of the configuration give into a recording, one for each business day.

Rules
- It reads the feeds by itself, in a thread of its own, once the floor has been read: no screen waits for it, and what
  goes wrong here is a word beside the feeds (`health`).
- A recording is whole in itself: begun in the middle of a day, it holds the past of that day as the feeds tell it. So
  each start of `watch` begins another file: `2026-11-22.floorlog`, then `2026-11-22-2.floorlog`.
- Where the clock is set back, another file is begun, as after a restart: in one file no time steps back, and an hour of
  lines would stand at one moment.
- One process at a time records in a folder; the others look every few seconds whether it still does.
- What lies too far back, and what is the oldest where all of it is too much, is deleted with its keyframes: only what
  was kept here (the first line says so), never what is being written. Marks are a person's words: they stay.
- Feeds that were named on the command line are not those of the floor: nothing is kept of them.
"""

import errno
import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from floorwatch.engine.house import House
from floorwatch.engine.kept_days import KeptDays, Room
from floorwatch.engine.recorder import Recorder
from floorwatch.engine.system_clock import MOST_BACK_SECONDS, SystemClock, monotonic
from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.held import hold, is_held
from floorwatch.feeds.shapes import FeedError, FeedHealth
from floorwatch.host.failure import Failure
from floorwatch.model.clock import Clock
from floorwatch.model.events import WeekdayRead
from floorwatch.settings import FeedSettings, SettingsError
from floorwatch.settings.own_folders import make_own
from floorwatch.words import _, _n, _p

FIRST_SECONDS = 5.0
"""From the end of today's past to the first line here: a watch of a few seconds leaves nothing behind."""

LOOK_SECONDS = 3.0
"""How often it is looked whether another process still records."""

BEAT_SECONDS = 1.0
RETRY_SECONDS = 15.0
LONGEST_RETRY_SECONDS = 600.0
LEAVE_SECONDS = 1.0
MEGABYTE = 1_000_000

Rest = Callable[[float], bool | None]
"""Waits for so many seconds of the host's time, or until nothing is recorded any more: then it says True."""


def today(house: House, clock: Clock | None = None) -> Path | None:
    """The recording of today that is being written now, by this process or another one; None where there is none. How
    far it is written tells `feeds.recording.end_of`."""
    folder = house.settings.recording.folder
    if folder is None:
        return None
    now = (SystemClock() if clock is None else clock).now()
    newest = KeptDays(folder).newest(_date_of(house, now))
    return newest if newest is not None and is_held(newest) else None


class DayRecorder:
    """Keeps the days of one floor, from `start` on."""

    def __init__(
        self,
        house: House,
        wanted: Mapping[str, FeedSettings],
        clock: Clock,
        rest: Rest | None = None,
        patience: Callable[[], float] = monotonic,
    ) -> None:
        """`rest` is how the thread waits where nothing wakes it (None: by the host's clock); `patience` is a monotonic
        clock."""
        self._house = house
        self._wanted = wanted
        self._clock = clock
        self._patience = patience
        self._stopped = threading.Event()
        self._rest: Rest = self._stopped.wait if rest is None else rest
        self._recorder: Recorder | None = None
        self._compared: WeekdayRead | None = None
        self._problem: FeedHealth | None = None
        self._thread = threading.Thread(target=self._run, name="day recorder", daemon=True)

    def start(self) -> None:
        """Begin, where the settings want it."""
        settings = self._house.settings
        if settings.recording.folder is not None and self._wanted == settings.feeds:
            self._thread.start()

    def stop(self) -> None:
        """Write what has come, and let go. Waits for that, but not for long."""
        self._stopped.set()
        if (recorder := self._recorder) is not None:
            recorder.wake()
        if self._thread.is_alive():
            self._thread.join(LEAVE_SECONDS)

    def health(self) -> tuple[FeedHealth, ...]:
        """What is wrong, as of a feed; nothing while nothing is."""
        problem = self._problem
        return () if problem is None else (problem,)

    def compare(self, read: WeekdayRead) -> None:
        """The day that today is compared with; callable from any thread."""
        self._compared = read
        if (recorder := self._recorder) is not None:
            recorder.compare(read)

    # --- in the thread ---

    def _run(self) -> None:
        folder = self._house.settings.recording.folder
        assert folder is not None, "not started without one"
        self._rest(FIRST_SECONDS)
        retry = RETRY_SECONDS
        while not self._stopped.is_set():
            try:
                self._keep(folder)
            except FAILURES as error:  # formats and sources of plugins run in it: it ends no floor
                self._say(*_words_of(error))
                self._rest(retry)
                retry = min(LONGEST_RETRY_SECONDS, 2 * retry)
            else:
                retry = RETRY_SECONDS
                self._rest(LOOK_SECONDS)

    def _keep(self, folder: Path) -> None:
        """Record in the folder for as long as nobody else does, and it is there."""
        make_own(folder)
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            if not hold(handle):
                self._say("", "")
                return
            while not self._stopped.is_set() and _is_at(handle, folder):
                self._keep_day(KeptDays(folder))
        finally:
            os.close(handle)

    def _keep_day(self, days: KeptDays) -> None:
        """Record until the business day ends, the clock is set back, or the file is gone."""
        now, settings = self._clock.now(), self._house.settings.recording
        end, date = self._house.rules.days.end_of(now), _date_of(self._house, now)
        room = Room(days, date, settings.keep_days, settings.most_megabytes * MEGABYTE, self._patience)
        room.is_there()
        out = days.next_of(date)
        recorder = Recorder(self._house, self._wanted, out, self._clock, kept=True)
        self._recorder = recorder
        try:
            if self._compared is not None and self._compared.compared_with == self._house.rules.days.start_of(now):
                recorder.compare(self._compared)
            has_room = recorder.begin(lambda seconds: self._rest(seconds) or not self._has_room(recorder, room, out))
            latest = now
            while has_room and not self._stopped.is_set() and self._runs(latest, end) and recorder.is_there:
                latest = max(latest, self._clock.now())
                recorder.step()
                self._look_at(recorder, out)
                has_room = self._has_room(recorder, room, out)
                recorder.wait(BEAT_SECONDS)
            if not recorder.is_there:
                self._say(_("deleted"), _("{path}: was deleted while it was written").format(path=out))
        finally:
            self._recorder = None
            recorder.close()
        while not has_room and self._runs(now, end) and not self._stopped.is_set():
            self._rest(LOOK_SECONDS)

    def _runs(self, latest: float, end: float) -> bool:
        """Whether it is still the day that ends then, and the clock runs on from where it was."""
        return latest - MOST_BACK_SECONDS <= self._clock.now() < end

    def _has_room(self, recorder: Recorder, room: Room, out: Path) -> bool:
        """Whether more may be recorded; said where not."""
        if room.is_there(out, recorder.size):
            return True
        most = self._house.settings.recording.most_megabytes
        said = _("{folder}: more than [recording] most_megabytes = {most}: nothing more of today is recorded")
        self._say(_("too large"), said.format(folder=out.parent, most=most))
        return False

    def _look_at(self, recorder: Recorder, out: Path) -> None:
        if (error := recorder.unwritten) is not None:
            self._say(_word_of(error), str(error))
        elif recorder.lost:
            said = _n(
                "{path}: {n} entry was lost while nothing could be written",
                "{path}: {n} entries were lost while nothing could be written",
                recorder.lost,
            )
            self._say(_("incomplete"), said.format(path=out, n=recorder.lost))
        elif recorder.problem:
            self._say(_("without journal"), recorder.problem)
        else:
            self._say("", "")

    def _say(self, word: str, reason: str) -> None:
        self._problem = FeedHealth(_("recording"), state=word, reason=reason) if word else None


def _date_of(house: House, now: float) -> date:
    days = house.rules.days
    return days.local(days.start_of(now)).date()


def _is_at(handle: int, folder: Path) -> bool:
    """Whether the folder that was opened still stands there."""
    with suppress(OSError):
        found, ours = folder.stat(), os.fstat(handle)
        return (found.st_dev, found.st_ino) == (ours.st_dev, ours.st_ino)
    return False


def _words_of(error: BaseException) -> tuple[str, str]:
    """What is wrong in a word or two, and in full."""
    cause = error if isinstance(error, OSError) else error.__cause__
    if isinstance(cause, OSError):
        return _word_of(cause), str(error)
    ours = isinstance(error, FeedError | SettingsError)
    return _("failed"), str(error) if ours else Failure.of(error).reason


def _word_of(error: OSError) -> str:
    words = {
        errno.ENOSPC: _("disk is full"),
        errno.EDQUOT: _("disk is full"),
        errno.EACCES: _("no permission"),
        errno.EPERM: _("no permission"),
        errno.EROFS: _("read-only disk"),
        errno.ENOENT: _("folder is gone"),
        errno.ENOTDIR: _("no folder"),
        errno.EEXIST: _("no folder"),
    }
    return words.get(error.errno or 0) or error.strerror or _p("a feed", "failed")
