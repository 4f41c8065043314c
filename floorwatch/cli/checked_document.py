"""What `floorwatch feeds check` says of a document: what it is, whom and what it holds, what was not used and why."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from floorwatch.cli.plain import plain_table
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.duty import DocumentState, Refusal, Who
from floorwatch.model.duty_events import DocumentRead
from floorwatch.text import inert
from floorwatch.words import _, title_of

SHOWN = 20
"""Refusals, people and remarks that are told in full; the rest is counted."""

LONGEST_TEXT = 80
Thing = TypeVar("Thing")


class Checked(Struct, frozen=True):
    """One document: what it said, and what became of it on the floor. `people_known`: there is a people file."""

    read: DocumentRead
    state: DocumentState | None
    people_known: bool


def said_of(checked: Checked) -> Iterator[str]:
    """Everything about it, line by line."""
    read = checked.read
    yield _("  {document}: {title}, {period}").format(
        document=inert(read.document), title=inert(title_of(read)) or "-", period=_period(read.period)
    )  # fmt: skip
    yield from _table((_("what"), _("count")), _counts(checked))
    yield from _unmatched(checked)
    yield from _counted(_("unknown codes"), read.unknown_codes)
    yield from _counted(_("refused"), Counter(each.why for each in read.refused))
    yield from _first(read.refused, _refusal)
    yield from _first(read.remarks, inert)


def refused_of(health: FeedHealth) -> Iterator[str]:
    """The documents that could not be used at all, and those that are not there or not readable."""
    for _offset, reason, raw in health.rejected_lines[:SHOWN]:
        name = inert(raw.decode(errors="replace"))
        yield _("  {document}: refused: {reason}").format(document=name, reason=inert(reason))
    if health.reason and not health.rejected_lines:
        yield f"  {inert(health.reason)}"


def _counts(checked: Checked) -> Iterator[tuple[str, str]]:
    read, state = checked.read, checked.state
    numbers = (
        (_("rows read"), read.rows),
        (_("people"), len(read.people) if state is None else state.people),
        (_("shifts"), len(read.shifts)),
        (_("leaves"), len(read.leaves)),
        (_("punches"), len(read.punches)),
        (_("approvals"), len(read.approvals)),
        (_("verdicts of its own"), len(read.stated)),
        (_("refused"), len(read.refused)),
    )
    return ((word, str(number)) for word, number in numbers if number or word == numbers[0][0])


def _unmatched(checked: Checked) -> Iterator[str]:
    unmatched: Sequence[Who] = () if checked.state is None else checked.state.unmatched
    if not unmatched:
        return
    if not checked.people_known:
        yield _("  nobody is matched with the floor: there is no people file; give --people FILE")
        return
    said = _("  not in the people file: {n} of {all}")
    yield said.format(n=len(unmatched), all=len(checked.read.people))
    yield from _first(unmatched, _who)


def _who(who: Who) -> str:
    words = dict.fromkeys((who.key, who.name, who.employee, who.account, who.pin))
    return ", ".join(inert(word) for word in words if word)


def _refusal(refusal: Refusal) -> str:
    said = _("{where}: {why}: {text}") if refusal.text else _("{where}: {why}")
    text = inert(refusal.text[:LONGEST_TEXT])
    return said.format(where=inert(refusal.where), why=inert(refusal.why), text=text)


def _first(things: Sequence[Thing], word: Callable[[Thing], str]) -> Iterator[str]:
    yield from (f"    {word(each)}" for each in things[:SHOWN])
    if len(things) > SHOWN:
        yield _("    and {n} more").format(n=len(things) - SHOWN)


def _counted(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    rows = [(word, str(number)) for word, number in sorted(counts.items(), key=lambda item: -item[1])]
    yield from _table((title, _("count")), iter(rows))


def _table(head: tuple[str, str], rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield from (f"  {line}" for line in plain_table(head, found, frozenset({1})).split("\n"))


def _period(period: tuple[str, str] | None) -> str:
    if period is None:
        return _("no dates")
    return _("{first} to {last}").format(first=inert(period[0]), last=inert(period[1]))
