"""What becomes of the feeds and panels of a live floor, for floorwatch's own log: a line when something changes."""

from collections.abc import Sequence

from floorwatch.engine.shows import Slot
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.host.health import Health, HealthState
from floorwatch.host.own_log import note, plugin_failed
from floorwatch.text import without_numbers

GRAVE = frozenset({"lost", "failed"})
ILL = frozenset({HealthState.STALLED, HealthState.FAULTED})


class Noted:
    """Tells what is new since the last look."""

    def __init__(self) -> None:
        self._feeds: dict[str, tuple[str, int, int, bool]] = {}
        self._panels: dict[str, Health] = {}

    def look(self, feeds: Sequence[FeedHealth], slots: Sequence[Slot]) -> None:
        """Write down what has changed: for each feed its state, its rotations, what it may have lost, and whether it is
        polled; for each panel that it is ill now."""
        for feed in feeds:
            found = (feed.state, feed.rotations, feed.possible_loss, feed.polling)
            before = self._feeds.get(feed.name)
            if found != before:
                self._feeds[feed.name] = found
                self._tell(feed, before)
        for slot in slots:
            was = self._panels.get(slot.name)
            if was is not slot.health:
                self._panels[slot.name] = slot.health
                is_news = was is None or was.state is not slot.health.state
                if slot.health.state in ILL and is_news:
                    plugin_failed(slot.plugin, slot.name, slot.health)

    @staticmethod
    def _tell(feed: FeedHealth, before: tuple[str, int, int, bool] | None) -> None:
        state, rotations, loss, polling = before or ("", 0, 0, False)
        if feed.state != state:
            why = f" ({without_numbers(feed.reason)})" if feed.reason else ""
            note(f"feed {feed.name}: {feed.state}{why}", grave=feed.state in GRAVE)
        if feed.rotations != rotations:
            note(f"feed {feed.name}: rotated, {feed.rotations} in all")
        if feed.possible_loss != loss:
            note(f"feed {feed.name}: lines may be lost, {feed.possible_loss} times in all", grave=True)
        if feed.polling and not polling:
            note(f"feed {feed.name}: polled, the system does not tell when it grows")
