"""Documents to fold: for the tests of attendance and rosters."""

from floorwatch.model import events as ev
from floorwatch.model.duty import Punch, Shift, Stint, Who
from tests.model.entering import AT

DAY = "2026-11-21"


def shift(agent: str, day: str = DAY, start: float = 0.0, layer: str = "") -> Shift:
    """Eight hours that begin `start` hours after `AT`."""
    began = AT + start * 3600
    return Shift(f"{agent}/{day}", agent, day, stints=(Stint(began, began + 8 * 3600),), layer=layer)


def roster(
    *shifts: Shift, document: str = "roster.xlsx", at: float = AT, people: tuple[Who, ...] = ()
) -> ev.DocumentRead:
    return ev.DocumentRead(at, document=document, people=people, rows=len(shifts), shifts=shifts)


def sheet(*punches: Punch, document: str = "punches.csv", at: float = AT) -> ev.DocumentRead:
    return ev.DocumentRead(at, document=document, rows=len(punches), punches=punches)
