"""`floorwatch doctor`: each thing that can be wrong, made wrong for real, is named with what to do."""

import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from floorwatch.cli.doctor import Told
from floorwatch.engine.diagnosis import Check, Finding, fine, in_time
from floorwatch.engine.diagnosis_machine import watches_found
from tests.cli.conftest import ROOT, Run
from tests.cli.doctor_visits import found, one, watching
from tests.cli.small_log import line

DOCS = ROOT / "docs" / "doctor.md"


def squeezed(text: str) -> list[str]:
    """The lines without the blanks that make columns of them."""
    return [" ".join(each.split()) for each in text.splitlines()]


def test_a_floor_in_order_is_said_part_by_part_and_is_no_failure(floorwatch: Run, folder: Path, fresh: Path) -> None:
    config = watching(folder)
    ran = floorwatch("--config", config, "doctor")
    lines = squeezed(ran.out)

    assert ran.status == 0, ran.out
    assert f"ok configuration {config}" in lines
    assert f"ok feed main {fresh}: there, and may be read" in lines
    assert "ok feed main 8 lines read, 0 refused" in lines
    assert "ok feed main its times agree with this machine's clock" in lines
    assert "ok journal can be written" in lines
    assert lines[-1].endswith(" 0 wrong")


def test_what_is_wrong_stands_on_its_line_with_what_to_do_and_is_the_exit_status(floorwatch: Run, folder: Path) -> None:
    ran = floorwatch("--config", watching(folder), "doctor")

    assert ran.status == 1
    said = f"! wrong feed main there is no file {folder / 'queue_log'} - to do: correct the path"
    assert said in squeezed(ran.out)


def test_every_finding_of_json_has_the_same_keys_and_a_check_of_the_list(
    floorwatch: Run, folder: Path, fresh: Path
) -> None:
    ran = floorwatch("--config", watching(folder), "doctor", "--json")

    assert {tuple(each) for each in ran.json} == {("area", "check", "level", "subject", "says", "do")}
    assert {each["check"] for each in ran.json} <= set(Check)
    assert all(each["check"].startswith(f"{each['area']}-") for each in ran.json)
    assert all(bool(each["do"]) == (each["level"] != "ok") for each in ran.json)


@pytest.mark.parametrize("check", Check)
def test_every_check_has_its_row_in_the_page(check: Check) -> None:
    assert f"\n| `{check}` | " in DOCS.read_text(encoding="utf-8")


def test_every_key_of_json_has_its_row_in_the_page() -> None:
    page = DOCS.read_text(encoding="utf-8").partition("## What is looked at")[0]

    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(Told.__struct_fields__)


def test_without_a_configuration_it_says_how_to_begin(floorwatch: Run) -> None:
    ran = floorwatch("doctor", "--json", "--journal", "memory:")
    (config,) = [each for each in ran.json if each["check"] == Check.CONFIG_FILE]

    assert (ran.status, config["level"]) == (0, "look")
    assert config["do"] == "floorwatch config init begins one"


def test_a_configuration_with_mistakes_hides_nothing_of_the_rest(floorwatch: Run, folder: Path, fresh: Path) -> None:
    config = watching(folder, more='[service]\nshare = 80\nseconds = 0\n[floor]\nzone = "Mars"\n')
    mistakes = found(floorwatch, config, Check.CONFIG_MISTAKES)

    assert [each["level"] for each in mistakes] == ["wrong"] * 3
    assert "service.share: must be at most 1, not 80" in mistakes[1]["says"] + mistakes[0]["says"]
    assert one(floorwatch, config, Check.FEED_LINES)[0] == "ok"


@pytest.mark.parametrize(
    ("raw", "says"), [(b"[floor\n", "not TOML"), (b"[floor]\nname = '\xff'\n", "not UTF-8"), (b"feeds = 3\n", "feeds")]
)
def test_a_configuration_that_cannot_be_read_is_wrong_and_the_rest_is_looked_at(
    floorwatch: Run, folder: Path, raw: bytes, says: str
) -> None:
    config = folder / "floor.toml"
    config.write_bytes(raw)
    (mistake,) = found(floorwatch, config, Check.CONFIG_MISTAKES, "--journal", "memory:")

    assert mistake["level"] == "wrong"
    assert says in mistake["says"]
    assert found(floorwatch, config, Check.MACHINE_PYTHON, "--journal", "memory:")


