"""Requests that came by telephone: however the lines of a feed and the journal interleave, the floor comes to the same.

A journal is read before the past of the feeds when the watch begins, and the clock of a switch may be ahead of those
who write: the reference is a floor that never stopped, to which a request had come before anybody wrote about it.
"""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import Entered, Event
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules

AT = 1_795_219_200.0
PEOPLE = ("Ada", "Bo")
REQUESTS = tuple(
    ev.HelpRequested(AT + at, agent=agent, question="refund?") for at, agent in ((1, "1007"), (4, "1008"), (9, "1007"))
)
KEYS = tuple(f"calls/{each.agent}/{each.at:.3f}" for each in REQUESTS)

_key = st.sampled_from((*KEYS, "e0", "e1"))
_entry = st.sampled_from([f"e{number}" for number in range(8)])
ENTRIES: st.SearchStrategy[Entered] = st.one_of(
    st.builds(ev.HelpTaken, at=st.just(AT), help=_key),
    st.builds(ev.HelpReleased, at=st.just(AT), help=_key),
    st.builds(ev.HelpAnswered, at=st.just(AT), help=_key, answer=st.just("at the desk")),
    st.builds(ev.HelpWithdrawn, at=st.just(AT), help=_key),
    st.builds(ev.EntryUndone, at=st.just(AT), entry=_entry),
    st.builds(ev.HelpRequested, at=st.just(AT), agent=st.just("1009")),
    st.builds(ev.NoteTaken, at=st.just(AT), kind=st.just(ev.NoteKind.PRAISE), agent=st.just("1007")),
)


@given(st.lists(st.tuples(ENTRIES, st.sampled_from(PEOPLE)), max_size=8), st.lists(st.integers(0, 8), max_size=3))
@settings(max_examples=400)
def test_however_lines_and_entries_interleave_the_floor_comes_to_the_same(
    entered: list[tuple[Entered, str]], places: list[int]
) -> None:
    entries = [
        replace(event, id=f"e{number}", by=by, at=AT + 10 + number) for number, (event, by) in enumerate(entered)
    ]
    requests = REQUESTS[: len(places)]
    mixed: list[Event] = list(entries)
    for place, request in zip(sorted(places, reverse=True), reversed(requests), strict=True):
        mixed.insert(min(place, len(entries)), request)

    lasting, begun = folded([*requests, *entries]), folded(mixed)

    assert seen(begun) == seen(lasting)
    assert [begun.last_entry_of(by) for by in PEOPLE] == [lasting.last_entry_of(by) for by in PEOPLE]
    assert [begun.overtaken(each.id) for each in entries] == [lasting.overtaken(each.id) for each in entries]


def folded(events: Sequence[Event]) -> Floor:
    floor = Floor(FloorRules(FloorDays()))
    for event in events:
        floor.take("journal" if isinstance(event, Entered) and event.id else "calls", event.at, (event,))
    return floor


def seen(floor: Floor) -> object:
    """All that there is of it, misfits too; requests in the order in which they are shown."""
    now = floor.snapshot(AT + 100)
    asked = list(now.support.helps_since(0.0))
    return now.support, asked, {name: dict(feed.misfits) for name, feed in now.feeds.items()}
