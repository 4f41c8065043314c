"""Fixtures of the feeds' tests: files to follow."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from floorwatch.feeds.tail import Tail


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "queue_log"


@pytest.fixture
def tail(log: Path) -> Iterator[Tail]:
    tail = Tail(log, "queue_log")
    yield tail
    tail.close()


@pytest.fixture
def unprivileged(tmp_path: Path) -> Iterator[Path]:
    """A folder in which permissions hold for this process, even when the tests run as root."""
    if os.geteuid() != 0:
        yield tmp_path
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(0)
