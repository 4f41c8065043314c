"""From which entry on a floor is watched: before it lies the past, for which nobody asks the alert rules."""

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.entering import JOURNAL
from floorwatch.model.events import WatchBegan


def begins_watch(entry: Decoded) -> bool:
    """Whether the rules are asked from this entry on, if they are not asked already: the mark `WatchBegan`, or a line
    that is not of the past. What people entered and what documents say is of any time."""
    if entry.feed == JOURNAL or entry.is_document:
        return False
    if entry.line is not None:
        return not entry.line.backfill
    return any(isinstance(event, WatchBegan) for event in entry.events)
