"""Fixtures of the faults: a stage, one on which permissions hold, and the command line."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest

from floorwatch.__main__ import command_line as main
from tests.faults.stage import Stage

CommandLine: TypeAlias = Callable[..., tuple[int, str, str]]
"""Runs `floorwatch WORDS`: its exit status, and what it said on stdout and stderr."""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def captured(tmp_path: Path) -> Iterator[Stage]:
    """A stage where the capture of a switch has just ended."""
    stage = Stage.of_the_capture(tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def unprivileged_stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage on which permissions hold for this process, even when the tests run as root."""
    if os.geteuid() != 0:
        stage = Stage(tmp_path)
        yield stage
        stage.close()
        return
    with TemporaryDirectory() as name:
        stage = Stage(Path(name))
        for folder in (Path(name), stage.folder):
            folder.chmod(0o777)
        stage.house.floor()  # loaded while its plugins may be read, wherever they lie
        os.seteuid(65534)
        try:
            yield stage
        finally:
            os.seteuid(0)
            stage.close()


@pytest.fixture
def command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line in this process; 400 ms of processor each time."""

    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["floorwatch", *map(str, words)])
        status = main()
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