def test_a_configuration_that_is_a_pipe_is_wrong_and_nobody_waits_for_its_writer(floorwatch: Run, folder: Path) -> None:
    os.mkfifo(folder / "pipe.toml")

    says = one(floorwatch, folder / "pipe.toml", Check.CONFIG_MISTAKES)[1]
    assert (
        says == f"{folder / 'pipe.toml'}: cannot be read (a pipe or a device, no file); name a file that you may read"
    )


def test_a_configuration_that_is_not_there_is_wrong(floorwatch: Run, folder: Path) -> None:
    level, says, _do = one(floorwatch, folder / "none.toml", Check.CONFIG_MISTAKES, "--journal", "memory:")

    assert (level, "there is no such file" in says) == ("wrong", True)


def test_names_that_nothing_has_are_to_be_looked_at(floorwatch: Run, folder: Path, fresh: Path) -> None:
    config = watching(folder, more="[panels.queue-statsu]\ntrend_hours = 3\n")
    level, says, _do = one(floorwatch, config, Check.CONFIG_NAMES)

    assert level == "look"
    assert "there is no panel 'queue-statsu'" in says


def test_a_configuration_that_others_may_write_is_to_be_looked_at(floorwatch: Run, folder: Path, fresh: Path) -> None:
    config = watching(folder)
    config.chmod(0o666)

    assert one(floorwatch, config, Check.CONFIG_RIGHTS)[:2] == ("look", "others than you may write it (0666)")


def test_agents_whom_the_people_file_does_not_know_are_told_without_their_numbers(
    floorwatch: Run, folder: Path, fresh: Path, people: Path, now: float
) -> None:
    with fresh.open("a") as log:
        log.write(line(0, "NONE|support|Local/13800138000@agents|ADDMEMBER|", now - 30))
    level, says, _do = one(floorwatch, watching(folder), Check.PEOPLE_AGENTS, "--people", people)

    assert level == "look"
    assert says == "1 agent of the feeds is not in it: Local/*********00@agents"


def test_lines_of_the_people_file_that_two_claim_are_told(
    floorwatch: Run, folder: Path, fresh: Path, people: Path
) -> None:
    with people.open("a", encoding="utf-8") as file:
        file.write("PJSIP/2001,李娜,4002,A02,Blue\n")
    level, says, _do = one(floorwatch, watching(folder), Check.PEOPLE_LINES, "--people", people)

    assert (level, "people.csv:3: " in says) == ("look", True)


def test_a_number_in_the_people_file_is_masked_and_the_date_in_its_name_is_not(
    floorwatch: Run, folder: Path, fresh: Path, people: Path
) -> None:
    dated = people.rename(people.with_name("people-20261122.csv"))
    with dated.open("a", encoding="utf-8") as file:
        file.write("PJSIP/13800138000,王五,4003,A03,Blue\nPJSIP/13800138000,赵六,4004,A04,Blue\n")
    says = one(floorwatch, watching(folder), Check.PEOPLE_LINES, "--people", dated)[1]

    assert says.startswith(f"{dated}:")
    assert "PJSIP/*********00" in says


def test_a_people_file_that_is_no_text_is_wrong_and_the_feeds_are_looked_at(
    floorwatch: Run, folder: Path, fresh: Path
) -> None:
    (folder / "who.csv").write_bytes(b"\xff\x00\x81" * 40)
    config = watching(folder, more='[people]\nfile = "who.csv"\n')

    assert one(floorwatch, config, Check.PEOPLE_FILE)[0] == "wrong"
    assert one(floorwatch, config, Check.FEED_LINES)[0] == "ok"


