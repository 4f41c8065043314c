"""Writing a file of keyframes: block by block, while others read it.

Rules
- The file appears at its path with its header in it, in one step, and is the user's alone (0600). What stood there
  before is replaced, not written over: whoever reads that reads on.
- One builds at a time: a second one waits, and leaves when the first is done. Where the first was killed, it begins
  anew: what its decoders and rules remembered is in no block, so nobody can go on where it stopped. Keyframes for other
  settings are not waited for.
- What fails is said, and nothing is left torn.
"""

import fcntl
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import sleep
from typing import TypeAlias

import msgspec

from floorwatch.engine.keyframes import block_head
from floorwatch.engine.keyframes.block_head import BadBlockError
from floorwatch.engine.keyframes.blocks import Place
from floorwatch.engine.keyframes.file import KeyframesError, KeyframesFile, no_keyframes, opened
from floorwatch.engine.keyframes.fingerprint import Fingerprint
from floorwatch.engine.keyframes.place import make_room
from floorwatch.feeds.reader import key_of
from floorwatch.words import _

_TRIES, _TRY_SECONDS = 20, 0.01

Put: TypeAlias = Callable[[Path, Path], object]
"""Renames the first to the second. Raises FileExistsError where somebody was faster."""

MARK = b'{"floorwatch-keyframes":'

_UNNAMED = ".keyframes-"
"""Begins the name that a file has before it stands at its path: of its own it may have as long a one as can be."""


class KeyframesWriter:
    """Writes a new file of keyframes; driven by one thread. A second one that builds the same waits until `close`."""

    def __init__(self, path: Path, fingerprint: Fingerprint, put: Put = Path.replace) -> None:
        """Begin; `put` lets the new file appear at `path`, in place of what stands there. Raises KeyframesError where
        nothing can be written, and the FileExistsError of `put`."""
        self.path = path
        try:
            make_room(path)
            self._fd: int | None = None
            self._fd, made = tempfile.mkstemp(prefix=_UNNAMED, dir=path.parent)
            try:
                _lock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._good = _write(self._fd, msgspec.json.encode(fingerprint.header) + b"\n", 0)
                put(Path(made), path)
            except BaseException:  # ctrl+c too: no file without a name is left behind; raised again
                Path(made).unlink(missing_ok=True)
                self.close()
                raise
        except FileExistsError:
            raise
        except OSError as error:
            raise _not_written(path, error) from None

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._good

    def write(self, place: Place, data: bytes = b"") -> Place:
        """Append a block; where it is now. Raises KeyframesError when it cannot be written: nothing of it is then."""
        if self._fd is None:
            raise KeyframesError(_("{path}: keyframes that were closed").format(path=self.path))
        try:
            there, block = block_head.packed(place, data, self._good)
            self._good = _write(self._fd, block, self._good)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._fd, self._good)
            raise _not_written(self.path, error) from None
        except BadBlockError:
            said = _("{path}: not written: a block of {size} bytes is too large")
            raise KeyframesError(said.format(path=self.path, size=len(data))) from None
        return there

    def close(self) -> None:
        """Let go of the file: the next one may build. May be called twice."""
        if self._fd is not None:
            os.close(self._fd)
        self._fd = None


def writer_for(path: Path, fingerprint: Fingerprint, *, again: bool = False) -> KeyframesWriter | None:
    """Whoever writes these keyframes now; None where they stand there, whole and sound, and are not wanted `again`.

    Waits while somebody else builds the same. Raises KeyframesError: also where a file stands that is none of ours.
    """
    while True:
        with suppress(FileExistsError):  # somebody else was faster: that one is looked at
            try:
                fd = opened(path)
            except FileNotFoundError:
                return KeyframesWriter(path, fingerprint, _put_first)
            try:
                _refuse_others(path, fd)
                if _is_fit(path, fingerprint):
                    _lock(fd, fcntl.LOCK_EX)
                    if not again and _is_at(path, fd) and _is_sound(path, fingerprint):
                        return None
                return KeyframesWriter(path, fingerprint, partial(_put_instead, fd))
            finally:
                os.close(fd)


def _refuse_others(path: Path, fd: int) -> None:
    """What somebody keeps under this name is not ours to replace. A file of nothing, the first bytes of ours alone, and
    the NUL bytes that a crash of the machine leaves, are nobody's."""
    beginning = os.pread(fd, len(MARK), 0)
    if not MARK.startswith(beginning) and beginning.strip(b"\0"):
        raise no_keyframes(path)


def _is_fit(path: Path, fingerprint: Fingerprint) -> bool:
    """Whether these are keyframes of the same, and of all of it."""
    try:
        file = KeyframesFile(path, fingerprint)
    except (KeyframesError, FileNotFoundError):
        return False
    file.close()
    return not file.is_outgrown


def _is_sound(path: Path, fingerprint: Fingerprint) -> bool:
    """Whether nothing is missing, and every block can be read."""
    try:
        file = KeyframesFile(path, fingerprint)
    except (KeyframesError, FileNotFoundError):
        return False
    try:
        for place in file.refresh():
            file.read(place)
    except KeyframesError:
        return False
    finally:
        file.close()
    return file.is_whole and not file.is_outgrown


def _is_at(path: Path, fd: int) -> bool:
    try:
        return key_of(path.lstat()) == key_of(os.fstat(fd))
    except OSError:
        return False


def _put_first(made: Path, path: Path) -> None:
    """Where nothing stands. Raises FileExistsError where something does by now."""
    try:
        path.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        made.replace(path)
    else:
        made.unlink()


def _put_instead(of: int, made: Path, path: Path) -> None:
    """In place of this open file. Raises FileExistsError where another stands there by now."""
    _wait_a_little(of)
    if not _is_at(path, of):
        raise FileExistsError(path)
    made.replace(path)


def _wait_a_little(of: int) -> None:
    """Hold what is to be replaced, so that of several who find it stale one does it; not for longer than that takes:
    somebody who builds for other settings holds it to the end."""
    for _again in range(_TRIES):
        try:
            fcntl.flock(of, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sleep(_TRY_SECONDS)
        except OSError:  # a file system without locks
            return
        else:
            return


def _lock(fd: int, how: int) -> None:
    """Wait for one's turn; on a file system without locks there is none."""
    with suppress(OSError):
        fcntl.flock(fd, how)


def _write(fd: int, data: bytes, offset: int) -> int:
    """Write all of it; where it ends."""
    view = memoryview(data)
    while view:
        done = os.pwrite(fd, view, offset)
        view, offset = view[done:], offset + done
    return offset


def _not_written(path: Path, error: OSError) -> KeyframesError:
    return KeyframesError(_("{path}: not written: {reason}").format(path=path, reason=error.strerror))
