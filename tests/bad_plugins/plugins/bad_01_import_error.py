"""An import that fails: a name that floorwatch.api does not have."""

from floorwatch.api import Tabel, hookimpl  # type: ignore[attr-defined]


@hookimpl
def floorwatch_panels() -> list[object]:
    return [Tabel()]
