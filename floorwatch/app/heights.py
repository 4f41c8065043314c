"""How the lines of a box are shared out among what stands one under another in it. Pure.

Rules
- Tables win: a trend is decoration, and is the first to be left out where lines are short.
- What must shrink gives from the longest, down to the least that is of use to a reader; the table where the cursor
  starts gives last, and goes last: the others stand beside it. Without such a one the last is the last to go. What goes
  leaves its lines to those that had to shrink for it.
- Where something had to be left out, the part with the keys counts as the one where the cursor starts, and what is
  farthest from it goes first: so every part of a page can be reached, however few its lines.
- Panels one under another get what they need in the order of need, the short ones first; the longest scrolls.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

LEAST_REACHED_LINES = 10
"""Lines of use of a part that the keys went to, where others are left out for it."""
LEAST_BESIDE_LINES = 4

SLACK_LINES = 3
"""A panel keeps its height until it needs so many lines less: rows come and go, and panels shall not dance."""


class Want(Struct, frozen=True):
    """How many `lines` a view has, the `least` that are of use, whether it is the first to be left out, and whether the
    cursor starts in it."""

    lines: int
    least: int
    extra: bool = False
    starts: bool = False


def parts(wants: Sequence[Want], room: int, keys: int | None = None) -> list[int]:
    """Lines for each view of one box, top to bottom; 0: left out. They never add up to more than `room`. `keys` is the
    place of the view with the keys."""
    lines = _shared_out(wants, room, _leaving(wants))
    if keys is None or wants[keys].starts or all(map(_is_seen, lines, wants)):
        return lines
    nearest = sorted(range(len(wants)), key=lambda at: abs(at - keys))
    return _shared_out([_beside(want, has_keys=at == keys) for at, want in enumerate(wants)], room, nearest[:0:-1])


def _is_seen(lines: int, want: Want) -> bool:
    return lines > 0 or want.extra


def _beside(want: Want, *, has_keys: bool) -> Want:
    """What a view wants where another has the keys, or where it has them."""
    least = min(want.lines, LEAST_REACHED_LINES) if has_keys else min(want.least, LEAST_BESIDE_LINES)
    return replace(want, least=least, starts=has_keys)


def _shared_out(wants: Sequence[Want], room: int, leaving: Sequence[int]) -> list[int]:
    lines = [max(0, min(want.lines, room)) for want in wants]
    for at in reversed(range(len(wants))):
        if wants[at].extra and sum(lines) > room:
            lines[at] = 0
    for yielding in ([at for at, want in enumerate(wants) if not want.starts], range(len(wants))):
        _shrink(lines, wants, yielding, room)
    for at in leaving:
        if sum(lines) > room:
            lines[at] = 0
    for at in sorted(range(len(wants)), key=lambda at: not wants[at].starts):
        if lines[at]:
            lines[at] += max(0, min(wants[at].lines - lines[at], room - sum(lines)))
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
