"""Starts a thread at every build; none ever ends, and Python would wait for each of them."""

import threading

from floorwatch.api import FloorSnapshot, NoOptions, Panel, Text, View, hookimpl

STOP = threading.Event()
"""Nobody sets it but a test that is over."""


class Leaks(Panel):
    name = "bad-leaks"
    title = "Leaks"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        for _thread in range(5):
            threading.Thread(target=STOP.wait, daemon=False).start()
        return Text.of("leaked")


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Leaks()]
