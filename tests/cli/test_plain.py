"""Plain text keeps to its columns; JSON is UTF-8 wherever it is written; a terminal takes every word."""

import subprocess
import sys
from pathlib import Path

import pytest

from floorwatch.cli.plain import wrapped
from tests.cli.conftest import ROOT


def test_a_long_line_is_broken_at_blanks_and_nothing_of_it_is_lost() -> None:
    text = " ".join(["王芳", "queue-status"] * 60)

    lines = list(wrapped(text, 40, 4))

    assert " ".join(line.strip() for line in lines) == text
    assert all(len(line) + line.count("王芳") * 2 <= 40 for line in lines)
    assert all(line.startswith("    ") for line in lines[1:])


def test_a_word_that_is_too_long_stands_whole() -> None:
    path = "/a/rather/long/path/to/a/plugin.py"

    assert list(wrapped(f"see {path} there", 20, 2)) == ["see", f"  {path}", "  there"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is such a device")
def test_a_full_disk_is_one_line_and_status_1(log: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = _run("state", log, stdout=full)

    assert ran.returncode == 1
    said = "floorwatch: nothing more can be written (No space left on device): make room, and run it again\n"
    assert ran.stderr.decode() == said


@pytest.mark.parametrize("words", [("--version",), ("plugins", "list")])
def test_an_output_that_was_closed_hurts_nobody(words: tuple[str, ...]) -> None:
    program = "import os, sys; os.close(1); os.close(2); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    ran = subprocess.run([sys.executable, "-c", program, "-m", "floorwatch", *words], check=False, cwd=ROOT)

    assert ran.returncode == 0


def test_json_is_utf_8_and_text_is_readable_whatever_the_terminal_speaks(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    log = folder / "queue_log"
    log.write_text("1795255200|c1|客服|NONE|ENTERQUEUE||1|1\n", encoding="utf-8")

    assert '"客服"' in _run("state", log, "--json").stdout.decode("utf-8")
    assert "\\u5ba2\\u670d" in _run("state", log).stdout.decode("latin-1")


def _run(*words: object, stdout: object = subprocess.PIPE) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "floorwatch", *map(str, words)]
    return subprocess.run(command, check=False, cwd=ROOT, stdout=stdout, stderr=subprocess.PIPE)  # type: ignore[call-overload,no-any-return]  # a file or PIPE
