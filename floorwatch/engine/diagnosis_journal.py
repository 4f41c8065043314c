"""What `floorwatch doctor` finds about the journal: readable, writable, with room left, and where it lies.

Rules
- Nothing is written into it, and one that is not there is not made: what is tried is tried in its folder.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from floorwatch.engine.diagnosis import Check, Finding, fine, look, wrong
from floorwatch.feeds.wake import silent_file_system
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import JournalError
from floorwatch.journal.trial import file_of, try_to_write
from floorwatch.text import inert
from floorwatch.words import _

LITTLE_BYTES = 200 * 2**20
LEAST_BYTES = 10 * 2**20


def journal_found(url: str) -> Iterator[Finding]:
    """Everything about the journal of this URL."""
    try:
        journal = open_journal(url)
        journal.since(0, 1)
        journal.close()
    except JournalError as error:
        yield wrong(Check.JOURNAL_READ, inert(str(error)), _("mend what it says, or name another: [journal] url"))
        return
    file = file_of(url)
    if file is None:
        yield look(Check.JOURNAL_READ, _("in memory: it is gone when floorwatch ends"), _("name a file: [journal] url"))
        return
    is_there = file.exists()
    said = _("{file}: not there yet, the first entry makes it").format(file=file)
    yield fine(Check.JOURNAL_READ, inert(str(file) if is_there else said))
    yield _writable(file, is_there=is_there)
    yield room_found(Check.JOURNAL_ROOM, nearest_folder(file))


def room_found(check: Check, folder: Path, subject: str = "") -> Finding:
    """How much room the disk of a folder has left."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        says = _("{folder}: the room left cannot be told ({why})").format(folder=folder, why=error.strerror)
        return look(check, inert(says), _("look after the disk"), subject)
    said = inert(_("{free} left in {folder}").format(free=size_in_words(free), folder=folder))
    if free >= LITTLE_BYTES:
        return fine(check, said, subject)
    found = wrong if free < LEAST_BYTES else look
    return found(check, said, _("free some space on its disk: what is entered could not be kept"), subject)


def write_problem(folder: Path) -> str | None:
    """Why no file can be made in the folder; None when one can: tried, since rights alone do not tell."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"floorwatch")
            file.flush()
    except OSError as error:
        return error.strerror or str(error)
    return None


def nearest_folder(path: Path) -> Path:
    """The folder above `path` that is there: the one in which the others would be made."""
    return next((folder for folder in path.parents if folder.is_dir()), Path(path.anchor))


def size_in_words(size: float) -> str:
    """`12.3 GiB`."""
    unit = _("GiB") if size >= 2**30 else _("MiB")
    return f"{size / (2**30 if size >= 2**30 else 2**20):.1f} {unit}"


def _writable(file: Path, *, is_there: bool) -> Finding:
    folder = nearest_folder(file)
    if (problem := write_problem(folder)) is not None:
        says = _("{folder}: nothing can be written there ({why})").format(folder=folder, why=problem)
        return wrong(Check.JOURNAL_WRITE, inert(says), _("allow it for this user, or name another: [journal] url"))
    if is_there:
        try:
            try_to_write(file)
        except JournalError as error:
            return wrong(Check.JOURNAL_WRITE, inert(str(error)), _("mend what it says, or name another: [journal] url"))
    kind = silent_file_system(str(folder))
    if kind is not None:
        says = _("on a network disk ({kind}), on which several floorwatch may damage it").format(kind=inert(kind))
        return look(Check.JOURNAL_WRITE, says, _("name a file on a disk of this machine: [journal] url"))
    if is_there and file.stat().st_mode & 0o077 and os.name == "posix":
        says = _("can be written; others than its owner may read it ({mode})")
        mode = f"{file.stat().st_mode & 0o777:04o}"
        return look(Check.JOURNAL_WRITE, says.format(mode=mode), _("chmod 600, unless a group shares it on purpose"))
    return fine(Check.JOURNAL_WRITE, _("can be written"))
