"""What a document tells: one event for a whole reading, which takes the place of the reading before it, or for none."""

from collections.abc import Mapping

from floorwatch.model.duty import Approval, Leave, Punch, Refusal, Shift, Stated, Who
from floorwatch.model.event import Event


class DocumentRead(Event, frozen=True, kw_only=True, tag=True):
    """A roster, an attendance sheet or a calendar, read whole at `at`. It replaces what `document` (a file's name) of
    the same feed said before.

    Agents in it are the `key`s of `people`: the fold finds out who they are. `title` says what kind of document it is,
    in words; `period` are its first and last dates; `rows` counts what was read, `refused` what was not.
    """

    document: str
    title: str = ""
    period: tuple[str, str] | None = None
    rows: int = 0
    people: tuple[Who, ...] = ()
    shifts: tuple[Shift, ...] = ()
    leaves: tuple[Leave, ...] = ()
    punches: tuple[Punch, ...] = ()
    approvals: tuple[Approval, ...] = ()
    stated: tuple[Stated, ...] = ()
    refused: tuple[Refusal, ...] = ()
    unknown_codes: Mapping[str, int] = {}
    remarks: tuple[str, ...] = ()


class DocumentRefused(Event, frozen=True, kw_only=True, tag=True, gc=False):
    """A document of this feed could not be used at all, and why: what it said before holds."""

    document: str
    why: str


class DocumentGone(Event, frozen=True, kw_only=True, tag=True, gc=False):
    """A document of this feed is no longer there: what it said no longer holds."""

    document: str
