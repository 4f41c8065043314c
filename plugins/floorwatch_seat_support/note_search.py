"""Finding words in all notes at once, a hundred thousand of them between two key presses.

Rules
- Compared is what people would call the same: capitals, full-width letters and signs make no difference.
- A note is found by its text, tag, kind, follow-up, author, seat, and by the name and number of its agent.
- What was folded once is kept, by the identity of the note: what changed is folded anew, and nothing else.
"""

from collections.abc import Mapping, Sequence
from unicodedata import is_normalized, normalize

from floorwatch.api import FloorSnapshot, Note
from floorwatch_seat_support.kinds import LETTERS, kind_title
from floorwatch_seat_support.who import number

SEP = "\x1f"
"""Stands between what a note is found by: nobody can type a word that reaches from one to the next."""

SOME = 10_000
"""Notes that are folded beside a build: 15 ms."""

_COMMON_WIDE = "，：；？！（）～　"
"""Full-width signs of ordinary Chinese text. To replace them in all notes at once takes 20 ms for a hundred thousand;
`normalize` takes 0.3 s for as many that have them."""


class NoteSearch:
    """Folded notes, as far as they were asked for. A cache: with or without it the same is found."""

    def __init__(self) -> None:
        self._from: Mapping[str, Note] | None = None
        self._notes: Sequence[Note] = ()
        self._lines: list[str | None] = []

    def prepare(self, floor: FloorSnapshot) -> None:
        """Fold some more of what nobody has searched yet, so that the first search waits for little."""
        self._follow(floor.support.notes, SOME)

    def found(self, floor: FloorSnapshot, words: str) -> list[Note]:
        """The notes that hold and have all of these words, the newest first."""
        self._follow(floor.support.notes, len(floor.support.notes))
        notes, lines = self._notes, [line or "" for line in self._lines]
        places: Sequence[int] = range(len(notes))
        for word in fold(words).split():
            agents = _called(floor, word)
            if agents:
                places = [at for at in places if word in lines[at] or notes[at].agent in agents]
            else:
                places = [at for at in places if word in lines[at]]
        return [notes[at] for at in reversed(places) if notes[at].holds]

    def _follow(self, notes: Mapping[str, Note], most: int) -> None:
        """Fold the newest `most` of what was not there before. Notes are told by identity: those of before are held, so
        that none is taken for another."""
        if notes is not self._from:
            known = dict(zip(map(id, self._notes), self._lines, strict=True))
            self._notes = list(notes.values())
            self._lines = list(map(known.get, map(id, self._notes)))
            self._from = notes
        if None in self._lines:
            new = [at for at, line in enumerate(self._lines) if line is None][-most:]
            for at, line in zip(new, _lines([self._notes[at] for at in new]), strict=True):
                self._lines[at] = line


def fold(text: str) -> str:
    """The text as it is compared."""
    return normalize("NFKC", text).casefold()


def _lines(notes: Sequence[Note]) -> list[str]:
    """What each of these notes is found by, folded: all at once, where no note has a line end."""
    if not notes:
        return []
    kinds = {kind: f"{kind_title(kind)}{SEP}{kind.value}" for kind in LETTERS}
    texts = [
        f"{n.text}{SEP}{n.tag}{SEP}{kinds[n.kind]}{SEP}{n.follow_up}{SEP}{n.outcome}{SEP}{n.by}{SEP}{n.seat}{SEP}{n.agent}"
        for n in notes
    ]
    whole = "\n".join(texts)
    if whole.count("\n") != len(notes) - 1:
        return [_fold_line(text) for text in texts]
    for sign in _COMMON_WIDE:
        whole = whole.replace(sign, normalize("NFKC", sign))
    if is_normalized("NFKC", whole):
        return whole.casefold().split("\n")
    return [_fold_line(line) for line in whole.split("\n")]


def _fold_line(line: str) -> str:
    return (line if is_normalized("NFKC", line) else normalize("NFKC", line)).casefold()


def _called(floor: FloorSnapshot, word: str) -> set[str | None]:
    """The agents whose name or number has this word."""
    agents = floor.agents.values()
    return {each.id for each in agents if word in _fold_line(each.name) or word in fold(number(floor, each.id))}
