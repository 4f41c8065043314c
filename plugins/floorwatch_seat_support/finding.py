"""Finding what was written down by the words in it: notes and help requests, the newest first.

Rules
- One is found when all of the words are in it: in what was written, or in the name or number of whom it is about.
- Capitals make no difference; a word is looked for as it was typed, in narrow and in full-width letters.
- Nothing is kept between two searches: a look at a hundred thousand notes takes 75 ms a word, and ends with the last
  one that is shown.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from floorwatch.api import FloorSnapshot, Help, Note, folded
from floorwatch_seat_support.kinds import LETTERS, kind_title
from floorwatch_seat_support.who import number

Written = TypeVar("Written", Help, Note)

_WIDE = {narrow: narrow + 0xFEE0 for narrow in range(0x21, 0x7F)}
"""The full-width sign of each narrow one."""

SEP = "\x1f"
"""Stands between what one is found by: nobody can type a word that reaches from one to the next."""


def notes_with(floor: FloorSnapshot, words: str) -> Iterator[Note]:
    """The notes that hold and have all of these words; none without words."""
    kinds = {kind: f"{kind_title(kind)}{SEP}{kind.value}" for kind in LETTERS}

    def text_of(n: Note) -> str:
        return (
            f"{n.text}{SEP}{n.tag}{SEP}{n.follow_up}{SEP}{n.outcome}{SEP}{n.by}{SEP}{n.seat or ''}"
            f"{SEP}{n.agent or ''}{SEP}{kinds[n.kind]}"
        )

    found = _with_all(floor, floor.support.notes.values(), words, text_of)
    return (note for note in found if note.holds)


def helps_with(floor: FloorSnapshot, words: str) -> Iterator[Help]:
    """The requests that have all of these words; none without words."""

    def text_of(h: Help) -> str:
        return f"{h.question}{SEP}{h.answer}{SEP}{h.taken_by}{SEP}{h.closed_by}{SEP}{h.seat or ''}{SEP}{h.agent}"

    return _with_all(floor, floor.support.helps.values(), words, text_of)


def _with_all(
    floor: FloorSnapshot, written: Iterable[Written], words: str, text_of: Callable[[Written], str]
) -> Iterator[Written]:
    wanted = words.split()
    found: Iterator[Written] = reversed(tuple(written)) if wanted else iter(())
    for word in wanted:
        found = _with(floor, found, word.casefold(), text_of)
    return found


def _with(
    floor: FloorSnapshot, written: Iterable[Written], typed: str, text_of: Callable[[Written], str]
) -> Iterator[Written]:
    """Those that have this word."""
    narrow = folded(typed)
    wide = narrow.translate(_WIDE)
    agents = {agent.id for agent in floor.agents.values() if narrow in _name_and_number(floor, agent.id, agent.name)}
    for each in written:
        text = text_of(each).casefold()
        if typed in text or narrow in text or wide in text or each.agent in agents:
            yield each


def _name_and_number(floor: FloorSnapshot, agent: str, name: str) -> str:
    return folded(f"{name}{SEP}{number(floor, agent)}")
