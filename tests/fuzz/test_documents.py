"""Whatever a document is: its reader gives what can be used, or refuses; and it ends, in bounded memory."""

import json
import tracemalloc
from random import Random

import pytest

from floorwatch.api import RejectDocument, events
from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.document_reading import read_by
from floorwatch.engine.state import state_of_floor
from floorwatch.feeds import jsonl
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules
from tests.fuzz.documents import READ_AT, SAMPLES, document, options_of, spoiled
from tests.fuzz.mutation import bounded

MOST_BYTES = 64 * 1024 * 1024
"""For a document of a few kilobytes, whatever it says that it is."""


def held(name: str, raw: bytes) -> events.DocumentRead | None:
    """What the format makes of it, by its promise; None where it refuses. A recording of it says the same again, and
    the floor can be asked for."""
    sample = SAMPLES[name]
    given = document(raw)
    assert 0 <= sample.fmt.sniff(given) <= 1
    refused = ""
    try:
        found = read_by(sample.fmt, given, options_of(sample))
    except RejectDocument as refusal:
        refused, found = str(refusal), None
    assert (found is None) is (0 < len(refused) < 2_000)
    if found is None:
        return None
    assert jsonl.decode(jsonl.encode(found)) == found
    floor = Floor(FloorRules(given.days))
    fold(floor, Decoded("roster", READ_AT, (found,)))
    json.dumps(state_of_floor(floor.snapshot(READ_AT), {}), allow_nan=False)
    return found


def hold(name: str, seeds: range) -> int:
    """Read what each seed makes of the sample; how many could be used."""
    used = 0
    for seed in seeds:
        with bounded():
            used += held(name, spoiled(Random(seed), SAMPLES[name])) is not None
    return used


@pytest.mark.parametrize("name", SAMPLES)
def test_the_whole_sample_is_read(name: str) -> None:
    found = held(name, SAMPLES[name].make())
    assert found is not None
    assert found.rows
    assert found.people


@pytest.mark.parametrize("name", SAMPLES)
def test_a_spoiled_document_is_read_or_refused_in_bounded_memory(name: str) -> None:
    seeds = range(120 if SAMPLES[name].is_archive else 300)
    held(name, SAMPLES[name].make())  # what is loaded once is no document's
    tracemalloc.start()
    try:
        used = hold(name, seeds)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 0 < used < len(seeds)
    assert peak < MOST_BYTES
