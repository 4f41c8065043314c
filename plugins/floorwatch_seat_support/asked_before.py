"""What was asked before and how it was answered: the same question, and similar ones.

Rules
- Two questions are the same whatever their width and case of letters, their blanks and their punctuation.
- A question is similar when it holds most of the pieces of the one asked: its words, and, of Chinese, Japanese and
  Korean text, which has no blanks, every two signs that stand side by side. Nothing is weighed and nothing is learnt.
- The newest answer comes first, the same question before similar ones; an answer stands once.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from floorwatch.api import FloorSnapshot, Help, folded

SIMILAR = 0.6
"""The share of the pieces that a similar question holds."""

MOST_ANSWERS = 5

SHORT = 500
"""Characters of a text that is remembered folded: 65 MB at the very most, a tenth of that in practice."""

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_RUNS = rf"[{_WIDE}]+|[^\W_{_WIDE}]+"
"""Compiled when it is first used: 2 ms that the first screen does not wait for."""


class Earlier(Struct, frozen=True):
    """A request that was answered, and whether it asked the same."""

    help: Help
    is_same: bool


# 3 microseconds a text, 60 ms for 20,000 questions: once, and not with everything that opens.
_folded_before = lru_cache(maxsize=32_768)(folded)


def _folded(text: str) -> str:
    return _folded_before(text) if len(text) <= SHORT else folded(text)


@lru_cache(maxsize=16_384)  # the questions of a day are counted anew with every build
def key_of(text: str) -> str:
    """What is equal for the same question or word: its letters and digits, folded."""
    return "".join(filter(str.isalnum, _folded(text)))


def answered_before(floor: FloorSnapshot, question: str, *, but: str = "") -> tuple[Earlier, ...]:
    """Earlier requests with an answer: of this question, then of similar ones; at most five, `but` one id."""
    wanted, pieces = key_of(question), _pieces(question)
    if not pieces:
        return ()
    least = SIMILAR * len(pieces)
    same: dict[str, Help] = {}
    similar: dict[str, Help] = {}
    for each in reversed(tuple(floor.support.helps.values())):
        if not each.answer or each.withdrawn or each.id == but:
            continue
        text = _folded(each.question)
        if sum(piece in text for piece in pieces) < least:
            continue
        found = same if key_of(text) == wanted else similar
        found.setdefault(key_of(each.answer), each)
        if len(same) >= MOST_ANSWERS:
            break
    others = (each for answer, each in similar.items() if answer not in same)
    both = [Earlier(each, is_same=True) for each in same.values()]
    return (*both, *(Earlier(each, is_same=False) for each in islice(others, max(0, MOST_ANSWERS - len(both)))))


def asked_today(floor: FloorSnapshot) -> Counter[str]:
    """How often each question was asked this business day, by its key; one without words is not counted."""
    asked = Counter(key_of(each.question) for each in floor.support.helps_since(floor.day_start))
    del asked[""]
    return asked


def _pieces(question: str) -> frozenset[str]:
    """Words, and pairs of signs that stand side by side where there are no blanks between words."""
    found: set[str] = set()
    for run in re.findall(_RUNS, _folded(question)):
        if re.match(f"[{_WIDE}]", run) and len(run) > 1:
            found.update(run[at : at + 2] for at in range(len(run) - 1))
        else:
            found.add(run)
    return frozenset(found)
