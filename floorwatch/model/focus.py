"""What a person wants to see alone, in every panel: one team, one queue, or a team at one queue."""

from msgspec import Struct


class Focus(Struct, frozen=True):
    """`team` and `queue` as the floor names them; "" is all of them. Figures of the floor and of queues stay whole: who
    waits belongs to no team. What lists people or queues lists those in focus."""

    team: str = ""
    queue: str = ""


NO_FOCUS = Focus()
"""The whole floor."""
