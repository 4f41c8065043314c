"""A build that spins in pure Python without an end."""

from floorwatch.api import FloorSnapshot, NoOptions, Panel, View, hookimpl


class Spins(Panel):
    name = "bad-spins"
    title = "Spins"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        turns = 0
        while True:
            turns += 1


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Spins()]
