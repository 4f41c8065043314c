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


def rotate(path: Path, *, keep: int = 5) -> None:
    """As logrotate: .1 is the newest."""
    for number in range(keep, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.rename(path.with_name(f"{path.name}.{number + 1}"))
    path.rename(path.with_name(f"{path.name}.1"))


def drained(feed: Feed, now: float = NOW, limit: int = 4096) -> list[bytes]:
    lines = [line.raw for line in feed.drain(now, limit)]
    while not feed.caught_up:
        lines += [line.raw for line in feed.drain(now, limit)]
    return lines


def past_grace(feed: Feed, now: float = NOW) -> list[bytes]:
    return drained(feed, now) + drained(feed, now + GRACE_SECONDS)


def copytruncate(path: Path) -> None:
    for number in range(5, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.rename(path.with_name(f"{path.name}.{number + 1}"))
    shutil.copy(path, path.with_name(f"{path.name}.1"))
    os.truncate(path, 0)
