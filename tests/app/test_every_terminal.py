"""Terminals that differ, each on a pty of its own: wide and silent and late ones, of few colours, of any size."""

import re
import signal
import sys

import pytest

from floorwatch.app.terminal import PROBE
from tests.app.grid import Grid
from tests.app.terminals import Terminal, terminal

FLOOR = (sys.executable, "-m", "tests.app.stirred_floor", "--still")
ASKED = PROBE.encode()
NARROW, WIDE, BYTES = b"\x1b[9;5R\x1b[9;2R", b"\x1b[9;5R\x1b[9;3R", b"\x1b[9;7R\x1b[9;2R"
BLOCKS = "╭─╮│╰╯▸▾▁▂▃▄▅▆▇█"
LEAVE = "\x11"


def shown(screen: Terminal, size: tuple[int, int], since: int = 0) -> Grid:
    """What the terminal shows of what was drawn behind this mark."""
    return Grid(*size).feed(screen.drawn[since:])


@pytest.mark.parametrize(("answer", "is_ascii"), [(NARROW, False), (WIDE, True)])
def test_the_terminal_s_own_answer_chooses_the_alphabet(answer: bytes, is_ascii: bool) -> None:
    with terminal(*FLOOR, answers={ASKED: answer}) as screen:
        screen.until("Agents")
        screen.until("leave")
        text = shown(screen, (120, 36)).text
        assert (not set(text) & set(BLOCKS)) is is_ascii
        assert "王芳" in text
        screen.type(LEAVE)
        assert screen.ended() == 0


def test_one_that_does_not_answer_has_borders() -> None:
    with terminal(*FLOOR) as screen:
        screen.until("Agents")
        screen.until("leave")
        assert "╭" in shown(screen, (120, 36)).text


@pytest.mark.parametrize("answer", [WIDE, b"\x1b[1;2R\x1b[1;2R"])
def test_an_answer_that_comes_too_late_presses_no_key(answer: bytes) -> None:
    with terminal(*FLOOR) as screen:
        mark = screen.until("leave")
        screen.type(answer.decode())
        screen.type("w")
        mark = screen.until("1 praise", mark)
        screen.type("2")
        mark = screen.until("2 of 4", mark)
        screen.type(f"\tx{answer.decode()}y")
        screen.until("xy", mark)


def test_one_that_draws_bytes_is_told_what_to_do_and_nothing_is_drawn() -> None:
    command = (sys.executable, "-m", "floorwatch", "--no-plugins", "demo")
    with terminal(*command, answers={ASKED: BYTES}, env={"LC_ALL": "C.UTF-8"}) as screen:
        screen.until("export LC_ALL=C.UTF-8")
        assert screen.ended() == 1
        assert b"\x1b[?1049h" not in screen.drawn
        assert b"Traceback" not in screen.drawn


@pytest.mark.parametrize(
    ("env", "codes", "never"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, rb"[34]8;2;", b"$^"),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, rb"[34]8;5;", rb"[34]8;2;"),
        ({"TERM": "xterm", "COLORTERM": ""}, rb"\x1b\[(?:\d+;)*(?:3|4|9|10)[0-7]", rb"[34]8;[25];"),
        ({"TERM": "screen", "COLORTERM": ""}, rb"\x1b\[(?:\d+;)*(?:3|4|9|10)[0-7]", rb"[34]8;[25];"),
        ({"TERM": "linux", "COLORTERM": ""}, rb"\x1b\[(?:\d+;)*(?:3|4|9|10)[0-7]", rb"[34]8;[25];"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, rb"\x1b\[1;", rb"[34]8;[25];"),
    ],
    ids=["truecolor", "256", "xterm", "screen", "linux", "NO_COLOR"],
)
def test_each_terminal_gets_the_colours_it_has(env: dict[str, str], codes: bytes, never: bytes) -> None:
    with terminal(*FLOOR, env=env) as screen:
        screen.until("Agents")
        screen.until("leave")
        mark = "an alarm carries its mark whatever the colours"
        screen.when(lambda: re.search(r"\d:\d\d!", shown(screen, (120, 36)).text) is not None, mark)
        assert re.search(codes, screen.drawn)
        assert not re.search(never, screen.drawn)


SIZES = [(80, 24), (1, 1), (200, 60), (40, 20), (2, 50), (119, 3), (1, 1)]
SIZE, OTHER = (120, 36), (120, 30)
FRAMES, HAS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
BEGIN_FRAME, END_FRAME = b"\x1b[?2026h", b"\x1b[?2026l"


def picture(screen: Terminal, since: int, size: tuple[int, int] = SIZE) -> list[str]:
    """The lines after the last whole frame, without blocks: Textual makes the bar beside its palette of them, and keeps
    one that was needed once."""
    frames = screen.drawn[since:]
    whole = frames[frames.find(BEGIN_FRAME) : frames.rfind(END_FRAME)]
    return [re.sub("[▁-█]", " ", line) for line in Grid(*size).feed(whole).lines]


def followed(screen: Terminal, size: tuple[int, int]) -> int:
    """Let it have this size until every line is drawn; the mark behind which they are."""
    mark = len(screen.drawn)
    screen.resize(*size)
    screen.when(lambda: all(picture(screen, mark, size)), f"every line at {size}")
    return mark


def drawn_anew(screen: Terminal) -> int:
    """Let all of it be drawn anew at `SIZE`; the mark behind which it is. Between two sizes the process must be seen to
    follow: the system tells it of the last one only."""
    followed(screen, OTHER)
    return followed(screen, SIZE)


@pytest.mark.parametrize("keys", ["", "m"])
def test_a_size_that_is_told_twice_is_drawn_twice(keys: str) -> None:
    with terminal(*FLOOR, "--replay", size=SIZE, answers={FRAMES: HAS_FRAMES}) as screen:
        screen.until("keys")
        screen.type(keys)
        screen.read_until_quiet()
        quiet = picture(screen, 0)
        mark = len(screen.drawn)
        # The terminal was narrow for a moment and has lost the right half of its lines.
        screen.process.send_signal(signal.SIGWINCH)
        screen.when(lambda: picture(screen, mark) == quiet, "all of it again")


def test_sizes_that_change_again_and_again_leave_the_picture_of_a_quiet_terminal() -> None:
    above = {"m": "1 Open", "w": "1 praise", "Y": "1 Copy as text", "\x10": "What do you want", "\x1bOP": "Anywhere"}
    floor = (*FLOOR, "--replay")  # whose time stands still, as a picture does
    with terminal(*floor, size=SIZE, answers={FRAMES: HAS_FRAMES}) as screen:
        screen.until("keys")
        for keys, words in {"": "Needs you", "\r": "back", **above}.items():
            screen.type(keys)
            mark = drawn_anew(screen)
            screen.when(lambda: words in "".join(picture(screen, mark)), words)  # noqa: B023  # called in this round
            screen.read_until_quiet()
            quiet = picture(screen, mark)
            for each in SIZES * 3:
                screen.resize(*each)
            mark = drawn_anew(screen)
            screen.when(lambda: picture(screen, mark) == quiet, "\n".join(quiet))  # noqa: B023  # the same
            if keys:  # esc and a letter at once would be alt and the letter
                screen.type("\x1b")
                screen.when(lambda: words not in "".join(picture(screen, mark)), f"no {words}")  # noqa: B023  # the same
        screen.type(LEAVE)
        assert screen.ended() == 0
        assert b"Traceback" not in screen.drawn
