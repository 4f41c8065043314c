"""How figures are written."""

from datetime import timedelta, timezone

import pytest

from floorwatch import spoken
from floorwatch.model.entities import AgentState
from floorwatch.words import use_language


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (42.9, "0:42"),
        (725, "12:05"),
        (3790, "1:03:10"),
        (86_399, "23:59:59"),
        (4 * 86_400 + 7 * 3600 + 1, "4d 07h"),
        (-61, "-1:01"),
    ],
)
def test_duration_is_what_has_passed(seconds: float, text: str) -> None:
    assert spoken.duration(seconds) == text


@pytest.mark.parametrize(("fraction", "text"), [(0.7634, "76.3"), (0.0, "0.0"), (1.0, "100.0"), (None, "-")])
def test_share_has_one_decimal_and_nothing_where_nothing_was(fraction: float | None, text: str) -> None:
    assert spoken.share(fraction) == text


def test_what_no_feed_tells_is_not_zero() -> None:
    assert (spoken.count(0), spoken.count(None)) == ("0", "?")


def test_clock_is_the_one_on_the_wall_of_the_floor() -> None:
    zone = timezone(timedelta(hours=8))

    assert spoken.clock(1_773_110_467, zone) == "10:41:07"
    assert spoken.clock_minute(1_773_110_467, zone) == "10:41"


def test_every_state_has_a_letter_of_its_own_and_a_word() -> None:
    assert set(spoken.STATE_LETTERS) == {state.value for state in AgentState}
    assert len(set(spoken.STATE_LETTERS.values())) == len(AgentState)
    assert all(spoken.state_name(state) for state in AgentState)


@pytest.mark.parametrize(
    ("agent", "name", "number"),
    [
        ("1007", "李娜", "1007"),
        ("PJSIP/1007", "李娜", "1007"),
        ("Local/1007@agents/n", "李娜", "1007"),
        ("Local/1007@agents/n", "Local/1007@agents/n", "1007"),
        ("PJSIP/anna", "李娜", "anna"),
        ("Local/anna@agents/n", "李娜", "anna"),
        ("north/PJSIP/2001", "李娜", "2001"),
        ("north/PJSIP/anna", "李娜", "anna"),
        ("north/Local/1007@agents/n", "李娜", "1007"),
        ("north/4001", "李娜", "4001"),
        ("李娜", "李娜", ""),
        ("1007", "1007", ""),
        ("//", "李娜", "//"),
    ],
)
def test_number_tells_namesakes_apart(agent: str, name: str, number: str) -> None:
    assert spoken.number_of(agent, name) == number


@pytest.mark.parametrize(
    ("language", "said", "long_ago"),
    [("en", "Sunday 2026-11-22", "4d 07h"), ("zh_CN", "2026年11月22日 星期日", "4天07时")],
)
def test_dates_and_days_are_said_in_the_language_of_the_screen(language: str, said: str, long_ago: str) -> None:
    use_language(language)

    assert spoken.date_in_full("2026-11-22") == said
    assert spoken.duration(4 * 86_400 + 7 * 3600) == long_ago
