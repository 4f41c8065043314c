"""[duty]: attendance and rosters in people's words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from floorwatch.model.duty import Activity
from floorwatch.model.duty_rules import DutyRules, Minimum, NoonRules, When
from floorwatch.settings import DutySettings, Settings, SettingsError, load_settings, rules_of, settings_table
from floorwatch.settings.duty import minimum_of, minimum_said

WHOLE = """
[duty]
grace_seconds = 600
early_seconds = 60
minimums = ["9:00-12:00 30", "22:00-02:00 4"]
span = 15
long_call_seconds = 420
rest_hours = 10
week_hours = 40.5
swap_days = 2
country = "CN"
overrides = "days.csv"
[duty.tolerance]
lunch = 120
[duty.breaks]
break = 600
[duty.activities]
"上厕所" = "break"
"ＴＥＡ Time" = "break"
[duty.noon]
start = 12:00:00
end = "13:00"
hard = 3
target = 4
when = "always"
[duty.peak]
name = "征期"
first_day = 1
"""

Load = Callable[[str], Settings]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a text as the file of a floor, beside which lies an overrides file."""
    (tmp_path / "days.csv").write_text(
        "2026-10-01..2026-10-07,off,国庆\n2026-10-10,上班,调休\n2026-01,no-peak\n", "utf-8"
    )

    def loaded(text: str) -> Settings:
        file = tmp_path / "floorwatch.toml"
        file.write_text(text, "utf-8")
        return load_settings(file, {})

    return loaded


@pytest.fixture
def wrong(load: Load, tmp_path: Path) -> Callable[[str], tuple[str, ...]]:
    """What a text is refused for, without the folder of the files."""

    def refused(text: str) -> tuple[str, ...]:
        with pytest.raises(SettingsError) as caught:
            load(text)
        return tuple(message.replace(f"{tmp_path}/", "") for message in caught.value.messages)

    return refused


def test_the_rules_are_those_of_the_file(load: Load) -> None:
    duty = rules_of(load(WHOLE)).duty

    assert (duty.grace_seconds, duty.early_seconds, duty.span, duty.long_call_seconds) == (600, 60, 15, 420)
    assert duty.minimums == (Minimum(540, 720, 30), Minimum(1320, 1560, 4))
    assert (duty.rest_seconds, duty.week_seconds, duty.swap_days) == (36_000, 145_800, 2)
    assert (duty.tolerance(Activity.LUNCH), duty.tolerance(Activity.PHONES)) == (120, 60)
    assert duty.break_seconds == {Activity.BREAK: 600, Activity.LUNCH: 3600}
    assert duty.noon == NoonRules(720, 780, 3, 4, When.ALWAYS)
    assert (duty.peak.name, duty.peak.first_day, duty.peak.last_day) == ("征期", 1, 15)
    assert (duty.country, duty.days["2026-10-03"], duty.days["2026-10-10"]) == ("CN", False, True)
    assert duty.peak.exceptions == {"2026-01": None}


def test_a_reason_is_found_whatever_its_width_and_capitals(load: Load) -> None:
    duty = rules_of(load(WHOLE)).duty

    assert (duty.activity_of("上厕所"), duty.activity_of("tea time")) == (Activity.BREAK, Activity.BREAK)
    assert (duty.activity_of("午餐"), duty.activity_of("toilet")) == (Activity.LUNCH, None)


def test_without_a_table_the_rules_are_the_usual_ones(load: Load) -> None:
    plain, usual = rules_of(load("[floor]\n")).duty, DutyRules()

    assert load("[floor]\n").duty == DutySettings()
    for name in DutyRules.__struct_fields__:
        if name != "tolerance_seconds":
            assert getattr(plain, name) == getattr(usual, name), name
    assert {each: plain.tolerance(each) for each in Activity} == {each: usual.tolerance(each) for each in Activity}


def test_what_a_table_leaves_out_keeps_its_default(load: Load) -> None:
    settings = load('[duty.noon]\nwhen = "always"\n[duty.tolerance]\nlunch = 0\n')

    assert settings.duty.noon == NoonRules(when=When.ALWAYS)
    assert settings.duty.tolerance == {**DutySettings().tolerance, Activity.LUNCH: 0}
    assert ("duty", "noon", "when") in settings.given


def test_everything_is_shown_as_it_is_written(load: Load) -> None:
    rows = {row.key: (row.value, row.source) for row in settings_table(load(WHOLE))}

    assert rows["duty.minimums"] == ('["09:00-12:00 30", "22:00-02:00 4"]', "file")
    assert rows["duty.rest_hours"] == ("10", "file")
    assert rows["duty.tolerance.lunch"] == ("120", "file")
    assert rows["duty.tolerance.phones"] == ("60", "default")
    assert rows['duty.activities."上厕所"'] == ('"break"', "file")
    assert (rows["duty.noon.start"], rows["duty.noon.when"]) == (('"12:00"', "file"), ('"always"', "file"))
    assert rows["duty.peak.last_day"] == ("15", "default")
    assert rows["duty.overrides"][0].endswith('/days.csv"')


