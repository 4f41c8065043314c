"""Rosters, punches, and what people enter about them, as sentences of a moment.

Rules
- `who` is a name or an id of an agent, or any other word, which then stands as it is.
- A document is said whole, a line a person (`testing.rostered`): a second one of its name takes its place.
- `day` is a date, "2026-03-11"; the moment's own unless it is said. Times of day are on it.
- Hours are "09:00-18:00" of that day, or two times: `("2026-03-11 09:00", "2026-03-13 18:00")`.
- A request is named by its id, or by who asks; anything else by its id.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Self

from msgspec.structs import replace

from floorwatch.model import events
from floorwatch.model.duty import Activity, MarkKind, Punch, Shift, ShiftKind, Tick, Who
from floorwatch.model.events import Entered
from floorwatch.testing.rostered import Hours, hours_of, punches_of, shifts_of
from floorwatch.testing.scene import Happening, Scene
from floorwatch.testing.wall import Time, Wall


class Rostering:
    """The sentences of attendance and rosters. `Moment` has them all."""

    at: float
    _wall: Wall

    # --- documents ---

    def roster(self, *lines: str, day: str = "", document: str = "roster", layer: str = "") -> Self:
        """A roster is read: `"李娜: 09:00-18:00, lunch 12:00-13:00"`, `"王芳: off"`, a line a person. With a `layer`
        it is a duty that lies over the roster."""
        shifts = tuple(shifts_of(lines, self._on(day), layer))
        unknown = [shift.code for shift in shifts if shift.kind is ShiftKind.UNKNOWN]
        codes = {code: unknown.count(code) for code in unknown}
        return self._reads("roster", document, shifts=shifts, unknown_codes=codes)

    def punches(self, *lines: str, day: str = "", document: str = "punches") -> Self:
        """An attendance sheet is read: `"李娜: 08:58, 18:04"`, a line a person."""
        return self._reads("punches", document, punches=tuple(punches_of(lines, self._on(day))))

    def cannot_read(self, document: str, why: str) -> Self:
        """A newer file of a document cannot be used at all."""
        refused = events.DocumentRefused(self.at, document=document, why=why)
        return self._says("cannot_read", (document,), lambda _now: [refused])

    def loses(self, document: str) -> Self:
        """A document is no longer there."""
        return self._says("loses", (document,), lambda _now: [events.DocumentGone(self.at, document=document)])

    # --- attendance ---

    def marks(
        self,
        who: str,
        kind: MarkKind | str,
        moment: Time | None = None,
        *,
        by: str,
        entry: str = "",
        **said: Any,
    ) -> Self:
        """Somebody "came" or "left" at this moment (None: now), or is "absent". `said`: `word`."""
        what, wall = MarkKind(kind), self._on()
        when = self.at if moment is None else wall.at(moment)
        return self._enters(
            ("marks", who, what.value), by, entry,
            lambda now: events.AttendanceMarked(
                self.at, agent=now.word_for(who), date=wall.day.isoformat(), kind=what, moment=when, **said
            ),
        )  # fmt: skip

    def excuses(self, who: str, hours: Hours, reason: str, *, by: str, entry: str = "", **said: Any) -> Self:
        """What the agent did off the plan in these hours is excused. `said`: `word`, `proposal`."""
        start, end = hours_of(hours, self._on())
        return self._enters(
            ("excuses", who, reason), by, entry,
            lambda now: events.ExceptionExcused(
                self.at, agent=now.word_for(who), start=start, end=end, reason=reason, **said
            ),
        )  # fmt: skip

    # --- requests ---

    def asks_leave(
        self, who: str, hours: Hours, kind: str = "", *, by: str, day: str = "", entry: str = "", **said: Any
    ) -> Self:
        """Leave is asked for. `said`: `word`."""
        start, end = hours_of(hours, self._on(day))
        return self._enters(
            ("asks_leave", who, kind), by, entry,
            lambda now: events.LeaveRequested(
                self.at, agent=now.word_for(who), start=start, end=end, kind=kind, **said
            ),
        )  # fmt: skip

    def asks_swap(
        self, who: str, day: str, other: str, other_day: str, *, by: str, entry: str = "", **said: Any
    ) -> Self:
        """`who` wants to work what `other` has on `other_day`, and to give their own `day`. `said`: `word`."""
        return self._enters(
            ("asks_swap", who, other), by, entry,
            lambda now: events.SwapRequested(
                self.at, agent=now.word_for(who), date=day, other=now.word_for(other), other_date=other_day, **said
            ),
        )  # fmt: skip

    def ticks(self, request: str, tick: Tick | str, *, by: str, override: str = "", entry: str = "") -> Self:
        """A request is approved ("head"), filed ("hr") or "agreed" to."""
        what = Tick(tick)
        return self._enters(
            ("ticks", request, what.value), by, entry,
            lambda now: events.RequestTicked(self.at, request=now.request(request), tick=what, override=override),
        )  # fmt: skip

    def refuses(self, request: str, word: str = "", *, by: str, entry: str = "") -> Self:
        """A request is refused."""
        return self._enters(
            ("refuses", request, word), by, entry,
            lambda now: events.RequestRefused(self.at, request=now.request(request), word=word),
        )  # fmt: skip

    # --- assignments, and what becomes of anything ---

    def assigns(
        self,
        who: str,
        hours: Hours,
        *,
        by: str,
        day: str = "",
        entry: str = "",
        **said: Any,
    ) -> Self:
        """Somebody is given hours. `said`: `instead_of` whom, `activity`, `queue`, `layer`, `word`."""
        wall, absent = self._on(day), said.pop("instead_of", None)
        start, end = hours_of(hours, wall)
        said["activity"] = Activity(said.get("activity", Activity.PHONES))

        def assigned(now: Scene) -> Entered:
            instead_of = None if absent is None else now.word_for(absent)
            return events.ShiftAssigned(
                self.at, agent=now.word_for(who), date=wall.day.isoformat(), start=start, end=end,
                instead_of=instead_of, **said,
            )  # fmt: skip

        return self._enters(("assigns", who), by, entry, assigned)

    def tells(self, who: str, about: str, *, by: str, entry: str = "") -> Self:
        """Somebody is told of a request or an assignment."""
        return self._enters(
            ("tells", who, about), by, entry,
            lambda now: events.AgentTold(self.at, about=now.request(about), agent=now.word_for(who)),
        )  # fmt: skip

    def calls_off(self, what: str, word: str = "", *, by: str, entry: str = "") -> Self:
        """A mark, an excuse, a request or an assignment no longer holds."""
        return self._enters(
            ("calls_off", what, word), by, entry,
            lambda now: events.DutyWithdrawn(self.at, entry=now.request(what), word=word),
        )  # fmt: skip

    def _on(self, day: str = "") -> Wall:
        """The wall on this day; the moment's own unless it is said."""
        own = datetime.fromtimestamp(self.at, self._wall.zone).date()
        return replace(self._wall, day=date.fromisoformat(day) if day else own)

    def _reads(
        self, title: str, document: str, shifts: tuple[Shift, ...] = (), punches: tuple[Punch, ...] = (), **said: Any
    ) -> Self:
        facts: tuple[Shift | Punch, ...] = (*shifts, *punches)
        dates = sorted(shift.date for shift in shifts)
        read = events.DocumentRead(
            self.at, document=document, title=title, period=(dates[0], dates[-1]) if dates else None, rows=len(facts),
            people=tuple(map(Who, dict.fromkeys(fact.agent for fact in facts))), shifts=shifts, punches=punches, **said,
        )  # fmt: skip
        return self._says(title, (document,), lambda _now: [read])

    def _enters(self, said: tuple[str | None, ...], by: str, entry: str, makes: Callable[[Scene], Entered]) -> Self:
        raise NotImplementedError

    def _says(self, sentence: str, said: Sequence[object], happens: Happening) -> Self:
        raise NotImplementedError
