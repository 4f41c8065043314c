"""The least Textual app with a footer: the peer of `start`, and no more than that."""

from collections.abc import Iterator

from textual.app import App
from textual.widget import Widget
from textual.widgets import Footer, Static


class BareApp(App[None]):
    """Says that it is ready."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012  # the way Textual writes it

    def compose(self) -> Iterator[Widget]:
        """A text and the footer."""
        yield Static("all is ready")
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
