"""Moves the working folder of the whole process."""

import os

from floorwatch.api import FloorSnapshot, NoOptions, Panel, Text, View, hookimpl


class Moves(Panel):
    name = "bad-chdir"
    title = "Moves"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        os.chdir("/")
        return Text.of("moved")


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Moves()]
