"""The root of all events: something that happened at a moment."""

from msgspec import Struct


class Event(Struct, frozen=True, tag_field="event", tag=True, gc=False):
    """Anything that happened; `at` is epoch seconds UTC by the switch's clock."""

    at: float
