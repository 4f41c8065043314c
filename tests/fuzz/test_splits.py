"""The same bytes, however they come: any cut, any look in between, any rotation, and the floor is the same."""

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from floorwatch.feeds.part import GRACE_SECONDS
from floorwatch.feeds.shapes import FeedLine
from floorwatch.feeds.tail import Tail
from tests.feeds.log_files import append, copytruncate, rotate
from tests.fuzz.compared import Ours, Rules, differences, theirs_of
from tests.fuzz.damage import damaged
from tests.fuzz.floors import BEGAN, Switch
from tests.fuzz.reference_figures import State, state_of

RULES = Rules("Asia/Shanghai")
READ_AT = BEGAN + 3 * 86_400.0


def log_of(chance: Random, lines: int, share: float) -> bytes:
    """A log with some of its lines hurt, some of them ended as other systems do, and the last one not ended."""
    ends = (b"\n", b"\n", b"\n", b"\r\n", b"\n\0\0\n", b"\n\n")
    whole = damaged(chance, Switch(chance, BEGAN).run(lines), share)
    text = b"".join(line.replace(b"\n", b"") + chance.choice(ends if share else ends[:1]) for line in whole)
    return (b"\xef\xbb\xbf" if chance.random() < 0.3 else b"") + text + b"17953"


def plain_lines(raw: bytes) -> Iterator[bytes]:
    """The lines of a file by the rules of docs/feeds.md: a line counts when its end has come, a CR before LF belongs to
    the end, NUL bytes at its start are a hole, and a byte order mark is none of it."""
    for piece in raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")[:-1]:
        line = piece.lstrip(b"\0")
        if line or not piece:
            yield line.removesuffix(b"\r")


def last_stamp(raw: bytes) -> float:
    stamps = [line.partition(b"|")[0] for line in plain_lines(raw)]
    return float(max((int(stamp) for stamp in stamps if stamp.isdigit() and len(stamp) == 10), default=BEGAN))


def expected(raw: bytes) -> State:
    """What the reference makes of the lines."""
    floor = theirs_of(RULES)
    for line in plain_lines(raw):
        floor.read("queue_log", READ_AT, line)
    return without_receipt(state_of(floor, last_stamp(raw)))


def without_receipt(state: State) -> State:
    """All but when the last line came: that is the only thing that a cut may change."""
    feeds = {name: {**feed, "last_line_at": READ_AT} for name, feed in state["feeds"].items()}
    return {**state, "feeds": feeds}


def floor_of(lines: Sequence[FeedLine], raw: bytes) -> State:
    floor = Ours(RULES)
    for line in lines:
        floor.read("queue_log", READ_AT, line.raw)
    return without_receipt(floor.state(last_stamp(raw)))


def drained(tail: Tail, now: float, limit: int = 4096) -> list[FeedLine]:
    lines = list(tail.drain(now, limit))
    while not tail.caught_up:
        lines += tail.drain(now, limit)
    return lines


class Writer:
    """Writes a log in pieces, and has it rotated where a line has ended; whoever follows it looks whenever."""

    def __init__(self, chance: Random, log: Path) -> None:
        self._chance = chance
        self._log = log
        self._tail = Tail(log, "queue_log")
        self._now = READ_AT
        self._ends_a_line = True
        self.lines = drained(self._tail, self._now)
        self.rotations = 0

    def write(self, raw: bytes) -> None:
        """The next piece, then perhaps a look, a pause or a rotation."""
        append(self._log, raw)
        self._ends_a_line = raw.endswith(b"\n")
        for _ in range(self._chance.randint(0, 2)):
            self._chance.choice((self._look, self._look_a_little, self._wait, self._rotate, self._truncate))()

    def finish(self) -> None:
        """Look until every file that was rotated is over."""
        for _ in range(4 + 2 * self.rotations):
            self._wait()
            self._look()
        self._tail.close()

    def _look(self) -> None:
        self.lines += drained(self._tail, self._now)

    def _look_a_little(self) -> None:
        self.lines += self._tail.drain(self._now, self._chance.randint(1, 5))

    def _wait(self) -> None:
        self._now += GRACE_SECONDS

    def _rotate(self) -> None:
        """A new file with an inode of its own."""
        if self._ends_a_line and self._log.stat().st_size:
            self.rotations += 1
            rotate(self._log)
            fresh = self._log.with_name("fresh")
            fresh.touch()
            fresh.replace(self._log)

    def _truncate(self) -> None:
        """`copytruncate`, which takes nothing along only where all was copied."""
        if self._ends_a_line and self._log.stat().st_size:
            self.rotations += 1
            copytruncate(self._log)
            found = self._log.stat()
            os.utime(self._log, ns=(found.st_atime_ns, found.st_mtime_ns + 1))


def cut(chance: Random, raw: bytes, pieces: int) -> list[bytes]:
    edges = sorted({0, len(raw), *(chance.randrange(len(raw)) for _ in range(pieces))})
    if chance.random() < 0.5:  # at line ends: there a file may be rotated
        edges = sorted({0, len(raw), *(raw.rfind(b"\n", 0, edge) + 1 for edge in edges)})
    return [raw[start:end] for start, end in pairwise(edges)]


def test_a_short_log_may_be_cut_at_every_byte(tmp_path: Path) -> None:
    raw = log_of(Random(3), 9, 30)
    wanted = expected(raw)
    assert wanted["total"]["offered"]
    for at in range(len(raw) + 1):
        log = tmp_path / f"{at}" / "queue_log"
        log.parent.mkdir()
        append(log, raw[:at])
        tail = Tail(log, "queue_log")
        lines = drained(tail, READ_AT)
        append(log, raw[at:])
        lines += drained(tail, READ_AT)
        tail.close()
        assert not list(differences(floor_of(lines, raw), wanted)), at


def test_a_log_may_come_byte_by_byte(tmp_path: Path) -> None:
    raw = log_of(Random(4), 12, 0)
    tail, lines = Tail(tmp_path / "queue_log", "queue_log"), list[FeedLine]()
    for at in range(len(raw)):
        append(tmp_path / "queue_log", raw[at : at + 1])
        lines += tail.drain(READ_AT)
    tail.close()
    assert not list(differences(floor_of(lines, raw), expected(raw)))


@pytest.mark.parametrize("share", [0, 10])
def test_a_log_may_come_in_any_pieces_looked_at_and_rotated_at_any_time(share: int, tmp_path: Path) -> None:
    rotations = 0
    for seed in range(40):
        chance = Random(seed)
        raw = log_of(chance, 60, share).removesuffix(b"17953")
        # A mark belongs to the beginning of a file, and this log has several.
        raw = raw.removeprefix(b"\xef\xbb\xbf")
        log = tmp_path / f"{seed}" / "queue_log"
        log.parent.mkdir()
        log.touch()
        writer = Writer(chance, log)
        for piece in cut(chance, raw, 14):
            writer.write(piece)
        writer.finish()
        rotations += writer.rotations
        assert [line.raw for line in writer.lines] == list(plain_lines(raw)), seed
        assert not list(differences(floor_of(writer.lines, raw), expected(raw))), seed
    assert rotations > 40
