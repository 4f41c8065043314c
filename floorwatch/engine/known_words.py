"""The words of seat support that complete a form: tags, answers and who writes, as far as they were used before.

Rules
- They are put together when they are first asked for, and again only after somebody entered something.
- What was used most in the last 30 days stands first; what was withdrawn is not offered.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct

from floorwatch.computed import computed_once
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import NO_SUPPORT, Support
from floorwatch.text import inert

RECENT_SECONDS = 30 * 86_400.0
MOST_ANSWERS = 1_000
"""Answers that are offered: the newest of them, so that a key press stays cheap whatever the years have brought."""


class SupportWords(Struct, frozen=True, dict=True):
    """The words of one moment, `at` (epoch seconds UTC). `dict=True` holds what was computed."""

    support: Support = NO_SUPPORT
    at: float = 0.0

    @computed_once
    def tags(self) -> tuple[str, ...]:
        """Tags and systems of notes, most used first."""
        notes = self.support.notes_since(self.at - RECENT_SECONDS)
        return _most_used(note.tag for note in notes)

    @computed_once
    def answers(self) -> tuple[str, ...]:
        """Answers to help requests, the newest first."""
        asked = self.support.helps_since(float("-inf"))
        answers = (each.answer for each in asked if each.answer and each.closed_at is not None)
        return tuple(islice(_distinct(answers), MOST_ANSWERS))

    @computed_once
    def authors(self) -> tuple[str, ...]:
        """Who has entered something, most of the last 30 days first."""
        return _most_used(self._writers())

    def is_of(self, floor: FloorSnapshot | None) -> bool:
        """Whether these are the words of this floor: nothing that they are made from has changed."""
        support, mine = NO_SUPPORT if floor is None else floor.support, self.support
        parts = ("notes", "helps", "visits", "returned")
        return all(getattr(support, part) is getattr(mine, part) for part in parts)

    def _writers(self) -> Iterator[str]:
        since = self.at - RECENT_SECONDS
        for note in self.support.notes_since(since):
            yield note.by
        for each in self.support.helps_since(since):
            yield from (each.by, each.taken_by, each.closed_by)
        for visit in self.support.visits.values():
            yield visit.by
        for back in self.support.returned.values():
            yield back.by


def support_words(floor: FloorSnapshot | None) -> SupportWords:
    """The words that the floor knows at its moment."""
    return SupportWords() if floor is None else SupportWords(floor.support, floor.at)


def _most_used(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, inert; of words used equally often the one that comes first."""
    counted = Counter(words)
    return tuple(_distinct(word for word, _count in counted.most_common()))


def _distinct(words: Iterable[str]) -> Iterator[str]:
    """One by one: of a hundred thousand only the first few may be asked for."""
    seen: set[str] = set()
    for word in words:
        if word and word not in seen:
            seen.add(word)
            yield inert(word)
