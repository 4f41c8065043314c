"""A command: what a person can do. It returns what shall happen and changes nothing itself."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, runtime_checkable

from msgspec import Struct

from floorwatch.extend.panel import NoOptions
from floorwatch.model.events import Event
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import Field, Tone


class Happened(Struct, frozen=True):
    """An event to be kept in the journal and folded into the floor. What people enter (`events.Entered`) is given its
    `id` and `by` on the way; both are left empty here."""

    event: Event


class Toast(Struct, frozen=True):
    """A short word to the person."""

    text: str
    tone: Tone = Tone.NOTICE


class Open(Struct, frozen=True):
    """Bring a panel to the front, and open the detail of a row of it. One that the layout does not show opens as a page
    of its own."""

    panel: str
    row_key: str | None = None


class Ask(Struct, frozen=True):
    """Go on with another command: its form, for the row of this key (None: the row under the cursor), with `values` (as
    typed text) to begin with; without fields it is done at once."""

    command: str
    row_key: str | None = None
    values: Mapping[str, str] = {}


Outcome: TypeAlias = Happened | Toast | Open | Ask


class Request(Struct, frozen=True):
    """What a command is given: the floor, the panel and row under the cursor, if any, what was filled in, its options.

    `values` holds the fields of `parameters` by name, read and checked: text, a choice's value, an agent's id, or, of a
    time, epoch seconds UTC. A field that is not required and was left empty is not in it. `me` is who does it: what
    they enter carries that name by itself.
    """

    floor: FloorSnapshot
    panel: str | None = None
    row_key: str | None = None
    values: Mapping[str, str | float] = {}
    options: Any = NoOptions()
    me: str = ""

    def text(self, name: str, default: str = "") -> str:
        """The words, choice or agent's id that was filled in."""
        return str(self.values.get(name, default))

    def time(self, name: str, default: float | None = None) -> float:
        """The moment that was filled in, epoch seconds UTC; `default`, or the floor's now, where none was."""
        value = self.values.get(name)
        if isinstance(value, float | int):
            return float(value)
        return self.floor.at if default is None else default

    def subject(self, kind: str) -> str | None:
        """The id in the key of the row under the cursor when the row is of this kind: "1007" for "agent:1007"."""
        key = self.row_key or ""
        return key.removeprefix(f"{kind}:") if key.startswith(f"{kind}:") else None


class Command(Protocol):
    """An action by name, in the palette. A class that inherits from this has everything below but name, title, run."""

    name: str
    title: str

    @property
    def key(self) -> str:
        """The key that runs it, anywhere on the floor; "" for none."""
        return ""

    @property
    def parameters(self) -> Sequence[Field]:
        """What a person fills in first; none, unless said otherwise."""
        return ()

    @property
    def rows(self) -> Sequence[str]:
        """Kinds of rows in whose menu it stands ("agent" for rows keyed "agent:..."); "" for every row."""
        return ()

    @property
    def cli(self) -> bool:
        """Whether `floorwatch NAME` runs it from the command line too."""
        return False

    @property
    def quick(self) -> bool:
        """Whether Enter sends its form from any field once nothing that is needed is missing; tab goes on."""
        return False

    @property
    def reads_feeds(self) -> bool:
        """Whether the command line reads the feeds for it; one that needs the journal and the people alone starts at
        once, and on machines that have no feed."""
        return True

    @property
    def options_type(self) -> type[Struct]:
        """The type of its options, `[commands.NAME]` in the settings: none, unless said otherwise."""
        return NoOptions

    def run(self, request: Request) -> Iterable[Outcome]:
        """What shall happen; pure."""
        ...


@runtime_checkable
class Prefilled(Command, Protocol):
    """A command whose form begins with something in it, by the row under the cursor or the state of the floor."""

    def prefill(self, request: Request) -> Mapping[str, str]:
        """What stands in the fields at first, as text, by the field's name; pure."""
        ...
