"""How the events of the switch itself, unknown events and plugins' own events change the floor."""

from floorwatch.model import events
from floorwatch.model.entities import Topic
from floorwatch.model.fold_calls import AGENTS, MISFIT, close_feed
from floorwatch.model.ledger import count_name
from floorwatch.model.live import Live

CUSTOM = frozenset({Topic.CUSTOM})
COMPARED = frozenset({Topic.QUEUES})
NOTHING: frozenset[Topic] = frozenset()
LONGEST_NAME = 64
"""Characters of an unknown event's name that are kept: a word of noise may be a whole line."""


def switch_restarted(live: Live, event: events.SwitchRestarted, feed: str) -> frozenset[Topic]:
    """Every open call of this feed is lost; members and pauses stay."""
    close_feed(live, feed, event.at)
    return AGENTS


def switch_reloaded(_live: Live, _event: events.SwitchReloaded, _feed: str) -> frozenset[Topic]:
    """Means nothing for calls."""
    return NOTHING


def watch_began(_live: Live, _event: events.WatchBegan, _feed: str) -> frozenset[Topic]:
    """A mark for whoever asks the rules."""
    return NOTHING


def weekday_read(live: Live, event: events.WeekdayRead, _feed: str) -> frozenset[Topic]:
    """The newest reading is the one to compare with."""
    live.weekday = event
    return COMPARED


def unrecognised(live: Live, event: events.Unrecognised, feed: str) -> frozenset[Topic]:
    """Counted by the beginning of its name."""
    count_name(live.feeds[feed].unknown_events, event.name[:LONGEST_NAME])
    return MISFIT


def custom(live: Live, event: events.Custom, _feed: str) -> frozenset[Topic]:
    """A plugin's own state: kept by name and subject."""
    subjects = dict(live.custom.get(event.name, {}))
    if event.data is None:
        subjects.pop(event.subject, None)
    else:
        subjects[event.subject] = event.data
    live.custom[event.name] = subjects
    return CUSTOM
