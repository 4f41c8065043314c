"""The commands that bring a panel of the plugin to the front, whatever the layout shows."""

from collections.abc import Iterator, Sequence

from floorwatch.api import Command, Open, Outcome, Request, _


class OpensPanel(Command):
    """Open the panel of the command's own name."""

    def __init__(self, name: str, title: str, key: str = "") -> None:
        self.name = name
        self.title = title
        self._key = key

    @property
    def key(self) -> str:
        """The key that opens it."""
        return self._key

    def run(self, request: Request) -> Iterator[Outcome]:  # noqa: ARG002  # the same on every floor
        """The panel."""
        yield Open(self.name)


def opening_commands() -> Sequence[Command]:
    """One for each panel that has no other command of its own."""
    return (
        OpensPanel("seat-support", _("Seat support: at a glance"), "o"),
        OpensPanel("notes", _("Notes: read and search"), "N"),
        OpensPanel("care", _("Care: your own visits, praise and coaching")),
    )
