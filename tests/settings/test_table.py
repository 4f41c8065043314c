from pathlib import Path

import pytest

from floorwatch.settings import Settings, journal_file, load_settings, settings_table


@pytest.fixture
def rows(tmp_path: Path) -> dict[str, tuple[str, str, str]]:
    file = tmp_path / "floorwatch.toml"
    file.write_text(
        "[service]\nseconds = 30\n[queues.'vip line']\nshare = 0.9\n[feeds.ami]\npath = 'ami://me:secret@pbx:5038'\n"
        "[rules.longest-wait]\nhold_seconds = 5\n[panels.agents]\nshow = ['name']\n[groups]\nall = ['a', 'b']\n"
    )
    return {row.key: row[1:] for row in settings_table(load_settings(file, {}))}


def test_each_value_says_who_set_it_and_where_its_default_is_from(rows: dict[str, tuple[str, str, str]]) -> None:
    assert rows["service.seconds"] == ("30", "file", "ours: the usual 80/20")
    assert rows["service.share"] == ("0.8", "default", "ours: the usual 80/20")
    assert rows['queues."vip line".share'] == ("0.9", "file", "as in [service]")
    assert rows['queues."vip line".seconds'] == ("30", "default", "as in [service]")
    assert rows["feeds.ami.backfill_days"][:2] == ("7", "default")
    assert rows["rules.longest-wait.enabled"][:2] == ("true", "default")
    assert rows["rules.longest-wait.hold_seconds"][:2] == ("5", "file")
    assert rows["panels.agents.show"][:2] == ('["name"]', "file")
    assert rows["groups.all"][:2] == ('["a", "b"]', "file")
    assert rows["screen.ascii"][:2] == ('"auto"', "default")


def test_a_password_is_not_shown(rows: dict[str, tuple[str, str, str]]) -> None:
    assert rows["feeds.ami.path"][0] == '"ami://me:***@pbx:5038"'


def test_the_system_s_zone_is_shown_by_name_although_nobody_set_it() -> None:
    (zone,) = (row for row in settings_table(Settings()) if row.key == "floor.zone")
    assert zone.value != '""'
    assert zone.source == "default"


def test_the_journal_that_applies_is_shown_although_nobody_set_it() -> None:
    (url,) = (row for row in settings_table(Settings()) if row.key == "journal.url")
    assert url.value == f'"{journal_file()}"'
    assert url.source == "default"


def test_every_value_has_an_origin() -> None:
    assert all(row.origin for row in settings_table(Settings()))
