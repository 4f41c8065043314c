"""What a new plugin may bring, and the forms in which its name is written. Cheap: the command line begins with it."""

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What the new plugin brings; also the folder of its template."""

    PANEL = "panel"
    FORMAT = "format"
    DOCUMENT_FORMAT = "document-format"
    RULE = "rule"
    COMMAND = "command"
    REPORT = "report"

    @property
    def shelf(self) -> str:
        """The field of the catalogue that holds things of this kind."""
        return f"{self.value}s".replace("-", "_")

    @property
    def inside(self) -> str:
        """The name of its own module, in which the thing stands."""
        return self.value.rpartition("-")[2]

    @property
    def stand_in(self) -> "Names":
        """The name that the template of this kind has."""
        return Names(f"my-{self.value}")


class Names(Struct, frozen=True):
    """A kebab-case name and the forms in which it is written."""

    name: str

    @property
    def module(self) -> str:
        """my_panel"""
        return self.name.replace("-", "_")

    @property
    def type_name(self) -> str:
        """MyPanel"""
        return "".join(word.capitalize() for word in self.name.split("-"))

    @property
    def title(self) -> str:
        """My panel"""
        return self.name.replace("-", " ").capitalize()
