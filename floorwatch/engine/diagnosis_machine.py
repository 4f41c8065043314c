"""What `floorwatch doctor` finds about the machine: Python, its clock, memory, folders, file watches; and about the
versions of floorwatch and of the libraries it needs.
"""

import ctypes
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from floorwatch import __version__
from floorwatch.engine.diagnosis import Check, Finding, fine, look, wrong
from floorwatch.engine.diagnosis_journal import nearest_folder, room_found, size_in_words, write_problem
from floorwatch.engine.system_clock import SystemClock
from floorwatch.extend.version import API_VERSION
from floorwatch.settings import log_folder
from floorwatch.settings.find import own_log_file
from floorwatch.text import inert
from floorwatch.words import _

LEAST_PYTHON = (3, 11)
LITTLE_MEMORY = 200 * 2**20
FEW_WATCHES = 8
_CLOCK_SECONDS = 2.0
_UNSYNCHRONISED = 5  # TIME_ERROR of adjtimex
_PROC = Path("/proc")
_NEED = re.compile(r"([A-Za-z0-9._-]+)\s*(?:\[[^]]*\])?\s*(?:\(?>=\s*([0-9.]+))?")


def machine_found() -> Iterator[Finding]:
    """Everything about the machine."""
    yield _python()
    yield from _clock()
    yield from _memory()
    for folder in (Path(tempfile.gettempdir()), log_folder()):
        yield _folder(folder)
    yield _own_log(own_log_file())
    yield from watches_found()


def versions_found() -> Iterator[Finding]:
    """floorwatch, and each library that it needs."""
    said = _("floorwatch {version}, plugin API {api}").format(version=__version__, api=API_VERSION)
    yield fine(Check.VERSION_FLOORWATCH, said)
    for need in _needs():
        yield _library(need)


def watches_found(proc: Path = _PROC) -> Iterator[Finding]:
    """How many more folders the system would watch for this user; nothing where it does not say (inotify is
    Linux's)."""
    limits = proc / "sys" / "fs" / "inotify"
    try:
        most = int((limits / "max_user_instances").read_text())
        watches = int((limits / "max_user_watches").read_text())
    except (OSError, ValueError):
        return
    left = most - _instances(proc)
    said = _("{left} of {most} watchers left to this user, each with up to {watches} folders")
    text = said.format(left=max(0, left), most=most, watches=watches)
    if left >= FEW_WATCHES:
        yield fine(Check.MACHINE_WATCHES, text)
    else:
        do = _("as root: sysctl fs.inotify.max_user_instances=1024; until then feeds are looked at twice a second")
        yield look(Check.MACHINE_WATCHES, text, do)


def _python() -> Finding:
    said = _("Python {version} on {system}").format(version=platform.python_version(), system=platform.platform())
    if sys.version_info[:2] >= LEAST_PYTHON:
        return fine(Check.MACHINE_PYTHON, said)
    return wrong(Check.MACHINE_PYTHON, said, _("install Python 3.11 or later"))


def _clock() -> Iterator[Finding]:
    apart = _files_ahead()
    if apart is not None and abs(apart) > _CLOCK_SECONDS:
        says = _("a file that is written now is dated {apart:+.0f} seconds off the machine's clock").format(apart=apart)
        yield look(Check.MACHINE_CLOCK, says, _("have the disk's server and this machine follow one time server"))
    synchronised = _is_synchronised()
    if synchronised is False:
        says = _("the system does not say that its clock follows a time server")
        do = _("install chrony or systemd-timesyncd, unless the clock is set from outside (a container, a guest)")
        yield look(Check.MACHINE_CLOCK, says, do)
    elif apart is None or abs(apart) <= _CLOCK_SECONDS:
        said = _("follows a time server") if synchronised else _("agrees with the dates of files")
        yield fine(Check.MACHINE_CLOCK, said)


def _files_ahead() -> float | None:
    """How far the date of a file that is written now lies ahead of the machine's clock, in seconds."""
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"floorwatch")
            file.flush()
            return os.fstat(file.fileno()).st_mtime - SystemClock().now()
    except OSError:
        return None


def _is_synchronised() -> bool | None:
    """Whether the kernel says that the clock follows another; None where it does not say."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        # A struct timex of zeros asks and changes nothing; with room for any version of it.
        answer = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.create_string_buffer(1024))
    except (OSError, AttributeError):
        return None
    return None if answer < 0 else answer != _UNSYNCHRONISED


def _memory() -> Iterator[Finding]:
    try:
        text = (_PROC / "meminfo").read_text("ascii", "replace")
    except OSError:
        return
    available = re.search(r"^MemAvailable:\s+(\d+) kB", text, re.MULTILINE)
    if available is None:
        return
    free = int(available[1]) * 1024
    said = _("{free} of memory available").format(free=size_in_words(free))
    if free >= LITTLE_MEMORY:
        yield fine(Check.MACHINE_MEMORY, said)
    else:
        yield look(Check.MACHINE_MEMORY, said, _("end what is not needed: a large floor takes some 200 MiB"))


def _folder(folder: Path) -> Finding:
    """A folder that floorwatch writes in, or the one in which it would be made."""
    there = folder if folder.is_dir() else nearest_folder(folder)
    if (problem := write_problem(there)) is not None:
        says = _("{folder}: nothing can be written there ({why})").format(folder=there, why=problem)
        return wrong(Check.MACHINE_FOLDERS, inert(says), _("allow it for this user, and look whether the disk is full"))
    return room_found(Check.MACHINE_FOLDERS, there)


def _own_log(file: Path) -> Finding:
    """Where floorwatch's own log is; one that is not there yet is as good."""
    if file.exists() and not os.access(file, os.W_OK):
        says = _("{file}: floorwatch's own log cannot be written").format(file=file)
        return look(Check.MACHINE_LOG, inert(says), _("allow it for this user, or move the file away"))
    return fine(Check.MACHINE_LOG, inert(_("floorwatch's own log is {file}").format(file=file)))


def _instances(proc: Path) -> int:
    """The watchers that this user's processes hold, as far as they may be looked at."""
    count, user = 0, os.getuid() if hasattr(os, "getuid") else 0
    for process in proc.iterdir():
        try:
            if process.name.isdigit() and process.stat().st_uid == user:
                count += sum("inotify" in str(handle.readlink()) for handle in (process / "fd").iterdir())
        except OSError:  # it ended meanwhile, or is somebody else's
            continue
    return count


def _needs() -> Iterator[tuple[str, str]]:
    """The libraries that floorwatch needs, each with its least version, as its own package says."""
    try:
        requires = metadata.requires("floorwatch") or ()
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        requires = ()
    for line in requires:
        need, _semicolon, marker = line.partition(";")
        if (found := _NEED.match(need)) is not None and "extra" not in marker:
            yield found[1], found[2] or ""


def _library(need: tuple[str, str]) -> Finding:
    name, least = need
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        says = _("not installed, and needed")
        return wrong(Check.VERSION_LIBRARY, says, _("install floorwatch again, with its requirements"), name)
    if _numbers(version) < _numbers(least):
        says = _("{version}, older than {least}").format(version=version, least=least)
        return wrong(Check.VERSION_LIBRARY, says, _("install floorwatch again, with its requirements"), name)
    return fine(Check.VERSION_LIBRARY, version, name)


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version; two are enough to be held against each other."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
