"""How the lines of a box are shared out among what stands one under another in it. Pure.

Rules
- Tables win: a trend is decoration, and is the first to be left out where lines are short.
- What must shrink gives from the longest, down to the least that is of use to a reader; the table where the cursor
  starts gives last, and goes last: the others stand beside it. Without such a one the last is the last to go.
- Panels one under another get what they need in the order of need, the short ones first; the longest scrolls.
"""

from collections.abc import Sequence

from msgspec import Struct

SLACK_LINES = 3
"""A panel keeps its height until it needs so many lines less: rows come and go, and panels shall not dance."""


class Want(Struct, frozen=True):
    """How many `lines` a view has, the `least` that are of use, whether it is the first to be left out, and whether the
    cursor starts in it."""

    lines: int
    least: int
    extra: bool = False
    starts: bool = False


def parts(wants: Sequence[Want], room: int) -> list[int]:
    """Lines for each view of one box, top to bottom; 0: left out. They never add up to more than `room`."""
    lines = [max(0, min(want.lines, room)) for want in wants]
    for at in reversed(range(len(wants))):
        if wants[at].extra and sum(lines) > room:
            lines[at] = 0
    for yielding in ([at for at, want in enumerate(wants) if not want.starts], range(len(wants))):
        _shrink(lines, wants, yielding, room)
    for at in _leaving(wants):
        if sum(lines) > room:
            lines[at] = 0
    return [min(each, room) for each in lines]


def _shrink(lines: list[int], wants: Sequence[Want], yielding: Sequence[int], room: int) -> None:
    """Take lines from the longest of these, down to their least, until all fit or nothing can be taken."""
    while yielding and sum(lines) > room:
        longest = max(yielding, key=lambda at: lines[at] - wants[at].least)
        if lines[longest] <= wants[longest].least:
            return
        lines[longest] -= 1


def _leaving(wants: Sequence[Want]) -> Sequence[int]:
    """Who goes first where not even the least fits: all but the one with the keys."""
    if not any(want.starts for want in wants):
        return range(len(wants) - 1)
    return [at for at in reversed(range(len(wants))) if not wants[at].starts]


def gaps(extras: Sequence[bool]) -> list[int]:
    """Blank lines above each view of one box, top to bottom, where there is room for all; trends stand close."""
    return [int(at > 0 and not (extra and extras[at - 1])) for at, extra in enumerate(extras)]


def panels(needs: Sequence[Want], room: int) -> list[int]:
    """Lines for each panel of a column, top to bottom: they add up to `room` where every panel has its least."""
    lines = [want.least for want in needs]
    for at in sorted(range(len(needs)), key=lambda at: needs[at].lines):
        lines[at] += max(0, min(needs[at].lines - lines[at], room - sum(lines)))
    if lines:
        lines[-1] += max(0, room - sum(lines))
    return lines


def settled(held: int | None, needed: int) -> int:
    """What a panel is taken to need, after it was taken to need `held`."""
    return held if held is not None and needed <= held <= needed + SLACK_LINES else needed
