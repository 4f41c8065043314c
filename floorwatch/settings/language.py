"""The language of a configuration, found before anything else is read: its mistakes are told in it, too."""

from pathlib import Path

from floorwatch.settings.plain_file import read_plain

KEY = ("floor", "language")


def language_in(path: Path | None) -> str | None:
    """What `[floor] language` of this file says; None where it says nothing, and of a file that cannot be read: what
    is wrong with that is for `load_settings` to say."""
    if path is None:
        return None
    import tomllib  # 5 ms that a floor without a file does not pay

    table, key = KEY
    try:
        said = tomllib.loads(read_plain(path).decode("utf-8-sig"))[table][key]
    except (OSError, ValueError, RecursionError, LookupError, TypeError):
        return None
    return said if isinstance(said, str) and said else None