def test_a_plugin_that_fails_is_wrong_with_its_reason(floorwatch: Run, folder: Path, fresh: Path) -> None:
    (folder / "bad.py").write_text("raise ValueError('broken on purpose')\n")
    (folder / "bad.py").chmod(0o644)
    (bad,) = [
        each
        for each in found(floorwatch, watching(folder), Check.PLUGIN_STATE, "--plugin-dir", folder / "bad.py")
        if each["subject"] == "bad"
    ]

    assert (bad["level"], bad["says"]) == ("wrong", "ValueError: broken on purpose (bad.py:1)")
    assert "floorwatch plugins check bad" in bad["do"]


@pytest.mark.parametrize("text", ["this is no journal, whatever its name says\n" * 20])
def test_a_journal_that_is_none_is_wrong(floorwatch: Run, folder: Path, fresh: Path, text: str) -> None:
    (folder / "journal.db").write_text(text)

    level, says, _do = one(floorwatch, watching(folder), Check.JOURNAL_READ)
    assert (level, "is not a journal of floorwatch" in says) == ("wrong", True)


def test_a_journal_where_nothing_can_be_written_is_wrong(floorwatch: Run, folder: Path, fresh: Path) -> None:
    level, says, _do = one(floorwatch, watching(folder), Check.JOURNAL_WRITE, "--journal", "/proc/journal.db")

    assert (level, says.startswith("/proc: nothing can be written there (")) == ("wrong", True)


def test_a_journal_that_another_program_holds_is_wrong(floorwatch: Run, folder: Path, fresh: Path) -> None:
    floorwatch("ask", "how?", "--me", "x", "--config", watching(folder))
    journal = folder / "journal.db"
    with closing(sqlite3.connect(journal, isolation_level=None)) as other:
        other.execute("CREATE TABLE IF NOT EXISTS mine (x)") if not journal.stat().st_size else None
        other.execute("BEGIN IMMEDIATE")
        level, says, _do = one(floorwatch, watching(folder), Check.JOURNAL_WRITE)

    assert (level, "is locked by another program" in says) == ("wrong", True)


def test_a_journal_in_memory_is_to_be_looked_at(floorwatch: Run, folder: Path, fresh: Path) -> None:
    assert one(floorwatch, watching(folder), Check.JOURNAL_READ, "--journal", "memory:")[0] == "look"


def test_nothing_is_made_by_looking(floorwatch: Run, folder: Path, fresh: Path) -> None:
    config = watching(folder)
    before = sorted(folder.rglob("*"))
    floorwatch("--config", config, "doctor")

    assert sorted(folder.rglob("*")) == before


def test_a_check_that_hangs_ends_with_a_word() -> None:
    never = threading.Event()

    def hangs() -> Iterator[Finding]:
        yield fine(Check.FEED_FILE, "there")
        never.wait()

    there, late = in_time(Check.FEED_FILE, hangs, "main", seconds=0.2)
    never.set()

    assert there.says == "there"
    assert (late.level, late.says) == ("wrong", "no answer within 0.2 seconds")


def test_a_check_that_fails_is_a_finding() -> None:
    def fails() -> Iterator[Finding]:
        yield fine(Check.PLUGIN_STATE, "well")
        raise RuntimeError("plugin code")

    assert [each.level for each in in_time(Check.PLUGIN_STATE, fails)] == ["ok", "wrong"]


def test_few_watchers_left_are_told(tmp_path: Path) -> None:
    limits = tmp_path / "sys" / "fs" / "inotify"
    limits.mkdir(parents=True)
    (limits / "max_user_instances").write_text("9\n")
    (limits / "max_user_watches").write_text("8192\n")
    handles = tmp_path / "1" / "fd"
    handles.mkdir(parents=True)
    for number in range(5):
        (handles / str(number)).symlink_to("anon_inode:inotify")
    (finding,) = watches_found(tmp_path)

    assert finding.level == "look"
    assert finding.says == "4 of 9 watchers left to this user, each with up to 8192 folders"
