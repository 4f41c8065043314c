"""Stretches of a day laid over one another and cut out of one another.

Rules
- Stints in order are sorted by their start, do not overlap, and each is longer than nothing.
- What is laid above says what somebody does wherever it covers; stints of one activity that meet become one.
"""

from collections.abc import Iterable
from itertools import pairwise

from floorwatch.model.duty import Stint

Stints = tuple[Stint, ...]


def in_order(stints: Stints) -> Stints:
    """These stints in order. Of two that overlap, the one that begins later (of two that begin together, the shorter)
    lies above: a lunch within a shift is a lunch, however the rows of a table stand."""
    if _is_in_order(stints):
        return stints
    found: Stints = ()
    for stint in sorted(stints, key=lambda s: (s.start, -s.end)):
        found = laid_over(found, (stint,))
    return found


def laid_over(below: Stints, above: Stints) -> Stints:
    """`below` with `above` on top; both are in order. The same `below` where nothing lies above."""
    wanted = tuple(stint for stint in above if stint.start < stint.end)
    if not wanted:
        return below
    rest = below
    for stint in wanted:
        rest = cut(rest, stint.start, stint.end)
    return _joined(sorted((*rest, *wanted), key=lambda s: s.start))


def cut(stints: Stints, start: float, end: float) -> Stints:
    """What is left of these stints without the time from `start` up to `end`; the same tuple where nothing is lost."""
    if start >= end or not any(s.start < end and start < s.end for s in stints):
        return stints
    left = []
    for stint in stints:
        if stint.end <= start or end <= stint.start:
            left.append(stint)
            continue
        if stint.start < start:
            left.append(Stint(stint.start, start, stint.activity))
        if end < stint.end:
            left.append(Stint(end, stint.end, stint.activity))
    return tuple(left)


def _is_in_order(stints: Stints) -> bool:
    if any(s.start >= s.end for s in stints):
        return False
    return all(one.end <= other.start for one, other in pairwise(stints))


def _joined(stints: Iterable[Stint]) -> Stints:
    joined: list[Stint] = []
    for stint in stints:
        if joined and joined[-1].end == stint.start and joined[-1].activity is stint.activity:
            joined[-1] = Stint(joined[-1].start, stint.end, stint.activity)
        else:
            joined.append(stint)
    return tuple(joined)
