"""How often Python's cycle collector runs: what a feed makes dies by its count of references, not in cycles.

The usual 700 new objects between two collections cost the reading of a day 8 % (197,000 lines: 1.38 s, and 1.27 s with
10,000; medians of `tests.bench today`).
"""

import gc

from floorwatch.engine.heap import give_back

NEW_OBJECTS = 10_000
_USUAL = gc.get_threshold()


def collect_seldom() -> None:
    """For the process: collect after `NEW_OBJECTS` more objects than were let go."""
    gc.set_threshold(NEW_OBJECTS, 20, 50)


def leave_the_day_alone() -> None:
    """What exists now stays for the day: the collector need not walk it again, and may come as often as usual."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_USUAL)
    give_back()
