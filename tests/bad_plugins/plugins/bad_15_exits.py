"""Leaves by sys.exit: at a build, and as if the person had pressed ctrl+c."""

import sys

from floorwatch.api import FloorSnapshot, NoOptions, Panel, View, hookimpl


class Exits(Panel):
    name = "bad-exits"
    title = "Exits"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        sys.exit("the plugin wants to leave")


class Interrupts(Panel):
    name = "bad-interrupts"
    title = "Interrupts"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        raise KeyboardInterrupt


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Exits(), Interrupts()]
