"""For every test: no journal, log or draft of a test ever reaches the folders of whoever runs it, and English is spoken
whatever their locale."""

import gc
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from floorwatch.words import ENGLISH, use_language

_NUMBERS = count()


def pytest_collection_finish() -> None:
    """What has been collected stays: the cycle collector need not walk ten thousand tests again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


SWITCH_SECONDS = sys.getswitchinterval()

_SHEETS: dict[tuple[object, ...], list[RuleSet]] = {}
_parse_rules = Stylesheet._parse_rules  # noqa: SLF001  # see below


def _parsed_once(self: Stylesheet, css: str, read_from: tuple[str, str], **how: Any) -> list[RuleSet]:
    """The rules of a style sheet of Textual's, parsed once for all apps of these tests: a tenth of their time."""
    key = (css, read_from, *how.items(), *sorted(self._variables.items()))
    if key not in _SHEETS:
        _SHEETS[key] = _parse_rules(self, css, read_from, **how)
    return _SHEETS[key]


Stylesheet._parse_rules = _parsed_once  # type: ignore[assignment, method-assign]  # noqa: SLF001

settings.register_profile("gate", deadline=None, max_examples=30, derandomize=True)
"""A slow machine fails no test, and a commit passes or fails by what it is: every run has the same examples."""
settings.register_profile("search", deadline=None, max_examples=300)
"""Others with every run, and where a test names no number of its own ten times as many: `make search`."""
settings.load_profile("gate")


@pytest.fixture(autouse=True)
def nobodys_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data, state and cache folders, empty and not made yet, for this test alone."""
    home = tmp_path_factory.getbasetemp() / "nobody" / str(next(_NUMBERS))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    return home


@pytest.fixture(autouse=True)
def nobodys_guests() -> Iterator[None]:
    """Threads take turns as Python has it: once a guest was in a process, as in that of a test, it switches more often
    until it ends."""
    yield
    sys.setswitchinterval(SWITCH_SECONDS)


@pytest.fixture(autouse=True)
def nobodys_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English, here and in processes that a test starts; what a test chooses ends with it."""
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LC_MESSAGES", "C")
    yield
    use_language(ENGLISH)
