"""Any view as text: what the documents show of each, at any width, and that it is what the screen shows."""

import re
import runpy
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from floorwatch.app.drawing import drawn
from floorwatch.app.glyphs import ASCII, BLOCKS, Glyphs
from floorwatch.app.layout import LayoutSpec
from floorwatch.app.plain_text import plain_text
from floorwatch.views import (
    VIEWS,
    Align,
    Bars,
    Cell,
    Chart,
    ChoiceField,
    Column,
    Field,
    Form,
    Line,
    Mark,
    Notice,
    Option,
    PersonField,
    Row,
    RowKind,
    Seat,
    SeatMap,
    Stack,
    Stretch,
    Table,
    Text,
    TextField,
    Tile,
    Tiles,
    TimeField,
    Timeline,
    Tone,
    Track,
    View,
)
from tests.app.fake_floor import FakeDesk
from tests.app.fake_views import START, snapshot_at
from tests.app.screens import seen

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "plugins" / "views.md").read_text(encoding="utf-8")
SECTIONS: Mapping[str, str] = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
NAMES = [view.__name__ for view in VIEWS]
BLOCK_SIGNS = re.compile("[\u2500-\u25ff\u2800-\u28ff…]")
ZONE = ZoneInfo("Asia/Shanghai")
NOW = 1_763_692_867.0


def shown(name: str) -> View:
    """The view that the page's example of this section makes."""
    code = re.search(r"^```python\n(.*?)^```", SECTIONS[name], re.MULTILINE | re.DOTALL)
    assert code is not None
    names: dict[str, View] = {}
    exec(compile(code.group(1), f"views.md, {name}", "exec"), names)  # the page's own code
    return names["view"]


@pytest.mark.parametrize("name", NAMES)
def test_every_view_has_its_section_with_picture_fields_keys_empty_and_narrow_form(name: str) -> None:
    section = SECTIONS[name]
    picture = re.search(r"^!\[.*\]\((\S+)\)", section, re.MULTILINE)
    assert picture is not None
    assert (DOCS / "plugins" / picture.group(1)).is_file()
    assert "| member | type | what it is |" in section
    assert "- **Keys**" in section
    assert "- **Empty**" in section
    assert "- **Narrow**" in section or "- **Low**" in section


@pytest.mark.parametrize("kind", [kind for kind in VIEWS if kind is not Stack], ids=lambda kind: kind.__name__)
def test_every_field_of_a_view_has_its_row(kind: type[View]) -> None:
    rows = " ".join(re.findall(r"^\| (`.*?) \|", SECTIONS[kind.__name__], re.MULTILINE))
    assert set(kind.__struct_fields__) <= set(re.findall(r"`(\w+)`", rows))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII], ids=["blocks", "ascii"])
def test_the_example_of_every_view_is_drawn_at_any_width(name: str, width: int, glyphs: Glyphs) -> None:
    view = shown(name)
    lines = drawn(view, width, now=NOW, zone=ZONE, glyphs=glyphs)
    assert type(view).__name__ == name or name in ("Bars", "Stack")
    assert any(lines)
    assert all(cell_len(line) <= width and line == line.rstrip() for line in lines)
    assert not glyphs.ascii or not BLOCK_SIGNS.search("".join(lines))


def test_every_other_python_block_of_the_page_is_in_a_section_of_a_view() -> None:
    assert PAGE.count("```python") == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
async def test_what_is_drawn_is_what_the_screen_shows(name: str) -> None:
    view, desk = shown(name), FakeDesk()
    desk.put("queue-status", Stack((view, Notice("below"))))
    async with seen(desk, (80, 40), colour=False, layout=LayoutSpec.of([["queue-status"]])) as found:
        top = next(at for at, line in enumerate(found.lines) if "1 Queues" in line) + 1
        lines = drawn(view, 80, now=START, zone=ZONE)
        on_screen = [line.replace("▸", " ") for line in found.lines[top : top + len(lines)]]
    assert [line.rstrip() for line in on_screen] == lines


def test_the_gallery_has_a_panel_for_every_view() -> None:
    gallery = runpy.run_path(str(DOCS / "plugins" / "examples" / "gallery.py"))
    views = {panel.title: panel.build(snapshot_at(NOW), None) for panel in gallery["floorwatch_panels"]()}
    assert sorted(views) == sorted(NAMES)
    for name, view in views.items():
        assert type(view).__name__ == name or name == "Bars"
        assert any(drawn(view, 100, now=NOW, zone=ZONE))


@pytest.mark.parametrize("name", NAMES)
def test_every_view_can_be_copied(name: str) -> None:
    lines = plain_text("title", shown(name), NOW, BLOCKS, ZONE).split("\n")
    assert lines[0] == "title"
    assert len(lines) > 2
    assert all(line == line.rstrip() for line in lines)


def test_a_copied_table_keeps_every_word_and_stands_under_its_caption() -> None:
    name = "a name that no column of any screen would have room for"
    table = Table((Column("a", "agent", 5), Column("n", "n", 2, Align.RIGHT)), (Row("k", (Cell(name), Cell("7"))),))
    assert plain_text("t", Stack((Table.of_facts((), "Facts"), table)), 0.0, BLOCKS).split("\n") == [
        "t",
        "Facts",
        "",
        f"agent{' ' * (len(name) - 5)}  n",
        f"{name}  7",
        "",
    ]


