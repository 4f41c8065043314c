"""A snapshot goes as soon as nobody holds it, whatever was asked of it; a scope keeps its own."""

import gc

import pytest

from floorwatch.model.clock import FloorDays
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules
from tests.letting_go import goes_by_itself


def floor() -> FloorSnapshot:
    """A small one, all of whose figures have been asked for."""
    made = FloorSnapshot(at=1_700_000_000.0, rules=FloorRules(days=FloorDays()), queue_names=("sales", "support"))
    for scope in (*made.queues.values(), made.total, made.scope("both", ("sales", "support"))):
        assert scope.volume is scope.volume
        assert (scope.staffed, scope.free, scope.agents_by_state is None) == (0, 0, False)
    return made


def test_no_cycle_keeps_a_snapshot() -> None:
    assert goes_by_itself(lambda held: vars(floor()).update(held=held))


def test_scopes_of_the_same_queues_share_what_was_computed() -> None:
    made = floor()
    assert made.queues["sales"].volume is made.queues["sales"].volume
    assert made.total.waiting is made.total.waiting
    assert made.scope("one", ("sales",)).counts is made.queues["sales"].counts


def test_the_whole_floor_is_not_all_of_its_queues() -> None:
    made = floor()
    assert made.total.whole
    assert not made.scope("both", made.queue_names).whole


def test_a_scope_outlives_the_name_of_its_floor() -> None:
    scope = floor().queues["support"]
    gc.collect()
    assert scope.floor.queue_names == ("sales", "support")


def test_queues_are_a_mapping_of_those_there_are() -> None:
    queues = floor().queues
    assert list(queues) == ["sales", "support"]
    assert len(queues) == 2
    assert "sales" in queues
    with pytest.raises(KeyError, match="billing"):
        queues["billing"]
