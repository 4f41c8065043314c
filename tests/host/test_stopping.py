"""Threads that were told to end, and what that leaves behind for all others."""

import signal
import sys
from collections.abc import Callable
from threading import Event, Thread
from threading import enumerate as enumerate_threads
from time import sleep
from typing import Any

import pytest

from floorwatch.host.stopping import TAKES_BACK, GivenUp, stop
from tests.patience import PATIENCE_SECONDS


class Job:
    """Something of a plugin's in a thread, and what ended it."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._begun = Event()
        self.ended_by: BaseException | None = None
        self.thread = Thread(target=self.run, daemon=True)
        self.thread.start()
        assert self._begun.wait(PATIENCE_SECONDS)

    def run(self) -> None:
        """The outermost frame of the job."""
        try:
            self.called()
        except GivenUp as error:
            self.ended_by = error

    def called(self) -> None:
        """What is told to end is in here."""
        self._begun.set()
        self._work()

    def stop(self) -> bool:
        """Have it end."""
        return stop(self.thread, Job.run.__code__)


def spin() -> None:
    while True:
        pass


def four() -> int:
    return 4


def wait_in_the_system() -> None:
    """Long naps, and no step of Python in between that a thread could be stopped at."""
    sleep(0.5)


def test_a_loop_ends() -> None:
    job = Job(spin)
    assert job.stop()
    job.thread.join(PATIENCE_SECONDS)
    assert isinstance(job.ended_by, GivenUp)


def test_what_waits_in_the_system_ends_when_it_comes_back() -> None:
    job = Job(wait_in_the_system)
    assert job.stop()
    job.thread.join(PATIENCE_SECONDS)
    assert isinstance(job.ended_by, GivenUp)


def test_two_that_are_told_at_once_both_end() -> None:
    waits, spins = Job(wait_in_the_system), Job(spin)
    assert waits.stop()
    assert spins.stop()
    for job in (waits, spins):
        job.thread.join(PATIENCE_SECONDS)
        assert isinstance(job.ended_by, GivenUp)


def looked_at(tool: Callable[[Any], None]) -> list[int]:
    """What a thread computes under a tool that looks at its steps; nothing, if it does not come to it."""
    found = list[int]()

    def run() -> None:
        tool(lambda *_event: None)
        found.append(four())
        tool(None)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE_SECONDS)
    return found


@pytest.mark.parametrize("tool", [sys.setprofile, sys.settrace], ids=["profiled", "traced"])
def test_while_one_waits_in_the_system_other_threads_may_be_looked_at(tool: Callable[[Any], None]) -> None:
    """A profile of one thread went round for ever: Python looked for what the other had not taken yet."""
    job = Job(lambda: sleep(3600))
    assert job.stop()
    assert looked_at(tool) == [4]


def test_one_that_sleeps_on_is_woken_by_signals_without_harm() -> None:
    woken = list[int]()
    before = signal.signal(signal.SIGUSR1, lambda number, _frame: woken.append(number))
    try:
        job = Job(lambda: sleep(3600))
        assert job.stop()
        for thread in enumerate_threads():
            if thread.name == TAKES_BACK:
                thread.join(PATIENCE_SECONDS)
        assert job.thread.ident is not None
        signal.pthread_kill(job.thread.ident, signal.SIGUSR1)
        assert all(looked_at(sys.setprofile) == [4] for _ in range(300))  # it wakes at some moment of these
        assert woken == [signal.SIGUSR1]
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_a_thread_that_has_ended_is_not_told() -> None:
    job = Job(lambda: None)
    job.thread.join(PATIENCE_SECONDS)
    assert not job.stop()
    assert job.ended_by is None
