"""Commands at the desk: offered with their fields, begun, filled in, run, and held to outcomes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from textwrap import dedent

import pytest

from floorwatch.engine.desk import Refused
from floorwatch.engine.house import build_house
from floorwatch.engine.live import live_session
from floorwatch.engine.session import Session
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.settings import FloorSettings, Settings, SettingsError
from floorwatch.views import PersonField, TextField, Tone
from tests.engine.small_floor import Changes, house_past_noon, queue_log

NOTES = """
    from msgspec import Struct

    from floorwatch.api import Command, Happened, Open, PersonField, TextField, TimeField, Toast, events, hookimpl


    class Signed(Struct, frozen=True):
        by: str = "nobody"


    class Note(Command):
        name = "my-note"
        title = "Take a note"
        key = "f9"
        quick = True
        rows = ("agent",)
        options_type = Signed
        parameters = (
            PersonField(name="who", title="Who"),
            TextField(name="text", title="Note"),
            TimeField(name="seen", title="Seen", required=False),
        )

        def prefill(self, request):
            who = request.subject("agent")
            if who == "broken":
                raise KeyError(who)
            return {"who": who or 3, "typo": "x"}

        def run(self, request):
            ago = request.floor.at - request.time("seen")
            data = {"text": request.text("text"), "by": request.options.by, "ago": ago}
            yield Happened(events.Custom(request.floor.at, "my-note", request.text("who"), data))
            yield Toast("Noted.")
            yield Open("agents", "agent:" + request.text("who"))


    @hookimpl
    def floorwatch_commands():
        return [Note()]
"""

WRONG = """
    from floorwatch.api import Ask, Command, Happened, Open, Toast, events, hookimpl


    class Wrong(Command):
        name = "wrong"
        title = "Go wrong"

        def run(self, request):
            {body}


    @hookimpl
    def floorwatch_commands():
        return [Wrong()]
