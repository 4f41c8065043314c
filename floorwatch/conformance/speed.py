"""How long something takes on a large floor: measured always, judged with mercy, since machines are noisy."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from floorwatch.conformance.calling import called
from floorwatch.conformance.floors import copied, large_floor
from floorwatch.conformance.verdict import Findings
from floorwatch.engine.system_clock import monotonic, waited_for_processor
from floorwatch.host.health import SLOW_SECONDS
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.words import _

RUNS_TIMED, RUNS_AT_LEAST = 5, 2
"""What was quick once in two runs is quick, and not timed again."""
FAR_TOO_SLOW = 8.0
"""Times the host's limit, from which on slowness is the plugin's and not the machine's: what takes 100 ms on a quiet
machine, with nothing computed yet, took 250 on a busy one."""


def seconds_at_large(use: Callable[[FloorSnapshot], object]) -> float:
    """The fastest of a few runs at 1,000 seats, each on a floor of which nothing was computed yet.

    The fastest, since others on the machine can only make one slower; what they did not leave of the processors is not
    counted, where the system tells it.
    """
    seconds: list[float] = []
    while len(seconds) < RUNS_TIMED and (len(seconds) < RUNS_AT_LEAST or min(seconds) > SLOW_SECONDS):
        called(partial(_timed, use, copied(large_floor().floor), seconds))
    return min(seconds)


def _timed(use: Callable[[FloorSnapshot], object], floor: FloorSnapshot, seconds: list[float]) -> None:
    """In the thread of the call, whose waits alone count."""
    began, waited = monotonic(), waited_for_processor()
    try:
        use(floor)
    finally:
        seconds.append(max(0.0, monotonic() - began - (waited_for_processor() - waited)))


def judge_speed(findings: Findings, claim: StrEnum, seconds: float, where: str) -> None:
    """Far beyond the host's limit is a failure; beyond it a note."""
    said = _("{ms:.1f} ms, the fastest of {n} runs; the host calls more than {limit:.0f} ms slow").format(
        ms=seconds * 1e3, n=RUNS_TIMED, limit=SLOW_SECONDS * 1e3
    )
    if seconds > SLOW_SECONDS * FAR_TOO_SLOW:
        findings.fail(claim, said, where)
    elif seconds > SLOW_SECONDS:
        findings.note(claim, said, where)
    else:
        findings.measure(claim, _("{ms:.1f} ms").format(ms=seconds * 1e3))
