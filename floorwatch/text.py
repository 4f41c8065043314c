"""The one place where text from a feed is made inert before it reaches a screen, an export or a log.

Rules
- Control characters (C0, C1, DEL), line and paragraph separators, bidirectional overrides and isolates, zero-width and
  tag characters and lone surrogates never pass: each run becomes one U+FFFD, except that a tab becomes a blank.
- A base character carries at most two combining marks: a flood of them would paint over other rows.
- A caller's number is masked here and nowhere else.
- What is compared or searched for is folded here: capitals and full-width letters make no difference.
"""

import re
from unicodedata import is_normalized, normalize

LONGEST = 500
"""Characters of one field that are ever shown."""

_HARMFUL = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]+"
)
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_MARK_FLOOD = re.compile(f"([{_MARKS}]{{2}})[{_MARKS}]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(text: str) -> str:
    """`text` without anything a terminal could act on, at most `LONGEST` characters."""
    if text.isascii() and text.isprintable():
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return _MARK_FLOOD.sub(r"\1", _HARMFUL.sub("\ufffd", cut.replace("\t", " ")))


def inert_bytes(raw: bytes) -> str:
    """Bytes of a feed as inert text; what is not UTF-8 shows as U+FFFD."""
    return inert(raw.decode("utf-8", "replace"))


def exported(text: str) -> str:
    """`text` for a spreadsheet: inert, and not read as a formula."""
    clean = inert(text)
    return "'" + clean if clean.startswith(_FORMULA) else clean


def folded(text: str) -> str:
    """`text` in one width and one case, as it is compared; blanks and punctuation stay."""
    return (text if is_normalized("NFKC", text) else normalize("NFKC", text)).casefold()


def masked(number: str | None) -> str | None:
    """A caller's number with all but its last two characters hidden."""
    if number is None:
        return None
    clean = inert(number)
    return "*" * max(0, len(clean) - 2) + clean[-2:] if len(clean) > 3 else "*" * len(clean)
