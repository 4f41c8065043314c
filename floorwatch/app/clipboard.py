"""The terminal's clipboard (OSC 52): it works over SSH, and only where the terminal allows it.

Rules
- Nobody answers: whether it arrived, the person sees when they paste.
- Terminals drop what is longer than `MOST_BYTES`, without a word: it is not sent.
"""

from base64 import b64encode

from floorwatch.app.multiplexer import Multiplexer, handed_on

MOST_BYTES = 74_000
"""Of text; 100,000 characters once encoded, at which the strictest terminals stop."""


def fits_clipboard(text: str) -> bool:
    """Whether the terminal would take it."""
    return len(text.encode("utf-8", "replace")) <= MOST_BYTES


def clipboard_sequence(text: str, through: Multiplexer) -> str:
    """What to write to the terminal so that it puts the text on its clipboard."""
    encoded = b64encode(text.encode("utf-8", "replace")).decode("ascii")
    return handed_on(f"\x1b]52;c;{encoded}\x07", through, tmux_knows=True)
