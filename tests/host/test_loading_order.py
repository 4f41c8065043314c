"""In whatever order plugins are found and their hooks are written, the catalogue is the same."""

import random
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from msgspec.structs import asdict

from floorwatch.host.catalogue import Catalogue, Core, catalogue_of
from floorwatch.host.discovery import Found, Wanted, discover
from tests.host.drop_in_files import drop

PANEL = """
class {type}(Panel):
    name = "{name}"
    title = "A panel of {plugin}"

    def build(self, floor, options):
        return Text(())
"""
COMMAND = """
class Go(Command):
    name = "go-{plugin}"
    title = "Go"
    key = "f7"

    def run(self, request):
        return []
"""
HOOKS = (
    "@hookimpl\ndef floorwatch_panels():\n    return [Own(), Shared()]\n",
    "@hookimpl\ndef floorwatch_commands():\n    return [Go()]\n",
    "@hookimpl(specname='floorwatch_panels')\ndef more_panels():\n    return [Shared()]\n",
)


def source(plugin: str, order: random.Random) -> str:
    """A plugin with a panel of its own, one that others have too, and a command on a key that others want."""
    hooks = list(HOOKS)
    order.shuffle(hooks)
    head = "from floorwatch.api import Command, Panel, Text, hookimpl\n"
    own = PANEL.format(type="Own", name=f"own-{plugin}", plugin=plugin)
    shared = PANEL.format(type="Shared", name="shared", plugin=plugin)
    return "\n\n".join((head, own, shared, COMMAND.format(plugin=plugin), *hooks))


def described(catalogue: Catalogue) -> object:
    """Everything in a catalogue but the objects that plugins made, which are new at each import."""
    shelves = ("panels", "sources", "formats", "metrics", "rules", "commands", "reports")
    kept = {
        shelf: [(each.plugin, each.name, each.key) for each in getattr(catalogue, shelf).values()] for shelf in shelves
    }
    entries = [
        {**asdict(entry), "problems": [problem.reason.partition(": ")[2] for problem in entry.problems]}
        for entry in catalogue.plugins
    ]
    return kept, entries


@pytest.mark.parametrize("seed", range(6))
def test_the_catalogue_is_the_same_whatever_the_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    def catalogue(order: random.Random) -> object:
        for name in ("da", "db", "dc"):
            drop(tmp_path / "dropped", f"{name}.py", source(name, order))
        points = [EntryPoint(name, f"order_{name}", "floorwatch") for name in ("ia", "ib", "ic")]
        order.shuffle(points)
        found: list[Found] = list(discover(Wanted((tmp_path / "dropped",)), lambda: 0.0, points))
        order.shuffle(found)
        return described(catalogue_of(found, Core()))

    for name in ("ia", "ib", "ic"):
        drop(tmp_path / "installed", f"order_{name}.py", source(name, random.Random(0)))
    monkeypatch.syspath_prepend(tmp_path / "installed")

    assert catalogue(random.Random(seed)) == catalogue(random.Random(1000))


def test_of_two_that_want_one_name_or_key_the_first_by_name_has_it(tmp_path: Path) -> None:
    for name in ("zz", "aa"):
        drop(tmp_path, f"{name}.py", source(name, random.Random(1)))
    found = list(discover(Wanted((tmp_path,)), lambda: 0.0, ()))

    catalogue = catalogue_of(reversed(found), Core())

    assert catalogue.panel("shared").plugin == "aa"
    theirs = [(each.name, each.key) for each in catalogue.commands.values() if each.name.startswith("go-")]
    assert theirs == [("go-aa", "f7"), ("go-zz", "")]
    (entry,) = [entry for entry in catalogue.plugins if entry.name == "zz"]
    said = [problem.reason for problem in entry.problems]
    assert any("its key 'f7' is that of go-aa (aa): choose another; it is offered without" in each for each in said)
