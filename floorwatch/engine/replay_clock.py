"""A clock that runs at any rate, stands still, and never runs further than it is let."""

from collections.abc import Callable
from math import inf

from msgspec import Struct


class _Running(Struct, frozen=True):
    """Floor time was `at` at the monotonic instant `since`, and runs at `rate` from there (0: it stands)."""

    at: float
    since: float
    rate: float


class ReplayClock:
    """Floor time of a replay, read and steered from one thread.

    Where it is held up, the time is lost, not made up for: whoever holds it up lets it go on from there.
    """

    def __init__(self, at: float, monotonic: Callable[[], float], rate: float = 1.0) -> None:
        """Raises ValueError unless the rate is above 0; inf runs as far as it is let."""
        self._monotonic = monotonic
        self._rate = _checked(rate)
        self._limit: Callable[[], float] = lambda: inf
        self._running = _Running(at, monotonic(), rate)

    def hold_to(self, limit: Callable[[], float]) -> None:
        """Never run past what this gives when it is asked; one that stands there already stays."""
        self._limit = limit

    def now(self) -> float:
        """Floor time, epoch seconds UTC."""
        at, since, rate = self._running.at, self._running.since, self._running.rate
        if rate == 0:
            return at
        limit, seconds = self._limit(), self._monotonic() - since
        free = limit if rate == inf else at + seconds * rate
        if free < limit:
            return free
        held = max(at, limit) if limit < inf else at
        self._steer(held, rate)
        return held

    @property
    def rate(self) -> float:
        """Floor seconds a second, also while it stands."""
        return self._rate

    @property
    def paused(self) -> bool:
        """Whether floor time stands still by the person's wish."""
        return self._running.rate == 0

    def pause(self) -> None:
        """Stand still."""
        self._steer(self.now(), 0.0)

    def resume(self) -> None:
        """Run on."""
        self._steer(self.now(), self._rate)

    def set_rate(self, rate: float) -> None:
        """Run at this rate. Raises ValueError unless it is above 0."""
        at = self.now()
        self._rate = _checked(rate)
        if not self.paused:
            self._steer(at, rate)

    def move_to(self, at: float) -> None:
        """Jump to `at`; pause and rate stay."""
        self._steer(at, self._running.rate)

    def _steer(self, at: float, rate: float) -> None:
        self._running = _Running(at, self._monotonic(), rate)


def _checked(rate: float) -> float:
    if not rate > 0:
        raise ValueError(f"a replay runs forward: the rate must be above 0, not {rate}")
    return rate
