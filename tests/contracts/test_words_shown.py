"""What bundled plugins and the screen say in Simplified Chinese: nothing of it is left in English, and it fits.

On the floor of these tests every name, queue and word of people is Chinese, so that a Latin word can only be ours.
"""

import re
from collections.abc import AsyncIterator, Iterator, Sequence

import pytest

from floorwatch.app.cells import width_of
from floorwatch.app.keys import KEYS
from floorwatch.extend.command import Command
from floorwatch.extend.panel import Panel
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.testing import Kit, Screen
from floorwatch.views import ChoiceField, Column, Field, FixedField, Stack, Table, View
from floorwatch.words import use_language
from tests.words.declared import bundled_things

HANDHELD, DESK = (40, 20), (120, 36)
THINGS = bundled_things()
PANELS: Sequence[Panel] = [declared.thing for declared in THINGS.panels.values()]
COMMANDS: Sequence[Command] = [declared.thing for declared in THINGS.commands.values()]

LATIN = re.compile(r"(?:[A-Za-z][a-z]+|[A-Z]{2,})(?![A-Za-z╭╰│])")
"""A word, unless the frame of a window cuts it."""
TYPED = re.compile(r"(规则|命令) +[a-z-]+|（floorwatch [^）]*）|\[[a-z]+(\.[a-z]+)?\]")
"""Names of rules and commands as settings and the command line give them, command lines, tables of the settings."""
KEY_NAMES = frozenset(word for key in KEYS for word in LATIN.findall(key.shown))
WRITTEN_ALIKE = frozenset({"ASA", "AHT", "CSV", "JSONL", "Asterisk", "floorwatch", "ctrl", "ZKTeco"})
"""Names of products, of formats and of keys."""
OF_THE_KIT = frozenset({"Test", "TEST", "floor", "shift"})


@pytest.fixture(autouse=True)
def chinese() -> None:
    """It ends with the test: see the conftest."""
    use_language("zh_CN")


@pytest.fixture
def shift(floorwatch: Kit) -> Kit:
    """A morning on which everything happens of which seat support has a word; whoever looks is 王芳."""
    return with_morning(floorwatch)


@pytest.fixture(scope="module")
def morning() -> FloorSnapshot:
    """That morning at 10:41. It is played once: rules that are asked since nine cost a third of a second."""
    use_language("zh_CN")
    return with_morning(Kit()).floor("10:41")


def with_morning(floorwatch: Kit) -> Kit:
    floorwatch.me = "王芳"
    for number, name in enumerate(["李娜", "张伟", "陈静", "赵敏"], 1):
        floorwatch.at("09:00").signs_in(name, "客服", id=str(1000 + number), seat=f"A0{number}", team="甲")
    floorwatch.at("09:05").pauses("赵敏", "午休")
    floorwatch.at("09:10").walks("王芳")
    floorwatch.at("10:10").note("李娜", "praise", "语气很好", by="王芳", entry="n1")
    due = floorwatch.at("10:35").at
    floorwatch.at("10:20").note(
        "张伟", "coaching", "先说明时限", by="王芳", entry="n2", tag="退税", follow_up="再听", due_at=due
    )
    floorwatch.at("10:21").fault("陈静", "系统", "打不开", by="王芳", entry="n3")
    floorwatch.at("10:22").fault("李娜", "系统", "打不开", by="王芳", entry="n4")
    floorwatch.at("10:23").asks("李娜", "退税流程", by="李娜", entry="h1")
    floorwatch.at("10:24").asks("张伟", "发票抬头", by="张伟", entry="h2")
    floorwatch.at("10:25").takes("h2", by="王芳")
    floorwatch.at("10:26").enters("一", "客服", number="13800001111")
    floorwatch.at("10:26:10").answers("李娜", "一")
    floorwatch.at("10:39").enters("二", "客服", number="13800002222")
    floorwatch.at("10:38").enters("三", "客服")
    floorwatch.at("10:39:30").abandons("三")
    for declared in THINGS.rules.values():
        floorwatch.asks(declared.thing)
    return floorwatch


