"""Suspected incidents: what adds up to one, what it gathers, who owns it, and when it is over."""

from typing import Any

import pytest
from msgspec.structs import replace

from floorwatch.api import Fact, Happened, Incident, NoteKind, Outcome, Support, Toast, events
from floorwatch.testing import Kit, RefusedError, check_command, floors
from floorwatch_seat_support.incident_commands import incident_commands
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.suspicion import Suspicion, suspicions

LIMITS = Limits()
COMMANDS = {command.name: command for command in incident_commands(LIMITS)}
SEATS = {"李娜": "A07", "张伟": "A08", "陈静": "A09", "赵敏": "B01"}
NAMES = tuple(SEATS)


@pytest.fixture
def shift(floorwatch: Kit) -> Kit:
    """Four agents on duty; whoever looks is 王芳."""
    floorwatch.me = "王芳"
    for number, (name, seat) in enumerate(SEATS.items()):
        floorwatch.at("09:00").signs_in(name, "support", id=f"100{number}", seat=seat)
    return floorwatch


def suspected(kit: Kit, at: str) -> tuple[Suspicion, ...]:
    """What is suspected at this moment."""
    return suspicions(kit.floor(at), LIMITS)


def broken(kit: Kit, *minutes: str, system: str = "CRM", first: int = 0) -> None:
    """The system does not work: noted at one seat after another, at these moments."""
    for number, at in enumerate(minutes, first):
        kit.at(at).fault(NAMES[number % 4], system, "login fails", by="王芳", entry=f"{system}{at}{number}")


def ring_in_vain(kit: Kit, *moments: str, first: int = 0) -> None:
    """Telephones ring in vain, one after another, at these moments."""
    kit.at("09:30").enters(f"call{moments[0]}", "support")
    for number, at in enumerate(moments, first):
        kit.at(at).misses(NAMES[number % 4], f"call{moments[0]}", 15_000)


def happened(outcomes: tuple[Outcome, ...]) -> list[events.Event]:
    """What would be entered."""
    return [each.event for each in outcomes if isinstance(each, Happened)]


def said(outcomes: tuple[Outcome, ...]) -> str:
    """What the person is told."""
    return " ".join(each.text for each in outcomes if isinstance(each, Toast))


def test_it_keeps_to_the_rules_of_commands() -> None:
    check_command(COMMANDS["own-incident"])


# --- fault notes ---


def test_three_seats_with_the_same_fault_within_minutes_are_suspected(shift: Kit) -> None:
    broken(shift, "10:00", "10:04", "10:09")

    (found,) = suspected(shift, "10:10")
    assert found.title == "CRM does not work"
    assert found.seats == ("A07", "A08", "A09")
    assert found.agents == ("1000", "1001", "1002")
    assert found.since == shift.floor("10:10").at - 600
    assert found.evidence[0] == "A07 李娜: login fails"
    assert not found.is_taken


def test_two_seats_are_not_enough_nor_three_over_an_hour(shift: Kit) -> None:
    broken(shift, "10:00", "10:04")
    assert suspected(shift, "10:10") == ()
    broken(shift, "10:14:01", first=2)
    assert suspected(shift, "10:15") == ()


def test_one_seat_that_notes_thrice_is_one_seat(shift: Kit) -> None:
    for at in ("10:00", "10:01", "10:02"):
        shift.at(at).fault("李娜", "CRM", by="王芳", entry=at)
    assert suspected(shift, "10:10") == ()


def test_a_system_is_the_same_however_it_is_written(shift: Kit) -> None:
    for name, system in zip(NAMES, ("CRM", "crm ", "ＣＲＭ"), strict=False):
        shift.at("10:00").fault(name, system, by="王芳", entry=name)
    assert len(suspected(shift, "10:10")) == 1


def test_a_note_of_the_kind_fault_counts_and_a_withdrawn_one_does_not(shift: Kit) -> None:
    broken(shift, "10:00", "10:01")
    shift.at("10:02").note("陈静", NoteKind.FAULT, "slow", by="Ada", entry="n", tag="crm")
    assert len(suspected(shift, "10:03")) == 1

    shift.at("10:04").withdraws("n", "wrong seat", by="Ada")
    assert suspected(shift, "10:05") == ()


