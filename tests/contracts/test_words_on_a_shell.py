"""Every command of the command line, on a floor on which every word is hostile: what it says is inert, and names no
caller's number."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import pytest

from floorwatch.__main__ import command_line as main
from floorwatch.engine.entries import OUR_WORDS
from tests.contracts.hostile import alive, tells_number
from tests.contracts.hostile_place import Floor, hostile_floor

pytestmark = pytest.mark.slow

LOG = "queue_log"
COMMANDS: dict[str, Sequence[str]] = {
    "state": ("state", "events.jsonl", "--json"),
    "state, told": ("state", "events.jsonl"),
    "state, differing": ("state", "events.jsonl", "--diff", "--at", "10:00", "--at", "23:59"),
    "report day": ("report", "day"),
    "report day, as text": ("report", "day", "--format", "text"),
    "report intervals": ("report", "intervals", "--format", "csv"),
    "report agents": ("report", "agents", "--format", "md"),
    "feeds check": ("feeds", "check", "events.jsonl", LOG),
    "record": ("record", "out.floorlog", LOG, "--past"),
    "index": ("index", "day.floorlog"),
    "doctor": ("doctor",),
    "doctor --json": ("doctor", "--json"),
    "plugins list": ("plugins", "list", "--verbose"),
    "config check": ("config", "check"),
    "config show": ("config", "show"),
    "notes list": ("notes", "list"),
    "notes search": ("notes", "search", "s"),
    "notes export": ("notes", "export", "--format", "md"),
    "notes export, redacted": ("notes", "export", "--redact"),
    "notes purge": ("notes", "purge", "--older-than", "1d", "--dry-run"),
    "roster check": ("roster", "check", "roster.csv"),
    "watch": ("watch", "--headless", "--seconds", "1"),
    "replay": ("replay", "events.jsonl", "--at", "23:59", "--screenshot", "floor.txt", "--size", "120x40"),
    "ask": ("ask", "\x1b[2Jhelp"),
}
ELSEWHERE = {
    "demo": "a floor of its own, on which nothing is hostile",
    "simulate": "writes what it makes up",
    "config init": "asks; tests/cli/test_wizard*",
    "plugins check": "tries a plugin on floors of its own; tests/cli/test_plugins_check",
    "plugins new": "writes what its author says",
}


class Ran(NamedTuple):
    """What a command said, and what files it left."""

    out: str
    err: str
    status: int


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Floor:
    """The hostile floor, for all of them."""
    return hostile_floor(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def run(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Ran]]:
    """Run a command in this process, on that floor, under a umask that hides nothing."""
    monkeypatch.chdir(floor.folder)
    monkeypatch.setenv("COLUMNS", "100")
    before = os.umask(0)

    def ran(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["floorwatch", "--config", "floorwatch.toml", "--no-plugins", *words])
        try:
            status = main()
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        said = capsys.readouterr()
        return Ran(said.out, said.err, status)

    yield ran
    os.umask(before)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_what_a_command_says_is_inert_and_masked(run: Callable[..., Ran], floor: Floor, command: Sequence[str]) -> None:
    if command[0] == "index":
        run("record", "day.floorlog", LOG, "--past")
    ran = run(*command)

    assert "Traceback" not in ran.err
    assert ran.status in {0, 1}, ran.err
    for said in (ran.out, ran.err):
        assert alive(said) == []
        assert not tells_number(said)
    assert ran.out or ran.err or command[0] in ("replay", "record", "index")
    if "--json" in command or "--headless" in command:
        assert [json.loads(line) for line in ran.out.splitlines()]


def test_every_command_is_in_the_list() -> None:
    from floorwatch.cli.program import program

    ours = {each.name or each.callback.__name__ for each in program.registered_commands if each.callback}
    for group in program.registered_groups:
        assert group.typer_instance is not None
        inner = group.typer_instance.registered_commands
        ours |= {f"{group.name} {each.name or each.callback.__name__}" for each in inner if each.callback}
    here = {" ".join(words[:2]) if " ".join(words[:2]) in ours else words[0] for words in COMMANDS.values()}

    assert here - {"ask"} | ELSEWHERE.keys() == ours
    assert {name.partition(" ")[0] for name in ours} == set(OUR_WORDS)
