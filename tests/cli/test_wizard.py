"""`floorwatch config init` on a real terminal: asked, answered, written, and the floor is open. Nothing is left behind
by whoever leaves on the way."""

import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app.terminals import Terminal, terminal
from tests.cli.conftest import Run
from tests.cli.small_log import TEN, write_log

ENTER = "\r"
CTRL_C, CTRL_D = "\x03", "\x04"
QUESTIONS = (
    "Language",
    "Where is the queue log",
    "Another feed",
    "stand first",
    "Titles",
    "Name of the floor",
    "Time zone",
    "business day starts",
    "(seconds)",
    "Share of calls",
    "counted as",
    "Other targets",
    "People file",
    "Who are you",
)
"""In the order in which they are asked."""


@contextmanager
def wizard(target: Path, *words: object) -> Iterator[Terminal]:
    """The wizard for this file, on a terminal."""
    with terminal(sys.executable, "-m", "floorwatch", "config", "init", str(target), *map(str, words)) as screen:
        yield screen


def seen(screen: Terminal, words: str, mark: int = 0) -> int:
    """Wait until this is drawn behind the mark; the mark of what comes right behind it."""
    screen.until(words, mark)
    return screen.drawn.index(words.encode(), mark) + len(words.encode())


def asked(screen: Terminal, question: str, mark: int = 0) -> int:
    """Wait for the question, to its end, behind the mark; the mark of what comes behind it."""
    return seen(screen, ": ", seen(screen, question, mark))


def left(screen: Terminal, key: str) -> int:
    """The exit status of whoever is left by this key. A signal that comes between a prompt and CPython's wait for a key
    is seen at the next key only: it is pressed until it is, and not while a busy machine still leaves."""
    for _attempt in range(7):
        screen.type(key)
        try:
            return screen.process.wait(3.0)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("in vain: the key that leaves")


def answer(screen: Terminal, upto: str = "opens the floor", **typed: str) -> int:
    """Press Enter at every question before `upto`, or what is given for it by a word of the question."""
    mark = 0
    for question in QUESTIONS:
        mark = asked(screen, question, mark)
        if question == upto:
            return mark
        words = next((words for key, words in typed.items() if key in question.replace(" ", "_")), "")
        screen.type(words + ENTER)
    return asked(screen, upto, mark)


@pytest.fixture
def target(folder: Path) -> Path:
    """Where the configuration is to be, in a folder that is not there."""
    return folder / "new" / "floor.toml"


def test_enter_at_every_question_ends_on_a_living_floor(target: Path, todays_log: Path) -> None:
    with wizard(target, "--feed", todays_log) as screen:
        mark = answer(screen)
        screen.type(ENTER)
        seen(screen, "Needs you", mark)
        screen.type("q")
        assert screen.ended() == 0
    config = tomllib.loads(target.read_text("utf-8"))

    assert config["feeds"] == {"main": {"path": str(todays_log)}}
    assert config["service"] == {"seconds": 20, "share": 0.8, "definition": "short-out"}
    assert config["people"] == {"file": "people.csv"}
    assert "me" not in config["floor"], "others may share the file"
    assert [file.stat().st_mode & 0o777 for file in target.parent.iterdir()] == [0o600, 0o600]


def test_what_is_typed_is_what_is_written_and_is_in_order(target: Path, todays_log: Path, floorwatch: Run) -> None:
    with wizard(target, "--feed", todays_log) as screen:
        answer(
            screen, stand_first="sales", Titles="support=客服", Name="North 北", Time_zone="Asia/Shanghai",
            day_starts="6", seconds="15", Share="90%", Other="2=10/95", People="-", Who="王芳",
        )  # fmt: skip
        screen.type("n" + ENTER)
        assert screen.ended() == 0
    config = tomllib.loads(target.read_text("utf-8"))

    assert config["floor"] == {
        "name": "North 北", "zone": "Asia/Shanghai", "day_starts": "06:00", "language": "en", "me": "王芳",
    }  # fmt: skip
    assert config["service"]["seconds"] == 15
    assert config["queues"]["sales"] == {"order": 10, "seconds": 10, "share": 0.95}
    assert config["queues"]["support"] == {"title": "客服"}
    assert "people" not in config
    assert floorwatch("--config", target, "config", "check").out == f"{target}: all is well\n"


def test_what_was_found_is_shown_before_it_is_asked_about(target: Path, log: Path) -> None:
    with wizard(target, "--feed", log) as screen:
        answer(screen, upto="stand first")
        said = screen.drawn.decode()

    assert f"1  {log}  Asterisk queue log, 8 lines, 2026-11-21 10:00 to 2026-11-21 11:00" in said
    assert "1 agent, and these queues:" in said
    assert "1  support            2" in said


def test_wrong_answers_are_said_and_asked_again_and_a_question_mark_explains(target: Path, log: Path) -> None:
    with wizard(target, "--feed", log) as screen:
        mark = answer(screen, upto="Time zone")
        screen.type("？" + ENTER)
        mark = seen(screen, "An IANA name", mark)
        screen.type("Mars" + ENTER)
        mark = seen(screen, "! there is no time zone Mars", mark)
        screen.type(ENTER)
        seen(screen, "business day starts", mark)


@pytest.mark.parametrize("path", ["queue_log.1st", "notes.txt"])
def test_a_path_that_is_no_log_is_said_and_asked_for_again(target: Path, log: Path, folder: Path, path: str) -> None:
    (folder / "notes.txt").write_text("dear diary\n")
    with wizard(target, "--feed", log) as screen:
        mark = answer(screen, upto="Where is the queue log")
        screen.type(f"{folder / path}{ENTER}")
        mark = seen(screen, "  ! ", mark)
        if path != "notes.txt":
            mark = seen(screen, "Take it all the same", mark)
            screen.type(ENTER)
        seen(screen, "Where is the queue log", mark)


