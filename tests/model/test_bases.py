"""Mappings that are told by what differs from a base: whatever happens to them, the same mapping in the same order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.model.bases import BASES_AT_HAND, Bases, Differs
from floorwatch.model.counts import AgentCounts

CHANGES = st.lists(st.tuples(st.integers(0, 12), st.none() | st.integers(0, 3), st.booleans()), max_size=60)
"""A key, the value that stands there from now on (None: nothing), and whether it comes last then."""


def always(_key: object, _value: object) -> bool:
    return True


def never(_key: object, _value: object) -> bool:
    return False


def changed(mapping: dict[int, int], key: int, value: int | None, *, last: bool) -> None:
    if value is None or last:
        mapping.pop(key, None)
    if value is not None:
        mapping[key] = value


@settings(max_examples=400)
@given(CHANGES, st.integers(0, 4), st.integers(1, 5))
def test_a_mapping_is_found_again_in_its_order_at_any_moment(
    changes: list[tuple[int, int | None, bool]], few: int, often: int
) -> None:
    laid, now, seen = Bases(few), dict[int, int](), list[tuple[Differs[int, int], dict[int, int]]]()
    for number, (key, value, last) in enumerate(changes):
        changed(now, key, value, last=last)
        if number % often == 0:
            seen.append((laid.differs("m", now, always), now.copy()))
    read = Bases(few)
    read.add("m", laid.after("m", 0))

    for differs, then in [*seen, *reversed(seen)]:
        found = read.whole("m", differs)
        assert list(found.items()) == list(then.items())
        found[99] = 1  # it is the reader's own


def test_what_changes_all_day_lays_no_base_and_what_is_over_lays_one() -> None:
    bases = Bases(few=10)
    assert bases.differs("m", dict.fromkeys(range(100), 0), never).base == 1
    for number in range(1, 20):
        differs = bases.differs("m", dict.fromkeys(range(100), number), never)
        assert (differs.base, len(differs.values)) == (1, 100)

    assert bases.differs("m", dict.fromkeys(range(100), 1), always).base == 2
    after = {key: 1 if key else 2 for key in range(101)}
    assert bases.differs("m", after, always) == Differs(2, (), [0], [100], [2, 1])
    assert bases.lengths() == {"m": 2}


def test_counters_that_go_on_do_not_change_the_base_that_they_are_in() -> None:
    bases, counts = Bases(few=0), AgentCounts(answered=1)
    bases.differs("m", {"a": counts}, always)
    counts.answered = 2
    first: Differs[str, AgentCounts] = Differs(1)

    assert bases.differs("m", {"a": counts}, never).changed == [0]
    assert bases.whole("m", first) == {"a": AgentCounts(answered=1)}


def test_of_what_people_entered_the_thing_itself_is_meant() -> None:
    bases, one, like_it = Bases(few=0), AgentCounts(), AgentCounts()
    bases.differs("m", {"a": one}, always, of_things=True)
    first: Differs[str, AgentCounts] = Differs(1)

    assert bases.whole("m", first)["a"] is one
    assert bases.differs("m", {"a": like_it}, never, of_things=True).changed == [0]
    assert bases.differs("m", {"a": like_it}, never).changed == []


def test_any_of_many_bases_is_found() -> None:
    laid = Bases(few=0)
    each = [laid.differs("m", dict.fromkeys(range(number), number), always) for number in range(1, 40)]
    assert laid.lengths()["m"] > BASES_AT_HAND
    some = laid.upto({"m": 20})
    read = Bases()
    read.add("m", laid.after("m", 0))

    for number in sorted(range(1, 40), key=lambda number: number * 7 % 41):
        assert read.whole("m", each[number - 1]) == dict.fromkeys(range(number), number)
    assert some.lengths() == {"m": 20}


@pytest.mark.parametrize(
    "differs",
    [
        Differs(2),
        Differs(-1),
        Differs(1, gone=[5]),
        Differs(1, changed=[5], values=[1]),
        Differs(1, gone=[0, 0]),
        Differs(1, keys=["b"], values=[]),
        Differs(0, keys=[], values=[1]),
    ],
    ids=["no base", "below none", "gone", "changed", "twice", "too few", "too many"],
)
def test_what_differs_from_nothing_that_is_there_is_refused(differs: Differs[str, int]) -> None:
    bases = Bases(few=0)
    bases.differs("m", {"a": 1}, always)

    with pytest.raises((LookupError, ValueError)):
        bases.whole("m", differs)
