"""Queue logs of floors that could be: a switch that works, with every event of every version, and names of all kinds.

Rules
- One `random.Random` decides everything: a seed is a floor.
- What is written here is in order and whole; `damage` does the rest.
- `grammar` is the opposite: any event of few calls, queues and agents, in any order, so that every state of a floor
  comes soon.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random

BEGAN = 1_795_300_000
"""Sunday 2026-11-22 before midnight of no zone in particular."""

QUEUES = ("support", "sales", "Zürich", "客服", "a b", "vip,1", "q-\u202e")
AGENTS = (
    "PJSIP/1001",
    "Ada",
    "Wang Fang",
    "王芳",
    "Local/7@agents/n",
    'O\'Neill, "Jo"',
    "",
    "عمر",
    "🙂",
    "SIP/1\u0301",
)
REASONS = ("", "lunch", "break", "小休", "a|b", "\x1b[31m", "[bold]")
CALLERS = ("15550001", "", "anonymous", "+49 30 1", "五", "0")
CALLER_NAMES = ("Li Lei", "李雷", "a|b", "\u202eevil", "=1+1", "")
OWN_WORDS = ("DID", "INFO", "HELP", "QA", "custom")

Line = bytes


class Switch:
    """A switch that answers calls, and writes its log as it goes."""

    def __init__(self, chance: Random, began: float = BEGAN, name: str = "") -> None:
        """`name` is put before the ids of calls, as the system name of an Asterisk is."""
        self.chance = chance
        self.now = began
        self.lines: list[Line] = []
        self._name = name
        self._queues = chance.sample(QUEUES, chance.randint(1, 4))
        self._agents = chance.sample(AGENTS, chance.randint(1, 6))
        self._calls = 0
        self._waiting: list[tuple[str, str, float]] = []
        self._talking: list[tuple[str, str, str, float]] = []
        self._is_old = chance.random() < 0.2
        self._all = [act for act, weight in _ACTS for _ in range(weight)]

    def run(self, lines: int) -> list[Line]:
        """Work until so many lines are written."""
        while len(self.lines) < lines:
            self._pass_time()
            self.chance.choice(self._all)(self)
        return self.lines[:lines]

    def _pass_time(self) -> None:
        draw = self.chance.random()
        if draw < 0.5:
            self.now += self.chance.choice((0, 0, 1, 1, 2, 3, 5, 8, 21))
        elif draw > 0.995:
            self.now += self.chance.choice((600, 3600, 14_400, 40_000))

    def write(self, call: str, queue: str, agent: str, word: str, *data: object) -> None:
        """One line, as the switch does."""
        columns = [f"{self.now:.0f}", call, queue, agent, word, *map(str, data or ("",))]
        self.lines.append("|".join(columns).encode())

    def _new_call(self) -> str:
        self._calls += 1
        return f"{self._name}{self.now:.0f}.{self._calls}"

    def _agent(self) -> str:
        return self.chance.choice(self._agents)

    def _queue(self) -> str:
        return self.chance.choice(self._queues)

    def enter(self, call: str = "", queue: str = "") -> None:
        """A caller joins a queue."""
        call, queue = call or self._new_call(), queue or self._queue()
        data: list[object] = ["", self.chance.choice(CALLERS)]
        if not self._is_old:
            data.append(1 + sum(of == queue for of, _call, _at in self._waiting))
            data += [self.chance.choice(CALLER_NAMES)] if self.chance.random() < 0.1 else []
        self.write(call, queue, "NONE", "ENTERQUEUE", *data)
        self._waiting.append((queue, call, self.now))

    def answer(self) -> None:
        """An agent takes a caller, mostly the first."""
        if self._waiting:
            queue, call, at = self._waiting.pop(0 if self.chance.random() < 0.8 else -1)
            agent = self._agent()
            self.write(call, queue, agent, "CONNECT", self._since(at), f"{call}b", self.chance.randint(0, 9))
            self._talking.append((queue, call, agent, self.now))

    def hang_up(self) -> None:
        """A talk ends."""
        if talk := self._ended_talk():
            queue, call, agent, at = talk
            word = self.chance.choice(("COMPLETECALLER", "COMPLETEAGENT"))
            self.write(call, queue, agent, word, self.chance.randint(0, 99), self._since(at), 1)

    def transfer(self) -> None:
        """A talk is handed on, sometimes into a queue, whose line may come before the one of the transfer."""
        if not (talk := self._ended_talk()):
            return
        queue, call, agent, at = talk
        numbers = (self.chance.randint(0, 99), self._since(at), 1)
        into = self._queue() if self.chance.random() < 0.5 else ""
        is_late = bool(into) and self.chance.random() < 0.4
        if is_late:
            self.enter(call, into)
        if self._is_old:
            self.write(call, queue, agent, "TRANSFER", "6001", "default", *numbers[: self.chance.choice((0, 2, 3))])
        elif self.chance.random() < 0.6:
            self.write(call, queue, agent, "BLINDTRANSFER", "6001", "default", *numbers)
        else:
            kind = self.chance.choice((("BRIDGE", "id-1"), ("APP", "Voice|Mail"), ("LINK", "a", "b")))
            self.write(call, queue, agent, "ATTENDEDTRANSFER", *kind, *numbers)
        if into and not is_late:
            self.enter(call, into)

    def give_up(self) -> None:
        """A caller leaves a queue by themselves."""
        if self._waiting:
            queue, call, at = self._waiting.pop(self.chance.randrange(len(self._waiting)))
            self.write(call, queue, "NONE", "ABANDON", 1, 1, self._since(at))

    def leave(self) -> None:
        """A caller is taken out of a queue."""
        if not self._waiting:
            return
        queue, call, at = self._waiting.pop()
        word = self.chance.choice(("EXITWITHTIMEOUT", "EXITWITHKEY", "EXITEMPTY", "WITHDRAW"))
        more: list[object] = [] if self._is_old else [1, self._since(at)]
        self.write(call, queue, "NONE", word, *(["9"] if word == "EXITWITHKEY" else []), 1, *more)
        if word == "EXITEMPTY" and self._is_old:
            self.write(call, queue, "NONE", "ABANDON", 1, 1, self._since(at))
        if word == "EXITWITHKEY" and self.chance.random() < 0.3:
            self.enter(call)

    def ring(self) -> None:
        """A telephone rings and nobody answers."""
        if self._waiting:
            queue, call, _at = self.chance.choice(self._waiting)
            word = self.chance.choice(("RINGNOANSWER", "RINGCANCELED", "AGENTDUMP"))
            self.write(
                call, queue, self._agent(), word, *(() if word == "AGENTDUMP" else (self.chance.choice((0, 9000)),))
            )

    def change_member(self) -> None:
        """Somebody joins or leaves a queue."""
        if self.chance.random() < 0.6:
            self.write("MANAGER", self._queue(), self._agent(), "ADDMEMBER", self.chance.choice(("", "PAUSED")))
        else:
            self.write("CLI", self._queue(), self._agent(), "REMOVEMEMBER")

    def pause(self) -> None:
        """Somebody pauses or comes back, in one queue or in all."""
        agent, word, reason = self._agent(), self.chance.choice(("PAUSE", "UNPAUSE")), self.chance.choice(REASONS)
        if self.chance.random() < 0.3:
            self.write("NONE", "NONE", agent, f"{word}ALL", reason)
            for queue in self._queues:
                self.write("NONE", queue, agent, word, reason)
        else:
            self.write("NONE", self._queue(), agent, word, reason)

    def tune(self) -> None:
        """A setting of a member, or a call that an agent made."""
        word = self.chance.choice(("PENALTY", "RINGINUSE", "OUTCALL"))
        queue = self.chance.choice((*self._queues, "NONE"))
        self.write("NONE", queue, self._agent(), word, self.chance.choice((0, 1)))

    def sign(self) -> None:
        """Somebody signs in or out."""
        word = self.chance.choice(("AGENTLOGIN", "AGENTLOGOFF"))
        self.write("NONE", "NONE", self._agent(), word, "SIP/1", *((600,) if word == "AGENTLOGOFF" else ()))

    def restart(self) -> None:
        """The switch starts anew, and forgets its calls."""
        self.write("NONE", "NONE", "NONE", "QUEUESTART")
        self._waiting.clear()
        self._talking.clear()

    def say_more(self) -> None:
        """A word that means nothing to anybody, or a new file."""
        if self.chance.random() < 0.3:
            self.write("NONE", "NONE", "NONE", "CONFIGRELOAD")
        else:
            self.write(self._new_call(), self._queue(), "NONE", self.chance.choice(OWN_WORDS), "x|y")

    def _since(self, at: float) -> int:
        return int(self.now - at)

    def _ended_talk(self) -> tuple[str, str, str, float] | None:
        return self._talking.pop(self.chance.randrange(len(self._talking))) if self._talking else None


_ACTS: Sequence[tuple[Callable[[Switch], None], int]] = (
    (Switch.enter, 40),
    (Switch.answer, 34),
    (Switch.hang_up, 28),
    (Switch.transfer, 8),
    (Switch.give_up, 8),
    (Switch.leave, 6),
    (Switch.ring, 16),
    (Switch.change_member, 8),
    (Switch.pause, 10),
    (Switch.tune, 2),
    (Switch.sign, 3),
    (Switch.restart, 1),
    (Switch.say_more, 2),
)

GRAMMAR_WORDS = (
    "ENTERQUEUE", "ENTERQUEUE", "ENTERQUEUE", "CONNECT", "CONNECT", "CONNECT", "COMPLETECALLER", "COMPLETEAGENT",
    "TRANSFER",
    "BLINDTRANSFER", "ATTENDEDTRANSFER", "ABANDON", "EXITWITHTIMEOUT", "EXITWITHKEY", "EXITEMPTY", "WITHDRAW",
    "RINGNOANSWER", "RINGCANCELED", "AGENTDUMP", "ADDMEMBER", "ADDMEMBER", "REMOVEMEMBER", "PAUSE", "PAUSE",
    "UNPAUSE", "PAUSEALL",
    "UNPAUSEALL", "PENALTY", "RINGINUSE", "AGENTLOGIN", "AGENTLOGOFF", "OUTCALL", "QUEUESTART", "CONFIGRELOAD",
    "DID", "",
)  # fmt: skip
GRAMMAR_CALLS = ("c1", "c1", "c2", "c2", "c3", "NONE", "MANAGER", "REALTIME", "")
GRAMMAR_QUEUES = ("q1", "q1", "q2", "q2", "q1", "NONE", "")
GRAMMAR_AGENTS = ("a1", "a1", "a2", "a3", "NONE", "", "a|CONNECT")
GRAMMAR_DATA = (
    "",
    "",
    "0",
    "1",
    "5",
    "20",
    "21",
    "-3",
    "PAUSED",
    "x",
    "1e999",
    "nan",
    "9" * 400,
    "1e308",
    "lunch",
    "3.5",
)


def grammar(chance: Random, lines: int, began: float = BEGAN) -> Iterator[Line]:
    """Any words in any order."""
    now = began
    for _ in range(lines):
        now += chance.choice((0, 0, 1, 1, 5, 30, -1))
        now += chance.choice((3600, 20_000, -7200, 0.25)) if chance.random() < 0.01 else 0
        columns = [
            f"{now:g}" if chance.random() < 0.001 else f"{now:.2f}" if now % 1 else f"{now:.0f}",
            chance.choice(GRAMMAR_CALLS), chance.choice(GRAMMAR_QUEUES), chance.choice(GRAMMAR_AGENTS),
            chance.choice(GRAMMAR_WORDS),
            *(_datum(chance) for _ in range(chance.choice((0, 1, 1, 2, 3, 3, 3, 4, 5)))),
        ]  # fmt: skip
        yield "|".join(columns).encode()


def _datum(chance: Random) -> str:
    return str(chance.randint(0, 40)) if chance.random() < 0.7 else chance.choice(GRAMMAR_DATA)
