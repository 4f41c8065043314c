"""How many calls are missing to a target, and how many may still be lost: exact, by trying all smaller numbers."""

from hypothesis import given
from hypothesis import strategies as st

from floorwatch.engine.explain_goal import Goal, to_go
from floorwatch.views import Tone

TARGETS = st.sampled_from([0.0, 0.5, 0.8, 0.85, 0.9, 0.95, 0.999, 1.0])


def is_reached(part: int, whole: int, target: float) -> bool:
    return whole == 0 or part / whole >= target


@given(st.integers(0, 400), st.integers(0, 400), TARGETS)
def test_the_missing_calls_reach_the_target_and_one_less_does_not(part: int, more: int, target: float) -> None:
    whole = part + more
    missing = Goal(part, whole, target).missing
    if missing is None:
        assert target == 1.0
        assert part < whole
        return
    assert is_reached(part + missing, whole + missing, target)
    assert missing == 0 or not is_reached(part + missing - 1, whole + missing - 1, target)


@given(st.integers(0, 400), st.integers(0, 400), TARGETS)
def test_the_spare_calls_keep_the_target_and_one_more_does_not(part: int, more: int, target: float) -> None:
    whole = part + more
    goal = Goal(part, whole, target)
    if goal.missing:
        assert goal.spare in (0, None)
    elif goal.spare is None:
        assert target == 0.0
    elif goal.missing == 0:
        assert is_reached(part, whole + goal.spare, target)
        assert not is_reached(part, whole + goal.spare + 1, target)


def test_the_way_to_the_target_is_said_in_calls() -> None:
    assert to_go(Goal(70, 93, 0.8), "80") == "22 more in time would reach 80 %."
    assert to_go(Goal(90, 100, 0.8), "80") == "12 more may be late or lost before it falls below 80 %."
    assert to_go(Goal(9, 10, 1.0), "100") == "100 % cannot be reached any more today."
    assert to_go(Goal(0, 0, 0.8), "80") == "No call counts yet."
    assert to_go(Goal(5, 9, 0.0), "0") == "No call can spoil it."


def test_what_is_far_below_its_target_is_an_alarm() -> None:
    tones = [Goal(part, 100, 0.8).tone for part in (80, 79, 69)]
    assert tones == [Tone.CALM, Tone.WARN, Tone.ALARM]
    assert Goal(0, 0, 0.8).tone is Tone.CALM
