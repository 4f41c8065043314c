"""The head before each block's data: what it is of, how long it is, and what must be true of its bytes.

Rules
- The head has a checksum of its own, which its place in the file is part of: one that was moved is not taken for good.
- What a block becomes once it is unpacked is written in it: no few bytes can become more than that, or than MOST_BYTES.
"""

import zlib
from hashlib import blake2b
from struct import Struct as Packed

from msgspec import Struct

from floorwatch.engine.keyframes.blocks import Kind, Place

MOST_BYTES = 512 * 1024 * 1024
"""A block's data, unpacked. A frame of 1,000 seats is 0.7 MB; the roster of a year, read at once, a few."""

LEVEL = 1
"""Of zlib: level 6 makes frames a fifth smaller and takes four times as long."""

_HEAD = Packed("<BQQdddII16s")
_SUM = Packed("<I")
SIZE = _HEAD.size + _SUM.size
"""Bytes of a head."""

_DIGEST_BYTES = 16
_CODES = {kind: code for code, kind in enumerate(Kind, 1)}
_KINDS = {code: kind for kind, code in _CODES.items()}


class Head(Struct, frozen=True):
    """A block's head: its place (`offset` and `size` are those of its data as it stands in the file), the size of the
    data once it is unpacked, and the digest of the packed data."""

    place: Place
    unpacked: int
    digest: bytes


class BadBlockError(Exception):
    """Bytes that are not what was written."""


def packed(place: Place, data: bytes, offset: int) -> tuple[Place, bytes]:
    """The block as it stands at this offset of the file, and its place there."""
    if len(data) > MOST_BYTES:
        raise BadBlockError
    body = zlib.compress(data, LEVEL) if data else b""
    numbers = (_CODES[place.kind], place.entry, place.upto, place.since, place.until, place.share)
    head = _HEAD.pack(*numbers, len(body), len(data), _digest(body))
    there = Place(*numbers_of(place), offset=offset + SIZE, size=len(body))
    return there, head + _SUM.pack(_checksum(head, offset)) + body


def numbers_of(place: Place) -> tuple[Kind, int, int, float, float, float]:
    """What a place says, but for where it is."""
    return place.kind, place.entry, place.upto, place.since, place.until, place.share


def head_of(raw: bytes, offset: int) -> Head:
    """The head that begins at this offset. Raises BadBlockError."""
    head, checksum = raw[: _HEAD.size], raw[_HEAD.size :]
    if checksum != _SUM.pack(_checksum(head, offset)):
        raise BadBlockError
    code, entry, upto, since, until, share, size, unpacked, digest = _HEAD.unpack(head)
    if code not in _KINDS or unpacked > MOST_BYTES:
        raise BadBlockError
    return Head(Place(_KINDS[code], entry, upto, since, until, share, offset + SIZE, size), unpacked, digest)


def unpacked(head: Head, body: bytes) -> bytes:
    """The data of the block. Raises BadBlockError."""
    if len(body) != head.place.size or _digest(body) != head.digest:
        raise BadBlockError
    if not body:
        return b""
    packer = zlib.decompressobj()
    try:
        data = packer.decompress(body, head.unpacked + 1)
    except zlib.error:
        raise BadBlockError from None
    if len(data) != head.unpacked or not packer.eof:
        raise BadBlockError
    return data


def _checksum(head: bytes, offset: int) -> int:
    return zlib.crc32(head, offset & 0xFFFFFFFF)


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=_DIGEST_BYTES).digest()
