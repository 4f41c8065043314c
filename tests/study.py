"""The study data that lies beside a checkout of ours: tests use it where it is, and are skipped where it is not."""

from pathlib import Path

import pytest

FEEDS = Path(__file__).resolve().parents[2] / "shared" / "feeds"


def study_file(name: str) -> Path:
    """The file of this name under the study data; the test is skipped where there is none."""
    path = FEEDS / name
    if not path.is_file():
        pytest.skip(f"the study data is not here: {name}")
    return path
