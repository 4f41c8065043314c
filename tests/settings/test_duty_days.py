"""The file of overrides."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.settings.duty_days import DutyDays, read_duty_days


def read(*lines: str) -> DutyDays:
    """What these lines say; they hold no mistake."""
    found, mistakes = read_duty_days("\n".join(lines), "days.csv")
    assert mistakes == []
    return found


def mistakes(*lines: str) -> list[str]:
    """What is wrong with these lines."""
    return read_duty_days("\n".join(lines), "days.csv")[1]


def test_nothing_says_nothing() -> None:
    assert read("# only a remark", "", "date,what,word") == DutyDays()


@pytest.mark.parametrize(
    "when",
    ["2026-10-01..2026-10-03", "2026-10-01 ~ 2026-10-03", "2026/10/1～2026/10/3", "2026年10月1日至2026年10月3日"],
)
def test_a_span_is_each_of_its_days(when: str) -> None:
    assert read(f"{when},off").days == {"2026-10-01": False, "2026-10-02": False, "2026-10-03": False}


@pytest.mark.parametrize(
    ("word", "worked"), [("work", True), ("Work", True), ("上班", True), ("off", False), ("休息", False)]
)
def test_a_day_is_worked_or_not(word: str, worked: bool) -> None:
    assert read(f"2026-10-10,{word},whatever, and more").days == {"2026-10-10": worked}


def test_a_peak_period_is_that_of_its_month_and_one_over_two_months_of_both() -> None:
    assert read("2026-01-05..2026-01-20,peak", "2026-04-28..2026-05-04,征期").peaks == {
        "2026-01": ("2026-01-05", "2026-01-20"),
        "2026-04": ("2026-04-28", "2026-04-30"),
        "2026-05": ("2026-05-01", "2026-05-04"),
    }


def test_a_month_may_have_none() -> None:
    assert read("2026-02,no-peak", "2026-03..2026-04,非征期").peaks == dict.fromkeys(("2026-02", "2026-03", "2026-04"))


def test_a_day_off_in_the_peak_period_is_no_contradiction() -> None:
    found = read("2026-10-01..2026-10-07,off", "2026-10-01..2026-10-20,peak", "2026-10-03,off,said twice")
    assert (len(found.days), found.peaks["2026-10"]) == (7, ("2026-10-01", "2026-10-20"))


def test_every_mistake_is_told_with_its_line() -> None:
    assert mistakes(
        "2026-10-01..2026-10-07,off",
        "2026-10-03,work",
        "2026-11-31,off",
        "tomorrow,off",
        "2026-10-08",
        "2026-10-09,maybe",
        "2026-10-09..2026-10-08,off",
        "2026-10-01..2027-12-31,off",
        "2026-05-01..2026-05-10,no-peak",
        '2026-10-11,"off',
        "date,what",
    ) == [
        "days.csv:2: line 1 says otherwise of 2026-10-03; keep one of them",
        "days.csv:3: '2026-11-31' is no date; write 2026-10-01, 2026-10-01..2026-10-07 or 2026-10",
        "days.csv:4: 'tomorrow' is no date; write 2026-10-01, 2026-10-01..2026-10-07 or 2026-10",
        "days.csv:5: write a date and what it is, such as 2026-10-01,off",
        "days.csv:6: what is 'maybe'? write work, off, peak or no-peak",
        "days.csv:7: '2026-10-09..2026-10-08' is no span of days; write 2026-10-01..2026-10-07",
        "days.csv:8: '2026-10-01..2027-12-31' is longer than a year; check the dates",
        "days.csv:9: no-peak is said of whole months: write 2026-05, or the days that are one, as peak",
        "days.csv:10: this line cannot be read (unexpected end of data); check its quotes",
        "days.csv:11: 'date' is no date; write 2026-10-01, 2026-10-01..2026-10-07 or 2026-10",
    ]


def test_two_peak_periods_of_one_month_contradict_each_other() -> None:
    (said,) = mistakes("2026-01-01..2026-01-10,peak", "2026-01-15..2026-01-20,peak")
    assert said == "days.csv:2: line 1 says otherwise of 2026-01; keep one of them"


@given(st.dates(date(2000, 1, 1), date(2900, 1, 1)), st.integers(0, 365))
def test_a_span_of_any_length_is_read_whole(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    assert len(read(f"{first}..{last},off").days) == more + 1
    peaks = read(f"{first}..{last},peak").peaks
    assert min(period[0] for period in peaks.values() if period) == first.isoformat()
    assert max(period[1] for period in peaks.values() if period) == last.isoformat()


@given(st.text(max_size=60))
def test_any_text_is_read_or_told(text: str) -> None:
    read_duty_days(text, "days.csv")
