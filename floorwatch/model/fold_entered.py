"""How anything that people enter is folded, whatever it is about: once, the first has it, and what is undone never was.

Rules
- Of two who do the same the first in the journal has it; the second entry changes nothing and is `overtaken`.
- An entry about something that nobody knows is a misfit, counted; so is an entry that comes a second time.
- Who an agent's word means is asked of the people file alone for an entry; of the floor only for a feed's own event,
  which has its place among that feed's lines.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from floorwatch.model import entered
from floorwatch.model.entered import Entered
from floorwatch.model.entities import Topic
from floorwatch.model.entry_log import Change, Done
from floorwatch.model.live import Live
from floorwatch.model.support import Overtaken

OF_A_FEED = "/"
"""What the key of something has that a feed or a document brought, and no id of the journal."""

MISFIT = frozenset({Topic.FEEDS})
WAITS = frozenset({Topic.SUPPORT})
NOTHING: frozenset[Topic] = frozenset()
Said = TypeVar("Said", bound=Entered)


def once(fold: Callable[[Live, Said, str], frozenset[Topic]]) -> Callable[[Live, Said, str], frozenset[Topic]]:
    """The fold, for which an entry that comes a second time is a misfit."""

    @wraps(fold)
    def folded(live: Live, event: Said, feed: str) -> frozenset[Topic]:
        return fold(live, event, feed) if live.entries.is_new(event.id) else misfit(live, feed, "entry doubled")

    return folded


@once
def entry_undone(live: Live, event: entered.EntryUndone, feed: str) -> frozenset[Topic]:
    """What the entry changed stands as before."""
    found = live.entries.what_was_done(event.entry)
    if found is not None and found.waits_for:
        live.entries.keep_for_later(found.waits_for, event, feed)
        return WAITS
    if found is None or found.by != event.by:
        return misfit(live, feed, "nothing to undo")
    if (gone_on := live.entries.gone_on(event.entry)) is not None:
        return overtaken(live, event, *gone_on)
    return live.entries.take_back(event.entry)


@once
def notes_purged(live: Live, event: entered.NotesPurged, _feed: str) -> frozenset[Topic]:
    """What is old and closed is gone, and nothing older can be undone."""
    live.support.forget_before(event.before)
    live.duty.forget_before(event.before)
    live.entries.forget_before(event.before)
    return frozenset({Topic.SUPPORT, Topic.DUTY})


def key_of(event: Entered, feed: str, who: str) -> str:
    """The entry's id; of an event of a feed, which has none, what tells it from others."""
    return event.id or OF_A_FEED.join((feed, who, f"{event.at:.3f}"))


def agent_of(live: Live, event: Entered, word: str, queue: str | None = None) -> str:
    """The id of the agent. An entry has one already, which the people file may have made another since."""
    return live.people.id_of(word) or word if event.id else live.agent_id(word, queue)


def kind_of(event: Entered) -> str:
    """The name of the event."""
    return type(event).__name__


def done(live: Live, event: Entered, *changes: Change) -> frozenset[Topic]:
    """The entry did this."""
    live.entries.done(event.id, Done(event.by, event.at, kind_of(event), changes))
    return frozenset(change.topic for change in changes)


def overtaken(live: Live, event: Entered, by: str, at: float) -> frozenset[Topic]:
    """Somebody was first: the entry changed nothing."""
    live.entries.overtake(event.id, Overtaken(by, at, kind_of(event)))
    return NOTHING


def misfit(live: Live, feed: str, kind: str) -> frozenset[Topic]:
    """The entry does not fit the floor: it is counted, and changes nothing."""
    live.misfit(feed, kind)
    return MISFIT
