"""What excuses cover: the seconds of exceptions that are nobody's fault, and which excuse says so.

Rules
- An excuse covers what it overlaps, no more; two over the same second cover it once.
- A withdrawn excuse covers nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from floorwatch.model.duty import Duty, Excuse
from floorwatch.roster.kept import kept

Gap: TypeAlias = tuple[float, float]
"""From a moment up to another."""

Excused: TypeAlias = tuple[float, tuple[str, ...]]
"""Seconds, and the ids of the excuses, in the order of their start."""

_NOTHING: Excused = (0.0, ())


def excuses_of(duty: Duty, agent: str) -> Sequence[Excuse]:
    """The excuses that hold for one person, in the order of their start."""
    return kept(duty, "excuses_by_agent", None, lambda: _by_agent(duty)).get(agent, ())


def covered(gaps: Iterable[Gap], excuses: Sequence[Excuse]) -> Excused:
    """How many seconds of these gaps are excused, and by what."""
    if not excuses:
        return _NOTHING
    seconds = 0.0
    ids: dict[str, None] = {}
    for start, end in gaps:
        reached = start
        for excuse in excuses:
            if excuse.start < end and start < excuse.end:
                ids[excuse.id] = None
                seconds += max(0.0, min(excuse.end, end) - max(excuse.start, reached))
                reached = max(reached, min(excuse.end, end))
    return seconds, tuple(ids)


def _by_agent(duty: Duty) -> Mapping[str, Sequence[Excuse]]:
    found: dict[str, list[Excuse]] = {}
    for excuse in sorted(duty.excuses.values(), key=lambda e: (e.start, e.id)):
        if not excuse.withdrawn:
            found.setdefault(excuse.agent, []).append(excuse)
    return found
