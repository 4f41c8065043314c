"""The service level in all its definitions (METRICS.md): pick one, show all.

Rules
- Notation, per queue and period: O offered, A answered, A_T answered with wait <= T, B abandoned, B_T abandoned with
  wait <= T, S short abandons (wait < s), X left another way, W still waiting, W_T waiting longer than T.
- Always O = A + B + X + W.
- W_T stands in every denominator but that of `answered`: a call waiting at T+1 already hurts. In a closed period
  W = W_T = 0.
- 0/0 is None, never 0 and never 1.
- Feeds of whole seconds log 20.9 s as 20, so `<= T` lets calls in that a finer feed would not.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from floorwatch.model.counts import QueueCounts


class Volume(Struct, frozen=True):
    """The letters of METRICS.md for one scope and period."""

    offered: int
    answered: int
    answered_in_time: int
    abandoned: int
    abandoned_in_time: int
    short_abandons: int
    left: int
    waiting: int = 0
    waiting_late: int = 0

    @staticmethod
    def of(counts: QueueCounts, waiting: int = 0, waiting_late: int = 0) -> "Volume":
        """The letters from the counters and from the callers who still wait."""
        return Volume(
            counts.offered,
            counts.answered,
            counts.answered_in_time,
            counts.abandoned,
            counts.abandoned_in_time,
            counts.short_abandons,
            counts.left,
            waiting,
            waiting_late,
        )


def ratio(part: float, whole: float) -> float | None:
    """part / whole; None when there is nothing to divide by."""
    return part / whole if whole > 0 else None


class ServiceLevel(Struct, frozen=True):
    """One definition of the service level: who uses it, its formula, and the two terms of its fraction."""

    name: str
    formula: str
    used_by: str
    terms: Callable[[Volume], tuple[int, int]]

    def of(self, v: Volume) -> float | None:
        """The service level as a fraction 0..1."""
        return ratio(*self.terms(v))


SERVICE_LEVELS: Mapping[str, ServiceLevel] = {
    level.name: level
    for level in (
        ServiceLevel(
            "answered",
            "A_T / A",
            "Asterisk ServicelevelPerf, AT&T CMS",
            lambda v: (v.answered_in_time, v.answered),
        ),
        ServiceLevel(
            "offered",
            "A_T / (A + B + X + W_T)",
            "Cisco 'negative', BCMS, Genesys with everything in",
            lambda v: (v.answered_in_time, v.answered + v.abandoned + v.left + v.waiting_late),
        ),
        ServiceLevel(
            "abandons",
            "A_T / (A + B + W_T)",
            "Genesys default-like",
            lambda v: (v.answered_in_time, v.answered + v.abandoned + v.waiting_late),
        ),
        ServiceLevel(
            "short-out",
            "A_T / (A + B - S + W_T)",
            "Genesys with short abandons out",
            lambda v: (v.answered_in_time, v.answered + v.abandoned - v.short_abandons + v.waiting_late),
        ),
        ServiceLevel(
            "ignore",
            "A_T / (O - W - B_T + W_T)",
            "Cisco 'ignore'",
            lambda v: (v.answered_in_time, v.offered - v.waiting - v.abandoned_in_time + v.waiting_late),
        ),
        ServiceLevel(
            "positive",
            "(A_T + B_T) / (O - W + W_T)",
            "Cisco 'positive', Amazon Connect, Asterisk Perf2",
            lambda v: (v.answered_in_time + v.abandoned_in_time, v.offered - v.waiting + v.waiting_late),
        ),
        ServiceLevel(
            "late-only",
            "A_T / (A + B - B_T + W_T)",
            "XCALLY",
            lambda v: (v.answered_in_time, v.answered + v.abandoned - v.abandoned_in_time + v.waiting_late),
        ),
    )
}
