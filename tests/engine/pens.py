"""Desks at which people write: live floors with a few commands of seat support, each desk with its name and journal."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from textwrap import dedent

from floorwatch.engine.desk import Refused
from floorwatch.engine.house import House, build_house
from floorwatch.engine.live import live_session
from floorwatch.engine.session import Session
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.model.support import Support
from floorwatch.settings import FloorSettings, Settings
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.values import PluginSettings, ScreenSettings
from tests.engine.small_floor import Changes, house_past_noon, queue_log

PLUGIN = """
    from msgspec import Struct

    from floorwatch.api import (
        Ask, Command, Happened, Needs, Open, Panel, Text, TextField, Toast, Tone, Topic, events, hookimpl
    )


    class Jot(Command):
        name = "jot"
        title = "Jot"
        parameters = (TextField(name="text", title="Note", required=False),)

        def run(self, request):
            who = request.subject("agent")
            note = events.NoteTaken(request.floor.at, kind=events.NoteKind.CHECK, agent=who, text=request.text("text"))
            return [Happened(note), Toast("Noted.")]


    class Call(Command):
        name = "call-for-help"
        title = "Call for help"

        def run(self, request):
            return [Happened(events.HelpRequested(request.floor.at, agent=request.subject("agent")))]


    class Take(Command):
        name = "take"
        title = "Take"

        def run(self, request):
            taken = events.HelpTaken(request.floor.at, help=request.subject("help"))
            return [Happened(taken), Toast("It is yours."), Open("agents"), Ask("answer", request.row_key)]


    class Answer(Command):
        name = "answer"
        title = "Answer"

        def run(self, request):
            return [Happened(events.HelpAnswered(request.floor.at, help=request.subject("help")))]


    class Who(Command):
        name = "who"
        title = "Who"

        def run(self, request):
            return [Toast(request.me or "nobody")]


    class Mine(Command):
        name = "mine"
        title = "Mine"

        def run(self, request):
            return [Toast("It is yours.") if request.me else Toast("You have none.", Tone.WARN)]


    class Words(Struct, frozen=True):
        looks: str = "looks"


    class Page(Panel):
        name = "page"
        title = "Page"
        needs = Needs(frozenset({Topic.SUPPORT}))
        options_type = Words

        def build(self, floor, options):
            return Text.of(f"{len(floor.support.notes)} notes, and {floor.me} {options.looks}")

        def detail(self, floor, options, row_key):
            return Text.of(row_key)


    @hookimpl
    def floorwatch_commands():
        return [Jot(), Call(), Take(), Answer(), Who(), Mine()]


    @hookimpl
    def floorwatch_panels():
        return [Page()]
"""


def house_of_pens(folder: Path, me: str | None, journal: str, **given: object) -> tuple[House, float]:
    """A house with these commands and a layout that does not show their panel, and the floor time of an hour ago."""
    quiet, at = house_past_noon()
    plugins = folder / "plugins"
    plugins.mkdir(mode=0o755, exist_ok=True)
    plugin = plugins / "pens.py"
    plugin.write_text(dedent(PLUGIN), encoding="utf-8")
    plugin.chmod(0o644)
    settings = Settings(
        floor=FloorSettings(zone=quiet.settings.floor.zone, me=me),
        screen=ScreenSettings(layout=LayoutSpec.of([["agents"]])),
        plugins=PluginSettings(folders=(plugins,)),
        given=frozenset({("screen", "layout")}),
        **given,  # type: ignore[arg-type]  # what a test says of panels
    )
    return build_house(settings, journal=journal), at


def session_of(folder: Path, me: str | None, journal: str = "memory:", **given: object) -> Session:
    """A live floor with two agents and somebody who writes."""
    house, at = house_of_pens(folder, me, journal, **given)
    log = queue_log(
        folder / "queue_log",
        (at, "NONE|support|PJSIP/2001|ADDMEMBER|"),
        (at, "NONE|support|PJSIP/2002|ADDMEMBER|"),
    )
    return live_session(house, {"queue_log": log})


class Pen:
    """A session at work, and what somebody does there."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.changes = Changes()

    @property
    def support(self) -> Support:
        """Seat support as this floor has it by now."""
        return self.session.station.floor.support

    async def do(
        self, command: str, row_key: str | None = None, doing: str = "", **filled: str
    ) -> list[Toast | Open | Ask]:
        """Do it; what is said."""
        said = await self.session.run_command(command, None, row_key, filled, doing)
        assert not isinstance(said, Refused), said
        return list(said)

    async def refused(self, command: str, row_key: str | None = None, doing: str = "", **filled: str) -> Refused:
        """Do what cannot be done."""
        said = await self.session.run_command(command, None, row_key, filled, doing)
        assert isinstance(said, Refused), said
        return said

    async def calls_for_help(self, agent: str = "PJSIP/2001") -> str:
        """Somebody calls for help; the key of the row of it."""
        doing = self.session.new_doing()
        await self.do("call-for-help", f"agent:{agent}", doing)
        return f"help:{doing}"

    def has(self, key: str) -> bool:
        """Whether the request of this row has come to this floor."""
        return key.removeprefix("help:") in self.support.helps


@asynccontextmanager
async def writing(session: Session) -> AsyncIterator[Pen]:
    """The session at work, with everybody on the floor, until the block ends."""
    pen = Pen(session)
    task = asyncio.create_task(session.start(pen.changes))
    await pen.changes.until(lambda: not session.station.is_opening and session.is_settled)
    yield pen
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
