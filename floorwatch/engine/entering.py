"""What a person enters on its way into the journal, and what comes out of it on its way into the floor.

Rules
- An entry carries who made it whatever the command says: a name is given by the host alone.
- The id of a doing is made once, before anything is written: whatever happens then, to try again doubles nothing.
- The journal is a feed of the fold by the name `JOURNAL`; entries fold at the moment they were made.
"""

import secrets
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from floorwatch.engine.decoding import Decoded
from floorwatch.journal.shapes import Entry, NewEntry
from floorwatch.model.events import Entered, Event
from floorwatch.text import inert

JOURNAL = "journal"
"""The feed's name in the fold, in recordings and in `state --json`."""


def new_doing() -> str:
    """A name that nothing else has."""
    return secrets.token_hex(8)


def writer(name: str) -> str:
    """The name of who writes, as it is read again from a journal and drawn on a screen."""
    return inert(name).strip()


def new_entries(events: Sequence[Event], doing: str, me: str, at: float) -> list[NewEntry]:
    """The entries of one doing: the first has its name, further ones a number behind it."""
    entries = []
    for number, event in enumerate(events):
        name = doing if number == 0 else f"{doing}.{number}"
        stamped = replace(event, id=name, by=me) if isinstance(event, Entered) else event
        entries.append(NewEntry(name, at, me, stamped))
    return entries


def decoded(entries: Iterable[Entry]) -> list[Decoded]:
    """The entries as the floor takes them, in their order. What nobody here knows changes nothing."""
    return [Decoded(JOURNAL, entry.at, () if entry.event is None else (entry.event,)) for entry in entries]
