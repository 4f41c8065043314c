"""floorwatch's floor is the reference floor, whatever a log says: whole, damaged, in any order, of two switches.

A failing seed can be made again, and made short, with `python -m tests.bench fuzz --seed SEED --lines 1`.
"""

from random import Random

import pytest

from tests.fuzz.compared import Case, Ours, Received, Rules, case_of, differences, differing, shortest, theirs_of
from tests.fuzz.damage import damaged
from tests.fuzz.floors import BEGAN, Switch
from tests.fuzz.reference_figures import state_of

CASES, LINES = 90, 300


@pytest.mark.parametrize("kind", range(4), ids=["whole", "damaged", "any order", "two switches"])
def test_the_floor_is_the_reference_floor(kind: int) -> None:
    for number in range(CASES):
        seed = kind + 4 * number
        case = case_of(seed, LINES)
        assert (seed, differing(case)) == (seed, None)
        assert len(case.lines) > LINES // 3


@pytest.mark.parametrize("seed", range(8))
def test_the_floor_is_the_reference_floor_after_every_line(seed: int) -> None:
    case = case_of(seed + 1_000_000, 120)
    assert differing(case._replace(looks=range(len(case.lines) + 1))) is None


def test_a_day_is_as_good_as_its_lines() -> None:
    """A long log of one switch, with the damage of a bad day: more than a floor remembers of ended visits."""
    chance = Random(7)
    lines = damaged(chance, Switch(chance, BEGAN).run(6_000), 2)
    case = Case(Rules("Asia/Shanghai"), [Received("queue_log", BEGAN + 86_400.0, raw) for raw in lines], [len(lines)])
    assert differing(case) is None


def test_a_difference_is_found_and_made_short() -> None:
    """What holds the floors against each other must be able to fail: a line that only one of them has is seen."""
    case = case_of(0, 60)
    lost = next(place for place, line in enumerate(case.lines) if b"|ENTERQUEUE|" in line.raw)

    def fails(tried: Case) -> bool:
        ours, theirs = Ours(tried.rules), theirs_of(tried.rules)
        for line in tried.lines:
            ours.read(*line)
            if line != case.lines[lost]:
                theirs.read(*line)
        now = case.lines[-1].at
        return any(differences(ours.state(now), state_of(theirs, now)))

    assert fails(case)
    assert list(shortest(case, fails).lines) == [case.lines[lost]]
