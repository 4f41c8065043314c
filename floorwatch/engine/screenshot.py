"""A picture of the screen that nobody sits at: how large it is, what it is written as, and its file.

Rules
- A picture is made again and again, by cron: one that is there is replaced, by a whole one and at once. It is its
  writer's alone (0600): a floor with names is on it.
- Only what we have made ourselves is replaced by this: a file. A folder or a device in its place is said.
"""

import errno
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize

from floorwatch.engine.desk import Health, ReplayControl
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.session import Session
from floorwatch.words import _

USUAL = (120, 36)
LEAST, MOST = (20, 8), (400, 200)
"""Columns and lines: below that there is nothing to see, above it nobody's eyes."""

ENDINGS = (".svg", ".txt")

PANELS_SECONDS = 10.0
"""As long as anybody would look at a panel that does not come."""

_SIZE = re.compile(r"(\d{1,4})\s*[x×*]\s*(\d{1,4})", re.IGNORECASE)


def size_of(text: str) -> tuple[int, int] | str:
    """Columns and lines of `120x36`; or the sentence that says what is wrong with it."""
    found = _SIZE.fullmatch(normalize("NFKC", text).strip())
    if found is None:
        return _("{text!r} is no size: write columns and lines, 120x36").format(text=text)
    size = int(found[1]), int(found[2])
    if all(least <= each <= most for least, each, most in zip(LEAST, size, MOST, strict=True)):
        return size
    said = _("{text}: from {least} to {most} columns and lines")
    return said.format(text=text, least="x".join(map(str, LEAST)), most="x".join(map(str, MOST)))


def check_place(file: Path) -> None:
    """Whether a picture may be written there, before anything is done for it. Raises OSError with the file's name."""
    if not file.parent.is_dir():
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(file.parent))
    if file.exists() and not file.is_file():
        raise OSError(errno.EINVAL, _("something else is there"), str(file))


def write_picture(file: Path, content: bytes) -> None:
    """Write the file, whole or not at all, over the one that is there. Raises OSError with the file's name."""
    check_place(file)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)  # 0600 from the start
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(name).replace(file)
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        raise OSError(error.errno, error.strerror, str(file)) from None


class Readiness:
    """Whether the moment at which a replay stands can be shown: `problem` is why it never will be, `missing` what the
    picture does not show.

    All of the tape must be known: the bar shows its whole day, and the same moment shall give the same picture.
    """

    def __init__(
        self,
        session: Session,
        control: ReplayControl,
        tape: Tape,
        patience: Callable[[], float],
        told: Callable[[float], None] = lambda _share: None,
    ) -> None:
        """`patience` is a monotonic clock: panels get `PANELS_SECONDS`, what is read and folded as long as it takes;
        `told` hears how much of that is done, 0..1."""
        self.problem = self.missing = ""
        self._told = told
        self._session = session
        self._control = control
        self._tape = tape
        self._patience = patience
        self._floor_since: float | None = None

    def is_there(self) -> bool:
        """Whether everything is there, or nothing more will come."""
        known, bar = self._tape.refresh(), self._control.bar()
        self._told(1.0 if known.share is None else known.share)
        if bar.target is not None:
            # What is wrong with the tape alone may still let the moment come.
            is_stuck = bool(bar.problem) and (bar.problem != known.problem or self._is_late())
            self.problem = bar.problem if is_stuck else ""
            return is_stuck
        self.missing = bar.problem
        if not (known.is_whole or bar.problem):
            return False
        # While alerts are not known nothing settles: then it is taken once there is something of every panel.
        is_drawn = bar.alerts is not None and all(each.built_at is not None for each in self._session.panels())
        return self._session.is_settled or is_drawn or self._is_late()

    def _is_late(self) -> bool:
        """Whether a panel takes longer than anybody waits."""
        self._floor_since = self._patience() if self._floor_since is None else self._floor_since
        if self._patience() < self._floor_since + PANELS_SECONDS:
            return False
        late = [each.title for each in self._session.panels() if each.built_at is None or each.health is not Health.OK]
        said = _("not ready within {seconds:g} seconds: {panels}")
        self.missing = said.format(seconds=PANELS_SECONDS, panels=", ".join(late) or _("a panel"))
        return True
