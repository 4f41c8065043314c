"""Kinds of values that keys share: names, seconds, shares, and paths beside the file.

Importing this costs pydantic: see `schema`.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

from msgspec import Struct
from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, with_config

from floorwatch.words import _

_VARIABLE = re.compile(r"\$(?:(\$)|(\w+)|\{([^}]*)\})")

Choice = TypeVar("Choice", bound=StrEnum)


class Place(Struct, frozen=True):
    """What a path of the file is relative to, and the environment that it may name."""

    folder: Path
    environment: Mapping[str, str]


def expanded(text: str, place: Place) -> str:
    """An absolute path: `~`, `$NAME` and `${NAME}` filled in, relative to the file's folder; `$$` is a dollar sign.
    A URL keeps its form. Raises ValueError."""

    def value(match: re.Match[str]) -> str:
        if match[1]:
            return "$"
        name = match[2] or match[3]
        if name not in place.environment:
            raise ValueError(_("the environment has no {name}; set it, or write the path out").format(name=name))
        return place.environment[name]

    filled = _VARIABLE.sub(value, text)
    if "://" in filled:
        return filled
    try:
        return str(place.folder / Path(filled).expanduser())
    except RuntimeError:
        raise ValueError(_("nobody's home folder is known as {text}; write the path out").format(text=text)) from None


def place_of(info: ValidationInfo) -> Place:
    """Where the file that is checked stands."""
    assert isinstance(info.context, Place)
    return info.context


def existing_file(text: str, info: ValidationInfo) -> Path | None:
    """The path of a file that is there; None for "". Raises ValueError."""
    if not text:
        return None
    path = Path(expanded(text, place_of(info)))
    if not path.is_file():
        raise ValueError(_("there is no file {path}; correct the path, or make the file").format(path=path))
    return path


def existing_folder(text: str, info: ValidationInfo) -> Path:
    """The path of a folder that is there. Raises ValueError."""
    path = Path(expanded(text or ".", place_of(info)))
    if not path.is_dir():
        raise ValueError(_("there is no folder {path}; correct the path, or make the folder").format(path=path))
    return path


def chosen(among: type[Choice], word: str, unknown: str) -> Choice:
    """The one of these that the word names. Raises ValueError with the sentence `unknown`, of {word} and {known}."""
    try:
        return among(word)
    except ValueError:
        raise ValueError(unknown.format(word=word, known=", ".join(among))) from None


def _set_or_none(text: str) -> str | None:
    return text or None


Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1)]
Unset = Annotated[str, AfterValidator(_set_or_none)]

closed = with_config(ConfigDict(extra="forbid", strict=True))
"""A table in which nothing stands but its keys."""
