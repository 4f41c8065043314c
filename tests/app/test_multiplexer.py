"""What reaches the terminal through tmux and screen, and what the terminal's clipboard takes."""

import re
from base64 import b64decode

import pytest

from floorwatch.app.clipboard import MOST_BYTES, clipboard_sequence, fits_clipboard
from floorwatch.app.multiplexer import PIECE, Multiplexer, handed_on, multiplexer_in

OSC = "\x1b]9;hello\x07"


@pytest.mark.parametrize(
    ("env", "found"),
    [
        ({"TERM": "xterm-256color"}, Multiplexer.NONE),
        ({}, Multiplexer.NONE),
        ({"TERM": "screen-256color", "TMUX": "/tmp/x,1,0"}, Multiplexer.TMUX),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"}, Multiplexer.TMUX),
        ({"TERM": "screen.xterm-256color", "STY": "1.pts"}, Multiplexer.SCREEN),
        ({"TERM": "screen"}, Multiplexer.PERHAPS),
    ],
)
def test_the_environment_says_what_stands_in_between(env: dict[str, str], found: Multiplexer) -> None:
    assert multiplexer_in(env) is found


def unwrapped_by_screen(written: str) -> str:
    """What GNU screen hands on: the insides of the strings for the terminal."""
    return "".join(re.findall(r"\x1bP(.*?)\x1b\\", written, re.DOTALL))


def test_a_terminal_of_its_own_gets_the_sequence_bare() -> None:
    assert handed_on(OSC, Multiplexer.NONE, tmux_knows=False) == OSC


def test_tmux_gets_what_it_does_not_know_wrapped_and_what_it_knows_bare() -> None:
    assert handed_on(OSC, Multiplexer.TMUX, tmux_knows=False) == "\x1bPtmux;\x1b\x1b]9;hello\x07\x1b\\"
    assert handed_on(OSC, Multiplexer.TMUX, tmux_knows=True) == OSC


def test_screen_gets_pieces_that_its_oldest_versions_take() -> None:
    text = "王芳 " * 200
    written = clipboard_sequence(text, Multiplexer.SCREEN)
    assert max(map(len, re.findall(r"\x1bP.*?\x1b\\", written, re.DOTALL))) <= PIECE + 4
    sequence = unwrapped_by_screen(written)
    assert sequence.startswith("\x1b]52;c;")
    assert b64decode(sequence[len("\x1b]52;c;") : -1]).decode() == text


def test_where_it_is_not_known_both_forms_are_sent() -> None:
    written = handed_on(OSC, Multiplexer.PERHAPS, tmux_knows=False)
    assert written.startswith(OSC)
    assert unwrapped_by_screen(written.removeprefix(OSC)) == OSC


def test_what_terminals_drop_is_not_taken_for_copied() -> None:
    assert fits_clipboard("x" * MOST_BYTES)
    assert not fits_clipboard("x" * MOST_BYTES + "x")
    assert not fits_clipboard("王" * (MOST_BYTES // 3 + 1))
    assert len(clipboard_sequence("x" * MOST_BYTES, Multiplexer.NONE)) < 100_000
