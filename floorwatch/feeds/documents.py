"""Documents as feeds: a file or a folder of files, each given whole, and again whenever it has changed.

Rules
- A document is given when its size and time have stood still for one look: a spreadsheet is saved in steps. Lock files
  and temporary ones ("~$...", ".~lock...", "....tmp") are none.
- What has not changed in a byte is not given again, whatever its time says.
- One that goes away stays as it was read last, and the feed says so; one that comes back changed is read again. Only of
  one that was renamed (its bytes are there under another name) what it said no longer holds.
- What was there before the watch is given as the past; its lines carry no time of their own.
- A drain gives one document, and whoever reads it says what became of it (`judged`).
"""

import os
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import TypeAlias

from floorwatch.feeds.part import lacks_of
from floorwatch.feeds.shapes import FeedError, FeedHealth, FeedLine
from floorwatch.feeds.whole_file import Stamp, TooLargeError, read_whole, stamp_of
from floorwatch.words import _

STILL_SECONDS = 0.5
"""For so long a file must look the same before it is read: a heartbeat has two looks a second apart."""

_SMALL = 256
"""A folder of so few documents is looked at in each drain, a larger one once a second."""

_LOOK_SECONDS = 1.0


class DocumentLine(FeedLine, frozen=True, gc=False):
    """A whole document in the place of a line: `raw` is all of it. `name` is the file's name, `modified_at` when it was
    written (epoch seconds UTC). `gone`: it was renamed, and is no more; then `raw` is empty."""

    name: str = ""
    modified_at: float = 0.0
    gone: bool = False


Wants: TypeAlias = Callable[[DocumentLine], bool]
"""Whether a document of a plain folder is one of this feed."""

Listing: TypeAlias = Callable[[], Sequence[str]]
"""The paths of the documents that there are, in the order to give them. Raises OSError."""


class _File:
    """One document as it looked last, and what became of it."""

    def __init__(self, name: str, path: str, stamp: Stamp | None, since: float, past: bool) -> None:
        self.name, self.path, self.past = name, path, past
        self.stamp, self.since = stamp, since  # None: it is not there
        self.dealt: Stamp | None = None  # as it looked when it was last read
        self.tried_at: float | None = None
        self.digest = b""  # of the bytes that were read last
        self.accepted = self.refused = b""  # of those that said something, and of those that could not be used
        self.is_stranger = False
        self.state = self.reason = self.lacks = ""

    def is_due(self, now: float) -> bool:
        """Whether it is to be read now."""
        if self.stamp is None or self.stamp == self.dealt or self.tried_at == now:
            return False
        return not 0 <= now - self.since < STILL_SECONDS

    def looks(self, stamp: Stamp, now: float) -> None:
        """It is there, and looks so."""
        if self.stamp != stamp:
            self.stamp, self.since = stamp, now
        if self.state == "lost" and stamp == self.dealt:
            self.fine()

    def fine(self) -> None:
        """What it says holds."""
        self.state, self.reason, self.lacks = "ok", "", ""

    def fails(self, error: Exception) -> None:
        """It is not there, or cannot be read."""
        known = bool(self.accepted)
        self.state, self.reason = "lost" if known else "waiting", _why(self.path, error, known)
        self.lacks = lacks_of(error)
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            self.stamp = None
        elif not isinstance(error, PermissionError):
            self.state = "failed"


