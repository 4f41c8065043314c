"""The layouts that a person can choose from: those that come with floorwatch, and those of the settings.

Rules
- A layout of the settings takes the place of the bundled one of its name.
- `USUAL` is the rows that [screen] `layout` says, or the usual ones where it says none, or names a layout.
- A bundled layout is for whoever has the panels: what is not there is left out of it. What people named themselves and
  is not there is said in its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from floorwatch.settings.layout import LayoutSpec
from floorwatch.words import _

MINE = "mine"
"""In place of a team: that of whoever writes."""

USUAL = "usual"
USUAL_ROWS = LayoutSpec.of(
    [["*4", "queue-status:6", ">needs-you:5"], ["*4", "seats:6", "callers:5"], ["*3", "agents:6", "queue-hours:5"]]
)


class Layout(Struct, frozen=True):
    """Rows of panels under a `title` (None: its name), and how they are looked at: a `team` alone ("": all, or `MINE`),
    or on a `wall`: without cursor and keys. A wall goes on to the next one after `turn_seconds`; 0: never."""

    title: str | None = None
    rows: LayoutSpec = LayoutSpec(())
    team: str = ""
    wall: bool = False
    turn_seconds: float = 0.0


BUNDLED: Mapping[str, Layout] = MappingProxyType(
    {
        "floor": Layout(
            "Floor",
            LayoutSpec.of(
                [
                    ["*4", "queue-status:6", ">needs-you:5"],
                    ["*4", "seats:6", "callers:5"],
                    ["*3", "rosters", "attendance"],
                ]
            ),
        ),
        "leader": Layout(
            "Leader",
            LayoutSpec.of([["*2", ">needs-you:6", "seats:5"], ["*3", "agents:6", "seat-support:5"]]),
            team=MINE,
        ),
        "wall": Layout("Wall", LayoutSpec.of([["*2", "wall"], ["*3", "queue-hours"]]), wall=True, turn_seconds=30.0),
        "wall-queues": Layout(
            "Wall: queues", LayoutSpec.of([["queue-status"], ["seats"]]), wall=True, turn_seconds=30.0
        ),
        "hand": Layout(
            "Hand",
            LayoutSpec.of([[">needs-you"], ["queue-status"], ["walk"], ["help"], ["callers"], ["seats"], ["agents"]]),
        ),
    }
)


def layouts_of(rows: LayoutSpec | str, own: Mapping[str, Layout]) -> Mapping[str, Layout]:
    """Every layout by its name, in the order in which they are offered; `rows` is what [screen] `layout` says, `own`
    are those of the settings."""
    usual = Layout("Usual", USUAL_ROWS) if isinstance(rows, str) or rows == USUAL_ROWS else Layout("Own", rows)
    return {USUAL: usual, **BUNDLED, **own}


def no_layout(name: str, known: Iterable[str]) -> str:
    """That nobody has a layout of this name, and which there are."""
    from difflib import get_close_matches  # 3 ms, for a mistake alone

    if near := get_close_matches(name, known := tuple(known), 1):
        return _("there is no layout {name}; did you mean {near}?").format(name=name, near=near[0])
    return _("there is no layout {name}; there are {known}").format(name=name, known=", ".join(known))


def rows_by_key(rows: LayoutSpec | str, own: Mapping[str, Layout]) -> Iterator[tuple[str, LayoutSpec]]:
    """The rows that the settings say themselves, with the key of each as a person would write it."""
    if not isinstance(rows, str):
        yield "screen.layout", rows
    yield from ((f"layouts.{name}.rows", layout.rows) for name, layout in own.items())
