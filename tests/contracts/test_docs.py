"""What the docs promise to cover: every command and option, every hook, every name a plugin may import, every link.

Elsewhere: the keys of `state --json` (tests/cli/test_state.py), of the screen (tests/app/test_keys.py), of the settings
(tests/settings/test_reference.py), metrics (test_metrics_are_documented.py), events (tests/feeds/test_feeds_page.py).
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer

from floorwatch import api
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


def test_every_name_of_the_api_has_its_line_and_no_other_has() -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    names = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)

    assert sorted(names) == sorted(api.__all__)


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))], ids=str)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    near = [link for link in links if link and not re.match(r"[a-z]+:", link)]

    assert [link for link in near if not (page.parent / link).exists()] == []
