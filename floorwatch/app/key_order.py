"""One key after the other: the next one is delivered where the one before it has led.

Rules
- A slow line delivers keys in bursts. Textual hands each to what has the cursor at that moment, and the handling comes
  later: of "n p" the second key would reach the floor, where it means something else, while the form is still opening.
- So a key waits until the one before was handled all the way up, and until a screen that it opened takes keys.
- A command that a key led to may open a screen when it is done: keys wait for that, too, between `hold` and `let_go`.
- What a key led to may be gone before it is known, and a command may be slow: after `PATIENCE_SECONDS` the next key
  comes in any case, and those behind it wait no more for that command.
- An input method types full-width letters, digits and signs: as keys they are their narrow ones. What goes into a line
  that is typed in stays as it was typed.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key
from textual.keys import _character_to_key  # Textual names keys by this and has no public way to ask

PATIENCE_SECONDS = 0.25

Deliver = Callable[[Event], Awaitable[None]]

FIRST_WIDE, LAST_WIDE, WIDE_BLANK = "\uff01", "\uff5e", "\u3000"
TO_NARROW = 0xFEE0
"""How far the full-width signs stand behind their narrow ones."""


def narrowed(key: Key) -> Key:
    """The key of the narrow sign, for a full-width one; any other as it is."""
    sign = key.character or ""
    if sign == WIDE_BLANK:
        narrow = " "
    elif len(sign) == 1 and FIRST_WIDE <= sign <= LAST_WIDE:
        narrow = chr(ord(sign) - TO_NARROW)
    else:
        return key
    return Key(_character_to_key(narrow), narrow)


class KeyOrder:
    """The keys and pastes of one app on their way to its widgets."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._waiting: deque[tuple[Event, Deliver]] = deque()
        self._turn = 0
        self._is_busy = False
        self._patience: asyncio.TimerHandle | None = None
        self._at_work = 0
        self._holds_until = 0.0
        self._held: asyncio.TimerHandle | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a key is on its way, or one waits."""
        return self._is_busy

    def hold(self) -> None:
        """A command begins."""
        self._at_work += 1
        self._holds_until = asyncio.get_running_loop().time() + PATIENCE_SECONDS

    def let_go(self) -> None:
        """It is done, and has opened what it opens."""
        self._at_work -= 1
        if not self._at_work:
            self._holds_until = 0.0
            if self._held is not None and not self._app.screen.call_later(self._go_on):
                self._go_on()

    async def take(self, event: Event, deliver: Deliver) -> None:
        """Deliver it when it is its turn. Called by the app as the event comes."""
        self._waiting.append((event, deliver))
        if not self._is_busy:
            await self._next()

    async def _next(self) -> None:
        self._is_busy = bool(self._waiting)
        if not self._waiting:
            return
        loop = asyncio.get_running_loop()
        if loop.time() < self._holds_until:
            self._held = loop.call_at(self._holds_until, self._go_on)
            return
        event, deliver = self._waiting.popleft()
        self._turn += 1
        self._patience = loop.call_later(PATIENCE_SECONDS, self._over, self._turn)
        target = self._app.focused or self._app.screen
        is_typed = isinstance(event, Key) and target.check_consume_key(event.key, event.character)
        await deliver(narrowed(event) if isinstance(event, Key) and not is_typed else event)
        if is_typed:
            self._over(self._turn)  # text for a line that is typed in leads nowhere else
        else:
            self._follow(target, self._turn)

    def _follow(self, node: DOMNode | None, turn: int) -> None:
        """Go the way of the key, behind it: a widget that does not use it gives it to its parent, up to the app."""
        if node is None or node is self._app or not node.call_later(self._follow, node.parent, turn):
            self._app.call_later(self._handled, turn)

    def _handled(self, turn: int) -> None:
        """The app has done what the key is bound to; a screen that it opened answers once it is there."""
        if not self._app.screen.call_later(self._over, turn):
            self._over(turn)

    def _over(self, turn: int) -> None:
        if turn == self._turn:
            self._turn += 1
            if self._patience is not None:
                self._patience.cancel()
            self._app.call_later(self._next)

    def _go_on(self) -> None:
        if self._held is not None:
            self._held.cancel()
            self._held = None
            self._app.call_later(self._next)
