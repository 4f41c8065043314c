"""The steps of the long run, in the order in which they are played.

Not among them are: a limit of watches that gives out (36), a share without events (37) and an
event that gets lost (38), since nobody in the long run is told anything by the system: it is looked at once a second; a
disk that fails to read (39), which the plain files of the run do not; and what is no log: recordings and the journal on
a full disk (40), and side files (43). Each has tests of its own.
"""

from collections.abc import Sequence

from tests.faults import steps, steps_around
from tests.faults.playing import Step, in_sequence

STEPS: Sequence[Step] = in_sequence()

__all__ = ["STEPS", "steps", "steps_around"]
