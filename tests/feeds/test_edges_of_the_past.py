"""The edges of choosing among lines of the past: which are given, at which time, and how far a damaged stamp goes."""

import gzip
import os
from pathlib import Path

import pytest

from floorwatch.feeds.backfill import LATEST, MARGIN_SECONDS, SOONEST, Horizon, Sieve, merge_backfill, peek
from floorwatch.feeds.folder import FolderFeed
from floorwatch.feeds.jsonl import JsonLines
from floorwatch.feeds.lines import OffsetLine
from floorwatch.feeds.part import GRACE_SECONDS
from floorwatch.feeds.reader import BLOCK_BYTES
from floorwatch.feeds.shapes import FeedLine
from floorwatch.feeds.tail import Tail
from tests.feeds.log_files import NOW, append, drained, rotate

CARRY, FULL = NOW - 700_000, NOW - 50_000
HORIZON = Horizon(FULL + 7200, CARRY, FULL)
OLD = CARRY - 10 * MARGIN_SECONDS


class Plain(JsonLines):
    """Lines that are a time and a word: "12.5 word". Those with a ! matter on later days; "?" cannot be judged."""

    def time_of(self, raw: bytes) -> float | None:
        if raw.startswith(b"?"):
            raise ValueError(raw)
        word = raw.partition(b" ")[0]
        return float(word) if word.replace(b".", b"").isdigit() else None

    def carries(self, raw: bytes) -> bool:
        if b"#" in raw:
            raise ValueError(raw)
        return b"!" in raw


def lines(*texts: str | float) -> list[OffsetLine]:
    return [(place, (text if isinstance(text, str) else f"{text} x").encode()) for place, text in enumerate(texts)]


def sieve(horizon: Horizon | None = HORIZON) -> Sieve:
    return Sieve(horizon, Plain())


def kept(given: Sieve, *texts: str | float) -> list[str]:
    return [raw.decode() for _, raw in given.keep(lines(*texts))]


def test_a_file_is_wanted_up_to_the_margin_before_what_is_carried_over() -> None:
    assert sieve().wants(CARRY - MARGIN_SECONDS)
    assert not sieve().wants(CARRY - MARGIN_SECONDS - 1)
    assert sieve(None).wants(0.0)


def test_the_newest_of_what_is_too_old_is_known_until_a_line_is_given(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, f"{OLD} x\n{OLD + 20} y\nno time\n".encode())
    tail = Tail(log, "log", past=sieve())
    assert (drained(tail), tail.health.too_old_at) == ([], OLD + 20)

    append(log, f"{NOW} new\n".encode())
    assert drained(tail) == [f"{NOW} new".encode()]
    assert tail.health.too_old_at is None


