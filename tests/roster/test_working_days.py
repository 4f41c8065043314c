"""Working days: what the library knows of a country and a year, what it cannot know, and the floor's own word."""

from datetime import date, timedelta

import pytest

from floorwatch.model.duty_rules import DutyRules, PeakRules
from floorwatch.roster import DayKind, day_of, in_peak, peak_of
from floorwatch.roster.working_days import country_mistake
from floorwatch.words import language, use_language

CHINA = DutyRules(country="CN")
NOWHERE = DutyRules()


def kinds(rules: DutyRules, *days: date) -> list[DayKind]:
    return [day_of(rules, day).kind for day in days]


def test_without_a_country_there_are_weekdays_and_weekends_alone() -> None:
    assert kinds(NOWHERE, date(2026, 10, 1), date(2026, 10, 3), date(2026, 10, 4)) == [
        DayKind.WORK,
        DayKind.REST,
        DayKind.REST,
    ]
    assert day_of(NOWHERE, date(2027, 1, 1)).announced


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2026, 10, 3), DayKind.HOLIDAY),
        (date(2026, 10, 4), DayKind.REST),
        (date(2026, 10, 7), DayKind.HOLIDAY),
        (date(2026, 10, 8), DayKind.WORK),
        (date(2026, 10, 10), DayKind.MAKE_UP),
        (date(2026, 9, 20), DayKind.MAKE_UP),
        (date(2026, 2, 14), DayKind.MAKE_UP),
        (date(2026, 2, 28), DayKind.MAKE_UP),
        (date(2026, 11, 21), DayKind.REST),
        (date(2026, 11, 23), DayKind.WORK),
    ],
)
def test_china_2026_is_as_the_state_council_published_it(day: date, kind: DayKind) -> None:
    found = day_of(CHINA, day)
    assert (found.kind, found.announced) == (kind, True)
    assert found.is_worked == (kind in (DayKind.WORK, DayKind.MAKE_UP))


def test_china_2026_has_six_make_up_days() -> None:
    year = [date(2026, 1, 1) + timedelta(days=days) for days in range(365)]
    assert kinds(CHINA, *year).count(DayKind.MAKE_UP) == 6


def test_every_year_since_2001_is_announced_in_china() -> None:
    assert all(day_of(CHINA, date(year, 6, 30)).announced for year in range(2001, 2027))


def test_a_year_after_the_last_that_was_published_says_so_and_is_not_guessed() -> None:
    # The library takes up each notice some weeks after it: this holds for the first year that it does not know.
    unknown = next(year for year in range(2026, 2051) if not day_of(CHINA, date(year, 1, 1)).announced)
    year = [date(unknown, 1, 1) + timedelta(days=days) for days in range(365)]
    found = [day_of(CHINA, day) for day in year]
    assert not any(day.announced for day in found)
    assert [day.is_worked for day in found] == [day.weekday() < 5 for day in year]
    assert {day.kind for day in found} == {DayKind.WORK, DayKind.REST}
    assert not day_of(CHINA, date(unknown + 4, 7, 1)).announced


def test_a_country_without_make_up_days_is_always_announced() -> None:
    for country in ("DE", "US", "GB", "JP"):
        rules = DutyRules(country=country)
        assert all(day_of(rules, date(year, 1, 1)).announced for year in (2026, 2030))
        assert day_of(rules, date(2030, 1, 1)).kind is DayKind.HOLIDAY


def test_a_country_whose_make_up_days_are_long_over_is_announced() -> None:
    assert day_of(DutyRules(country="BG"), date(2030, 3, 3)).announced


def test_weekends_are_the_countrys_own() -> None:
    saudi = DutyRules(country="SA")
    assert kinds(saudi, date(2026, 11, 20), date(2026, 11, 22)) == [DayKind.REST, DayKind.WORK]


def test_an_unknown_country_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="no public holidays are known for XX"):
        day_of(DutyRules(country="XX"), date(2026, 1, 1))


def test_a_country_is_known_before_any_day_is_asked_for() -> None:
    assert country_mistake("CN") is None
    with pytest.raises(ValueError, match=str(country_mistake("XX"))):
        day_of(DutyRules(country="XX"), date(2026, 1, 1))


