"""The faults of a feed: each of the 68 has its row in docs/feeds.md, once, and a test of its number."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALL = set(range(1, 69))

PAGE = (ROOT / "docs" / "feeds.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| ((?:[^|\\]|\\.)+) \| (.+) \| .*\|$", PAGE, re.MULTILINE)


def test_every_fault_has_a_row_in_the_docs_that_says_what_is_done() -> None:
    assert sorted(int(number) for number, _happens, _done in ROWS) == sorted(ALL)
    assert all(happens.strip() and done.strip() for _number, happens, done in ROWS)


def test_every_fault_has_a_test_named_by_its_number() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "faults").glob("test_*.py"))
    named = re.findall(r"^(?:async )?def test_fault_(\d\d)_\w+\(", tests, re.MULTILINE)
    assert {int(number) for number in named} == ALL


def test_every_misfit_that_a_call_can_be_is_named_in_the_docs() -> None:
    folds = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "floorwatch" / "model").glob("fold_calls.py"))
    kinds = re.findall(r"misfit\(live, feed, \"([a-z ]+)\"\)|\"((?:answer|left) (?:after|without) [a-z]+)\"", folds)
    assert {kind for pair in kinds for kind in pair if kind and "hold" not in kind} <= set(
        re.findall(r"`([a-z ]+)`", PAGE)
    )
