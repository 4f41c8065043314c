"""What the tests of `floorwatch doctor` share: a configuration to look at, and what was found of one check."""

from pathlib import Path
from typing import Any

from floorwatch.engine.diagnosis import Check
from tests.cli.conftest import Run


def written(folder: Path, text: str) -> Path:
    """A configuration with this in it, and a journal of its own."""
    file = folder / "floor.toml"
    file.write_text(f'{text}\n[journal]\nurl = "journal.db"\n', encoding="utf-8")
    return file


def watching(folder: Path, path: object = "queue_log", more: str = "") -> Path:
    """A configuration that watches this."""
    return written(folder, f'{more}\n[feeds.main]\npath = "{path}"\n')


def found(floorwatch: Run, config: Path, check: Check, *words: object) -> list[dict[str, Any]]:
    """What the doctor finds of this check."""
    ran = floorwatch("--config", config, "doctor", "--json", *words)
    assert ran.status in (0, 1)
    assert ran.err == ""
    return [each for each in ran.json if each["check"] == check]


def one(floorwatch: Run, config: Path, check: Check, *words: object) -> tuple[str, str, str]:
    """Level, words and advice of the only finding of this check."""
    (finding,) = found(floorwatch, config, check, *words)
    return finding["level"], finding["says"], finding["do"]
