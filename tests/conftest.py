"""For every test: no journal, log or draft of a test ever reaches the folders of whoever runs it, and English is spoken
whatever their locale."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from floorwatch.words import ENGLISH, use_language

_NUMBERS = count()

settings.register_profile("floorwatch", deadline=None, max_examples=50)
"""A slow machine fails no test; other examples come with every run."""
settings.load_profile("floorwatch")


@pytest.fixture(autouse=True)
def nobodys_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data and state folders, empty and not made yet, for this test alone."""
    home = tmp_path_factory.getbasetemp() / "nobody" / str(next(_NUMBERS))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    return home


@pytest.fixture(autouse=True)
def nobodys_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English, here and in processes that a test starts; what a test chooses ends with it."""
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LC_MESSAGES", "C")
    yield
    use_language(ENGLISH)
