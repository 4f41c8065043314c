"""The catalogues say everything that floorwatch says, and say it whole. What is missing here: `make words`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from string import Formatter

import pytest

from tests.words.catalogue import LANGUAGES, compiled_now, compiled_of, read, untranslated
from tests.words.source import Message, english_of, messages

UNTOUCHED = re.compile(r"`[^`]+`|(?<![\w-])--[a-z][\w-]*|\[[a-z]+\.[A-Z]+\]|@\w+|\\[nt]")
"""What must stand in a translation as it stands in the English: what is typed, and what the source calls by name."""


@cache
def found() -> Mapping[Message, Sequence[str]]:
    """Every message with the files that say it. All of the source is read for it."""
    return messages()


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each language that has a catalogue."""
    return str(request.param)


def fields(text: str) -> set[tuple[str, str, str]]:
    """The placeholders of a text: name, format, conversion."""
    found = (
        (name, form or "", conversion or "")
        for _text, name, form, conversion in Formatter().parse(text)
        if name is not None
    )
    return set(found)


def translated(language: str) -> Iterator[tuple[Message, str]]:
    """Each form of each translation, with its message."""
    return ((message, text) for message, said in read(language).items() for text in said if text)


def blanks(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def listed(wrong: list[str]) -> str:
    return "\n" + "\n".join(wrong)


def test_there_is_simplified_chinese() -> None:
    assert "zh_CN" in LANGUAGES


def test_every_message_is_in_the_catalogue_and_no_other(language: str) -> None:
    held = read(language)

    assert not [message for message in found() if message not in held], "run `make words`"
    assert not [message for message in held if message not in found()], "run `make words`"


def test_every_message_has_its_word(language: str) -> None:
    missing = [repr(message) for message in untranslated(read(language))]

    assert not missing, listed([f"{len(missing)} messages have no word in {language} yet:", *missing])


def test_translations_keep_what_is_filled_in(language: str) -> None:
    wrong = [
        f"{message!r}: {text!r}"
        for message, text in translated(language)
        if fields(text) != set().union(*map(fields, english_of(message)))
    ]

    assert not wrong, listed(wrong)


def test_translations_keep_blanks_at_their_ends(language: str) -> None:
    wrong = [
        f"{message!r}: {text!r}"
        for message, text in translated(language)
        if blanks(text) != blanks(english_of(message)[0])
    ]

    assert not wrong, listed(wrong)


def test_translations_keep_what_is_typed(language: str) -> None:
    wrong = [
        f"{message!r}: {text!r} has not {word}"
        for message, text in translated(language)
        for word in UNTOUCHED.findall(english_of(message)[0])
        if word not in text
    ]

    assert not wrong, listed(wrong)


def test_the_compiled_catalogue_is_the_one_that_people_edit(language: str) -> None:
    assert compiled_of(language).read_bytes() == compiled_now(language), "run `make words`"
