"""`floorwatch plugins new`: write a plugin to begin with, and say what to do next."""

import importlib.util
import shutil
import sys
from pathlib import Path

from floorwatch.cli.failing import WorkError
from floorwatch.cli.wishes import Wishes
from floorwatch.host.catalogue import Catalogue
from floorwatch.scaffold.kinds import Kind, Names
from floorwatch.scaffold.names import NameRefusedError, names_of, refuse_taken
from floorwatch.scaffold.steps import Place, steps
from floorwatch.scaffold.written import ThereAlreadyError, package, single, words_of, write
from floorwatch.settings import Settings, SettingsError, find_config, usual_places
from floorwatch.text import inert
from floorwatch.words import _, _n


def new(wishes: Wishes, words: str, kind: Kind, into: Path, *, one_file: bool) -> None:
    """Write the plugin. Raises WorkError for a name that will not do, and for what stands there already."""
    try:
        names = names_of(words)
        place = Place(into, one_file)
        files, folder = (single(kind, names), into) if one_file else (package(kind, names), into / names.name)
        if not one_file and folder.exists():
            raise ThereAlreadyError(_("{path}: is there already, and is left as it is").format(path=folder))
        refuse_taken(names, kind, _catalogue(wishes), words_of(kind))
        written = write(files, folder)
    except (NameRefusedError, ThereAlreadyError) as refused:
        raise WorkError(str(refused)) from None
    if names.name != words:
        sys.stdout.write(inert(_("{words!r} is written {name}").format(words=words, name=names.name)) + "\n")
    said = _n("{plugin}: a {kind}, {n} file", "{plugin}: a {kind}, {n} files", len(written))
    sys.stdout.write(said.format(plugin=place.plugin(names), kind=kind.value, n=len(written)) + "\n\n")
    _say_next(wishes, kind, names, place)


def _catalogue(wishes: Wishes) -> Catalogue:
    """What there is; a configuration with a mistake in it is no reason not to begin a plugin."""
    try:
        return wishes.silent_house().catalogue
    except SettingsError:
        return wishes.silent_house(Settings()).catalogue


def _say_next(wishes: Wishes, kind: Kind, names: Names, place: Place) -> None:
    python = _python(shutil.which("python"), sys.executable)
    config = find_config(wishes.config, Path.cwd())
    home = (config or list(usual_places(Path.cwd()))[1]).parent
    for title, command in steps(kind, names, place, python, home / "plugins"):
        sys.stdout.write(f"{title:12}{command}\n")
    if place.single and config is None:
        sys.stdout.write(_("It is found there once a configuration stands beside it: floorwatch config init") + "\n")
    if importlib.util.find_spec("pytest") is None:
        sys.stdout.write(_("To test it, pytest is needed: {command}").format(command=f"{python} -m pip install pytest"))
        sys.stdout.write("\n")


def _python(found: str | None, running: str) -> str:
    """The word that starts this Python, the one that has floorwatch."""
    return "python" if found is not None and Path(found).parent == Path(running).parent else running
