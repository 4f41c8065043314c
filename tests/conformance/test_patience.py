"""For how long a call of a plugin is waited for: by a clock while it waits, by its own work while it works."""

from pathlib import Path
from threading import Event
from time import monotonic, thread_time

import pytest

from floorwatch.conformance.calling import StuckError, called, is_over

PATIENCE_SECONDS = 0.2


def work(seconds: float) -> float:
    """So many seconds of a processor."""
    began = thread_time()
    while thread_time() - began < seconds:
        pass
    return seconds


def test_one_that_waits_is_given_up_by_the_clock() -> None:
    never = Event()
    with pytest.raises(StuckError, match="given up after") as stuck:
        called(never.wait, PATIENCE_SECONDS)
    never.set()
    assert stuck.value.failed.where.startswith("threading.py:")


def test_one_that_works_on_and_on_is_given_up() -> None:
    over = Event()

    def spin() -> None:
        while not over.is_set():
            work(0.01)

    with pytest.raises(StuckError):
        called(spin, PATIENCE_SECONDS)
    over.set()


@pytest.mark.skipif(
    not Path("/proc/self/schedstat").exists(), reason="the system does not say how long a thread worked"
)
def test_one_that_works_now_and_then_is_waited_for() -> None:
    pause, patience = Event(), 1.0
    began = monotonic()

    def work_and_wait() -> float:
        while (passed := monotonic() - began) < patience * 1.5:
            work(0.002)
            pause.wait(0.002)
        return passed

    passed = called(work_and_wait, patience)
    assert isinstance(passed, float), passed
    assert passed >= patience * 1.5


@pytest.mark.parametrize(
    ("passed", "worked", "expected"),
    [
        (20.0, 0.0, True),  # waits for something that does not come
        (20.0, 0.99, True),
        (20.0, 1.0, False),  # has few turns, and uses them
        (199.0, 19.9, False),
        (20.0, 20.0, True),  # works on and on
        (150.0, 20.0, True),
        (200.0, 19.9, True),  # so long is nobody waited for
        (20.0, None, True),  # the system does not say
    ],
)
def test_patience_is_of_work_or_of_the_clock(passed: float, worked: float | None, expected: bool) -> None:
    assert is_over(passed, worked, 20.0) is expected
