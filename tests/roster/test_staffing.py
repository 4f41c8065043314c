"""Golden vectors 5 and 6 of METRICS.md, and what must hold of any number of agents and any load."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.roster import agents_needed, capacity, carried

RATES = st.floats(0, 20_000)
HANDLE_TIMES = st.floats(1, 3600)
SHARES = st.floats(0.05, 0.99)
ROUNDING = 1e-9
"""Neighbouring figures may differ by the last digits of a float."""


def test_golden_vector_5_of_fourteen_agents_holds() -> None:
    found = carried(calls_per_hour=200, aht_seconds=180, agents=14, answer_within=20)
    assert found.load == 10
    assert round(found.wait_share, 7) == 0.1741319
    assert round(found.service_level, 5) == 0.88835
    assert found.asa_seconds is not None
    assert round(found.asa_seconds, 4) == 7.8359
    assert round(found.occupancy, 7) == 0.7142857


def test_golden_vector_5_of_forty_agents_holds() -> None:
    found = carried(calls_per_hour=1000, aht_seconds=120, agents=40)
    assert round(found.wait_share, 4) == 0.1907
    assert round(found.service_level, 4) == 0.9372
    assert found.asa_seconds is not None
    assert round(found.asa_seconds, 2) == 3.43


def test_golden_vector_5_of_thirty_five_agents_holds() -> None:
    found = carried(calls_per_hour=1000, aht_seconds=120, agents=35)
    assert round(found.service_level, 4) == 0.4724
    assert found.asa_seconds is not None
    assert round(found.asa_seconds, 1) == 50.1


@pytest.mark.parametrize(
    ("aht", "agents", "calls"),
    [
        (300, 2, 9.314),
        (300, 3, 17.483),
        (300, 4, 26.348),
        (300, 5, 35.649),
        (180, 2, 15.998),
        (180, 3, 29.970),
        (180, 4, 45.109),
        (180, 5, 60.977),
    ],
)
def test_golden_vector_6_holds(aht: float, agents: int, calls: float) -> None:
    assert round(capacity(agents, aht), 3) == calls


def _by_factorials(load: float, agents: int) -> float:
    """Erlang C as the textbook writes it, for few agents."""
    last = load**agents / math.factorial(agents) * agents / (agents - load)
    return last / (sum(load**k / math.factorial(k) for k in range(agents)) + last)


@given(st.integers(1, 60), st.floats(0.01, 0.99))
def test_the_recurrence_equals_the_textbook(agents: int, occupancy: float) -> None:
    load = agents * occupancy
    found = carried(load * 3600 / 180, 180, agents)
    assert found.wait_share == pytest.approx(_by_factorials(found.load, agents), rel=1e-9)


@given(RATES, HANDLE_TIMES, st.integers(0, 1000))
def test_figures_stay_within_their_range(rate: float, aht: float, agents: int) -> None:
    found = carried(rate, aht, agents)
    assert 0 <= found.service_level <= 1
    assert 0 <= found.wait_share <= 1
    assert found.asa_seconds is None or found.asa_seconds >= 0


@given(RATES, HANDLE_TIMES, st.integers(0, 400))
def test_one_agent_more_never_serves_worse(rate: float, aht: float, agents: int) -> None:
    fewer, more = carried(rate, aht, agents), carried(rate, aht, agents + 1)
    assert more.service_level >= fewer.service_level - ROUNDING
    assert more.wait_share <= fewer.wait_share + ROUNDING


@given(RATES, st.floats(0, 500), HANDLE_TIMES, st.integers(0, 400))
def test_more_calls_are_never_served_better(rate: float, more: float, aht: float, agents: int) -> None:
    easy, hard = carried(rate, aht, agents), carried(rate + more, aht, agents)
    assert hard.service_level <= easy.service_level + ROUNDING


@given(st.floats(0.1, 5000), st.floats(10, 900), SHARES)
def test_the_agents_needed_are_enough_and_one_fewer_is_not(rate: float, aht: float, share: float) -> None:
    needed = agents_needed(rate, aht, share)
    assert carried(rate, aht, needed).service_level >= share
    assert carried(rate, aht, needed - 1).service_level < share


@given(st.integers(1, 300), st.floats(10, 900), SHARES)
def test_capacity_is_the_inverse_of_agents_needed(agents: int, aht: float, share: float) -> None:
    most = capacity(agents, aht, share)
    assert agents_needed(most, aht, share) == agents
    assert agents_needed(most * (1 + 1e-6) + 1e-6, aht, share) == agents + 1


def test_an_overload_only_grows_and_says_so() -> None:
    found = carried(calls_per_hour=200, aht_seconds=180, agents=8)
    assert (found.wait_share, found.service_level, found.asa_seconds) == (1, 0, None)
    assert found.occupancy == 1.25
    assert carried(calls_per_hour=160, aht_seconds=180, agents=8).asa_seconds is None


def test_nobody_carries_nothing() -> None:
    assert capacity(0, 300) == 0
    assert agents_needed(0, 300) == 0
    assert carried(10, 300, 0).service_level == 0


def test_an_idle_floor_lets_nobody_wait() -> None:
    found = carried(0, 300, 3)
    assert (found.wait_share, found.service_level, found.asa_seconds, found.occupancy) == (0, 1, 0, 0)


def test_a_thousand_agents_are_no_trouble() -> None:
    found = carried(11_700, 300, 1000)
    assert found.load == 975
    assert found.wait_share == pytest.approx(0.316, abs=0.01)
    assert agents_needed(11_823, 300) == 1000


@pytest.mark.parametrize(
    ("rate", "aht", "agents"), [(-1, 300, 2), (math.inf, 300, 2), (math.nan, 300, 2), (1, 0, 2), (1, 300, -1)]
)
def test_what_makes_no_sense_is_refused(rate: float, aht: float, agents: int) -> None:
    with pytest.raises(ValueError, match="more"):
        carried(rate, aht, agents)


@pytest.mark.parametrize("share", [0, -0.1, 1.1, math.nan])
def test_a_share_is_above_nothing_and_at_most_everything(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        capacity(2, 300, share)
    with pytest.raises(ValueError, match="share"):
        agents_needed(2, 300, share)
