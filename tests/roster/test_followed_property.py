"""Somebody followed closely around an edge of their hours, in steps of seconds, forth and back: what was kept of the
moments before makes no difference to any of them."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from floorwatch.model.duty import Duty, MarkKind, Presence, Shift, Spell
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import Attendance, attendance, attendance_of
from tests.roster.duties import DATE, LUNCH, at, shift
from tests.roster.witnessed import AGENT, excuse, mark, punches, seen_floor

ROSTERS: Sequence[tuple[Sequence[Shift], Sequence[float]]] = (
    ([shift(AGENT, (9, 12), (12, 13, LUNCH), (13, 18))], (9, 12, 13, 18)),
    ([shift(AGENT, (8, 12), (16, 20))], (8, 12, 16, 20)),
    ([shift(AGENT, (21, 29), date="2026-11-21"), shift(AGENT, (6, 14))], (5, 6, 14)),
)
"""Hours, those of a night too, and their edges."""

STEPS = 40
SECONDS = st.sampled_from((5.0, 5.0, 5.0, 35.0, 185.0, 600.0, -40.0))


class Followed(Struct, frozen=True):
    """A day with its witnesses, what somebody does at the telephones from when on, their calls, and the moments at
    which they are looked at."""

    floor: FloorSnapshot
    doing: Sequence[tuple[float, Presence]]
    calls: Sequence[tuple[float, float]]
    is_implied: bool
    moments: Sequence[float]

    def at(self, moment: float) -> FloorSnapshot:
        """As the switch tells it at this moment."""
        begun = [each for each in self.doing if each[0] <= moment]
        ends = [start for start, _presence in begun[1:]]
        spells = tuple(
            Spell(
                presence, start, end, self._reason(presence), self._call(presence, start, end, moment), self.is_implied
            )
            for (start, presence), end in zip(begun, [*ends, None], strict=False)
        )
        return replace(self.floor, at=moment, spells={**self.floor.spells, AGENT: spells})

    def _reason(self, presence: Presence) -> str | None:
        return "小休" if presence is Presence.PAUSED else None

    def _call(
        self, presence: Presence, start: float, end: float | None, moment: float
    ) -> tuple[float, float | None] | None:
        """The last one of a spell; whoever pauses in a call goes when it is over."""
        last = [call for call in self.calls if start <= call[0] <= moment and (end is None or call[1] <= end)]
        if presence is not Presence.PHONES or not last:
            return None
        return last[-1][0], last[-1][1] if last[-1][1] <= moment else None


@st.composite
def calls(draw: st.DrawFn, edge: float) -> Sequence[tuple[float, float]]:
    """One after the other, for an hour and a half: one of them may run over the edge."""
    found, end = [], edge - 2400.0
    while end < edge + 2400.0:
        start = end + draw(st.sampled_from((1.0, 60.0, 400.0)))
        end = start + draw(st.sampled_from((20.0, 180.0, 1500.0)))
        found.append((start, end))
    return found


@st.composite
def followed(draw: st.DrawFn) -> Followed:
    """An hour around an edge."""
    hours, edges = draw(st.sampled_from(ROSTERS))
    edge = at(draw(st.sampled_from(edges)))
    turns = sorted({edge + 60.0 * draw(st.integers(-40, 40)) for _each in range(draw(st.integers(0, 2)))})
    presences = st.sampled_from((Presence.PHONES, Presence.PAUSED, Presence.OUT))
    moment, moments = edge - 60.0 * draw(st.integers(-10, 40)), []
    for _step in range(STEPS):
        moment += draw(SECONDS)
        moments.append(moment)
    floor = seen_floor(
        *hours,
        punched=draw(st.sampled_from((None, punches(8.8), punches()))),
        spells=(),
        marks=[mark(MarkKind.LEFT, 17.9)] if draw(st.integers(0, 5)) == 0 else [],
        excuses=[excuse(8, 21)] if draw(st.booleans()) else [],
    )
    return Followed(
        floor=floor,
        doing=[
            (edge - 3600.0 * draw(st.integers(1, 9)), Presence.PHONES),
            *((turn, draw(presences)) for turn in turns),
        ],
        calls=draw(calls(edge)),
        is_implied=draw(st.integers(0, 5)) == 0,
        moments=moments,
    )


def afresh(floor: FloorSnapshot) -> FloorSnapshot:
    """The same floor, of which nobody has asked anything yet."""
    return replace(floor, duty=Duty(**{name: getattr(floor.duty, name) for name in floor.duty.__struct_fields__}))


def asked(floor: FloorSnapshot) -> tuple[Attendance | None, Sequence[Attendance]]:
    return attendance_of(floor, AGENT, DATE), attendance(floor)


@settings(max_examples=150)
@given(followed())
def test_each_step_is_answered_as_that_moment_alone(day: Followed) -> None:
    for moment in day.moments:
        floor = day.at(moment)
        assert asked(floor) == asked(afresh(floor))
