"""The punches of one document as they are gathered: exact duplicates once, and time that runs backwards remarked on."""

from floorwatch.api import Document, RejectDocument, _, _n, duty, events

MOST_REFUSED = 50_000
"""A document of which more cannot be used is of another kind; each is kept, and recorded, with its reason."""


class Gathered:
    """What a reader has found so far; in the end it is one reading."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.people: dict[str, duty.Who] = {}
        self.refused: list[duty.Refusal] = []
        self.remarks: list[str] = []
        self.rows = 0
        self._punches: dict[duty.Punch, None] = {}
        self._duplicates = 0
        self._backwards = 0
        self._last = float("-inf")

    def refuse(self, where: str, why: str, text: str = "") -> None:
        """This was not used, and why. Raises RejectDocument where that has become far too much."""
        if len(self.refused) >= MOST_REFUSED:
            raise RejectDocument(_("More than {n} rows or cells of it cannot be used.").format(n=MOST_REFUSED))
        self.refused.append(duty.Refusal(where, why, text))

    def add(self, who: duty.Who, at: float, date: str | None = None, device: str = "") -> None:
        """A punch of this person."""
        self.people.setdefault(who.key, who)
        punch = duty.Punch(who.key, at, self.document.name, date, device)
        if punch in self._punches:
            self._duplicates += 1
        self._punches[punch] = None

    def follows(self, at: float) -> None:
        """Say in which order the moments stand in the document, where they should be in order."""
        self._backwards += at < self._last
        self._last = at

    def reading(self, title: str, period: tuple[str, str] | None = None) -> events.DocumentRead:
        """All of it; the period is that of the punches, unless the document says one."""
        local = self.document.days.local
        moments = [punch.at for punch in self._punches]
        if moments and period is None:
            period = (local(min(moments)).date().isoformat(), local(max(moments)).date().isoformat())
        remarks = list(self.remarks)
        if self._duplicates:
            said = _n("{n} exact duplicate was left out.", "{n} exact duplicates were left out.", self._duplicates)
            remarks.append(said.format(n=self._duplicates))
        if self._backwards:
            said = _n("Time runs backwards at {n} place.", "Time runs backwards at {n} places.", self._backwards)
            remarks.append(said.format(n=self._backwards))
        return events.DocumentRead(
            at=self.document.read_at,
            document=self.document.name,
            title=title,
            period=period,
            rows=self.rows,
            people=tuple(self.people.values()),
            punches=tuple(self._punches),
            refused=tuple(self.refused),
            remarks=tuple(remarks),
        )
