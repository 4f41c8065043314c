"""A command: what a person can do. It returns what shall happen and changes nothing itself."""

from collections.abc import Iterable
from typing import Protocol, TypeAlias

from msgspec import Struct

from floorwatch.model.events import Event
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import Tone


class Happened(Struct, frozen=True):
    """An event to be folded into the floor."""

    event: Event


class Toast(Struct, frozen=True):
    """A short word to the person."""

    text: str
    tone: Tone = Tone.NOTICE


class Open(Struct, frozen=True):
    """Bring a panel to the front, and open the detail of a row of it."""

    panel: str
    row_key: str | None = None


Outcome: TypeAlias = Happened | Toast | Open


class Request(Struct, frozen=True):
    """What a command is given: the floor, and the panel and row under the cursor, if any."""

    floor: FloorSnapshot
    panel: str | None = None
    row_key: str | None = None


class Command(Protocol):
    """An action by name, in the palette and, where `key` is set, on that key."""

    name: str
    title: str
    key: str

    def run(self, request: Request) -> Iterable[Outcome]:
        """What shall happen; pure."""
        ...