def test_every_row_is_there_with_all_groups_open() -> None:
    people = tuple(Row(f"p{n}", (Cell(f"person {n}"),), parent="g") for n in range(500))
    team = Row("g", (Cell("team"),), kind=RowKind.GROUP)
    total = Row("t", (Cell("total"),), kind=RowKind.TOTAL)
    lines = drawn(Table((Column("a", "", 12),), (total, team, *people), caption="All"), 40, now=0.0)
    assert lines[:3] == [" All", "▾ team", "   person 0"]
    assert lines[-2:] == ["   person 499", "   total"]
    assert len(lines) == 503


def test_a_blank_line_stands_between_views_but_not_between_trends() -> None:
    stack = Stack((Notice("one"), Stack((Bars("a", (1.0,)), Bars("long", (2.0,)))), Notice("two")))
    assert drawn(stack, 20, now=0.0) == [" one", "", " a    ███", " long ███", "", " two"]


def test_a_trend_of_which_nothing_is_known_says_so() -> None:
    assert drawn(Bars("calls", ()), 40, now=0.0) == [" calls  -"]
    assert drawn(Bars("calls", (0.0,)), 40, now=0.0) == [" calls ▁▁▁"]


def test_a_figure_that_is_cut_shows_that_it_is() -> None:
    view = Tiles((Tile("talk", Cell("12:02:10"), ""),))
    assert drawn(view, 9, now=0.0)[1] == " 12:02:…"


TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("王芳李娜 a1\u0301\u200d😀\x1b[")), max_size=20)
NUMBER = st.floats(allow_nan=True, allow_infinity=True)
TONE = st.sampled_from(Tone)
CELL = st.builds(
    Cell, text=TEXT, tone=TONE, since=st.none() | NUMBER, steps=st.just(((5.0, Tone.WARN),)), badge=st.booleans()
)


def some(of: st.SearchStrategy[object], most: int = 4) -> st.SearchStrategy[tuple[object, ...]]:
    """A few of these, as views hold them."""
    return st.lists(of, max_size=most).map(tuple)


COLUMN = st.builds(
    Column, key=TEXT, title=TEXT, width=st.integers(-2, 40), align=st.sampled_from(Align), flex=st.integers(0, 3),
    drop=st.integers(0, 3),
)  # fmt: skip
ROW = st.builds(
    Row, key=TEXT, cells=some(CELL), tone=TONE, kind=st.sampled_from(RowKind), parent=st.none() | TEXT
)  # fmt: skip
SEAT = st.builds(
    Seat, key=TEXT, row=st.integers(-2, 500), column=st.integers(-2, 500), letter=TEXT, tone=TONE,
    since=st.none() | NUMBER, shades=some(NUMBER), mark=TEXT, label=TEXT, about=some(CELL),
)  # fmt: skip
STRETCH = st.builds(Stretch, start=NUMBER, end=st.none() | NUMBER, letter=TEXT, tone=TONE, about=TEXT)
TRACK = st.builds(
    Track, key=TEXT, title=TEXT, stretches=some(STRETCH),
    marks=some(st.builds(Mark, at=NUMBER, sign=TEXT, tone=TONE, about=TEXT)),
)  # fmt: skip
FIELD: st.SearchStrategy[Field] = st.one_of(
    st.builds(ChoiceField, name=TEXT, title=TEXT, options=some(st.builds(Option, value=TEXT, title=TEXT))),
    st.builds(TextField, name=TEXT, title=TEXT, default=TEXT, hint=TEXT),
    st.builds(TimeField, name=TEXT, title=TEXT, required=st.booleans()),
    st.builds(PersonField, name=TEXT, title=TEXT),
)
PART = st.one_of(
    st.builds(Table, columns=some(COLUMN), rows=some(ROW), empty=TEXT, sort=TEXT, caption=TEXT),
    st.builds(Tiles, tiles=some(st.builds(Tile, title=TEXT, value=CELL, against=TEXT))),
    st.builds(Bars, title=TEXT, values=some(st.none() | NUMBER, 50), top=st.none() | NUMBER, caption=TEXT),
    st.builds(SeatMap, seats=some(SEAT), rows=some(TEXT), caption=TEXT, empty=TEXT),
    st.builds(Timeline, tracks=some(TRACK), start=NUMBER, end=NUMBER, now=st.none() | NUMBER, caption=TEXT, empty=TEXT),
    st.builds(Text, lines=some(st.builds(Line, cells=some(CELL)))),
    st.builds(Form, command=TEXT, fields=some(FIELD), values=st.dictionaries(TEXT, TEXT, max_size=3), caption=TEXT),
    st.builds(Notice, text=TEXT, tone=TONE),
    st.just(Chart((), 0.0, 900.0)),
)
VIEW = st.recursive(PART, lambda views: st.builds(Stack, views=some(views, 3)), max_leaves=4)


@given(VIEW, st.integers(1, 130), st.sampled_from([BLOCKS, ASCII]))
def test_any_view_at_any_width_is_drawn_within_it(view: View, width: int, glyphs: Glyphs) -> None:
    for line in drawn(view, width, now=NOW, zone=ZONE, glyphs=glyphs):
        assert cell_len(line) <= width
        assert line == line.rstrip()
        assert "\n" not in line
