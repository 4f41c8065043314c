"""A package whose import takes two seconds."""

import time

from floorwatch.api import FloorSnapshot, NoOptions, Panel, Text, View, hookimpl

time.sleep(2.0)


class Slow(Panel):
    name = "bad-slow"
    title = "Slow"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        return Text.of("it came late")


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Slow()]
