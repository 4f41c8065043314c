"""What `floorwatch doctor` finds about the terminal: whether it is one, its size, words, colours and widths, what it
runs inside of, and whether what is copied reaches the person.

Rules
- The terminal is asked only where there is one on both sides; what it answers is heard within a blink.
- What no terminal tells of itself (whether it copies) is said as what is known of terminals of its kind.
"""

import os
import sys
from collections.abc import Iterator, Mapping

from floorwatch.app.multiplexer import Multiplexer, multiplexer_in
from floorwatch.app.terminal import Drawing, Question
from floorwatch.cli.failing import WorkError
from floorwatch.cli.terminal import LOCALES, WITHOUT_CURSOR, check_terminal
from floorwatch.engine.diagnosis import Check, Finding, fine, look, wrong
from floorwatch.text import inert
from floorwatch.words import _

SMALLEST = (40, 20)
SIDE_BY_SIDE = (80, 24)
_ANSWER_SECONDS = 0.5  # over a slow line, and nobody waits for the first paint here
_TRUE_COLOUR = ("truecolor", "24bit")


def terminal_found(env: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Everything about the terminal of this process."""
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    yield _screen(env, is_terminal=is_terminal)
    if is_terminal:
        size = os.get_terminal_size(sys.stdout.fileno())
        yield size_found(size.columns, size.lines)
    yield words_found(env, sys.stdout.encoding)
    yield colours_found(env)
    if is_terminal:
        yield from drawing_found(Question().hear(_ANSWER_SECONDS))
        yield from inside_found(env)
        yield copy_found(env)


def size_found(columns: int, rows: int) -> Finding:
    """Whether the floor fits on so many columns and rows."""
    said = _("{columns} columns, {rows} rows").format(columns=columns, rows=rows)
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        do = _("make it larger, or its letters smaller: 40 by 20 is the least, 120 by 36 shows the floor at once")
        return look(Check.TERMINAL_SIZE, said, do)
    if columns < SIDE_BY_SIDE[0] or rows < SIDE_BY_SIDE[1]:
        said = _("{size}: one panel at a time, tab goes on").format(size=said)
    return fine(Check.TERMINAL_SIZE, said)


def words_found(env: Mapping[str, str], encoding: str) -> Finding:
    """Whether the terminal is taken to speak UTF-8."""
    try:
        check_terminal({**env, "TERM": ""}, encoding)
    except WorkError as error:
        return wrong(Check.TERMINAL_WORDS, _("not UTF-8: no floor is opened here"), inert(str(error)))
    name = next((env[each] for each in LOCALES if env.get(each)), "")
    if name in ("", "C", "POSIX"):
        says = _("UTF-8, though no locale says so")
        return look(Check.TERMINAL_WORDS, says, _("export LANG=C.UTF-8 (or zh_CN.UTF-8, for Chinese)"))
    return fine(Check.TERMINAL_WORDS, _("UTF-8 ({name})").format(name=inert(name)))


def colours_found(env: Mapping[str, str]) -> Finding:
    """How many colours floorwatch will draw with. Any number is enough: no colour stands alone."""
    if "NO_COLOR" in env:
        return fine(Check.TERMINAL_COLOURS, _("none, as NO_COLOR is set"))
    if env.get("COLORTERM", "").lower() in _TRUE_COLOUR:
        return fine(Check.TERMINAL_COLOURS, _("true colour"))
    if "256" in env.get("TERM", ""):
        said = _("256; where the terminal has more, export COLORTERM=truecolor")
        return fine(Check.TERMINAL_COLOURS, said)
    return fine(Check.TERMINAL_COLOURS, _("16; where the terminal has more, export TERM=xterm-256color"))


def drawing_found(drawing: Drawing) -> Iterator[Finding]:
    """What the terminal said of how it draws."""
    if not drawing.utf8:
        says = _("the terminal draws the bytes of UTF-8 one by one: no name could be read")
        yield wrong(Check.TERMINAL_WORDS, says, _("set the terminal itself to UTF-8 (PuTTY: Window, Translation)"))
    if drawing.wide:
        says = _("characters of ambiguous width are two cells wide: the floor is drawn without blocks and borders")
        do = _("nothing; or set the terminal to narrow ambiguous characters, for finer drawings")
        yield look(Check.TERMINAL_WIDTHS, says, do)
    else:
        yield fine(Check.TERMINAL_WIDTHS, _("characters of ambiguous width are one cell wide"))


def inside_found(env: Mapping[str, str]) -> Iterator[Finding]:
    """What stands between floorwatch and the terminal."""
    match multiplexer_in(env):
        case Multiplexer.TMUX:
            do = _(
                "in tmux.conf: set -g default-terminal tmux-256color, set -s escape-time 10, set -s set-clipboard on,"
                " set -g allow-passthrough on"
            )
            yield look(Check.TERMINAL_INSIDE, _("inside tmux, which keeps things from the terminal unless told"), do)
        case Multiplexer.SCREEN | Multiplexer.PERHAPS:
            says = _("inside screen, which has 256 colours at most")
            yield look(Check.TERMINAL_INSIDE, says, _("nothing, if that is enough; else use tmux"))
        case Multiplexer.NONE:
            pass
    if env.get("SSH_CONNECTION"):
        said = _("over SSH: where the line drops, half a note is kept; in tmux the floor stays open, too")
        yield fine(Check.TERMINAL_INSIDE, said)


def copy_found(env: Mapping[str, str]) -> Finding:
    """Whether `y` can be expected to reach the clipboard, by OSC 52."""
    if env.get("TERM_PROGRAM") == "Apple_Terminal":
        says = _("Terminal.app does not take what is copied by y (OSC 52)")
        return look(Check.TERMINAL_COPY, says, _("use another terminal where y is wanted, or mark with the mouse"))
    said = _("y copies by OSC 52; where nothing arrives, allow it in the terminal's settings, or mark with the mouse")
    return fine(Check.TERMINAL_COPY, said)


def _screen(env: Mapping[str, str], *, is_terminal: bool) -> Finding:
    kind = env.get("TERM", "")
    if not is_terminal:
        says = _("this is not a terminal: a floor is not shown here, only printed (state, report)")
        return look(Check.TERMINAL_SCREEN, says, _("ask from the terminal in which the floor is to be seen"))
    if kind in WITHOUT_CURSOR:
        says = _("TERM is {kind}: such a terminal cannot draw a floor").format(kind=inert(kind))
        return wrong(Check.TERMINAL_SCREEN, says, _("export TERM=xterm-256color, where the terminal is like that"))
    if not kind:
        says = _("TERM is not set: nothing is known of the terminal")
        return look(Check.TERMINAL_SCREEN, says, _("export TERM=xterm-256color, where the terminal is like that"))
    program = env.get("TERM_PROGRAM", "")
    named = f"{kind}, {program}" if program else kind
    return fine(Check.TERMINAL_SCREEN, inert(named))
