"""Ended visits as a floor remembers them, and as one that was taken up finds them among the rows of its history."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.model.ended_visits import EndedVisits, KeptVisits
from floorwatch.model.entities import CallKey
from floorwatch.model.history import Visits, Vocabulary

QUEUES, CALLS = ("sales", "support"), tuple(f"c{number}" for number in range(6))
KEYS: list[CallKey] = [(queue, call) for queue in QUEUES for call in CALLS]
ENDED = st.lists(st.sampled_from(KEYS), max_size=60)


class Floor:
    """As much of a floor as remembers visits; `whole` is the table of one that knows more."""

    def __init__(self, kept: int, whole: Visits | None = None) -> None:
        self.ended = EndedVisits(kept)
        self.visits = whole or Visits(Vocabulary())

    def end(self, key: CallKey, at: float) -> None:
        self.ended.add(key, (at, at + 1), len(self.visits))
        queue, call = key
        self.visits.add(("log", queue, call, None, "answered", None, at, at + 1, 1.0))

    def remembered(self) -> list[tuple[float, float] | None]:
        return [self.ended.get(key) for key in KEYS]


@settings(max_examples=300)
@given(ENDED, st.integers(0, 60), st.integers(1, 12))
def test_a_floor_that_was_taken_up_remembers_what_the_floor_does(ended: list[CallKey], cut: int, kept: int) -> None:
    floor = Floor(kept)
    for at, key in enumerate(ended[:cut]):
        floor.end(key, at)
    taken_up = Floor(kept, floor.visits.upto(len(floor.visits)))
    taken_up.ended.take_up(floor.ended.kept(), taken_up.visits)

    assert taken_up.remembered() == floor.remembered()
    for at, key in enumerate(ended[cut:], cut):
        for each in (floor, taken_up):
            each.end(key, at)
        assert taken_up.remembered() == floor.remembered()
        assert taken_up.ended.kept() == floor.ended.kept()


@pytest.mark.parametrize("kept", [KeptVisits(0, 0, -1), KeptVisits(-1, 0, 0), KeptVisits(1, 0, 0), KeptVisits(0, 2, 0)])
def test_rows_that_are_not_there_are_refused(kept: KeptVisits) -> None:
    floor = Floor(4)
    floor.end(KEYS[0], 0.0)

    with pytest.raises(ValueError, match="of 1"):
        floor.ended.take_up(kept, floor.visits)
