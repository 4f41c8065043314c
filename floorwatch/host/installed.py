"""The entry points of this Python environment and the distributions that brought them, in whatever state they are.

Rules
- Asking for all at once is quick and stops at the first package whose metadata is torn (half uninstalled, edited by
  hand). Only then is each package asked on its own: the torn one is named, and the others are not lost with it.
"""

from collections.abc import Iterable
from importlib import metadata

from msgspec import Struct


class Installed(Struct, frozen=True):
    """An entry point, and the name and version of the distribution that brought it: "" where nobody knows."""

    point: metadata.EntryPoint
    distribution: str = ""
    version: str = ""


class Torn(Struct, frozen=True):
    """A distribution whose entry points cannot be read, the folder that it lies in, and why."""

    distribution: str
    folder: str
    why: str


def installed(group: str) -> tuple[list[Installed], list[Torn]]:
    """The entry points of this group in the environment, in their order, and what is torn."""
    try:
        return in_order_of_name(metadata.entry_points(group=group)), []
    except Exception:  # noqa: BLE001  # packages of others: importlib passes on whatever reading their files raises
        return _one_by_one(group)


def in_order_of_name(points: Iterable[metadata.EntryPoint]) -> list[Installed]:
    """The entry points by name, then by what they name, each with its distribution."""
    points = list(points)
    # Each asking reads a whole METADATA again, and one distribution may bring many.
    named = {dist: _named(dist) for dist in {point.dist for point in points}}
    known = [Installed(point, *named[point.dist]) for point in points]
    return sorted(known, key=lambda each: (each.point.name, each.point.value, each.distribution, each.version))


def _one_by_one(group: str) -> tuple[list[Installed], list[Torn]]:
    points: list[metadata.EntryPoint] = []
    torn: list[Torn] = []
    seen: set[str] = set()
    for dist in metadata.distributions():
        name, _version = _named(dist)
        if name and name in seen:  # further back on the path: what is imported is the first
            continue
        seen.add(name)
        try:
            points += dist.entry_points.select(group=group)
        except Exception as error:  # noqa: BLE001  # as above
            torn.append(Torn(name, str(dist.locate_file("")), type(error).__name__))
    return in_order_of_name(points), torn


def _named(dist: metadata.Distribution | None) -> tuple[str, str]:
    try:
        return ("", "") if dist is None else (dist.name or "", dist.version or "")
    except Exception:  # noqa: BLE001  # as above: without METADATA some Pythons say None here, others raise
        return "", ""
