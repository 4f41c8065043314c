"""Dates and hours as people type them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.testing import floors
from floorwatch_rosters.typed_dates import date_typed, date_words, hours_typed, moment_typed, time_typed

RULES = floors.rules()
TODAY = "2026-03-10"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-03-11", "2026-03-11"),
        ("2026/3/11", "2026-03-11"),
        ("2026年3月11日", "2026-03-11"),
        ("03-11", "2026-03-11"),
        ("3-11", "2026-03-11"),
        ("3月11日", "2026-03-11"),
        ("０３－１１", "2026-03-11"),
        ("12-31", "2025-12-31"),
        ("08-01", "2026-08-01"),
        ("02-29", "2028-02-29"),
        ("Tomorrow", "2026-03-11"),
        (" 明天 ", "2026-03-11"),
        ("今天", "2026-03-10"),
        ("后天", "2026-03-12"),
        ("+7", "2026-03-17"),
        ("-1", "2026-03-09"),
    ],
)
def test_a_date_is_read_as_it_is_meant(text: str, date: str) -> None:
    assert date_typed(text, TODAY) == date


@pytest.mark.parametrize("text", ["", "13-01", "2026-02-30", "soon", "11", "2026-03-11 08:30", "1-2-3"])
def test_what_is_no_date_says_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="write 11-23, 2026-11-23 or tomorrow"):
        date_typed(text, TODAY)


@pytest.mark.parametrize(
    ("text", "day", "hour", "minute"),
    [
        ("08:30", 11, 8, 30),
        ("8:30", 11, 8, 30),
        ("０８：３０", 11, 8, 30),
        ("8点30分", 11, 8, 30),
        ("24:00", 12, 0, 0),
        ("25:30", 12, 1, 30),
        ("次日01:30", 12, 1, 30),
        ("01:30+1", 12, 1, 30),
        ("48:00", 13, 0, 0),
    ],
)
def test_hours_are_those_of_the_date(text: str, day: int, hour: int, minute: int) -> None:
    wanted = datetime(2026, 3, day, hour, minute, tzinfo=floors.ZONE).timestamp()

    assert time_typed(text, "2026-03-11", RULES) == wanted


@pytest.mark.parametrize("text", ["", "8", "08:60", "48:01", "次日25:00", "-1:00", "noon", "08:30:00"])
def test_what_are_no_hours_says_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="write 08:30"):
        time_typed(text, TODAY, RULES)


@given(st.integers(0, 48 * 60))
def test_hours_are_typed_as_they_are_read(minutes: int) -> None:
    at = time_typed(f"{minutes // 60:02}:{minutes % 60:02}", TODAY, RULES)

    assert time_typed(hours_typed(at, TODAY, RULES), TODAY, RULES) == at


def test_a_moment_is_a_date_or_hours_or_both() -> None:
    eight = datetime(2026, 3, 11, 8, 0, tzinfo=floors.ZONE).timestamp()

    assert moment_typed("03-11", TODAY, RULES).at is None
    assert moment_typed("03-11 08:00", TODAY, RULES).at == eight
    assert moment_typed("2026-03-11T08:00", TODAY, RULES).at == eight
    assert moment_typed("明天 08:00", TODAY, RULES).at == eight
    assert moment_typed("08:00", "2026-03-11", RULES) == moment_typed("03-11 08:00", TODAY, RULES)


def test_a_date_of_another_year_is_said_with_it() -> None:
    assert (date_words("2026-03-11", TODAY), date_words("2027-01-01", TODAY)) == ("03-11", "2027-01-01")
