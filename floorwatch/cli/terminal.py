"""Whether the screen can open here, before anything is loaded: a terminal, one that can draw, a locale of UTF-8.

Rules
- A locale that is not UTF-8 is said in plain ASCII and English: a translation could not be read there.
- The locale is LC_ALL, else LC_CTYPE, else LANG. One that names no encoding ("C", "POSIX", "zh_CN") is Python's to
  make UTF-8 of, and so is one in LC_CTYPE or LANG that the machine does not have: Python then sets LC_CTYPE itself.
  Whether the terminal agrees, it is asked when the screen opens.
- PYTHONUTF8=1 is somebody's will: then only Python and the terminal count.
"""

import codecs
import sys
from collections.abc import Mapping

from floorwatch.cli.failing import WorkError
from floorwatch.words import _

LOCALES = ("LC_ALL", "LC_CTYPE", "LANG")
WITHOUT_CURSOR = frozenset({"dumb", "unknown"})

NO_UTF8 = (
    "floorwatch draws names and lines in UTF-8, and {what}. "
    "Set the terminal to UTF-8, and run this first: export LC_ALL=C.UTF-8"
)


def check_terminal(env: Mapping[str, str], encoding: str | None = None) -> None:
    """Raise WorkError where the screen could not be read; `encoding` is that of what Python writes (None: as it is)."""
    term = env.get("TERM", "")
    if term in WITHOUT_CURSOR:
        said = _(
            "this terminal cannot place its cursor (TERM={term}): use another one, or set TERM to what it is, "
            "for example xterm-256color; `floorwatch state` needs no such terminal"
        )
        raise WorkError(said.format(term=term))
    name = next((name for name in LOCALES if env.get(name)), "")
    if name and env.get("PYTHONUTF8") != "1" and not _is_utf8(_encoding_in(env[name])):
        raise not_utf8(f"the locale is not ({name}={ascii(env[name])[1:-1]})")
    written = encoding or getattr(sys.__stdout__, "encoding", None) or "utf-8"
    if not _is_utf8(written):
        raise not_utf8(f"Python is told to write {written} here")


def not_utf8(what: str) -> WorkError:
    """What to say where `what` (in ASCII) is not UTF-8."""
    return WorkError(NO_UTF8.format(what=what))


def _encoding_in(locale: str) -> str:
    """The encoding that a locale names: "GBK" of zh_CN.GBK@euro; UTF-8 where it names none."""
    return locale.partition("@")[0].partition(".")[2] or "utf-8"


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False