def test_what_was_noted_stays_suspected_with_its_key_and_gathers_more(shift: Kit) -> None:
    broken(shift, "10:00", "10:04", "10:09")
    (before,) = suspected(shift, "10:10")
    broken(shift, "12:00", first=3)

    (after,) = suspected(shift, "17:00")
    assert after.key == before.key
    assert after.seats == ("A07", "A08", "A09", "B01")


def test_two_systems_are_two_incidents(shift: Kit) -> None:
    broken(shift, "10:00", "10:01", "10:02")
    broken(shift, "10:00", "10:01", "10:02", system="headset")

    assert {each.title for each in suspected(shift, "10:10")} == {"CRM does not work", "headset does not work"}


def test_faults_of_which_nobody_named_the_system_are_one_something(shift: Kit) -> None:
    for number, said in enumerate(("no sound", "black screen", "")):
        shift.at(f"10:0{number}").fault(NAMES[number], "", said, by="王芳", entry=f"f{number}")

    (found,) = suspected(shift, "10:03")
    assert (found.title, found.seats) == ("something does not work", ("A07", "A08", "A09"))
    assert found.evidence == ("A07 李娜: no sound", "A08 张伟: black screen", "A09 陈静")


# --- the telephone ---


def test_rings_in_vain_at_several_seats_are_suspected_and_fade(shift: Kit) -> None:
    ring_in_vain(shift, "10:00", "10:01", "10:02")

    (found,) = suspected(shift, "10:03")
    assert found.title == "telephones ring in vain"
    assert found.seats == ("A07", "A08", "A09")
    assert found.evidence == ("3 rings in vain at 3 telephones",)
    assert len(suspected(shift, "10:07")) == 1
    assert suspected(shift, "10:07:01") == ()


def test_on_a_large_floor_as_large_a_share_of_the_telephones_must_ring_in_vain(shift: Kit) -> None:
    for number in range(96):
        shift.at("09:00").signs_in(f"agent {number}", "support", id=str(2000 + number))
    ring_in_vain(shift, "10:00", "10:00:30", "10:01", "10:01:30")
    assert suspected(shift, "10:02") == ()

    shift.at("10:02").misses("agent 1", "call10:00", 15_000)
    assert len(suspected(shift, "10:02")) == 1


def test_rings_keep_their_key_while_they_go_on(shift: Kit) -> None:
    ring_in_vain(shift, "10:00", "10:01", "10:02", "10:04", "10:06", "10:08", "10:10")

    keys = {suspected(shift, at)[0].key for at in ("10:03", "10:05", "10:09", "10:12")}
    assert len(keys) == 1


def test_a_burst_of_which_the_beginning_is_forgotten_keeps_its_key(shift: Kit) -> None:
    shift.at("09:30").enters("c", "support")
    start = shift.floor("09:59").at
    for number in range(700):
        shift.at(start + 60 + number * 3).misses(NAMES[number % 4], "c", 15_000)

    keys = {suspicions(shift.floor(start + 60 + number * 3), LIMITS)[0].key for number in range(300, 700, 25)}
    assert len(keys) == 1


def test_rings_beside_a_fault_are_one_incident_and_do_not_fade(shift: Kit) -> None:
    broken(shift, "10:00", "10:01", "10:02")
    ring_in_vain(shift, "10:03", "10:04", "10:05", first=1)

    for at in ("10:06", "11:30"):
        (found,) = suspected(shift, at)
        assert found.title == "CRM does not work"
        assert found.seats == ("A07", "A08", "A09", "B01")
        assert "3 rings in vain at 3 telephones" in found.evidence


