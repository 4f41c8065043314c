"""Small plugins written into a temporary folder, as an author would drop them."""

from importlib.metadata import EntryPoint
from itertools import count
from pathlib import Path
from textwrap import dedent

from floorwatch.host.discovery import Found, Wanted, discover

PANEL = """
from floorwatch.api import Needs, NoOptions, Text, hookimpl


class {type}:
    name = "{name}"
    title = "A panel"
    needs = Needs()
    options_type = NoOptions

    def build(self, floor, options):
        return Text(())

    def detail(self, floor, options, row_key):
        return Text(())
"""

HOOK = """

@hookimpl
def floorwatch_panels():
    return [{type}()]
"""

COMMAND_OF_1_0 = """
from floorwatch.api import NoOptions, Toast, hookimpl

FLOORWATCH_API = "1.0"


class Greet:
    name = "greet"
    title = "Greet"
    key = ""
    parameters = ()
    rows = ()
    cli = True
    options_type = NoOptions

    def run(self, request):
        return [Toast("Hello.")]


@hookimpl
def floorwatch_commands():
    return [Greet()]
"""
"""A plugin as API 1.0 asked for it, inheriting nothing."""


def panel(name: str, type_name: str = "MyPanel") -> str:
    """The source of a panel class, without the hook that declares it."""
    return PANEL.format(name=name, type=type_name)


def panel_plugin(name: str, type_name: str = "MyPanel") -> str:
    """The source of a whole plugin with one panel."""
    return panel(name, type_name) + HOOK.format(type=type_name)


def drop(folder: Path, file: str, source: str) -> Path:
    """Write the file as nobody else may write it, whatever the umask; return its path."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(source), encoding="utf-8")
    for each in (path, *path.parents):
        if each == folder.parent:
            break
        each.chmod(0o755 if each.is_dir() else 0o644)
    return path


def found_in(*folders: Path, disabled: frozenset[str] = frozenset()) -> dict[str, Found]:
    """What drop-in folders bring, by name, the bundled ones left out; of two with one name the one that loaded."""
    found = discover(Wanted(folders, disabled), lambda: 0.0, entry_points=())
    return {each.name: each for each in reversed(found) if each.origin == "drop-in"}


def the_one_in(folder: Path) -> Found:
    """The only drop-in."""
    (found,) = found_in(folder).values()
    return found


def discovered(wanted: Wanted, *entry_points: EntryPoint) -> dict[str, Found]:
    """Everything found, by name, with a clock that gains a second at each look."""
    clock = count()
    return {each.name: each for each in discover(wanted, lambda: float(next(clock)), entry_points)}