def test_what_the_settings_publish_stands_above_the_library() -> None:
    published = DutyRules(
        country="CN", days={"2026-10-10": False, "2026-10-11": True, "2026-11-23": False, "2026-10-01": True}
    )
    days = (date(2026, 10, 10), date(2026, 10, 11), date(2026, 11, 23), date(2026, 10, 1))
    assert kinds(published, *days) == [DayKind.REST, DayKind.MAKE_UP, DayKind.HOLIDAY, DayKind.WORK]


def test_what_the_settings_publish_of_an_unannounced_year_is_announced_for_that_day_alone() -> None:
    published = DutyRules(country="CN", days={"2049-01-01": False, "2049-01-04": True})
    assert [day_of(published, date(2049, 1, day)).announced for day in (1, 4, 5)] == [True, True, False]


def test_a_day_that_the_settings_say_again_keeps_its_name() -> None:
    again = DutyRules(country="CN", days={"2026-10-01": False})
    assert day_of(again, date(2026, 10, 1)) == day_of(CHINA, date(2026, 10, 1))
    assert day_of(again, date(2026, 10, 1)).name


def test_a_holiday_has_its_name_in_the_language_of_the_screen() -> None:
    before = language()
    try:
        use_language("zh_CN")
        assert day_of(CHINA, date(2026, 10, 1)).name == "国庆节"
        use_language("en")
        assert day_of(CHINA, date(2026, 10, 1)).name == "National Day"
    finally:
        use_language(before)


# --- the peak period


def test_the_end_of_a_peak_period_moves_to_the_next_working_day() -> None:
    tax = DutyRules(country="CN", peak=PeakRules("征期", first_day=1, last_day=15))
    assert peak_of(tax, 2026, 11) == (date(2026, 11, 1), date(2026, 11, 16))  # the 15th is a Sunday
    assert peak_of(tax, 2026, 9) == (date(2026, 9, 1), date(2026, 9, 15))


def test_a_make_up_day_is_a_working_day_for_it_and_a_holiday_is_none() -> None:
    october = DutyRules(country="CN", peak=PeakRules(first_day=1, last_day=10))
    assert peak_of(october, 2026, 10) == (date(2026, 10, 1), date(2026, 10, 10))
    golden_week = DutyRules(country="CN", peak=PeakRules(first_day=1, last_day=3))
    assert peak_of(golden_week, 2026, 10) == (date(2026, 10, 1), date(2026, 10, 8))


def test_a_month_may_have_an_exception_or_none() -> None:
    exceptions = {"2026-01": ("2026-01-05", "2026-01-20"), "2026-02": None}
    tax = DutyRules(peak=PeakRules(first_day=1, last_day=15, exceptions=exceptions))
    assert peak_of(tax, 2026, 1) == (date(2026, 1, 5), date(2026, 1, 20))
    assert peak_of(tax, 2026, 2) is None
    assert not in_peak(tax, date(2026, 2, 3))


def test_an_exception_stands_without_a_rule() -> None:
    promotion = DutyRules(peak=PeakRules("大促", exceptions={"2026-11": ("2026-11-01", "2026-11-12")}))
    assert in_peak(promotion, date(2026, 11, 11))
    assert not in_peak(promotion, date(2026, 12, 11))


def test_without_a_rule_there_is_no_peak_period_and_no_country_is_asked() -> None:
    anywhere = DutyRules(country="XX")
    assert peak_of(anywhere, 2026, 11) is None
    assert not in_peak(anywhere, date(2026, 11, 1))


def test_a_peak_period_may_run_over_the_end_of_its_month() -> None:
    last = DutyRules(peak=PeakRules(first_day=20, last_day=31))
    assert peak_of(last, 2026, 10) == (date(2026, 10, 20), date(2026, 11, 2))  # the 31st is a Saturday
    assert in_peak(last, date(2026, 11, 2))
    assert not in_peak(last, date(2026, 11, 3))
    early = DutyRules(peak=PeakRules(exceptions={"2026-12": ("2026-11-28", "2026-12-10")}))
    assert in_peak(early, date(2026, 11, 29))


def test_a_month_that_is_too_short_ends_with_its_last_day() -> None:
    last = DutyRules(peak=PeakRules(first_day=30, last_day=31))
    assert peak_of(last, 2026, 2) == (date(2026, 2, 28), date(2026, 3, 2))  # the 28th is a Saturday
