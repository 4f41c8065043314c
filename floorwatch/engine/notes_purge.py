"""What a purge deletes: everything that was over before a moment, and every entry about it.

Rules
- What waits for somebody stays, however old it is, with all that was entered about it.
- What was undone, and entries about nothing that is known, go by the time of the last entry about it.
- A request that came by telephone is in its feed, too, and would come back open: what was entered about one stays for
  as long as that line may be read again.
- Requests, assignments, marks and excuses of attendance go too, a request that waits for a tick does not; what a
  document says is no entry.
- Entries of plugins' own events stay: nobody here knows what they are about. So do those that say what was purged.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from math import inf
from typing import Any, TypeAlias

from msgspec import Struct

from floorwatch.journal.shapes import Entry
from floorwatch.model import duty_book, events, support_book
from floorwatch.model.duty import Assignment, Duty, Excuse, HandMark, Leave, Swap
from floorwatch.model.events import Event
from floorwatch.model.fold_entered import OF_A_FEED
from floorwatch.model.support import Support

Subject: TypeAlias = tuple[str, Hashable]
"""What an entry is about: the store of `Support` or of `Duty`, and the key in it."""


NOWHERE = ""
"""The store of what leaves no thing of its own behind: a visit."""

_ABOUT: Mapping[type[Event | None], tuple[str, str]] = {
    events.NoteTaken: ("notes", ""),
    events.FaultReported: ("notes", ""),
    events.NoteAmended: ("notes", "note"),
    events.NoteWithdrawn: ("notes", "note"),
    events.FollowUpDone: ("notes", "note"),
    events.HelpRequested: ("helps", ""),
    events.HelpTaken: ("helps", "help"),
    events.HelpReleased: ("helps", "help"),
    events.HelpAnswered: ("helps", "help"),
    events.HelpWithdrawn: ("helps", "help"),
    events.SeatVisited: (NOWHERE, ""),
    events.SeatPassed: ("walks", ""),
    events.WalkBegan: ("walks", ""),
    events.WalkEnded: ("walks", ""),
    events.IncidentTaken: ("incidents", "incident"),
    events.EvidenceAdded: ("incidents", "incident"),
    events.IncidentClosed: ("incidents", "incident"),
    events.CallReturned: ("returned", "visit"),
    events.AlertAcknowledged: ("acknowledged", "alert"),
    events.AlertSnoozed: ("snoozed", "alert"),
    events.LeaveRequested: ("leaves", ""),
    events.SwapRequested: ("swaps", ""),
    events.ShiftAssigned: ("assignments", ""),
    events.AttendanceMarked: ("marks", ""),
    events.ExceptionExcused: ("excuses", ""),
}
"""The store of what an entry is about, and the field that names it; "": its own id, of walks their author's."""

_ABOUT_ENTRY: Mapping[type[Event | None], str] = {
    events.EntryUndone: "entry",
    events.RequestTicked: "request",
    events.RequestRefused: "request",
    events.AgentTold: "about",
    events.DutyWithdrawn: "entry",
}
"""What is about whatever another entry is about, and the field that names that entry."""


class Purge(Struct, frozen=True):
    """What goes: the ids of entries, and how many notes, help requests and incidents these are. `kept` are those that
    are as old, but wait for somebody."""

    before: float
    ids: tuple[str, ...] = ()
    notes: int = 0
    helps: int = 0
    incidents: int = 0
    kept: int = 0


def purge_before(
    entries: Iterable[Entry], support: Support, duty: Duty, before: float, lines_since: float = inf
) -> Purge:
    """What a purge of everything that was over before this moment (epoch seconds) deletes. `support` and `duty` are
    what the entries, in the order of the journal, add up to; lines of feeds from `lines_since` on may be read again."""
    about = _by_subject(entries)
    limits = {subject: min(before, lines_since) if _is_of_a_feed(subject) else before for subject in about}
    over = {
        subject for subject, found in about.items() if _is_over(_thing(subject, support, duty), found, limits[subject])
    }
    gone = [store for store, key in over if key in getattr(support, store, ())]
    kept = (
        *(each.requested_at < before for each in support.open_helps.values()),
        *(note.at < before for note in support.follow_ups.values()),
        *(each.since < before for each in support.incidents.values() if each.is_open),
        *((each.asked_at or 0.0) < before for each in duty.leaves.values() if each.is_open),
        *(each.asked_at < before for each in duty.swaps.values() if each.is_open),
    )
    ids = tuple(entry.id for subject in over for entry in about[subject])
    return Purge(before, ids, gone.count("notes"), gone.count("helps"), gone.count("incidents"), sum(kept))


def _is_over(thing: Any, found: Iterable[Entry], before: float) -> bool:
    if thing is None:
        return max(entry.at for entry in found) < before
    if isinstance(thing, Leave | Swap | Assignment | HandMark | Excuse):
        return duty_book.is_over_before(thing, before)
    return support_book.is_over_before(thing, before)


def _is_of_a_feed(subject: Subject) -> bool:
    store, key = subject
    return store == "helps" and isinstance(key, str) and OF_A_FEED in key


def _thing(subject: Subject, support: Support, duty: Duty) -> Any:
    store, key = subject
    if store == "walks":
        return next((walk for walk in support.walks.values() if walk.id == key), None)
    return getattr(support, store, getattr(duty, store, {})).get(key)


def _by_subject(entries: Iterable[Entry]) -> dict[Subject, list[Entry]]:
    """The entries by what they are about, those about nothing that may go left out."""
    found: defaultdict[Subject, list[Entry]] = defaultdict(list)
    subjects: dict[str, Subject] = {}
    walks: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry.event, events.WalkBegan):
            walks[entry.author] = entry.id
        subject = _subject(entry, walks.get(entry.author, ""), subjects)
        if subject is not None:
            subjects[entry.id] = subject
            found[subject].append(entry)
    return found


def _subject(entry: Entry, walk: str, subjects: Mapping[str, Subject]) -> Subject | None:
    """What the entry is about; `walk` is the one that its author is on, `subjects` what those before it are about."""
    event = entry.event
    if type(event) in _ABOUT_ENTRY:
        meant: str = getattr(event, _ABOUT_ENTRY[type(event)])
        return subjects.get(meant, (NOWHERE, meant))
    store, field = _ABOUT.get(type(event), (None, ""))
    if store is None:
        return None
    if store == "walks":
        return store, walk
    return store, getattr(event, field) if field else entry.id
