"""Says that a file may have grown: by the system's file events where they come, else by looking every half second.

Rules
- A wake-up is a hint: the feeds are drained once a second anyway, so a lost event costs a second and no line.
- The folders of the files are watched, not the files: names come and go there.
- Network and shared file systems do not tell of what others write: they are looked at. So is everything once the system
  has no more watches to give; `Watch.polling` says so.
- watchdog calls back with its own lock held: nothing on that path may take ours, since schedule() takes both the other
  way round. So what it reads is replaced, never changed in place.
- watchdog costs 40 ms to import: it is imported when the first folder is watched, in a feed's own thread.
"""

import errno
import os
import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from floorwatch.words import _

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

_POLL_SECONDS = 0.5
_LIMITS = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENFILE})
_SILENT = frozenset(
    {
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "drvfs",
        "fuse",
        "glusterfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "prl_fs",
        "smb3",
        "smbfs",
    }
    | {"vboxsf", "virtiofs", "vmhgfs"}
)

Wants: TypeAlias = Callable[[str], bool]
"""Whether a change of the file of that name, in the watched folder, is of interest."""


class Watch:
    """One feed's wish to be woken. Made by `Wake.watch`."""

    def __init__(self, wake: "Wake", folders: tuple[str, ...], wants: Wants, callback: Callable[[], None]) -> None:
        self.polling = False
        self.polling_reason = ""
        self.folders = folders
        self.wants = wants
        self.callback = callback
        self._wake = wake

    def refresh(self) -> None:
        """Watch folders that were made, or made anew, since. Cheap; called by the feed about once a second."""
        self._wake.refresh(self)

    def close(self) -> None:
        """Wake no more; may be called twice."""
        self._wake.forget(self)


class _Folder:
    """A watched folder: the inode that is watched, the system's watch (None: it is looked at), and who cares."""

    def __init__(self, inode: int | None, observed: "ObservedWatch | None") -> None:
        self.inode = inode
        self.observed = observed
        self.why_not = ""
        self.watches: tuple[Watch, ...] = ()


