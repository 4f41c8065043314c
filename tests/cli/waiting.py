"""Waiting for what another process does to a file, without sleeping longer than it takes."""

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.patience import PATIENCE_SECONDS

LOOK_EVERY_SECONDS = 0.01


def until(claim: Callable[[], bool], what: str, patience: float = PATIENCE_SECONDS) -> None:
    """Return as soon as the claim holds; fails when it does not for so many seconds."""
    never = threading.Event()
    end = time.monotonic() + patience
    while not claim():
        assert time.monotonic() < end, f"in vain: {what}"
        never.wait(LOOK_EVERY_SECONDS)


def wait_for(process: "subprocess.Popen[str]", file: Path, text: str) -> None:
    """Return as soon as the text stands in the file; fails when the process ends before."""

    def there() -> bool:
        assert process.poll() is None, process.communicate()
        return file.exists() and text in file.read_text()

    until(there, f"{text} in {file}")
