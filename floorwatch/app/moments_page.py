"""The moments of a replay's day on a page: alerts, lost calls, waits over target, and people's marks; Enter goes
to one.

Rules
- A queue's name stands in front of what happened to it: that is what is left of a line that is cut.
- The cursor begins on the last one that is not after the moment shown.
- Why no more of the day will be known stands above them in full: the bar has no room for it on most terminals.
- The rows are made anew only where the bar has others: a day has thousands of them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from floorwatch.app.details import words_of
from floorwatch.app.page import Page
from floorwatch.app.part_view import PartView
from floorwatch.app.replay_cells import SIGNS, Sign
from floorwatch.app.replay_lines import clock
from floorwatch.app.stage import Stage
from floorwatch.app.view_screen import ViewScreen
from floorwatch.engine.desk import Mark, ReplayBar
from floorwatch.engine.keyframes.shapes import Moment, MomentKind
from floorwatch.text import inert
from floorwatch.views import Align, Cell, Column, Notice, Row, Stack, Table, Tone, View
from floorwatch.words import _

_SIGN_OF = {MomentKind.ALERT: Sign.ALERT, MomentKind.LOST: Sign.LOST, MomentKind.LATE: Sign.LATE}


class Place(NamedTuple):
    """A row: its moment, its sign, its words; `is_mark`: somebody's own."""

    at: float
    sign: Sign
    words: str

    @property
    def is_mark(self) -> bool:
        """Whether somebody marked it."""
        return self.sign is Sign.MARK


class MomentsPage(ViewScreen):
    """The page; it closes when a place was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x,delete", "unmark")]

    def __init__(self, stage: Stage) -> None:
        self._places: dict[str, Place] = {}
        self._shown: View = Table((), ())
        self._made_of: tuple[Sequence[Moment], Sequence[Mark], str] | None = None
        self._is_begun = False
        super().__init__(stage, Page(_("Moments of the day"), self._view))

    def on_part_view_opened(self, event: PartView.Opened) -> None:
        """Enter on a row, or a second click: go there."""
        event.stop()
        event.prevent_default()  # Textual calls the handler of every class
        control, place = self.stage.desk.replay_control(), self._places.get(event.key)
        if control is not None and place is not None:
            control.seek(place.at)
            self.say_instead("")  # it was of another moment
            self.dismiss()

    def action_unmark(self) -> None:
        """Take the mark under the cursor away."""
        control, holder = self.stage.desk.replay_control(), self.frames[0].holder
        place = self._places.get("" if holder is None else holder.row_key or "")
        if control is None or place is None:
            return
        if not place.is_mark:
            self.say_instead(_("This is no mark: only marks can be taken away."))
            return
        said = control.unmark(place.at)
        if said:
            self.say_instead(said)
        self.catch_up(None)

    def _show(self, view: View) -> None:
        super()._show(view)
        control, part = self.stage.desk.replay_control(), next(iter(self.frames[0].holders), None)
        if not self._is_begun and control is not None and part is not None and self._places:
            self._is_begun = True
            now = control.bar().at
            past = [key for key, place in self._places.items() if place.at <= now]
            part.go_to(past[-1] if past else next(iter(self._places)))

    def _view(self) -> View:
        control = self.stage.desk.replay_control()
        if control is None:
            return Notice(_("This is now: moments are those of a replay."))
        bar = control.bar()
        made_of = (bar.moments, bar.marks, bar.problem)
        before = self._made_of
        if before is None or before[0] is not bar.moments or before[1:] != made_of[1:]:
            self._made_of = made_of
            self._places = dict(_keyed(places_of(bar, self.stage)))
            table = _table_of(self._places, self.stage)
            self._shown = Stack((Notice(inert(bar.problem), Tone.WARN), table)) if bar.problem else table
        return self._shown


def places_of(bar: ReplayBar, stage: Stage) -> Sequence[Place]:
    """The moments and marks of the bar's day, in order."""
    named: dict[str, str] = {}

    def name_of(subject: str) -> str:
        # A day has thousands of moments, and few subjects.
        if subject not in named:
            named[subject] = words_of(stage, None, subject)
        return named[subject]

    places = [Place(each.at, _SIGN_OF[each.kind], _words(each, name_of(each.subject))) for each in bar.moments]
    places += [Place(each.at, Sign.MARK, _mark_words(each)) for each in bar.marks]
    return sorted(places, key=lambda place: (place.at, place.sign))


def _keyed(places: Sequence[Place]) -> Iterator[tuple[str, Place]]:
    """Each place with a key that stays its own while others come."""
    seen = Counter[Place]()
    for place in places:
        seen[place] += 1
        yield f"moment:{place.at}/{place.sign}/{seen[place]}/{place.words}", place


def _table_of(places: dict[str, Place], stage: Stage) -> Table:
    columns = (Column("time", _("time"), 8), Column("sign", "", 1, Align.CENTER), Column("what", _("what"), 30, flex=1))
    rows = tuple(
        Row(
            key,
            (
                Cell(clock(place.at, stage.desk.zone)),
                Cell(SIGNS[place.sign], Tone.NOTICE if place.is_mark else Tone.MUTED),
                Cell(place.words, Tone.NOTICE if place.is_mark else Tone.CALM),
            ),
        )
        for key, place in places.items()
    )
    empty = _("Nothing happened so far that is worth seeing, and nobody marked anything.")
    return Table(columns, rows, empty, caption=_("Enter goes there, x unmarks."))


def _words(moment: Moment, subject: str) -> str:
    match moment.kind:
        case MomentKind.ALERT:
            said = inert(moment.words)
            if said and moment.is_named:
                return _("alert: {whom}: {words}").format(whom=subject, words=said)
            return _("alert: {whom}").format(whom=said or subject)
        case MomentKind.LOST:
            return _("{queue}: caller lost").format(queue=subject)
        case MomentKind.LATE:
            return _("{queue}: wait over target").format(queue=subject)


def _mark_words(mark: Mark) -> str:
    word, by = inert(mark.word), inert(mark.by)
    if not by:
        return word or _("a mark")
    return _("{word} (by {who})").format(word=word or _("a mark"), who=by)
