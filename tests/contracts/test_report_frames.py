"""docs/plugins/hooks/reports.md names every frame that a report is given, and every column of it in its order."""

import re
from pathlib import Path

from floorwatch.model.history import History
from floorwatch.reports.frames import frames_of
from floorwatch.testing import floors

PAGE = (Path(__file__).resolve().parents[2] / "docs/plugins/hooks/reports.md").read_text(encoding="utf-8")


def test_every_frame_and_column_is_named() -> None:
    frames = frames_of(History(), floors.snapshot())
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE)

    assert {name: re.findall(r"`(\w+)`", columns) for name, columns in rows} == {
        name: list(frame.columns) for name, frame in frames.items()
    }
