"""Drafts on the disk: a file of their own for each floorwatch that runs, in one folder of the user's.

Rules
- Every process holds the lock of its file while it lives; the system lets go of it however the process ends. A file
  whose lock can be had is of one that is gone: the next start takes over what is in it.
- A file is replaced whole, so that it is never half written. What was sent is no longer in it.
- What cannot be read (broken, of a newer version, somebody else's) is told, left alone, and never fatal.
- The folder is the user's alone (0700), and so are the files (0600).
"""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import msgspec
from msgspec import Struct

from floorwatch.app.drafts import Draft
from floorwatch.settings.own_folders import make_own
from floorwatch.text import inert
from floorwatch.words import _

_locks: ModuleType | None
try:
    import fcntl as _locks
except ImportError:  # a system without file locks keeps drafts until floorwatch ends
    _locks = None

VERSION = 1
MOST_FILES = 20
"""Processes of one user at a time that keep drafts, and left-over files that are looked for."""

MOST_BYTES = 8 << 20
"""A larger file is none of ours: fifty drafts of ten thousand characters are half a megabyte."""


class Page(Struct, frozen=True):
    """What a file holds."""

    floorwatch_drafts: int
    drafts: tuple[Draft, ...]


class DraftShelf:
    """The file of this process. `found` is what earlier ones left, `unread` a word about each that says nothing."""

    def __init__(self, folder: Path) -> None:
        """Makes the folder where it is missing. Raises OSError where no file can be kept there."""
        self.found: tuple[Draft, ...] = ()
        self.unread: list[str] = []
        self._held: list[int] = []
        make_own(folder)
        free = list(self._free(folder)) if _locks is not None else []
        self._file = free[0] if free else None
        if free:
            self._take_over(free)
        elif _locks is not None and not self.unread:
            self.unread.append(_("Drafts are not kept: every file in {folder} is in use.").format(folder=folder))

    def write(self, drafts: Sequence[Draft]) -> None:
        """These from now on. Raises OSError."""
        if self._file is None:
            return
        if not drafts:
            self._file.unlink(missing_ok=True)
            return
        page = msgspec.to_builtins(Page(VERSION, tuple(drafts)))
        new = self._file.with_suffix(".new")
        new.unlink(missing_ok=True)
        # Not msgspec's JSON: a key that came from a feed may hold what is no UTF-8, and this escapes it.
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            json.dump(page, file)
        new.replace(self._file)

    def close(self) -> None:
        """Let go of the file: another start may take over what is in it."""
        for held in self._held:
            os.close(held)
        self._held.clear()

    def _free(self, folder: Path) -> Iterator[Path]:
        """Files of nobody who is still there, locked by us; the first that says nothing unreadable is to be ours."""
        for number in range(1, MOST_FILES + 1):
            file = folder / f"{number}.json"
            if self._held and not file.exists():
                continue
            lock = self._locked(file.with_suffix(".lock"))
            if lock is None:
                continue
            try:
                self.found += _read(file)
            except (OSError, ValueError, RecursionError) as error:
                os.close(lock)
                said = _("Drafts in {file} cannot be read and are left alone: {why}")
                self.unread.append(said.format(file=file, why=inert(str(error))))
                continue
            self._held.append(lock)
            yield file

    @staticmethod
    def _locked(path: Path) -> int | None:
        assert _locks is not None
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _locks.flock(lock, _locks.LOCK_EX | _locks.LOCK_NB)
        except OSError:
            os.close(lock)
            return None
        return lock

    def _take_over(self, free: Sequence[Path]) -> None:
        """Everything into our own file before the others go: killed in between, a draft is there twice, never lost."""
        newest: dict[object, Draft] = {}
        for draft in sorted(self.found, key=lambda draft: draft.at):
            newest[draft.key] = draft
        self.found = tuple(newest.values())
        others = [file for file in free[1:] if file.exists()]
        if others:
            self.write(self.found)
            for file in others:
                file.unlink(missing_ok=True)
        for lock in self._held[1:]:
            os.close(lock)
        del self._held[1:]


def _read(file: Path) -> tuple[Draft, ...]:
    """What is in it; nothing where it is not there. Raises OSError, and ValueError for what is no file of ours."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return ()
    if len(raw) > MOST_BYTES:
        raise ValueError(_("it is too large"))
    page = json.loads(raw)
    version = page.get("floorwatch_drafts") if isinstance(page, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise ValueError(_("a newer floorwatch wrote it"))
    return msgspec.convert(page, Page).drafts
