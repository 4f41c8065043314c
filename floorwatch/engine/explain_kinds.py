"""The kinds of call by which the definitions of the service level differ: how many, and how each counts them.

Rules
- How a definition counts a kind is not said here: its own terms are asked, with one such call and no other.
- Numbers come from the counters, and the kinds of a day add up to its letters: answered in time, the kinds, and
  whoever waits within T are everybody who was offered.
- In time and short are by each queue's own T and s.
"""

from collections.abc import Callable, Mapping, Sequence

from floorwatch.model.events import LeftHow
from floorwatch.model.past import ANSWERED, LOST
from floorwatch.model.service_level import ServiceLevel, Volume
from floorwatch.model.snapshot import Scope
from floorwatch.model.targets import Target
from floorwatch.words import _n

WAITING_LATE = "waiting-late"
LATE = "late"
GIVEN_UP_LATE = "given-up-late"
GIVEN_UP = "given-up"
SHORT = "short"
SHORT_LATE = "short-late"
"""Shorter than s, and yet past T: where a queue's s is greater than its T."""

WAYS_OUT: Sequence[str] = tuple(how.value for how in LeftHow)
KINDS: Sequence[str] = (WAITING_LATE, LATE, GIVEN_UP_LATE, GIVEN_UP, SHORT, SHORT_LATE, *WAYS_OUT)
"""In the order in which they are shown: whom one can still help first, then what costs most definitions something."""
GIVEN_UPS = frozenset({GIVEN_UP_LATE, GIVEN_UP, SHORT, SHORT_LATE})

NO_CALL = Volume(0, 0, 0, 0, 0, 0, 0)
_A_WAY_OUT = Volume(1, 0, 0, 0, 0, 0, 1)
ONE_OF: Mapping[str, Volume] = {
    WAITING_LATE: Volume(1, 0, 0, 0, 0, 0, 0, 1, 1),
    LATE: Volume(1, 1, 0, 0, 0, 0, 0),
    GIVEN_UP_LATE: Volume(1, 0, 0, 1, 0, 0, 0),
    GIVEN_UP: Volume(1, 0, 0, 1, 1, 0, 0),
    SHORT: Volume(1, 0, 0, 1, 1, 1, 0),
    SHORT_LATE: Volume(1, 0, 0, 1, 0, 1, 0),
    **dict.fromkeys(WAYS_OUT, _A_WAY_OUT),
}
"""One call of each kind, and no other, in letters."""

GOOD, AGAINST, NOT_COUNTED = "+", "-", ""


def sign(level: ServiceLevel, kind: str) -> str:
    """How the definition counts such a call: above and below the line, below it only, or not at all."""
    above, below = level.terms(ONE_OF[kind])
    return GOOD if above else AGAINST if below else NOT_COUNTED


def kind_of(outcome: str, wait_seconds: float, target: Target) -> str | None:
    """The kind of a wait that ended; None where it was answered in time."""
    if outcome == ANSWERED:
        return None if wait_seconds <= target.seconds else LATE
    if outcome != LOST:
        return outcome
    if wait_seconds < target.short_seconds:
        return SHORT if wait_seconds <= target.seconds else SHORT_LATE
    return GIVEN_UP if wait_seconds <= target.seconds else GIVEN_UP_LATE


def counted(scope: Scope) -> dict[str, int]:
    """How many calls of each kind the business day has, kinds without any left out."""
    found = dict.fromkeys(KINDS, 0)
    for queue in scope.queues:
        counts = scope.floor.queues[queue].counts
        lost, in_time, short = counts.abandoned, counts.abandoned_in_time, counts.short_abandons
        both = min(in_time, short)  # one of the two limits is the smaller one, and who is within it is within both
        found[SHORT] += both
        found[SHORT_LATE] += short - both
        found[GIVEN_UP] += in_time - both
        found[GIVEN_UP_LATE] += lost - in_time - (short - both)
        found[LATE] += counts.answered - counts.answered_in_time
        for how in LeftHow:
            found[how.value] += counts.left_by(how)
    found[WAITING_LATE] = scope.volume.waiting_late
    return {kind: n for kind, n in found.items() if n}


def in_words(kind: str, n: int) -> str:
    """So many calls of this kind."""
    return _WORDS[kind](n).format(n=n)


def left_in_words(n: int) -> str:
    """So many calls that left in any other way."""
    return _n("{n} left another way", "{n} left another way", n).format(n=n)


def cost_in_words(kinds: Mapping[str, int], counts_against: Callable[[str], bool]) -> list[str]:
    """Those that count against a figure, in as few words as it takes."""
    costly = {kind: n for kind, n in kinds.items() if counts_against(kind)}
    late, waiting = costly.get(LATE, 0), costly.get(WAITING_LATE, 0)
    given_up = sum(n for kind, n in costly.items() if kind in GIVEN_UPS)
    left = sum(n for kind, n in costly.items() if kind in WAYS_OUT)
    words = (
        (late, in_words(LATE, late)),
        (given_up, _n("{n} given up", "{n} given up", given_up).format(n=given_up)),
        (left, left_in_words(left)),
        (waiting, in_words(WAITING_LATE, waiting)),
    )
    return [text for n, text in words if n]


_WORDS: Mapping[str, Callable[[int], str]] = {
    WAITING_LATE: lambda n: _n("{n} waits past T now", "{n} wait past T now", n),
    LATE: lambda n: _n("{n} answered late", "{n} answered late", n),
    GIVEN_UP_LATE: lambda n: _n("{n} given up after T", "{n} given up after T", n),
    GIVEN_UP: lambda n: _n("{n} given up within T", "{n} given up within T", n),
    SHORT: lambda n: _n("{n} given up before s", "{n} given up before s", n),
    SHORT_LATE: lambda n: _n("{n} given up before s, after T", "{n} given up before s, after T", n),
    LeftHow.TIMEOUT.value: lambda n: _n("{n} timed out", "{n} timed out", n),
    LeftHow.KEY.value: lambda n: _n("{n} left by a key", "{n} left by a key", n),
    LeftHow.EMPTY.value: lambda n: _n("{n} turned away, nobody signed in", "{n} turned away, nobody signed in", n),
    LeftHow.WITHDRAWN.value: lambda n: _n("{n} withdrawn", "{n} withdrawn", n),
    LeftHow.TRANSFERRED.value: lambda n: _n("{n} moved to elsewhere", "{n} moved to elsewhere", n),
    LeftHow.RESTART.value: lambda n: _n("{n} lost at a restart", "{n} lost at a restart", n),
    LeftHow.LOST.value: lambda n: _n("{n} lost without an end", "{n} lost without an end", n),
}
