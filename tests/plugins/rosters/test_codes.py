"""What shift codes mean: hours as the configuration says them, and whatever else stands in a cell beside a code."""

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.api import duty
from floorwatch_rosters.codes import Codes, Meaning, meaning_of

CODES = Codes({"A1": "08:30-17:30, lunch 12:00-13:00", "早": "08:00-12:00", "夜": "22:00-06:00", "A/B": "off"})


def _said(meaning: Meaning) -> str:
    return ", ".join(f"{_hours(start)}-{_hours(end)} {activity.value}" for start, end, activity in meaning.spans)


def _hours(clock: timedelta) -> str:
    return f"{clock / timedelta(hours=1):g}"


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("08:30-17:30", "8.5-17.5 phones"),
        ("08:30-17:30, lunch 12:00-13:00", "8.5-12 phones, 12-13 lunch, 13-17.5 phones"),
        ("08:00-12:00、14:00-18:00", "8-12 phones, 14-18 phones"),
        ("22:00-06:00, 夜宵 02:00-02:30", "22-26 phones, 26-26.5 lunch, 26.5-30 phones"),
        ("22:00-02:00, 03:00-06:00", "22-26 phones, 27-30 phones"),
        ("18:00-22:00; 次日01:00-05:00", "18-22 phones, 25-29 phones"),
        ("08:30-17:30, meeting 08:00-08:30", "8-8.5 meeting, 8.5-17.5 phones"),
        ("培训 09:00～17:00", "9-17 training"),
        ("１８：００－次日０１：３０", "18-25.5 phones"),
        ("09:00 至 18:00, 12:00-13:00 午休, 15:00-15:15 小休", "9-12 phones, 12-13 lunch, 13-15 phones, 15-15.25 "
         "break, 15.25-18 phones"),
        ("08:00-08:00", "8-32 phones"),
    ],
)  # fmt: skip
def test_a_meaning_is_spans_of_hours(spec: str, said: str) -> None:
    meaning = meaning_of(spec)
    assert meaning.kind is duty.ShiftKind.WORK
    assert _said(meaning) == said


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ("", "neither hours"),
        ("early", "`early` is not hours"),
        ("08:00-25:61", "no clock shows"),
        ("08:00-12:00, 10:00-14:00", "overlap"),
        ("18:00-22:00, 01:00-05:00", "write 次日"),
        ("08:00-18:00, lunch 12:00-13:00, break 12:30-13:30", "breaks and duties overlap"),
        ("08:00-次日20:00", "longer than a day"),
    ],
)
def test_a_meaning_that_is_none_says_why(spec: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        meaning_of(spec)


def test_a_code_without_a_meaning_is_named_with_its_key() -> None:
    with pytest.raises(ValueError, match=r"codes\.B2 = “8 to 5”"):
        Codes({"A1": "08:00-17:00", "B2": "8 to 5"})


def test_two_codes_that_are_the_same_are_named() -> None:
    with pytest.raises(ValueError, match=r"codes\.ａ and codes\.A are the same code"):
        Codes({"A": "08:00-17:00", "ａ": "off"})


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("", []),
        ("A1", [("A1", "work")]),
        ("a1", [("A1", "work")]),
        ("A1(替张三)", [("A1", "work")]),
        ("A1 顶班", [("A1", "work")]),
        ("A1*", [("A1", "work")]),
        ("夜班", [("夜", "work")]),
        ("早/夜", [("早", "work"), ("夜", "work")]),
        ("早+夜", [("早", "work"), ("夜", "work")]),
        ("早\n年", [("早", "work"), ("年", "leave")]),
        ("A/B", [("A/B", "off")]),
        ("休", [("休", "off")]),
        ("公休", [("公休", "off")]),
        ("事假", [("事假", "leave")]),
        ("09:00-12:00", [("09:00-12:00", "work")]),
        ("Z9", [("Z9", "unknown")]),
        ("A1/Z9", [("A1", "work"), ("Z9", "unknown")]),
        ("A1-1", [("A1-1", "unknown")]),
        ("12", [("12", "unknown")]),
    ],
)
def test_a_cell_says_its_codes(cell: str, told: list[tuple[str, str]]) -> None:
    assert [(code, meaning.kind.value) for code, meaning in CODES.read(cell)] == told


def test_the_configuration_may_say_otherwise_of_our_own_words() -> None:
    assert [(code, meaning.kind.value) for code, meaning in Codes({"休": "leave"}).read("休")] == [("休", "leave")]


def test_a_night_in_which_the_clocks_are_put_forward_is_an_hour_shorter() -> None:
    stints = meaning_of("22:00-06:00").stints(date(2026, 3, 28), ZoneInfo("Europe/Berlin"))
    assert [stint.end - stint.start for stint in stints] == [7 * 3600]


def test_a_span_within_the_hour_that_is_left_out_falls_away() -> None:
    stints = meaning_of("break 02:00-03:00").stints(date(2026, 3, 29), ZoneInfo("Europe/Berlin"))
    assert stints == ()


TIMES = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")


@given(start=TIMES, end=TIMES, breaks=st.lists(st.tuples(TIMES, TIMES), max_size=3))
def test_breaks_never_change_how_long_a_shift_covers(start: str, end: str, breaks: list[tuple[str, str]]) -> None:
    spec = ", ".join([f"{start}-{end}", *(f"break {first}-{last}" for first, last in breaks)])
    try:
        spans = meaning_of(spec).spans
    except ValueError:
        return
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    whole = meaning_of(f"{start}-{end}").spans[0]
    within = sum(
        (
            min(last, whole[1]) - max(first, whole[0])
            for first, last, _activity in spans
            if first < whole[1] and last > whole[0]
        ),
        timedelta(),
    )
    assert within == whole[1] - whole[0]


@given(text=st.text(alphabet="0123456789:-,次日休早A/、 lunch", max_size=30))
def test_any_text_is_a_meaning_or_says_why_not(text: str) -> None:
    CODES.read(text)
    try:
        assert meaning_of(text).kind is not duty.ShiftKind.UNKNOWN
    except ValueError as error:
        said = str(error)
        assert said
