"""What one feed has brought, counted."""

from msgspec import Struct, field

NAMES_KEPT = 200
"""Names that one feed may bring of anything that is counted by name."""

OTHERS = "…"
"""The name of all further ones: whoever can write a line into a log must not fill the memory with names."""


class Ledger(Struct):
    """What one feed has brought."""

    lines: int = 0
    first_line_at: float | None = None
    last_line_at: float | None = None
    rejected: dict[str, int] = field(default_factory=dict)
    unknown_events: dict[str, int] = field(default_factory=dict)
    misfits: dict[str, int] = field(default_factory=dict)


def count_name(counts: dict[str, int], name: str) -> None:
    """One more of this name, or of `OTHERS` where there are too many names."""
    known = counts.get(name)
    if known is None and len(counts) >= NAMES_KEPT:
        name, known = OTHERS, counts.get(OTHERS)
    counts[name] = (known or 0) + 1
