"""The people of a simulated floor."""

import csv
import unicodedata
from collections import Counter

from floorwatch.simulate.plan import Plan, queues_for
from floorwatch.simulate.staff import people, people_csv


def test_everyone_has_a_name_a_number_and_a_seat_of_their_own() -> None:
    staff = people(Plan(0.0, agents=1000))

    for words in ([p.name for p in staff], [p.employee for p in staff], [p.seat for p in staff]):
        assert len(set(words)) == 1000
    assert staff[0].employee == "1001"
    assert staff[0].interface == "PJSIP/1001"
    assert staff[0].seat == "A01"


def test_teams_are_about_twenty_with_one_leader_each() -> None:
    staff = people(Plan(0.0, agents=300))
    sizes = Counter(who.team for who in staff)

    assert len(sizes) == 15
    assert set(sizes.values()) == {20}
    assert [who.team for who in staff if who.leader] == sorted(sizes)


def test_names_are_of_many_scripts_and_most_are_wide() -> None:
    names = [who.name for who in people(Plan(0.0, agents=200))]
    wide = [name for name in names if any(unicodedata.east_asian_width(sign) == "W" for sign in name)]
    scripts = {unicodedata.name(sign).split()[0] for name in names for sign in name if sign.isalpha()}

    assert 0.6 < len(wide) / len(names) < 0.95
    assert scripts >= {"CJK", "LATIN", "HANGUL", "HIRAGANA", "ARABIC"}


def test_the_mix_of_languages_is_the_plans() -> None:
    names = [who.name for who in people(Plan(0.0, agents=30, languages=(("en", 1.0),)))]

    assert all(unicodedata.name(name[0]).startswith("LATIN") for name in names)


def test_no_name_or_reason_can_shift_the_columns_of_a_log() -> None:
    assert not any(set("|\n\r,") & set(who.name) for who in people(Plan(0.0, agents=1000)))


def test_names_that_run_out_stay_different() -> None:
    names = [who.name for who in people(Plan(0.0, agents=2000, languages=(("ko", 1.0),)))]

    assert len(set(names)) == 2000


def test_every_queue_has_people_in_every_shift() -> None:
    staff = people(Plan(0.0, agents=20, queues=queues_for(4)))
    served = {(who.shift.name, place) for who in staff for place in who.skills}

    assert served == {(shift, place) for shift in ("early", "middle", "late") for place in range(4)}


def test_people_csv_is_the_identity_map() -> None:
    plan = Plan(0.0, agents=21)
    rows = list(csv.DictReader(people_csv(plan).splitlines()))

    assert list(rows[0]) == ["interface", "name", "employee", "seat", "team", "pin", "role", "mentor", "skills"]
    assert [row["role"] for row in rows] == ["leader" if who.leader else "" for who in people(plan)]
    assert rows[7]["mentor"] == rows[6]["employee"]
    assert set(rows[0]["skills"].split(";")) == {plan.queues[place].name for place in people(plan)[0].skills}
    assert [(row["interface"], row["name"], row["employee"]) for row in rows] == [
        (who.interface, who.name, who.employee) for who in people(plan)
    ]
