"""What the wizard makes of answers, of what it found, and of the reference: without a terminal."""

import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from floorwatch.cli.wizard_asking import a_share, number_above_zero, one_of, pairs_of, some_of, some_text, yes_or_no
from floorwatch.cli.wizard_floor import quarter_hour
from floorwatch.cli.wizard_people import Someone, people_text, persons_of, plain_teams
from floorwatch.engine.diagnosis_log import Glance, night_share
from floorwatch.model.people import read_people
from floorwatch.settings import load_settings
from floorwatch.settings.starter import filled_reference

QUEUES = ("support", "vip line", "售后")


@pytest.mark.parametrize(
    ("read", "typed", "answer"),
    [
        (a_share, "80", 0.8),
        (a_share, "80%", 0.8),
        (a_share, "８０％", 0.8),
        (a_share, "0.8", 0.8),
        (a_share, "1", 1.0),
        (a_share, "1%", 0.01),
        (number_above_zero, "20", 20.0),
        (number_above_zero, "20 s", 20.0),
        (number_above_zero, "２０秒", 20.0),
        (quarter_hour, "6", "06:00"),
        (quarter_hour, "6:30", "06:30"),
        (quarter_hour, "22：15", "22:15"),
        (yes_or_no, "Y", True),
        (yes_or_no, "否", False),
        (one_of(QUEUES), "2", "vip line"),
        (some_of(QUEUES), "3 1", ["售后", "support"]),
        (some_of(QUEUES), "售后、vip line，1", ["售后", "vip line", "support"]),
        (some_of(QUEUES), "", []),
        (pairs_of(QUEUES, some_text), "1=Customer care，售后＝VIP", {"support": "Customer care", "售后": "VIP"}),
        (pairs_of(QUEUES, some_text), "", {}),
    ],
)
def test_answers_are_read_as_people_write_them(read: Callable[[str], Any], typed: str, answer: object) -> None:
    assert read(typed) == answer


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (a_share, "0"),
        (a_share, "101"),
        (a_share, "most"),
        (number_above_zero, "-3"),
        (number_above_zero, "nan"),
        (number_above_zero, ""),
        (quarter_hour, "6:17"),
        (quarter_hour, "24:00"),
        (quarter_hour, "noon"),
        (yes_or_no, "perhaps"),
        (some_text, ""),
        (some_text, "a\x1b[2Jb"),
        (one_of(QUEUES), "4"),
        (some_of(QUEUES), "1 9"),
        (pairs_of(QUEUES, some_text), "1"),
        (pairs_of(QUEUES, some_text), "1="),
    ],
)
def test_a_wrong_answer_is_refused_with_a_sentence(read: Callable[[str], Any], typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w \w"):
        read(typed)


def test_every_setting_stands_in_its_place_and_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "floorwatch.toml"
    file.write_text(
        filled_reference(
            {
                "floor": {"name": '北 "1"', "zone": "Asia/Shanghai", "day_starts": "06:00", "me": "王芳"},
                "service": {"seconds": 30.0, "share": 0.9, "definition": "offered"},
                "queues": {"vip line": {"order": 10, "seconds": 10.0}, "售后": {"title": "After sales"}},
                "feeds": {"main": {"path": "/var/log/q"}, "roster": {"path": "/srv/roster.xlsx"}},
            }
        ),
        encoding="utf-8",
    )
    settings = load_settings(file, {})

    assert (settings.floor.name, settings.floor.zone, settings.floor.me) == ('北 "1"', "Asia/Shanghai", "王芳")
    assert (settings.service.seconds, settings.service.share, settings.service.definition) == (30, 0.9, "offered")
    assert settings.queues["vip line"].target.seconds == 10
    assert settings.queues["售后"].title == "After sales"
    assert {name: feed.path for name, feed in settings.feeds.items()} == {
        "main": "/var/log/q",
        "roster": "/srv/roster.xlsx",
    }


def test_nothing_to_fill_in_leaves_the_reference_without_a_setting() -> None:
    assert tomllib.loads(filled_reference({})) == {}


def test_a_setting_that_the_reference_does_not_show_is_never_lost_in_silence() -> None:
    with pytest.raises(KeyError, match="colour"):
        filled_reference({"floor": {"colour": "red"}})


def test_the_people_found_are_a_people_file_that_is_in_order() -> None:
    glance = Glance(
        agents={
            word: set()
            for word in ("PJSIP/1008", "Agent 1008", "PJSIP/1009", "王芳", "Local/login@a-0001;2", "=1+1", "张, 伟")
        },
        devices={"王芳": "PJSIP/1009"},
    )
    persons = persons_of([glance])
    people = read_people(people_text(persons))

    assert people.problems == ()
    assert people.id_of("Agent 1008") == people.id_of("PJSIP/1008") == "1008"
    assert people.id_of("王芳") == people.id_of("PJSIP/1009") == "1009"
    assert people.id_of("张, 伟") is not None
    assert people.id_of("=1+1") is None
    assert len(persons) == 3


def test_a_number_that_two_names_hold_joins_neither() -> None:
    persons = persons_of([Glance(agents={word: set() for word in ("SIP/1008", "Ann 1008", "Bob 1008")})])

    assert Someone("SIP/1008", "", "1008") in persons
    assert {each.interface for each in persons if each.name} == {""}


@pytest.mark.parametrize(
    ("words", "teams"),
    [
        (["A01", "a02", "B01", "B02"], {"A01": "A", "a02": "A", "B01": "B", "B02": "B"}),
        (["2101", "2102", "2201", "2202"], {"2101": "21", "2102": "21", "2201": "22", "2202": "22"}),
        (["1001", "1002", "1003"], {}),
        (["A01", "B01"], {}),
        (["Ann", "Bob", "A01", "A02", "B01", "B02"], {}),
    ],
)
def test_teams_are_proposed_only_where_the_words_plainly_say_them(words: list[str], teams: dict[str, str]) -> None:
    assert plain_teams(words) == teams


def test_a_day_at_night_is_the_sign_of_another_zone() -> None:
    nine_to_five_in_china = Counter(dict.fromkeys(range(1, 9), 10))
    glance = Glance(calls_at=nine_to_five_in_china)

    assert night_share(glance.calls_by_hour(ZoneInfo("Asia/Shanghai"))) == 0.0
    assert night_share(glance.calls_by_hour(ZoneInfo("America/New_York"))) > 0.5
    assert night_share([0] * 24) == 0.0
