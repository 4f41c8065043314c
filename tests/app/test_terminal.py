"""Asking the terminal how wide it draws."""

import os
from collections.abc import Iterator

import pytest

from floorwatch.app.terminal import Drawing, Question, patience_in

pty = pytest.importorskip("pty")


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal line: the person's, the program's."""
    person, program = pty.openpty()
    yield person, program
    os.close(person)
    os.close(program)


@pytest.mark.parametrize(
    ("answer", "drawing"),
    [
        (b"\x1b[5;5R\x1b[5;2R", Drawing()),
        (b"\x1b[5;5R\x1b[5;3R", Drawing(wide=True)),
        (b"x\x1b[12;5Ry\x1b[12;3R", Drawing(wide=True)),
        (b"\x1b[5;7R\x1b[5;4R", Drawing(wide=True, utf8=False)),
        (b"\x1b[5;7R", Drawing(utf8=False)),
        (b"\x1b[5;2R", Drawing()),
        (b"\x1b[5;", Drawing()),
        (b"\x1b[A" * 40, Drawing()),
    ],
)
def test_the_terminal_s_answer_decides(line: tuple[int, int], answer: bytes, drawing: Drawing) -> None:
    person, program = line
    os.write(person, answer)
    assert Question(program, program).hear() == drawing


def test_a_terminal_that_does_not_answer_is_one_of_today(line: tuple[int, int]) -> None:
    assert Question(line[1], line[1]).hear(0.0) == Drawing()


def test_over_ssh_an_answer_is_waited_for_longer() -> None:
    assert patience_in({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}) > patience_in({})


def test_the_line_is_left_as_it_was(line: tuple[int, int]) -> None:
    import termios

    before = termios.tcgetattr(line[1])
    Question(line[1], line[1]).hear(0.0)
    assert termios.tcgetattr(line[1]) == before


def test_a_pipe_is_no_terminal() -> None:
    read, write = os.pipe()
    assert Question(read, write).hear() == Drawing()
    os.close(read)
    os.close(write)
