from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

import pytest
from msgspec.structs import replace

from floorwatch.model.targets import Target
from floorwatch.settings import (
    FloorSettings,
    QueueSettings,
    Settings,
    rules_of,
    system_zone,
    zone_name,
    zone_named,
    zone_of,
)

SHANGHAI = Settings(floor=FloorSettings(zone="Asia/Shanghai", day_starts=time(6, 0)))


def test_the_rules_carry_the_zone_the_day_and_the_promises() -> None:
    strict = Target(seconds=10.0)
    rules = rules_of(replace(SHANGHAI, queues={"vip": QueueSettings(target=strict)}))
    before_six = datetime(2026, 3, 4, 21, 59, tzinfo=UTC).timestamp()
    assert rules.days.start_of(before_six) == datetime(2026, 3, 3, 22, 0, tzinfo=UTC).timestamp()
    assert rules.target("vip") == strict
    assert rules.target("support") == SHANGHAI.service


def test_the_rules_say_whether_numbers_are_shown() -> None:
    shown = replace(SHANGHAI, screen=replace(SHANGHAI.screen, show_numbers=True))

    assert (rules_of(SHANGHAI).show_numbers, rules_of(shown).show_numbers) == (False, True)


def test_the_named_zone_is_the_floor_s() -> None:
    assert zone_of(SHANGHAI) == ZoneInfo("Asia/Shanghai")
    assert zone_of(Settings()).utcoffset(datetime(2026, 1, 1)) is not None  # noqa: DTZ001  # a wall-clock time is asked for


@pytest.mark.parametrize("name", ["UTC+99:00", "UTC-24:00", "", "../UTC", "Nope/Zone"])
def test_a_zone_that_nobody_knows_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(ValueError, match="there is no time zone") as refusal:
        zone_named(name)
    assert repr(name) in str(refusal.value)


@pytest.fixture
def zone_files() -> Path:
    """A folder of the machine's zone files."""
    folder = next((Path(folder) for folder in TZPATH if (Path(folder) / "Asia" / "Tokyo").is_file()), None)
    if folder is None:
        pytest.skip("this machine has no zone files")
    return folder


def test_the_system_zone_is_found_by_name(tmp_path: Path, zone_files: Path) -> None:
    link, written, nothing = tmp_path / "localtime", tmp_path / "timezone", tmp_path / "nothing"
    link.symlink_to(zone_files / "Asia" / "Tokyo")
    written.write_text("Europe/Paris\n")
    assert zone_name(system_zone({"TZ": ":America/Lima"}, link, written)) == "America/Lima"
    assert zone_name(system_zone({"TZ": "no such zone"}, link, written)) == "Asia/Tokyo"
    assert zone_name(system_zone({}, nothing, written)) == "Europe/Paris"


def test_rules_without_a_name_are_used_and_named_by_what_they_say(tmp_path: Path, zone_files: Path) -> None:
    copied = tmp_path / "localtime"
    copied.write_bytes((zone_files / "Asia" / "Tokyo").read_bytes())
    zone = system_zone({}, copied, tmp_path / "nothing")
    assert zone.utcoffset(datetime(2026, 1, 1, tzinfo=UTC)) == timedelta(hours=9)
    assert zone_name(zone)


def test_a_machine_without_zone_files_has_a_fixed_offset(tmp_path: Path) -> None:
    assert zone_name(system_zone({}, tmp_path / "none", tmp_path / "none")).startswith("UTC")
