"""The panel "wall": the floor or some of its queues in large figures with their targets, and how the hour went."""

from collections.abc import Iterator

from msgspec import Struct

from floorwatch.api import FloorSnapshot, Needs, Panel, Scope, Stack, Text, Tiles, Tone, Topic, View, _
from floorwatch_wall.figures import tile_of
from floorwatch_wall.options import WallOptions
from floorwatch_wall.trend import last_hour


class Wall(Panel):
    """Nobody is named on it, and no number of a caller stands on it: it hangs where visitors pass."""

    name = "wall"
    title = "The floor"
    # The service level falls and the expected wait grows while nothing happens.
    needs = Needs(
        frozenset({Topic.CALLS, Topic.QUEUES, Topic.AGENTS, Topic.SUPPORT}),
        frozenset({"service-level", "answer-rate", "expected-wait"}),
        every_seconds=1.0,
    )
    options_type: type[Struct] = WallOptions

    def build(self, floor: FloorSnapshot, options: WallOptions) -> View:
        """The floor as a whole, or a row of figures for each queue."""
        return Stack((*([last_hour(floor.total)] if options.trend else ()), *_rows(floor, options)))


def _rows(floor: FloorSnapshot, options: WallOptions) -> Iterator[View]:
    if not options.queues:
        yield _tiles(floor.total, options)
        return
    for name in options.queues:
        scope = floor.queues.get(name)
        if scope is None:
            yield Text.of(_("{queue}: no call of this queue has been seen").format(queue=name), Tone.MUTED)
        else:
            yield Text.of(name, Tone.NOTICE)
            yield _tiles(scope, options)


def _tiles(scope: Scope, options: WallOptions) -> Tiles:
    return Tiles(tuple(tile_of(scope, figure) for figure in options.shown), large=True)
