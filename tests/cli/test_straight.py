"""What is understood without typer is what typer would have understood."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from floorwatch.cli import watching
from floorwatch.cli.program import main as typer_main
from floorwatch.cli.straight import Asked, asked
from floorwatch.cli.wishes import Wishes
from tests.cli.conftest import Run

PLAIN: tuple[list[str], ...] = (
    [],
    ["demo"],
    ["watch"],
    ["watch", "queue_log"],
    ["watch", "queue_log", "roster.csv", "switch=/var/log/queue_log"],
    ["--config", "floor.toml"],
    ["--config", "floor.toml", "watch"],
    ["watch", "--config", "floor.toml"],
    ["watch", "queue_log", "--config", "floor.toml", "--people", "people.csv", "roster.csv"],
    ["demo", "--layout", "hand"],
    ["--no-plugins", "demo", "--layout", "hand"],
    ["watch", "demo"],
    ["demo", "--no-plugins"],
    ["watch", "--plugin-dir", "mine", "--journal", "sqlite:notes.db"],
    ["--journal", "memory:"],
    ["--config", "demo"],
    ["--config", "watch", "demo"],
)
FOR_TYPER = (
    ["--version"],
    ["--help"],
    ["watch", "--help"],
    ["demo", "--headless"],
    ["watch", "--seconds", "3"],
    ["watch", "--format", "jsonl", "x"],
    ["watch", "--", "x"],
    ["watch", ""],
    ["demo", "x"],
    ["state"],
    ["nothing"],
    ["--layout", "hand"],
    ["--layout", "hand", "demo"],
    ["--config=floor.toml"],
    ["--config"],
    ["--config", ""],
    ["--config", "--people", "people.csv"],
    ["--config", "one.toml", "--config", "two.toml"],
    ["--no-plugins", "--no-plugins"],
    ["--no-plugin"],
    ["-c", "floor.toml"],
    ["watch", "x", "--layout"],
)


@pytest.fixture
def by_typer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What typer makes of some words: the command that it would run, and how."""
    ran: list[Asked] = []

    def watch(  # what it is given
        wishes: Wishes,
        words: Sequence[str],
        fmt: str | None,
        *,
        headless: bool,
        seconds: float | None,
        every: float | None = None,
    ) -> None:
        assert (fmt, headless, seconds, every) == (None, False, None, None)
        ran.append(Asked("watch", wishes, tuple(words)))

    def demo(wishes: Wishes, *, headless: bool, seconds: float | None, every: float | None = None) -> None:
        assert (headless, seconds, every) == (False, None, None)
        ran.append(Asked("demo", wishes))

    monkeypatch.setattr(watching, "watch", watch)
    monkeypatch.setattr(watching, "demo", demo)
    monkeypatch.setattr(watching, "watch_or_demo", lambda wishes: ran.append(Asked("", wishes)))

    def read(words: Sequence[str]) -> Asked:
        monkeypatch.setattr(sys, "argv", ["floorwatch", *words])
        assert typer_main() == 0
        return ran.pop()

    return read


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
def test_plain_words_mean_what_typer_makes_of_them(words: list[str], by_typer: Any) -> None:
    assert asked(words, {}) == by_typer(words)


@pytest.mark.parametrize("words", FOR_TYPER, ids=" ".join)
def test_all_else_is_for_typer_to_read(words: list[str]) -> None:
    assert asked(words, {}) is None


def test_a_shell_that_completes_is_answered_by_typer() -> None:
    assert asked(["watch"], {**os.environ, "_FLOORWATCH_COMPLETE": "bash_complete"}) is None


def test_a_layout_that_nobody_has_is_wrong_usage(floorwatch: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_needs_terminal", lambda *_how: None)

    ran = floorwatch("demo", "--layout", "hnad")

    assert ran.status == 2
    assert ran.out == ""
    assert "--layout" in ran.err
    assert "hand" in ran.err
