"""What of the present calls for whoever looks at the past: a few words beside the clock of what they see.

Rules
- Alarms that came while they look at the past are first: one in its own words, several by their number. Those that were
  up before are known to them.
- Then who has asked for help meanwhile, and waits for it. Then the longest wait that is over its queue's promise.
- Where nothing calls, nothing is said.
"""

from floorwatch import spoken
from floorwatch.model.alerts import AlertTone, RaisedAlert
from floorwatch.model.entities import Waiting
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Help, HelpState
from floorwatch.text import inert
from floorwatch.words import _, _n


class Present:
    """Says what calls on the live floor, for somebody who left it when it was as `left`."""

    def __init__(self, left: FloorSnapshot) -> None:
        self._alarms = {raised.id for raised in _alarms(left)}
        self._helps = {asked.id for asked in _open(left)}

    def words(self, floor: FloorSnapshot) -> str:
        """A few words; "" where nothing calls."""
        alarms = [raised for raised in _alarms(floor) if raised.id not in self._alarms]
        if len(alarms) == 1:
            return _("NOW: {alarm}").format(alarm=inert(alarms[0].alert.text))
        if alarms:
            return _n("NOW: {n} new alarm", "NOW: {n} new alarms", len(alarms)).format(n=len(alarms))
        asked = [each for each in _open(floor) if each.id not in self._helps]
        if asked:
            return _n("NOW: {n} asks for help", "NOW: {n} ask for help", len(asked)).format(n=len(asked))
        late = _waits_too_long(floor)
        if late is None:
            return ""
        return _("NOW: {queue} {wait}").format(
            queue=inert(late.queue), wait=spoken.duration(floor.at - late.entered_at)
        )


def _alarms(floor: FloorSnapshot) -> list[RaisedAlert]:
    return [raised for raised in floor.alerts if raised.alert.tone is AlertTone.ALARM]


def _open(floor: FloorSnapshot) -> list[Help]:
    return [each for each in floor.support.helps.values() if each.state is HelpState.OPEN]


def _waits_too_long(floor: FloorSnapshot) -> Waiting | None:
    """Of all who wait for longer than their queue promises at most, who has waited longest."""
    longest = (scope.longest_waiting for scope in floor.queues.values())
    late = [
        each
        for each in longest
        if each is not None and floor.at - each.entered_at > floor.rules.target(each.queue).longest_wait_seconds
    ]
    return min(late, key=lambda each: each.entered_at, default=None)
