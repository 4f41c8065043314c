"""How long a supervisor's tasks take: keys sent to the real program on a terminal until the answer stands there.

Rules
- A task fails when its answer is not reached, or stands there before its keys: then the keys prove nothing. Nothing is
  asked of the time.
- The seconds of a person are in the manner of the keystroke-level model (Card, Moran and Newell 1980), with rounder
  figures: 0.3 s a key and 1.2 s a look, one at every screen that must be read before the next key, the answer among
  them. The machine's are measured: from the first key of a step to what it shows. Both are added.
- A name in Chinese counts as many keys as its pinyin and the one that takes the first word offered.
- Every task begins at the start screen of a program of its own, on the same recorded day (working_day.py).
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from tests.bench.measured import Measured
from tests.bench.terminal import Terminal
from tests.bench.working_day import WorkingDay, working_day

KEY_SECONDS, LOOK_SECONDS = 0.3, 1.2
ANSWER_SECONDS, OPENED_SECONDS = 30.0, 120.0
QUIET_SECONDS = 0.6

BYTES: Mapping[str, str] = {
    "tab": "\t", "enter": "\r", "esc": "\x1b", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "end": "\x1b[F", "ctrl+p": "\x10",
}  # fmt: skip
STROKES: Mapping[str, int] = {"王芳": len("wangfang") + 1}


class Screen(Struct, frozen=True):
    """A size with the layout that it begins with; `ready` is there once the floor is."""

    size: tuple[int, int]
    layout: str
    ready: str

    @property
    def name(self) -> str:
        """120x36."""
        return "{}x{}".format(*self.size)


class Step(Struct, frozen=True):
    """Keys that are pressed without a look between them, apart by blanks (what is no key is typed), and a pattern of
    the line that they show."""

    keys: str
    shows: str


class Task(Struct, frozen=True):
    """A question of a supervisor, and the steps to its answer on each screen."""

    question: str
    wide: tuple[Step, ...]
    hand: tuple[Step, ...]


WIDE = Screen((120, 36), "floor", r"11:42:\d\d REPLAY")
HAND = Screen((40, 20), "hand", r"11:42 REPLAY x0\.1 wait")


def both(*steps: tuple[str, str]) -> tuple[Step, ...]:
    """These steps, of keys and what they show."""
    return tuple(Step(*step) for step in steps)


LOST_THREE_TIMES, TRIED = r"caller billing, \*+77|│ billing, \*+77", r"No answer: billing"
NOTED = r"Noted, help: A07"
BEHIND = both(("ctrl+p A03", r"A03 谢明 1003"), ("enter", r"behind the target so far"))

TASKS: Sequence[Task] = (
    Task("Who waits longest, and why?", both(("", r"longest: sales +0:\d\d")), both(("b", r"longest: sales +0:\d\d"))),
    Task(
        "Who may go on a break now?",
        both(("r z", r"may go on a break \(\d+\):")),
        both(("r", r"a break \(\d+\):")),
    ),
    Task(
        "Find 王芳: what does she do?",
        both(("3 / 王芳 enter", r"C06 王芳 1046 talking")),
        both(("6 / 王芳 enter", r"C06 王芳 1046 talking")),
    ),
    Task(
        "Which team is short at 12:30?",
        both(("r tab enter", r"12:30 +84 .* 19 +4\* +18 +20 +3\* +20")),
        both(("r tab enter", r"12:30 +84 +19 +4\*")),
    ),
    Task(
        "Which calls spoiled the service level of support?",
        both(("1 down down down ?", r"support: 64\.6 %")),
        both(("2 down down down ?", r"support: 64\.6 %")),
    ),
    Task(
        "Take the oldest request for help",
        both(("down h", r"Yours: D09 马一诺")),
        both(("down h", r"Yours: D09 马一诺")),
    ),
    Task(
        "Note on the person at A07",
        both(("3 / A07 enter", r"A07 中村 直樹 1007 paused"), ("n h refund enter", NOTED)),
        both(("6 / A07 enter", r"A07 中村 直樹 1007 paused"), ("n h refund enter", NOTED)),
    ),
    Task(
        "Who has been paused for too long?",
        both(("/ over enter", r"F22 Grace.*Coffee over")),
        both(("/ over enter", r"F22 Grace.*Coffee over")),
    ),
    Task(
        "Call back who tried three times, and nobody picks up",
        both(("4 b", LOST_THREE_TIMES), ("n", TRIED)),
        both(("b b", LOST_THREE_TIMES), ("n", TRIED)),
    ),
    Task("Why is the agent at A03 behind today?", BEHIND, BEHIND),
    Task(
        "Is support as busy as last week?",
        both(("1 down down down H", r"arrived by 11:40: today \d+, Friday 11-13 \d+")),
        both(("2 down down down H", r"arrived by 11:40: today \d+, Friday")),
    ),
    Task("My team only", both(("l 3", r"only team A")), both(("l 3", r"only team A"))),
    Task("Put it on the wall", both(("l 4", r"─ The floor ─")), both(("l 4", r"─ ?The floor ?─"))),
    Task("Hand over: the panel into a chat", both(("y", r"copied as text")), both(("y", r"copied as text"))),
    Task("Hand over: the panel as a CSV file", both(("Y 5", r"floorwatch-needs-you")), both(("Y 5", r"floorwatch-"))),
    Task(
        "Say that I see to the alarm",
        both(("a enter", r"胡俊杰 sees to it")),
        both(("a enter", r"胡俊杰 sees to it")),
    ),
    Task(
        "Who is absent, and who can come instead?",
        both(("k f", r"邓丽 1121")),
        both(("k f", r"邓丽 1121")),
    ),
)  # fmt: skip


def run() -> list[Measured]:
    """Seconds of person and machine together, a row a task and screen. Raises TimeoutError where there is no answer."""
    with tempfile.TemporaryDirectory(prefix="floorwatch-tasks-") as folder:
        day = working_day(Path(folder))
        return [
            _measured(task.question, screen, steps, done(day, screen, steps))
            for task in TASKS
            for screen, steps in ((WIDE, task.wide), (HAND, task.hand))
        ]


def done(day: WorkingDay, screen: Screen, steps: Sequence[Step]) -> float:
    """Seconds of the machine, all steps together, in a program of its own. Raises TimeoutError and ValueError."""
    home = {"HOME": str(day.config.parent), "XDG_STATE_HOME": "", "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}
    terminal = Terminal(day.opened(screen.layout), screen.size, env=home)
    try:
        terminal.wait_until_shown(screen.ready, OPENED_SECONDS)
        terminal.wait_until_quiet(QUIET_SECONDS, at_most=ANSWER_SECONDS)
        return sum(_step(terminal, step) for step in steps)
    finally:
        terminal.close()


def _step(terminal: Terminal, step: Step) -> float:
    if not step.keys:
        terminal.wait_until_shown(step.shows, ANSWER_SECONDS)
        return 0.0
    if terminal.shows(step.shows):
        raise ValueError(f"{step.shows!r} stands there before {step.keys!r}")
    first, *others = _pieces(step.keys)
    began = terminal.press(first)
    for piece in others:
        terminal.press(piece)
    return terminal.wait_until_shown(step.shows, ANSWER_SECONDS) - began


def _pieces(keys: str) -> list[str]:
    return [BYTES.get(word, word) for word in keys.split()]


def strokes(steps: Sequence[Step]) -> int:
    """Keys that a person presses."""
    words = [word for step in steps for word in step.keys.split()]
    return sum(1 if word in BYTES else STROKES.get(word, len(word)) for word in words)


def _measured(question: str, screen: Screen, steps: Sequence[Step], machine: float) -> Measured:
    person = KEY_SECONDS * strokes(steps) + LOOK_SECONDS * len(steps)
    keys = "  ".join(step.keys for step in steps) or "none"
    what = f"{question}  {screen.name}: {keys} ({strokes(steps)} keys, looks {len(steps)}, machine {machine:.2f} s)"
    return Measured(what, "s", person + machine)
