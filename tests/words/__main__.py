"""`python -m tests.words [FILE ...]`, also `make words`: bring every catalogue up to the source and compile it.

FILE holds new words for one catalogue (--language, else the first): a line a message, the English, a tab, the
translation, both as a catalogue writes them (`\\n`, `\\t`, `\\"`, `\\\\`); of counted things the English for one,
of a word with a sense `[SENSE] ` before it.
What has no word yet is printed as such lines: the output, filled in, is the next FILE.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages.pofile import denormalize, escape

from tests.words.catalogue import LANGUAGES, brought_up, read, untranslated, write
from tests.words.source import Message, english_of, messages, sense_of


def main() -> int:
    """0 when every message has its word in every language."""
    parser = argparse.ArgumentParser(prog="python -m tests.words", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="new words, a tab between the two")
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="the language of FILE")
    asked = parser.parse_args()
    found = messages()
    given = dict(pair for file in asked.files for pair in words_in(file, found))
    missing = 0
    for language in LANGUAGES:
        words = brought_up(read(language), found, given if language == asked.language else {})
        write(language, words, found)
        missing += _say(language, untranslated(words), len(found))
    return 1 if missing else 0


def words_in(file: Path, found: Iterable[Message]) -> Iterator[tuple[Message, str]]:
    """The words in a file, by message; a line about nothing that floorwatch says is named and left out."""
    by_text = {_written(message): message for message in found}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        english, tab, word = line.partition("\t")
        message = by_text.get(english)
        if message is not None and word:
            yield message, denormalize(f'"{word}"')
        elif tab and message is None:
            print(f"{file}:{number}: floorwatch does not say this: {english}", file=sys.stderr)  # noqa: T201


def _say(language: str, missing: Sequence[Message], count: int) -> int:
    print(f"{language}: {count - len(missing)} of {count} messages translated", file=sys.stderr)  # noqa: T201
    for message in missing:
        print(_written(message), end="\t\n")  # noqa: T201
    return len(missing)


def _written(message: Message) -> str:
    """The message in a FILE: its sense in brackets, then the English."""
    sense, text = sense_of(message), escape(english_of(message)[0])[1:-1]
    return text if sense is None else f"[{sense}] {text}"


if __name__ == "__main__":
    sys.exit(main())
