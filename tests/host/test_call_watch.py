"""Whose call does not come back is given up; who is slow, and comes back, is not."""

import threading
from collections.abc import Callable, Iterator
from types import FunctionType

import pytest

from floorwatch.host.apart import AT_ONCE, apart
from floorwatch.host.call_watch import MOST_A_LOOK_SECONDS, CallWatch
from floorwatch.host.guests import welcome
from floorwatch.host.patience import NotBackError

PATIENCE_SECONDS = 3 * MOST_A_LOOK_SECONDS


def _called(work: Callable[[], object]) -> object:
    return work()


CALL = FunctionType(_called.__code__, {"__name__": "slow_guest"})
"""What a plugin does, as far as anybody can see."""


@pytest.fixture(autouse=True)
def guest() -> None:
    """The guest is known."""
    welcome("slow", "slow_guest")


class Reader:
    """A thread that is in one call of the guest after the other, each until it is let go on."""

    def __init__(self, call: Callable[[Callable[[], object]], object]) -> None:
        self._call = call
        self._in_it, self._go_on = threading.Semaphore(0), threading.Semaphore(0)
        self._is_over = False
        self.thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> "Reader":
        self.thread.start()
        assert self._in_it.acquire(timeout=30)
        return self

    def __exit__(self, *_raised: object) -> None:
        self._is_over = True
        self._go_on.release()
        self.thread.join(30)

    def goes_on(self) -> None:
        """It comes back, and is in the next call."""
        self._go_on.release()
        assert self._in_it.acquire(timeout=30)

    def _read(self) -> None:
        while not self._is_over:
            self._call(self._wait)

    def _wait(self) -> None:
        self._in_it.release()
        self._go_on.acquire()


def test_a_call_that_lasts_too_long_is_given_up() -> None:
    with Reader(CALL) as reader:
        watch = CallWatch(reader.thread, PATIENCE_SECONDS)

        said = [watch.look(MOST_A_LOOK_SECONDS) for _look in range(4)]

    assert [each.partition(" (")[0] for each in said] == ["", "", "", "does not come back: given up after 3 s"]


def test_many_slow_calls_are_not_given_up() -> None:
    with Reader(CALL) as reader:
        watch = CallWatch(reader.thread, PATIENCE_SECONDS)
        said = []
        for _call in range(10):
            said += [watch.look(MOST_A_LOOK_SECONDS) for _look in range(3)]
            reader.goes_on()

    assert set(said) == {""}


def test_a_machine_that_slept_gives_up_nothing() -> None:
    with Reader(CALL) as reader:
        watch = CallWatch(reader.thread, PATIENCE_SECONDS)

        assert [watch.look(3600.0) for _look in range(3)] == ["", "", ""]


def test_what_floorwatch_does_itself_may_take_as_long_as_it_takes() -> None:
    with Reader(_called) as reader:
        watch = CallWatch(reader.thread, PATIENCE_SECONDS)

        assert {watch.look(MOST_A_LOOK_SECONDS) for _look in range(10)} == {""}


def numbers(count: int, end: Callable[[], object] = lambda: None) -> Iterator[int]:
    """So many numbers, and what comes then."""
    yield from range(count)
    end()


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1])
def test_all_that_an_iterator_gives_is_given(count: int) -> None:
    assert list(apart(numbers(count))) == list(range(count))


@pytest.mark.parametrize(
    ("error", "raised"), [(ValueError("wrong"), ValueError), (SystemExit("it leaves"), SystemExit)]
)
def test_what_an_iterator_raises_is_raised_after_what_it_gave(
    error: BaseException, raised: type[BaseException]
) -> None:
    def fail() -> None:
        raise error

    items = apart(numbers(2, fail))

    assert [next(items), next(items)] == [0, 1]
    with pytest.raises(raised, match=str(error)):
        next(items)


def test_a_guest_that_claims_that_a_person_pressed_ctrl_c_ends_nobody() -> None:
    let_go = []

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(NotBackError, match="KeyboardInterrupt"):
        list(apart(numbers(0, interrupt), lambda: let_go.append("let go")))

    assert let_go == ["let go"]