class Wake:
    """Watches folders for all feeds of a source. Callable from any thread; calls back from its own."""

    def __init__(self, poll_seconds: float = _POLL_SECONDS) -> None:
        self._poll_seconds = poll_seconds
        self._lock = threading.Lock()
        self._folders: dict[str, _Folder] = {}
        self._observer: BaseObserver | None = None
        self._no_more = False  # the system has no more watches to give
        self._stop = threading.Event()
        self._poller: threading.Thread | None = None

    def watch(self, folders: Iterable[str | Path], wants: Wants, callback: Callable[[], None]) -> Watch:
        """Call `callback` when a file that `wants` names may have changed in one of the folders."""
        watch = Watch(self, tuple(dict.fromkeys(os.fspath(folder) for folder in folders)), wants, callback)
        self.refresh(watch)
        return watch

    def refresh(self, watch: Watch) -> None:
        """Bring the watches of these folders up to date."""
        with self._lock:
            for path in watch.folders:
                self._attend(path, watch)
            known = (folder for path in watch.folders if (folder := self._folders.get(path)) is not None)
            looked_at = [folder for folder in known if folder.observed is None and folder.inode is not None]
            watch.polling = bool(looked_at)
            watch.polling_reason = looked_at[0].why_not if looked_at else ""
            if watch.polling and self._poller is None:
                self._stop.clear()
                self._poller = threading.Thread(target=self._poll, name="feed poll", daemon=True)
                self._poller.start()

    def forget(self, watch: Watch) -> None:
        """Wake this one no more; what nobody watches any more is let go."""
        with self._lock:
            for path in watch.folders:
                folder = self._folders.get(path)
                if folder is None or watch not in folder.watches:
                    continue
                folder.watches = tuple(each for each in folder.watches if each is not watch)
                if not folder.watches:
                    self._release(folder)
                    del self._folders[path]
            observer, self._observer = (None, self._observer) if self._folders else (self._observer, None)
            if not self._folders:
                self._stop.set()
                self._poller = None
        if observer is not None:
            observer.stop()  # outside the lock: its thread may be waiting for it

    def _attend(self, path: str, watch: Watch) -> None:
        inode = _inode(path)
        folder = self._folders.get(path)
        if folder is None:
            folder = self._folders[path] = _Folder(None, None)
        if folder.inode != inode:
            self._release(folder)
            folder.inode = inode
            folder.observed = None if inode is None else self._observe(path)
            folder.why_not = self._why_not(path) if folder.observed is None and inode is not None else ""
        if watch not in folder.watches:
            folder.watches = (*folder.watches, watch)

    def _observe(self, path: str) -> "ObservedWatch | None":
        """Have the system watch a folder; None when it cannot, or would not tell."""
        if self._no_more or silent_file_system(path) is not None:
            return None
        from watchdog import events
        from watchdog.observers import Observer

        wake = self

        class Handler(events.FileSystemEventHandler):
            def dispatch(self, event: events.FileSystemEvent) -> None:
                paths = (os.fsdecode(each) for each in (event.src_path, event.dest_path) if each)
                wake.changed(path, [os.path.basename(each) for each in paths])  # noqa: PTH119  # strings come and are wanted

        try:
            if self._observer is None:
                self._observer = Observer()
                self._observer.start()
            # Not all kinds: a feed's own opening and closing of files would wake it again.
            kinds: list[type[events.FileSystemEvent]] = [
                events.FileCreatedEvent,
                events.FileDeletedEvent,
                events.FileModifiedEvent,
                events.FileMovedEvent,
            ]
            return self._observer.schedule(Handler(), path, event_filter=kinds)
        except RuntimeError:  # no thread to be had
            self._no_more = True
        except OSError as error:
            self._no_more = error.errno in _LIMITS
        return None

    def _why_not(self, path: str) -> str:
        """Why the system does not watch this folder for us, for people."""
        kind = silent_file_system(path)
        if kind is not None:
            return _("the file system {kind} does not tell of what others write").format(kind=kind)
        if self._no_more:
            return _("the system has no more watches to give")
        return _("the system cannot watch {path}").format(path=path)

    def _release(self, folder: _Folder) -> None:
        observed, folder.observed = folder.observed, None
        if observed is None or self._observer is None:
            return
        try:
            self._observer.unschedule(observed)
        except (KeyError, OSError):
            return  # the system gave the watch up itself: its folder is gone

    def changed(self, path: str, names: Collection[str]) -> None:
        """Something happened to files of these names in a watched folder."""
        folder = self._folders.get(path)
        for watch in () if folder is None else folder.watches:
            if any(watch.wants(name) for name in names):
                watch.callback()

    def _poll(self) -> None:
        seen: dict[str, dict[str, tuple[int, int, int]]] = {}
        while not self._stop.wait(self._poll_seconds):
            with self._lock:
                looked_at = {path: each.watches for path, each in self._folders.items() if each.observed is None}
            for path, watches in looked_at.items():
                there, before = _signatures(path, watches), seen.get(path, {})
                seen[path] = there
                self.changed(path, [name for name in there if there[name] != before.get(name)])


class NoWake(Wake):
    """For whoever reads what is there and goes: nothing is watched, nobody is woken."""

    def watch(self, folders: Iterable[str | Path], wants: Wants, callback: Callable[[], None]) -> Watch:  # noqa: ARG002  # a wake's own parameters
        """A watch of no folder."""
        return super().watch((), wants, callback)


def _inode(path: str) -> int | None:
    try:
        return os.stat(path).st_ino  # noqa: PTH116  # paths are strings here
    except OSError:
        return None


def _signatures(path: str, watches: Iterable[Watch]) -> dict[str, tuple[int, int, int]]:
    found: dict[str, tuple[int, int, int]] = {}
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if any(watch.wants(entry.name) for watch in watches):
                    stat = entry.stat()
                    found[entry.name] = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
    except OSError:  # gone meanwhile, or a file in it: the next look sees
        return found
    return found


def silent_file_system(path: str) -> str | None:
    """The type of the file system that holds `path` where it does not tell of what others write ("nfs4"); None where
    the system tells."""
    kind = _file_system(path)
    return kind if kind.partition(".")[0] in _SILENT else None


def _file_system(path: str) -> str:
    """The type of the file system that holds `path`, "" where the system does not say."""
    real = os.path.realpath(path)
    best, kind = "", ""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    for mount in mounts:
        fields = mount.split(" ")
        point = fields[1].replace("\\040", " ") if len(fields) > 2 else ""
        if len(point) >= len(best) and (real + "/").startswith(point.rstrip("/") + "/"):
            best, kind = point, fields[2]
    return kind