def test_a_log_that_is_not_there_yet_is_waited_for(target: Path, folder: Path) -> None:
    with wizard(target, "--feed", folder / "later" / "queue_log") as screen:
        mark = answer(screen, upto="Where is the queue log")
        screen.type(ENTER)
        mark = seen(screen, "Take it all the same", mark)
        screen.type("y" + ENTER)
        for question in ("Another feed", *QUESTIONS[5:11], *QUESTIONS[12:]):
            mark = asked(screen, question, mark)
            screen.type(ENTER)
        asked(screen, "opens the floor", mark)
        screen.type("n" + ENTER)
        assert screen.ended() == 0

    assert tomllib.loads(target.read_text("utf-8"))["feeds"]["main"]["format"] == "asterisk-queue-log"


def test_a_roster_beside_it_is_recognised_and_becomes_a_feed(target: Path, log: Path, folder: Path) -> None:
    roster = folder / "roster.csv"
    roster.write_text("date,employee,name,start,end\n2026-11-21,4001,Ann,09:00,18:00\n")
    with wizard(target, "--feed", log) as screen:
        mark = answer(screen, upto="Another feed")
        screen.type(f"{roster}{ENTER}")
        mark = seen(screen, "1 rows, 1 people, 0 refused", mark)
        mark = seen(screen, "Another feed", mark)
        screen.type(ENTER)
        for question in QUESTIONS[3:]:
            mark = asked(screen, question, mark)
            screen.type(ENTER)
        asked(screen, "opens the floor", mark)
        screen.type("n" + ENTER)
        assert screen.ended() == 0

    assert tomllib.loads(target.read_text("utf-8"))["feeds"]["roster"] == {"path": str(roster)}


@pytest.mark.parametrize("question", ["Language", "Where is the queue log", "Share of calls", "Who are you"])
@pytest.mark.parametrize(("key", "status"), [(CTRL_C, 128 + signal.SIGINT), (CTRL_D, 1)])
def test_whoever_leaves_on_the_way_leaves_nothing_behind(
    target: Path, log: Path, question: str, key: str, status: int
) -> None:
    with wizard(target, "--feed", log) as screen:
        answer(screen, upto=question)
        assert left(screen, key) == status

    assert not target.parent.exists()


def test_a_dropped_line_leaves_nothing_behind(target: Path, log: Path) -> None:
    with wizard(target, "--feed", log) as screen:
        answer(screen, upto="Who are you")
        screen.hang_up()
        assert screen.ended() in (1, 128 + signal.SIGHUP)

    assert not target.parent.exists()


def test_a_file_that_is_there_is_left_alone_unless_somebody_says_so(folder: Path, log: Path) -> None:
    dear = folder / "floor.toml"
    dear.write_text("# dear to somebody\n")
    with wizard(dear, "--feed", log) as screen:
        mark = seen(screen, "Language")
        screen.type(ENTER)
        seen(screen, "is there already", mark)
        screen.type(ENTER)
        assert screen.ended() == 1

    assert dear.read_text() == "# dear to somebody\n"
    assert sorted(file.name for file in folder.iterdir()) == ["floor.toml", "queue_log"]


def test_a_file_that_is_written_over_is_kept_beside_the_new_one(folder: Path, log: Path) -> None:
    dear = folder / "floor.toml"
    dear.write_text("# dear to somebody\n")
    with wizard(dear, "--feed", log) as screen:
        mark = seen(screen, "Language")
        screen.type(ENTER)
        mark = seen(screen, "is there already", mark)
        screen.type("y" + ENTER)
        for question in QUESTIONS[1:]:
            mark = asked(screen, question, mark)
            screen.type(ENTER)
        asked(screen, "opens the floor", mark)
        screen.type("n" + ENTER)
        assert screen.ended() == 0

    assert (folder / "floor.toml.1").read_text() == "# dear to somebody\n"
    assert "feeds" in tomllib.loads(dear.read_text("utf-8"))


def test_with_yes_nothing_is_asked_on_a_terminal_either(target: Path, log: Path) -> None:
    with wizard(target, "--feed", log, "--yes") as screen:
        seen(screen, "written")
        assert screen.ended() == 0

    assert tomllib.loads(target.read_text("utf-8")) == {"feeds": {"main": {"path": str(log)}}}


def test_calls_at_night_are_asked_about(target: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Etc/GMT+12")  # where ten in the morning, UTC, is 22:00; the calls come from 23:00 on
    text = "".join(f"{TEN + 3600 + 60 * n}|c{n}|support|NONE|ENTERQUEUE||555000|1\n" for n in range(30))
    log = folder / "queue_log"
    log.write_text(text)
    with wizard(target, "--feed", log) as screen:
        mark = answer(screen, upto="Time zone")
        screen.type(ENTER)
        mark = seen(screen, "of the calls came between 23:00 and 06:00", mark)
        screen.type(f"Europe/Berlin{ENTER}")
        seen(screen, "business day starts", mark)


def test_several_logs_that_are_found_stand_in_a_list(target: Path, folder: Path) -> None:
    write_log(folder / "queue_log")
    write_log(folder / "north_queue_log")
    with wizard(target, "--feed", folder) as screen:
        seen(screen, "Language")
        screen.type(ENTER)
        seen(screen, f"1  {folder}  Asterisk queue log")
