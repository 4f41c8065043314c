"""What to do next with a new plugin, as commands to paste."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from floorwatch.bundled import bundled
from floorwatch.scaffold.kinds import Kind, Names
from floorwatch.words import _


class Place(Struct, frozen=True):
    """Where the plugin was written: `folder` as the person said it; `single` when it is one file there."""

    folder: Path
    single: bool

    def plugin(self, names: Names) -> Path:
        """What --plugin-dir takes."""
        return self.folder / (f"{names.module}.py" if self.single else names.name)

    def test(self, names: Names, file: str = "") -> Path:
        """What pytest takes; or another file that stands with the tests."""
        if self.single:
            return self.folder / (f"{names.module}_{file}" if file else f"test_{names.module}.py")
        return self.folder / names.name / ("tests" if file else "") / file


def steps(kind: Kind, names: Names, place: Place, python: str, plugins: Path) -> Sequence[tuple[str, str]]:
    """A title and a command each: see it, test it, install it. `python` runs Python, `plugins` is for drop-ins."""
    see = ("floorwatch", "--plugin-dir", str(place.plugin(names)), *_shown(kind, names, place))
    test = (python, "-m", "pytest", str(place.test(names)))
    return (
        (_("see it"), shlex.join(see)),
        (_("test it"), shlex.join(test)),
        (_("install it"), _installed(place.plugin(names), python, plugins, single=place.single)),
    )


def _shown(kind: Kind, names: Names, place: Place) -> tuple[str, ...]:
    match kind:
        case Kind.PANEL | Kind.RULE | Kind.COMMAND:
            return ("demo",)
        case Kind.FORMAT:
            return ("feeds", "check", str(place.test(names, "example.log")))
        case Kind.DOCUMENT_FORMAT:
            return ("feeds", "check", str(place.test(names, "example.csv")))
        case Kind.REPORT:
            sample = bundled("sample_feeds") / "support-in-trouble" / "support-in-trouble.floorlog"
            return ("report", names.name, str(sample))


def _installed(plugin: Path, python: str, plugins: Path, *, single: bool) -> str:
    if single and plugin.parent.absolute() == plugins.absolute():
        return "floorwatch plugins list"  # it stands where it belongs
    if single:
        copied = shlex.join(("cp", str(plugin), str(plugins)))
        return f"{shlex.join(('mkdir', '-p', '-m', '755', str(plugins)))} && {copied}"
    path = str(plugin) if plugin.is_absolute() else f"./{plugin}"  # a bare name would be looked up, not installed
    return shlex.join((python, "-m", "pip", "install", path))
