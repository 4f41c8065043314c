"""Stretches of time as pairs of moments: joined, cut out of one another, and their common part.

Rules
- Spans in order are sorted, do not touch one another, and each is longer than nothing; every answer here is in order.
"""

from collections.abc import Iterable
from typing import TypeAlias

Span: TypeAlias = tuple[float, float]
"""From a moment up to another."""

Spans: TypeAlias = tuple[Span, ...]


def in_order(spans: Iterable[Span]) -> Spans:
    """The time that any of these covers."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def within(those: Spans, others: Spans) -> Spans:
    """The time that both cover; both are in order."""
    found: list[Span] = []
    at = 0
    for start, end in those:
        while at < len(others) and others[at][1] <= start:
            at += 1
        further = at
        while further < len(others) and others[further][0] < end:
            found.append((max(start, others[further][0]), min(end, others[further][1])))
            further += 1
    return tuple(found)


def without(those: Spans, others: Spans) -> Spans:
    """The time that the first cover and the others do not; both are in order."""
    found: list[Span] = []
    for start, end in those:
        left = start
        for cut_start, cut_end in within(((start, end),), others):
            if left < cut_start:
                found.append((left, cut_start))
            left = cut_end
        if left < end:
            found.append((left, end))
    return tuple(found)


def seconds_of(spans: Spans) -> float:
    """How long all of them are."""
    return sum(end - start for start, end in spans)
