"""Changes the snapshot it is given, in every way that comes to mind."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from floorwatch.api import FloorSnapshot, NoOptions, Notice, Panel, View, hookimpl


def overwrite(floor: Any) -> None:
    floor.at = 0.0


def overwrite_by_force(floor: Any) -> None:
    object.__setattr__(floor, "at", 0.0)


def empty_the_room(floor: Any) -> None:
    floor.waiting.clear()


def send_home(floor: Any) -> None:
    floor.agents.popitem()


def sign_out(floor: Any) -> None:
    for agent in floor.agents.values():
        agent.queues.clear()


def count_a_thousand(floor: Any) -> None:
    for queue in floor.queues.values():
        queue.counts.offered += 1000
        queue.counts.answered += 1000


def count_in_every_interval(floor: Any) -> None:
    for counts in (*floor.interval_counts.values(), *floor.agent_counts.values()):
        for field in counts.__struct_fields__:
            with suppress(AttributeError, TypeError):
                setattr(counts, field, 777)


def put_another_figure(floor: Any) -> None:
    floor.__dict__["queues"] = {}
    floor.__dict__["total"] = None


WAYS: tuple[Callable[[Any], None], ...] = (
    count_a_thousand, count_in_every_interval, put_another_figure, overwrite, overwrite_by_force, sign_out, send_home,
    empty_the_room,
)  # fmt: skip


class Mutates(Panel):
    name = "bad-mutates"
    title = "Mutates"

    def build(self, floor: FloorSnapshot, options: NoOptions) -> View:
        for way in WAYS[:-1]:
            with suppress(Exception):
                way(floor)
        WAYS[-1](floor)
        return Notice("the room is empty")


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [Mutates()]
