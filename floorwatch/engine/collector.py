"""How seldom Python's cycle collector runs here: what a feed makes dies by its count of references, not in cycles.

The usual 700 new objects between two collections cost a fold 10 % (188,000 lines: 0.93 s, and 0.84 s without any).
"""

import gc

NEW_OBJECTS = 100_000


def collect_seldom() -> None:
    """For the process: collect after `NEW_OBJECTS` more objects than were let go."""
    gc.set_threshold(NEW_OBJECTS, 20, 50)


def leave_the_day_alone() -> None:
    """What exists now stays for the day: the collector need not walk it again and again."""
    gc.freeze()
