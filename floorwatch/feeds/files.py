"""Opens files, folders and patterns as feeds, and has them woken when something changes.

Rules
- `file:` URLs and plain paths mean the same; `~` is the user's home. A pattern (`*`, `?`, `[...]`) may stand in the
  last part only; a file whose very name looks like a pattern is that file.
- What can be waited for is waited for: a file or a folder that is not there yet, or not readable yet. What can never be
  followed (a pipe, a device) is refused when it is opened.
- Without `follow` there is nothing to wait for, and all of that is refused.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from floorwatch.feeds.backfill import Horizon, Sieve, peek
from floorwatch.feeds.content import content_problem
from floorwatch.feeds.documents import DocumentFeed, DocumentLine, Wants
from floorwatch.feeds.folder import FolderFeed
from floorwatch.feeds.listing import list_files
from floorwatch.feeds.reader import kind_problem, open_regular
from floorwatch.feeds.shapes import FeedError, FeedFormat, FeedHealth, FeedLine
from floorwatch.feeds.tail import Tail
from floorwatch.feeds.wake import Wake, Watch
from floorwatch.feeds.whole_file import is_temporary
from floorwatch.words import _

SAMPLE_BYTES = 64 * 1024
_REFRESH_SECONDS = 1.0


class Place(Struct, frozen=True):
    """Where a feed of files lies: a file, or a folder with or without a pattern."""

    path: Path
    is_folder: bool = False
    pattern: str | None = None


def locate(url: str) -> Place:
    """What a `file:` URL or a path names. Raises FeedError for what can never be a feed."""
    path = _path_of(url)
    if any(sign in path.name for sign in "*?[") and not os.path.lexists(path):
        if any(sign in str(path.parent) for sign in "*?["):
            raise FeedError(
                _("{path}: a pattern may stand in the file's name only, not in a folder's").format(path=path)
            )
        return Place(path.parent, is_folder=True, pattern=path.name)
    if path.is_dir():
        return Place(path, is_folder=True)
    try:
        problem = kind_problem(path.stat())
    except OSError:
        problem = None
    if problem is not None:
        raise FeedError(f"{path}: {problem}")
    return Place(path)


def files_of(place: Place) -> list[Path]:
    """The files that are there now, the one last written to first. Raises FeedError when there are none."""
    if not place.is_folder:
        _check(place.path)
        return [place.path]
    try:
        entries = list_files(str(place.path), place.pattern)
        found = sorted(((entry.stat().st_mtime_ns, entry.path) for entry in entries), reverse=True)
    except OSError as error:
        raise FeedError(f"{place.path}: {error.strerror}") from None
    if not found and place.pattern is not None:
        words = _("{path}: no file there has a name like {pattern}")
        raise FeedError(words.format(path=place.path, pattern=place.pattern))
    if not found:
        raise FeedError(_("{path}: there are no files in this folder").format(path=place.path))
    return [Path(path) for _mtime, path in found]


class FileFeed:
    """A followed file or folder, woken by changes from the moment it has caught up."""

    def __init__(self, inner: Tail | FolderFeed | DocumentFeed, wake: Wake, watched: Callable[[], Watch]) -> None:
        self.name = inner.name
        self.health: FeedHealth = inner.health
        self._inner = inner
        self._hub = wake
        self._begin_watch = watched
        self._watch: Watch | None = None
        self._refreshed_at = 0.0

    @property
    def caught_up(self) -> bool:
        """Whether everything that was there at the last drain has been given."""
        return self._inner.caught_up

    def drain(self, now: float, limit: int = 4096) -> Sequence[FeedLine]:
        """Complete lines that have come since, at most `limit`; none when there are none now."""
        lines: Sequence[FeedLine] = self._inner.drain(now, limit)
        if self._watch is None:
            if self._inner.caught_up:
                self._refreshed_at = now
                self._watch = self._begin_watch()
                self._watch.callback()  # what came between this drain and the watch
        elif not 0 <= now - self._refreshed_at < _REFRESH_SECONDS:
            self._refreshed_at = now
            self._watch.refresh()
        if self._watch is not None:
            self.health.polling, self.health.polling_reason = self._watch.polling, self._watch.polling_reason
        return lines

    def close(self) -> None:
        """Let go of files and watches; may be called twice."""
        if self._watch is not None:
            self._watch.close()
        self._inner.close()


class OpenDocuments(Struct, frozen=True):
    """A feed of documents; `judged` is to be told what became of each."""

    feed: FileFeed | DocumentFeed
    judged: Callable[[DocumentLine, str | None], None]


class FileSource:
    """Opens files, folders and patterns; the feeds of one source share its watches."""

    scheme = "file"

    def __init__(self, wake: Wake | None = None) -> None:
        self._wake = Wake() if wake is None else wake

    def open(
        self,
        url: str,
        name: str,
        wake: Callable[[], None],
        horizon: Horizon | None = None,
        fmt: FeedFormat | None = None,
        follow: bool = True,
    ) -> FileFeed | Tail | FolderFeed:
        """The feed called `name`; `horizon` cuts its past, None gives all of the file.

        `fmt`, with its options bound, tells times and what is carried over; without it the past is not cut. Without
        `follow` the feed ends at the end of what is there. Raises FeedError.
        """
        place = locate(url)
        if not follow:
            files_of(place)
        if not place.is_folder:
            tail = Tail(place.path, name, past=Sieve(horizon, fmt), follow=follow)
            return FileFeed(tail, self._wake, lambda: self._watch_file(place.path, wake)) if follow else tail
        folder = FolderFeed(place.path, name, pattern=place.pattern, horizon=horizon, fmt=fmt, follow=follow)
        return FileFeed(folder, self._wake, lambda: self._watch_folder(place.path, wake)) if follow else folder

    def open_documents(
        self, url: str, name: str, wake: Callable[[], None], wants: Wants, *, follow: bool = True
    ) -> OpenDocuments:
        """The feed of the documents at this place; in a plain folder, of those that it `wants`. Without `follow` they
        are given as they lie there. Raises FeedError."""
        place = locate(url)
        if not follow:
            files_of(place)
        chosen = wants if place.is_folder and place.pattern is None else None
        documents = DocumentFeed(lambda: document_paths(place), name, wants=chosen, follow=follow)
        if not follow:
            return OpenDocuments(documents, documents.judged)
        watched = self._watch_folder if place.is_folder else self._watch_file
        return OpenDocuments(FileFeed(documents, self._wake, lambda: watched(place.path, wake)), documents.judged)

    def _watch_file(self, path: Path, wake: Callable[[], None]) -> Watch:
        """The folder of the file and, through a link, that of what it points to; rotated names begin with the name."""
        real = Path(os.path.realpath(path))
        stems = (path.name.partition(".")[0], real.name.partition(".")[0])
        return self._wake.watch((path.parent, real.parent), lambda name: name.startswith(stems), wake)

    def _watch_folder(self, path: Path, wake: Callable[[], None]) -> Watch:
        return self._wake.watch((path,), lambda name: not name.startswith("."), wake)


def document_paths(place: Place) -> list[str]:
    """The documents at this place, by name; what programs leave beside them is none. Raises OSError."""
    if not place.is_folder:
        return [str(place.path)]
    return [entry.path for entry in list_files(str(place.path), place.pattern) if not is_temporary(entry.name)]


def read_sample(path: Path) -> bytes:
    """The first bytes of a file, decompressed. Raises FeedError when it is not readable text."""
    _check(path)
    sample = peek(str(path), SAMPLE_BYTES)
    problem = content_problem(sample[:1024])
    if problem is not None:
        raise FeedError(f"{path}: {problem}")
    return sample


def _path_of(url: str) -> Path:
    if url.startswith("file:"):
        parts = urlsplit(url)
        if parts.netloc not in ("", "localhost"):
            raise FeedError(_("{url}: a file of another machine: write file:///PATH").format(url=url))
        url = unquote(parts.path)
    if not url:
        raise FeedError(_("a feed without a path: name a file, a folder or a pattern"))
    return Path(url).expanduser()


def _check(path: Path) -> None:
    try:
        os.close(open_regular(str(path)))
    except FileNotFoundError:
        raise FeedError(_("{path}: there is no such file").format(path=path)) from None
    except PermissionError:
        raise FeedError(_("{path}: no permission to read it: let this user read it").format(path=path)) from None
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}") from None
