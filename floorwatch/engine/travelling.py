"""The way from a live floor into its past of today, and back.

Rules
- The past is shown once its floor and its panels are there, not before: until then the live floor stays on the screen.
- It stands still at first: whoever asks what happened five minutes ago wants to look at that moment, not to watch a
  floor that is five minutes late. Going on from there is one key.
- While the past is shown the panels of the live floor rest; when it is shown again, all of them are built.
- What cannot be read any more, or fails, costs the past: the live floor is shown again.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from math import inf

from floorwatch.engine.desk import HEADING, OnChange
from floorwatch.engine.heap import give_back
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.present import Present
from floorwatch.engine.session import Session
from floorwatch.engine.today import Today
from floorwatch.extend.command import Toast
from floorwatch.feeds.shapes import FeedError
from floorwatch.settings import SettingsError
from floorwatch.views import Tone
from floorwatch.words import _

PANELS_SECONDS = 1.0
"""How long the floor of the past, once it is there, waits for its panels: one whose plugin hangs keeps nobody."""

LOOK_SECONDS = 0.05
GIVE_BACK_SECONDS = 1.0
SHARE_OF_WRITING = 0.5
"""Of what is said of the reading; the rest is the folding."""

PastSession = Callable[[Tape, float], Session]
"""A replay of this tape that begins at this moment, in the live session's lanes."""


