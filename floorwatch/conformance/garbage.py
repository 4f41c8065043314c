"""Lines that no feed should hold and every feed will one day: torn, doubled, in another encoding, forged, endless.

Everything is drawn with one seed: the same samples give the same garbage.
"""

from collections.abc import Iterator, Sequence
from random import Random

from floorwatch.feeds.shapes import MAX_LINE_BYTES

SEED = 7
MUTANTS = 600
RANDOM_LINES = 100
LONGEST_RANDOM = 200

ODD_NUMBERS = (b"nan", b"inf", b"-1", b"1e999", b"9" * 5000, b"0x10", b"", b"1_000", "１２".encode(), b"99999999999999")
"""What stands where a number should: Python reads some of them."""

_DELIMITERS = b"|,;\t:\"'{}[]=\\ "
_FIXED = (
    b"",
    b" ",
    b"\r",
    b"\x00",
    b"\x00" * 100,
    b"\xff\xfe\x00",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"{",
    b"{}",
    b"[]",
    b"null",
    b'{"a":1}',
    b'"',
    b"a,b,c",
    b"nan|inf|nan|inf|nan",
    b"|" * 5000,
    b"," * 5000,
    b"[" * 5000,
    b'"' * 5001,
    b'{"a":' * 2000,
    b"x" * MAX_LINE_BYTES,
    "纯文本，不是数据".encode(),
    "纯文本".encode("gb18030"),
    "text".encode("utf-16"),
    "\u202e\u2028\u0085\x0b\x0c".encode(),
    b"Mar 10 10:41:07 host app[123]: something happened",
    b"GET / HTTP/1.1",
    b"<xml><a/></xml>",
)
"""Lines of other things."""


def garbage(samples: Sequence[bytes]) -> list[bytes]:
    """Lines to refuse, or to bear: fixed ones, random bytes, and the samples' own lines mutated."""
    random = Random(SEED)
    lines = [line for sample in samples for line in sample.split(b"\n") if line.strip()]
    found = [*_FIXED, *(random.randbytes(random.randrange(LONGEST_RANDOM)) for _ in range(RANDOM_LINES))]
    found += (_mutant(random, lines) for _ in range(MUTANTS if lines else 0))
    return [line.replace(b"\n", b" ") for line in found]


def other_files() -> Iterator[bytes]:
    """First bytes of files that are of no format: prose, logs, binary, nothing."""
    random = Random(SEED)
    yield b""
    yield b"\n\n\n"
    yield b"\x00" * 4096
    yield random.randbytes(4096)
    yield ("这是一份会议记录。\n第二行。\n" * 50).encode()
    yield b"Dear all,\nthe minutes of the meeting are below.\n" * 50
    yield b"Mar 10 10:41:07 host sshd[4711]: Accepted publickey for root from 192.0.2.1\n" * 50
    yield b"#!/bin/sh\nset -e\nexec true\n"
    yield b'<?xml version="1.0"?>\n<a><b>1</b></a>\n'
    yield b"\x89PNG\r\n\x1a\n" + random.randbytes(500)
    yield "utf-16 text\n".encode("utf-16") * 20


def splits(data: bytes, number: int = 5) -> Iterator[list[bytes]]:
    """The same bytes cut in several ways: byte by byte where they are few, else at random."""
    random = Random(SEED)
    few = data[:3000]
    yield [few[at : at + 1] for at in range(len(few))] + [data[3000:]]
    for longest in (2, 7, 100, 5000)[: number - 1]:
        blocks, at = [], 0
        while at < len(data):
            size = random.randrange(longest) + 1
            blocks.append(data[at : at + size])
            at += size
        yield blocks


def _mutant(random: Random, lines: Sequence[bytes]) -> bytes:
    line = bytearray(random.choice(lines))
    match random.randrange(8):
        case 0:
            return bytes(line[: random.randrange(len(line))])
        case 1:
            return bytes(line[random.randrange(len(line)) :])
        case 2:
            return bytes(line) + random.choice(lines)
        case 3:
            line[random.randrange(len(line))] = random.randrange(256)
        case 4:
            line.insert(random.randrange(len(line)), random.choice(_DELIMITERS))
        case 5:
            return _renumbered(random, bytes(line))
        case 6:
            return bytes(line).translate(None, random.choice(_DELIMITERS).to_bytes())
        case _:
            line[random.randrange(len(line))] = 0
    return bytes(line)


def _renumbered(random: Random, line: bytes) -> bytes:
    """One run of digits replaced by an odd number."""
    digits = [at for at, byte in enumerate(line) if 48 <= byte <= 57]
    if not digits:
        return line + random.choice(ODD_NUMBERS)
    start = end = random.choice(digits)
    while start > 0 and 48 <= line[start - 1] <= 57:
        start -= 1
    while end < len(line) and 48 <= line[end] <= 57:
        end += 1
    return line[:start] + random.choice(ODD_NUMBERS) + line[end:]
