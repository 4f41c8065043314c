"""Exit handlers that hang, and a thread for which Python waits when it ends."""

import atexit
import threading

from floorwatch.api import FloorSnapshot, NoOptions, Panel, Text, View, hookimpl

STOP = threading.Event()
"""Nobody sets it but a test that is over."""

atexit.register(STOP.wait)


class Hangs(Panel):
    name = "bad-hangs"
    title = "Hangs"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        return Text.of("it will not leave")


@hookimpl
def floorwatch_panels() -> list[Panel]:
    threading.Thread(target=STOP.wait, name="stays", daemon=False).start()
    return [Hangs()]
