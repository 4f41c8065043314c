"""For how long a call of a plugin is waited for: by a clock while it waits, by its own work while it works."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import thread_time

import pytest

from floorwatch.conformance.calling import StuckError, called

PATIENCE_SECONDS = 0.2


def work(seconds: float) -> float:
    """So many seconds of a processor."""
    began = thread_time()
    while thread_time() - began < seconds:
        pass
    return seconds


@contextmanager
def busy_process(threads: int = 6) -> Iterator[None]:
    """Other threads take most turns."""
    over = Event()

    def spin() -> None:
        while not over.is_set():
            pass

    spinning = [Thread(target=spin, daemon=True) for _ in range(threads)]
    for thread in spinning:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in spinning:
            thread.join(30)


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
def test_one_that_has_few_turns_is_waited_for() -> None:
    with busy_process():
        assert called(lambda: work(PATIENCE_SECONDS * 0.75), PATIENCE_SECONDS) == PATIENCE_SECONDS * 0.75
