"""A build that sleeps for an hour: it holds its thread and no processor."""

import time

from floorwatch.api import FloorSnapshot, NoOptions, Notice, Panel, View, hookimpl


class Sleeps(Panel):
    name = "bad-sleeps"
    title = "Sleeps"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        time.sleep(3600)
        return Notice("never")


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Sleeps()]
