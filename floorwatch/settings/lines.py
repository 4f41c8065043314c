"""Where each key of a TOML text stands, so that a mistake can name its line: the one thing that tomllib does not tell.

Rules
- The text has been read by tomllib first: this scan relies on its being TOML and checks nothing.
- A table stands where it is first named; a list item, and a key inside an inline table, where it begins.
"""

import re
import tomllib
from typing import NamedTuple

from floorwatch.settings.values import KeyPath

_TOKEN = re.compile(
    r"""
      (?P<blank> [ \t\r]+ | \#[^\n]* )
    | (?P<string> \"{3} (?: \\. | [^\\] )*? \"{3,5} | '{3} .*? '{3,5} | "(?: \\. | [^"\\\n] )*" | '[^'\n]*' )
    | (?P<mark> [\n\[\]{}=,.] )
    | (?P<word> [^\s\[\]{}=,.#"']+ )
    """,
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    text: str
    line: int
    is_string: bool


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of every table, key and list item of a valid TOML text."""
    scan = _Scan(_tokens(text))
    scan.document()
    return scan.lines


def _tokens(text: str) -> list[_Token]:
    tokens = []
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "blank":
            tokens.append(_Token(match.group(), line, match.lastgroup == "string"))
        line += match.group().count("\n")
    return tokens


class _Scan:
    """One walk over the tokens."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._tokens = tokens
        self._at = 0
        self._table_counts: dict[KeyPath, int] = {}

    def document(self) -> None:
        table: KeyPath = ()
        while (mark := self._peek()) is not None:
            if mark == "\n":
                self._at += 1
            elif mark == "[":
                table = self._header()
            else:
                self._pair(table)

    def _peek(self) -> str | None:
        return self._tokens[self._at].text if self._at < len(self._tokens) else None

    def _note(self, path: KeyPath, line: int) -> None:
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _header(self) -> KeyPath:
        line = self._tokens[self._at].line
        is_list = self._tokens[self._at + 1].text == "["
        self._at += 1 + is_list
        *parents, last = self._key("]")
        self._at += is_list
        table: KeyPath = ()
        for part in parents:
            table = self._newest((*table, part))
        table = (*table, last)
        if is_list:
            self._table_counts[table] = self._table_counts.get(table, 0) + 1
        table = self._newest(table)
        self._note(table, line)
        return table

    def _newest(self, table: KeyPath) -> KeyPath:
        """The path of the newest item where the table is a list of tables, else the table's own."""
        count = self._table_counts.get(table)
        return table if count is None else (*table, count - 1)

    def _key(self, end: str) -> list[str]:
        parts = []
        while (token := self._tokens[self._at]).text != end or token.is_string:
            if token.is_string:
                parts.append(str(tomllib.loads(f"key = {token.text}")["key"]))
            elif token.text != ".":
                parts.append(token.text)
            self._at += 1
        self._at += 1
        return parts

    def _pair(self, table: KeyPath) -> None:
        line = self._tokens[self._at].line
        path = (*table, *self._key("="))
        self._note(path, line)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        match self._peek():
            case "[":
                self._items(path)
            case "{":
                self._inline_table(path)
            case _:
                while self._peek() not in (None, ",", "]", "}", "\n"):
                    self._at += 1

    def _items(self, path: KeyPath) -> None:
        self._at += 1
        index = 0
        while (mark := self._peek()) != "]":
            if mark in (",", "\n"):
                self._at += 1
                continue
            self._note((*path, index), self._tokens[self._at].line)
            self._value((*path, index))
            index += 1
        self._at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while (mark := self._peek()) != "}":
            if mark in (",", "\n"):
                self._at += 1
            else:
                self._pair(path)
        self._at += 1
