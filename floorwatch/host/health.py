"""How a plugin's panel is faring: ok, slow, stalled or faulted, with the reason and when to try again; pure.

Rules
- `now` and `since` are monotonic seconds, never floor time: this is the host's patience, not a fact about the floor.
- Slow after three builds in a row over 50 ms, and no longer after three that were not.
- Faults in a row push the next try back by 1, 2, 4 .. 60 seconds; a success or the person's retry forgets them.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.host.failure import Failure
from floorwatch.words import _

SLOW_SECONDS = 0.050
SLOW_STREAK = 3
STALLED_SECONDS = 1.0
LONGEST_BACKOFF_SECONDS = 60.0


class HealthState(StrEnum):
    """How the last runs went."""

    OK = "ok"
    SLOW = "slow"
    STALLED = "stalled"
    FAULTED = "faulted"


class Health(Struct, frozen=True):
    """The state since `since`, with one line of reason. `faults` counts those in a row, `faults_ever` all.

    Before `backoff_until` it is not to be run again. `traceback` is that of the last fault.
    """

    state: HealthState = HealthState.OK
    since: float | None = None
    reason: str = ""
    traceback: str = ""
    faults: int = 0
    faults_ever: int = 0
    backoff_until: float | None = None
    is_slow: bool = False
    contrary: int = 0
    """Runs in a row that speak against `is_slow`."""


HEALTHY = Health()


def may_run(health: Health, now: float) -> bool:
    """Whether its back-off is over."""
    return health.backoff_until is None or now >= health.backoff_until


def returned(health: Health, seconds: float, now: float) -> Health:
    """After a run that came back with a value in `seconds`."""
    paced = _paced(health, seconds)
    if paced.is_slow:
        reason = _("slow: {ms:.0f} ms, more than {limit:.0f} ms").format(ms=seconds * 1e3, limit=SLOW_SECONDS * 1e3)
        state = HealthState.SLOW
    else:
        reason, state = "", HealthState.OK
    return replace(
        paced, state=state, reason=reason, traceback="", faults=0, backoff_until=None, since=_since(health, state, now)
    )


def raised(health: Health, failure: Failure, now: float) -> Health:
    """After a run that raised."""
    faults = health.faults + 1
    return replace(
        health,
        state=HealthState.FAULTED,
        since=_since(health, HealthState.FAULTED, now),
        reason=failure.reason,
        traceback=failure.traceback,
        faults=faults,
        faults_ever=health.faults_ever + 1,
        # The exponent is held down: years of faults would make a float too large.
        backoff_until=now + min(LONGEST_BACKOFF_SECONDS, 2.0 ** min(faults - 1, 10)),
    )


def overdue(health: Health, busy_since: float | None, now: float) -> Health:
    """While a run that began at `busy_since` is out (None: nothing is): stalled once it has taken too long."""
    if busy_since is None or now - busy_since <= STALLED_SECONDS:
        return health
    return replace(health, state=HealthState.STALLED, since=busy_since, reason=_("does not come back"))


def retried(health: Health) -> Health:
    """After the person asked to try again at once: only the count of all faults stays."""
    return Health(faults_ever=health.faults_ever)


def _paced(health: Health, seconds: float) -> Health:
    contrary = health.contrary + 1 if (seconds > SLOW_SECONDS) is not health.is_slow else 0
    if contrary < SLOW_STREAK:
        return replace(health, contrary=contrary)
    return replace(health, is_slow=not health.is_slow, contrary=0)


def _since(health: Health, state: HealthState, now: float) -> float | None:
    return health.since if health.state is state else now
