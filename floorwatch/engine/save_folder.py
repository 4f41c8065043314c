"""The folder in which what a person saves from the screen goes.

Rules
- It is made when something is first saved, for its owner alone. A file gets a name that is free: none is written over.
- A name is a name: what it holds never leads to another folder.
"""

from pathlib import Path

from floorwatch.engine.new_file import write_new
from floorwatch.settings.own_folders import make_own

MOST_ALIKE = 99
"""Files of one name and one second."""


class SaveFolder:
    """`folder` need not be there; None where the user has no home to make one in."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def save(self, name: str, content: bytes) -> Path:
        """Write a new file of this name, or of one with a number behind it; where it is now. Raises OSError."""
        if self.folder is None:
            raise FileNotFoundError(2, "no home folder", "~")
        make_own(self.folder)
        plain = Path(Path(name).name)
        for number in range(1, MOST_ALIKE + 1):
            file = self.folder / (plain.name if number == 1 else f"{plain.stem}-{number}{plain.suffix}")
            try:
                write_new(file, content)
            except FileExistsError:
                if number == MOST_ALIKE:
                    raise
            else:
                return file
        raise AssertionError("a loop of at least one round returns or raises")
