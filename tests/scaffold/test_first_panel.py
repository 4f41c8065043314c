"""The guide "first panel in ten minutes": every command and every piece of code of it, in order, in an empty folder."""

import ast
import re
import shlex
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from msgspec import Struct

from tests.scaffold.conftest import Shell

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "plugins" / "first-panel.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^(?P<before>.*?)^```(?P<kind>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
SAYING = re.compile(r"^(?P<what>Replace|Add|Write)\b.*`(?P<file>[\w./-]+)`:?", re.MULTILINE)
DEMO = ROOT / "tests" / "outside" / "open_in_demo.py"


class Block(Struct, frozen=True):
    """A block of the page, and what is said right before it."""

    kind: str
    code: str
    before: str


class Reader:
    """Does what the page says."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        self._shell = shell
        self._folder = folder
        self._wanted = ("", "")
        self._said = ""
        self.words_of_panel = ["Queue watch"]

    def follow(self, block: Block) -> None:
        """Do this block."""
        if (saying := SAYING.search(block.before)) is not None:
            self._wanted = (saying["what"], saying["file"])
        match block.kind:
            case "sh":
                self._said = "".join(self._run(line) for line in block.code.splitlines())
            case "text":
                for line in filter(None, block.code.splitlines()):
                    assert line in self._said
            case "python" | "toml":
                self._write(block.code)
            case _:
                raise AssertionError(f"nobody knows how to follow a block of {block.kind}")

    def _run(self, line: str) -> str:
        if line.endswith(" demo"):
            return self._look(line.removesuffix(" demo"))
        ran = self._shell(line, self._folder)
        assert ran.returncode == 0, f"{line}\n{ran.stdout}{ran.stderr}"
        assert "floorwatch: warning" not in ran.stderr
        return ran.stdout

    def _look(self, floorwatch: str) -> str:
        """Open the demo in a real terminal until the panel has shown its words."""
        program = self._folder.parent / "floorwatch-here"
        program.write_text(f'#!/bin/sh\nexec {floorwatch} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        words = [sys.executable, str(DEMO), str(program), *self.words_of_panel]
        looked = self._shell(shlex.join(words), self._folder)
        assert looked.returncode == 0, looked.stderr
        return ""

    def _write(self, code: str) -> None:
        what, name = self._wanted
        file = self._folder / name
        match what:
            case "Write":
                file.write_text(code, encoding="utf-8")
            case "Add":
                file.write_text(f"{file.read_text(encoding='utf-8')}\n\n{code}", encoding="utf-8")
            case "Replace":
                file.write_text(replaced(file.read_text(encoding="utf-8"), code), encoding="utf-8")
            case _:
                raise AssertionError(f"nothing says where this goes:\n{code}")


def replaced(source: str, code: str) -> str:
    """`source` with `code` in place of the class or function of the same name."""
    (new,) = ast.parse(dedent(code)).body
    assert isinstance(new, ast.ClassDef | ast.FunctionDef)
    (old,) = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == new.name
    ]
    lines = source.splitlines(keepends=True)
    return "".join((*lines[: old.lineno - 1], code, *lines[old.end_lineno :]))


@pytest.mark.slow
def test_who_follows_the_page_has_a_tested_panel_on_the_demo_floor(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    reader = Reader(shell, folder)

    for found in BLOCK.finditer(PAGE):
        block = Block(found["kind"], found["code"], found["before"])
        if '"gave-up"' in block.code:
            reader.words_of_panel = ["Queue watch", "gave up"]
        reader.follow(block)

    assert "is taken by" in shell("floorwatch --plugin-dir queue-watch plugins list", folder).stdout
    tidy = shell("python -m ruff check queue-watch && python -m ruff format --check queue-watch", folder)
    assert tidy.returncode == 0, tidy.stdout
