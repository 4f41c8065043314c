"""What has ended, as a snapshot shows it: complete, unchanged by what comes later, found by agent and by outcome."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from queue import SimpleQueue
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.model.history import NAN, ROWS_TOGETHER, History
from floorwatch.model.past import Past, PastRing, PastVisit
from tests.patience import PATIENCE_SECONDS

OUTCOMES = ("answered", "abandoned", "timeout")
AGENTS = ("1001", "1002", "1003")


def a_visit(
    number: int, left_at: float, outcome: str = "abandoned"
) -> tuple[str, str, str, None, str, None, float, float, float]:
    return ("log", "support", f"c{number}", None, outcome, None, left_at - 10, left_at, 10.0)


def test_a_window_does_not_see_what_comes_later() -> None:
    history = History()
    for number in range(ROWS_TOGETHER - 2):
        history.visits.add(a_visit(number, number))
    past = Past(history)
    before = list(past.visits(0.0))
    for number in range(3 * ROWS_TOGETHER):
        history.visits.add(a_visit(number, 5000.0 + number))
    assert len(before) == ROWS_TOGETHER - 2
    assert list(past.visits(0.0)) == before
    assert list(past.unanswered(0.0)) == before
    assert past != Past(history)


def test_a_row_is_read_as_it_was_written() -> None:
    history = History()
    history.rings.add(("support", "c1", "1001", "missed", 100.0, NAN))
    history.rings.add(("support", "c2", "1001", "missed", 101.0, 8000.0))
    past = Past(history)
    assert list(past.rings_of("1001", 0.0)) == [
        PastRing("support", "c1", "1001", "missed", 100.0, None),
        PastRing("support", "c2", "1001", "missed", 101.0, 8.0),
    ]
    assert [ring.call for ring in past.rings_of("1001", 100.5)] == ["c2"]
    assert list(past.rings_of("nobody", 0.0)) == []


def test_whole_numbers_of_an_event_are_read_before_and_after_they_settle() -> None:
    history = History()
    history.rings.add(("support", "c1", "1001", "missed", 100, 8000))
    assert [ring.ring_seconds for ring in Past(history).rings_of("1001", 0.0)] == [8.0]
    assert history.rings.columns  # moves what waits
    assert [ring.ring_seconds for ring in Past(history).rings_of("1001", 0.0)] == [8.0]


def test_visits_that_an_agent_answered_are_found_by_the_agent() -> None:
    history = History()
    for number, agent in enumerate(("1001", "1002", "1001", None)):
        row = ("log", "support", f"c{number}", None, "answered" if agent else "abandoned", agent)
        history.visits.add((*row, 0.0, 10.0 + number, 10.0))
    assert [visit.call for visit in Past(history).answered_by("1001", 11.0)] == ["c2"]


def test_floors_with_the_same_past_are_equal() -> None:
    one, other = History(), History()
    other.spells.add(("1009", "paused", "Lunch", 0.0, 1.0))  # other words, other numbers for words
    for history in (one, other):
        for number in range(ROWS_TOGETHER + 5):
            history.talks.add(("log", "support", f"c{number}", "1001", "completed", None, NAN, 1.0, 2.0, 1.0, 0.0))
    assert Past(one) != Past(other)
    one.spells.add(("1009", "paused", "Lunch", 0.0, 1.0))
    assert Past(one) == Past(other)


@given(
    st.lists(st.tuples(st.sampled_from(OUTCOMES), st.integers(0, 50)), max_size=60),
    st.integers(1, 60),
    st.integers(0, 50),
)
def test_rows_by_time_and_outcome_are_those_of_a_plain_search(
    rows: list[tuple[str, int]], together: int, since: int
) -> None:
    history = History()
    for number, (outcome, left_at) in enumerate(rows):
        history.visits.add(a_visit(number, float(left_at), outcome))
        if number % together == 0:
            assert history.visits.columns  # moves what waits, as a report does
    past = Past(history)
    plain = [PastVisit(*a_visit(n, float(at), outcome)) for n, (outcome, at) in enumerate(rows)]
    assert list(past.visits(since)) == [v for v in plain if v.left_at >= since]
    assert list(past.unanswered(since)) == [v for v in plain if v.left_at >= since and v.outcome != "answered"]


@given(
    st.lists(st.tuples(st.sampled_from(OUTCOMES), st.integers(0, 50)), max_size=60),
    st.integers(1, 60),
    st.integers(0, 50),
)
def test_what_ended_last_comes_first_and_only_what_is_wanted(
    rows: list[tuple[str, int]], together: int, since: int
) -> None:
    history = History()
    for number, (outcome, left_at) in enumerate(rows):
        history.visits.add(a_visit(number, float(left_at), outcome))
        if number % together == 0:
            assert history.visits.columns
    past = Past(history)
    found = past.newest(since, lambda _queue, outcome, entered_at, _wait: outcome != "timeout" and entered_at >= 0)
    plain = [PastVisit(*a_visit(n, float(at), outcome)) for n, (outcome, at) in enumerate(rows)]
    wanted = [v for v in plain if v.left_at >= since and v.outcome != "timeout" and v.entered_at >= 0]
    assert list(found) == wanted[::-1]


@given(st.lists(st.tuples(st.sampled_from(AGENTS), st.integers(0, 50)), max_size=60), st.integers(0, 50))
def test_states_of_an_agent_are_those_of_a_plain_search(rows: list[tuple[str, int]], since: int) -> None:
    history = History()
    for number, (agent, end) in enumerate(rows):
        history.spells.add((agent, "paused", None, float(end) - 1, float(end)))
        if number % 7 == 0:
            assert history.spells.columns
            assert list(Past(history).states_of(agent, 0.0))
    past = Past(history)
    for agent in AGENTS:
        assert [s.end for s in past.states_of(agent, since)] == [float(e) for a, e in rows if a == agent and e >= since]


LANES = 4
WINDOWS = 16
ROWS_A_WINDOW = 701


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns a thousand times more often than they do by themselves."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty")
def test_windows_are_read_in_many_threads_while_rows_come() -> None:
    history, windows, numbers = History(), SimpleQueue[tuple[int, Past] | None](), count()
    together = Barrier(LANES)

    def read() -> list[tuple[int, list[str], list[str], list[str], int]]:
        """Of each window its rows as three ways of looking find them, and how many of them are lost."""
        found = []
        while (taken := windows.get()) is not None:
            rows, past = taken
            together.wait(PATIENCE_SECONDS)
            agent = f"{rows % 7}"
            by_agent = [visit.call for visit in past.answered_by(agent, 0.0)]
            unanswered = [visit.call for visit in past.unanswered(0.0)]
            newest = [visit.call for visit in past.newest(rows - 5.0, lambda *_row: True)]
            lost = sum(len(each.rows) for each in past.lost(0.0))
            found.append((rows, by_agent, unanswered, newest, lost))
        return found

    with ThreadPoolExecutor(LANES) as pool:
        lanes = [pool.submit(read) for _lane in range(LANES)]
        for _window in range(WINDOWS):
            for number in (next(numbers) for _row in range(ROWS_A_WINDOW)):
                outcome, agent = ("answered", f"{number % 7}") if number % 3 else (f"way {number % 50}", None)
                history.visits.add(
                    ("log", "q", f"c{number}", None, outcome, agent, float(number) - 1, float(number), 1.0)
                )
            assert history.visits.columns  # moves what waits: there is something to index in every window
            past = Past(history)
            for _lane in range(LANES):
                windows.put((len(history.visits), past))
        for _lane in range(LANES):
            windows.put(None)
        read_by_all = [each for lane in lanes for each in lane.result()]

    assert len(read_by_all) == LANES * WINDOWS
    for rows, by_agent, unanswered, newest, lost in read_by_all:
        assert by_agent == [f"c{n}" for n in range(rows) if n % 3 and n % 7 == rows % 7]
        assert unanswered == [f"c{n}" for n in range(rows) if not n % 3]
        assert newest == [f"c{n}" for n in range(rows - 1, rows - 6, -1)]
        assert lost == len(unanswered)
