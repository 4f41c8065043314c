"""The panel "callers": who waits and why, who is to be called back, which calls are under way."""

from collections.abc import Iterator

from msgspec import Struct

from floorwatch.api import FloorSnapshot, Needs, Stack, Topic, Turning, View
from floorwatch_callers.call_back import call_back_table, done_table, others_table
from floorwatch_callers.call_detail import call_detail
from floorwatch_callers.options import CallersOptions, Show
from floorwatch_callers.talking import talking_table
from floorwatch_callers.waiting import longest_line, places_of, waiting_table

EVERY_SECONDS = 5.0
"""An expected wait changes with time alone."""


class Callers(Turning):
    """The callers of the floor: those in its queues, those who left them unanswered, those on the line."""

    name = "callers"
    title = "Callers"
    turns = "show"
    needs = Needs(
        frozenset({Topic.CALLS, Topic.QUEUES, Topic.AGENTS, Topic.SUPPORT}),
        frozenset({"expected-wait"}),
        EVERY_SECONDS,
        rest_seconds=0.25,
    )
    options_type: type[Struct] = CallersOptions

    def build(self, floor: FloorSnapshot, options: CallersOptions) -> View:
        """The lists that are asked for, one under another."""
        return Stack(tuple(_parts(floor, options)))

    def detail(self, floor: FloorSnapshot, options: CallersOptions, row_key: str) -> View:
        """What is known of a call and its caller; of the last row, whom the list has no room for."""
        if row_key == "more:":
            return others_table(floor, options.most)
        return call_detail(floor, row_key)


def _parts(floor: FloorSnapshot, options: CallersOptions) -> Iterator[View]:
    show, most = options.show, options.most
    if show in (Show.CALLERS, Show.WAITING, Show.ALL):
        places = places_of(floor)
        if (line := longest_line(floor, places)) is not None:
            yield line
        yield waiting_table(floor, places, most)
    if show in (Show.CALLERS, Show.CALL_BACK, Show.ALL):
        yield call_back_table(floor, most)
    if show is Show.CALL_BACK and (floor.lost.called_back or floor.lost.got_through):
        yield done_table(floor)
    if show in (Show.TALKING, Show.ALL):
        yield talking_table(floor, most)
