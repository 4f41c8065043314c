"""When a feed should bring lines, as a file says it."""

from pathlib import Path

import pytest

from floorwatch.model.targets import FeedRules
from floorwatch.settings import Settings, SettingsError, load_settings, rules_of, settings_table


def load(folder: Path, said: str) -> Settings:
    file = folder / "floorwatch.toml"
    file.write_text(f'[feeds.main]\npath = "queue_log"\n{said}\n', encoding="utf-8")
    return load_settings(file)


def test_what_is_said_of_a_feed_is_a_rule_of_the_floor(tmp_path: Path) -> None:
    settings = load(tmp_path, 'silent_seconds = 180\nhours = "08:00-20:00"')
    assert rules_of(settings).feeds == {"main": FeedRules(180.0, (480, 1200))}
    shown = {row.key: row.value for row in settings_table(settings)}
    assert (shown["feeds.main.silent_seconds"], shown["feeds.main.hours"]) == ("180", '"08:00-20:00"')


def test_hours_may_pass_midnight_and_be_the_whole_day(tmp_path: Path) -> None:
    assert load(tmp_path, 'hours = "22:00-06:00"').feeds["main"].hours == (1320, 1800)
    assert load(tmp_path, 'hours = "00:00-24:00"').feeds["main"].hours == (0, 1440)


def test_a_feed_of_which_nothing_is_said_has_no_rule(tmp_path: Path) -> None:
    assert rules_of(load(tmp_path, 'hours = ""\nsilent_seconds = ""')).feeds == {}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('hours = "08:00"', 'write a span of the day: "08:00-20:00"'),
        ('hours = "8-20"', "is not a time of day"),
        ('hours = "08:00-08:00"', "begins and ends at the same minute"),
        ("silent_seconds = 0", "write a number of seconds above 0"),
        ("silent_seconds = true", "write a number of seconds above 0"),
        ("silent_seconds = inf", "write a number of seconds above 0"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_key(tmp_path: Path, said: str, why: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(tmp_path, said)
    (message,) = refused.value.messages
    assert why in message
    assert f"feeds.main.{said.partition(' ')[0]}" in message
