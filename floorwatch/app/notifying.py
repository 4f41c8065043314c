"""A new alarm is heard, or shown by the desktop: once, however the screen is arranged meanwhile.

Rules
- Each alarm calls once. What was there at the start, and what comes while the day is being read, is no news.
- Several that come together are one call. In a replay nothing calls.
- What leaves the screen is short: which alarm, no number of a caller; on a wall, where strangers read, no name either.
- OSC 9 is what most terminals with notifications know (iTerm2, Windows Terminal, kitty, WezTerm, Ghostty, foot); others
  ignore it. Of OSC 777, which fewer know, nothing is sent: who knows both would show two.
"""

import re
from collections.abc import Sequence

from floorwatch.app.cells import cut
from floorwatch.app.multiplexer import Multiplexer, handed_on
from floorwatch.engine.desk import Heading
from floorwatch.model.alerts import AlertTone, RaisedAlert
from floorwatch.settings.values import Notify
from floorwatch.text import inert
from floorwatch.words import _, _n

LONGEST_CELLS = 100
BELL = "\x07"

_NUMBER = re.compile(r"[+*\d][*\d-]{3,}[*\d]")
"""Five signs or more: a caller's number, masked or not. Times, ages and employee numbers are shorter or broken."""


class Newcomers:
    """Tells alarms that are new from those that were told before."""

    def __init__(self) -> None:
        self._told: frozenset[str] | None = None

    def among(self, heading: Heading) -> Sequence[RaisedAlert]:
        """The alarms of this heading that nobody was told of yet; from now on they are told."""
        floor = heading.snapshot
        if floor is None:
            return ()
        alarms = [raised for raised in floor.alerts if raised.alert.tone is AlertTone.ALARM]
        told, is_begin = self._told or frozenset(), self._told is None or heading.loading is not None
        self._told = told | {raised.id for raised in alarms}
        return () if is_begin else [raised for raised in alarms if raised.id not in told]


def call_for(new: Sequence[RaisedAlert], floor: str, how: Notify, through: Multiplexer, *, nameless: bool) -> str:
    """What to write to the terminal for these alarms of this floor; "" where there is nothing to say."""
    if not new or how is Notify.OFF:
        return ""
    if how is Notify.BELL:
        return BELL
    return handed_on(f"\x1b]9;{_words(new, floor, nameless=nameless)}{BELL}", through, tmux_knows=False)


def _words(new: Sequence[RaisedAlert], floor: str, *, nameless: bool) -> str:
    """Never a digit in front: a terminal may take "4;" for a progress bar."""
    if nameless:
        said = _n("{n} new alarm", "{n} new alarms", len(new)).format(n=len(new))
    elif len(new) == 1:
        said = _without_numbers(new[0].alert.text)
    else:
        first = _without_numbers(new[0].alert.text)
        said = _("{n} new alarms; {first}").format(n=len(new), first=first)
    return cut(f"! {inert(floor)}: {said}", LONGEST_CELLS, "…")


def _without_numbers(text: str) -> str:
    return _NUMBER.sub("…", inert(text))
