"""Golden views: what a panel draws, kept as text files beside the test and read in review like any other line.

Rules
- A file belongs to one test module: `golden/MODULE/NAME.txt`, the name that of the test unless one is given.
- A test never writes one by itself: `pytest --floorwatch-update` does, whole or not at all, and only what differs.
"""

import difflib
import os
import re
from pathlib import Path

_UNFIT = re.compile(r"[^\w.-]+")
UPDATE = "pytest --floorwatch-update"


class GoldenViews:
    """The golden views of one test."""

    def __init__(self, test_file: Path, test_name: str, *, update: bool = False) -> None:
        self._folder = test_file.parent / "golden" / test_file.stem
        self._test_name = test_name
        self._update = update
        self._used: set[str] = set()

    def compare(self, text: str, name: str | None) -> None:
        """Hold `text` against the file. Raises AssertionError with the difference, or with what to do without a file;
        ValueError when one test uses one name twice."""
        file = self._file(name)
        before = file.read_text(encoding="utf-8") if file.is_file() else None
        if before == text:
            return
        if self._update:
            _write(file, text)
        else:
            raise AssertionError(_missing(file, text) if before is None else _difference(file, before, text))

    def _file(self, name: str | None) -> Path:
        stem = _UNFIT.sub("-", self._test_name if name is None else name).strip("-.")
        if not stem:
            raise ValueError(f"{name!r} is no name for a file: use letters and digits")
        if stem in self._used:
            raise ValueError(f"this test has a golden view {stem!r} already: give the second another name")
        self._used.add(stem)
        return self._folder / f"{stem}.txt"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")  # several workers may be at it: each its own draft
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(file)


def _short(file: Path) -> str:
    return "/".join(file.parts[-3:])


def _missing(file: Path, text: str) -> str:
    return f"there is no golden view {_short(file)} yet; if this is right, write it with {UPDATE}:\n\n{text}"


def _difference(file: Path, before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), _short(file), "shown now", lineterm="")
    said = f"the view is not as in {_short(file)}; if it is right as it is now, write it with {UPDATE}"
    return "\n".join([said, "", *lines])
