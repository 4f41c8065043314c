"""What is pasted presses no keys: escapes inside a paste are taken out before anybody reads them.

Rules
- A terminal brackets what is pasted in two marks. Textual 8 takes an escape in between for the beginning of keys: what
  followed it was typed, a line end sent the form, and the rest was lost.
- Line ends and tabs stay: they become blanks in a field. Nothing outside of a paste is touched or held back.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

BEGIN, END = "\x1b[200~", "\x1b[201~"

_ACTING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x9b]")


class Pastes:
    """Reads on over the pieces in which a terminal's text comes."""

    def __init__(self) -> None:
        self._is_inside = False
        self._before = ""  # the end of what came before: a mark may come in two pieces
        self._held = ""  # what may be the beginning of the mark that ends a paste

    def cleaned(self, text: str) -> str:
        """The piece without what acts inside a paste."""
        found = []
        text, self._held = self._held + text, ""
        while text:
            if self._is_inside:
                inner, mark, text = text.partition(END)
                if not mark:
                    inner, self._held = _without_half(inner)
                self._is_inside = not mark
                found.append(_ACTING.sub("", inner) + mark)
            else:
                seen = self._before + text
                begun = seen.find(BEGIN)
                upto = len(text) if begun < 0 else begun + len(BEGIN) - len(self._before)
                found.append(text[:upto])
                self._before = seen[-len(BEGIN) + 1 :] if begun < 0 else ""
                self._is_inside, text = begun >= 0, text[upto:]
        return "".join(found)


def _without_half(text: str) -> tuple[str, str]:
    """The text, and apart from it what may be the beginning of the mark that ends a paste."""
    half = next((size for size in range(len(END) - 1, 0, -1) if text.endswith(END[:size])), 0)
    return (text[:-half], text[-half:]) if half else (text, "")


def guard_pastes(heard: Callable[[], None]) -> None:
    """Let Textual's driver of this terminal read through `Pastes`, and call `heard` in its thread as soon as something
    has come. Nothing on Windows, whose driver reads other events.

    The driver makes its parser by this name and offers no place to put one: hence the name itself.
    """
    try:
        from textual.drivers import linux_driver
    except ImportError:
        return
    driver: Any = linux_driver
    parser: Any = driver.XTermParser

    class GuardedParser(parser):  # type: ignore[misc]  # Textual keeps its parser to itself
        """The parser of keys, which sees no escapes of a paste."""

        def __init__(self, *words: Any) -> None:
            super().__init__(*words)
            self._pastes = Pastes()

        def feed(self, data: str) -> Iterable[Any]:
            """The events in this piece; "" is the end of all, and a piece that is held back whole is not."""
            heard()
            clean = self._pastes.cleaned(data)
            return super().feed(clean) if clean or not data else ()

    if parser.__name__ != GuardedParser.__name__:
        driver.XTermParser = GuardedParser