def test_what_was_known_first_gives_the_key_for_good(shift: Kit) -> None:
    ring_in_vain(shift, "10:00", "10:01", "10:02")
    (before,) = suspected(shift, "10:03")
    broken(shift, "10:04", "10:05", "10:06")

    for at in ("10:07", "12:00"):
        (after,) = suspected(shift, at)
        assert after.key == before.key
        assert after.title == "CRM does not work"


def test_telephones_that_are_out_are_a_sign(shift: Kit) -> None:
    for at, name in zip(("10:00", "10:01", "10:02"), NAMES, strict=False):
        shift.at(at).device_fails(name, "unreachable")
    (found,) = suspected(shift, "10:03")
    assert found.title == "telephones are out"

    shift.at("10:05").device_works("李娜")
    assert suspected(shift, "10:06") == ()


def handled(back: int, calls: int, mean: float) -> floors.Part:
    """A quarter of an hour with so many calls, each of so many seconds."""
    return floors.interval("support", back, completed=calls, talk_seconds=calls * mean)


def test_a_jump_of_the_handle_time_is_suspected_and_fades() -> None:
    steady = [handled(back, 30, 200.0) for back in range(3, 9)]

    (found,) = suspicions(floors.snapshot(*steady, handled(1, 25, 320.0)), LIMITS)
    assert found.title == "calls take much longer"
    assert found.evidence == ("calls from 10:15 on: handle time 5:20, before 3:20",)
    assert suspicions(floors.snapshot(*steady, handled(1, 25, 290.0)), LIMITS) == ()
    assert suspicions(floors.snapshot(*steady, handled(1, 19, 900.0)), LIMITS) == ()


def test_an_hour_in_which_calls_took_longer_is_over_later() -> None:
    steady = [handled(back, 30, 200.0) for back in range(5, 9)]
    assert suspicions(floors.snapshot(*steady, handled(4, 25, 400.0), handled(1, 30, 210.0)), LIMITS) == ()


def test_a_floor_without_these_facts_suspects_nothing() -> None:
    assert suspicions(floors.snapshot(gives=frozenset({Fact.CALLS})), LIMITS) == ()


# --- owned, added to, closed ---


def test_an_incident_is_owned_by_whoever_takes_it(shift: Kit) -> None:
    broken(shift, "10:00", "10:04", "10:09")
    (found,) = suspected(shift, "10:10")
    row = f"incident:{found.key}"

    assert shift.prefill(COMMANDS["own-incident"], at="10:10", row=row) == {
        "incident": "CRM does not work",
        "owner": "王芳",
    }
    outcomes = shift.run(COMMANDS["own-incident"], at="10:10", row=row, owner="技术支持")
    (taken,) = happened(outcomes)
    assert taken == events.IncidentTaken(
        taken.at,
        incident=found.key,
        owner="技术支持",
        title=found.title,
        seats=("A07", "A08", "A09"),
        since=found.since,
    )
    assert said(outcomes) == "CRM does not work: 技术支持 owns it."


def owned(kit: Kit, at: str, by: str = "王芳") -> Suspicion:
    """Take up the one that is suspected."""
    (found,) = suspected(kit, at)
    kit.at(at).takes_incident(found.key, by=by, title=found.title, seats=found.seats, since=found.since)
    return suspected(kit, at)[0]


def test_what_somebody_owns_keeps_its_key_gathers_single_notes_and_does_not_fade(shift: Kit) -> None:
    ring_in_vain(shift, "10:00", "10:01", "10:02")
    found = owned(shift, "10:03")
    broken(shift, "10:05", "10:06", "10:07")
    broken(shift, "15:00", first=3)

    (later,) = suspected(shift, "17:00")
    assert (later.key, later.owner, later.is_taken) == (found.key, "王芳", True)
    assert later.seats == ("A07", "A08", "A09", "B01")


def test_whoever_is_second_is_told_who_owns_it(shift: Kit) -> None:
    broken(shift, "10:00", "10:04", "10:09")
    found = owned(shift, "10:10", by="Ada")

    outcomes = shift.run(COMMANDS["own-incident"], at="10:11", row=f"incident:{found.key}", owner="王芳")
    assert happened(outcomes) == []
    assert said(outcomes) == "Ada owns it already."


