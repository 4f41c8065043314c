"""What is sound in a configuration file that has mistakes: for whoever looks further in spite of them.

Rules
- A table with a mistake in it counts as left out; of feeds, queues and the like each is judged on its own.
- Never for a floor that is shown: what applies there is the whole file or nothing (`load_settings`).
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from floorwatch.settings.duty_days import DutyDays
from floorwatch.settings.fill import filled, paths_in
from floorwatch.settings.plain_file import read_plain
from floorwatch.settings.values import Settings


def sound_settings(path: Path, env: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the tables in which nothing is wrong; the defaults of a file that cannot be read."""
    from msgspec.structs import replace

    from floorwatch.settings.checked import Place

    try:
        parsed = tomllib.loads(read_plain(path).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    place = Place(path.absolute().parent, env)
    checked: dict[str, Any] = {}
    for table in _pieces(parsed):
        for name, value in _checked(table, place).items():
            checked[name] = {**checked.get(name, {}), **value}
    return replace(filled(checked, place.folder, DutyDays()), file=path, given=frozenset(paths_in(checked)))


def _pieces(parsed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Parts of the file that can be judged on their own."""
    for name, table in parsed.items():
        if isinstance(table, dict) and table and all(isinstance(each, dict) for each in table.values()):
            yield from ({name: {inner: each}} for inner, each in table.items())
        elif isinstance(table, dict):
            yield {name: table}


def _checked(piece: dict[str, Any], place: object) -> Mapping[str, Any]:
    """The piece made ready; nothing where there is a mistake in it."""
    from pydantic import ValidationError

    from floorwatch.settings.schema import FILE

    try:
        return FILE.validate_python(piece, context=place)
    except ValidationError:
        return {}
