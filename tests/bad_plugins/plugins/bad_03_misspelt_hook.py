"""A hook whose name is misspelt."""

from floorwatch.api import hookimpl


@hookimpl
def floorwatch_panel() -> list[object]:
    return []
