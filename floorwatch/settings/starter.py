"""The first configuration of a floor: the commented reference with what is known of the floor filled in.

Rules
- A setting that is filled in stands in the line in which the reference has it, below what the reference says of it.
- Tables of chosen names (queues, feeds) stand below the commented example of their kind; the first feed takes the
  place of the example.
- What is not filled in stays commented, with its default.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from floorwatch.bundled import bundled
from floorwatch.settings.find import FILE_NAME
from floorwatch.settings.toml_text import quoted, toml_text

Filling: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Settings as the file holds them: table -> key -> value; of "queues" and "feeds", table -> name -> key -> value."""

FIRST_FEED = "main"
"""The name of the feed that the reference shows."""

_NAMED = ("queues", "feeds")
_TABLE = re.compile(r"#\[([^]]+)\]")
_KEY = re.compile(r"#([a-z_]+) = ")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def reference() -> str:
    """The reference: every key with its default, commented out. Prose begins with "# ", a key with "#"."""
    return (bundled("config") / FILE_NAME).read_text("utf-8")


def starter(path_of_queue_log: str) -> str:
    """What `config init` writes where nobody is asked: the reference, in which the feed `main` reads this file; all
    else is left to defaults.

    Give an absolute path: a relative one would be looked for beside the new file.
    """
    return filled_reference({"feeds": {FIRST_FEED: {"path": as_path(path_of_queue_log)}}})


def as_path(path: str) -> str:
    """A path as it stands in the file, where a dollar sign begins the name of a variable."""
    return path.replace("$", "$$")


def filled_reference(filling: Filling) -> str:
    """The reference with these settings in their places. A table or key that the reference does not show is an error
    of ours: KeyError."""
    lines: list[str] = []
    left = {table: dict(keys) for table, keys in filling.items() if keys}
    for block in _blocks(reference()):
        lines += _filled(block, left)
    if unplaced := {table: keys for table, keys in left.items() if keys}:
        raise KeyError(str(unplaced))
    return "\n".join(lines) + "\n"


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines of the text, a block for what lies between two lines without anything in them."""
    block: list[str] = []
    for line in text.splitlines():
        block.append(line)
        if not line:
            yield block
            block = []
    yield block


def _filled(block: list[str], left: dict[str, dict[str, Any]]) -> list[str]:
    """One block with what is to be filled in there, which is taken out of `left`."""
    table = next((found[1] for line in block if (found := _TABLE.fullmatch(line))), "")
    kind, _dot, example = table.partition(".")
    if kind not in _NAMED:
        return _with_values(block, table, left.get(table, {}))
    named = left.pop(kind, {})
    if example == FIRST_FEED and example in named:
        block = _with_values(block, table, named.pop(example))
    end = len(block) - (block[-1] == "")
    return [*block[:end], *(line for name, keys in named.items() for line in _new(kind, name, keys)), *block[end:]]


def _with_values(block: list[str], table: str, values: dict[str, Any]) -> list[str]:
    """The block with the values of its table; those that are placed are taken out of `values`."""
    if not values:
        return block
    lines, within = [], ""
    for line in block:
        if (head := _TABLE.fullmatch(line)) is not None:
            within = head[1]
            lines.append(line[1:] if within == table else line)
        elif within == table and (key := _KEY.match(line)) is not None and key[1] in values:
            lines.append(_pair(key[1], values.pop(key[1])))
        else:
            lines.append(line)
    return lines


def _new(kind: str, name: str, keys: Mapping[str, Any]) -> Iterator[str]:
    """A table that the reference does not have."""
    yield f"[{kind}.{name if _BARE.fullmatch(name) else quoted(name)}]"
    yield from (_pair(key, value) for key, value in keys.items())


def _pair(key: str, value: Any) -> str:
    return f"{key} = {toml_text(value)}"
