"""What loggers and rotators do to files, and reading a feed until it has caught up."""

import os
import shutil
from pathlib import Path

from floorwatch.feeds.part import GRACE_SECONDS
from floorwatch.feeds.shapes import Feed

NOW = 1_795_300_000.0


def append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


def shift(path: Path, *, keep: int = 40) -> None:
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
