"""What of a panel is other than it was: every kind of view, all that changed, and nothing else."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.engine.view_difference import difference
from floorwatch.views import (
    Align,
    Bars,
    Cell,
    Chart,
    Column,
    Explain,
    Form,
    Level,
    Line,
    Mark,
    Notice,
    Row,
    RowKind,
    Seat,
    SeatMap,
    Series,
    Stack,
    Stretch,
    Table,
    Text,
    TextField,
    Tile,
    Tiles,
    Timeline,
    Tone,
    Track,
    View,
    parts_of,
)
from tests.app import fake_views
from tests.engine.small_floor import START

LATER = START + 300
ZONE = ZoneInfo("Asia/Shanghai")
COLUMNS = (
    Column("who", "who", 8),
    Column("state", "state", 5, Align.CENTER),
    Column("calls", "calls", 5, Align.RIGHT),
)

Said = Sequence[tuple[str, ...]]


def changes(before: View, after: View, before_at: float = START, after_at: float = LATER) -> Said:
    """The words of every row of the difference."""
    found = difference(before, after, before_at, after_at, ZONE)
    tables = [part for part in parts_of(found) if isinstance(part, Table)]
    return [tuple(cell.text for cell in row.cells) for table in tables for row in table.rows]


def people(*rows: tuple[str, str, int], tone: Tone = Tone.CALM) -> Table:
    return Table(COLUMNS, tuple(Row(who, (Cell(who), Cell(state, tone), Cell(str(n)))) for who, state, n in rows))


def test_a_figure_that_changed_is_named_with_row_column_and_difference() -> None:
    before, after = people(("Li", "T", 3), ("Wang", "A", 5)), people(("Li", "T", 3), ("Wang", "T", 4))

    assert changes(before, after) == [("Wang", "state", "A", "T", ""), ("Wang", "calls", "5", "4", "-1")]


def test_it_is_told_with_time_also_to_somebody_who_went_back() -> None:
    early, late = people(("agent:1", "A", 1)), people(("agent:1", "A", 4), ("agent:2", "T", 2))

    assert difference(late, early, LATER, START, ZONE) == difference(early, late, START, LATER, ZONE)
    assert ("agent:1", "calls", "1", "4", "+3") in changes(late, early, LATER, START)


def test_rows_that_came_and_went_are_named_with_what_stood_in_them() -> None:
    before, after = people(("Li", "T", 3)), people(("Wang", "A", 5))

    assert changes(before, after) == [("Li", "went", "T 3", "-", ""), ("Wang", "came", "-", "A 5", "")]


def test_a_row_that_came_has_the_word_of_its_tone_unless_it_is_muted() -> None:
    def lost(tone: Tone) -> Table:
        return Table(COLUMNS, (Row("1", (Cell("1"), Cell("P"), Cell("2")), tone=tone),))

    assert changes(people(), lost(Tone.ALARM))[0][3] == "P 2 alarm"
    assert changes(people(), lost(Tone.MUTED))[0][3] == "P 2"


def test_nothing_changed_is_said_with_both_moments() -> None:
    same = people(("Li", "T", 3))

    assert difference(same, same, START, LATER, ZONE) == Notice("Nothing changed between 18:00:00 and 18:05:00.")


def test_a_tone_that_changed_alone_is_a_word() -> None:
    before, after = people(("Li", "T", 3)), people(("Li", "T", 3), tone=Tone.ALARM)

    assert changes(before, after) == [("Li", "state", "T (calm)", "T (alarm)", "")]


def test_the_tone_of_a_whole_row_is_a_word_too() -> None:
    row = Row("q", (Cell("support"),))
    before, after = (Table(COLUMNS[:1], (replace(row, tone=tone),)) for tone in (Tone.WARN, Tone.ALARM))

    assert changes(before, after) == [("support", "the row", "warning", "alarm", "")]


def test_an_age_that_goes_on_is_the_same_and_another_one_is_told_as_of_its_moment() -> None:
    def waits(since: float | None) -> Table:
        return Table(COLUMNS[:2], (Row("q", (Cell("support"), Cell.age(since))),))

    assert changes(waits(START - 20), waits(START - 20)) == []
    assert changes(waits(START - 20), waits(LATER - 102)) == [("support", "state", "0:20", "1:42", "+1:22")]
    assert changes(waits(START - 20), waits(LATER - 20)) == [
        ("support", "state", "0:20 (17:59:40)", "0:20 (18:04:40)", "+0:00")
    ]
    assert changes(waits(START - 20), waits(None)) == [("support", "state", "0:20", "-", "")]


def test_an_age_that_came_to_matter_has_changed() -> None:
    table = Table(COLUMNS[:2], (Row("q", (Cell("support"), Cell.age(START - 20, ((60.0, Tone.ALARM),)))),))
    found = difference(table, table, START, LATER, ZONE)

    assert isinstance(found, Table)
    assert found.rows[0].cells[2:4] == (Cell("0:20"), Cell("5:20", Tone.ALARM))


def test_rows_of_groups_stand_in_their_group() -> None:
    def team(state: str, away: str) -> Table:
        group = Row("team:A", (Cell("Team A"), Cell(""), Cell(away)), kind=RowKind.GROUP)
        return Table(COLUMNS, (group, Row("1", (Cell("Li"), Cell(state)), parent="team:A")))

    found = difference(team("A", "1"), team("T", "2"), START, LATER)
    assert isinstance(found, Table)
    head, *children = found.rows

    assert (head.kind, head.cells[0].text) == (RowKind.GROUP, "Team A")
    assert [child.parent for child in children] == [head.key] * 2
    assert [child.cells[0].text for child in children] == ["Team A", "Li"]


def test_a_key_to_press_is_no_value() -> None:
    columns = (Column("who", "who", 8), Column("act", "", 8))
    before = Table(columns, (Row("a", (Cell("A07"), Cell("take", command="take"))),))
    after = Table(columns, (Row("a", (Cell("A07"), Cell())), Row("b", (Cell("B03"), Cell("[enter]", Tone.MUTED)))))
    assert changes(before, after) == [("B03", "came", "-", "there", "")]


def test_commands_stand_in_the_menu_of_what_changed() -> None:
    found = difference(people(("agent:1", "A", 1)), people(("agent:1", "T", 1)), START, LATER)

    assert isinstance(found, Table)
    assert found.rows[0].about == "agent:1"


def test_a_table_in_the_place_of_a_sentence_came_and_the_sentence_went() -> None:
    empty = Notice("No one is waiting.")

    assert changes(empty, people(("Li", "T", 3))) == [
        ("the panel", "went", "No one is waiting.", "-", ""),
        ("Li", "came", "-", "T 3", ""),
    ]
    assert changes(empty, Notice("This feed has no hold events.")) == [
        ("the panel", "says", "No one is waiting.", "This feed has no hold events.", "")
    ]
    assert changes(empty, Table(COLUMNS, (), empty="No one is waiting.")) == []


def test_parts_of_a_stack_are_compared_by_kind_and_heading() -> None:
    one, two = replace(people(("Li", "T", 3)), caption="one"), replace(people(("Wang", "A", 1)), caption="two")
    tiles = Tiles((Tile("waiting", Cell("3"), "of 5"),))
    after = Stack((replace(tiles, tiles=(Tile("waiting", Cell("5"), "of 5"),)), two, one))

    assert changes(Stack((one, tiles, two)), after) == [("waiting", "value", "3", "5", "+2")]
    assert changes(Stack((one, two)), two) == [("Li", "went", "T 3", "-", "")]
    assert changes(one, replace(one, caption="now 5")) == [("heading", "", "one", "now 5", "")]


def test_several_parts_that_changed_are_tables_under_their_headings() -> None:
    tables = [replace(people((name, "T", 3)), caption=name) for name in ("one", "two")]
    other = [replace(people((name, "A", 3)), caption=name) for name in ("one", "two")]
    found = difference(Stack(tuple(tables)), Stack(tuple(other)), START, LATER)

    assert isinstance(found, Stack)
    assert [part.caption for part in parts_of(found) if isinstance(part, Table)] == ["one", "two"]


CHANGED: Sequence[tuple[View, View, Said]] = (
    (
        Bars("calls", (1.0, None, 3.0), caption="now 3"),
        Bars("calls", (1.0, 2.0, 4.0), caption="now 4"),
        [
            ("calls", "bar 2", "-", "2", ""),
            ("calls", "bar 3", "3", "4", "+1"),
            ("calls", "beside it", "now 3", "now 4", ""),
        ],
    ),
    (
        Chart((Series("came", (1.0, 2.0)),), START, 300, levels=(Level("target", 5),)),
        Chart((Series("came", (2.0, 3.0)),), START + 300, 300, levels=(Level("target", 6),)),
        [
            ("came", "18:00:00", "1", "-", ""),
            ("came", "18:10:00", "-", "3", ""),
            ("target", "value", "5", "6", "+1"),
        ],
    ),
    (
        SeatMap((Seat("a", 0, 0, "A", since=START, label="A01", about=(Cell("free"),)),), ("A",)),
        SeatMap(
            (Seat("a", 0, 0, "T", Tone.NOTICE, since=LATER, mark="!", label="A01", about=(Cell("talks"),)),), ("A",)
        ),
        [("A01", "state", "A", "T", ""), ("A01", "mark", "-", "!", ""), ("A01", "about", "free", "talks", "")],
    ),
    (
        Timeline((Track("1", "Li", (Stretch(START, None, "T"),)),), START, LATER),
        Timeline((Track("1", "Li", (Stretch(START, START + 60, "T"),), (Mark(START + 60, "!"),)),), START, LATER),
        [
            ("Li", "18:00:00", "T still lasts", "T until 18:01:00", ""),
            ("Li", "18:01:00", "-", "!", ""),
        ],
    ),
    (
        Text((Line((Cell("Li "), Cell("talks"))), Line((Cell("same"),)))),
        Text((Line((Cell("Li "), Cell("is free"))), Line((Cell("same"),)), Line((Cell("more"),)))),
        [("line 1", "says", "talks", "is free", ""), ("line 3", "came", "-", "more", "")],
    ),
    (
        Form("note", (TextField(name="text", title="Text"),), {"text": "one"}),
        Form("note", (TextField(name="text", title="Text"),), {"text": "two"}),
        [("Text", "value", "one", "two", "")],
    ),
)


@pytest.mark.parametrize(("before", "after", "said"), CHANGED, ids=lambda each: type(each).__name__)
def test_every_kind_of_view_tells_what_changed(before: View, after: View, said: Said) -> None:
    assert changes(before, after) == said


def test_what_nobody_sees_is_no_change() -> None:
    def shows(cell: Cell) -> Table:
        return Table(COLUMNS[:1], (Row("q", (cell,)),))

    assert changes(shows(Cell("5", sort=5.0)), shows(Cell("5", sort=5.1, explain=Explain("asa")))) == []


def test_two_rows_of_one_key_are_two() -> None:
    before, after = people(("Li", "T", 3), ("Li", "A", 5)), people(("Li", "T", 3), ("Li", "A", 6))

    assert changes(before, after) == [("Li", "calls", "5", "6", "+1")]


def test_a_view_that_a_plugin_filled_wrongly_is_said_and_not_compared() -> None:
    wrong = Table(COLUMNS, (Row("q", (Cell(5),)),))  # type: ignore[arg-type]  # what a plugin may do
    found = difference(people(), wrong, START, LATER)

    assert isinstance(found, Notice)
    assert found.text.startswith("This panel cannot be compared. row 'q', column 1: text is 5")


def test_words_of_a_feed_are_inert() -> None:
    assert "\x1b" not in str(changes(people(("Li", "T", 1)), people(("Li", "\x1b[2J", 1), ("\x1bWang", "A", 1))))


tones = st.sampled_from(Tone)
texts = st.sampled_from(["", "-", "5", "71.0", "0:42", "Li", "退税", "A"])
ages = st.none() | st.sampled_from([START - 10, START - 3600])
cells = st.builds(Cell, texts, tones, ages, st.sampled_from(["", "+"]), st.just(((60.0, Tone.ALARM),)))
rows = st.builds(Row, st.sampled_from("abcdef"), st.tuples(cells, cells, cells), tones)
tables = st.builds(
    Table, st.just(COLUMNS), st.lists(rows, max_size=5).map(tuple), texts, caption=st.sampled_from(["", "one", "two"])
)
seats = st.builds(
    Seat, st.sampled_from("abc"), st.integers(0, 2), st.integers(0, 2), st.sampled_from("ATP"), tones, ages
)
parts = st.one_of(
    tables,
    st.builds(Notice, texts, tones),
    st.builds(Tiles, st.lists(st.builds(Tile, texts, cells, texts), max_size=3).map(tuple)),
    st.builds(Bars, texts, st.lists(st.none() | st.floats(), max_size=3).map(tuple), caption=texts),
    st.builds(SeatMap, st.lists(seats, max_size=3).map(tuple)),
    st.builds(Text.of, texts, tones),
)
views = parts | st.builds(Stack, st.lists(parts, max_size=3).map(tuple))


@given(views)
def test_a_view_differs_in_nothing_from_itself(view: View) -> None:
    assert isinstance(difference(view, view, START, START), Notice)


@given(views, views)
def test_any_two_views_are_compared_and_the_difference_can_be_shown(before: View, after: View) -> None:
    found = difference(before, after, START, LATER)

    for part in parts_of(found):
        if isinstance(part, Table):
            assert part.rows
            assert len({row.key for row in part.rows}) == len(part.rows)
            assert all(len(row.cells) in (1, len(part.columns)) for row in part.rows)


unique = st.lists(rows, max_size=6, unique_by=lambda row: row.key).map(tuple)


@given(unique, st.data())
def test_every_cell_that_is_other_is_named_and_no_other_is(rows: tuple[Row, ...], data: st.DataObject) -> None:
    other = tuple(replace(row, cells=(row.cells[0], *data.draw(st.tuples(cells, cells)))) for row in rows)
    found = difference(Table(COLUMNS, rows), Table(COLUMNS, other), START, START)
    named = {(row.about, row.cells[1].text) for part in parts_of(found) if isinstance(part, Table) for row in part.rows}
    expected = {
        (row.key, column.title)
        for row, changed in zip(rows, other, strict=True)
        for column, was, now in zip(COLUMNS, row.cells, changed.cells, strict=True)
        if look(was) != look(now)
    }

    assert named == expected


def look(cell: Cell) -> object:
    """What a person sees of a cell at the start; nothing of one that is empty."""
    if cell.since is None:
        return (cell.text, cell.tone) if cell.text else None
    age = START - cell.since
    return cell.text, cell.prefix, str(age), Tone.ALARM if age >= 60 else cell.tone


def test_the_panels_of_a_believable_floor_are_compared() -> None:
    before = Stack((fake_views.queues_view(START), fake_views.needs_view(START), fake_views.agents_view(START)))
    after = Stack((fake_views.queues_view(LATER), fake_views.needs_view(LATER), fake_views.agents_view(LATER)))

    assert changes(before, before, START, START) == []
    assert len(changes(before, after)) > 50
