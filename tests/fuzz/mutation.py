"""Bytes, JSON and archives made worse, by a `Random`; and a bound on the work that reading them may take."""

import json
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from io import BytesIO
from random import Random
from types import FrameType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

HANG_SECONDS = 20.0
"""Of the processor, for one case: what needs more does not end. Every case here needs a few thousandths of one."""

TOKENS = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b"\n", b"\r\n", b'"', b"'", b",", b";", b"\t", b"|",
    b"{", b"[" * 500,
    b"}", b"]", b"\\u0000", b"\\ud800", b"1e999", b"-1", b"nan", b"9" * 400, b"1" * 5000, b"0", b"1e308",
    b"\x1b[2J", b"A" * 3000,
    b"2026-02-30", b"9999-12-31", b"0001-01-01", b"24:00", b"99:99", b"\xe6\x97\xa5", b"<", b"&", b"&a;",
    b"=1+1", b" ",
    b"BEGIN:VEVENT", b"RRULE:FREQ=SECONDLY", b"TZID=X", b"20260230T000000", b"-P1D", b"P99999999999D", b"INTERVAL=0",
)  # fmt: skip

VALUES: Sequence[Any] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, -(2**63), 10**30, 0.5, -0.0, 1e308, -1e308, 1e-320, 1e18,
    "", " ", "x", "a" * 5000,
    "\0", "\ud800", "\u202e", "NaN", "1e999", [], {}, [None], [[[[]]]], {"a": {"b": []}}, ["x"] * 50, [1, "a", None],
    {"": ""}, "2026-02-30", "9999-12-31",
)  # fmt: skip


class DoesNotEndError(AssertionError):
    """A case took far more of the processor than any case needs."""


@contextmanager
def bounded(seconds: float = HANG_SECONDS) -> Iterator[None]:
    """Stop what is inside once it has had so much of the processor: a test that hangs fails, and names the line."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise DoesNotEndError(f"not over after {seconds} s of the processor")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def worse(chance: Random, raw: bytes, most: int = 4) -> bytes:
    """The bytes with up to `most` things done to them."""
    for _ in range(chance.randint(1, most)):
        start = chance.randrange(len(raw) + 1)
        end = min(len(raw), start + chance.choice((0, 1, 1, 2, 8, 50)))
        match chance.randrange(6):
            case 0:
                raw = raw[:start] + raw[end:]
            case 1:
                raw = raw[:start] + chance.choice(TOKENS) + raw[end:]
            case 2:
                raw = raw[:start] + chance.randbytes(end - start) + raw[end:]
            case 3:
                raw = raw[:start] + raw[start:end] * chance.choice((2, 30)) + raw[end:]
            case 4:
                raw = raw[:start] if chance.random() < 0.2 else raw[:start] + chance.choice(TOKENS) + raw[start:]
            case _:
                other = chance.randrange(len(raw) + 1)
                raw = raw[:start] + raw[other : other + 40] + raw[end:]
    return raw


def worse_json(chance: Random, value: Any) -> bytes:
    """JSON in which a value or two are of another kind, gone, or far too large, or none; its bytes may be hurt, too."""
    made = json.loads(json.dumps(value))
    for _ in range(chance.choice((0, 0, 1, 1, 1, 2))):
        _spoil(chance, made)
    raw = json.dumps(made, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    return worse(chance, raw, 2) if chance.random() < 0.15 else raw


def _spoil(chance: Random, value: Any) -> None:
    """Change something in it, however deep."""
    keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not keys:
        return
    key = chance.choice(keys)
    if isinstance(value[key], dict | list) and chance.random() < 0.7:
        _spoil(chance, value[key])
    elif isinstance(value, dict) and chance.random() < 0.15:
        del value[key]
    else:
        value[key] = deepcopy(chance.choice(VALUES))


def worse_archive(chance: Random, raw: bytes) -> bytes:
    """A zip archive of which one part is worse, missing, doubled, or the archive itself is."""
    if chance.random() < 0.2:
        return worse(chance, raw)
    with ZipFile(BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    if chance.random() < 0.1:
        del parts[name]
    elif chance.random() < 0.1:
        parts[name] = chance.choice(list(parts.values()))
    else:
        parts[name] = worse(chance, parts[name], 6)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return made.getvalue()
