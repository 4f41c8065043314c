"""Folders that are made for this user alone, whatever the umask: `Path.mkdir` gives its mode to the last one only, and
who may write in a folder above may put another in its place."""

from pathlib import Path

OWN_FOLDER = 0o700


def make_own(folder: Path) -> None:
    """Make the folder and all above it that are not there. Raises OSError."""
    if folder.is_dir():
        return
    if not folder.parent.exists():
        make_own(folder.parent)
    folder.mkdir(mode=OWN_FOLDER, exist_ok=True)
