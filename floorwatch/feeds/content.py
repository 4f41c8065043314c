"""What the bytes of a file are: text, compressed text, or something that is no feed."""

import os
import zlib

from floorwatch.words import _

GZIP_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 64 * 1024
_SMALLEST_GZIP = 18

_KNOWN = (
    (b"PK\x03\x04", "zip or xlsx"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"\x89PNG", "PNG"),
    (b"%PDF-", "PDF"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\xd0\xcf\x11\xe0", "xls or doc"),
)
_CONTROLS = bytes(set(range(1, 32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_FEW = 8
"""Fewer control characters than this may be damage in a text; more, and a twentieth of all, are no text."""


def content_problem(sample: bytes) -> str | None:
    """Why these first bytes of a file are not text that a feed could be, in the user's words; None when they may be."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or _wide(sample):
        return _("this is UTF-16 text: save it as UTF-8, or have it written as UTF-8")
    for magic, kind in _KNOWN:
        if sample.startswith(magic):
            return _("this is a binary file ({kind}), not lines of text").format(kind=kind)
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls >= _FEW and controls * 20 > len(sample):
        return _("this is a binary file, not lines of text")
    return None


def _wide(sample: bytes) -> bool:
    """UTF-16 of mostly Latin letters and digits has a NUL in every other place, and none in the others."""
    even, odd = sample[0::2], sample[1::2]
    zeros = sorted((even.count(0), odd.count(0)))
    return len(sample) >= 2 * _FEW and zeros[1] * 5 > len(odd) * 2 and zeros[0] * 20 < len(odd)


def content_size(path: str, size: int) -> int:
    """The bytes that a file of `size` bytes holds; of an archive, what its last four bytes say. 0 if unreadable."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # paths are strings here
            if file.read(len(GZIP_MAGIC)) != GZIP_MAGIC or size < _SMALLEST_GZIP:
                return size
            file.seek(-4, os.SEEK_END)
            return int.from_bytes(file.read(4), "little")
    except OSError:
        return 0


class GzipBytes:
    """The decompressed bytes of an open file, in order, as far as they go.

    Reads on when the file grows; gives all that comes before damage, and then says `damaged`.
    """

    def __init__(self, fd: int) -> None:
        self.damaged = False
        self._fd = fd
        self._at = 0
        self._waiting = b""
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def complete(self) -> bool:
        """Whether the archive ended where an archive ends."""
        return self._inflate.eof and not self.damaged

    def read(self, size: int) -> bytes:
        """At most `size` bytes more, b"" when there are none now."""
        while not self.damaged:
            if not self._waiting:
                self._waiting = os.pread(self._fd, _CHUNK, self._at)
                self._at += len(self._waiting)
            starved = not self._waiting
            if self._inflate.eof and not self._next_member():
                if starved:
                    return b""
                continue  # padding may be longer than a chunk
            block = self._inflated(size)
            if block or starved:
                return block
        return b""

    def _next_member(self) -> bool:
        """Begin the archive that is appended to the one that ended; padding of NUL bytes is none."""
        self._waiting = self._waiting.lstrip(b"\0")
        if self._waiting:
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return bool(self._waiting)

    def _inflated(self, size: int) -> bytes:
        before = self._inflate.copy()
        try:
            block = self._inflate.decompress(self._waiting, size)
        except zlib.error:
            self.damaged = True
            return self._until_damage(before)
        self._waiting = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        return block

    def _until_damage(self, inflate: "zlib._Decompress") -> bytes:
        good = bytearray()
        try:
            for place in range(len(self._waiting)):
                good += inflate.decompress(self._waiting[place : place + 1])
        except zlib.error:
            pass
        return bytes(good)