def test_what_is_found_out_stands_with_the_evidence(shift: Kit) -> None:
    broken(shift, "10:00", "10:04", "10:09")
    (found,) = suspected(shift, "10:10")

    (added,) = happened(
        shift.run(
            COMMANDS["add-evidence"], at="10:11", row=f"incident:{found.key}", text="switch 3 is dark", seat="C01"
        )
    )
    shift.at("10:11").happens(added)
    (after,) = suspected(shift, "10:12")
    assert after.seats == ("A07", "A08", "A09", "C01")
    assert after.evidence[-1].endswith("switch 3 is dark")
    assert not after.is_taken


def test_none_is_closed_without_a_word_on_what_it_was(shift: Kit) -> None:
    broken(shift, "10:00", "10:04", "10:09")
    found = owned(shift, "10:10")
    close = COMMANDS["close-incident"]
    with pytest.raises(RefusedError):
        shift.run(close, at="10:30", row=f"incident:{found.key}")

    outcomes = shift.run(close, at="10:30", row=f"incident:{found.key}", word="a switch")
    (closed,) = happened(outcomes)
    assert isinstance(closed, events.IncidentClosed)
    assert closed.word == "a switch"
    assert said(outcomes) == "CRM does not work: closed after 30:00."

    shift.at("10:30").happens(closed)
    assert said(shift.run(close, at="10:31", row=f"incident:{found.key}", word="x")).startswith("Closed by")


@pytest.mark.parametrize("is_owned", [True, False])
def test_a_closed_one_does_not_come_back_from_what_it_was_made_of(shift: Kit, is_owned: bool) -> None:
    ring_in_vain(shift, "10:00", "10:01", "10:02")
    broken(shift, "10:03", "10:04", "10:05")
    (found,) = suspected(shift, "10:06")
    if is_owned:
        owned(shift, "10:06")
    shift.at("10:07").closes_incident(found.key, "a switch", by="王芳", title=found.title, since=found.since)
    assert suspected(shift, "10:08") == ()

    broken(shift, "10:30", system="CRM")
    assert suspected(shift, "10:31") == ()
    broken(shift, "10:32", "10:33", first=1)
    (again,) = suspected(shift, "10:34")
    assert again.key != found.key
    assert again.seats == ("A07", "A08", "A09")


def test_calls_that_take_longer_are_what_was_closed_as_long_as_they_do() -> None:
    steady = [handled(back, 30, 200.0) for back in range(4, 9)]
    (found,) = suspicions(floors.snapshot(*steady, handled(1, 30, 400.0)), LIMITS)
    closed = Incident(
        found.key, found.title, found.since, closed_at=floors.NOW - 600, closed_by="Ada", word="new forms"
    )

    longer = floors.snapshot(*steady, handled(1, 30, 400.0), handled(0, 30, 420.0))
    assert len(suspicions(longer, LIMITS)) == 1
    assert suspicions(replace(longer, support=Support(incidents={closed.key: closed})), LIMITS) == ()


def test_a_single_fault_can_be_taken_up(shift: Kit) -> None:
    broken(shift, "10:00")
    key = next(iter(shift.floor("10:01").support.notes))

    (taken,) = happened(shift.run(COMMANDS["own-incident"], at="10:01", row=f"note:{key}", owner="王芳"))
    assert isinstance(taken, events.IncidentTaken)
    assert (taken.title, taken.seats) == ("CRM does not work", ("A07",))
    shift.at("10:01").happens(taken)
    broken(shift, "10:30", first=1)

    (found,) = suspected(shift, "10:31")
    assert (found.key, found.seats) == (taken.incident, ("A07", "A08"))


def test_what_is_not_there_is_said(shift: Kit) -> None:
    for command in COMMANDS.values():
        fields: Any = {field.name: "x" for field in command.parameters if field.name in {"owner", "text", "word"}}
        assert (
            said(shift.run(command, at="10:00", row="incident:gone@1", **fields)) == "Nothing is suspected there now."
        )
