"""Whatever a logger and a rotator do, and whenever the follower looks: every line once, in order."""

import gzip
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.feeds.folder import FolderFeed
from floorwatch.feeds.part import GRACE_SECONDS
from floorwatch.feeds.tail import Tail
from tests.feeds.log_files import NOW, append, copytruncate, drained, rotate, shift

STEPS = st.lists(
    st.sampled_from(
        ["write", "write", "half", "drain", "drain", "wait", "park", "rotate", "late", "copytruncate", "gzip", "copy"]
    ),
    max_size=40,
)


class Logger:
    """Writes numbered lines, and has its file rotated in every way that loses nothing."""

    def __init__(self, folder: str) -> None:
        self.log = Path(folder) / "queue_log"
        self.written: list[bytes] = []
        self._half = b""
        self.log.touch()

    def write(self) -> None:
        line = b"%d is the number of this line" % len(self.written)
        append(self.log, line[len(self._half) :] + b"\n")
        self.written.append(line)
        self._half = b""

    def half(self) -> None:
        if not self._half:
            self._half = b"%d is" % len(self.written)
            append(self.log, self._half)

    def rotate(self) -> None:
        self._finish()
        rotate(self.log)
        self._new_file()

    def late(self) -> None:
        """A rotation whose writer is late to let go of the old file."""
        self._finish()
        rotate(self.log)
        line = b"%d is the number of this late line" % len(self.written)
        append(self.log.with_name("queue_log.1"), line + b"\n")
        self.written.append(line)
        self._new_file()

    def copytruncate(self) -> None:
        self._finish()
        copytruncate(self.log)

    def gzip(self) -> None:
        """A rotation that compresses at once, as gzip does: the archive has the file's times."""
        self._finish()
        shift(self.log)
        archive = self.log.with_name("queue_log.1.gz")
        archive.write_bytes(gzip.compress(self.log.read_bytes()))
        found = self.log.stat()
        os.utime(archive, ns=(found.st_atime_ns, found.st_mtime_ns))
        self._new_file()

    def copy(self) -> None:
        """A grown copy in its place, as rsync leaves it."""
        self._finish()
        fresh = self.log.with_name("fresh")
        fresh.write_bytes(self.log.read_bytes())
        line = b"%d is the number of this copied line" % len(self.written)
        append(fresh, line + b"\n")
        self.written.append(line)
        fresh.replace(self.log)

    def _finish(self) -> None:
        if self._half:
            self.write()

    def _new_file(self) -> None:
        """With an inode of its own: one that is used again at once cannot be told from a truncation."""
        fresh = self.log.with_name("fresh")
        fresh.touch()
        fresh.replace(self.log)


def followed(feed: Tail | FolderFeed, logger: Logger, steps: list[str]) -> list[bytes]:
    now, lines = NOW, drained(feed, NOW)
    for step in steps:
        match step:
            case "drain":
                lines += drained(feed, now)
            case "wait":
                now += GRACE_SECONDS
            case "park":
                if isinstance(feed, Tail) and feed.settled:
                    feed.park()
            case _:
                getattr(logger, step)()
    for _ in range(20):
        now += GRACE_SECONDS
        lines += drained(feed, now)
    feed.close()
    return lines


@settings(max_examples=150)
@given(STEPS)
def test_a_followed_file_gives_every_line_once_and_in_order(steps: list[str]) -> None:
    with TemporaryDirectory() as folder:
        logger = Logger(folder)
        assert followed(Tail(logger.log, "feed"), logger, steps) == logger.written


@settings(max_examples=60)
@given(STEPS)
def test_a_followed_folder_gives_every_line_once_and_in_order(steps: list[str]) -> None:
    with TemporaryDirectory() as folder:
        logger = Logger(folder)
        feed = FolderFeed(folder, "feed", pattern="queue_log*")
        assert followed(feed, logger, steps) == logger.written
