"""Documents on the command line: what they are, what is in them, and the floor that they make."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.small_roster import write_plugin, write_roster


@pytest.fixture
def roster(folder: Path) -> Path:
    """A roster, and the plugin that reads it where `--plugin-dir mine` says so."""
    write_plugin(folder / "mine")
    return write_roster(folder / "roster.txt")


def test_a_document_is_explained_down_to_the_row(floorwatch: Run, roster: Path, people: Path) -> None:
    ran = floorwatch("--plugin-dir", "mine", "--people", people, "feeds", "check", roster)

    assert (ran.status, ran.err) == (0, "")
    rows = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert rows[0] == f"{roster}: Hours by name"
    assert rows[1] == "roster.txt: Hours, 2026-11-21 to 2026-11-21"
    for row in ("rows read 5", "people 2", "shifts 2", "refused 2", "X7 1", "nobody and no hours 2"):
        assert row in rows
    assert "not in the people file: 1 of 2" in rows
    assert "李娜" in rows
    assert "row 5: nobody and no hours: nothing" in rows
    assert "the year was taken from the first line" in rows
    assert "\x1b" not in ran.out


def test_without_a_people_file_it_is_said_that_nobody_can_be_matched(floorwatch: Run, roster: Path) -> None:
    said = floorwatch("--plugin-dir", "mine", "feeds", "check", roster).out

    assert "there is no people file; give --people FILE" in said


def test_of_many_refusals_the_first_are_told_and_the_rest_is_counted(floorwatch: Run, roster: Path) -> None:
    write_roster(roster, "hours of 2026-11-21\n" + "nothing\n" * 70)

    said = floorwatch("--plugin-dir", "mine", "feeds", "check", roster).out

    assert said.count("nobody and no hours: nothing") == 20
    assert "and 50 more" in said


def test_a_document_that_is_none_is_refused_with_its_reason(floorwatch: Run, roster: Path) -> None:
    roster.write_text("something else\n")

    ran = floorwatch("--plugin-dir", "mine", "feeds", "check", roster, "--format", "hours")

    assert ran.status == 0
    assert "roster.txt: refused: not a list of hours: its first line must be `hours of DATE`" in ran.out


def test_the_documents_of_a_folder_are_told_one_after_another(floorwatch: Run, folder: Path, roster: Path) -> None:
    (folder / "rosters").mkdir()
    for name in ("a", "b"):
        write_roster(folder / "rosters" / name)
    (folder / "rosters" / "c").write_text("another thing")

    said = floorwatch("--plugin-dir", "mine", "feeds", "check", "rosters/*").out

    assert "  a: Hours" in said
    assert "  b: Hours" in said
    assert "  c: refused: not a list of hours" in said


def test_lines_and_documents_have_one_way_in(floorwatch: Run, log: Path, roster: Path, people: Path) -> None:
    words = ("--plugin-dir", "mine", "--people", people, "state", log, roster, "--at", "10:40", "--json")

    (state,) = floorwatch(*words).json

    assert state["queues"]["support"]["waiting"] == 1
    assert state["documents"]["roster"]["people"] == 2
    assert state["documents"]["roster"]["unmatched"] == ["李娜"]
    assert state["feeds"]["roster"]["lines"] == 0


def test_a_roster_alone_has_a_state_now_and_then(floorwatch: Run, roster: Path) -> None:
    ran = floorwatch("--plugin-dir", "mine", "state", roster)
    (then,) = floorwatch("--plugin-dir", "mine", "state", roster, "--at", "2020-01-01 10:00", "--json").json

    assert (ran.status, ran.err) == (0, "")
    assert "roster: Hours, 2026-11-21 to 2026-11-21: 2 people (2 unknown), 2 shifts, 0 punches; 2 refused" in ran.out
    assert then["documents"]["roster"]["shifts"] == 2
    assert then["total"]["offered"] == 0


def test_a_roster_that_cannot_be_used_is_said_in_the_state(floorwatch: Run, roster: Path) -> None:
    roster.write_text("something else\n")

    asked = ("--plugin-dir", "mine", "state", f"plan={roster}", "--format", "hours")
    read, (as_json,) = floorwatch(*asked), floorwatch(*asked, "--json").json

    assert "plan: cannot be used: not a list of hours" in read.out
    plan = as_json["documents"]["plan"]
    assert plan["why"].startswith("not a list of hours")
    assert plan["refused_at"] == plan["read_at"]


def test_a_floor_of_a_roster_alone_is_watched(floorwatch: Run, roster: Path) -> None:
    ran = floorwatch("--plugin-dir", "mine", "watch", roster, "--headless", "--seconds", "2")

    (state,) = ran.json
    assert ran.status == 0
    assert state["documents"]["roster"]["shifts"] == 2
    assert {alert["rule"] for alert in state["alerts"]} <= {"roster-unclear"}  # asked every five seconds


def test_a_recording_of_a_roster_is_read_without_its_format(floorwatch: Run, log: Path, roster: Path) -> None:
    recorded = floorwatch("--plugin-dir", "mine", "record", "day.floorlog", log, roster, "--seconds", "0")

    (state,) = floorwatch("state", "day.floorlog", "--json").json
    said = floorwatch("feeds", "check", "day.floorlog").out

    assert recorded.status == 0
    assert state["documents"]["roster"]["shifts"] == 2
    assert "roster.txt: Hours, 2026-11-21 to 2026-11-21" in said
    assert json.loads(Path("day.floorlog").read_text().splitlines()[0])["feeds"]["roster"]["documents"] is True


def test_every_mistake_in_the_options_is_said_with_its_file_and_key(
    floorwatch: Run, folder: Path, roster: Path
) -> None:
    config = folder / "floorwatch.toml"
    options = '[feeds.roster.options]\nmost = "many"\nlair = 1\n'
    config.write_text(f'[feeds.roster]\npath = "{roster}"\nformat = "hours"\n{options}')

    for words in (("config", "check"), ("state",), ("watch", "--headless", "--seconds", "0")):
        ran = floorwatch("--config", config, "--plugin-dir", "mine", *words)
        assert ran.status == 1
        assert any("feeds.roster.options.most: Expected `int`, got `str`" in line for line in ran.complaints)
        assert sum("feeds.roster.options.lair: there is no such option" in line for line in ran.complaints) == 1


def test_formats_of_documents_are_listed_with_the_others(floorwatch: Run, roster: Path) -> None:
    said = floorwatch("--plugin-dir", "mine", "plugins", "list").out

    assert any(line.startswith("document formats: ") and "hours (hours-plugin)" in line for line in said.splitlines())
    assert roster.exists()


def test_a_name_that_a_format_of_lines_has_is_taken(floorwatch: Run, folder: Path, roster: Path) -> None:
    plugin = folder / "mine" / "hours_plugin.py"
    plugin.write_text(plugin.read_text().replace('name = "hours"', 'name = "asterisk-queue-log"'))

    said = floorwatch("--plugin-dir", "mine", "plugins", "list").out

    assert "the document format 'asterisk-queue-log' is declared by asterisk already: choose another name" in said
    assert roster.exists()


def test_a_pattern_is_named_by_its_folder(floorwatch: Run, folder: Path, roster: Path) -> None:
    (folder / "rosters").mkdir()
    write_roster(folder / "rosters" / "november.txt")

    (state,) = floorwatch("--plugin-dir", "mine", "state", "rosters/*.txt", "--json").json

    assert list(state["documents"]) == list(state["feeds"]) == ["rosters"]
    assert roster.exists()
