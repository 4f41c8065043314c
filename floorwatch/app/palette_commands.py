"""What ctrl+p offers: commands, panels, colours, the screens that keys open; and who and what has the name typed."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher

from floorwatch.app.details import page_of_place
from floorwatch.app.floor_screen import FloorScreen
from floorwatch.app.form import asking_title
from floorwatch.app.keys import keys_of
from floorwatch.app.palette_places import Place, places
from floorwatch.app.stage import Stage
from floorwatch.app.subject import Subject
from floorwatch.app.themes import COLOURS
from floorwatch.text import inert
from floorwatch.words import _


class Hands(Protocol):
    """What the palette needs of the app."""

    stage: Stage

    @property
    def floor_screen(self) -> FloorScreen:
        """The topmost screen of ours."""
        ...

    def run_command(self, name: str) -> None:
        """Do it for the row under the cursor."""
        ...

    def unsent(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """What was typed into forms and not sent: a title, and what opens it again."""
        ...

    def open_panel(self, panel: str, row_key: str | None = None) -> None:
        """Bring a panel to the front."""
        ...

    def use_layout(self, name: str) -> None:
        """Show other panels."""
        ...

    def wear(self, theme: str) -> None:
        """Change the colours."""
        ...

    def action_say_who(self) -> None:
        """Somebody else writes."""
        ...

    def action_undo(self) -> None:
        """Take back the last entry."""
        ...

    def action_moments(self) -> None:
        """A replay's moments and marks."""
        ...

    def lock(self) -> None:
        """Nobody writes."""
        ...

    def action_leave(self) -> None:
        """Leave."""
        ...


class Offer(NamedTuple):
    """One line of the palette."""

    title: str
    help: str
    run: Callable[[], object]


class FloorCommands(Provider):
    """Everything a person can do, by name."""

    async def discover(self) -> Hits:
        """All of it, before anything was typed."""
        for offer in self._plain_offers():
            yield DiscoveryHit(Content(offer.title), offer.run, text=offer.title, help=_as_words(offer.help))

    async def search(self, query: str) -> Hits:
        """What fits the words typed."""
        matcher = self.matcher(query)
        for offer in self._plain_offers():
            score = matcher.match(offer.title)
            if score > 0:
                shown = _highlighted(matcher, offer.title)
                yield Hit(score, shown, offer.run, text=offer.title, help=_as_words(offer.help))
        app: Hands = self.app  # type: ignore[assignment]  # the provider is ours and never used elsewhere
        plain = app.stage.glyphs.plain
        for place in places(app.stage.desk.heading().snapshot, query):
            run = partial(self._open, app, place)
            words = plain(place.words)
            yield Hit(place.score, Content(words), run, text=words, help=_as_words(place.kind))

    def _open(self, app: Hands, place: Place) -> None:
        subject = Subject(place.panel, place.row_key, place.words)
        app.stage.open(page_of_place(app.stage, app.floor_screen.homes, subject))

    def _plain_offers(self) -> Iterator[Offer]:
        """In the signs that the terminal draws in one cell."""
        app: Hands = self.app  # type: ignore[assignment]  # the provider is ours and never used elsewhere
        plain = app.stage.glyphs.plain
        return (Offer(plain(offer.title), plain(offer.help), offer.run) for offer in self._offers())

    def _offers(self) -> Iterator[Offer]:
        app: Hands = self.app  # type: ignore[assignment]  # the provider is ours and never used elsewhere
        screen = app.floor_screen
        for title, run in app.unsent():
            yield Offer(_("Unsent: {form}").format(form=title), _("typed before and not sent"), run)
        commands = app.stage.desk.commands()
        keys = keys_of(commands)
        for entry in commands:
            help_text = _("key {key}").format(key=inert(entry.key)) if entry.name in keys else ""
            yield Offer(asking_title(entry), help_text, partial(app.run_command, entry.name))
        for at, show in enumerate(app.stage.desk.panels(), 1):
            title = _("Panel: {title}").format(title=inert(show.title))
            yield Offer(title, _("key {key}").format(key=at), partial(app.open_panel, show.panel))
        looks = app.stage.desk.looks
        for layout in looks.layouts:
            title = _("Layout: {title}").format(title=inert(layout.title))
            word = _("shown now") if layout.name == looks.layout.name else ""
            yield Offer(title, word, partial(app.use_layout, layout.name))
        for name in COLOURS:
            yield Offer(_("Colours: {name}").format(name=_(name)), "", partial(app.wear, name))
        yield from _of_time(app, screen)
        yield Offer(_("Feeds"), _("the feeds and how they are"), screen.action_feeds)
        yield Offer(_("Plugins"), _("the plugins and how they are"), screen.action_plugins)
        yield Offer(_("Keys"), _("every key and what it does"), screen.action_keys)
        yield Offer(_("Menu of the row"), _("what can be done with the row"), screen.action_menu)
        yield Offer(_("Copy the panel as text"), "", screen.action_copy)
        yield Offer(_("Copy or save the panel ..."), _("as text, table or picture"), screen.action_keep)
        yield Offer(_("Try the panel again"), "", screen.action_retry)
        yield Offer(_("I am ..."), _("who you are: your name stands with what you enter"), app.action_say_who)
        yield Offer(_("Undo"), _("take back the last thing that you entered"), app.action_undo)
        yield Offer(_("Lock"), _("nobody writes here until somebody says who they are"), app.lock)
        yield Offer(_("Leave"), "", app.action_leave)


def _as_words(text: str) -> str:
    """Textual reads what helps as markup, unless it is content already."""
    return Content(text)  # type: ignore[return-value]  # it takes either, and says so nowhere


def _highlighted(matcher: Matcher, title: str) -> Content:
    """The title with the letters that fit. The matcher's own way reads it as markup: `[@click=...]` in the name of a
    person would act, and `[link=...` ends the app."""
    _score, fitting = matcher.fuzzy_search.match(matcher.query, title)
    shown = Content(title)
    for at in fitting:
        shown = shown if title[at].isspace() else shown.stylize(matcher.match_style, at, at + 1)
    return shown


def _of_time(app: Hands, screen: FloorScreen) -> Iterator[Offer]:
    """What moves floor time: into the past of a live floor, or about in a replay."""
    travel = screen.stage.desk.travel()
    if screen.stage.desk.replay_control() is None:
        if travel is not None:
            yield Offer(_("Five minutes ago"), _("the floor as it was, while it goes on"), screen.action_time)
        return
    if travel is not None and travel.is_away:
        yield Offer(_("Back to now"), _("the live floor"), screen.action_now)
    yield Offer(_("Go to a time ..."), _("10:40, +5m, -30s, 2026-11-21 10:40"), screen.action_time)
    yield Offer(_("Moments and marks"), _("the day's moments and marks, to go to one"), app.action_moments)
    yield Offer(_("Mark this moment ..."), _("a word, or none"), screen.action_mark)
    yield Offer(
        _("What changed in this panel ..."), _("what changed in this panel, and since when"), screen.action_changed
    )
