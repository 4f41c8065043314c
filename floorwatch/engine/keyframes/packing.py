"""How many records of one type are written: field by field, so that they are small, and soon read again.

Rules
- What is read is checked against the types of the fields: nothing else comes of bytes that are broken, or a stranger's.
- Field by field a thousand agents are half as many bytes as one by one, and are read in half the time.
"""

from collections.abc import Collection, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, Generic, TypeVar, get_type_hints

from msgspec import DecodeError, Struct
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import astuple

Record = TypeVar("Record", bound=Struct)

_ENCODER = Encoder()


class Packing(Generic[Record]):
    """Records of one type as bytes; fields named in `without` are written by whoever packs them."""

    def __init__(self, of: type[Record], without: Collection[str] = ()) -> None:
        hints = get_type_hints(of)
        self._of = of
        self._fields = [name for name in of.__struct_fields__ if name not in without]
        self._places = [of.__struct_fields__.index(name) for name in self._fields]
        columns: Any = tuple(list.__class_getitem__(hints[name]) for name in self._fields)
        self._decoder: Decoder[tuple[list[Any], ...]] = Decoder(tuple.__class_getitem__(columns))

    def packed(self, records: Sequence[Record]) -> bytes:
        """These records, in order."""
        columns = list(zip(*map(astuple, records), strict=True)) or [()] * len(self._of.__struct_fields__)
        return _ENCODER.encode([columns[place] for place in self._places])

    def unpacked(self, data: bytes, **others: Sequence[Any]) -> list[Record]:
        """The records; `others` are the fields that were left out. Raises DecodeError for anything else."""
        columns = dict(zip(self._fields, self._decoder.decode(data), strict=True)) | others
        same_length(*columns.values())
        return list(map(self._of, *(columns[name] for name in self._of.__struct_fields__)))


def same_length(*columns: Sequence[Any]) -> None:
    """Raises DecodeError where these are not of one length."""
    if len(set(map(len, columns))) > 1:
        raise DecodeError("columns that are not of one length")


def steps(numbers: Sequence[int]) -> list[int]:
    """Numbers as what each is more than the one before: a byte each, where they follow one another."""
    return [after - before for before, after in pairwise(chain((0,), numbers))]


def numbers(of_steps: Sequence[int]) -> list[int]:
    """The numbers that were written as steps. Raises DecodeError for those that nothing has."""
    found = list(accumulate(of_steps))
    if found and min(found) < 0:
        raise DecodeError("a number below 0")
    return found
