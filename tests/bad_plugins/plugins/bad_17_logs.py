"""Logs a megabyte a second from a thread of its own."""

import threading
from logging import Logger

from floorwatch.api import FloorSnapshot, NoOptions, Panel, Plugin, Text, View, hookimpl

LINE = "x" * 1_000
STOP = threading.Event()
"""Nobody sets it but a test that is over."""


class Logs(Panel):
    name = "bad-logs"
    title = "Logs"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        return Text.of("it logs")


def flood(log: Logger) -> None:
    while not STOP.wait(0.1):
        for _turn in range(100):
            log.warning(LINE)


@hookimpl
def floorwatch_panels(plugin: Plugin) -> list[Panel]:
    threading.Thread(target=flood, args=(plugin.log,), daemon=True).start()
    return [Logs()]
