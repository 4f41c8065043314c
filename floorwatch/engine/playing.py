"""The hands on a replay: what a person does to its time, and what they are told about it."""

from collections.abc import Awaitable, Callable, Sequence

from msgspec.structs import replace

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.desk_replay import Mark, ReplayBar, Stop
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.marks import MarksError
from floorwatch.engine.moments import going_to
from floorwatch.engine.reel import Reel
from floorwatch.engine.replay_bar import Bars, KeepsMarks, lacks_alerts
from floorwatch.engine.stops import next_stop
from floorwatch.feeds.shapes import FeedError, FeedHealth
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import Topic
from floorwatch.spoken import clock
from floorwatch.views import Notice, Tone, View
from floorwatch.words import _

READ_PARTS = 1_000
"""Parts of the whole in which it is told how much of a tape is read."""

SPELT_SECONDS = 1.0
"""Times are written in whole seconds: the first and the last one, as they are said, lie within the recording."""


class Playing:
    """A replay's control; `ReplayControl` in `engine.desk_replay` says what each method promises. It is the screen's
    clock, too: what is called now is the moment that is shown."""

    def __init__(
        self, reel: Reel, start_at: float, marks: KeepsMarks, changed: Callable[[str, float], Awaitable[View]]
    ) -> None:
        """`changed` compares what a panel shows with what it showed at an earlier moment."""
        self.by: Callable[[], str] = lambda: ""
        """Gives who sets a mark."""
        self._reel = reel
        self._clock = reel.clock
        self._bars = Bars(reel.tape, marks)
        self._changed = changed
        self._came_from: float | None = None
        self._shown_at: float | None = None  # the moment that is shown while the next one is on its way
        reel.target = start_at
        reel.on_arrived = self._arrive

    def begin(self) -> None:
        """Open the tape where the replay begins."""
        if self._reel.target is not None:
            self._reel.go(self._reel.target)

    def health(self) -> Sequence[FeedHealth]:
        """The feeds of the tape, and how much of it is read."""
        found, known = list(self._tape.health().values()), self._reel.tape_known
        if known.share is None or known.problem or known.folded_to >= self._tape.span[1]:
            return found
        read = round(known.share * READ_PARTS)
        return [replace(each, state="reading", bytes_read=read, bytes_total=READ_PARTS) for each in found]

    def label(self) -> str:
        """What the header says."""
        if self._reel.tape_known.is_whole and self.now() >= self._tape.span[1]:
            return _("REPLAY ended")
        if self._clock.paused:
            return _("REPLAY paused")
        if self._clock.rate == float("inf"):
            return _("REPLAY, as fast as it goes")
        return _("REPLAY x{rate:g}").format(rate=self._clock.rate)

    def now(self) -> float:
        """The moment that is shown: never one that the floor has not come to yet."""
        if self._reel.target is not None:
            return self._reel.target if self._shown_at is None else self._shown_at
        return max(self._span[0], min(self._clock.now(), self._reel.station.reached()))

    @property
    def paused(self) -> bool:
        """Whether floor time stands still."""
        return self._clock.paused

    @property
    def rate(self) -> float:
        """Floor seconds a second; inf: as fast as it goes."""
        return self._clock.rate

    def pause(self) -> None:
        """Let floor time stand still, at the moment that is shown, or at the one that it is on its way to. All panels
        are built for it: while time ran, each was as old as its own rest."""
        self._stand()
        self._clock.pause()
        if self._reel.target is None:
            self._reel.station.leap()
        self._reel.station.wake()

    def resume(self) -> None:
        """Let floor time run on."""
        self._clock.resume()
        self._reel.station.wake()

    def set_rate(self, rate: float) -> None:
        """Run at this rate from now on. Raises ValueError unless it is above 0."""
        self._stand()
        self._clock.set_rate(rate)
        self._reel.station.wake()

    def step(self, seconds: float) -> None:
        """Move floor time by so many seconds, from where it is or goes to."""
        self.seek(self._from_here + seconds)

    def seek(self, at: float) -> None:
        """Go to this moment, or to the nearest that the recording has."""
        if self._reel.target is None:
            self._came_from = self._shown_at = self.now()
        first, last = self._span
        self._reel.go(min(max(at, first), last))

    def go_to(self, text: str) -> str:
        """Go to a moment as people write it; what is wrong with it, and nothing happens then."""
        at = going_to(text, self._days, self._from_here)
        if isinstance(at, str):
            return at
        first, last = self._span
        if at <= first - SPELT_SECONDS:
            return _("The recording begins at {time}.").format(time=self._spelt(first))
        if at >= last + SPELT_SECONDS:
            return _("The recording ends at {time}.").format(time=self._spelt(last))
        self.seek(at)
        return ""

    def stop_at(self, stop: Stop, *, back: bool = False) -> str:
        """Go on (or back) to such a place; what is there, or why there is none."""
        try:
            place = next_stop(self._tape, stop, self._from_here, back=back)
        except FeedError as error:
            return str(error)
        if place.at is not None:
            self.seek(place.at)
        return place.words

    def bar(self) -> ReplayBar:
        """What the bar shows now."""
        return self._bars.bar(self.now(), self._reel.tape_known, self._reel.target, self._reel.problem)

    def mark(self, word: str) -> str:
        """Mark the moment that is shown, with a word; "" or why it could not be kept."""
        try:
            self._bars.marks.add(Mark(self.now(), word.strip(), self.by()))
        except MarksError as error:
            return str(error)
        return ""

    def unmark(self, at: float) -> str:
        """Take the mark at this moment away; "" or why it could not be."""
        try:
            self._bars.marks.remove(at)
        except MarksError as error:
            return str(error)
        return ""

    async def changed_since(self, panel: str, at: float) -> View:
        """What of this panel is other than it was at that moment; a notice where its alerts are not known yet, as they
        would all be said to have come or gone."""
        slot = self._reel.station.shows.slot(panel)
        reads_alerts = slot is not None and slot.panel is not None and Topic.ALERTS in slot.needs.topics
        if reads_alerts and any(lacks_alerts(self._tape, each, self._reel.tape_known) for each in (at, self.now())):
            said = _("Alerts are not known yet: this panel cannot be compared.")
            return Notice(self._reel.tape_known.problem or said, Tone.WARN)
        return await self._changed(panel, at)

    @property
    def came_from(self) -> float | None:
        """The moment that was shown before the last jump."""
        return self._came_from

    def on_entered(self, items: Sequence[Decoded]) -> None:
        """Somebody entered this, at this moment of the replay."""
        self._reel.take_in(items)

    def _arrive(self) -> None:
        self._shown_at = None

    def _stand(self) -> None:
        """The clock may be a little ahead of what is shown: it goes on from there."""
        if self._reel.target is None:
            self._clock.move_to(self.now())

    @property
    def _tape(self) -> Tape:
        return self._reel.tape

    @property
    def _days(self) -> FloorDays:
        return self._tape.house.rules.days

    @property
    def _from_here(self) -> float:
        return self.now() if self._reel.target is None else self._reel.target

    @property
    def _span(self) -> tuple[float, float]:
        """As far as one can go: what was entered behind the last entry counts, what never will be known does not."""
        first, last = self._tape.span
        return first, max(first, self._reel.end() if self._reel.tape_known.is_whole else last)

    def _spelt(self, at: float) -> str:
        return clock(at, self._days.zone)
