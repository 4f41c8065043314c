"""Why a path is no feed that this user can read: not there, no rights, empty, or something else than it should be.

Rules
- The first thing that stands in the way is named: of a path it is the folder, not what lies in it.
- What is said of rights names owner, group and mode, and a command that mends it.
"""

import difflib
import os
import re
import shlex
import stat
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from floorwatch.feeds.files import Place, files_of, locate, read_sample
from floorwatch.feeds.shapes import FeedError
from floorwatch.settings import system_user
from floorwatch.words import _

_KNOWN = (
    (rb"\[[^]]{8,30}\] (NOTICE|WARNING|ERROR|VERBOSE|DEBUG|SECURITY)\[", "asterisk"),
    (rb'("[^"\n]*",){7}', "cdr"),
    (rb"\s*<(\?xml|!DOCTYPE|html)", "markup"),
    (rb"\S+ \S+ \S+ \[\d\d/\w{3}/\d{4}:", "web"),
    (rb"\w{3} +\d+ \d\d:\d\d:\d\d \S+ \S+:", "syslog"),
    (rb"(\s*([;#][^\n]*)?\n)*\s*\[[^]\n]+\]\s*\n", "settings"),
)


class Trouble(Struct, frozen=True):
    """What stands in the way, and what to do. `is_missing`: it may still come."""

    says: str
    do: str
    is_missing: bool = False


def path_trouble(url: str) -> Trouble | None:
    """Why there is nothing to read at this path, folder or pattern; None when there is."""
    try:
        place = locate(url)
    except FeedError as error:
        return Trouble(str(error), _("name a file, a folder or a pattern of files"))
    except OSError:  # a folder on the way that may not be entered
        place = Place(Path(url))
    return _in_the_way(place.path) or (_trouble_in(place) if place.is_folder else _trouble_of(place.path))


def looks_like(sample: bytes) -> str | None:
    """What the first bytes of a text look like, where that is known and is no feed."""
    words = {
        "asterisk": _("Asterisk's own log of messages; the queue log is another file, usually queue_log beside it"),
        "cdr": _("call records (CDR); the queue log is another file, usually /var/log/asterisk/queue_log"),
        "markup": _("a page of HTML or XML"),
        "web": _("the log of a web server"),
        "syslog": _("the log of the system"),
        "settings": _("a file of settings"),
    }
    return next((words[kind] for pattern, kind in _KNOWN if re.match(pattern, sample)), None)


def may_not(path: Path, found: os.stat_result, user: str) -> Trouble:
    """What to say where `user` may not read the file, or enter the folder, of which `found` is known."""
    owner, group, mode = _owner(found), _group(found), stat.filemode(found.st_mode)
    said = _("{path}: {user} may not read it (owner {owner}, group {group}, {mode})")
    says = said.format(path=path, user=user, owner=owner, group=group, mode=mode)
    is_folder = stat.S_ISDIR(found.st_mode)
    wanted = stat.S_IRGRP | (stat.S_IXGRP if is_folder else 0)
    if found.st_gid and found.st_mode & wanted == wanted:  # nobody joins the group of root for a log
        do = _("as root: usermod -aG {group} {user}, then sign in again")
    elif is_folder:
        do = _("as root: setfacl -m u:{user}:rx {path}")
    else:
        do = _("as root: setfacl -m u:{user}:r {path}, also for the files that it is rotated into")
    return Trouble(says, do.format(group=group, user=user, path=shlex.quote(str(path))))


def _in_the_way(path: Path) -> Trouble | None:
    """The first folder above `path` that is not there, or may not be entered."""
    for folder in reversed(path.absolute().parents):
        try:
            found = folder.stat()
        except OSError:
            return _missing(folder, _("there is no folder {path}"))
        if not stat.S_ISDIR(found.st_mode):
            return Trouble(_("{path} is a file, not a folder").format(path=folder), _("correct the path"))
        if not os.access(folder, os.X_OK):
            return may_not(folder, found, system_user())
    return None


def _trouble_of(path: Path) -> Trouble | None:
    try:
        found = path.stat()
    except OSError:
        return _missing(path, _("there is no file {path}"))
    if not os.access(path, os.R_OK):
        return may_not(path, found, system_user())
    if not found.st_size:
        return Trouble(
            _("{path}: nothing is in it").format(path=path),
            _("make a call, or look whether the switch writes another file"),
            is_missing=True,
        )
    return None


def _trouble_in(place: Place) -> Trouble | None:
    try:
        found = place.path.stat()
    except OSError:
        return _missing(place.path, _("there is no folder {path}"))
    if not os.access(place.path, os.R_OK | os.X_OK):
        return may_not(place.path, found, system_user())
    try:
        files = files_of(place)
    except FeedError as error:
        return Trouble(str(error), _("correct the path, or have files written there"), is_missing=True)
    return next((trouble for file in files if (trouble := _trouble_of(file)) and not trouble.is_missing), None)


def _missing(path: Path, said: str) -> Trouble:
    near = [str(path.with_name(name)) for name in difflib.get_close_matches(path.name, _names_beside(path), 3)]
    hint = _("did you mean {near}?").format(near=", ".join(near)) if near else _("correct the path")
    return Trouble(said.format(path=path), hint, is_missing=True)


def _names_beside(path: Path) -> Sequence[str]:
    try:
        return os.listdir(path.parent)  # noqa: PTH208  # names are what is compared
    except OSError:
        return ()


def _owner(found: os.stat_result) -> str:
    try:
        import pwd  # Windows has none

        return pwd.getpwuid(found.st_uid).pw_name
    except (ImportError, KeyError):
        return str(found.st_uid)


def _group(found: os.stat_result) -> str:
    try:
        import grp

        return grp.getgrgid(found.st_gid).gr_name
    except (ImportError, KeyError):
        return str(found.st_gid)


def sample_of(path: Path) -> bytes:
    """The first bytes of a file; b"" for what is no text, or cannot be read."""
    try:
        return read_sample(path)
    except (FeedError, OSError):
        return b""
