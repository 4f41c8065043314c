"""Where the keyframes of a recording are kept: beside it, or in the user's cache where nothing can be written there.

Rules
- What somebody else keeps beside the recording is left alone, and not read: it is theirs.
- A stale file is replaced in its place. In the cache, those used longest ago go once there are more than MOST_KEPT:
  their recordings may be gone, and whatever goes can be built again.
"""

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from floorwatch.settings.find import keyframes_folder
from floorwatch.settings.own_folders import make_own

ENDING = ".keyframes"
MOST_KEPT = 20


def place_of(recording_path: str | os.PathLike[str]) -> Path:
    """The file of keyframes of this recording. It need not be there, nor its folder."""
    recording = Path(os.path.realpath(recording_path))
    beside = recording.with_name(recording.name + ENDING)
    return beside if _is_ours(beside) else keyframes_folder() / f"{_name_of(recording)}{ENDING}"


def make_room(path: Path) -> None:
    """Make the folder for this file, and, in the cache, room for it."""
    make_own(path.parent)
    if path.parent != keyframes_folder():
        return
    with suppress(OSError):  # somebody else may be making room at this moment
        others = [each for each in path.parent.glob(f"*{ENDING}") if each != path]
        for each in sorted(others, key=_used_at, reverse=True)[MOST_KEPT - 1 :]:
            each.unlink(missing_ok=True)


def _is_ours(beside: Path) -> bool:
    """Whether this user may keep a file there, and nobody else does."""
    if not os.access(beside.parent, os.W_OK | os.X_OK):
        return False
    try:
        return beside.lstat().st_uid == os.getuid()
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _name_of(recording: Path) -> str:
    return blake2b(os.fsencode(recording), digest_size=12).hexdigest()


def _used_at(path: Path) -> float:
    found = path.stat()
    return max(found.st_atime, found.st_mtime)
