"""What a long reading says on a terminal while it lasts."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select

import pytest

from floorwatch.cli import progress
from floorwatch.feeds.shapes import FeedHealth
from tests.patience import PATIENCE_SECONDS


@contextmanager
def terminal(patch: pytest.MonkeyPatch) -> Iterator[int]:
    """What a terminal on stderr is sent, to be read. No fixture: pytest puts its own stderr in place before a test."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as stderr:
        patch.setattr(sys, "stderr", stderr)
        patch.setattr(progress, "FIRST_SECONDS", 0.0)
        yield ours
    os.close(ours)


def seen(screen: int, word: str) -> bool:
    """Whether the word comes."""
    told = b""
    while select([screen], [], [], PATIENCE_SECONDS)[0]:
        told += os.read(screen, 4096)
        if word.encode() in told:
            return True
    return False


def test_a_terminal_is_told_how_much_has_been_read_and_then_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    health = {"log": FeedHealth("log", bytes_total=200, bytes_read=50), "done": FeedHealth("done")}

    with terminal(monkeypatch) as screen:
        with progress.progress_of(lambda: health):
            assert seen(screen, "\r\x1b[Klog: 25.0 % read")
        assert seen(screen, "\r\x1b[K")


def test_a_document_of_which_no_share_is_known_is_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        terminal(monkeypatch) as screen,
        progress.progress_of(lambda: {"roster": FeedHealth("roster", bytes_total=200)}),
    ):
        assert seen(screen, "roster: reading")


def test_a_name_from_outside_is_no_order_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as screen, progress.progress_of(lambda: {"x": FeedHealth("a\x1b[2Jb", bytes_total=2)}):
        assert seen(screen, "a\ufffd[2Jb: reading")


def test_a_pipe_is_told_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "FIRST_SECONDS", 0.0)
    with (tmp_path / "err").open("w") as pipe:
        monkeypatch.setattr(sys, "stderr", pipe)
        with progress.progress_of(lambda: {"x": FeedHealth("x", bytes_total=2)}):
            pass
    assert (tmp_path / "err").read_text() == ""
