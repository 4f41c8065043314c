"""A command done as the host does it: fields read from what was typed, what it gives back held against what it may."""

from collections.abc import Iterable, Mapping
from typing import Any

from floorwatch.engine.desk import Refused
from floorwatch.engine.filling import filled
from floorwatch.engine.known import names_of
from floorwatch.engine.outcomes import outcomes_of
from floorwatch.extend.command import Command, Outcome, Request
from floorwatch.model.people import People
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.testing.declared import options_given, sound
from floorwatch.testing.mistakes import RefusedError

UnderCursor = tuple[str | None, str | None]
"""The panel and the row key under the cursor."""


def done(
    command: Command,
    floor: FloorSnapshot,
    people: People,
    under: UnderCursor,
    options: Mapping[str, Any],
    typed: Mapping[str, str],
) -> tuple[Outcome, ...]:
    """What the command gives. Raises RefusedError for wrong options and fields, and for what is no outcome."""
    name = sound(Command, command)
    given = options_given(command.options_type, options, f"commands.{name}")
    values = filled(command.parameters, typed, names_of(floor, people), floor.rules.days, floor.at)
    if isinstance(values, Refused):
        raise RefusedError(f"{field}: {said}" if field else said for field, said in values.mistakes.items())
    returned: object = command.run(Request(floor, *under, values, given, floor.me))
    if isinstance(returned, Iterable) and not isinstance(returned, str | bytes | Mapping):
        returned = list(returned)
    outcomes = outcomes_of(command, returned)
    if returned != list(outcomes):  # one word of the host's, in place of what cannot be done
        raise RefusedError(str(getattr(outcome, "text", outcome)) for outcome in outcomes)
    return outcomes


def prefilled(
    command: Command, floor: FloorSnapshot, under: UnderCursor, options: Mapping[str, Any]
) -> Mapping[str, str]:
    """What stands in its fields at first: their defaults, and what the command says. Raises RefusedError."""
    sound(Command, command)
    defaults = {field.name: field.default for field in command.parameters}
    prefill = getattr(command, "prefill", None)
    if not callable(prefill):
        return defaults
    given = options_given(command.options_type, options, f"commands.{command.name}")
    said: Mapping[str, str] = prefill(Request(floor, *under, options=given, me=floor.me))
    unknown = [name for name in said if name not in defaults]
    if unknown:
        raise RefusedError(f"{command.name}: prefill names {name!r}, which is none of its fields" for name in unknown)
    return defaults | dict(said)
