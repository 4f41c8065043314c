"""A line that drops, a kill, an end: what was half typed is there again at the next start. Real processes and ptys."""

import signal
import sys
from itertools import cycle
from pathlib import Path

import pytest

from tests.app.terminals import Terminal, terminal


def command(folder: Path) -> tuple[str, ...]:
    """The fake floor, keeping its drafts there."""
    return sys.executable, "-m", "tests.app.stirred_floor", "--still", "--drafts", str(folder)


def half_typed(screen: Terminal) -> None:
    """Open the walk note and type half a sentence into it."""
    screen.until("Needs you")
    screen.type("w")
    mark = screen.until("1 praise")
    screen.type("2")
    mark = screen.until("2 of 4", mark)
    screen.type("\t")
    mark = screen.until("3 of 4", mark)
    screen.type("half a 退税")
    screen.until("half a 退税", mark)


def test_after_a_dropped_line_half_a_note_is_there_again(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    with terminal(*command(folder)) as first:
        half_typed(first)
        first.hang_up()
        assert first.ended() == 128 + signal.SIGHUP
    with terminal(*command(folder)) as second:
        mark = second.until("Not sent: Walk note - support - ctrl+p, Unsent")
        second.type("w")
        second.until("half a 退税", mark)
        second.type("\x11")  # ctrl+q
        assert second.ended() == 0
    assert len(list(folder.glob("*.json"))) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_the_system_ends_leaves_its_drafts_and_a_whole_terminal(tmp_path: Path, number: signal.Signals) -> None:
    with terminal(*command(tmp_path)) as screen:
        half_typed(screen)
        screen.process.send_signal(number)
        assert screen.ended() == 128 + number
        assert b"\x1b[?1049l" in screen.drawn, "the other screen is left"
    assert "half a" in (tmp_path / "1.json").read_text("ascii")


def test_what_is_killed_leaves_what_was_typed_two_seconds_before(tmp_path: Path) -> None:
    with terminal(*command(tmp_path)) as screen:
        half_typed(screen)
        mark, letters = len(screen.drawn), cycle("xy")
        while not (tmp_path / "1.json").exists():
            letter = next(letters)
            screen.type(letter)
            mark = screen.until(letter, mark)
        screen.process.kill()
        screen.ended()
    with terminal(*command(tmp_path)) as again:
        again.until("Not sent: Walk note")