def test_of_what_is_too_old_even_to_be_opened_the_last_change_is_known(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append(log, f"{OLD} x\n".encode())
    os.utime(log, (OLD + 5, OLD + 5))
    rotate(log)
    log.touch()
    tail, folder = Tail(log, "log", past=sieve()), FolderFeed(str(tmp_path), "log", horizon=HORIZON, fmt=Plain())
    assert (drained(tail), tail.health.too_old_at) == ([], OLD + 5)

    log.unlink()
    assert (folder.drain(NOW), folder.health.too_old_at) == ([], OLD + 5)


def test_of_an_empty_log_and_of_one_that_is_given_whole_nothing_is_too_old(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    empty = Tail(log, "log", past=sieve())
    assert (drained(empty), empty.health.too_old_at) == ([], None)

    append(log, f"{OLD} x\n".encode())
    whole = Tail(log, "log", past=sieve(None))
    assert (len(drained(whole)), whole.health.too_old_at) == (1, None)


@pytest.mark.parametrize(("at", "known"), [(SOONEST, True), (LATEST, True), (SOONEST - 1, False), (LATEST + 1, False)])
def test_a_time_of_another_age_is_damage(tmp_path: Path, at: float, known: bool) -> None:
    path = tmp_path / "log"
    append(path, f"no time\n{at:.0f} x\n".encode())
    assert sieve(None).first_time(str(path)) == (at if known else None)


def test_each_line_of_the_days_before_is_given_from_its_limit_on_if_it_matters() -> None:
    given = (
        f"{CARRY - 1} !", f"{CARRY} !", f"{CARRY} x", f"{FULL - 1} x", f"{FULL - 1} !", f"{FULL} x", f"{FULL + 1} x"
    )  # fmt: skip
    assert kept(sieve(), *given) == [given[1], given[4], given[5], given[6]]
    assert kept(sieve(None), *given) == list(given)


def test_a_line_without_a_time_has_that_of_the_line_before_it_and_a_header_is_always_given() -> None:
    past = sieve()
    assert kept(past, "header", OLD, "after an old one", FULL, "after a new one") == [
        "header", f"{FULL} x", "after a new one"
    ]  # fmt: skip
    assert kept(past, "still new", OLD, "no") == ["still new"]
    assert kept(past, "still old", FULL) == [f"{FULL} x"]
    past.begin_file()
    assert kept(past, "the header of another file", OLD) == ["the header of another file"]


def test_whole_blocks_are_given_or_judged_by_what_they_carry_alone() -> None:
    past = sieve()
    kept(past, "header")
    new = [FULL + 2 * MARGIN_SECONDS + number for number in range(300)]
    assert len(kept(past, *new)) == 300
    before = [f"{CARRY + 2 * MARGIN_SECONDS + number} {'!' if number % 3 else 'x'}" for number in range(300)]
    assert kept(past, *before) == [each for each in before if "!" in each]
    mixed = [OLD] * 100 + [FULL + 5 * MARGIN_SECONDS] * 100
    assert len(kept(past, *mixed)) == 100
    assert kept(past, *([OLD] * 100)) == []


def test_a_format_that_fails_on_a_line_costs_nothing_but_the_skipping() -> None:
    past = sieve()
    assert kept(past, "? x", f"{CARRY + 1} #", OLD) == ["? x", f"{CARRY + 1} #"]
    broken = [f"{CARRY + 2 * MARGIN_SECONDS} #"] * 9
    assert kept(past, *broken) == broken


def block(*times: float, size: int = 4000) -> bytes:
    """Lines with these times in turn, cut at both ends as a block of a file is."""
    text = b"cut\n" + b"".join(f"{times[number % len(times)]} x\n".encode() for number in range(size)) + b"cut"
    assert len(text) > 40_000
    return text


def test_a_block_is_passed_over_when_all_that_is_seen_of_it_is_too_old() -> None:
    past = sieve()
    assert not past.skips(block(OLD)), "the first block of a file is always read"
    kept(past, OLD)
    assert past.skips(block(OLD))
    assert past.skips(block(CARRY - MARGIN_SECONDS - 1))
    assert not past.skips(block(CARRY - MARGIN_SECONDS))
    assert not past.skips(b"cut\n" + b"no time\n" * 9000)
    assert not past.skips(block(OLD)[:-10] + f"\n{CARRY} x\ncut".encode())
    assert not past.skips(f"cut\n{CARRY} x\n".encode() + block(OLD)[4:])
    middle = b"".join([block(OLD)[:-4], b"\n", f"{CARRY - MARGIN_SECONDS} x\n".encode() * 3000, block(OLD)[4:]])
    assert not past.skips(middle)
    assert past.skips(block(OLD).replace(b" x", f" {CARRY:.0f}".encode()))
    assert kept(past, "what follows is as old as the block") == []
    assert not sieve(None).skips(block(OLD))


def received(past: Sieve, *texts: str | float, now: float = NOW) -> list[float]:
    found = past.stamped("log", lines(*texts), now)
    assert all(line.feed == "log" and line.backfill for line in found)
    assert [line.offset for line in found] == list(range(len(texts)))
    return [line.received_at - NOW for line in found]


def test_lines_are_received_at_the_latest_time_so_far() -> None:
    past = sieve()
    assert received(past, "header", NOW - 9, "x", NOW - 20, NOW - 5) == [-9, -9, -9, -9, -5]
    assert received(past, "x", NOW - 7, NOW - 3) == [-5, -5, -3]
    assert received(past) == []
    assert received(past, NOW - 4) == [-3]
    past.begin_file()
    assert received(past, "x") == [-3]
    assert received(sieve(), "x", "y") == [0, 0]


def test_no_line_of_the_past_is_received_after_now_and_a_far_future_is_damage() -> None:
    assert received(sieve(), NOW - 5, NOW + MARGIN_SECONDS, NOW + 2) == [-5, 0, 0]
    assert received(sieve(), NOW - 5, NOW + MARGIN_SECONDS + 1, NOW - 2) == [-5, -5, -2]
    assert received(sieve(), NOW + 99) == [0]


def test_a_stamp_far_ahead_of_its_neighbours_is_damage_and_one_that_they_follow_is_none() -> None:
    far = 3 * MARGIN_SECONDS
    start = NOW - 10 * far
    assert received(sieve(), start, start + far, start + 1, start + 2) == [
        -10 * far,
        -10 * far,
        1 - 10 * far,
        2 - 10 * far,
    ]
    assert received(sieve(), start, start + far, start + far + 1) == [-10 * far, -9 * far, 1 - 9 * far]
    assert received(sieve(), start + far, start, start + 1) == [-10 * far, -10 * far, 1 - 10 * far]


def test_the_times_at_the_ends_of_a_file_are_those_of_whole_lines_and_no_damage(tmp_path: Path) -> None:
    path, past = tmp_path / "log", sieve()
    append(path, b"no time\n" + b"".join(f"{NOW + n} x\n".encode() for n in range(9)) + f"{NOW + 99}".encode())
    assert (past.first_time(str(path)), past.middle_time(str(path))) == (NOW, NOW + 4)
    assert past.last_time(str(path)) == NOW + 99
    append(path, f"\n{NOW + 1e9} damaged\n".encode())
    assert past.last_time(str(path)) == NOW + 99
    packed = tmp_path / "log.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert (past.first_time(str(packed)), past.last_time(str(packed))) == (NOW, None)
    for name in ("none", "empty", "folder"):
        (tmp_path / "empty").touch()
        (tmp_path / "folder").mkdir(exist_ok=True)
        where = str(tmp_path / name)
        assert (past.first_time(where), past.middle_time(where), past.last_time(where), peek(where)) == (
            None, None, None, b""
        )  # fmt: skip


def test_a_peek_is_of_so_many_bytes_of_what_is_in_the_file(tmp_path: Path) -> None:
    path, text = tmp_path / "log", os.urandom(200_000)
    for data in (b"t" + text, gzip.compress(b"t" + text)):
        path.write_bytes(data)
        assert peek(str(path), 150_000) == (b"t" + text)[:150_000]
        assert peek(str(path), 250_000) == b"t" + text


def test_the_pasts_of_feeds_are_merged_by_time_then_by_name() -> None:
    def of(feed: str, *times: float) -> list[FeedLine]:
        return [FeedLine(feed, at, place, b"x", True) for place, at in enumerate(times)]

    merged = merge_backfill([of("b", 1, 2, 2), of("a", 2, 3), of("c", 0)])
    assert [(line.feed, line.received_at) for line in merged] == [
        ("c", 0), ("b", 1), ("a", 2), ("b", 2), ("b", 2), ("a", 3)
    ]  # fmt: skip


def test_a_large_past_gives_the_same_lines_as_reading_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "log"
    start, step = CARRY - 20 * MARGIN_SECONDS, 12.0
    texts = [f"{start + step * n:.0f} {'!' if n % 97 == 0 else 'x'} {n:08}" for n in range(65_000)]
    path.write_bytes("\n".join(texts).encode() + b"\n")
    tail = Tail(path, "log", past=sieve())
    found = drained(tail)
    given = {text for text in texts if float(text[:10]) >= FULL or (float(text[:10]) >= CARRY and "!" in text)}
    assert set(map(bytes.decode, found)) - {texts[0]} == given
    append(path, f"{OLD} new\n".encode())
    assert drained(tail) == [f"{OLD} new".encode()]
    assert tail.health.bytes_read == path.stat().st_size
    tail.close()


def test_what_was_there_is_the_past_and_what_comes_behind_it_in_the_same_read_is_new(tmp_path: Path) -> None:
    path, past = tmp_path / "log", sieve()
    append(path, f"{NOW - 9} a\n".encode())
    past.until = path.stat().st_size
    append(path, b"b\n")
    tail = Tail(path, "log", past=past)
    found = [(line.feed, line.received_at, line.offset, line.raw, line.backfill) for line in tail.drain(NOW)]
    assert found == [("log", NOW - 9, 0, f"{NOW - 9} a".encode(), True), ("log", NOW, past.until, b"b", False)]
    tail.close()


def test_the_header_of_each_file_of_the_past_is_given_and_a_rotated_one_that_is_no_text_costs_itself(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log"
    for name, data in (
        ("log.4", b"header 4\n" + f"{OLD} x\n".encode() * 30),
        ("log.3", b"PK\x03\x04"),
        ("log.2", b"PK\x03\x04 as well"),
        ("log.1", b"header 1\n" + f"{OLD} x\n".encode()),
        ("log", f"header 0\n{FULL} x\n".encode()),
    ):
        (tmp_path / name).write_bytes(data)
        os.utime(tmp_path / name, (NOW - 1000 * int(name[4:] or 0), NOW - 1000 * int(name[4:] or 0)))
    tail = Tail(path, "log", past=sieve())
    assert drained(tail) == [b"header 4", b"header 1", b"header 0", f"{FULL} x".encode()]
    assert tail.health.possible_loss == 2
    tail.close()


@pytest.mark.parametrize(
    ("days", "first"),
    [((0, 40, 41), 40), ((0, 41, 40), 40), ((0, 30, 41), 0), ((0, 40), 0), ((0,), 0), ((40, 0, 1), 0), ((40, 0), 0)],
)
def test_a_first_time_that_lies_far_from_both_behind_it_is_damage(
    tmp_path: Path, days: tuple[int, ...], first: int
) -> None:
    path, start = tmp_path / "log", NOW - 100 * 86_400
    path.write_bytes(b"".join(f"{start + day * 86_400} x\n".encode() for day in days))
    assert sieve().first_time(str(path)) == start + first * 86_400


def test_a_first_time_is_damage_when_it_lies_more_than_31_days_before_both_behind_it(tmp_path: Path) -> None:
    path, start, month = tmp_path / "log", NOW - 100 * 86_400, 31 * 86_400
    for gap, first in ((month, start), (month + 1, start + month + 1)):
        path.write_bytes(b"".join(f"{at} x\n".encode() for at in (start, start + gap, start + gap + 1)))
        assert sieve().first_time(str(path)) == first


def test_two_times_behind_a_stamp_far_ahead_are_enough_to_know_it_as_damage() -> None:
    far = 3 * MARGIN_SECONDS
    start = NOW - 10 * far
    found = received(sieve(), start, start + far, start + 1, start + 2, start + far + 5)
    assert [at + 10 * far for at in found] == [0, 0, 1, 2, far + 5]


def test_many_lines_without_a_time_at_one_end_of_a_block_have_that_of_the_line_before_them() -> None:
    past, none, new = sieve(), ["none"] * 60, [FULL + 5 * MARGIN_SECONDS] * 3
    kept(past, "header", OLD)
    assert kept(past, *none, *new) == [f"{at} x" for at in new]
    assert kept(past, *new, *none) == [*(f"{at} x" for at in new), *none]
    assert kept(past, OLD, *none, *new, *none) == [*(f"{at} x" for at in new), *none]


def test_old_lines_without_a_time_are_left_out_to_the_last_block_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"header\n" + f"{OLD} x\n".encode() * 20_000 + b"no time\n" * 40_000)
    assert path.stat().st_size > 2 * BLOCK_BYTES
    tail = Tail(path, "log", past=sieve())
    assert drained(tail) == [b"header"]
    tail.close()


def test_new_lines_are_given_however_old_they_say_they_are(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(f"{FULL} x\n".encode())
    tail = Tail(path, "log", past=sieve())
    assert drained(tail) == [f"{FULL} x".encode()]
    late = [f"{OLD} {number}".encode() for number in range(300)]
    append(path, b"\n".join(late) + b"\n")
    assert drained(tail, NOW + 1) == late
    tail.close()


def test_a_block_of_which_nothing_is_wanted_moves_no_line_behind_it() -> None:
    past = sieve()
    assert received(past) == []
    assert received(past, NOW - 9, "x", NOW - 5) == [-9, -9, -5]


def test_the_last_time_of_a_file_of_one_line_is_that_of_the_line(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for text in (f"{NOW} x\n", f"{NOW} x"):
        path.write_text(text)
        assert sieve().last_time(str(path)) == NOW


def test_the_file_after_the_past_is_new_from_its_first_line_on(tmp_path: Path) -> None:
    path = tmp_path / "log"
    append(path, f"{NOW - 9} a\n".encode())
    tail = Tail(path, "log", past=sieve())
    assert [line.backfill for line in tail.drain(NOW)] == [True]
    rotate(path)
    append(path, f"{NOW - 8} b\n".encode())
    found = tail.drain(NOW + 1) + tail.drain(NOW + 1 + GRACE_SECONDS)
    assert [(line.backfill, line.offset, line.received_at) for line in found] == [(False, 0, NOW + 1 + GRACE_SECONDS)]
    tail.close()


def test_what_comes_behind_the_place_where_the_past_was_cut_off_is_new(tmp_path: Path) -> None:
    path = tmp_path / "log"
    kept_line, cut_line = f"{NOW - 9} a\n".encode(), f"{NOW - 8} b\n".encode()
    append(path, kept_line + cut_line)
    tail = Tail(path, "log", past=sieve())
    assert [line.backfill for line in tail.drain(NOW)] == [True, True]
    os.truncate(path, len(kept_line))
    assert tail.drain(NOW + 1) == []
    append(path, cut_line)
    found = [(line.offset, line.backfill, line.received_at) for line in tail.drain(NOW + 2)]
    assert found == [(len(kept_line), False, NOW + 2)]
    tail.close()


def test_lines_without_a_time_behind_a_block_that_is_judged_as_a_whole_are_as_old_as_its_last_line() -> None:
    past = sieve()
    kept(past, "header")
    before = [f"{CARRY + 2 * MARGIN_SECONDS + number} !" for number in range(300)]
    assert kept(past, *before) == before
    assert kept(past, "no time", "none either") == []


def test_a_stamp_a_little_ahead_is_believed_whatever_comes_behind_it() -> None:
    hours = (0, 0.5, -4, -4, 0.6)
    start = NOW - 10 * MARGIN_SECONDS
    found = received(sieve(), *(start + hour * MARGIN_SECONDS for hour in hours))
    assert [round((at - start + NOW) / MARGIN_SECONDS, 3) for at in found] == [0, 0.5, 0.5, 0.5, 0.6]
