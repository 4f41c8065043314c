"""`floorwatch roster check`: what it finds, in every form, and with which status it leaves."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from floorwatch.engine.system_clock import SystemClock
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import NewEntry
from floorwatch.model.events import SwapRequested
from floorwatch.settings import journal_file
from tests.cli.conftest import Run

PEOPLE = "name,employee,team\n李娜,1007,A\n张伟,1004,A\n"
FORMAT = ("--feed-format", "roster-table")
SPAN = ("--from", "2026-03-10", "--to", "2026-03-16")


def roster(folder: Path, *lines: str, name: str = "roster.csv") -> Path:
    """A table of stretches: employee, date, start, end."""
    file = folder / name
    file.write_text("\n".join(("employee,date,start,end", *lines)) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def known(folder: Path) -> Path:
    """Who is who."""
    file = folder / "who.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    return file


@pytest.fixture
def tired(folder: Path) -> Path:
    """李娜 has a night, and the next morning."""
    return roster(folder, "1007,2026-03-10,22:00,06:00", "1007,2026-03-11,08:00,17:00", "1004,2026-03-10,09:00,18:00")


def test_a_plan_without_conflicts_is_said_in_a_word_with_status_0(floorwatch: Run, folder: Path, known: Path) -> None:
    file = roster(folder, "1007,2026-03-10,09:00,18:00")

    ran = floorwatch("roster", "check", file, *FORMAT, *SPAN, "--people", known)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "No conflicts. Checked: 2026-03-10 to 2026-03-16.\n"


def test_conflicts_are_a_table_with_status_1(floorwatch: Run, tired: Path, known: Path) -> None:
    ran = floorwatch("roster", "check", tired, *FORMAT, *SPAN, "--people", known)

    assert (ran.status, ran.err) == (1, "")
    head, line, last = ran.out.splitlines()
    assert head.split() == ["date", "what", "who", "from", "to", "detail"]
    assert line.startswith("2026-03-11  short rest  李娜 1007  06:00  08:00  2:00:00 of rest before 08:00")
    assert last == "1 conflict. Checked: 2026-03-10 to 2026-03-16."


def test_every_form_says_the_same(floorwatch: Run, tired: Path, known: Path) -> None:
    command = ("roster", "check", tired, *FORMAT, *SPAN, "--people", known, "--format")

    (row,) = json.loads(floorwatch(*command, "json").out)
    assert row == next(csv.DictReader(io.StringIO(floorwatch(*command, "csv").out)))
    assert (row["date"], row["kind"], row["agent"], row["name"]) == ("2026-03-11", "short_rest", "1007", "李娜")
    assert (row["start"], row["end"]) == ("2026-03-11T06:00+00:00", "2026-03-11T08:00+00:00")
    assert floorwatch(*command, "md").out.splitlines()[2].startswith("| 2026-03-11 | short_rest | 李娜 |")


def test_programs_are_given_an_empty_list_where_there_are_none(floorwatch: Run, folder: Path) -> None:
    command = ("roster", "check", roster(folder, "1007,2026-03-10,09:00,18:00"), *FORMAT, *SPAN, "--format")

    assert json.loads(floorwatch(*command, "json").out) == []
    assert floorwatch(*command, "csv").out == "date,kind,agent,name,start,end,detail\n"


def test_people_whom_nobody_knows_are_named(floorwatch: Run, folder: Path, known: Path) -> None:
    file = roster(folder, "1099,2026-03-12,09:00,18:00")

    ran = floorwatch("roster", "check", file, *FORMAT, *SPAN, "--people", known)
    assert ran.status == 1
    assert "2026-03-12  unknown person  1099" in ran.out


def test_what_people_entered_is_checked_too(floorwatch: Run, folder: Path, known: Path) -> None:
    asked_at = datetime(2026, 3, 10, 8, tzinfo=UTC).timestamp()
    swap = SwapRequested(asked_at, agent="1007", date="2026-03-10", other="1004", other_date="2026-03-10")
    journal = open_journal(str(journal_file()))
    journal.append([NewEntry("s1", asked_at, "李娜", swap)])
    journal.close()
    file = roster(folder, "1007,2026-03-10,09:00,18:00", "1004,2026-03-10,13:00,21:00")

    ran = floorwatch("roster", "check", file, *FORMAT, *SPAN, "--people", known, "--format", "json")
    assert [row["kind"] for row in json.loads(ran.out)] == ["late_swap", "open_request"]


def test_without_a_span_it_is_from_today_to_the_last_day_of_the_rosters(floorwatch: Run, folder: Path) -> None:
    today = datetime.fromtimestamp(SystemClock().now(), UTC).date()
    last = today + timedelta(days=20)
    ran = floorwatch("roster", "check", roster(folder, f"1007,{last},09:00,18:00"), *FORMAT)

    assert f"to {last}." in ran.out
    assert today.isoformat() in ran.out


def test_rosters_that_are_over_are_said_and_not_taken_for_well(floorwatch: Run, folder: Path) -> None:
    ran = floorwatch("roster", "check", roster(folder, "1007,2020-03-10,09:00,18:00"), *FORMAT)

    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints == [
        "floorwatch: the rosters end on 2020-03-10: give --from and --to to check days that are over"
    ]


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (("--from", "2020-04-01"), "the rosters end on 2020-03-10, before 2020-04-01"),
        (("--to", "2020-03-09"), "2020-03-09 is over: give --from, too"),
    ],
)
def test_half_a_span_beside_the_rosters_says_what_is_missing(
    floorwatch: Run, folder: Path, span: tuple[str, ...], said: str
) -> None:
    ran = floorwatch("roster", "check", roster(folder, "1007,2020-03-10,09:00,18:00"), *FORMAT, *span)
    assert (ran.status, ran.out, ran.complaints) == (1, "", [f"floorwatch: {said}"])


def test_no_roster_is_said(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("roster", "check", log)
    assert (ran.status, ran.complaints) == (1, ["floorwatch: no roster was read: give one, or name it as a feed"])

    assert floorwatch("roster", "check").complaints == ran.complaints


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--from", "soon"), 1, "--from 'soon' is no date: write 2026-11-23"),
        (("--from", "2026-03-16", "--to", "2026-03-10"), 1, "2026-03-10 is before 2026-03-16"),
        (("--format", "xls"), 2, "'xls' is none of: table, csv, json, md"),
    ],
)
def test_what_cannot_be_meant_is_said(  # the columns of the table
    floorwatch: Run, tired: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    ran = floorwatch("roster", "check", tired, *FORMAT, *words)

    assert ran.status == status
    assert said in ran.err


def test_of_the_configured_feeds_only_documents_are_read_and_one_that_is_gone_is_a_warning(
    floorwatch: Run, folder: Path, log: Path, tired: Path, known: Path
) -> None:
    config = folder / "floorwatch.toml"
    config.write_text(
        f'[people]\nfile = "{known}"\n'
        f'[feeds.calls]\npath = "{log}"\n[feeds.gone]\npath = "{folder}/gone"\n'
        f'[feeds.plan]\npath = "{tired}"\nformat = "roster-table"\n',
        encoding="utf-8",
    )

    ran = floorwatch("roster", "check", *SPAN, "--config", config)
    assert ran.status == 1
    assert "short rest" in ran.out
    assert len(ran.complaints) == 1
    assert "without feed gone" in ran.complaints[0]


@pytest.mark.parametrize(
    "words", [("roster", "check"), ("report", "day"), ("report", "day", "--brief"), ("state",), ("config", "check")]
)
def test_a_country_without_holidays_is_refused_before_anything_is_read(
    floorwatch: Run, folder: Path, words: tuple[str, ...]
) -> None:
    config = folder / "floorwatch.toml"
    config.write_text('[duty]\ncountry = "XX"\npeak = { first_day = 1 }\n', encoding="utf-8")
    file = roster(folder, "1007,2026-03-10,09:00,18:00")

    read = {"config": (), "state": (file,)}.get(words[0], (file, *FORMAT))
    ran = floorwatch(*words, *read, "--config", config)
    assert (ran.status, ran.out) == (1, "")
    assert ran.complaints == [
        f"floorwatch: {config}: duty.country: no public holidays are known for XX: "
        "write the two letters of ISO 3166, CN for China"
    ]
