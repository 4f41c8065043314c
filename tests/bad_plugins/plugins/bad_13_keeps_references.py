"""Keeps every snapshot that it was ever given, and wants ten a second."""

from floorwatch.api import FloorSnapshot, Needs, NoOptions, Panel, Text, View, hookimpl

KEPT: list[FloorSnapshot] = []


class Keeps(Panel):
    name = "bad-keeps"
    title = "Keeps"
    needs = Needs(every_seconds=0.1)

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        KEPT.append(floor)
        return Text.of(f"{len(KEPT)} kept")


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Keeps()]
