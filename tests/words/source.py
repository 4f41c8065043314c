"""Every message of the source: what passes through `_`, `_n` or `_p`, and what is declared as plain text and looked up
where it is shown.

Rules
- A message is a text, or for counted things the pair (one, many): what gettext calls its msgid. One that has a sense
  (`_p`) is both with `OF` in between, as in a compiled catalogue.
- Words that a plugin brings for itself (`words_of`) and templates of new plugins are not ours.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("floorwatch", "plugins")
TEMPLATES = ROOT / "floorwatch" / "scaffold" / "templates"
ARGUMENTS = {"_": 1, "_n": 2, "_p": 2}
OF = "\x04"
DECLARED = "declared"

Message: TypeAlias = str | tuple[str, str]


class NotALiteralError(Exception):
    """Something put together passes through `_`: no catalogue can hold it. The message says where."""


def messages() -> dict[Message, list[str]]:
    """Every message with the files that say it, in the order of the source; what is only declared comes last."""
    from tests.words.declared import declared  # it imports all of floorwatch, which reading files does not need

    found: dict[Message, list[str]] = {}
    for file in source_files():
        where = file.relative_to(ROOT).as_posix()
        for message in in_file(file):
            places = found.setdefault(message, [])
            if where not in places:
                places.append(where)
    for text in declared():
        found.setdefault(text, [DECLARED])
    return found


def source_files() -> Iterator[Path]:
    """Every file that may say something to people."""
    for folder in FOLDERS:
        yield from (file for file in sorted((ROOT / folder).rglob("*.py")) if TEMPLATES not in file.parents)


def in_file(file: Path) -> Iterator[Message]:
    """The messages of one file, in its order. Raises NotALiteralError."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name), args=args) if name in ARGUMENTS:
                given = args[: ARGUMENTS[name]]
                texts = [item.value for item in given if isinstance(item, ast.Constant) and isinstance(item.value, str)]
                if len(texts) == len(given):
                    yield _message(name, texts)
                elif any(isinstance(item, ast.JoinedStr | ast.BinOp) for item in given):
                    raise NotALiteralError(f"{file.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}")


def _message(name: str, texts: list[str]) -> Message:
    if name == "_n":
        return texts[0], texts[1]
    return OF.join(texts)


def sense_of(message: Message) -> str | None:
    """In which sense it is meant; None where it has one alone."""
    return message.partition(OF)[0] if isinstance(message, str) and OF in message else None


def english_of(message: Message) -> tuple[str, ...]:
    """The English, of counted things in both forms."""
    return message if isinstance(message, tuple) else (message.rpartition(OF)[2],)
