"""Which version of floorwatch.api a plugin was written for, and why it is refused where that is another one.

Rules
- A plugin says so by `FLOORWATCH_API = "1"` or "1.2", in its module or in the package around it; none given is taken.
- Another major version, or a newer minor one, is refused before any of its hooks is called.
"""

import linecache
import re
import sys
from collections.abc import Iterator
from types import ModuleType

from floorwatch.extend.version import API_VERSION
from floorwatch.host.place import place_of, placed, short_place
from floorwatch.text import inert
from floorwatch.words import _

STATED = "FLOORWATCH_API"
_VERSION = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,4}))?", re.ASCII)
_LINE = re.compile(rf"\s*{STATED}\b")


def stated_version(plugin: object) -> str:
    """What the plugin says, inert; "" when it says nothing. Runs plugin code when it is an object of its own making."""
    holder = _holder(plugin)
    return "" if holder is None else inert(str(getattr(holder, STATED)))


def refusal(plugin: object, current: str = API_VERSION) -> str | None:
    """Why a plugin must not be used with this version of the API, with what to do; None when it may. As above."""
    holder = _holder(plugin)
    if holder is None:
        return None
    stated = getattr(holder, STATED)
    match = _VERSION.fullmatch(stated) if isinstance(stated, str) else None
    if match is None:
        said = _('{name} is {stated}: write the version as text, {name} = "{major}"')
        sentence = said.format(name=STATED, stated=inert(repr(stated)), major=_numbers(current)[0])
        return placed(_place(holder), sentence)
    needed, here = _numbers(stated), _numbers(current)
    if needed[0] == here[0] and needed[1] <= here[1]:
        return None
    said = _("it is written for floorwatch API {stated}, and this floorwatch has {here}: update floorwatch")
    if needed < here:
        said = _("it is written for floorwatch API {stated}, and this floorwatch has {here}: update the plugin")
    return placed(_place(holder), said.format(stated=stated, here=current))


def _numbers(version: str) -> tuple[int, int]:
    major, _dot, minor = version.partition(".")
    return int(major), int(minor or 0)


def _holder(plugin: object) -> object | None:
    """Who says it: the plugin itself, or a package around its module."""
    return next((each for each in (plugin, *_packages(plugin)) if getattr(each, STATED, None) is not None), None)


def _packages(plugin: object) -> Iterator[object]:
    name = plugin.__name__ if isinstance(plugin, ModuleType) else type(plugin).__module__
    while name:
        yield sys.modules.get(name)
        name = name.rpartition(".")[0]


def _place(holder: object) -> str:
    file = getattr(holder, "__file__", None)
    if not isinstance(file, str):
        return place_of(holder)
    numbered = enumerate(linecache.getlines(file), 1)
    return short_place(file, next((number for number, text in numbered if _LINE.match(text)), None))
