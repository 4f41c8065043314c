"""What keys do on any screen of ours to the panel that has them, and to how one looks at the floor.

Rules
- A key for which there is nothing here says so in a word; it never fails.
- What changes how one looks (another arrangement, one team alone) is the desk's: panels follow by themselves.
"""

from collections.abc import Sequence
from functools import partial

from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from floorwatch.app.details import detail_page
from floorwatch.app.frame import PanelFrame
from floorwatch.app.keep import Keep, KeepWanted
from floorwatch.app.keys import keys_table
from floorwatch.app.page import Holder, Page
from floorwatch.app.part_view import PartView
from floorwatch.app.stage import Stage
from floorwatch.app.subject import Subject
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.text import inert
from floorwatch.words import _

SAID_SECONDS = 4.0
"""A word is seen for so long at least."""
LETTERS_A_SECOND = 20


class ScreenKeys(Screen[None]):
    """A screen whose keys act on its `current` frame; subclasses say which that is."""

    stage: Stage

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Textual's own, without painting the whole screen anew at every move: who has the keys, and who had them, do."""

    @property
    def current(self) -> PanelFrame | None:
        """The frame that keys act on."""
        raise NotImplementedError

    def subjects(self) -> Sequence[Subject]:
        """What a key may be for, the nearest first."""
        raise NotImplementedError

    def show_heading(self) -> None:
        """Show what changed by a key at once."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """A short word, gone by itself once it can have been read."""
        self.app.notify(text, markup=False, timeout=max(SAID_SECONDS, len(text) / LETTERS_A_SECOND))

    def say_instead(self, text: str) -> None:
        """The same, in place of what was said so before: a key that is pressed ten times leaves one word, not ten; ""
        takes it away."""
        app = self.app
        for each in [each for each in app._notifications if each.message == self.stage.last_word]:  # noqa: SLF001  # Textual has no public way
            app._unnotify(each, refresh=not text)  # noqa: SLF001  # the same
        self.stage.last_word = self.stage.glyphs.plain(text)
        if text:
            self.say(text)

    def action_turn(self) -> None:
        """The panel in its next arrangement."""
        frame = self.current
        if frame is not None and not self.stage.desk.looks.turn(frame.panel):
            self.say(_("{panel} has one arrangement only.").format(panel=frame.title))

    def action_alone(self) -> None:
        """Only the team or the queue under the cursor, in every panel; everything again where something is alone."""
        looks = self.stage.desk.looks
        if looks.focus != NO_FOCUS:
            looks.look_at(NO_FOCUS)
            self.say(_("Everything is shown again."))
        elif (focus := self._focus_under_cursor()) is None:
            self.say(self._why_nobody_alone())
        else:
            looks.look_at(focus)
            self.say(_("Only {what} is shown; 0 shows everything again.").format(what=inert(focus.team or focus.queue)))
        self.show_heading()

    def _why_nobody_alone(self) -> str:
        """Why what is under the cursor cannot be shown alone."""
        floor = self.stage.desk.heading().snapshot
        keys = [subject.row_key or "" for subject in self.subjects()]
        agents = () if floor is None else floor.agents
        if any(key == "team:" or (key.startswith("agent:") and key.removeprefix("agent:") in agents) for key in keys):
            return _("Only a team can be shown alone, and this is none: give people a team in the people file.")
        return _("Put the cursor on a team, a queue or a person first.")

    def _focus_under_cursor(self) -> Focus | None:
        floor = self.stage.desk.heading().snapshot
        for subject in self.subjects():
            kind, _colon, name = (subject.row_key or "").partition(":")
            agent = floor.agents.get(name) if floor is not None and kind == "agent" else None
            if agent is not None and agent.team:
                return Focus(team=agent.team)
            if kind == "team" and name:
                return Focus(team=name)
            if kind == "queue" and name:
                return Focus(queue=name)
        return None

    def action_explain(self) -> None:
        """How the figure under the cursor is made."""
        frame = self.current
        holder = None if frame is None else frame.holder
        explain = None if holder is None else holder.explain
        if frame is None or holder is None or explain is None:
            words = "" if holder is None else holder.explain_words
            self.say(words or _("This is not a computed figure. Left and right move to another one."))
            return
        if explain.row:
            holder.post_message(PartView.Opened(holder, explain.row))
            return
        title = _("Explained")

        def behind(part: Holder, key: str) -> Page | None:
            return detail_page(self.stage, (), frame, part, key, title) if part.home else None

        self.stage.open(Page(title, partial(self.stage.desk.explain, explain), opens=behind))

    def action_copy(self) -> None:
        """Copy the panel as text, through the terminal."""
        if self.current is not None:
            self.post_message(KeepWanted(self, self.current, Keep.COPY_TEXT))

    def action_keep(self) -> None:
        """Copy or save the panel, or the screen: a menu asks how."""
        if self.current is not None:
            self.post_message(KeepWanted(self, self.current))

    def action_retry(self) -> None:
        """Try the panel again."""
        frame = self.current
        if frame is not None:
            self.stage.desk.retry(frame.panel)
            self.say(_("Trying {panel} again.").format(panel=frame.title))

    def action_keys(self) -> None:
        """All keys."""
        replay = self.stage.desk.replay_control() is not None
        self.stage.open(Page(_("Keys"), partial(keys_table, replay=replay), live=False))

    def action_feeds(self) -> None:
        """The feeds, and all that is known of each."""
        desk, title = self.stage.desk, _("Feeds")

        def text_of(_part: Holder, name: str) -> Page:
            return Page(f"{title} > {inert(name)}", partial(desk.feed_text, name))

        self.stage.open(Page(title, desk.feed_rows, opens=text_of))

    def action_plugins(self) -> None:
        """The plugins, and all that is known of each."""
        desk, title = self.stage.desk, _("Plugins")

        def text_of(_part: Holder, name: str) -> Page:
            return Page(f"{title} > {inert(name)}", partial(desk.plugin_text, name))

        self.stage.open(Page(title, desk.plugin_rows, opens=text_of))
