"""Every word that a user sees passes through `_` (or `_n` for counted things), so that a language is one catalogue.

English is the source. A catalogue is a gettext file, `locale/LANG/LC_MESSAGES/floorwatch.mo`.
"""

import gettext
from pathlib import Path

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str, folder: Path | None = None) -> None:
    """Speak `language` ("zh_CN") from now on; a language without a catalogue falls back to English."""
    global _catalogue  # noqa: PLW0603  # the language is one setting of the whole process, chosen before the first screen
    home = folder or Path(__file__).parent / "locale"
    _catalogue = gettext.translation("floorwatch", home, [language], fallback=True)


def _(text: str) -> str:
    """`text` in the chosen language."""
    return _catalogue.gettext(text)


def _n(one: str, many: str, count: int) -> str:
    """The form for `count` things in the chosen language; `{n}` is left to the caller's format."""
    return _catalogue.ngettext(one, many, count)
