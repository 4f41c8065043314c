"""The one place where text from a feed is made inert before it reaches a screen, an export or a log.

Rules
- What acts or cannot be seen never passes: control and format characters (bidirectional overrides, zero-width signs,
  tags), line and paragraph separators, lone surrogates, fillers, what only dresses the sign before it, and what this
  Python's Unicode does not know, whose width nobody can tell. Each run becomes one U+FFFD; a tab becomes a blank.
- A base character carries at most `MOST_MARKS` marks, two of those for any script: a flood would paint over other rows.
  A mark without a base would be drawn in the cell of something else: it becomes U+FFFD.
- A caller's number is masked here and nowhere else.
- What is compared or searched for is folded here: capitals and full-width letters make no difference.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, is_normalized, normalize

LONGEST = 500
"""Characters of one field that are ever shown."""
MOST_MARKS = 4
"""As many as a letter of Burmese or Tibetan carries."""
MOST_STACKED = 2
"""Of those marks that stand over letters of any script, as many as a letter of Vietnamese carries."""

_PLAIN = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u2190-\u23ff\u2500-\u27bf\u3000-\u3029\u3030-\u303f\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uff01-\uff9f\ufffd\U00020000-\U0002a6df]*"
)
"""What most names are written in, and all of it harmless: the others are looked at sign by sign."""

_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
"""Drawn as nothing, or as another colour of the sign before, though not of a category that says so. Terminals do not
agree how many cells a colour of skin takes."""
_JOINERS = re.compile("[\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]")
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
_STACKED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_JOINED = re.compile("[\u1161-\u11ff\ud7b0-\ud7fb]")
"""Vowels and ends of a Korean syllable that is written in pieces: drawn in the cells of its first letter."""
_YOUNG = range(0x20000, 0x3FFFE)
"""Ideographs of tomorrow have their place and their width already."""

_REPLACED = "\ufffd"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"\+\d(?:[ ().-]{0,2}\d){5,}|\(?\b\d{2,4}\)?[ -]\d{3,4}[ -]\d{4}\b|\d{7,}(?:\.\d+)?")
_TIME = re.compile(r"1[5-9]\d{8}")


def inert(text: str) -> str:
    """`text` without anything a terminal could act on, at most `LONGEST` characters."""
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    return text if text.isascii() and text.isprintable() else _short_inert(text)


@lru_cache(maxsize=1024)  # a name is drawn again and again, and looked at sign by sign it costs 0.3 us a sign
def _short_inert(text: str) -> str:
    return whole_inert(text)


def whole_inert(text: str) -> str:
    """The same, however long it is: for what a person wrote and goes on writing."""
    plain = text.replace("\t", " ")
    return plain if _PLAIN.fullmatch(plain) else "".join(_harmless(plain))


def _harmless(text: str) -> Iterator[str]:
    last = ""
    marks = stacked = 0
    for sign in text:
        kind = category(sign)
        is_mark = kind[0] == "M" or _JOINED.match(sign) is not None
        if _is_harmful(sign, kind) or (is_mark and not last):
            if last != _REPLACED:
                yield _REPLACED
            last = _REPLACED
            marks = stacked = 0
        elif is_mark:
            marks += 1
            stacked += _STACKED.match(sign) is not None
            if marks <= MOST_MARKS and stacked <= MOST_STACKED:
                last = sign
                yield sign
        else:
            last = sign
            marks = stacked = 0
            yield sign


def _is_harmful(sign: str, kind: str) -> bool:
    if kind == "Cn":
        return ord(sign) not in _YOUNG or ord(sign) & 0xFFFE == 0xFFFE
    return kind in _HARMFUL or _UNSEEN.match(sign) is not None


def inert_bytes(raw: bytes) -> str:
    """Bytes of a feed as inert text; what is not UTF-8 shows as U+FFFD."""
    return inert(raw.decode("utf-8", "replace"))


def without_unseen(text: str) -> str:
    """What a person typed, without what only joins or dresses the sign before it (emoji are full of it): it could not
    be shown again."""
    return text if text.isascii() else _JOINERS.sub("", text)


def exported(text: str) -> str:
    """`text` for a spreadsheet: inert, and not read as a formula, whatever blanks and width it begins with."""
    clean = inert(text)
    return "'" + clean if folded(clean.lstrip()[:1]).startswith(_FORMULA) else clean


def folded(text: str) -> str:
    """`text` in one width and one case, as it is compared; blanks and punctuation stay."""
    return (text if is_normalized("NFKC", text) else normalize("NFKC", text)).casefold()


def masked(number: str | None) -> str | None:
    """A caller's number with all but its last two characters hidden."""
    if number is None:
        return None
    clean = inert(number)
    return "*" * max(0, len(clean) - 2) + clean[-2:] if len(clean) > 3 else "*" * len(clean)


def without_numbers(text: str) -> str:
    """Text in which anything may stand, inert, and in it masked what may be the number of a telephone. A time in
    seconds is none where it begins the text or has a fraction, as the name of a call does."""
    return inert(whole_without_numbers(text[: 2 * LONGEST]))  # half of a number would not be known for one


def whole_without_numbers(text: str) -> str:
    """The same, however long it is."""
    return _NUMBER.sub(_hidden, whole_inert(text))


def _hidden(found: re.Match[str]) -> str:
    number, _dot, fraction = found[0].partition(".")
    if _TIME.fullmatch(number) and (fraction or found.start() == 0):
        return found[0]
    return masked(found[0]) or ""
