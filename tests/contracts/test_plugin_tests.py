"""Bundled plugins are made of `floorwatch.api`, tested with the kit that authors get, and checked for their kind."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from floorwatch.engine.house import build_house
from floorwatch.host.declarations import SHAPES
from floorwatch.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TESTS = sorted((ROOT / "tests" / "plugins").glob("**/*.py"))
SOURCES = sorted(
    [*ROOT.glob("plugins/**/*.py"), *ROOT.glob("floorwatch/scaffold/templates/**/*.py"), *ROOT.glob("docs/**/*.py")]
)
PLUGINS = sorted(folder.parent.name for folder in ROOT.glob("plugins/*/__init__.py"))
ALLOWED = ("floorwatch.api", "floorwatch.testing")
CHECKS = {
    "floorwatch_panels": "check_panel",
    "floorwatch_feed_formats": "check_format",
    "floorwatch_document_formats": "check_document_format",
    "floorwatch_metrics": "check_metric",
    "floorwatch_alert_rules": "check_rule",
    "floorwatch_commands": "check_command",
    "floorwatch_reports": "check_report",
}
NOT_CHECKED = {"floorwatch_feed_sources"}
"""A source is a thing of the outside: what it must do is in its protocol, and no floor can try it."""


def imported(source: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(source.read_bytes())):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def ours(module: str) -> bool:
    """Whether it is floorwatch's own, or a test's neighbour."""
    return module.partition(".")[0] in ("floorwatch", "tests")


def stands_in(module: str, packages: tuple[str, ...]) -> bool:
    """Whether the module is one of the packages or inside one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def called_in(source: Path) -> set[str]:
    """Names of the functions that a file calls."""
    calls = (node for node in ast.walk(ast.parse(source.read_bytes())) if isinstance(node, ast.Call))
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)}


@pytest.mark.parametrize("source", TESTS, ids=lambda source: source.name)
def test_tests_of_plugins_import_the_kit_and_the_api_only(source: Path) -> None:
    assert [module for module in imported(source) if ours(module) and not stands_in(module, ALLOWED)] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(ROOT)))
def test_plugins_and_what_authors_copy_import_the_api_only(source: Path) -> None:
    allowed = ALLOWED if source.name.startswith("test_") else ("floorwatch.api",)

    assert [module for module in imported(source) if ours(module) and not stands_in(module, allowed)] == []


def test_every_kind_of_thing_has_its_check() -> None:
    assert {shape.hook for shape in SHAPES} == set(CHECKS) | NOT_CHECKED


@pytest.mark.parametrize("plugin", PLUGINS)
def test_every_plugin_is_checked_for_every_kind_that_it_declares(plugin: str) -> None:
    hooks = {name for name in vars(import_module(plugin)) if name in CHECKS}
    tests = [source for source in TESTS if any(stands_in(module, (plugin,)) for module in imported(source))]
    called = set().union(*(called_in(source) for source in tests))

    assert hooks
    assert {CHECKS[hook] for hook in hooks} - called == set()


@pytest.mark.parametrize("plugin", PLUGINS)
def test_every_thing_that_a_plugin_declares_is_named_in_its_tests(plugin: str) -> None:
    module = import_module(plugin)
    tests = [source for source in TESTS if any(stands_in(name, (plugin,)) for name in imported(source))]
    text = "\n".join(source.read_text(encoding="utf-8") for source in tests)
    hooks = sorted(set(vars(module)) & set(CHECKS))
    for hook in hooks:
        things = {type(thing).__name__: thing.name for thing in declared_by(plugin, hook)}
        assert things
        missing = [kind for kind, name in things.items() if not re.search(rf'\b{kind}\(|"{name}"', text)]
        assert [kind for kind in missing if kind != "Metric"] == []
        assert "Metric" not in things or f"{hook}()" in text


def declared_by(plugin: str, hook: str) -> list[Any]:
    """The things of one kind that a bundled plugin declares, as the house loads them."""
    catalogue = build_house(Settings(), only_bundled=True).catalogue
    kind = hook.removeprefix("floorwatch_").removeprefix("alert_").removeprefix("feed_")
    name = plugin.removeprefix("floorwatch_").replace("_", "-")
    return [declared.thing for declared in getattr(catalogue, kind).values() if declared.plugin == name]
