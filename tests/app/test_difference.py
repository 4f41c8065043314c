"""What is written to the terminal shows what Textual would have it show, with fewer bytes."""

from collections.abc import Sequence
from io import StringIO
from itertools import pairwise
from unicodedata import category

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from floorwatch.app.difference import OnTerminal, cells_of
from floorwatch.text import inert
from tests.drawn_screen import DrawnScreen

COLUMNS, ROWS = 16, 3
STYLES = (
    None,
    Style(),
    Style(color="#d8dee6", bgcolor="#101418"),
    Style(color="#d8dee6", bgcolor="#182f4a"),
    Style(color="#ff7b6e", bgcolor="#101418", bold=True),
    Style(bold=True),
    Style(bold=True, underline=True, color="red"),
    Style(dim=True),
    Style(reverse=True, bgcolor="bright_blue"),
)
SIGNS = "ab1 :王芳·é"


def console(colours: str = "truecolor") -> Console:
    return Console(file=StringIO(), force_terminal=True, color_system=colours, legacy_windows=False)  # type: ignore[arg-type]  # a name of one


def strip_of(cells: list[tuple[str, Style | None]], width: int) -> Strip:
    """These signs, filled up with blanks, exactly so wide."""
    return Strip([Segment(sign, style) for sign, style in cells]).adjust_cell_length(width)


strips = st.lists(st.tuples(st.sampled_from(SIGNS), st.sampled_from(STYLES)), max_size=COLUMNS)
cuts = st.sets(st.integers(1, COLUMNS - 1), max_size=2).map(sorted)


@st.composite
def screens(draw: st.DrawFn) -> LayoutUpdate:
    """A whole screen."""
    return LayoutUpdate([[strip_of(draw(strips), COLUMNS)] for _ in range(ROWS)], Region(0, 0, COLUMNS, ROWS))


@st.composite
def changes(draw: st.DrawFn) -> ChopsUpdate:
    """Some pieces of some lines, whole ones and parts."""
    chops: list[dict[int, Strip | None]] = []
    ends, spans = [], []
    for y in range(ROWS):
        edges = [0, *draw(cuts), COLUMNS]
        first = draw(st.integers(0, len(edges) - 2))
        last = draw(st.integers(first, len(edges) - 2))
        chops.append({x: strip_of(draw(strips), end - x) for x, end in pairwise(edges)})
        ends.append(edges[1:])
        spans.append((y, edges[first], edges[last + 1]))
    return ChopsUpdate(chops, spans, ends)


def shown_by(updates: Sequence[CompositorUpdate]) -> DrawnScreen:
    screen, to = DrawnScreen(COLUMNS, ROWS), console()
    for update in updates:
        screen.write(update.render_segments(to))
    return screen


@given(screens(), st.lists(st.one_of(changes(), screens()), max_size=5))
def test_it_shows_what_textual_would_show(first: LayoutUpdate, then: list[CompositorUpdate]) -> None:
    terminal = OnTerminal()
    updates = [first, *then]

    ours = shown_by([terminal.least(each) for each in updates])

    assert ours.lines == shown_by(updates).lines
    assert ours.cells == shown_by(updates).cells


def line(words: str, style: Style | None = STYLES[2]) -> Strip:
    return Strip([Segment(words, style)])


def one_line(words: str, x: int = 0) -> ChopsUpdate:
    return ChopsUpdate([{x: line(words)}], [(0, x, x + len(words))], [[x + len(words)]])


def test_only_the_cell_that_differs_is_written() -> None:
    terminal, to = OnTerminal(), console()
    terminal.write(one_line("waits 0:07"), to)

    written = terminal.write(one_line("waits 0:08"), to)

    assert written.startswith("\x1b[1;10H")
    assert "waits" not in written
    assert "8" in written


def test_what_stands_there_already_is_not_written() -> None:
    terminal, to = OnTerminal(), console()
    terminal.write(one_line("waits 0:07"), to)

    assert not terminal.write(one_line("waits 0:07"), to)


def test_a_whole_screen_is_written_whole() -> None:
    terminal, to = OnTerminal(), console()
    screen = LayoutUpdate([[line("Floor")]], Region(0, 0, 5, 1))
    terminal.write(screen, to)

    assert "Floor" in terminal.write(screen, to)


def test_an_update_that_is_never_written_is_not_known_to_stand_there() -> None:
    terminal, to = OnTerminal(), console()
    terminal.write(one_line("waits 0:07"), to)
    terminal.least(one_line("waits 0:08"))

    assert "9" in terminal.write(one_line("waits 0:09"), to)
    assert terminal.write(one_line("waits 0:07"), to)


def test_a_wide_sign_is_never_cut_in_half() -> None:
    terminal, to = OnTerminal(), console()
    screen = DrawnScreen(6, 1)

    for words in ("王芳  ", "a芳王", "王芳  ", "ab王 "):
        strip = line(words).adjust_cell_length(6)
        screen.write(terminal.write(ChopsUpdate([{0: strip}], [(0, 0, 6)], [[6]]), to))
        assert screen.line(0) == strip.text


DOUBTED = "कि👍e\u0301\ue000🇨한각"
"""Signs that terminals draw in different widths, between some that they do not."""


def drawn_otherwise(sign: str) -> int:
    """A terminal that knows no emoji, and gives every mark a cell."""
    width = get_character_cell_size(sign)
    if category(sign)[0] == "M":
        return 1
    return {"👍": 1, "\ue000": 2, "🇨": 2}.get(sign, width)


@given(st.lists(st.text(alphabet=f"ab1王{DOUBTED}", max_size=10), min_size=1, max_size=4))
@example(["王1", "王\u03011"])
@example(["王1", "\ue000\u030111"])
def test_no_column_moves_where_a_terminal_draws_in_other_widths(texts: list[str]) -> None:
    terminal, to = OnTerminal(), console()
    screen = DrawnScreen(COLUMNS, 1, drawn_otherwise)

    for words in texts:
        strip = strip_of([(inert(words), None)], COLUMNS - 1)
        strip = Strip([*strip, Segment("|")])
        screen.write(terminal.write(ChopsUpdate([{0: strip}], [(0, 0, COLUMNS)], [[COLUMNS]]), to))

        assert screen.cells[0][COLUMNS - 1][0][:1] == "|"
        plain = [sign for sign, _style in cells_of(strip)]
        alike = [at for at, sign in enumerate(plain) if sign.isascii() and sign.strip()]
        assert [screen.cells[0][at][0][:1] for at in alike] == [plain[at] for at in alike]
