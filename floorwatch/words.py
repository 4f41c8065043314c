"""Every word that a user sees passes through `_` (or `_n` for counted things), so that a language is one catalogue.

Rules
- English is the source. A catalogue is a gettext file: ours is `locale/LANG/LC_MESSAGES/floorwatch.mo`, a plugin's is
  `locale/LANG/LC_MESSAGES/messages.mo` beside its modules.
- The language may be chosen after a plugin was imported: words are looked up when they are said.
"""

import gettext
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

Translated: TypeAlias = Callable[[str], str]
Counted: TypeAlias = Callable[[str, str, int], str]

_language = "en"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str, folder: Path | None = None) -> None:
    """Speak `language` ("zh_CN") from now on; a language without a catalogue falls back to English."""
    global _catalogue, _language  # noqa: PLW0603  # one setting of the whole process, chosen before the first screen
    home = folder or Path(__file__).parent / "locale"
    _catalogue = gettext.translation("floorwatch", home, [language], fallback=True)
    _language = language


def _(text: str) -> str:
    """`text` in the chosen language."""
    return _catalogue.gettext(text)


def _n(one: str, many: str, count: int) -> str:
    """The form for `count` things in the chosen language; `{n}` is left to the caller's format."""
    return _catalogue.ngettext(one, many, count)


def words_of(file: str) -> tuple[Translated, Counted]:
    """`_` and `_n` of a plugin that brings its own words: `_, _n = words_of(__file__)`, in the module beside `locale`.

    What its catalogue does not have is looked up in floorwatch's, else stays English; a catalogue that cannot be read
    counts as none. Nothing is read before the first word is said.
    """
    words = _PluginWords(Path(file).absolute().parent / "locale")
    return words.translated, words.counted


class _PluginWords:
    """The words of one plugin in the language of the moment."""

    def __init__(self, home: Path) -> None:
        self._home = home
        # Our catalogue for which the plugin's was opened, and that: one value, as several threads speak at once.
        self._opened: tuple[gettext.NullTranslations, gettext.NullTranslations] | None = None

    def translated(self, text: str) -> str:
        return self._spoken().gettext(text)

    def counted(self, one: str, many: str, count: int) -> str:
        return self._spoken().ngettext(one, many, count)

    def _spoken(self) -> gettext.NullTranslations:
        ours, opened = _catalogue, self._opened
        if opened is None or opened[0] is not ours:
            opened = self._opened = (ours, self._open(ours))
        return opened[1]

    def _open(self, ours: gettext.NullTranslations) -> gettext.NullTranslations:
        try:
            own = gettext.translation("messages", self._home, [_language], fallback=True)
        except (OSError, ValueError, LookupError, struct.error):
            return ours
        own.add_fallback(ours)
        return own
