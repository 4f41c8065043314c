"""Notes given away: a row of plain values each, and what they say with nobody's name in it.

Rules
- A pseudonym is a word and a number, by the order in which people, authors and calls appear in the journal: every
  export of the same journal calls them the same, as long as nothing was purged.
- In texts the names, numbers and devices of agents and authors become their pseudonyms, each part of a name too; four
  digits or more are masked. What else a text may tell of somebody (a nickname) nobody here can know.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias
from unicodedata import normalize

from floorwatch.engine.notes import Book
from floorwatch.model.clock import FloorDays
from floorwatch.model.support import Note, Support
from floorwatch.text import whole_inert
from floorwatch.words import _

Row: TypeAlias = dict[str, str | None]

MASK = "****"
_DIGITS = r"\d(?:[ .()/-]{0,2}\d){3,}"
_SHORTEST_NUMBER = 3
_LONGEST_WORD = 150
"""A name is known by so many letters: the tree of the names is as deep."""
"""A number of fewer digits is left in texts: "7 minutes" is about nobody."""

_Tree: TypeAlias = dict[str, "_Tree"]
_END = ""

_PART = re.compile(r"[^\s,;·]+")
_BREAKS = re.compile(r"\s*[\r\n]+\s*")


ROW_NAMES = (
    "id", "at", "kind", "agent", "name", "team", "seat", "state", "queue", "call", "tag", "text", "follow_up", "due_at",
    "done_at", "done_by", "outcome", "by", "amended_at",
)  # fmt: skip
"""What a row holds, in its order."""


def row_of(note: Note, book: Book, days: FloorDays) -> Row:
    """All that a note says, None where it says nothing; times in ISO format on the floor's own clock. Texts are whole,
    inert, and in one line."""
    who = None if note.agent is None else book.who(note.agent)
    plain: Row = {
        "id": note.id,
        "at": _time(note.at, days),
        "kind": note.kind.value,
        "agent": note.agent,
        "name": None if who is None else who.name,
        "team": None if who is None else who.team,
        "seat": note.seat,
        "state": note.state,
        "queue": note.queue,
        "call": note.call,
        "tag": note.tag,
        "text": note.text,
        "follow_up": note.follow_up,
        "due_at": _time(note.due_at, days),
        "done_at": _time(note.done_at, days),
        "done_by": note.done_by,
        "outcome": note.outcome,
        "by": note.by,
        "amended_at": _time(note.amended_at, days),
    }
    return {name: whole(value) if value else None for name, value in plain.items()}


def whole(text: str) -> str:
    """All of the text, however long it is, inert and in one line."""
    return whole_inert(_BREAKS.sub(" ", text))


class Veil:
    """Pseudonyms for everybody whom a journal names."""

    def __init__(self, support: Support, book: Book) -> None:
        agents, authors = _named(support)
        self._agents = {agent: _("agent {n}").format(n=n) for n, agent in enumerate(agents, 1)}
        others = dict.fromkeys(book.in_the_file, _("somebody"))
        called, parts = _words(others | self._agents, book)
        free = [author for author in authors if author.casefold() not in called]
        pseudonyms = {author: _("author {n}").format(n=n) for n, author in enumerate(free, 1)}
        parts |= {part: pseudonym for author, pseudonym in pseudonyms.items() for part in _parts(author)}
        self._words = parts | called | {author.casefold(): pseudonym for author, pseudonym in pseudonyms.items()}
        self._calls: dict[str, str] = {}
        for note in support.notes.values():
            if note.call is not None:
                self._calls.setdefault(note.call, _("call {n}").format(n=len(self._calls) + 1))
        self._pattern = re.compile("|".join(filter(None, (_any_of(self._words), _DIGITS))), re.IGNORECASE)

    def over(self, row: Row) -> Row:
        """The row with nobody's name in it; the agent's own is left out."""
        veiled = {name: self.text(row[name] or "") or None for name in ("tag", "text", "follow_up", "outcome")}
        authors = {name: self.author(row[name] or "") or None for name in ("by", "done_by")}
        agent, call = row["agent"], row["call"]
        hidden: Row = {
            "agent": None if agent is None else self._agents.get(agent, MASK),
            "name": None,
            "call": None if call is None else self._calls.get(call, MASK),
        }
        return {**row, **veiled, **authors, **hidden}

    def author(self, name: str) -> str:
        """The pseudonym of whoever wrote."""
        return self._words.get(name.casefold(), MASK) if name else ""

    def text(self, text: str) -> str:
        """The text with the pseudonyms in it, and long numbers masked."""
        return self._pattern.sub(self._hidden, normalize("NFKC", text))

    def _hidden(self, found: re.Match[str]) -> str:
        return self._words.get(found[0].casefold(), MASK)


def _named(support: Support) -> tuple[list[str], list[str]]:
    """The agents and the authors in the order in which they appear."""
    agents: dict[str, None] = {}
    authors: dict[str, None] = {}
    for note in support.notes.values():
        agents |= {} if note.agent is None else {note.agent: None}
        authors |= dict.fromkeys((note.by, note.done_by, note.amended_by))
    for each in support.helps.values():
        agents[each.agent] = None
        authors |= dict.fromkeys((each.by, each.taken_by, each.closed_by))
    authors |= dict.fromkeys(visit.by for visit in support.visits.values())
    authors |= dict.fromkeys(walk.by for walk in support.walks.values())
    for incident in support.incidents.values():
        authors |= dict.fromkeys((incident.owner, incident.closed_by, *(known.by for known in incident.evidence)))
    return list(agents), [author for author in authors if author]


def _words(agents: Mapping[str, str], book: Book) -> tuple[dict[str, str], dict[str, str]]:
    """The pseudonyms behind the words that mean an agent, and behind the parts of their names; what two have in common
    is nobody's in particular."""
    found: dict[str, str] = {}
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for agent, pseudonym in agents.items():
        who = book.who(agent)
        for word in (who.id, who.number, who.name, *who.devices):
            if len(word) > 1 and (not word.isdigit() or len(word) >= _SHORTEST_NUMBER):
                found.setdefault(word.casefold(), pseudonym)
        for part in _parts(who.name):
            parts[part].add(pseudonym)
    someone = _("somebody")
    return found, {part: next(iter(of)) if len(of) == 1 else someone for part, of in parts.items()}


def _parts(name: str) -> list[str]:
    return [part.casefold() for part in _PART.findall(name) if len(part) > 1]


def _any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of the words that stands there whole. A tree by letters: with 1,000 names side by side
    each place of each text would be held against all of them."""
    tree: _Tree = {}
    for word in words:
        node = tree
        for letter in word[:_LONGEST_WORD]:
            node = node.setdefault(letter, {})
        node[_END] = {}
    branches = (_before(letter) + re.escape(letter) + _rest(letter, node) for letter, node in tree.items())
    return "|".join(branches)


def _rest(letter: str, node: _Tree) -> str:
    """What may follow this letter; the end comes last, so that a longer word is found before a shorter."""
    branches = [re.escape(each) + _rest(each, below) for each, below in node.items() if each != _END]
    if _END in node:
        branches.append(_behind(letter))
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _before(letter: str) -> str:
    """Nothing of a longer word stands before it; Chinese knows no such edges."""
    return r"(?<![^\W_])" if letter.isascii() and letter.isalnum() else ""


def _behind(letter: str) -> str:
    return r"(?![^\W_])" if letter.isascii() and letter.isalnum() else ""


def _time(at: float | None, days: FloorDays) -> str | None:
    return None if at is None else days.local(at).isoformat(timespec="seconds")