class Past:
    """The replay session that is shown in place of the live one, from its beginning to its end."""

    def __init__(self, session: Session, tape: Tape, at: float) -> None:
        self.session = session
        self._tape = tape
        self._at = at
        self._changed = asyncio.Event()
        self.on_change: OnChange = lambda _panels: self._changed.set()
        self.task = asyncio.create_task(session.start(self._tell))

    @property
    def is_there(self) -> bool:
        """Whether the floor of the moment is: on the way to it nothing is shown."""
        shown = self.session.station.snapshot
        return shown is not None and shown.at > -inf

    def share(self) -> float:
        """How much of the way there is done, 0..1."""
        begins_at, folded_to = self._tape.begins_at, self._tape.refresh().folded_to
        return min(1.0, max(0.0, folded_to - begins_at) / max(1.0, self._at - begins_at))

    def problem(self) -> str:
        """Why no more of the day will be known; "" while nothing is wrong."""
        return self._tape.refresh().problem

    async def until(self, claim: Callable[[], bool], seconds: float | None = None) -> None:
        """Wait until the claim holds, or for so many seconds. Raises what ended the session meanwhile."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not claim():
                    if self.task.done():
                        self.task.result()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), LOOK_SECONDS)
                    self._changed.clear()

    def _tell(self, panels: frozenset[str]) -> None:
        self.on_change(panels)

    def end(self) -> None:
        """Let go of everything. Does not wait."""
        self.on_change = lambda _panels: None
        self.task.cancel()


class Travelling:
    """`Travel` in `engine.desk_replay` says what each method promises. `shown` is what is on the screen."""

    def __init__(self, live: Session, today: Today, past_session: PastSession) -> None:
        self.live = live
        self.on_change: OnChange = lambda _panels: None
        self._today = today
        self._past_session = past_session
        self._past: Past | None = None
        self._present: Present | None = None
        self._going: asyncio.Task[None] | None = None
        self._share: float | None = None

    @property
    def is_away(self) -> bool:
        """Whether the past is shown."""
        return self._past is not None

    @property
    def past(self) -> Session | None:
        """The session of the past, while it is shown."""
        return None if self._past is None else self._past.session

    @property
    def word(self) -> str:
        """How far the reading has come, or what of the present calls; "" where nothing is to be said."""
        if self._share is not None:
            return _("reading today: {percent} %").format(percent=int(100 * self._share))
        floor = self.live.station.snapshot
        return "" if self._present is None or floor is None else self._present.words(floor)

    async def go_back(self, seconds: float) -> str:
        """Show the floor of so many seconds ago; "" or why that cannot be. Nothing while it is being read already."""
        at = self.live.now() - seconds
        control = None if self._past is None else self._past.session.replay_control()
        if control is not None:
            control.seek(at)
        if control is not None or self._going is not None:
            return ""
        if self.live.station.is_opening:
            return _("The day is still being read: there is no way back yet.")
        self._going = going = asyncio.create_task(self._go(at))
        try:
            await asyncio.shield(going)
        except asyncio.CancelledError:
            if not going.cancelled():  # it is the caller who does not wait any longer
                going.cancel()
                raise
            return _("This is now: the past was not waited for.")
        except (FeedError, SettingsError) as error:
            return str(error)
        except Exception as error:  # noqa: BLE001  # decoders of plugins run there: what they raise costs the past alone
            return _("There is no way back: {reason}").format(reason=str(error) or type(error).__name__)
        finally:
            self._going, self._share = None, None
            self.on_change(frozenset({HEADING}))
        return ""

    def return_to_now(self) -> None:
        """Show the live floor again; where the past is still being read, go on showing it."""
        if self._going is not None:
            self._going.cancel()
        past, self._past, self._present = self._past, None, None
        if past is not None:
            self.live.station.shows.go_on()
            self.live.station.wake()
            self._leave(past)
            self._tell_everything(self.live)

    def end(self) -> None:
        """The live floor ends: so does everything here. May be called twice, and when the loop has ended."""
        if self._going is not None:
            self._going.cancel()
        if self._past is not None:
            self._past.end()
        self._past = self._going = None
        self._today.forget()

    async def _go(self, at: float) -> None:
        """Have the past read, and show it. Raises FeedError."""
        weekday = self.live.station.floor.snapshot(self.live.now()).weekday
        self._told(0.0)
        try:
            tape = await self._today.tape(at, weekday, lambda share: self._told(SHARE_OF_WRITING * share))
            past = self._begun(tape, at)
        except BaseException:  # a cancelled way there too: nobody looks at that tape; raised again
            self._today.leave_alone()
            raise
        try:
            await self._until_there(past)
        except BaseException:  # a cancelled way there too: its threads must end; raised again
            self._leave(past)
            raise
        self._show(past)

    def _begun(self, tape: Tape, at: float) -> Past:
        """A replay of the tape that stands at this moment, or at the nearest that it has. Raises FeedError."""
        at = min(max(at, tape.begins_at), tape.span[1])
        session = self._past_session(tape, at)
        control = session.replay_control()
        if control is not None:
            control.pause()
        session.look_like(self.live)
        return Past(session, tape, at)

    async def _until_there(self, past: Past) -> None:
        def is_there() -> bool:
            self._told(SHARE_OF_WRITING + (1 - SHARE_OF_WRITING) * past.share())
            return past.is_there or bool(past.problem())

        await past.until(is_there)
        if not past.is_there:
            raise FeedError(_("There is no way back: {reason}").format(reason=past.problem()))
        await past.until(lambda: not past.session.station.shows.is_busy, PANELS_SECONDS)

    def _told(self, share: float) -> None:
        before, self._share = self._share, share
        if before is None or int(100 * before) != int(100 * share):
            self.on_change(frozenset({HEADING}))

    def _show(self, past: Past) -> None:
        floor = self.live.station.snapshot
        self._past, self._share = past, None
        self._present = None if floor is None else Present(floor)
        past.on_change = self.on_change
        past.task.add_done_callback(lambda _task: self._has_ended(past))
        self.live.station.shows.rest()
        self._tell_everything(past.session)

    def _has_ended(self, past: Past) -> None:
        """The past has failed while it was shown."""
        if past is not self._past:
            return
        failure = None if past.task.cancelled() else past.task.exception()
        self.return_to_now()
        if failure is not None:
            said = _("The past cannot be shown any more: {reason}").format(reason=failure)
            self.live.say(Toast(said, Tone.WARN))

    def _leave(self, past: Past) -> None:
        """Let go of it; what it held goes back to the system once the live floor is shown."""
        self.live.looks.no_more_on(past.session.station)
        past.end()
        self._today.leave_alone()
        asyncio.get_running_loop().call_later(GIVE_BACK_SECONDS, give_back)

    def _tell_everything(self, session: Session) -> None:
        self.on_change(frozenset({HEADING, *(show.panel for show in session.panels())}))
