"""Notes found again: by words, time, kind, author and the agent they are about.

Rules
- What was withdrawn is not found. The newest stands first.
- Words are compared as people mean them: full width and narrow, capital and small are the same. All of them must be in
  what a note says, in its tag, kind, follow-up or seat, or in the name, number or seat of its agent.
"""

import re
from collections.abc import Iterable, Sequence
from math import inf
from unicodedata import normalize

from msgspec import Struct

from floorwatch.model.entered import NoteKind
from floorwatch.model.people import People, Person
from floorwatch.model.support import Note
from floorwatch.text import folded

_PLAIN = "\x00-\x7f\u00c0-\u00ff\u0400-\u04ff\u3001\u3002\u3008-\u3011\u4e00-\u9fff"
_SIGNS = "！（），：；？"
"""What stands in nearly every Chinese sentence, and is searched for by nobody."""

_ODD = re.compile(f"[^{_PLAIN}{_SIGNS}]")
"""What may read otherwise once it is folded, the signs aside. To fold 100,000 notes, half of them Chinese, takes 0.2 s;
to look whether that is needed, a quarter of it."""

_AS_SIGNS = frozenset(normalize("NFKC", _SIGNS))


class Who(Struct, frozen=True):
    """An agent by every word that people know them by."""

    id: str
    name: str = ""
    number: str = ""
    seat: str = ""
    team: str = ""
    devices: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys(word for word in (self.id, self.number, self.name, self.seat) if word))


class Wanted(Struct, frozen=True):
    """What is looked for; everything that is left out is any. `since` and `until` (not included) are epoch seconds,
    `agents` ids; `words` and `by` as they were typed."""

    words: Sequence[str] = ()
    since: float = -inf
    until: float = inf
    agents: frozenset[str] | None = None
    kind: NoteKind | None = None
    by: str = ""


class Book:
    """Who is who among the agents of notes. Keeps what it has looked up."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._known: dict[str, Who] = {}

    def who(self, agent: str) -> Who:
        """The agent of this id; one whom nobody knows has only that."""
        if agent not in self._known:
            person = self._people.person(agent)
            self._known[agent] = Who(agent) if person is None else _who(person)
        return self._known[agent]

    @property
    def in_the_file(self) -> list[str]:
        """The ids of everybody in the people file."""
        return [person.id for person in self._people]

    def called(self, word: str, agents: Iterable[str]) -> frozenset[str]:
        """The ids among these agents, and those of the people file, that the word means; those that it begins where it
        means none."""
        wanted = folded(word.strip())
        every = [self.who(agent) for agent in dict.fromkeys([*agents, *self.in_the_file])]
        meant = frozenset(who.id for who in every if wanted in map(folded, who.words))
        return meant or frozenset(who.id for who in every if any(folded(each).startswith(wanted) for each in who.words))


def _who(person: Person) -> Who:
    number, seat, team = person.employee or "", person.seat or "", person.team or ""
    return Who(person.id, person.name, number, seat, team, person.interfaces)


def found(notes: Iterable[Note], wanted: Wanted, book: Book) -> list[Note]:
    """The notes that are wanted, the newest first; `notes` are in the order of the journal."""
    left = [note for note in notes if note.withdrawn_at is None]
    if wanted != Wanted(wanted.words):
        left = [note for note in left if _is_wanted(note, wanted)]
    words = [word for each in wanted.words for word in folded(each).split()]
    beside = _Beside(book)
    for word in sorted(words, key=len, reverse=True):
        left = _with(word, left, beside)
    left.sort(key=lambda note: note.at)
    left.reverse()
    return left


def _is_wanted(note: Note, wanted: Wanted) -> bool:
    return (
        wanted.since <= note.at < wanted.until
        and (wanted.kind is None or note.kind is wanted.kind)
        and (wanted.agents is None or note.agent in wanted.agents)
        and (not wanted.by or folded(note.by) == folded(wanted.by.strip()))
    )


class _Beside:
    """What can be found of a note beside its words: few notes differ in it, so that it is folded once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[tuple[str, str, str | None, str | None], str] = {}

    def of(self, note: Note) -> str:
        """Kind, tag, seat and agent of the note, folded."""
        key = (note.kind, note.tag, note.agent, note.seat)
        text = self._known.get(key)
        if text is None:
            words = () if note.agent is None else self._book.who(note.agent).words
            text = self._known[key] = folded("\n".join((note.kind.value, note.tag, note.seat or "", *words)))
        return text


def _with(word: str, notes: Sequence[Note], beside: _Beside) -> list[Note]:
    """The notes with this word, which is folded."""
    is_in = _is_in if _AS_SIGNS.isdisjoint(word) else _is_in_folded
    of = beside.of
    return [
        note
        for note in notes
        if word in of(note) or is_in(word, note.text) or (note.follow_up and is_in(word, note.follow_up))
    ]


def _is_in(word: str, text: str) -> bool:
    """Whether the word, which holds none of the signs, is in the text; folds only what must be."""
    if word in text.casefold():
        return True
    return not text.isascii() and _ODD.search(text) is not None and word in folded(text)


def _is_in_folded(word: str, text: str) -> bool:
    return word in folded(text)
