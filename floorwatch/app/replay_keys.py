"""What the keys do to floor time: hold it, hurry it, go elsewhere in it, mark it; from now into the past, and back.

Rules
- A key that needs a replay says so where there is none; it never fails.
- What was said of one moment does not stand over another one, least of all over the live floor.
- Floor time stands still while the word of a mark is typed, or the time to compare with: both are of the moment at
  which their key was pressed.
"""

import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from functools import partial
from math import inf

from floorwatch.app.ask_line import AskLine, Question
from floorwatch.app.page import Page
from floorwatch.app.replay_lines import WITH_SECONDS, clock
from floorwatch.app.screen_keys import ScreenKeys
from floorwatch.app.stage import Stage
from floorwatch.engine.desk import ReplayBar, ReplayControl, Stop, Travel
from floorwatch.engine.moments import going_to
from floorwatch.model.clock import FloorDays
from floorwatch.text import inert
from floorwatch.words import _

RATES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 60.0, 120.0, 300.0, 600.0, inf)
BACK_SECONDS = 300.0
"""How far back from now the past is opened, and with what a panel is compared where nobody came from anywhere."""
HALF_A_DAY = 43_200
"""A time of day without its day means the one that is nearer than this."""
SPELT_SECONDS = 1.0
"""Times are written in whole seconds: the first and the last one, as they are said, lie within the recording."""
SLOW_SECONDS = 0.3
"""A way into the past that takes longer is said."""


