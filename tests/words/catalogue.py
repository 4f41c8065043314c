"""A catalogue: read, brought up to the source, written, compiled.

Rules
- What is written depends on the messages alone: no dates, no line numbers, no name of a tool.
- A message that changed loses its translation: no guess ("fuzzy") ever reaches a screen.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from floorwatch.words import CATALOGUES
from tests.words.compiled import compiled
from tests.words.source import OF, Message, english_of, sense_of

DOMAIN = "floorwatch"
LANGUAGES = tuple(sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir()))
_HEAD = """# Words of floorwatch and its bundled plugins: `make words` brings them up to the source and compiles them.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""

Words: TypeAlias = Mapping[Message, tuple[str, ...]]
"""The translation of each message, of a counted one in each of its forms; "" where there is none yet."""


def source_of(language: str) -> Path:
    """The file that people edit."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def compiled_of(language: str) -> Path:
    """The file that floorwatch reads."""
    return source_of(language).with_suffix(".mo")


def read(language: str) -> Words:
    """The catalogue as it stands; empty when there is none yet. A guess counts as nothing. Raises PoFileError."""
    if not source_of(language).exists():
        return {}
    with source_of(language).open("rb") as stream:
        return _words(read_po(stream, locale=language, abort_invalid=True))


def compiled_now(language: str) -> bytes:
    """What the compiled file should hold: the messages that have words."""
    words = {"\0".join(key) if isinstance(key, tuple) else key: said for key, said in read(language).items()}
    plurals = Catalog(locale=language).plural_forms
    return compiled({key: "\0".join(said) for key, said in words.items() if all(said)}, plurals)


def brought_up(old: Words, found: Iterable[Message], given: Mapping[Message, str]) -> Words:
    """The messages of the source, with the words that are given, else those that there were."""
    return {message: (given[message],) if message in given else old.get(message, ("",)) for message in found}


def untranslated(words: Words) -> list[Message]:
    """The messages without a word for them."""
    return [message for message, said in words.items() if not all(said)]


def write(language: str, words: Words, places: Mapping[Message, Sequence[str]]) -> None:
    """The catalogue, each message with the files that say it, and its compiled form."""
    catalogue = _catalogue(language, words, places)
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, include_lineno=False)
    file = source_of(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    head = _HEAD.format(language=language, plurals=catalogue.plural_forms)
    file.write_text(head + body.getvalue().decode("utf-8").rstrip("\n") + "\n", encoding="utf-8")
    compiled_of(language).write_bytes(compiled_now(language))


def _catalogue(language: str, words: Words, places: Mapping[Message, Sequence[str]]) -> Catalog:
    catalogue = Catalog(locale=language)
    for message, said in words.items():
        text = english_of(message)
        where = [(place, 0) for place in places[message]]
        if len(text) == 1:
            added = catalogue.add(text[0], said[0], locations=where, context=sense_of(message))
        else:
            added = catalogue.add(text, said, locations=where)
        added.flags.discard("python-format")  # Babel's guess from "% r"; ours are filled in by str.format
    return catalogue


def _words(catalogue: Catalog) -> dict[Message, tuple[str, ...]]:
    found: dict[Message, tuple[str, ...]] = {}
    for each in catalogue:
        if not each.id:
            continue  # the head
        said = (each.string,) if isinstance(each.string, str) else tuple(each.string or ("",))
        message = (each.id[0], each.id[1]) if not isinstance(each.id, str) else _in_its_sense(each.context, each.id)
        found[message] = ("",) if each.fuzzy else said
    return found


def _in_its_sense(sense: str | None, text: str) -> str:
    return text if sense is None else sense + OF + text