def ours(text: str) -> list[str]:
    """The Latin words in it that nobody on this floor said."""
    known = KEY_NAMES | WRITTEN_ALIKE | OF_THE_KIT
    found = (word for word in LATIN.findall(TYPED.sub("", text)) if word not in known)
    return [word for word in found if not any(key.startswith(word) for key in KEY_NAMES)]  # cut by a toast


def names_of(things: Sequence[Panel] | Sequence[Command]) -> list[str]:
    return [thing.name for thing in things]


def tables_in(view: View) -> Iterator[Table]:
    if isinstance(view, Stack):
        yield from (part for part in view.views if isinstance(part, Table))
    elif isinstance(view, Table):
        yield view


def said_by(field: Field) -> Iterator[str]:
    """What people read of a field."""
    yield from (field.title, field.hint)
    if isinstance(field, ChoiceField | FixedField):
        yield from (option.title for option in field.options)


async def walked(screen: Screen) -> AsyncIterator[str]:
    """The screen at every stop that a person makes: each panel, what is behind its first row, the row's menu."""
    for place in range(1, len(PANELS) + 1):
        await screen.press(str(place))
        yield screen.text
        for opening in ("enter", "m"):
            await screen.press(str(place), "home", "down", opening)
            yield screen.text
            await screen.press("escape")
    for keys in (("f1",), ("p",), ("slash",), ("i",)):
        await screen.press(*keys)
        yield screen.text
        await screen.press("escape")


@pytest.mark.parametrize("panel", PANELS, ids=names_of(PANELS))
def test_panels_say_nothing_in_english(floorwatch: Kit, morning: FloorSnapshot, panel: Panel) -> None:
    shown = floorwatch.show(panel, floor=morning)
    behind = [floorwatch.show(panel, floor=morning, row=key) for key in shown.keys]

    assert ours("\n".join(each.text(120) for each in (shown, *behind))) == []


@pytest.mark.parametrize("panel", PANELS, ids=names_of(PANELS))
def test_the_heads_of_columns_fit(floorwatch: Kit, morning: FloorSnapshot, panel: Panel) -> None:
    shown = floorwatch.show(panel, floor=morning)
    views = [shown.view, *(floorwatch.show(panel, floor=morning, row=key).view for key in shown.keys)]

    assert [column.title for column in columns_of(views) if width_of(column.title) > column.width] == []


def columns_of(views: Sequence[View]) -> Iterator[Column]:
    return (column for view in views for table in tables_in(view) for column in table.columns)


@pytest.mark.parametrize("command", COMMANDS, ids=names_of(COMMANDS))
def test_forms_say_nothing_in_english(command: Command) -> None:
    fields: Sequence[Field] = tuple(command.parameters)

    assert ours(" ".join(words for field in fields for words in said_by(field))) == []


@pytest.mark.parametrize("rule", THINGS.rules)
def test_alerts_say_nothing_in_english(floorwatch: Kit, morning: FloorSnapshot, rule: str) -> None:
    raised = floorwatch.alerts(THINGS.rules[rule].thing, floor=morning)

    assert ours(" ".join(f"{alert.text} {alert.playbook}" for alert in raised)) == []


@pytest.mark.parametrize("size", [HANDHELD, DESK])
async def test_screens_say_nothing_in_english(shift: Kit, size: tuple[int, int]) -> None:
    async with shift.app(*PANELS, at="10:41", size=size, commands=COMMANDS) as screen:
        english = {word for text in [text async for text in walked(screen)] for word in ours(text)}

    assert english == set()


async def test_in_the_hand_the_header_has_its_figures(shift: Kit) -> None:
    async with shift.app(*PANELS, at="10:41", size=HANDHELD, commands=COMMANDS) as screen:
        header = screen.lines[0]

    assert "排队" in header
    assert "服务" in header
    assert width_of(header) <= HANDHELD[0]


async def test_in_the_hand_the_acts_of_the_walk_are_whole(shift: Kit) -> None:
    async with shift.app(*PANELS, at="10:41", size=HANDHELD, commands=COMMANDS) as screen:
        await screen.press("w")
        (acts,) = (line for line in screen.lines if "[n " in line)

    assert "[v 到过]" in acts
    assert "…" not in acts