"""


def dropped(folder: Path, source: str) -> Path:
    """The source as a drop-in of the name my_notes."""
    folder.chmod(0o755)
    plugin = folder / "my_notes.py"
    plugin.write_text(dedent(source), encoding="utf-8")
    plugin.chmod(0o644)
    return plugin


def session_with(folder: Path, source: str, **settings: object) -> Session:
    """A live floor of two agents and one caller, with this plugin."""
    quiet, at = house_past_noon()
    zone = quiet.settings.floor.zone
    house = build_house(
        Settings(floor=FloorSettings(zone=zone), **settings),  # type: ignore[arg-type]  # what a test says of commands
        plugin_folders=[dropped(folder, source)],
        journal="memory:",
    )
    log = queue_log(
        folder / "queue_log",
        (at, "NONE|support|PJSIP/2001|ADDMEMBER|"),
        (at, "NONE|support|PJSIP/2002|ADDMEMBER|"),
        (at + 60, "c1|support|NONE|ENTERQUEUE||1|1"),
    )
    return live_session(house, {"queue_log": log})


@asynccontextmanager
async def opened(session: Session) -> AsyncIterator[Changes]:
    """The session at work, with everybody on the floor, until the block ends."""
    changes = Changes()
    task = asyncio.create_task(session.start(changes))
    await changes.until(lambda: session.station.snapshot is not None and len(session.station.snapshot.agents) == 2)
    yield changes
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_command_is_offered_with_its_fields_and_stands_on_its_rows(tmp_path: Path) -> None:
    entry = next(each for each in session_with(tmp_path, NOTES).commands() if each.name == "my-note")

    assert (entry.name, entry.title, entry.key, entry.rows) == ("my-note", "Take a note", "f9", ("agent",))
    assert [type(field).__name__ for field in entry.fields] == ["PersonField", "TextField", "TimeField"]
    assert entry.quick
    assert entry.stands_on("agent:2001")
    assert not entry.stands_on("queue:support")


async def test_what_was_filled_in_reaches_the_command_as_values_and_its_event_the_floor(tmp_path: Path) -> None:
    session = session_with(tmp_path, NOTES, commands={"my-note": {"by": "Li"}})
    async with opened(session) as changes:
        said = await session.run_command("my-note", None, None, {"who": "2001", "text": " late ", "seen": "-30s"})
        await changes.until(lambda: session.station.snapshot is not None and bool(session.station.snapshot.custom))
        floor = session.station.snapshot

    assert said == [Toast("Noted."), Open("agents", "agent:PJSIP/2001")]
    assert floor is not None
    note = floor.custom["my-note"]["PJSIP/2001"]
    assert (note["text"], note["by"]) == ("late", "Li")
    assert note["ago"] == pytest.approx(30, abs=20)


async def test_what_cannot_be_taken_is_refused_and_nothing_happens(tmp_path: Path) -> None:
    session = session_with(tmp_path, NOTES)
    async with opened(session):
        refused = await session.run_command("my-note", None, None, {"who": "pjsip", "seen": "soon"})
        bare = await session.run_command("my-note", None, None)
        floor = session.station.floor.snapshot(session.now())

    assert isinstance(refused, Refused)
    assert list(refused.mistakes) == ["who", "text", "seen"]
    assert isinstance(bare, Refused)
    assert list(bare.mistakes) == ["who", "text"]
    assert not floor.custom


async def test_a_form_begins_with_what_the_command_says_of_the_row(tmp_path: Path) -> None:
    session = session_with(tmp_path, NOTES)
    async with opened(session):
        of_a_row = await session.prefill("my-note", "agents", "agent:PJSIP/2001")

    assert of_a_row == {"who": "PJSIP/2001"}


@pytest.mark.parametrize("row_key", ["agent:broken", "queue:support"])
async def test_a_prefill_that_fails_or_gives_no_text_begins_empty(tmp_path: Path, row_key: str) -> None:
    session = session_with(tmp_path, NOTES)
    async with opened(session):
        assert await session.prefill("my-note", "agents", row_key) == {}


async def test_a_command_without_prefill_and_one_that_is_not_there_begin_empty(tmp_path: Path) -> None:
    session = session_with(tmp_path, WRONG.format(body="return []"))
    async with opened(session):
        assert await session.prefill("wrong", None, None) == {}
        assert await session.prefill("nothing", None, None) == {}


async def test_a_word_is_completed_from_what_the_floor_knows_now(tmp_path: Path) -> None:
    session = session_with(tmp_path, NOTES)
    async with opened(session):
        people = [each.text for each in session.suggest(PersonField(name="who", title="Who"), "200")]
        words = session.suggest(TextField(name="text", title="Text"), "a")

    assert people == ["2001", "2002"]
    assert words == []


async def test_a_command_that_is_not_there_is_a_word(tmp_path: Path) -> None:
    session = session_with(tmp_path, NOTES)
    async with opened(session):
        assert await session.run_command("nothing", None, None) == [Toast("This cannot be done yet.", Tone.WARN)]


async def test_two_notes_in_a_hurry_are_two_notes(tmp_path: Path) -> None:
    session = session_with(tmp_path, NOTES)
    async with opened(session) as changes:
        await asyncio.gather(
            *(session.run_command("my-note", None, None, {"who": who, "text": "x"}) for who in ("2001", "2002"))
        )
        await changes.until(
            lambda: (
                session.station.snapshot is not None and len(session.station.snapshot.custom.get("my-note", ())) == 2
            )
        )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 'done'", "run returned a str: return a list of Happened(...), Toast(...), Open(...) or Ask(...)"),
        ("pass", "run returned nothing: return a list of outcomes, [] for none"),
        ("return Toast('hello')", "run returned a Toast: return it in a list, [Toast(...)]"),
        ("return [Toast('hello'), 7]", "run gave a int: give Happened(...), Toast(...), Open(...) or Ask(...)"),
        ("return [events.SwitchReloaded(1e9)]", "run gave a SwitchReloaded: give it as Happened(SwitchReloaded(...))"),
        ("return [Happened('x')]", "a Happened holds a str: give it an event, one of floorwatch.api.events"),
        ("return [Toast(3)]", "Toast.text is 3, of type int: write str"),
        ("return Ask('note')", "run returned a Ask: return it in a list, [Ask(...)]"),
        ("return [Ask('note', values={'text': 3})]", "Ask.values['text'] is 3, of type int: write str"),
        (
            "return [Open('agents', 3)]",
            "Open.row_key is 3, of type int: write str or None",
        ),
        ("return [Toast('')] * 2000", "run gave more than 1000 outcomes"),
        (
            "return [Happened(events.Custom('10:40', 'a', 'b'))]",
            "a Happened holds an event that cannot be kept: Custom.at is '10:40', of type str: write float",
        ),
        (
            "return [Happened(events.Custom(3.0, 'a', 'b'))]",
            "a Happened holds an event that cannot be kept: `at` is not a time in epoch seconds",
        ),
        (
            "return [Happened(events.Custom(1e9, 'a', 'b', {'x': request}))]",
            "a Happened holds an event that cannot be kept: Encoding objects of type ",
        ),
    ],
)
async def test_what_is_no_outcome_is_said_with_the_file_and_nothing_happens(
    tmp_path: Path, body: str, said: str
) -> None:
    session = session_with(tmp_path, WRONG.format(body=body))
    async with opened(session):
        (toast,) = await _said(session)
        floor = session.station.floor.snapshot(session.now())

    assert toast.text.startswith(f"Go wrong: {said}")
    assert toast.text.endswith("(my_notes.py:9)")
    assert toast.tone is Tone.ALARM
    assert not floor.custom


async def test_a_command_may_go_on_with_another(tmp_path: Path) -> None:
    body = "return [Ask('my-note', 'agent:2001', {'text': 'late'})]"
    session = session_with(tmp_path, WRONG.format(body=body))
    async with opened(session):
        said = await session.run_command("wrong", None, None)

    assert said == [Ask("my-note", "agent:2001", {"text": "late"})]


async def test_an_event_of_its_own_kind_is_refused_where_custom_would_do(tmp_path: Path) -> None:
    body = """
            class Mine(events.Event, frozen=True, tag=True):
                word: str = ""
            return [Happened(Mine(1e9))]"""
    session = session_with(tmp_path, WRONG.format(body=body))
    async with opened(session):
        (toast,) = await _said(session)

    assert "holds a Mine, which nobody can fold: what is your own goes into events.Custom" in toast.text


async def test_a_command_that_raises_says_where(tmp_path: Path) -> None:
    session = session_with(tmp_path, WRONG.format(body="raise ValueError('no luck')"))
    async with opened(session):
        assert await _said(session) == [Toast("Go wrong: ValueError: no luck (my_notes.py:10)", Tone.ALARM)]


async def test_an_event_is_folded_as_it_would_be_read_back(tmp_path: Path) -> None:
    body = "return [Happened(events.Custom(int(request.floor.at), 'a', 'b', {'pair': (1, float('nan'))}))]"
    session = session_with(tmp_path, WRONG.format(body=body))
    async with opened(session) as changes:
        assert await _said(session) == []
        await changes.until(lambda: session.station.snapshot is not None and bool(session.station.snapshot.custom))
        floor = session.station.snapshot

    assert floor is not None
    assert floor.custom["a"]["b"] == {"pair": [1, None]}


def test_wrong_options_of_a_command_are_said_before_the_floor_opens(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"commands\.my-note\.bye: there is no such option; did you mean by"):
        session_with(tmp_path, NOTES, commands={"my-note": {"bye": "Li"}})


async def _said(session: Session) -> list[Toast]:
    said = await session.run_command("wrong", None, None)
    assert not isinstance(said, Refused)
    return [each for each in said if isinstance(each, Toast)]
