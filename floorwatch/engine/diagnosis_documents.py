"""What `floorwatch doctor` finds about rosters and attendance files: whether they were read, what of them was not used,
and whom nobody knows. Cells are not quoted: they hold what is private.
"""

from collections.abc import Iterator
from pathlib import Path

from floorwatch.engine.decoding import fold
from floorwatch.engine.diagnosis import Check, Finding, fine, look, wrong
from floorwatch.engine.house import House
from floorwatch.engine.timeline import timeline_of
from floorwatch.model.duty import DocumentState
from floorwatch.settings import FeedSettings
from floorwatch.text import inert, without_numbers
from floorwatch.words import _, _n, title_of

_SHOWN = 3


def documents_found(house: House, name: str, wanted: FeedSettings) -> Iterator[Finding]:
    """Everything about the documents of one feed."""
    timeline = timeline_of(house, {name: wanted})
    floor, at = house.floor(timeline.gives), 0.0
    for decoded in timeline.entries():
        fold(floor, decoded)
        at = max([at, *(event.at for event in decoded.events)])
    documents = floor.snapshot(at).duty.documents
    for state in documents.values():
        yield from _document_found(house, name, state, _named(name, wanted, state))
    reason = timeline.health()[name].reason
    if not documents or (reason and not any(state.why for state in documents.values())):
        said = inert(reason) or _("no document was found there")
        yield wrong(Check.DOCUMENT_READ, said, _do(name), name)


def _named(feed: str, wanted: FeedSettings, state: DocumentState) -> str:
    """The document's file: on the floor one that is a feed of its own stands under the feed's name."""
    return inert(Path(wanted.path).name if state.source == feed else state.source)


def _document_found(house: House, feed: str, state: DocumentState, named: str) -> Iterator[Finding]:
    if state.refused_at is not None:
        says = _("{document} cannot be used: {why}").format(document=named, why=inert(state.why))
        yield wrong(Check.DOCUMENT_READ, says, _("mend it, or save it again; what it said before holds"), feed)
    if not state.title and state.refused_at is not None:
        return
    said = _("{document}: {title}, {rows} rows, {people} people")
    yield fine(
        Check.DOCUMENT_READ,
        said.format(document=named, title=inert(title_of(state)), rows=state.rows, people=state.people),
        feed,
    )
    if state.refusals or state.unknown_codes:
        yield _refused(feed, named, state)
    if state.unmatched and len(house.people):
        who = ", ".join(without_numbers(each.name or each.key) for each in state.unmatched[:_SHOWN])
        n = len(state.unmatched)
        says = _n(
            "{document}: {n} person is not in the people file: {who}",
            "{document}: {n} people are not in the people file, among them {who}",
            n,
        )
        do = _("add them to the people file, with the number or account that the document uses")
        yield look(Check.DOCUMENT_PEOPLE, says.format(document=named, n=n, who=who), do, feed)


def _refused(feed: str, named: str, state: DocumentState) -> Finding:
    reasons = [*state.refusals, *(_("unknown code {code}").format(code=code) for code in state.unknown_codes)]
    n = sum(state.refusals.values()) + sum(state.unknown_codes.values())
    says = _n("{document}: {n} place was not used: {why}", "{document}: {n} places were not used: {why}", n)
    why = ", ".join(map(inert, reasons[:_SHOWN]))
    return look(Check.DOCUMENT_ROWS, says.format(document=named, n=n, why=why), _do(feed), feed)


def _do(feed: str) -> str:
    return _("floorwatch feeds check {name} tells each, with its place").format(name=feed)
