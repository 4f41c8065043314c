"""Whether somebody could have been seen at all: no alert holds against a person what a silent feed would have shown.

Rules
- The call feed shows people as long as it brings lines; one that has been silent for long shows nobody, and that it is
  silent has an alert of its own. Several feeds: one of them silent is enough.
- Punches show whoever came up to the moment at which their document was read last.
- What a person marked needs no feed.
"""

from floorwatch.api import Fact, FloorSnapshot
from floorwatch_attendance.limits import Limits


class Witnesses:
    """What could see people on one floor at this moment."""

    def __init__(self, floor: FloorSnapshot, limits: Limits) -> None:
        self._signs = Fact.MEMBERS in floor.gives and _speaks(floor, limits)
        read = (each.read_at for each in floor.duty.documents.values() if each.punches)
        self._punched_until = max(read, default=None)

    @property
    def sees_signs(self) -> bool:
        """Whether the call feed shows who is signed in, now."""
        return self._signs

    def sees_punches(self, since: float) -> bool:
        """Whether punches of this moment or later have been read."""
        return self._punched_until is not None and self._punched_until >= since

    def sees(self, since: float) -> bool:
        """Whether anything would have shown somebody who came at this moment or later."""
        return self._signs or self.sees_punches(since)


def _speaks(floor: FloorSnapshot, limits: Limits) -> bool:
    """Whether every call feed has brought a line lately."""
    documents = {source.partition("/")[0] for source in floor.duty.documents}
    feeds = [each for each in floor.feeds.values() if each.name not in documents] or list(floor.feeds.values())
    watched = [each for each in feeds if each.name not in limits.may_be_silent]
    last = [each.last_line_at for each in watched]
    return bool(last) and all(at is not None and floor.at - at < limits.feed_silent_seconds for at in last)
