"""The start of the day: today in full, what is carried over, and several feeds in one order."""

import gzip
import os
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.feeds.backfill import Horizon, Sieve, merge_backfill
from floorwatch.feeds.jsonl import JsonLines, encode
from floorwatch.feeds.shapes import FeedLine
from floorwatch.feeds.tail import Tail
from floorwatch.model.events import AgentPaused, CallEntered
from tests.feeds.log_files import NOW, append, copytruncate, drained, past_grace, rotate

DAY = 86_400.0
MIDNIGHT = NOW - 40_000
HORIZON = Horizon(MIDNIGHT, carry_since=MIDNIGHT - 7 * DAY, full_since=MIDNIGHT - 7_200)


def pause(at: float) -> bytes:
    return encode(AgentPaused(at, "Li")) + b"\n"


def call(at: float) -> bytes:
    return encode(CallEntered(at, f"c{at}", "q")) + b"\n"


def past_tail(log: Path, horizon: Horizon | None = HORIZON, *, follow: bool = True) -> Tail:
    return Tail(log, "feed", past=Sieve(horizon, JsonLines()), follow=follow)


def written(path: Path, content: bytes, mtime: float) -> None:
    path.write_bytes(content)
    os.utime(path, (mtime, mtime))


def test_today_is_given_whole_and_of_the_days_before_what_is_carried_over(log: Path) -> None:
    lines = [
        pause(MIDNIGHT - 8 * DAY),
        pause(MIDNIGHT - 3 * DAY),
        call(MIDNIGHT - 3 * DAY),
        call(MIDNIGHT - 60),
        call(MIDNIGHT + 60),
    ]
    append(log, b"".join(lines))
    tail = past_tail(log)
    given = tail.drain(NOW)
    assert [line.raw + b"\n" for line in given] == [lines[1], lines[3], lines[4]]
    assert all(line.backfill for line in given)
    assert tail.caught_up


def test_lines_that_come_after_the_start_are_not_the_past(log: Path) -> None:
    append(log, call(NOW - 5))
    tail = past_tail(log)
    append(log, b"half")
    assert [line.backfill for line in tail.drain(NOW)] == [True]
    append(log, b" a line\n" + call(NOW))
    last = tail.drain(NOW + 1)[-1]
    assert (last.backfill, last.received_at) == (False, NOW + 1)


def test_the_past_is_received_when_it_happened_and_never_steps_back(log: Path) -> None:
    times = [NOW - 50, NOW - 40, NOW - 45, NOW + 7, NOW + 9 * DAY, NOW - 3]
    append(log, b"no time\n" + b"".join(call(at) for at in times))
    assert [line.received_at for line in past_tail(log).drain(NOW)] == [
        NOW - 50,
        NOW - 50,
        NOW - 40,
        NOW - 40,
        NOW,
        NOW,
        NOW,
    ]


def test_a_file_that_is_not_followed_may_lie_in_the_future(log: Path) -> None:
    append(log, call(NOW + 5 * DAY) + call(NOW + 6 * DAY))
    given = past_tail(log, None, follow=False).drain(NOW)
    assert [line.received_at for line in given] == [NOW + 5 * DAY, NOW + 6 * DAY]


def test_without_a_horizon_the_whole_file_is_given_and_no_other(log: Path) -> None:
    written(log.with_name("queue_log.1"), call(NOW - 400), NOW - 400)
    append(log, call(NOW - 90 * DAY) + call(NOW))
    assert len(past_tail(log, None).drain(NOW)) == 2


def test_rotated_files_are_read_oldest_first_whatever_their_names(log: Path) -> None:
    names = ["queue_log.0", "queue_log.1", "queue_log-20261120", "queue_log.2.gz"]
    for age, name in enumerate(names, start=1):
        content = call(NOW - age * 1000)
        path = log.with_name(name)
        written(path, gzip.compress(content) if name.endswith(".gz") else content, NOW - age * 1000)
    append(log, call(NOW))
    given = past_tail(log).drain(NOW)
    assert [line.received_at for line in given] == [NOW - 4000, NOW - 3000, NOW - 2000, NOW - 1000, NOW]


def test_asterisk_numbers_the_newest_highest(log: Path) -> None:
    for number in range(4):
        written(log.with_name(f"queue_log.{number}"), call(NOW - 100 + number), NOW)
    append(log, call(NOW))
    assert [line.received_at for line in past_tail(log).drain(NOW)] == [NOW - 100, NOW - 99, NOW - 98, NOW - 97, NOW]


def test_nothing_is_read_twice(log: Path) -> None:
    append(log, call(NOW - 50) + call(NOW - 40))
    written(log.with_name("queue_log.1"), call(NOW - 50) + call(NOW - 40), NOW)  # a copy that a truncation will follow
    written(log.with_name("queue_log.2"), call(NOW - 90), NOW - 90)
    os.link(log.with_name("queue_log.2"), log.with_name("queue_log-20261120"))
    written(log.with_name("queue_log.2.gz"), gzip.compress(call(NOW - 90)), NOW - 90)  # still being written
    assert [line.received_at for line in past_tail(log).drain(NOW)] == [NOW - 90, NOW - 50, NOW - 40]


