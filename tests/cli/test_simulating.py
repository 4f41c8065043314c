"""`floorwatch simulate`: the same seed gives the same floor, and every command reads it."""

import csv
from pathlib import Path

from floorwatch.journal.opening import open_journal
from tests.cli.conftest import Run, Start
from tests.cli.waiting import wait_for
from tests.patience import PATIENCE_SECONDS

SMALL = ("--agents", 8, "--queues", 2, "--hours", 1)


def test_the_same_seed_gives_the_same_log(floorwatch: Run, folder: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        assert floorwatch("simulate", name, *SMALL, "--seed", seed).status == 0

    assert (folder / "a").read_bytes() == (folder / "b").read_bytes()
    assert (folder / "a").read_bytes() != (folder / "c").read_bytes()


def test_a_simulated_log_is_read_without_a_complaint(floorwatch: Run, folder: Path) -> None:
    floorwatch("simulate", "queue_log", *SMALL)

    ran = floorwatch("state", "queue_log", "--json")

    assert ran.err == ""
    assert ran.json[0]["feeds"]["queue_log"]["rejected"] == {}
    assert ran.json[0]["total"]["offered"] > 10
    assert len(ran.json[0]["queues"]) == 2


def test_json_lines_and_who_is_who_belong_together(floorwatch: Run, folder: Path) -> None:
    floorwatch("simulate", "day.jsonl", *SMALL, "--form", "jsonl", "--people-out", "who.csv")

    (state,) = floorwatch("--people", "who.csv", "state", "day.jsonl", "--json").json
    names = {row["name"] for row in csv.DictReader((folder / "who.csv").read_text("utf-8").splitlines())}

    assert len(names) == 8
    assert {agent["name"] for agent in state["agents"].values()} <= names
    assert state["total"]["agents"]["wrap_up"] is not None


def test_an_unknown_form_is_one_line_with_the_known_ones(floorwatch: Run) -> None:
    ran = floorwatch("simulate", "x", "--form", "parquet")

    assert ran.status == 1
    assert ran.complaints == ["floorwatch: --form: there is no form 'parquet': choose queue_log, jsonl"]


def test_a_place_that_cannot_be_written_is_named_as_it_was_given(floorwatch: Run, folder: Path) -> None:
    (folder / "taken").mkdir()

    assert floorwatch("simulate", "no/such/file", *SMALL).complaints == [
        "floorwatch: no/such/file: No such file or directory"
    ]
    assert floorwatch("simulate", "taken", *SMALL).complaints == ["floorwatch: taken: Is a directory"]
    assert [each.name for each in folder.iterdir()] == ["taken"]


def test_a_live_floor_is_written_until_ctrl_c(started: Start, folder: Path) -> None:
    out = folder / "queue_log"
    process = started("simulate", out, *SMALL, "--live")
    wait_for(process, out, "ENTERQUEUE")
    process.send_signal(2)
    _said, complaints = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 0
    assert complaints == f"{out}: writing as time passes; ctrl+c ends it\n"


def test_what_people_enter_is_written_beside_the_feed(floorwatch: Run, folder: Path) -> None:
    ran = floorwatch("simulate", "queue_log", *SMALL, "--journal", "notes.db", "--people-out", "people.csv")

    assert ran.status == 0
    entries = open_journal(str(folder / "notes.db")).since(0)
    assert entries
    with (folder / "people.csv").open(encoding="utf-8") as people:
        assert {entry.author for entry in entries} <= {row["name"] for row in csv.DictReader(people)}


def test_nothing_made_up_is_written_into_a_journal_that_is_there(floorwatch: Run, folder: Path) -> None:
    (folder / "notes.db").write_bytes(b"")

    assert floorwatch("simulate", "queue_log", *SMALL, "--journal", "sqlite:notes.db").complaints == [
        "floorwatch: notes.db: there is a journal already, perhaps of a real floor: name a new file"
    ]
    assert not (folder / "queue_log").exists()


def test_the_papers_are_written_beside_it(floorwatch: Run, folder: Path) -> None:
    beside = ("--people-out", "who.csv", "--roster-out", "roster.csv", "--punches-out", "attlog.dat")

    assert floorwatch("simulate", "queue_log", *SMALL, *beside).status == 0

    roster = (folder / "roster.csv").read_text(encoding="utf-8").splitlines()
    assert roster[0] == "employee,name,team,start,end,activity"
    people = (folder / "who.csv").read_text(encoding="utf-8").splitlines()
    assert len({line.partition(",")[0] for line in roster[1:]}) == len(people) - 1
    assert (folder / "attlog.dat").read_bytes().count(b"\r\n") > 0
