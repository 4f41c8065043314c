"""docs/plugins/testing.md: its code is one test file that passes, and it names every sentence and every question."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from floorwatch.testing import Kit, Moment, Playback, Screen, Shown

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "plugins" / "testing.md").read_text(encoding="utf-8")
CODE = "\n\n".join(re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))


def test_the_code_of_the_page_passes_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n", encoding="utf-8")
    (tmp_path / "test_page.py").write_text(CODE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--floorwatch-update"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout
    assert (tmp_path / "golden" / "test_page" / "test_it_looks_as_it_did.txt").is_file()


@pytest.mark.parametrize("kind", [Kit, Moment, Playback, Screen, Shown], ids=lambda kind: kind.__name__)
def test_everything_that_can_be_said_is_named(kind: type) -> None:
    names = {name for each in kind.__mro__ for name in vars(each) if not name.startswith("_")} - {"played"}

    assert {name for name in names if not re.search(rf"\b{name}\b", PAGE)} == set()
