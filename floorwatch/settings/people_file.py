"""The identity map read from its file, in whatever encoding a spreadsheet saved it."""

from pathlib import Path

from floorwatch.model.people import People, read_people
from floorwatch.settings.values import SettingsError
from floorwatch.spreadsheet_text import text_of
from floorwatch.words import _


def load_people(path: Path | None) -> People:
    """The people in this CSV file, nobody when it is None. UTF-8, UTF-16 with its mark, or GB18030.

    Raises SettingsError when the file cannot be read; what is wrong inside it is in `People.problems`.
    """
    if path is None:
        return People()
    try:
        raw = path.read_bytes()
    except OSError as error:
        said = _("{file}: cannot be read ({why}); correct [people] file or --people")
        raise SettingsError(said.format(file=path, why=error.strerror)) from None
    text = text_of(raw)
    if text is None:
        said = _("{file}: is not text in UTF-8, UTF-16 or GB18030; save it as CSV UTF-8")
        raise SettingsError(said.format(file=path))
    return read_people(text, str(path))
