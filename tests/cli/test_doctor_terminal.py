"""What `floorwatch doctor` says of terminals: by their environment, by their answers, and on a real one."""

import re
import sys
from pathlib import Path

import pytest

from floorwatch.app.terminal import Drawing
from floorwatch.cli.doctor_terminal import (
    colours_found,
    copy_found,
    drawing_found,
    inside_found,
    size_found,
    words_found,
)
from floorwatch.engine.diagnosis import Check
from tests.app.terminals import terminal
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("size", "level"), [((39, 20), "look"), ((40, 19), "look"), ((40, 20), "ok"), ((200, 60), "ok")]
)
def test_a_terminal_that_is_too_small_is_told(size: tuple[int, int], level: str) -> None:
    assert size_found(*size).level == level


@pytest.mark.parametrize(
    ("environment", "encoding", "level"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "utf-8", "ok"),
        ({"LC_ALL": "zh_CN.GBK", "LANG": "zh_CN.UTF-8"}, "gbk", "wrong"),
        ({"LANG": "de_DE.ISO-8859-1"}, "utf-8", "wrong"),
        ({"LANG": "C.UTF-8"}, "latin-1", "wrong"),
        ({}, "utf-8", "look"),
        ({"LANG": "C"}, "utf-8", "look"),
    ],
)
def test_a_locale_that_is_not_utf_8_is_wrong(environment: dict[str, str], encoding: str, level: str) -> None:
    assert words_found(environment, encoding).level == level


def test_a_terminal_that_draws_bytes_is_wrong_whatever_the_locale_says() -> None:
    assert [each.level for each in drawing_found(Drawing(utf8=False))] == ["wrong", "ok"]
    assert [each.level for each in drawing_found(Drawing(wide=True))] == ["look"]


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"NO_COLOR": "", "COLORTERM": "truecolor"}, "none, as NO_COLOR is set"),
        ({"COLORTERM": "24bit"}, "true colour"),
        ({"TERM": "screen-256color"}, "256; "),
        ({"TERM": "xterm"}, "16; "),
    ],
)
def test_the_number_of_colours_is_said_and_any_is_enough(environment: dict[str, str], says: str) -> None:
    finding = colours_found(environment)

    assert finding.level == "ok"
    assert finding.says.startswith(says)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"TMUX": "/tmp/tmux"}, ["inside tmux, which keeps things from the terminal unless told"]),
        ({"STY": "1.pts"}, ["inside screen, which has 256 colours at most"]),
        ({"TERM": "xterm"}, []),
    ],
)
def test_what_stands_between_is_named_with_what_to_set(environment: dict[str, str], said: list[str]) -> None:
    assert [each.says for each in inside_found(environment)] == said


def test_a_terminal_that_is_known_not_to_copy_is_told() -> None:
    assert copy_found({"TERM_PROGRAM": "Apple_Terminal"}).level == "look"
    assert copy_found({"TERM": "xterm-kitty"}).level == "ok"


def test_in_a_pipe_it_says_that_there_is_no_terminal(floorwatch: Run) -> None:
    ran = floorwatch("doctor", "--json", "--journal", "memory:")
    (screen,) = [each for each in ran.json if each["check"] == Check.TERMINAL_SCREEN]

    assert screen["level"] == "look"
    assert Check.TERMINAL_SIZE not in {each["check"] for each in ran.json}


@pytest.mark.parametrize("columns", [40, 120])
def test_on_a_terminal_no_line_is_longer_than_it_unless_it_is_one_word(
    columns: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with terminal(sys.executable, "-m", "floorwatch", "doctor", "--journal", "memory:", size=(columns, 30)) as screen:
        screen.until("wrong\r\n")
        screen.ended()
    text = re.sub(r"\r|中中|─|\x1b\[[\d;]*\w", "", screen.drawn.decode())  # what it asked the terminal with

    assert f"{columns} columns, 30 rows" in " ".join(text.split())
    assert [each for each in text.splitlines() if len(each) > columns and " " in each.strip()] == []
