"""What stands between us and the terminal, and how a sequence for the terminal comes through it.

Rules
- tmux (with `allow-passthrough on`) and GNU screen hand on what is wrapped for them, and swallow the rest.
- screen cuts a wrapped string at 256 bytes in its oldest versions: longer ones go in pieces of `PIECE` characters.
- A `TERM` of screen without a word from screen itself may be the far end of an SSH line out of either: what is sent
  bare and wrapped arrives once, as each throws away the form that it does not know.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

ESCAPE, END = "\x1b", "\x1b\\"
PIECE = 60


class Multiplexer(StrEnum):
    """Who hands on what we write; `PERHAPS` is screen or tmux on another machine."""

    NONE = "none"
    TMUX = "tmux"
    SCREEN = "screen"
    PERHAPS = "perhaps"


def multiplexer_in(env: Mapping[str, str]) -> Multiplexer:
    """What we run in, by its environment."""
    if env.get("TMUX"):
        return Multiplexer.TMUX
    if env.get("STY"):
        return Multiplexer.SCREEN
    return Multiplexer.PERHAPS if env.get("TERM", "").startswith("screen") else Multiplexer.NONE


def for_tmux(sequence: str) -> str:
    """The sequence, which tmux hands on as it is."""
    return f"{ESCAPE}Ptmux;{sequence.replace(ESCAPE, ESCAPE * 2)}{END}"


def for_screen(sequence: str) -> str:
    """The sequence, which screen hands on as it is. It must not hold the end of a string, `ESC \\`."""
    return "".join(f"{ESCAPE}P{piece}{END}" for piece in _pieces(sequence))


def _pieces(sequence: str) -> Iterator[str]:
    return (sequence[at : at + PIECE] for at in range(0, len(sequence), PIECE))


def handed_on(sequence: str, through: Multiplexer, *, tmux_knows: bool) -> str:
    """The sequence so that it reaches the terminal; `tmux_knows` it: tmux acts on it itself and hands it on."""
    match through:
        case Multiplexer.NONE:
            return sequence
        case Multiplexer.TMUX:
            return sequence if tmux_knows else for_tmux(sequence)
        case Multiplexer.SCREEN:
            return for_screen(sequence)
        case Multiplexer.PERHAPS:
            return sequence + for_screen(sequence)