@pytest.mark.parametrize(
    "text",
    ["00:00-24:01 3", "24:00-24:00 3", "9-12 3", "09:00-12:00", "09:00-12:00 x", "25:00-26:00 3", "", "9:00-9:00 1"],
)
def test_a_minimum_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write|begins"):
        minimum_of(text)


@pytest.mark.parametrize("text", ["09:00-12:00 30", "22:00-02:00 4", "18:30-00:00 1", "00:00-24:00 3"])
def test_a_minimum_is_written_as_it_is_read(text: str) -> None:
    assert minimum_said(minimum_of(text)) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[duty]\ngrace_secs = 3", "2: duty.grace_secs: is not known here; did you mean grace_seconds?"),
        ("[duty]\ngrace_seconds = -1", "2: duty.grace_seconds: must be at least 0, not -1"),
        ("[duty]\nspan = 0", "2: duty.span: must be at least 1, not 0"),
        ("[duty]\nweek_hours = 200", "2: duty.week_hours: must be at most 168, not 200"),
        ("[duty]\nminimums = [\n'09:00-12:00 3',\n'morning 4']", "4: duty.minimums[2]: write a span of the day"),
        ("[duty]\nminimums = [3]", "2: duty.minimums[1]: write a span of the day"),
        ("[duty]\nminimums = '09:00-12:00 3'", '2: duty.minimums: must be a list, not "09:00-12:00 3"'),
        ("[duty]\ncountry = 'China'", "2: duty.country: is no country; write the two capital letters of one"),
        ("[duty]\noverrides = 'none.csv'", "2: duty.overrides: there is no file none.csv"),
        ("[duty.tolerance]\ntea = 3", "2: duty.tolerance.tea: is not known here; known are phones, break, lunch"),
        ("[duty.breaks]\nlunch = 0", "2: duty.breaks.lunch: must be more than 0, not 0"),
        ("[duty.activities]\nx = 'tea'", "2: duty.activities.x: there is no activity tea; choose phones, break"),
        ("[duty.noon]\nstart = '12'", "2: duty.noon.start: is not a time of day; write hours and minutes"),
        ("[duty.noon]\nstart = '14:00'", "1: duty.noon: from 14:00 to 13:30 is no noon; write both"),
        ("[duty.noon]\nhard = 4", "1: duty.noon: target 3 is fewer than hard 4"),
        ("[duty.noon]\nwhen = 'monday'", "2: duty.noon.when: a rule does not hold monday; choose always, peak, never"),
        ("[duty.peak]\nfirst_day = 20", "1: duty.peak: last_day 15 is before first_day 20"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(wrong: Callable[[str], tuple[str, ...]], text: str, message: str) -> None:
    (said,) = wrong(text)
    assert said.startswith(f"floorwatch.toml:{message}")


def test_mistakes_of_the_overrides_are_told_with_those_of_the_configuration(
    wrong: Callable[[str], tuple[str, ...]], tmp_path: Path
) -> None:
    (tmp_path / "days.csv").write_text("2026-13-01,off\n2026-10-01,maybe\n", "utf-8")

    assert wrong("[duty]\noverrides = 'days.csv'\nspan = 0\n") == (
        "floorwatch.toml:3: duty.span: must be at least 1, not 0; write for example span = 20",
        "days.csv:1: '2026-13-01' is no date; write 2026-10-01, 2026-10-01..2026-10-07 or 2026-10",
        "days.csv:2: what is 'maybe'? write work, off, peak or no-peak",
    )


def test_an_override_file_that_is_no_text_is_named(wrong: Callable[[str], tuple[str, ...]], tmp_path: Path) -> None:
    (tmp_path / "days.csv").write_bytes(b"\xff\xff\xff\xff\xff")

    (said,) = wrong("[duty]\noverrides = 'days.csv'\n")
    assert said == "days.csv: is not text in UTF-8, UTF-16 or GB18030; save it as CSV UTF-8"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_overrides_are_read_in_every_encoding_of_a_spreadsheet(load: Load, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "days.csv").write_bytes("日期;什么\r\n2026年10月1日;休息\r\n".encode(encoding))

    assert load("[duty]\noverrides = 'days.csv'\n").duty.days == {"2026-10-01": False}


def test_a_span_may_end_at_twenty_four() -> None:
    assert minimum_of("18:00-24:00 4") == minimum_of("18:00-00:00 4") == Minimum(1080, 1440, 4)
    assert minimum_of("00:00-24:00 3") == Minimum(0, 1440, 3)
