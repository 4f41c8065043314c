"""A plain reading of one line of a queue log, for the reference floor: which columns it has, and why it is no use.

Rules (the table of events in docs/feeds.md and of Asterisk's own documentation)
- `epoch|callid|queue|agent|EVENT|data...`; data without anything is one empty column, and a column that an old version
  does not write is not there.
- A "|" in an agent's name shifts the columns: the first word after the fifth column that may stand behind a name, and
  has its data behind it, is the event. A word without data is none there if the fifth column looks like a word itself.
- A "|" in a caller's number moves the position on; empty columns at the end mean nothing.
- A line of a call that names no call, or no queue, is refused: NONE, MANAGER, CLI and REALTIME are nobody's call.
- Every number of the columns that count must be one; nothing of a line counts whose number cannot be read.
"""

import re
from math import isfinite
from typing import NamedTuple

NOBODY = ("NONE", "MANAGER", "CLI", "REALTIME", "")
NO_QUEUE = ("NONE", "")

OF_CALLS = (
    "ENTERQUEUE", "CONNECT", "COMPLETECALLER", "COMPLETEAGENT", "TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER",
    "ABANDON", "EXITWITHTIMEOUT", "EXITWITHKEY", "EXITEMPTY", "WITHDRAW", "RINGNOANSWER", "RINGCANCELED", "AGENTDUMP",
)  # fmt: skip
OF_AGENTS = (
    "ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE", "PENALTY", "RINGINUSE", "AGENTLOGIN", "AGENTLOGOFF", "OUTCALL",
)  # fmt: skip
OF_MEMBERS = ("ADDMEMBER", "REMOVEMEMBER")
OF_THE_SWITCH = ("QUEUESTART", "CONFIGRELOAD")
KNOWN = (*OF_CALLS, *OF_AGENTS, *OF_THE_SWITCH)
BEHIND_A_NAME = {
    "CONNECT": 1, "COMPLETECALLER": 2, "COMPLETEAGENT": 2, "TRANSFER": 2, "BLINDTRANSFER": 4, "ATTENDEDTRANSFER": 4,
    "ABANDON": 3, "RINGNOANSWER": 1, "RINGCANCELED": 1, "AGENTDUMP": 0, "ADDMEMBER": 0, "REMOVEMEMBER": 0, "PAUSE": 0,
    "UNPAUSE": 0, "PENALTY": 1, "RINGINUSE": 1, "AGENTLOGIN": 0, "AGENTLOGOFF": 0, "OUTCALL": 0,
}  # fmt: skip
"""Words that follow the name of an agent, and how many columns of data they have at least."""

MEAN_NOTHING = ("PAUSEALL", "UNPAUSEALL")
"""A line for each queue follows them, which says it."""

A_DAY = 86_400.0
EARLIEST, LATEST = 1e8, 1e11

WAITS = {
    "CONNECT": 0, "COMPLETECALLER": 0, "COMPLETEAGENT": 0, "TRANSFER": 2, "ABANDON": 2, "EXITWITHTIMEOUT": 2,
    "EXITEMPTY": 2, "WITHDRAW": 2, "EXITWITHKEY": 3,
}  # fmt: skip
TALKS = {"COMPLETECALLER": 1, "COMPLETEAGENT": 1, "TRANSFER": 3}
"""In which column of the data the seconds of the wait, and of the talk, stand."""

OTHER_SECONDS = {"CONNECT": 2, "AGENTLOGOFF": 1}
WHOLE_NUMBERS = {"ABANDON": 0, "RINGNOANSWER": 0, "RINGCANCELED": 0}
"""Numbers that no figure is made of here, and that have to be some."""

NEVER = 10**6
NEW_TRANSFERS = ("BLINDTRANSFER", "ATTENDEDTRANSFER")


class Refused(Exception):  # noqa: N818  # an answer, no failure
    """The line says nothing; why."""


