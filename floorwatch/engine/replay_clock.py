"""A clock that runs at any rate, stands still, and never runs past the end of what is replayed."""

from collections.abc import Callable
from math import inf

from msgspec import Struct


class _Running(Struct, frozen=True):
    """Floor time was `at` at the monotonic instant `since`, and runs at `rate` from there (0: it stands)."""

    at: float
    since: float
    rate: float


class ReplayClock:
    """Floor time of a replay. Read from any thread, steered from one."""

    def __init__(self, at: float, monotonic: Callable[[], float], rate: float = 1.0) -> None:
        self._monotonic = monotonic
        self._rate = rate
        self._end = inf
        self._running = _Running(at, monotonic(), rate)

    def now(self) -> float:
        """Floor time, epoch seconds UTC."""
        running = self._running
        return min(self._end, running.at + (self._monotonic() - running.since) * running.rate)

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
        if not rate > 0:
            raise ValueError(f"a replay runs forward: the rate must be above 0, not {rate}")
        self._rate = rate
        if not self.paused:
            self._steer(self.now(), rate)

    def move_to(self, at: float) -> None:
        """Jump to `at`; pause and rate stay."""
        self._steer(at, self._running.rate)

    def end_at(self, at: float) -> None:
        """Nothing comes after `at`: floor time stops there."""
        self._end = at

    def _steer(self, at: float, rate: float) -> None:
        self._running = _Running(at, self._monotonic(), rate)
