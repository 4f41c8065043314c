"""How a guest behaves beside its work, in sentences: what was seen of it, and what its log had to leave out."""

from collections.abc import Sequence

from floorwatch.host.context import PluginContext
from floorwatch.host.guests import is_guest, seen_of
from floorwatch.words import _n


def conduct_of(plugin: str, context: PluginContext | None) -> Sequence[str]:
    """What there is to say of a guest, the first seen first; nothing of one that came with floorwatch."""
    if not is_guest(plugin):
        return ()
    left_out = 0 if context is None else context.logbook.left_out
    said = list(seen_of(plugin).values())
    if left_out:
        many = _n("logs too much: {n:,} record was left out", "logs too much: {n:,} records were left out", left_out)
        said.append(many.format(n=left_out))
    return said
