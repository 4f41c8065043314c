"""Bytes to lines: any cut of the same bytes gives the same lines."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from floorwatch.feeds.lines import HOLE, TOO_LONG, LineSplitter
from floorwatch.feeds.shapes import MAX_LINE_BYTES

PIECES = st.sampled_from(
    [
        b"a",
        b"\n",
        b"\r",
        b"\r\n",
        b"\0",
        b"\0" * 9,
        "客".encode(),
        b"\xff",
        b"\xef\xbb\xbf",
        b"1|2|x\n",
        b"z" * 40_000,
        b"\0" * 70_000,
        b"y" * (MAX_LINE_BYTES - 1),
        b"|end\n",
    ]
)


class Rejects:
    """Remembers what was counted."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int, bytes]] = []

    def __call__(self, reason: str, offset: int, raw: bytes) -> None:
        self.seen.append((reason, offset, raw[:200]))


def split(blocks: list[bytes]) -> tuple[list[tuple[int, bytes]], list[tuple[str, int, bytes]]]:
    rejects = Rejects()
    splitter = LineSplitter(rejects)
    lines = [line for block in blocks for line in splitter.feed(block)]
    return lines + splitter.finish(), rejects.seen


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in pairwise(edges)]


@given(st.lists(PIECES, max_size=12).map(b"".join), st.lists(st.integers(0, 500_000), max_size=8))
def test_any_split_gives_the_same_lines_and_counts(data: bytes, places: list[int]) -> None:
    assert split(cut(data, places)) == split([data])


@given(st.binary(max_size=60))
def test_byte_by_byte_gives_the_same_lines(data: bytes) -> None:
    assert split([data[place : place + 1] for place in range(len(data))]) == split([data])


@given(st.lists(PIECES, max_size=8).map(b"".join))
def test_every_line_lies_where_it_says(data: bytes) -> None:
    for offset, raw in split([data])[0]:
        stripped = data[offset:].removeprefix(b"\xef\xbb\xbf") if offset == 0 else data[offset:]
        assert stripped.startswith(raw)


@given(st.lists(PIECES, max_size=4).map(b"".join), st.integers(0, 200_000), st.lists(PIECES, max_size=4).map(b"".join))
def test_a_hole_is_the_same_as_its_nul_bytes(before: bytes, size: int, after: bytes) -> None:
    rejects = Rejects()
    splitter = LineSplitter(rejects)
    lines = splitter.feed(before)
    splitter.hole(size)
    lines += splitter.feed(after) + splitter.finish()
    assert (lines, rejects.seen) == split([before, bytes(size), after])


def test_line_ends_and_the_bom_are_no_data() -> None:
    lines, _ = split([b"\xef\xbb\xbfone\r\ntwo\rhalf\n\nthree"])
    assert lines == [(0, b"one"), (8, b"two\rhalf"), (17, b""), (18, b"three")]


def test_a_too_long_line_is_counted_and_the_next_is_read() -> None:
    lines, rejects = split([b"a\n", b"x" * 50_000, b"x" * 50_000, b"x\nb\n"])
    assert [raw for _, raw in lines] == [b"a", b"b"]
    assert rejects == [(TOO_LONG, 2, b"x" * 200)]


def test_the_longest_line_allowed_is_given() -> None:
    assert len(split([b"x" * MAX_LINE_BYTES + b"\n"])[0]) == 1
    assert not split([b"x" * (MAX_LINE_BYTES + 1) + b"\n"])[0]


def test_a_hole_at_the_start_of_a_line_is_skipped_and_counted_once() -> None:
    lines, rejects = split([b"a\n\0\0", b"\0\0b\n"])
    assert lines == [(0, b"a"), (6, b"b")]
    assert rejects == [(HOLE, 2, b"")]


def test_line_ends_of_windows_are_none_of_the_line_beside_a_hole_either() -> None:
    assert split([b"a\r\n\0\0b\r\n"]) == ([(0, b"a"), (5, b"b")], [(HOLE, 3, b"")])


def test_a_nul_inside_a_line_is_left_to_the_decoder() -> None:
    assert split([b"a\0b\n"]) == ([(0, b"a\0b")], [])


def test_a_good_line_after_a_torn_one_and_a_hole_is_saved() -> None:
    data = b"torn|rec" + bytes(300_000) + b"good|line\n"
    lines, rejects = split([data])
    assert lines == [(data.index(b"good"), b"good|line")]
    assert [reason for reason, _, _ in rejects] == [TOO_LONG]


def test_skipping_a_block_leaves_the_splitter_as_if_it_had_read_it() -> None:
    splitter = LineSplitter(Rejects())
    splitter.feed(b"one\ntw")
    assert splitter.skip(b"o\nthree\nfo")
    assert splitter.feed(b"ur\n") == [(14, b"four")]
    assert not splitter.skip(b"no end")
