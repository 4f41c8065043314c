"""One file in the queue of a follower: how long it is waited for, and the words for why it cannot be read."""

import errno
import os

from floorwatch.feeds.reader import FileReader
from floorwatch.feeds.shapes import FeedError
from floorwatch.words import _

GRACE_SECONDS = 5.0
"""A rotated file is read on until nothing has come for so long."""

LINK_GRACE_SECONDS = 1.0
"""So it is with the old target of a link that was switched: whoever switches it wants the new one seen."""

LONGEST_GRACE_SECONDS = 30.0
"""So long after the first line of the new file it begins even if something still writes to the old one."""

_BACK_OFF_SECONDS = (1.0, 60.0)
_AT_ONCE = frozenset({errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOTDIR})
"""Cheap to try at every drain, and mended by a person who is waiting for it."""


class Part:
    """One file of the queue. `past_until`: lines that begin before it were there before the watch began."""

    def __init__(self, reader: FileReader, size: int, past_until: int) -> None:
        self.reader = reader
        self.size = size
        self.past_until = past_until
        self.grace_seconds = 0.0  # how long late writes are waited for once the end is reached
        self.trouble: Exception = FeedError("")
        self._drained_at: float | None = None
        self._grew_at: float | None = None
        self._pressed_at: float | None = None
        self._retry_at: float | None = None
        self._back_off = 0.0

    @property
    def left(self) -> int:
        """Bytes still to be read, as far as is known."""
        return max(0, self.size - self.reader.position)

    def waits(self, now: float, *, pressed: bool) -> bool:
        """Whether late writes are still waited for, now that the end was reached; `pressed`: something waits to be read
        behind it. A writer that was not told of the rotation leaves nothing there, and goes on here."""
        if not self.grace_seconds:
            return False
        if self._drained_at is None or now < self._drained_at:  # the first time, or the clock was set back
            self._drained_at, self._grew_at, self._pressed_at = now, None, None
        if not pressed:
            return True
        if self._pressed_at is None:
            self._pressed_at = now
        quiet_since = self._drained_at if self._grew_at is None else self._grew_at
        return now < min(quiet_since + self.grace_seconds, self._pressed_at + LONGEST_GRACE_SECONDS)

    def cut_off(self, now: float) -> bool:
        """Whether the file still grew when it was given up."""
        return self._grew_at is not None and now < self._grew_at + self.grace_seconds

    def step_back(self, size: int) -> None:
        """The file was cut off at `size`: what comes behind that is new, wherever its past ended."""
        self.reader.step_back(size)
        self.past_until = min(self.past_until, size)

    def recovered(self, now: float) -> None:
        """Bytes came."""
        self._back_off, self._retry_at = 0.0, None
        if self._drained_at is not None:
            self._grew_at = now

    def resting(self, now: float) -> bool:
        """Whether it is too early to try again after `trouble`; a file that is not text is left alone for good."""
        if self._retry_at is None:
            return False
        return self._retry_at - self._back_off <= now < self._retry_at

    def set_back(self, error: Exception, now: float) -> None:
        """Let go after an error; the next try is due at once, or after a pause that doubles up to a minute."""
        self.trouble = error
        self.reader.park()
        if isinstance(error, OSError) and error.errno in _AT_ONCE:
            return
        first, longest = _BACK_OFF_SECONDS
        self._back_off = min(max(first, self._back_off * 2), longest)
        self._retry_at = now + self._back_off


def lacks_of(error: Exception | None) -> str:
    """What a feed needs that could not be read for this reason: `file`, `permission`, or "": something else."""
    if isinstance(error, PermissionError):
        return "permission"
    return "file" if isinstance(error, FileNotFoundError | NotADirectoryError) else ""


def absence(path: str, error: OSError, was_there: bool) -> tuple[str, str]:
    """The state, and the reason in words, of a feed whose path cannot be looked up."""
    state = "lost" if was_there else "waiting"
    if error.errno not in (errno.ENOENT, errno.ENOTDIR):
        return state, _error_words(path, error)
    if os.path.islink(path):  # noqa: PTH114  # paths are strings here
        return state, _("{path} is a link to a file that is not there").format(path=path)
    if was_there:
        return state, _("{path} is gone: reading on from the file that it was, until there is a new one").format(
            path=path
        )
    return state, _("{path} is not there yet").format(path=path)


def unreadable(part: Part, error: Exception) -> tuple[str, str]:
    """The state, and the reason in words, of a feed whose file is there and cannot be read."""
    if not isinstance(error, OSError):
        return "failed", str(error)
    state = "lost" if part.reader.position else "waiting"
    if isinstance(error, FileNotFoundError):
        return state, absence(part.reader.path, error, bool(part.reader.position))[1]
    if isinstance(error, PermissionError):
        return state, _error_words(part.reader.path, error)
    return "failed", _error_words(part.reader.path, error)


def _error_words(path: str, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return _("{path}: no permission to read it: let this user read it").format(path=path)
    if error.errno == errno.ELOOP:
        return _("{path}: its links lead in a circle").format(path=path)
    return f"{path}: {error.strerror}"
