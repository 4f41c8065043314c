"""The shifts of one document as they are gathered: each with an id of its own, under its business day, said once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from msgspec.structs import replace

from floorwatch.api import Document, RejectDocument, _, duty, events
from floorwatch_rosters.codes import Codes

MOST_REFUSED = 50_000
"""A document of which more cannot be used is of another kind; each is kept, and recorded, with its reason."""


class Gathered:
    """What a reader has found so far; in the end it is one reading."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.people: dict[str, duty.Who] = {}
        self.shifts: list[duty.Shift] = []
        self.leaves: list[duty.Leave] = []
        self.refused: list[duty.Refusal] = []
        self.unknown_codes: Counter[str] = Counter()
        self.remarks: list[str] = []
        self.rows = 0
        self._ids: Counter[str] = Counter()

    def refuse(self, where: str, why: str, text: str = "") -> None:
        """This was not used, and why. Raises RejectDocument where that has become far too much."""
        if len(self.refused) >= MOST_REFUSED:
            raise RejectDocument(_("More than {n} rows or cells of it cannot be used.").format(n=MOST_REFUSED))
        self.refused.append(duty.Refusal(where, why, text))

    def add(self, shift: duty.Shift, agent: str) -> None:
        """A shift of this person: it is given an id that stays as long as the document says the same."""
        name = "/".join(filter(None, (self.document.name, shift.layer, agent, shift.date)))
        self._ids[name] += 1
        number = self._ids[name]
        id_ = name if number == 1 else f"{name}/{number}"
        if shift.kind is duty.ShiftKind.UNKNOWN:
            self.unknown_codes[shift.code] += 1
        self.shifts.append(replace(shift, id=id_, agent=agent, source=self.document.name))

    def date_of(self, at: float, day: date | None = None) -> str:
        """The date that hours from `at` on belong to: their business day, or `day` where the document puts them under
        an earlier one."""
        days = self.document.days
        found = days.local(days.start_of(at)).date()
        return min(found, day or found).isoformat()

    def of_codes(self, codes: Codes, cell: str, day: date, layer: str) -> Iterator[duty.Shift]:
        """What a cell with codes means on this day, for nobody yet. A day off beside work says nothing; a layer says
        only what is done in it."""
        told = codes.read(cell)
        kind = duty.ShiftKind
        work = [
            (code, meaning.stints(day, self.document.days.zone)) for code, meaning in told if meaning.kind is kind.WORK
        ]
        stints = in_order(stint for _code, those in work for stint in those)
        if stints is None:  # nobody works two shifts at one time: whatever is meant, it is not this
            yield duty.Shift("", "", day.isoformat(), kind.UNKNOWN, cell, layer=layer)
            return
        if stints:
            code = "/".join(code for code, _stints in work)
            yield duty.Shift("", "", self.date_of(stints[0].start, day), kind.WORK, code, stints, layer)
        silent = {kind.WORK, *([kind.OFF] if work or layer else []), *([kind.LEAVE] if layer else [])}
        for code, meaning in told:
            if meaning.kind not in silent:
                yield duty.Shift("", "", day.isoformat(), meaning.kind, code, layer=layer)

    def _about_codes(self) -> Iterator[str]:
        """Where to say what those codes mean that nobody explained."""
        for code, _times in self.unknown_codes.most_common(1):
            said = _(
                'What codes mean is said in the settings, under [feeds.NAME.options.codes]: "{code}" = "08:30-17:30".'
            )
            yield said.format(code=code)

    def reading(self, title: str) -> events.DocumentRead:
        """All of it."""
        dates = [shift.date for shift in self.shifts] + [self.date_of(leave.start) for leave in self.leaves]
        return events.DocumentRead(
            at=self.document.read_at,
            document=self.document.name,
            title=title,
            period=(min(dates), max(dates)) if dates else None,
            rows=self.rows,
            people=tuple(self.people.values()),
            shifts=tuple(self.shifts),
            leaves=tuple(self.leaves),
            refused=tuple(self.refused),
            unknown_codes=dict(self.unknown_codes.most_common()),
            remarks=(*self.remarks, *self._about_codes()),
        )


def in_order(stints: Iterable[duty.Stint]) -> tuple[duty.Stint, ...] | None:
    """The stints in order of time, the same ones once; None when they overlap."""
    ordered = sorted(set(stints), key=lambda stint: (stint.start, stint.end))
    if any(after.start < before.end for before, after in pairwise(ordered)):
        return None
    return tuple(ordered)