class DocumentFeed:
    """The feed of documents that `listing` names. `wants` chooses among those of a plain folder."""

    def __init__(self, listing: Listing, name: str, *, wants: Wants | None = None, follow: bool = True) -> None:
        """Without `follow` they are given as they lie there, received when they were written, and that is all."""
        self.name = name
        self.health = FeedHealth(name, of_documents=True)
        self._listing = listing
        self._wants = wants
        self._follow = follow
        self._files: dict[str, _File] = {}
        self._looked_at: float | None = None
        self._now = 0.0
        self._problem: OSError | None = None

    @property
    def caught_up(self) -> bool:
        """Whether every document that has stood still was given, and judged."""
        files = self._files.values()
        return not any(each.is_due(self._now) or each.state == "reading" for each in files) and not self._renamed()

    def drain(self, now: float, limit: int = 4096) -> list[DocumentLine]:  # noqa: ARG002  # one at a time
        """The next document that is due; none when there is none now."""
        self._now = now
        self._look()
        lines = [self._withdrawn(file) for file in self._renamed()]
        due = (file for file in self._files.values() if file.is_due(now))
        while not lines and (file := next(due, None)) is not None:
            lines = self._read(file)
        self._tell()
        return lines

    def judged(self, line: DocumentLine, refused: str | None) -> None:
        """The document was read, or refused for this reason."""
        file, health = self._files.get(line.name), self.health
        if file is None or line.gone:
            return
        health.lines += 1
        health.bytes_read += len(line.raw)
        health.last_line_at = line.received_at
        if refused is None:
            file.accepted = file.digest
            file.fine()
        else:
            file.refused = file.digest
            self._refuse(file, refused)
        self._tell()

    def close(self) -> None:
        """Nothing is held open."""

    # --- what is there -----------------------------------------------------------------------------------------------

    def _look(self) -> None:
        now, before = self._now, self._looked_at
        if before is not None and len(self._files) > _SMALL and 0 <= now - before < _LOOK_SECONDS:
            return
        self._looked_at, self._problem = now, None
        try:
            paths = self._listing()
        except OSError as error:
            self._problem, paths = error, ()
        there = {os.path.basename(path): path for path in paths}  # noqa: PTH119  # a string is what is kept
        for name, path in there.items():
            self._note(name, path, beginning=before is None)
        for name in self._files.keys() - there.keys():
            self._files[name].fails(FileNotFoundError())

    def _note(self, name: str, path: str, *, beginning: bool) -> None:
        """Take in how a document looks now."""
        file = self._files.get(name)
        if file is None:
            file = self._files[name] = _File(name, path, None, self._now, beginning)
        try:
            stamp = stamp_of(os.stat(path))  # noqa: PTH116  # paths are strings here
        except OSError as error:
            file.past = False  # what comes later is new
            file.fails(error)
            return
        file.looks(stamp, self._now)
        if beginning:
            file.since = stamp.modified_at if self._follow else float("-inf")

    def _renamed(self) -> list[_File]:
        """Documents that are no longer there, whose bytes are there under another name."""
        gone = [file for file in self._files.values() if file.stamp is None and file.accepted]
        there = {file.accepted for file in self._files.values() if file.stamp is not None} if gone else set()
        return [file for file in gone if file.accepted in there]

    def _withdrawn(self, file: _File) -> DocumentLine:
        del self._files[file.name]
        return DocumentLine(self.name, self._now, 0, b"", False, file.name, gone=True)

    # --- reading -----------------------------------------------------------------------------------------------------

    def _read(self, file: _File) -> list[DocumentLine]:
        """The document, unless there is nothing new in it."""
        file.tried_at = self._now
        try:
            raw, stamp = read_whole(file.path)
        except TooLargeError as error:
            file.dealt = file.stamp
            self._refuse(file, str(error))
            return []
        except (OSError, FeedError) as error:
            file.fails(error)
            return []
        if stamp != file.stamp:  # it was saved meanwhile
            file.stamp, file.since = stamp, self._now
            return []
        file.dealt, file.digest = stamp, blake2b(raw, digest_size=16).digest()
        return self._given(file, raw, stamp)

    def _given(self, file: _File, raw: bytes, stamp: Stamp) -> list[DocumentLine]:
        if file.digest == file.accepted:
            file.fine()
            return []
        if file.digest == file.refused:
            return []
        received_at = self._now if self._follow else stamp.modified_at
        line = DocumentLine(self.name, received_at, 0, raw, file.past, file.name, stamp.modified_at)
        file.is_stranger = not file.accepted and self._wants is not None and not self._wants(line)
        file.past = False
        if file.is_stranger:
            return []
        file.state, file.reason, file.lacks = "reading", "", ""
        return [line]

    def _refuse(self, file: _File, why: str) -> None:
        file.state, file.reason = "failed", _("{name}: {reason}").format(name=file.name, reason=why)
        self.health.reject(why, 0, file.name.encode(errors="replace"))

    # --- health ------------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        health, files = self.health, [file for file in self._files.values() if not file.is_stranger]
        coming = (file for file in files if file.state == "reading" or file.is_due(self._now))
        left = sum(file.stamp.size for file in coming if file.stamp is not None)
        if left and health.bytes_read == health.bytes_total:  # what comes next is counted from its own beginning
            health.bytes_read = 0
        health.bytes_total = health.bytes_read + left
        reasons = [file.reason for file in files if file.reason]
        lacks = (file.lacks for file in files if file.reason)
        health.lacks = next(lacks, "") if self._problem is None else lacks_of(self._problem)
        health.state, health.reason = self._state(files), ""
        if self._problem is not None:
            health.reason = str(self._problem.filename or "") + ": " + str(self._problem.strerror)
        elif not files:
            health.reason = _("there are no documents yet")
        elif len(reasons) > 1:
            health.reason = _("{reason}; and {n} more").format(reason=reasons[0], n=len(reasons) - 1)
        elif reasons:
            health.reason = reasons[0]
        elif health.state == "waiting":
            health.reason = _("just being saved")

    def _state(self, files: Sequence[_File]) -> str:
        states = [file.state for file in files]
        if "reading" in states:
            return "reading"
        if self._problem is not None:
            return "lost" if files else "waiting"
        if not self._follow and self.caught_up:
            return "ended"
        if "ok" in states:
            return "ok"
        return next((state for state in ("failed", "lost") if state in states), "waiting")


def _why(path: str, error: Exception, was_there: bool) -> str:
    """Why a document cannot be read, in words."""
    name = os.path.basename(path)  # noqa: PTH119  # a string is what is kept
    if isinstance(error, PermissionError):
        return _("{path}: no permission to read it: let this user read it").format(path=path)
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"{path}: {error.strerror}" if isinstance(error, OSError) else str(error)
    if os.path.islink(path):  # noqa: PTH114  # as above
        return _("{path} is a link to a file that is not there").format(path=path)
    if was_there:
        return _("{name} is gone: what it said last still holds").format(name=name)
    return _("{path} is not there yet").format(path=path)
