"""How figures are written, the same everywhere: durations, shares, counts, clock times and the letters of the states.

Rules
- Seconds and shares are cut or rounded here and nowhere else; whoever computes keeps full precision.
- `NOTHING` stands for 0/0 and for what is not there; `NOT_GIVEN` for what no feed here can tell. Neither is ever 0.
- Both are ASCII: the long dash is two cells wide in Chinese terminals, and figures would move.
"""

from collections.abc import Mapping
from datetime import date as Date  # noqa: N812  # `date` is what it is called on
from datetime import datetime, tzinfo
from types import MappingProxyType

from floorwatch.words import _

NOTHING = "-"
NOT_GIVEN = "?"
DAY_SECONDS = 86_400

STATE_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "available": "A",
        "on_call": "T",
        "on_hold": "H",
        "ringing": "R",
        "wrap_up": "W",
        "paused": "P",
        "signed_out": "-",
        "fault": "x",
        "unknown": "?",
    }
)
"""The letter of each `AgentState` (a str enum, so it looks itself up), in the order in which they are listed."""


def duration(seconds: float) -> str:
    """`0:42`, `12:05`, `1:03:10`, from four days on `4d 07h`: what has passed, never rounded up."""
    if seconds < 0:
        return f"-{duration(-seconds)}"
    if seconds >= 4 * DAY_SECONDS:
        days, rest = divmod(int(seconds), DAY_SECONDS)
        return _("{days}d {hours:02}h").format(days=days, hours=rest // 3600)
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def duration_or_nothing(seconds: float | None) -> str:
    """A duration, or `-` where there is none."""
    return NOTHING if seconds is None else duration(seconds)


def estimate(seconds: float | None) -> str:
    """`~2:05`: a duration that nobody can know yet, or `-` where there is none."""
    return NOTHING if seconds is None else f"~{duration(seconds)}"


def share(fraction: float | None) -> str:
    """A fraction as per cent with one decimal: 0.7634 is `76.3`; 0/0 (None) is `-`, never 0 and never 100."""
    return NOTHING if fraction is None else f"{fraction * 100:.1f}"


def count(number: int | None) -> str:
    """A whole number; None, which no feed here can tell, is `?`."""
    return NOT_GIVEN if number is None else str(number)


def clock(at: float, zone: tzinfo) -> str:
    """`10:41:07` on the wall of `zone`; `at` is epoch seconds UTC."""
    return f"{datetime.fromtimestamp(at, zone):%H:%M:%S}"


def clock_minute(at: float, zone: tzinfo) -> str:
    """`10:41` on the wall of `zone`; `at` is epoch seconds UTC."""
    return f"{datetime.fromtimestamp(at, zone):%H:%M}"


def date_in_full(day: str) -> str:
    """`Sunday 2026-11-22`, in Chinese `2026年11月22日 星期日`; `day` as the duty roster has it, "2026-11-22"."""
    date = Date.fromisoformat(day)
    parts = {"year": date.year, "month": date.month, "day": date.day}
    return _("{weekday} {year}-{month:02}-{day:02}").format(weekday=weekday(date), **parts)


def weekday(date: Date) -> str:
    """`Sunday`."""
    working = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"))
    return (*working, _("Saturday"), _("Sunday"))[date.weekday()]


def state_name(state: str) -> str:
    """The state of an agent as a word: "talking"."""
    words = {
        "available": _("available"),
        "on_call": _("talking"),
        "on_hold": _("on hold"),
        "ringing": _("ringing"),
        "wrap_up": _("wrap-up"),
        "paused": _("paused"),
        "signed_out": _("signed out"),
        "fault": _("device fault"),
        "unknown": _("not in this feed"),
    }
    return words[state]


def activity_name(activity: str) -> str:
    """What a plan has, an `Activity`, as a word: "lunch"."""
    words = {
        "phones": _("phones"),
        "lunch": _("lunch"),
        "break": _("break"),
        "meeting": _("meeting"),
        "training": _("training"),
        "duty": _("other duty"),
    }
    return words[activity]


def number_of(agent: str, name: str) -> str:
    """What stands beside the name to tell namesakes apart: the employee number, or the number within an interface
    ("PJSIP/1007", "Local/1007@agents/n" and, of several switches, "north/PJSIP/1007" are `1007`); nothing where the id
    is only the name again."""
    first, *parts = [part for part in agent.removesuffix("/n").split("/") if part] or [agent]
    if not parts:
        return "" if agent == name else first
    # Before the number stand a switch, a technology or both, and no list holds all of either: a number begins with a
    # digit, and what is no number stands before an "@", else last.
    numbers = [part for part in parts if part[0].isdigit()]
    dialled = [part for part in parts if "@" in part]
    return (numbers or dialled or parts[-1:])[0].partition("@")[0] or first
