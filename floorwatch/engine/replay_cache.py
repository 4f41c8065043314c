"""Plain logs that were written out as recordings, kept for the next time: in the user's cache, and not without end.

Rules
- Each has a folder of its own, named by what it is of and what that held: the recording, and its keyframes beside it.
- Of the same feeds only the last content stays. All else goes when it was not used for MOST_DAYS, and the longest
  unused first while there are more than MOST_BYTES: it can be written again.
- What somebody looks at is held, and never taken away from them. What could not be written to its end is nothing.
- Each has a word beside it of how it began and ended when it was whole. One that differs from that, as after a crash of
  the machine, is written again.
- They hold what callers said of themselves: folders are 0700, files 0600.
"""

import os
import shutil
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from floorwatch.engine.new_file import write_new
from floorwatch.engine.written_out import Identity
from floorwatch.feeds.held import hold, share
from floorwatch.settings.own_folders import make_own
from floorwatch.words import _

MOST_BYTES = 2_000_000_000
MOST_DAYS = 14
DAY_SECONDS = 86_400.0
FORGOTTEN_SECONDS = 600.0
"""What is being written grows many times a second; what has not for so long is left of a process that was killed."""

ENDS_BYTES = 64 * 1024
"""How much of either end of a recording is compared with what it was."""

_TRIES = 5


class HeldRecording:
    """A recording of the cache, which stays for as long as it is held."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle: int | None = handle

    def let_go(self) -> None:
        """It may go now. May be called twice."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


class _Place(Struct, frozen=True):
    folder: Path
    used_at: float
    size: int


class ReplayCache:
    """The recordings in a folder, which need not be there."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES, most_days: int = MOST_DAYS) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._most_seconds = most_days * DAY_SECONDS

    def recording(self, identity: Identity, name: str, write: Callable[[Path], object], now: float) -> HeldRecording:
        """The recording of this identity, written by `write` unless it is there. Raises OSError where the folder cannot
        be used, and whatever `write` raises."""
        make_own(self._folder)
        folder = self._folder / f"{identity.feeds}-{identity.content}"
        self._make_room(folder, identity.feeds, now)
        handle = _held_folder(folder)
        try:
            recording = folder / f"{name}.floorlog"
            if not _is_whole(recording):
                _clear_forgotten(recording, now)
                _write_whole(recording, write)
            os.utime(folder, (now, now))
        except BaseException:  # nobody else knows yet that the folder is held; raised again
            os.close(handle)
            raise
        return HeldRecording(recording, handle)

    def _make_room(self, wanted: Path, feeds: str, now: float) -> None:
        """Let go of what is of another content of these feeds, too old, or too much."""
        places = sorted(self._places(), key=lambda place: place.used_at)
        left = sum(place.size for place in places)
        for place in places:
            is_of_before = place.folder.name.startswith(f"{feeds}-")
            is_old = now - place.used_at > self._most_seconds
            may_go = is_of_before or is_old or left > self._most_bytes
            if place.folder != wanted and may_go and _removed(place.folder):
                left -= place.size

    def _places(self) -> list[_Place]:
        found = []
        with suppress(OSError):  # somebody else may be making room at this moment
            for folder in self._folder.iterdir():
                with suppress(OSError):
                    size = sum(file.stat().st_size for file in folder.iterdir())
                    found.append(_Place(folder, folder.stat().st_mtime, size))
        return found


def _held_folder(folder: Path) -> int:
    """The folder, made and held. Raises OSError."""
    for _again in range(_TRIES):
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        with suppress(OSError):
            if share(handle) and folder.stat().st_ino == os.fstat(handle).st_ino:
                return handle
        os.close(handle)  # it was removed at this moment
    raise OSError(None, _("is removed again and again"), str(folder))


def _removed(folder: Path) -> bool:
    """Remove it unless somebody holds it; whether it is gone."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        if not hold(handle):
            return False
        shutil.rmtree(folder, ignore_errors=True)
        return not folder.exists()
    finally:
        os.close(handle)


def _clear_forgotten(recording: Path, now: float) -> None:
    """Remove parts of it that nobody writes any more: each may be as large as the feeds."""
    for part in recording.parent.glob(f"{_beginning_of_part(recording)}*"):
        with suppress(OSError):
            if now - part.stat().st_mtime > FORGOTTEN_SECONDS:
                part.unlink()


def _write_whole(recording: Path, write: Callable[[Path], object]) -> None:
    """Under another name until it is whole: who else writes the same at this moment writes the same."""
    part = recording.with_name(f"{_beginning_of_part(recording)}{os.getpid()}")
    part.unlink(missing_ok=True)
    write(part)
    word = part.with_name(f"{part.name}.ends")
    word.unlink(missing_ok=True)
    write_new(word, _ends_of(part).encode())
    for each in (part, word):  # or a machine that crashes leaves the names of files without what was in them
        handle = os.open(each, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    word.replace(_word_of_ends(recording))
    part.replace(recording)


def _is_whole(recording: Path) -> bool:
    """Whether it is there as it was written."""
    try:
        return _word_of_ends(recording).read_text(encoding="utf-8", errors="replace") == _ends_of(recording)
    except OSError:
        return False


def _ends_of(recording: Path) -> str:
    with recording.open("rb") as file:
        first = file.read(ENDS_BYTES)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - ENDS_BYTES))
        return f"{size} {zlib.crc32(first)} {zlib.crc32(file.read(ENDS_BYTES))}"


def _word_of_ends(recording: Path) -> Path:
    return recording.with_name(f"{recording.name}.ends")


def _beginning_of_part(recording: Path) -> str:
    return f".{recording.name}."
