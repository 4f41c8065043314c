"""What rules keep from one moment to the next changes no answer, whichever way time goes and whoever asks between."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.engine.alerting import Finding
from floorwatch.engine.asking import AskedRule, found_by
from floorwatch.engine.decoding import fold
from floorwatch.engine.house import House, rules_asked
from floorwatch.engine.timeline import RecordedTimeline
from floorwatch.feeds.recording import read_recording
from floorwatch.model.duty import Duty
from floorwatch.model.snapshot import FloorSnapshot
from tests.duty.days import RECORDING, followed, house_of, morning

pytestmark = pytest.mark.slow

MOMENTS = 24
LATER = (0.0, 5.0, 65.0, 725.0, 2_500.0, 14_000.0)
"""Seconds after a moment in which nothing happens; the last of them are at noon and after."""

Question = tuple[str, int, float]
"""Of which session, at which of the moments, and so many seconds later."""
QUESTIONS = st.tuples(st.sampled_from(("live", "past")), st.integers(0, MOMENTS - 1), st.sampled_from(LATER))


class Day:
    """A floor of forty as two sessions have it: one that watched, and one that looks at what was recorded. Both ask the
    same rules."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._plan = folder, morning()
        house = self._house()
        floors = followed(self._plan, house, folder, (20.0, 7.0)).floors
        moments = sorted(floors)[:: len(floors) // MOMENTS][:MOMENTS]
        self._floors = {"live": [floors[at] for at in moments], "past": _replayed(house, folder, moments)}
        self._rules = rules_asked(house)
        self._afresh: dict[Question, Mapping[str, Finding]] = {}

    def asked(self, question: Question) -> Mapping[str, Finding]:
        """What the rules say that both sessions ask all the time."""
        return _asked(self._rules, self._floor(question))

    def asked_afresh(self, question: Question) -> Mapping[str, Finding]:
        """What rules say that were never asked before, of a floor with which nothing is kept."""
        if question not in self._afresh:
            floor = self._floor(question)
            duty = Duty(**{name: getattr(floor.duty, name) for name in floor.duty.__struct_fields__})
            self._afresh[question] = _asked(rules_asked(self._house()), replace(floor, duty=duty))
        return self._afresh[question]

    def _floor(self, question: Question) -> FloorSnapshot:
        session, number, later = question
        floor = self._floors[session][number]
        return replace(floor, at=floor.at + later)

    def _house(self) -> House:
        return house_of(self._plan, self._folder)


def _replayed(house: House, folder: Path, moments: Sequence[float]) -> list[FloorSnapshot]:
    """The floor of the recording at these moments."""
    timeline = RecordedTimeline(house, read_recording(str(folder / RECORDING)))
    floor, found = house.floor(timeline.gives), list[FloorSnapshot]()
    entries = timeline.entries()
    entry = next(entries, None)
    for at in moments:
        while entry is not None and entry.received_at <= at:
            fold(floor, entry)
            entry = next(entries, None)
        found.append(floor.snapshot(at))
    return found


def _asked(rules: Sequence[AskedRule], floor: FloorSnapshot) -> Mapping[str, Finding]:
    return {rule.name: found_by(rule, floor) for rule in rules}


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    return Day(tmp_path_factory.mktemp("day"))


@settings(max_examples=40)
@given(st.lists(QUESTIONS, min_size=1, max_size=12))
def test_what_rules_were_asked_before_makes_no_difference(day: Day, questions: list[Question]) -> None:
    for question in questions:
        assert day.asked(question) == day.asked_afresh(question)


def test_moments_one_after_another_are_answered_as_each_alone(day: Day) -> None:
    for number in range(MOMENTS):
        for session in ("live", "past"):
            assert day.asked((session, number, 0.0)) == day.asked_afresh((session, number, 0.0))


def test_the_day_has_something_to_say_of_most_kinds(day: Day) -> None:
    every = [day.asked_afresh(("live", number, later)) for number in range(0, MOMENTS, 3) for later in LATER]
    raised = {name for found in every for name, alerts in found.items() if alerts}

    assert raised >= {"absent", "late", "coverage-gap", "span-of-control", "not-visited"}