class Said(NamedTuple):
    """What a line says. `wait` and `talk` are seconds, None where the version does not write them."""

    at: float
    call: str
    queue: str
    agent: str
    word: str
    data: tuple[str, ...] = ()
    wait: float | None = None
    talk: float | None = None
    caller: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether the word is one of Asterisk's."""
        return self.word in KNOWN


def said(raw: bytes, received_at: float) -> Said | None:
    """What a line without its line end says, None for one that means nothing. Raises Refused."""
    text = _text(raw)
    columns = text.split("|")
    if len(columns) < 5:
        if not text.strip():
            return None
        raise Refused("fewer than five fields")
    at = _time(columns[0], received_at, text)
    call, queue, agent, word, *data = columns[1:]
    if word in MEAN_NOTHING:
        return None
    if word not in KNOWN:
        place = next((place for place in range(5, len(columns)) if _is_displaced(columns, place)), None)
        if place is None:
            if not word.strip():
                raise Refused("no event word")
            return Said(at, call, queue, agent, word)
        agent, word, data = "|".join(columns[3:place]), columns[place], columns[place + 1 :]
    if word in OF_CALLS and call in NOBODY:
        raise Refused(f"{word} without a call")
    if word in (*OF_CALLS, *OF_MEMBERS) and queue in NO_QUEUE:
        raise Refused(f"{word} without a queue")
    try:
        return _with_numbers(Said(at, call, queue, agent, word, tuple(data)))
    except ValueError:
        raise Refused(f"{word} with data that cannot be read") from None


def _is_displaced(columns: list[str], place: int) -> bool:
    """Whether the event stands here, and a name with a "|" before it."""
    word, data = columns[place], columns[place + 1 :]
    if columns[3] == "NONE" or word not in BEHIND_A_NAME:
        return False
    needed = BEHIND_A_NAME[word]
    if needed:
        return len(data) >= needed and "" not in data[:needed]
    return re.fullmatch("[A-Z][A-Z0-9_]{2,}", columns[4]) is None


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace")


def _time(column: str, received_at: float, text: str) -> float:
    try:
        at = float(column)
    except ValueError:
        raise Refused("time is not a number") from None
    if "\0" in text:
        raise Refused("NUL byte inside the line")
    if not EARLIEST < at < LATEST:
        raise Refused("time out of range")
    if at > received_at + A_DAY:
        raise Refused("time more than a day ahead")
    return at


def _with_numbers(line: Said) -> Said:
    """With the numbers of its columns. Raises ValueError where one that counts is none."""
    data, word = line.data, line.word
    if word == "ENTERQUEUE":
        return line._replace(caller=_caller(data))
    if word in NEW_TRANSFERS:
        return _from_the_right(line)
    if word in ("PENALTY", "RINGINUSE"):
        int(data[0] if data else "")
    _seconds(data, OTHER_SECONDS.get(word, NEVER))
    _whole(data, WHOLE_NUMBERS.get(word, NEVER))
    wait, talk = (_seconds(data, columns.get(word, NEVER)) for columns in (WAITS, TALKS))
    return line._replace(wait=wait, talk=talk)


def _from_the_right(line: Said) -> Said:
    """A transfer, whose three numbers stand at the end: wait, talk, position."""
    data = line.data
    while len(data) > 5 and not data[-1]:
        data = data[:-1]
    return line._replace(talk=_number(data[-2]), wait=_number(data[-3])) if len(data) > 3 else line


def _caller(data: tuple[str, ...]) -> str | None:
    """What stands before the position, if there is one. Raises ValueError for one that is too long to be read."""
    if len(data) > 2 and data[2] and not data[2].isdecimal():
        place = next((place for place in range(3, len(data)) if data[place].isdecimal()), 2)
    else:
        place = 2
    if place < len(data) and data[place].isdecimal():
        int(data[place])
    return "|".join(data[1:place]) or None


def _seconds(data: tuple[str, ...], place: int) -> float | None:
    return _number(data[place]) if place < len(data) and data[place] else None


def _whole(data: tuple[str, ...], place: int) -> int | None:
    return int(data[place]) if place < len(data) and data[place] else None


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number
