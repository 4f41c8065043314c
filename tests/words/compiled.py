"""A catalogue in the form that gettext reads. The same words always give the same bytes: no dates, no tool's name."""

import struct
from collections.abc import Mapping

MAGIC = 0x950412DE
HEADER, INDEX = struct.Struct("<7I"), struct.Struct("<II")


def compiled(words: Mapping[str, str], plurals: str) -> bytes:
    """The file: each key with its words, the forms of counted ones with NUL in between; `plurals` says how many forms
    there are, and which is chosen: "nplurals=1; plural=0;"."""
    head = f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {plurals}\n"
    entries = sorted((key.encode(), said.encode()) for key, said in {**words, "": head}.items())
    keys_at = HEADER.size
    said_at = keys_at + INDEX.size * len(entries)
    keys, keys_end = _indexed([key for key, _said in entries], said_at + INDEX.size * len(entries))
    said, _end = _indexed([said for _key, said in entries], keys_end)
    texts = b"".join(each + b"\0" for column in zip(*entries, strict=True) for each in column)
    return HEADER.pack(MAGIC, 0, len(entries), keys_at, said_at, 0, 0) + keys + said + texts


def _indexed(texts: list[bytes], at: int) -> tuple[bytes, int]:
    """Length and place of each text from `at` on, a NUL behind each, and where they end."""
    index = b""
    for text in texts:
        index += INDEX.pack(len(text), at)
        at += len(text) + 1
    return index, at
