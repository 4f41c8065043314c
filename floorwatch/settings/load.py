"""A configuration file read, with every mistake in it at once.

Only a text that is not TOML at all stops at its first mistake: nothing behind it can be trusted.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from floorwatch.settings.duty_days import DutyDays, read_duty_days
from floorwatch.settings.fill import filled, paths_in
from floorwatch.settings.keys import KEYS_OF_PLUGINS
from floorwatch.settings.layouts import USUAL_ROWS, layouts_of, no_layout
from floorwatch.settings.plain_file import read_plain
from floorwatch.settings.values import Settings, SettingsError
from floorwatch.spreadsheet_text import text_of
from floorwatch.text import inert
from floorwatch.words import _

if TYPE_CHECKING:
    from floorwatch.settings.checked import Place
    from floorwatch.settings.mistakes import Mistake

_PLACE_OF_ERROR = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def load_settings(path: Path | None, env: Mapping[str, str] = os.environ) -> Settings:
    """The settings in this file, the defaults when it is None. Raises SettingsError with every mistake.

    `env` is what `$NAME` in a path may name. Feeds need not exist yet; the people file and plugin folders must.
    """
    if path is None:
        return Settings()
    text = _text_of(path)
    parsed = _parsed(text, path)
    # pydantic with the schema costs some 80 ms: a floor without a file does not pay them.
    from floorwatch.settings.checked import Place

    place = Place(path.absolute().parent, env)
    checked, found = _checked(parsed, place)
    found += _feeds_read_twice(parsed, place)
    found += _no_plugins_sections(parsed)
    found += _unknown_layout(parsed)
    days, wrong_lines = _duty_days(parsed, place)
    if found or wrong_lines:
        from floorwatch.settings.mistakes import messages

        raise SettingsError(*messages(found, path, text), *wrong_lines)
    return replace(filled(checked, place.folder, days), file=path, given=frozenset(paths_in(parsed)))


def _text_of(path: Path) -> str:
    try:
        raw = read_plain(path)
    except FileNotFoundError:
        said = _("{file}: there is no such file; correct the path, or write one with: floorwatch config init")
        raise SettingsError(said.format(file=path)) from None
    except OSError as error:
        said = _("{file}: cannot be read ({why}); name a file that you may read")
        raise SettingsError(said.format(file=path, why=error.strerror)) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        said = _("{file}:{line}: is not UTF-8; save the file as UTF-8")
        raise SettingsError(said.format(file=path, line=line)) from None


def _parsed(text: str, path: Path) -> dict[str, Any]:
    import tomllib  # 5 ms that a floor without a file does not pay

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        why = str(error)
    place = _PLACE_OF_ERROR.search(why)
    where = f"{place[1]}:{place[2]}" if place and place[1] else str(text.count("\n") + 1)
    said = _("{file}:{where}: this is not TOML ({why}); text stands in quotes, the name of a table in [brackets]")
    raise SettingsError(inert(said.format(file=path, where=where, why=_PLACE_OF_ERROR.sub("", why))))


def _checked(parsed: dict[str, Any], place: "Place") -> "tuple[Mapping[str, Any], list[Mistake]]":
    from pydantic import ValidationError

    from floorwatch.settings.schema import FILE

    try:
        return FILE.validate_python(parsed, context=place), []
    except ValidationError as error:
        from floorwatch.settings.mistakes import mistake_of

        return {}, [mistake_of(item) for item in error.errors(include_url=False)]


def _no_plugins_sections(parsed: dict[str, Any]) -> "Iterator[Mistake]":
    """What stands in [plugins] as if it were a key: any table there may be a plugin's own, anything else may not."""
    plugins = parsed.get("plugins")
    for name, value in plugins.items() if isinstance(plugins, dict) else ():
        if not isinstance(value, dict) and name not in KEYS_OF_PLUGINS:
            from floorwatch.settings.mistakes import Mistake, unknown

            yield Mistake(("plugins", name), unknown(("plugins", name)))


def _unknown_layout(parsed: dict[str, Any]) -> "Iterator[Mistake]":
    """A layout that [screen] names and nobody has. Asked of raw tables: other mistakes must not hide it."""
    screen, own = parsed.get("screen"), parsed.get("layouts")
    name = screen.get("layout") if isinstance(screen, dict) else None
    known = layouts_of(USUAL_ROWS, own if isinstance(own, dict) else {})
    if isinstance(name, str) and name and name not in known:
        from floorwatch.settings.mistakes import Mistake

        yield Mistake(("screen", "layout"), no_layout(name, known))


def _duty_days(parsed: dict[str, Any], place: "Place") -> tuple[DutyDays, list[str]]:
    """What the file of overrides says, and its mistakes. Asked of raw tables: other mistakes must not hide its own."""
    duty = parsed.get("duty")
    named = duty.get("overrides") if isinstance(duty, dict) else None
    if not isinstance(named, str) or not named:
        return DutyDays(), []
    from floorwatch.settings.checked import expanded

    try:
        file = Path(expanded(named, place))
    except ValueError:
        return DutyDays(), []  # the schema has named it
    try:
        raw = file.read_bytes() if file.is_file() else b""
    except OSError as error:
        said = _("{file}: cannot be read ({why}); correct [duty] overrides")
        return DutyDays(), [said.format(file=file, why=error.strerror)]
    text = text_of(raw)
    if text is None:
        said = _("{file}: is not text in UTF-8, UTF-16 or GB18030; save it as CSV UTF-8")
        return DutyDays(), [said.format(file=file)]
    return read_duty_days(text, str(file))


def _feeds_read_twice(parsed: dict[str, Any], place: "Place") -> "Iterator[Mistake]":
    """Two names for one file: every call would count twice. Asked of raw tables: other mistakes must not hide it."""
    from floorwatch.settings.checked import expanded

    feeds = parsed.get("feeds")
    first: dict[str, str] = {}
    for name, table in feeds.items() if isinstance(feeds, dict) else ():
        path = table.get("path") if isinstance(table, dict) else None
        if not isinstance(path, str):
            continue
        try:
            real = os.path.realpath(expanded(path, place))
        except ValueError:
            continue  # the schema has named it
        if real in first:
            from floorwatch.settings.mistakes import Mistake

            said = _("is the same file as feed {name}: every call would count twice; remove one of the two")
            yield Mistake(("feeds", name, "path"), said.format(name=first[real]))
        first.setdefault(real, name)