class ReplayKeys(ScreenKeys):
    """A screen whose keys move floor time."""

    _is_leaving = False
    """Whether the way into the past is under way."""

    def lines_below(self) -> int:
        """Lines below the panels: what is asked stands above them."""
        raise NotImplementedError

    # How it runs

    def action_space(self) -> None:
        """Pause a replay, or let it go on; on a live floor fold the group under the cursor."""
        control = self.stage.desk.replay_control()
        if control is not None:
            (control.resume if control.paused else control.pause)()
            self.show_heading()
        elif (frame := self.current) is not None and frame.table is not None:
            frame.table.action_fold()

    def action_rate(self, by: int) -> None:
        """The replay runs slower or faster."""
        control = self.replay()
        if control is None:
            return
        rate = next_rate(control.rate, by)
        control.set_rate(rate)
        if rate == inf:
            self.say_instead(_("As fast as it goes."))
        elif control.paused:  # the header says that it is held, and no rate
            self.say_instead(_("x{rate:g}, once time goes on.").format(rate=rate))
        else:
            self.say_instead("")
        self.show_heading()

    # Where it is

    def action_step(self, seconds: float) -> None:
        """The replay goes this many seconds on or back."""
        control = self.replay()
        if control is not None:
            control.step(seconds)
            self.say_instead("")
            self.show_heading()

    def action_stop(self, stop: str, back: bool) -> None:
        """The replay goes on, or back, to the next such place, and what is there is said."""
        control = self.replay()
        if control is None:
            return
        was_at_end = control.bar().is_at_end
        said = control.stop_at(Stop(stop), back=back)
        if was_at_end and not back and self.is_away():
            said = _("The past ends here, where it was read; T is back to now.")
        self.say_instead(said)
        self.show_heading()

    def action_time(self) -> None:
        """On a live floor to the past; in a replay, ask for a time to go to."""
        travel = self.stage.desk.travel()
        if self.stage.desk.replay_control() is not None:
            self._ask(Question(_("go to:"), self._go_to, _("10:40, +5m, -30s, 2026-11-21 10:40")))
        elif travel is None:
            self.replay()
        elif not self._is_leaving:
            self._is_leaving = True
            self.app.run_worker(self._go_back(travel), exit_on_error=True)

    def action_now(self) -> None:
        """Back to the live floor."""
        travel = self.stage.desk.travel()
        if travel is not None and (travel.is_away or self._is_leaving):
            travel.return_to_now()
            self.say_instead("")
            self.show_heading()
        elif self.stage.desk.replay_control() is not None:
            self.say_instead(_("This is a recording: it has no now to go back to."))
        else:
            self.say_instead(_("This is now."))

    async def _go_back(self, travel: Travel) -> None:
        slow = asyncio.get_running_loop().call_later(SLOW_SECONDS, self.say_instead, _("Going back five minutes ..."))
        try:
            said = await travel.go_back(BACK_SECONDS)
        finally:
            slow.cancel()
            self._is_leaving = False
        self.say_instead(said or _("This is five minutes ago; T is back to now."))
        if self.is_attached:
            self.show_heading()

    def _go_to(self, text: str) -> str:
        control = self.replay()
        said = "" if control is None else control.go_to(text)
        if control is not None and not said:
            self.say_instead("")
            self.show_heading()
        return said

    # What happened in it

    def action_mark(self) -> None:
        """Mark this moment with a word."""
        control = self.replay()
        if control is None:
            return
        self._ask(Question(_("mark:"), self._mark, _("a word, or none")), self._hold(control))

    def _mark(self, word: str) -> str:
        control = self.replay()
        return "" if control is None else control.mark(word.strip())

    def _hold(self, control: ReplayControl) -> Callable[[], None]:
        """Let floor time stand still; what lets it go on, where it ran."""
        runs = not control.paused
        if runs:
            control.pause()
            self.show_heading()

        def let_go() -> None:
            held = self.stage.desk.replay_control()
            if held is not None and runs:
                held.resume()
            for screen in self.app.screen_stack:  # what was answered may have opened another above this one
                if isinstance(screen, ReplayKeys):
                    screen.show_heading()

        return let_go

    def action_changed(self) -> None:
        """Ask with which moment to compare the one that is shown, and show what changed in the panel between them."""
        control, panel = self.replay(), self.subjects()[0].panel
        if control is None:
            return
        if panel is None:
            self.say_instead(_("This page has no panel that could be compared."))
            return
        let_go, zone, bar = self._hold(control), self.stage.desk.zone, control.bar()
        other = bar.at - BACK_SECONDS if control.came_from is None else control.came_from
        other = _within(bar, other)
        form = _form_for(bar.at, other)
        text = clock(other, zone, form)
        take = partial(self._compare, panel, self._title_of(panel), {text: other})
        asks = _("changed between {time} and:").format(time=clock(bar.at, zone))
        self._ask(Question(asks, take, text=text), let_go)

    def _compare(self, panel: str, title: str, known: Mapping[str, float], text: str) -> str:
        """Open what changed in the panel between this time and the moment shown, the earlier one first; what is wrong
        with it. `known` is what stood there at first, to the fraction of a second."""
        control = self.replay()
        if control is None:
            return ""
        bar, zone = control.bar(), self.stage.desk.zone
        other = known[text] if text in known else going_to(text, _days(self.stage), bar.at)
        if isinstance(other, str):
            return other
        if not bar.earlier and other <= bar.begins_at - SPELT_SECONDS:
            return _("The recording begins at {time}.").format(time=clock(bar.begins_at, zone))
        if not bar.later and other >= bar.ends_at + SPELT_SECONDS:
            return _("The recording ends at {time}.").format(time=clock(bar.ends_at, zone))
        other = _within(bar, other)
        form = _form_for(bar.at, other)
        first, last = (clock(at, zone, form) for at in sorted((other, bar.at)))
        named = _("Changed {first} to {last}: {panel}").format(first=first, last=last, panel=title)
        self.app.call_next(self.stage.open, Page(named, partial(control.changed_since, panel, other), live=False))
        return ""

    def _ask(self, question: Question, on_gone: Callable[[], None] = lambda: None) -> None:
        self.app.push_screen(AskLine(self.stage, question, self.lines_below, on_gone))

    def _title_of(self, panel: str) -> str:
        show = self.stage.desk.shown(panel)
        return inert(panel if show is None else show.title)

    def is_away(self) -> bool:
        """Whether the past of a live floor is shown."""
        travel = self.stage.desk.travel()
        return travel is not None and travel.is_away

    def replay(self) -> ReplayControl | None:
        """The hands on the replay; None, and that is said, where there is none."""
        control = self.stage.desk.replay_control()
        if control is None and self.stage.desk.travel() is not None:
            self.say_instead(_("That is for the past: t shows the floor of five minutes ago."))
        elif control is None:
            self.say_instead(_("That is for a replay."))
        return control


def next_rate(rate: float, by: int) -> float:
    """The next of `RATES` above this rate (or below); the last is the last."""
    at = bisect_right(RATES, rate) if by > 0 else bisect_left(RATES, rate) - 1
    return RATES[max(0, min(at, len(RATES) - 1))]


def _within(bar: ReplayBar, at: float) -> float:
    """This moment, or the nearest one that the recording has: times are written in whole seconds."""
    at = at if bar.earlier else max(at, bar.begins_at)
    return at if bar.later else min(at, bar.ends_at)


def _form_for(now: float, at: float) -> str:
    return WITH_SECONDS if abs(now - at) < HALF_A_DAY else f"%Y-%m-%d {WITH_SECONDS}"


def _days(stage: Stage) -> FloorDays:
    """The business days of the floor."""
    floor = stage.desk.heading().snapshot
    return FloorDays(stage.desk.zone) if floor is None else floor.rules.days
