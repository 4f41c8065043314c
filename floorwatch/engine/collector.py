"""How often Python's cycle collector runs: what a feed makes dies by its count of references, not in cycles.

- The usual 700 new objects between two collections cost the reading of a day 8 % (197,000 lines: 1.38 s, 1.27 s with
  10,000; medians of `tests.bench today`).
- Nobody's key is answered during a collection. A full one takes 20 to 50 ms, and came every two seconds on a busy floor
  with the usual thresholds, where it found nothing; now it comes after so many new objects that it takes minutes.
"""

import gc

from floorwatch.engine.heap import give_back

READING = (10_000, 20, 50)
"""Of Python's three generations, while a past is read: new objects, then collections of the generation before."""
WATCHING = (5_000, 20, 100)
"""Afterwards. What is in cycles then is little, and lies about for the longer."""


def collect_seldom() -> None:
    """For the process, from its beginning: a past is about to be read."""
    gc.set_threshold(*READING)


def leave_the_day_alone() -> None:
    """What exists now stays for the day: the collector need not walk it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*WATCHING)
    give_back()
