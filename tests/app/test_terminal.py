"""Asking the terminal how wide it draws."""

import os
from collections.abc import Iterator

import pytest

from floorwatch.app.terminal import Question

pty = pytest.importorskip("pty")


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal line: the person's, the program's."""
    person, program = pty.openpty()
    yield person, program
    os.close(person)
    os.close(program)


@pytest.mark.parametrize(("answer", "wide"), [(b"\x1b[5;2R", False), (b"\x1b[5;3R", True), (b"x\x1b[12;3R", True)])
def test_the_terminals_answer_decides(line: tuple[int, int], answer: bytes, wide: bool) -> None:
    person, program = line
    os.write(person, answer)
    assert Question(program, program).hear() is wide


def test_a_terminal_that_does_not_answer_draws_narrow(line: tuple[int, int]) -> None:
    assert Question(line[1], line[1]).hear(0.0) is False


def test_the_line_is_left_as_it_was(line: tuple[int, int]) -> None:
    import termios

    before = termios.tcgetattr(line[1])
    Question(line[1], line[1]).hear(0.0)
    assert termios.tcgetattr(line[1]) == before


def test_a_pipe_is_no_terminal() -> None:
    read, write = os.pipe()
    assert Question(read, write).hear() is False
    os.close(read)
    os.close(write)
