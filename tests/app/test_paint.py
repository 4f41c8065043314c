"""Whatever a panel sends is drawn, and every line is exactly as wide as its panel."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from floorwatch.app.columns import place
from floorwatch.app.glyphs import ASCII, BLOCKS, Glyphs
from floorwatch.app.listing import Listing
from floorwatch.app.paint import LEAD_CELLS, Look, Sheet, paint_head, paint_row
from floorwatch.app.plain_text import plain_text
from floorwatch.app.prose import Ink, lines_of
from floorwatch.app.themes import COLOURS
from floorwatch.app.tones import Palette
from floorwatch.views import (
    Align,
    Bars,
    Cell,
    Column,
    Line,
    Notice,
    Row,
    RowKind,
    Stack,
    Table,
    Text,
    Tile,
    Tiles,
    Tone,
)

TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("王芳李娜 a1\u0301\u200d😀\x1b[")), max_size=30)
CELL = st.builds(
    Cell,
    text=TEXT,
    tone=st.sampled_from(Tone),
    since=st.none() | st.floats(allow_nan=True, allow_infinity=True),
    prefix=st.text(max_size=3),
    steps=st.lists(st.tuples(st.floats(0, 1000), st.sampled_from(Tone)), max_size=2).map(tuple),
    badge=st.booleans(),
)
COLUMN = st.builds(
    Column,
    key=st.text(max_size=3),
    title=TEXT,
    width=st.integers(-2, 40),
    align=st.sampled_from(Align),
    flex=st.integers(0, 3),
    drop=st.integers(0, 5),
)
ROW = st.builds(
    Row,
    key=st.text(max_size=3),
    cells=st.lists(CELL, max_size=7).map(tuple),
    tone=st.sampled_from(Tone),
    kind=st.sampled_from(RowKind),
    parent=st.none() | st.text(max_size=2),
)
TABLE = st.builds(
    Table, columns=st.lists(COLUMN, max_size=7).map(tuple), rows=st.lists(ROW, max_size=6).map(tuple), caption=TEXT
)
LOOK = st.builds(Look, cursor=st.booleans(), column=st.none() | st.integers(0, 7), fresh=st.booleans())
PALETTE = st.sampled_from([Palette(None), *(Palette(colours) for colours in COLOURS.values())])
GLYPHS = st.sampled_from([BLOCKS, ASCII])


@given(TABLE, st.integers(40, 200), LOOK, PALETTE, GLYPHS)
def test_every_line_of_any_table_is_exactly_as_wide_as_its_panel(
    table: Table, width: int, look: Look, palette: Palette, glyphs: Glyphs
) -> None:
    listing = Listing()
    listing.show(table, 0.0)
    placed = place(table.columns, listing.grown, listing.wanted, width - LEAD_CELLS, LEAD_CELLS)
    sheet = Sheet(table.columns, placed, width, palette, glyphs)
    lines = [paint_row(sheet, shown, look, 0.0) for shown in (*listing.body, *listing.arranged.totals)]
    for strip in (paint_head(sheet, listing.sort, look.column), *lines):
        assert strip.cell_length == width
        assert cell_len(strip.text) == width


LINES = st.lists(st.builds(Line, cells=st.lists(CELL, max_size=4).map(tuple)), max_size=4).map(tuple)
PROSE = st.one_of(
    st.builds(Notice, text=TEXT, tone=st.sampled_from(Tone)),
    st.builds(Text, lines=LINES),
    st.builds(Tiles, tiles=st.lists(st.builds(Tile, title=TEXT, value=CELL, against=TEXT), max_size=5).map(tuple)),
    st.builds(
        Bars, title=TEXT, values=st.lists(st.none() | st.floats(), max_size=50).map(tuple), top=st.none() | st.floats(),
        caption=TEXT,
    ),
)  # fmt: skip


@given(PROSE, st.integers(0, 120), GLYPHS)
def test_prose_is_never_wider_than_its_panel(view: Notice | Text | Tiles | Bars, width: int, glyphs: Glyphs) -> None:
    for line in lines_of(view, width, Ink(Palette(None), glyphs, 0.0)):
        assert sum(cell_len(text) for text, _style in line) <= width


@given(st.lists(st.one_of(TABLE, PROSE), max_size=3).map(lambda views: Stack(tuple(views))))
def test_any_view_can_be_copied_as_text(view: Stack) -> None:
    assert plain_text("title", view, 0.0, BLOCKS).startswith("title\n")


def line_text(view: Bars, width: int) -> list[str]:
    return ["".join(text for text, _s in line) for line in lines_of(view, width, Ink(Palette(None), ASCII, 0.0))]


def test_bars_keep_the_newest_and_tell_nothing_known_from_nothing_there() -> None:
    bars = Bars("x", (9.0, 0.0, None, 1.0, 10.0), caption="now 10")
    assert line_text(bars, 20) == ["x %. :@ now 10"]
    assert line_text(bars, 5) == ["x  :@"]


def test_bars_grow_where_there_is_room_and_the_end_of_the_caption_goes_first() -> None:
    bars = Bars("x", (9.0, 0.0, None, 1.0, 10.0), caption="now 10, most 10")
    assert line_text(bars, 40) == ["x %%..  ::@@ now 10, most 10"]
    assert line_text(bars, 15) == ["x %. :@ now 10."]


def test_a_group_has_its_name_at_the_left_over_the_empty_columns() -> None:
    columns = (Column("seat", "seat", 5), Column("name", "agent", 6), Column("n", "no.", 4, Align.RIGHT))
    sheet = Sheet(columns, place(columns, [5, 6, 4], [5, 6, 4], 30, LEAD_CELLS), 30, Palette(None), BLOCKS)
    listing = Listing()
    rows = (
        Row("g", (Cell("team of the tower"), Cell(), Cell("14")), kind=RowKind.GROUP),
        Row("a", (Cell("A01"), Cell("李娜"), Cell("1007")), parent="g"),
    )
    listing.show(Table(columns, rows), 0.0)
    lines = [paint_row(sheet, shown, Look(), 0.0).text.rstrip() for shown in listing.body]
    assert lines == ["▾ team of the …   14", "   A01   李娜   1007"]


def test_a_mark_stands_behind_a_word_and_in_the_gap_behind_a_figure() -> None:
    columns = (Column("a", "a", 8), Column("b", "b", 4, Align.RIGHT), Column("c", "c", 3, Align.RIGHT))
    sheet = Sheet(columns, place(columns, [8, 4, 3], [8, 4, 3], 30, LEAD_CELLS), 30, Palette(None), BLOCKS)
    listing = Listing()
    cells = (Cell("slow", Tone.WARN), Cell("71.0", Tone.ALARM), Cell("5"))
    listing.show(Table(columns, (Row("k", cells, Tone.ALARM),)), 0.0)
    assert paint_row(sheet, listing.body[0], Look(fresh=True), 0.0).text.rstrip() == "+! slow*    71.0!  5"


def test_words_wrap_at_blanks_and_chinese_anywhere() -> None:
    ink = Ink(Palette(None), BLOCKS, 0.0)
    lines = lines_of(Text.of("ask before any hold\n求助一直在等待"), 9, ink)
    assert ["".join(text for text, _style in line).rstrip() for line in lines] == [
        "ask", "before", "any hold", "求助一直", "在等待",
    ]  # fmt: skip


def test_no_line_begins_with_a_sign_that_closes_or_ends_with_one_that_opens() -> None:
    ink = Ink(Palette(None), BLOCKS, 0.0)
    lines = lines_of(Text.of("求助一直等待，在赶去（王芳）。"), 12, ink)
    assert ["".join(text for text, _style in line).rstrip() for line in lines] == [
        "求助一直等",
        "待，在赶去",
        "（王芳）。",
    ]
