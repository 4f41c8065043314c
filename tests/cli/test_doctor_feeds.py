"""`floorwatch doctor` on feeds: each thing that can be wrong, made wrong for real, is named with what to do."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from floorwatch.engine.diagnosis import Check
from tests.cli.conftest import ROOT, Run
from tests.cli.doctor_visits import one, watching, written
from tests.cli.small_log import TEN, line, write_log


def test_a_missing_file_is_told_with_its_nearest_neighbour(floorwatch: Run, folder: Path, fresh: Path) -> None:
    level, says, do = one(floorwatch, watching(folder, "queue_lag"), Check.FEED_FILE)

    assert (level, says) == ("wrong", f"there is no file {folder / 'queue_lag'}")
    assert do == f"did you mean {fresh}?"


def test_a_missing_folder_is_told_and_not_the_file_in_it(floorwatch: Run, folder: Path) -> None:
    assert one(floorwatch, watching(folder, "away/deep/queue_log"), Check.FEED_FILE)[:2] == (
        "wrong",
        f"there is no folder {folder / 'away'}",
    )


def test_a_file_whose_format_is_named_is_waited_for(floorwatch: Run, folder: Path) -> None:
    config = written(folder, '[feeds.main]\npath = "queue_log"\nformat = "asterisk-queue-log"\n')

    assert one(floorwatch, config, Check.FEED_FILE)[:2] == (
        "look",
        f"there is no file {folder / 'queue_log'}; it is waited for",
    )


def test_an_empty_file_is_told(floorwatch: Run, folder: Path) -> None:
    (folder / "queue_log").touch()
    level, says, _do = one(floorwatch, watching(folder), Check.FEED_FILE)

    assert (level, says) == ("wrong", f"{folder / 'queue_log'}: nothing is in it")


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("[2026-11-21 10:00:00] VERBOSE[712] pbx.c: Executing\n", "Asterisk's own log of messages"),
        ('"","5551","100","default","a","b","c","d","e"\n', "call records (CDR)"),
        ("<!DOCTYPE html>\n<title>phones</title>\n", "a page of HTML"),
        ("; queues\n[support]\nmusicclass=default\n", "a file of settings"),
    ],
)
def test_what_is_no_queue_log_is_told_by_what_it_looks_like(
    floorwatch: Run, folder: Path, text: str, like: str
) -> None:
    (folder / "queue_log").write_text(text)
    level, says, do = one(floorwatch, watching(folder), Check.FEED_FORMAT)

    assert (level, do) == ("wrong", "name the queue log")
    assert like in says


def test_a_log_of_which_half_cannot_be_read_is_wrong(floorwatch: Run, folder: Path, now: float) -> None:
    torn = "".join(f"{now - 90 + number:.0f}|call|support\n" for number in range(20))
    (folder / "queue_log").write_text(line(0, "NONE|NONE|NONE|QUEUESTART|", now - 100) * 5 + torn)
    config = written(folder, '[feeds.main]\npath = "queue_log"\nformat = "asterisk-queue-log"\n')
    level, says, do = one(floorwatch, config, Check.FEED_LINES)

    assert (level, says) == ("wrong", "80.0 % of 25 lines cannot be read: fewer than five fields")
    assert "feeds check" in do


@pytest.mark.parametrize(("ahead", "hours"), [(8 * 3600, ": 8 hours, as of another time zone"), (4000, "")])
def test_a_last_line_in_the_future_is_wrong(floorwatch: Run, folder: Path, now: float, ahead: int, hours: str) -> None:
    write_log(folder / "queue_log", now + ahead - 3600)
    level, says, do = one(floorwatch, watching(folder), Check.FEED_CLOCK)

    assert level == "wrong"
    assert "in the future" in says
    assert says.endswith(hours or "in the future")
    assert "time server" in do


def test_a_log_written_now_whose_times_are_whole_hours_old_is_told_of_its_zone(
    floorwatch: Run, folder: Path, now: float
) -> None:
    write_log(folder / "queue_log", now - 8 * 3600 - 3600)
    level, says, do = one(floorwatch, watching(folder), Check.FEED_CLOCK)

    assert level == "look"
    assert says.endswith("old: 8 hours, as of another time zone")
    assert "option zone" in do


def test_a_file_from_the_future_is_told(floorwatch: Run, folder: Path, fresh: Path, now: float) -> None:
    os.utime(fresh, (now + 600, now + 600))

    level, says, _do = one(floorwatch, watching(folder), Check.FEED_CLOCK)
    assert (level, "the file was written" in says) == ("look", True)


def test_a_log_that_is_silent_at_an_hour_at_which_it_never_was_is_told(
    floorwatch: Run, folder: Path, now: float
) -> None:
    days = (now - 86_400 * day for day in range(3, 0, -1))
    (folder / "queue_log").write_text("".join(line(0, "NONE|NONE|NONE|CONFIGRELOAD|", at) for at in days))
    level, says, do = one(floorwatch, watching(folder), Check.FEED_LAST)

    assert level == "look"
    assert says.endswith(" old, though it had lines at this hour on 3 of the 3 days before")
    assert "logger.conf" in do


def test_a_log_that_is_silent_as_always_at_this_hour_is_in_order(floorwatch: Run, folder: Path, now: float) -> None:
    days = (now - 86_400 * day - 7200 for day in range(3, -1, -1))
    (folder / "queue_log").write_text("".join(line(0, "NONE|NONE|NONE|CONFIGRELOAD|", at) for at in days))

    assert one(floorwatch, watching(folder), Check.FEED_LAST)[0] == "ok"


def test_rotated_files_are_counted_and_those_of_other_names_told(floorwatch: Run, folder: Path, fresh: Path) -> None:
    write_log(folder / "queue_log.1", TEN)
    assert one(floorwatch, watching(folder), Check.FEED_ROTATION)[:2] == ("ok", "1 rotated file, newest queue_log.1")

    write_log(folder / "queue_log.before-upgrade", TEN)
    level, says, _do = one(floorwatch, watching(folder), Check.FEED_ROTATION)
    assert (level, says.endswith(": queue_log.before-upgrade")) == ("look", True)


def test_a_feed_of_a_source_that_nobody_brings_is_wrong(floorwatch: Run, folder: Path) -> None:
    level, says, _do = one(floorwatch, watching(folder, "amqp://pbx/floor"), Check.FEED_NAMED)

    assert (level, "amqp" in says) == ("wrong", True)


def test_a_roster_is_read_and_what_it_does_not_say_is_told(floorwatch: Run, folder: Path, people: Path) -> None:
    (folder / "roster.csv").write_text(
        "date,employee,name,start,end\n2026-11-21,4001,张伟,09:00,18:00\n2026-11-21,4999,Nobody,09:00,18:00\n"
        "2026-11-21,4001,张伟,nine,ten\n",
        encoding="utf-8",
    )
    config = watching(folder, "roster.csv", f'[people]\nfile = "{people}"\n')

    assert one(floorwatch, config, Check.DOCUMENT_READ)[0] == "ok"
    assert one(floorwatch, config, Check.DOCUMENT_PEOPLE)[1] == (
        "roster.csv: 1 person is not in the people file: Nobody"
    )
    assert one(floorwatch, config, Check.DOCUMENT_ROWS)[0] == "look"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter: those of tests are their user's alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize(
    ("group", "mended"),
    [(1, "as root: usermod -aG {group} "), (0, "as root: setfacl -m u:")],
    ids=["a group that may be joined", "that of root"],
)
def test_a_user_without_rights_is_told_whose_file_it_is_and_how_to_get_them(
    open_folder: Path, group: int, mended: str
) -> None:
    log = write_log(open_folder / "queue_log")
    log.chmod(0o640)
    if os.getuid() == 0:
        os.chown(log, 0, group)
    name = log.group()
    says, do = trouble_of_nobody(log)

    assert says.startswith(f"{log}: ")
    assert says.endswith(f" may not read it (owner root, group {name}, -rw-r-----)")
    assert do.startswith(mended.format(group=name))


def test_a_command_that_mends_holds_a_path_with_blanks_as_one_word(open_folder: Path) -> None:
    log = write_log(open_folder / "queue log")
    log.chmod(0o600)

    assert f":r '{log}'" in trouble_of_nobody(log)[1]


def test_of_a_path_the_folder_is_named_that_may_not_be_entered(open_folder: Path) -> None:
    closed = open_folder / "asterisk"
    closed.mkdir(mode=0o700)
    says, do = trouble_of_nobody(write_log(closed / "queue_log"))

    assert says.startswith(f"{closed}: ")
    assert "drwx------" in says
    assert do.endswith(f":rx {closed}")


def trouble_of_nobody(path: Path) -> list[str]:
    """What `path_trouble` tells a user without rights."""
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    code = (
        "import getpass, grp, os, pwd, sys\n"  # from where nobody may read them
        "from floorwatch.engine.diagnosis_path import path_trouble\n"
        "os.setgroups([]); os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)\n"
        "trouble = path_trouble(sys.argv[1])\n"
        "print(trouble.says, trouble.do, sep='\\n')\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "plugins")))}
    ran = subprocess.run(
        [sys.executable, "-c", code, path], env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()
