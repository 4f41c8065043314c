"""The golden vectors of METRICS.md, and the identity that every figure stands on."""

import pytest

from floorwatch.model.service_level import SERVICE_LEVELS, Volume, ratio

VECTOR_1 = Volume(
    offered=100, answered=85, answered_in_time=70, abandoned=12, abandoned_in_time=10, short_abandons=4, left=3
)


@pytest.mark.parametrize(
    ("definition", "percent"),
    [
        ("answered", 82.35),
        ("late-only", 80.46),
        ("positive", 80.00),
        ("ignore", 77.78),
        ("short-out", 75.27),
        ("abandons", 72.16),
        ("offered", 70.00),
    ],
)
def test_golden_vector_1_holds_for_every_definition(definition: str, percent: float) -> None:
    level = SERVICE_LEVELS[definition].of(VECTOR_1)
    assert level is not None
    assert round(level * 100, 2) == percent


def test_golden_vector_1_names_every_definition() -> None:
    assert len(SERVICE_LEVELS) == 7


@pytest.mark.parametrize(("definition", "percent"), [("ignore", 77.78), ("offered", 70.0), ("positive", 80.0)])
def test_golden_vector_2_holds_wherever_the_late_twenty_went(definition: str, percent: float) -> None:
    for abandoned_late in range(21):
        volume = Volume(100, 90 - abandoned_late, 70, 10 + abandoned_late, 10, 0, 0)
        level = SERVICE_LEVELS[definition].of(volume)
        assert level is not None
        assert round(level * 100, 2) == percent


def test_golden_vector_3_holds() -> None:
    level = SERVICE_LEVELS["ignore"].of(Volume(150, 130, 50, 20, 20, 0, 0))
    assert level is not None
    assert round(level * 100, 2) == 38.46


def test_nothing_over_nothing_is_none_in_every_definition() -> None:
    for definition in SERVICE_LEVELS.values():
        assert definition.of(Volume(0, 0, 0, 0, 0, 0, 0)) is None
    assert ratio(0, 0) is None
    assert ratio(0, 3) == 0.0


def test_a_caller_waiting_past_the_limit_hurts_all_but_answered() -> None:
    before = Volume(11, 10, 10, 0, 0, 0, 0, waiting=1, waiting_late=0)
    after = Volume(11, 10, 10, 0, 0, 0, 0, waiting=1, waiting_late=1)
    for name, definition in SERVICE_LEVELS.items():
        then, now = definition.of(before), definition.of(after)
        assert then is not None
        assert now is not None
        assert (now == then) if name == "answered" else (now < then), name
