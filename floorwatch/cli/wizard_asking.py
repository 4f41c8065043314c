"""Questions on a terminal, in plain lines: what is proposed, what is typed, what is wrong with it.

Rules
- An empty answer takes the proposal; `?` explains; a wrong answer is said, and asked again.
- Nothing is drawn: no colours, no cursor. It works over any line, and input methods and `readline` see an ordinary one.
- The end of the input ends the questions: LeftError.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar
from unicodedata import normalize

from floorwatch.text import inert
from floorwatch.words import _

Answer = TypeVar("Answer")
Read = Callable[[str], Answer]
"""Makes an answer of what was typed, without blanks around it. Raises ValueError with a sentence for a wrong one."""

_HELP = ("?", "？")
_YES = frozenset({"y", "yes", "j", "1", "是", "好"})
_NO = frozenset({"n", "no", "0", "否", "不"})
_ITEM_ENDS = re.compile(r"[,;，；、]")


class LeftError(Exception):
    """Whoever was asked has left: the input is at its end."""


class Asker:
    """Asks on stdin and stdout."""

    def __init__(self) -> None:
        with suppress(ImportError):  # not on every system; with it a line can be edited, and tab completes paths
            import readline  # noqa: F401  # input() uses it once it is imported

    def say(self, text: str = "") -> None:
        """A line that asks nothing."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def ask(self, question: str, why: str, proposal: str, read: Read[Answer]) -> Answer:
        """What `read` makes of the answer; of the proposal, where nothing is typed. Raises LeftError."""
        asked = f"{question} [{proposal}]: " if proposal else f"{question}: "
        while True:
            typed = self._typed(asked)
            if typed in _HELP:
                self.say(f"  {why}")
                continue
            try:
                if typed is not None:
                    return read(typed or proposal)
                raise ValueError(_("that is not UTF-8: set the terminal to UTF-8, and type it again"))
            except ValueError as error:
                self.say(_("  ! {wrong}").format(wrong=inert(str(error))))

    def agrees(self, question: str, why: str, *, proposal: bool) -> bool:
        """Whether the answer is yes. Raises LeftError."""
        return self.ask(question, why, _("yes") if proposal else _("no"), yes_or_no)

    def _typed(self, asked: str) -> str | None:
        """A line without the blanks around it; None for one that cannot be written down."""
        try:
            line = input(asked)
            line.encode("utf-8")
        except EOFError:
            self.say()
            raise LeftError from None
        except UnicodeError:
            return None
        return line.strip()


def yes_or_no(text: str) -> bool:
    """Raises ValueError."""
    word = normalize("NFKC", text).casefold()
    if word in _YES or word == _("yes").casefold():
        return True
    if word in _NO or word == _("no").casefold():
        return False
    raise ValueError(_("answer yes or no"))


def some_text(text: str) -> str:
    """Any text that can be shown, but not nothing. Raises ValueError."""
    if not text:
        raise ValueError(_("write something"))
    if inert(text) != text:
        raise ValueError(_("there is a character in it that cannot be shown; write it without"))
    return text


def number_above_zero(text: str) -> float:
    """A number such as 20 or 7.5; units behind it are let pass. Raises ValueError."""
    plain = normalize("NFKC", text).strip().removesuffix("s").removesuffix("秒").strip()
    try:
        number = float(plain)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e6:
        raise ValueError(_("write a number of seconds, such as 20"))
    return number


def a_share(text: str) -> float:
    """A share of 1 from 80, 80% or 0.8. Raises ValueError."""
    plain = normalize("NFKC", text).strip().removesuffix("%").strip()
    try:
        number = float(plain)
    except ValueError:
        number = 0.0
    number = number if number <= 1 and "%" not in text and "％" not in text else number / 100
    if not 0 < number <= 1:
        raise ValueError(_("write a share, such as 80 or 80%"))
    return number


def one_of(known: Sequence[str]) -> Read[str]:
    """A reader for one of these words, or its number in the list."""

    def read(text: str) -> str:
        plain = normalize("NFKC", text).strip()
        if plain.isdecimal() and 1 <= int(plain) <= len(known):
            return known[int(plain) - 1]
        if plain not in known:
            raise ValueError(_("{text} is none of them: {known}").format(text=text, known=", ".join(known)))
        return plain

    return read


def some_of(known: Sequence[str]) -> Read[list[str]]:
    """A reader for several of these, by name or number, apart by commas (or by blanks where all are numbers)."""
    one = one_of(known)

    def read(text: str) -> list[str]:
        plain = normalize("NFKC", text)
        words = plain.split() if plain.replace(" ", "").isdecimal() else _items(plain)
        return list(dict.fromkeys(map(one, words)))

    return read


def pairs_of(known: Sequence[str], value: Read[Answer]) -> Read[dict[str, Answer]]:
    """A reader for `NAME=VALUE`, several apart by commas; NAME is one of these, or its number."""
    one = one_of(known)

    def read(text: str) -> dict[str, Answer]:
        return {one(name): value(rest) for name, rest in map(_pair, _items(text))}

    return read


def _items(text: str) -> Iterator[str]:
    return (item.strip() for item in _ITEM_ENDS.split(text) if item.strip())


def _pair(item: str) -> tuple[str, str]:
    name, equals, value = item.replace("＝", "=").partition("=")
    if not equals or not value.strip():
        raise ValueError(_("{item}: write NAME=VALUE").format(item=item))
    return name.strip(), value.strip()
