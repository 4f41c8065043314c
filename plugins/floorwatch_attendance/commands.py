"""What a person can do about attendance: see it, mark who came, left or is absent, excuse an exception.

`k` opens it and marks, `j` excuses; everything stands in the menu of a person's row (`m`) and in the palette too.
"""

from collections.abc import Sequence

from floorwatch.api import Command
from floorwatch_attendance.excuse_commands import excuse_commands
from floorwatch_attendance.mark_commands import mark_commands


def commands() -> Sequence[Command]:
    """All of them."""
    return (*mark_commands(), *excuse_commands())