def test_a_truncated_file_is_not_taken_for_the_beginning_of_its_copy(log: Path) -> None:
    append(log, b"# header\n" + call(NOW - 50))
    copytruncate(log)
    append(log, b"# header\n")
    assert len(past_tail(log).drain(NOW)) == 3


def test_files_from_before_the_horizon_are_not_opened(log: Path) -> None:
    written(log.with_name("queue_log.9"), pause(NOW - 20 * DAY), NOW - 20 * DAY)
    append(log, call(NOW))
    tail = past_tail(log)
    assert len(tail.drain(NOW)) == 1
    assert tail.health.bytes_read == log.stat().st_size


def test_old_blocks_are_passed_over_and_counted_as_read(log: Path) -> None:
    append(log, b"".join(pause(MIDNIGHT - 30 * DAY + second) for second in range(12_000)))
    append(log, call(NOW))
    tail = past_tail(log)
    assert len(tail.drain(NOW)) == 1
    assert tail.health.bytes_read == tail.health.bytes_total == log.stat().st_size


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(-10 * 24, 11), st.booleans()), max_size=60), st.integers(1, 400))
def test_passing_over_history_gives_the_same_as_looking_at_every_line(
    wanted: list[tuple[int, bool]], copies: int
) -> None:
    hours = sorted(hour for hour, _carried in wanted)
    lines = [
        pause(MIDNIGHT + hour * 3600) if carried else call(MIDNIGHT + hour * 3600)
        for hour, (_, carried) in zip(hours, wanted, strict=True)
    ]
    data = b"".join(line * copies for line in lines)
    whole, fmt = Sieve(HORIZON, JsonLines()), JsonLines()
    expected = [
        raw
        for raw in data.splitlines()
        if (at := fmt.time_of(raw) or 0) >= HORIZON.full_since or (at >= HORIZON.carry_since and fmt.carries(raw))
    ]
    kept: list[bytes] = []
    edges = [*range(0, len(data), 30_000), len(data)]
    pending = b""
    for start, end in pairwise(edges):
        block = pending + data[start:end]
        cut = block.rfind(b"\n") + 1
        pending = block[cut:]
        if not whole.skips(block[:cut]):
            kept += [raw for _, raw in whole.keep([(0, raw) for raw in block[:cut].splitlines()])]
    assert kept == expected


def test_a_header_is_given_however_old_its_file(log: Path) -> None:
    written(log.with_name("queue_log.1"), b"time,call\n" + call(MIDNIGHT - 2 * DAY), NOW - 100)
    append(log, b"time,call\n" + call(NOW))
    assert [line.raw for line in past_tail(log).drain(NOW)][:2] == [b"time,call", b"time,call"]


def test_a_format_that_fails_costs_no_line(log: Path) -> None:
    class Broken(JsonLines):
        def time_of(self, raw: bytes) -> float | None:
            raise ZeroDivisionError(raw)

        def carries(self, raw: bytes) -> bool:
            raise ZeroDivisionError(raw)

    append(log, call(MIDNIGHT - 3 * DAY) + call(NOW))
    assert len(Tail(log, "feed", past=Sieve(HORIZON, Broken())).drain(NOW)) == 2


def test_rotation_after_the_start_goes_on_as_ever(log: Path) -> None:
    written(log.with_name("queue_log.1"), call(NOW - 9), NOW - 9)
    append(log, call(NOW - 8))
    tail = past_tail(log)
    assert len(drained(tail)) == 2
    rotate(log)
    append(log, b"new\n")
    assert past_grace(tail) == [b"new"]


def test_a_start_between_two_renames_reads_the_rotated_file_and_waits_for_the_new_one(log: Path) -> None:
    written(log.with_name("queue_log.1"), call(NOW - 9), NOW - 9)
    tail = past_tail(log)
    assert len(drained(tail)) == 1
    append(log.with_name("queue_log.1"), b"late\n")
    assert drained(tail) == [b"late"]
    append(log, b"new\n")
    assert past_grace(tail) == [b"new"]


def test_several_feeds_merge_by_time_then_feed_then_place() -> None:
    def feed(name: str, *times: float) -> list[FeedLine]:
        return [FeedLine(name, at, place, b"", True) for place, at in enumerate(times)]

    merged = list(merge_backfill([feed("b", 1, 2, 2, 5), feed("a", 2, 3, 5)]))
    assert [(line.received_at, line.feed, line.offset) for line in merged] == [
        (1, "b", 0),
        (2, "a", 0),
        (2, "b", 1),
        (2, "b", 2),
        (3, "a", 1),
        (5, "a", 2),
        (5, "b", 3),
    ]
