"""Every word that a user sees passes through `_` (`_n` for counted things), so that a language is one catalogue.

Rules
- English is the source. A catalogue is a gettext file: ours is `locale/LANG/LC_MESSAGES/floorwatch.mo`, a plugin's is
  `locale/LANG/LC_MESSAGES/messages.mo` beside its modules.
- The language may be chosen after a plugin was imported: words are looked up when they are said.
- What stands as plain text where it is declared (the title of a panel, a metric's formula) is looked up where it is
  shown: `title_of` for titles.
- Chinese has two scripts, and nobody is given the other one: `zh`, `zh_SG` and `zh_Hans` are `zh_CN`; `zh_HK`, `zh_MO`
  and `zh_Hant` are `zh_TW`, which is English until there is a catalogue of that name.
"""

import gettext
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

Translated: TypeAlias = Callable[[str], str]
Counted: TypeAlias = Callable[[str, str, int], str]

ENGLISH = "en"
CATALOGUES = Path(__file__).parent / "locale"

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LANGUAGE = frozenset({"", "C", "POSIX"})
_WRITTEN_AS: Mapping[str, str] = {
    **dict.fromkeys(("zh", "zh_SG", "zh_MY", "zh_Hans"), "zh_CN"),
    **dict.fromkeys(("zh_HK", "zh_MO", "zh_Hant"), "zh_TW"),
}

_language = ENGLISH
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


class Titled(Protocol):
    """What is declared with a title."""

    @property
    def title(self) -> str:
        """As its author wrote it."""
        ...


def language_of(environment: Mapping[str, str]) -> str:
    """The language that a machine's locale asks for ("zh_CN.UTF-8" is `zh_CN`); English where it asks for none."""
    locale = next((value for name in _VARIABLES if (value := environment.get(name))), "")
    language = locale.partition(".")[0].partition("@")[0]
    return ENGLISH if language in _NO_LANGUAGE else language


def use_language(language: str, folder: Path | None = None) -> None:
    """Speak `language` ("zh_CN") from now on; a language without a catalogue falls back to English, for which nothing
    is read."""
    global _catalogue, _language  # noqa: PLW0603  # one setting of the whole process, chosen before the first screen
    _language = _WRITTEN_AS.get(language, language)
    if _language == ENGLISH:
        _catalogue = gettext.NullTranslations()
    else:
        _catalogue = gettext.translation("floorwatch", folder or CATALOGUES, [_language], fallback=True)


def language() -> str:
    """The language that is spoken now ("zh_CN"): for words that come from a library of their own."""
    return _language


def title_of(declared: Titled) -> str:
    """The title of a panel, command, metric, format, rule or report as it is shown: in the chosen language, where the
    catalogue has it."""
    return _(declared.title)


def _(text: str) -> str:
    """`text` in the chosen language."""
    return _catalogue.gettext(text) if text else text  # to gettext, "" is the head of the catalogue


def _p(sense: str, text: str) -> str:
    """`text` in the chosen language, in this sense: for a word that means two things in English and is two words
    elsewhere, `_p("of an agent", "pause")`. What is counted has no senses."""
    return _catalogue.pgettext(sense, text)


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
        return self._spoken().gettext(text) if text else text

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
