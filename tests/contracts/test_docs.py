"""What the docs promise to cover: every command and option, every hook, every link.

Elsewhere: names that a plugin may import, and views (test_api_page.py); what comes along (test_bundled.py); metrics
(test_metrics_are_documented.py); the kit (tests/testing/test_page.py); claims (tests/conformance/test_page.py); keys of
`state --json` (tests/cli/test_state.py), of the screen (tests/app/test_keys.py), of the settings
(tests/settings/test_reference.py); events (tests/feeds/test_feeds_page.py).
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer

from floorwatch.cli.program import program
from floorwatch.host.hooks import HOOKS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
COMMANDS = (DOCS / "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (floorwatch[a-z ]*)\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL))


def commands(group: Any, words: Sequence[str] = ("floorwatch",)) -> Iterator[tuple[str, Any]]:
    """Every command with its words, the bare program first."""
    if not hasattr(group, "commands") or len(words) == 1:
        yield " ".join(words), group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*words, name))


EVERY_COMMAND = dict(commands(typer.main.get_command(program)))


def options_of(command: Any) -> set[str]:
    """The options of a command, without `--help`."""
    return {name for each in command.params for name in each.opts if name.startswith("--")} - {"--help"}


def test_every_command_has_its_section_and_no_other_has() -> None:
    assert set(SECTIONS) == set(EVERY_COMMAND)


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_every_option_has_a_row_and_every_command_an_example(name: str) -> None:
    section = SECTIONS[name]
    rows = set(re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE))

    assert rows == options_of(EVERY_COMMAND[name])
    assert re.search(rf"^    {name}\b", section, re.MULTILINE)


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_every_option_in_an_example_exists(name: str) -> None:
    examples = " ".join(re.findall(r"^    (floorwatch.*)$", SECTIONS[name], re.MULTILINE))

    assert set(re.findall(r"--[a-z-]+", examples)) <= options_of(EVERY_COMMAND[name]) | options_of(
        EVERY_COMMAND["floorwatch"]
    )


def test_every_hook_has_its_page_and_the_index_lists_them_in_order() -> None:
    index = (DOCS / "plugins" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\w+)\]\((\S+)\)", index, re.MULTILINE)
    titles = [(DOCS / "plugins" / page).read_text(encoding="utf-8").splitlines()[0] for _hook, page in rows]

    assert tuple(hook for hook, _page in rows) == HOOKS
    assert titles == [f"# {hook}" for hook in HOOKS]


def test_the_index_of_plugins_names_every_page() -> None:
    folder = DOCS / "plugins"
    links = re.findall(r"\]\(([\w./-]+\.md)", (folder / "README.md").read_text(encoding="utf-8"))

    assert {page.relative_to(folder).as_posix() for page in folder.rglob("*.md")} - {"README.md"} <= set(links)


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))], ids=str)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    near = [link for link in links if link and not re.match(r"[a-z]+:", link)]

    assert [link for link in near if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))], ids=str)
def test_every_link_to_a_heading_finds_it(page: Path) -> None:
    links = re.findall(r"\]\(([\w./-]*)#([\w-]+)\)", page.read_text(encoding="utf-8"))

    assert [(link, name) for link, name in links if name not in anchors(page.parent / link if link else page)] == []


def anchors(page: Path) -> set[str]:
    """What a link may say of a page behind the `#`: its headings in small letters, joined by dashes."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
