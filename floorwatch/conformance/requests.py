"""What a command may be asked: with and without rows, with whatever a person may fill into its fields."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from floorwatch.conformance.hostile import HOSTILE
from floorwatch.engine.filling import LONGEST_FIXED
from floorwatch.extend.command import Command
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Support
from floorwatch.views import ChoiceField, Field, FixedField, PersonField, TextField, TimeField
from floorwatch.words import _

MOST_ROWS = 5
"""Rows of each kind on one floor."""

TIME_OFFSETS = (0.0, -600.0, 900.0)


class Asking(Struct, frozen=True):
    """One way to ask: the row under the cursor and the values of the fields, as the host reads them."""

    row_key: str | None
    values: Mapping[str, str | float]

    @property
    def said(self) -> str:
        """In a few words, for a report."""
        row = _("no row") if self.row_key is None else _("row {key!r}").format(key=self.row_key[:40])
        filled = ", ".join(f"{name}={str(value)[:20]!r}" for name, value in self.values.items())
        return f"{row}, {filled}" if filled else row


def plain_requests(command: Command, floor: FloorSnapshot) -> Iterator[Asking]:
    """Without a row: all fields filled in, then only those that must be."""
    fields = tuple(command.parameters)
    if not can_be_filled(fields, floor):
        return
    yield Asking(None, {field.name: _usual(field, floor) for field in fields if _fillable(field, floor)})
    yield Asking(None, {field.name: _usual(field, floor) for field in fields if field.required})


def row_requests(command: Command, floor: FloorSnapshot) -> Iterator[Asking]:
    """On a few rows of each kind on which the command stands."""
    fields = tuple(command.parameters)
    if can_be_filled(fields, floor):
        values = {field.name: _usual(field, floor) for field in fields if _fillable(field, floor)}
        for kind in command.rows:
            yield from (Asking(key, values) for key in islice(_keys_of(kind, floor), MOST_ROWS))


def gone_rows(command: Command, floor: FloorSnapshot) -> Iterator[Asking]:
    """On rows whose thing has left the floor since they were drawn, or that never stood for one."""
    fields = tuple(command.parameters)
    if can_be_filled(fields, floor):
        values = {field.name: _usual(field, floor) for field in fields if field.required}
        kinds = command.rows or ("agent",)
        for kind in kinds:
            yield from (Asking(key, values) for key in (f"{kind}:not there", f"{kind}:", kind))


def word_requests(command: Command, floor: FloorSnapshot) -> Iterator[Asking]:
    """Every field with everything that it may be given, the others as usual."""
    fields = tuple(command.parameters)
    if can_be_filled(fields, floor):
        usual = {field.name: _usual(field, floor) for field in fields if _fillable(field, floor)}
        for field in fields:
            for value in _values_of(field, floor):
                yield Asking(None, {**usual, field.name: value})


def can_be_filled(fields: Sequence[Field], floor: FloorSnapshot) -> bool:
    """Whether this floor has what its required fields ask for: a person cannot be named where there is nobody."""
    return all(_fillable(field, floor) for field in fields if field.required)


def _fillable(field: Field, floor: FloorSnapshot) -> bool:
    return not isinstance(field, PersonField) or bool(floor.agents)


def _usual(field: Field, floor: FloorSnapshot) -> str | float:
    return next(iter(_values_of(field, floor)))


def _values_of(field: Field, floor: FloorSnapshot) -> Iterator[str | float]:
    match field:
        case ChoiceField():
            yield from (option.value for option in field.options)
        case TextField():
            yield from (text[: field.longest] for text in ("请帮忙 help", *field.suggestions, *HOSTILE) if text.strip())
        case TimeField():
            yield from (floor.at + offset for offset in TIME_OFFSETS)
        case PersonField():
            yield from islice(floor.agents, MOST_ROWS)
        case FixedField():
            known = (field.default, *(option.value for option in field.options), "A07")
            yield from (text[:LONGEST_FIXED] for text in (*known, *HOSTILE) if text.strip())


def _keys_of(kind: str, floor: FloorSnapshot) -> Iterator[str]:
    """Keys of rows of one kind as the bundled panels write them; of a kind that they have not, made-up ones."""
    match kind:
        case "agent" | "pause":
            yield from (f"{kind}:{agent}" for agent in floor.agents)
        case "queue":
            yield from (f"queue:{queue}" for queue in floor.queue_names)
        case "team":
            yield from (f"team:{team}" for team in dict.fromkeys(agent.team or "" for agent in floor.agents.values()))
        case "call":
            yield from (f"call:{queue}/{call}" for queue, call in floor.talks)
        case "alert":
            yield from (f"alert:{raised.id}" for raised in floor.alerts)
        case "leave" | "swap" | "assignment" | "mark" | "excuse":
            yield from (f"{kind}:{key}" for key in getattr(floor.duty, f"{kind}s"))
        case "help" | "note" | "incident":
            yield from (f"{kind}:{key}" for key in _keys_of_support(kind, floor.support))
        case "":
            for known in ("agent", "queue", "call", "alert", "help", "note", "incident"):
                yield from islice(_keys_of(known, floor), 1)
        case _:
            yield from (f"{kind}:{name}" for name in ("1", "张伟", "a/b:c"))


def _keys_of_support(kind: str, support: Support) -> Iterable[str]:
    """Those that wait for somebody first."""
    match kind:
        case "help":
            return (*support.open_helps, *support.helps)
        case "note":
            return (*support.follow_ups, *support.notes)
        case _:
            return (*support.incidents, "fault:CRM")
