"""While a screen is drawn nobody else writes to the terminal: what does not come from us goes into a log of its own."""

from contextlib import AbstractContextManager

from floorwatch.host.guests import are_there_any
from floorwatch.host.log_file import LogFile
from floorwatch.host.logbook import Logbook
from floorwatch.host.own_log import ABOVE
from floorwatch.host.streams import away_from_terminal
from floorwatch.settings import log_folder

STRAY = "stray-output"
"""Its log: `stray-output.log` beside those of plugins."""


def terminal_alone() -> AbstractContextManager[None] | None:
    """To be entered around the screen; None where every plugin came with floorwatch, since none of those writes."""
    if not are_there_any():
        return None
    return away_from_terminal(Logbook(STRAY, LogFile(lambda: log_folder() / f"{STRAY}.log"), above=ABOVE).logger)
