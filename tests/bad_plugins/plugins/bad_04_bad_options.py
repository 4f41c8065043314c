"""Options that are no msgspec Struct, and options that need what nobody has set."""

from typing import Any

from msgspec import Struct

from floorwatch.api import FloorSnapshot, Notice, Panel, View, hookimpl


class Needy(Struct, frozen=True):
    room: str


class NoStruct(Panel):
    name = "bad-no-struct"
    title = "No struct"
    options_type: Any = dict

    def build(self, floor: FloorSnapshot, options: dict[str, str]) -> View:
        return Notice("never")


class Unset(Panel):
    name = "bad-unset"
    title = "Unset"
    options_type = Needy

    def build(self, floor: FloorSnapshot, options: Needy) -> View:
        return Notice(options.room)


@hookimpl
def floorwatch_panels() -> list[Panel]:
    return [NoStruct(), Unset()]
