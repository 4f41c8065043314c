"""What must hold of any day: an answer never depends on when it was asked before, nor on how its parts are written."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.model.duty import Activity, Approval, ApprovalKind, Duty, HandMark, MarkKind, Presence, Shift, Spell
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import Attendance, Status, attendance, attendance_of
from floorwatch.roster.evidence import day_of
from floorwatch.roster.judging import judged
from floorwatch.roster.turns import grown
from tests.roster.duties import DATE, LUNCH, at, shift
from tests.roster.witnessed import AGENT, CALL_FEED, approval, excuse, mark, punches, seen_floor

ROSTERS: Sequence[Sequence[Shift]] = (
    [shift(AGENT, (9, 12), (12, 13, LUNCH), (13, 18))],
    [shift(AGENT, (8, 12), (16, 20))],
    [shift(AGENT, (20, 29)), shift(AGENT, (17, 26), date="2026-11-23")],
    [shift(AGENT, (9, 11, Activity.TRAINING), (11, 18)), shift(AGENT)],
    [shift(AGENT)],
    [],
)
EXAMPLES = 150
HOURS = st.integers(-8 * 60, 40 * 60).map(lambda minutes: minutes / 60)
KINDS = st.sampled_from((ApprovalKind.OUT, ApprovalKind.OVERTIME, ApprovalKind.CORRECTION))
REASONS = st.sampled_from((None, "小休", "午餐", "会议"))


@st.composite
def spells(draw: st.DrawFn) -> tuple[Spell, ...]:
    """Presences in order, up to now, the last one running."""
    edges = sorted({draw(HOURS) for _each in range(draw(st.integers(0, 6)))})
    is_implied = draw(st.booleans())
    found = []
    for number, start in enumerate(edges):
        presence = draw(st.sampled_from(Presence))
        end = at(edges[number + 1]) if number + 1 < len(edges) else None
        reason = draw(REASONS) if presence is Presence.PAUSED else None
        call = (at(start) + 60, end) if presence is Presence.PHONES and draw(st.booleans()) else None
        found.append(Spell(presence, at(start), end, reason, call, is_implied and presence is not Presence.OUT))
    return tuple(found)


@st.composite
def approvals(draw: st.DrawFn) -> tuple[Approval, ...]:
    """Requests of any kind but leave."""
    return tuple(
        approval(draw(KINDS), start, start + draw(st.integers(1, 300)) / 60)
        for start in draw(st.lists(HOURS, max_size=2))
    )


@st.composite
def marks(draw: st.DrawFn) -> tuple[HandMark, ...]:
    """Marks of the day."""
    moments = draw(st.lists(HOURS, max_size=2))
    return tuple(mark(draw(st.sampled_from(MarkKind)), moment, number) for number, moment in enumerate(moments))


@st.composite
def floors(draw: st.DrawFn) -> FloorSnapshot:
    """A day with any witnesses, at its noon."""
    return seen_floor(
        *draw(st.sampled_from(ROSTERS)),
        punched=punches(*draw(st.lists(HOURS, max_size=5))) if draw(st.booleans()) else None,
        spells=draw(spells()) if draw(st.booleans()) else None,
        approvals=draw(approvals()),
        marks=draw(marks()),
        excuses=[excuse(9, 10)] if draw(st.booleans()) else [],
        feed_began=draw(st.none() | HOURS),
    )


def known_at(floor: FloorSnapshot, hour: float) -> FloorSnapshot:
    """The floor at another hour, with no more spells than there were."""
    now = at(hour)
    those = floor.spells.get(AGENT, ())
    begun = tuple(s for s in those if s.start <= now)
    cut = tuple(replace(s, end=None if s.end is None or s.end > now else s.end, call=_call(s.call, now)) for s in begun)
    # The very same tuple where nothing has changed, as the floor gives it.
    feeds = {name: each for name, each in floor.feeds.items() if (each.first_line_at or now) <= now}
    return replace(floor, at=now, feeds=feeds, spells={AGENT: those if cut == those else cut} if cut else {})


def _call(call: tuple[float, float | None] | None, now: float) -> tuple[float, float | None] | None:
    if call is None or call[0] > now:
        return None
    return call[0], None if call[1] is None or call[1] > now else call[1]


def afresh(floor: FloorSnapshot) -> FloorSnapshot:
    """The same floor, of which nobody has asked anything yet."""
    return replace(floor, duty=Duty(**{name: getattr(floor.duty, name) for name in floor.duty.__struct_fields__}))


def asked(floor: FloorSnapshot) -> tuple[Attendance | None, Sequence[Attendance]]:
    return attendance_of(floor, AGENT, DATE), attendance(floor)


@settings(max_examples=EXAMPLES)
@given(floors(), st.lists(HOURS, min_size=1, max_size=12))
def test_what_was_asked_before_makes_no_difference(floor: FloorSnapshot, hours: list[float]) -> None:
    """Whoever asks along the day, forwards and back, is told the same as somebody who comes in afresh."""
    running = seen_floor() if not floor.duty.shifts and not floor.duty.punches else floor
    last = dict(running.spells)
    for hour in hours:
        now = known_at(running, hour)
        if now.spells == last:  # as the floor does it: an agent to whom nothing happened keeps their tuple
            now = replace(now, spells=last)
        last = dict(now.spells)
        assert asked(now) == asked(afresh(now))


def test_a_call_that_runs_over_an_edge_is_known_at_once_after_it() -> None:
    on_the_edge = seen_floor(*ROSTERS[0], now=12.0, spells=[Spell(Presence.PHONES, at(9), call=(at(11.9), None))])
    found = [attendance_of(replace(on_the_edge, at=at(12) + late), AGENT, DATE) for late in (0.0, 5.0)]

    assert [each is not None and each.held_by_call for each in found] == [False, True]


@settings(max_examples=EXAMPLES)
@given(floors(), HOURS, st.floats(0, 0.999), st.sampled_from((DATE, "2026-11-23")))
def test_an_answer_holds_as_long_as_it_says(floor: FloorSnapshot, hour: float, part: float, date: str) -> None:
    now = known_at(floor, hour)
    found, valid = judged(day_of(now, date), AGENT)
    holds = min(max(valid.until, valid.grows_until), now.at + 48 * 3600)
    for later in (now.at + (holds - now.at) * part, holds - 0.001):
        if later >= now.at:
            expected = found if found is None or valid.until > now.at else grown(found, later, valid.stays_since)
            assert judged(day_of(replace(now, at=later), date), AGENT)[0] == expected


@settings(max_examples=EXAMPLES)
@given(floors(), HOURS)
def test_figures_are_never_negative_and_never_longer_than_the_plan(floor: FloorSnapshot, hour: float) -> None:
    for each in attendance(known_at(floor, hour)):
        planned = each.planned.seconds if each.planned is not None else 0.0
        assert 0 <= each.adjusted_late <= each.late <= planned
        assert 0 <= each.adjusted_early <= each.early <= planned
        assert each.overtime >= 0
        assert each.left is None or not each.here
        assert all(taken.over >= 0 for taken in each.breaks)
        if each.status in (Status.LATE, Status.LEFT_EARLY):
            assert each.late + each.early > 0


@settings(max_examples=EXAMPLES)
@given(floors(), HOURS)
def test_everybody_stands_once_in_the_list(floor: FloorSnapshot, hour: float) -> None:
    found = [each.agent for each in attendance(known_at(floor, hour))]
    assert len(found) == len(set(found))
    assert floor.gives <= CALL_FEED
