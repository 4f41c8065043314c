"""A build that calls itself without an end, and a view that holds itself."""

from typing import Any

from floorwatch.api import FloorSnapshot, NoOptions, Panel, Stack, View, hookimpl


class CallsItself(Panel):
    name = "bad-calls-itself"
    title = "Calls itself"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        return self.build(floor, options)


class HoldsItself(Panel):
    name = "bad-holds-itself"
    title = "Holds itself"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        views: Any = []
        stack = Stack(views)
        views.append(stack)
        return stack


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [CallsItself(), HoldsItself()]
