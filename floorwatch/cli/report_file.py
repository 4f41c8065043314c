"""A report in a file: its form by the file's name, and a file that is new and its writer's alone (0600)."""

from pathlib import Path

from floorwatch.cli.failing import WorkError
from floorwatch.engine import new_file
from floorwatch.words import _

_FORMS = {
    ".csv": "csv",
    ".json": "json",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}


def form_by_name(file: Path) -> str | None:
    """The form that the name of the file asks for; None for any other name."""
    return _FORMS.get(file.suffix.lower())


def write_new(file: Path, content: bytes) -> None:
    """Write a file that is not there yet. Raises WorkError: what is there is never written over."""
    try:
        new_file.write_new(file, content)
    except FileExistsError:
        raise WorkError(
            _("{file}: is there already; name another file, or remove it first").format(file=file)
        ) from None
    except OSError as error:
        raise WorkError(f"{file}: {error.strerror}") from None
