"""The smallest thing that a panel says: a figure or word with its tone, and what `?` on it opens."""

from enum import StrEnum

from msgspec import Struct


class Tone(StrEnum):
    """How much a thing matters. A tone never stands alone: the host adds `!` to alarm and `*` to warn."""

    CALM = "calm"
    NOTICE = "notice"
    WARN = "warn"
    ALARM = "alarm"
    MUTED = "muted"


class Align(StrEnum):
    """Where text stands in its column. Numbers stand right."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


class Explain(Struct, frozen=True):
    """What `?` on a figure opens: the metric and the queues it was computed over (empty: the whole floor); or, with a
    `row`, what stands behind the row of that key, of a figure whose panel shows itself how it is made."""

    metric: str = ""
    queues: tuple[str, ...] = ()
    row: str = ""


class Cell(Struct, frozen=True):
    """One figure or word.

    `since` makes it a running age: the host shows the time since that instant (epoch seconds), `prefix` before it,
    and takes the tone of the last step of `steps` (seconds, tone) that the age has reached.
    `sort` orders rows by this column where the text would not. `badge` paints it as a state letter on a coloured cell.
    `command` names the command that acts on the row: the host shows `[key text]`, with the key that it has here.
    """

    text: str = ""
    tone: Tone = Tone.CALM
    since: float | None = None
    prefix: str = ""
    steps: tuple[tuple[float, Tone], ...] = ()
    sort: float | str | None = None
    badge: bool = False
    explain: Explain | None = None
    command: str = ""

    @staticmethod
    def age(
        since: float | None, steps: tuple[tuple[float, Tone], ...] = (), *, prefix: str = "", tone: Tone = Tone.CALM
    ) -> "Cell":
        """A running age, or a muted "-" when `since` is None."""
        if since is None:
            return Cell("-", Tone.MUTED)
        return Cell("", tone, since, prefix, steps)
