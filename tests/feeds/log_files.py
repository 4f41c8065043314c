"""What loggers and rotators do to files, and reading a feed until it has caught up."""

import gzip
import os
import shutil
from pathlib import Path

from floorwatch.feeds.part import GRACE_SECONDS
from floorwatch.feeds.shapes import Feed

NOW = 1_795_300_000.0


def append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


def shift(path: Path, *, keep: int = 200) -> None:
    """As logrotate: .1 becomes .2, and so on, archives too."""
    for number in range(keep, 0, -1):
        for suffix in ("", ".gz"):
            older = path.with_name(f"{path.name}.{number}{suffix}")
            if older.exists():
                older.rename(path.with_name(f"{path.name}.{number + 1}{suffix}"))


def rotate(path: Path) -> None:
    """As logrotate: .1 is the newest."""
    shift(path)
    path.rename(path.with_name(f"{path.name}.1"))


def drained(feed: Feed, now: float = NOW, limit: int = 4096) -> list[bytes]:
    lines = [line.raw for line in feed.drain(now, limit)]
    while not feed.caught_up:
        lines += [line.raw for line in feed.drain(now, limit)]
    return lines


def past_grace(feed: Feed, now: float = NOW) -> list[bytes]:
    return drained(feed, now) + drained(feed, now + GRACE_SECONDS)


def copytruncate(path: Path) -> None:
    """As logrotate with `copytruncate`."""
    shift(path)
    shutil.copy(path, path.with_name(f"{path.name}.1"))
    os.truncate(path, 0)


def gzipped(path: Path) -> Path:
    """The archive of a file beside it, with the time of the file, as gzip(1) makes it."""
    archive = path.with_name(f"{path.name}.gz")
    archive.write_bytes(gzip.compress(path.read_bytes()))
    found = path.stat()
    os.utime(archive, ns=(found.st_atime_ns, found.st_mtime_ns))
    return archive
