"""What the fuzzing found, each the shortest case of it: what stands in a comment is what floorwatch said before."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from floorwatch.api import Document
from floorwatch.journal.shapes import UnusableJournalError
from floorwatch.journal.sqlite import SqliteJournal
from floorwatch.model.clock import FloorDays
from floorwatch_rosters.calendar_file import CalendarFile, CalendarOptions
from tests.fuzz.compared import Case, Ours, Received, Rules, differing
from tests.fuzz.documents import calendar
from tests.fuzz.reference_figures import State
from tests.journal.entries import note

NOON = 1_795_348_800
"""Sunday 2026-11-22 12:00 UTC."""


def state_after(*lines: str, seconds: float = 100.0) -> State:
    """floorwatch's floor, so long after noon; each line begins with its seconds after noon. The reference floor says
    the same."""
    raws = [f"{NOON + int(at)}|{rest}".encode() for at, rest in (line.split("|", 1) for line in lines)]
    received = [Received("queue_log", NOON + seconds, raw) for raw in raws]
    assert differing(Case(Rules(), received, range(len(raws) + 1))) is None
    floor = Ours(Rules())
    for line in received:
        floor.read(*line)
    return floor.state(NOON + seconds)


def refused(state: State) -> dict[str, int]:
    rejected: dict[str, int] = state["feeds"]["queue_log"]["rejected"]
    return rejected


def test_an_event_behind_a_name_with_a_stroke_may_have_no_number() -> None:
    # the decoder failed: ValueError
    state = state_after("0|c1|q|Ada|B|CONNECT|soon|x|1")
    assert refused(state) == {"CONNECT with data that cannot be read": 1}


def test_an_event_behind_a_name_with_a_stroke_needs_a_call_too() -> None:
    # a talk of Ada|B with the call "NONE"
    state = state_after("0|NONE|q|Ada|B|CONNECT|3|x|1")
    assert (state["calls"], refused(state)) == ([], {"CONNECT without a call": 1})


@pytest.mark.parametrize("queue", ["", "NONE"])
def test_nobody_waits_in_no_queue(queue: str) -> None:
    # a queue without a name, which was also the place of those who are signed in everywhere
    state = state_after(f"0|c1|{queue}|NONE|ENTERQUEUE||555|1", f"0|NONE|{queue}|Ada|ADDMEMBER|")
    assert (state["queues"], state["agents"]) == ({}, {})
    assert refused(state) == {"ENTERQUEUE without a queue": 1, "ADDMEMBER without a queue": 1}


def test_a_pause_in_no_queue_is_one_in_all() -> None:
    # a queue "NONE" in which Ada was paused, and she was still available
    state = state_after("0|NONE|q|Ada|ADDMEMBER|", "0|NONE|NONE|Ada|PAUSE|lunch")
    assert list(state["queues"]) == ["q"]
    assert state["agents"]["Ada"]["state"] == "paused"


@pytest.mark.parametrize("line", ["NONE|q|Ada|PAUSE|lunch", "c1|q|Ada|RINGNOANSWER|9000", "c1|q|Ada|AGENTDUMP|"])
def test_a_queue_is_known_by_who_is_in_it(line: str) -> None:
    # an agent of the queue q, and no queue q
    assert list(state_after(f"0|{line}")["queues"]) == ["q"]


def test_a_ring_of_four_hundred_digits_is_a_ring() -> None:
    # OverflowError: int too large to convert to float, out of the fold: the end of the station
    state = state_after(f"0|c1|q|Ada|RINGNOANSWER|{'9' * 400}")
    assert state["agents"]["Ada"]["queues"]["q"]["member"] is None


def test_two_talks_of_all_eternity_are_no_infinite_talk() -> None:
    # "talk_seconds_mean": Infinity, which is no JSON
    lines = (f"{n}|c{n}|q|Ada|{end}" for n in range(2) for end in ("CONNECT|1|x|1", "COMPLETEAGENT|1|1e308|1"))
    assert state_after(*lines)["total"]["talk_seconds_mean"] == 1e9


def test_a_caller_of_tomorrow_is_not_in_the_service_level_of_today() -> None:
    """The switch's clock is half a minute ahead, at midnight."""
    # short-out 0.0, ignore and positive None: W had a caller who was not in O
    midnight = 12 * 3600
    state = state_after(
        f"{midnight - 90}|c1|q|NONE|ENTERQUEUE||555|1",
        f"{midnight - 80}|c1|q|Ada|CONNECT|10|x|1",
        f"{midnight + 20}|c2|q|NONE|ENTERQUEUE||556|1",
        seconds=midnight - 10,
    )
    assert (state["total"]["waiting"], state["total"]["offered"]) == (1, 1)
    assert {name: share for name, share in state["total"]["service_level"].items() if share != 1.0} == {}
    assert state["total"]["longest_wait_seconds"] == 0.0


def test_whoever_waits_for_four_hours_to_the_second_is_one_or_the_other() -> None:
    # not stale, and not in the longest wait
    state = state_after("0|c1|q|NONE|ENTERQUEUE||555|1", seconds=4 * 3600)
    assert [call["state"] for call in state["calls"]] == ["waiting"]
    assert state["total"]["longest_wait_seconds"] == 4 * 3600


@pytest.mark.parametrize("zone", ["Asia", "A" * 300])
def test_a_zone_with_the_name_of_a_folder_costs_its_entry(zone: str) -> None:
    # OSError out of the reader, and no duty of the whole calendar
    raw = calendar().replace(b"TZID=Asia/Shanghai", f"TZID={zone}".encode())
    read = CalendarFile().read(Document("a.ics", raw, NOON, NOON - 20_000_000, FloorDays()), CalendarOptions())
    assert [who.name for who in read.people] == ["Li Na"]
    assert read.refused


def test_a_journal_whose_pages_rotted_is_said_to_be_damaged(tmp_path: Path) -> None:
    # TypeError out of the keeper's thread: SQLite gives what stands in a page, whatever the table says
    path = tmp_path / "journal"
    with closing(SqliteJournal(path)) as journal:
        journal.append([note("n1")])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE type = 'trigger'")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'entries'")
        connection.commit()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE entries SET event = NULL")
        connection.commit()
    with closing(SqliteJournal(path)) as journal, pytest.raises(UnusableJournalError, match="damaged"):
        journal.since(0)


def test_a_journal_whose_own_description_rotted_is_said_to_be_damaged(tmp_path: Path) -> None:
    # UnicodeDecodeError: SQLite names what is wrong in the bytes that are
    path = tmp_path / "journal"
    with closing(SqliteJournal(path)) as journal:
        journal.append([note("n1")])
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE entries", b"CREATE \xffABLE entries"))
    with closing(SqliteJournal(path)) as journal, pytest.raises(UnusableJournalError, match="damaged"):
        journal.since(0)
