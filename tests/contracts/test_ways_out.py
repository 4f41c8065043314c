"""Every way out of floorwatch - screen, terminal, exports, pictures, clipboard, logs - gives hostile text inert and in
its own cells. What is new must be added to a list here before this holds again."""

import csv
import io
import logging
import re
from base64 import b64decode
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from msgspec.structs import replace
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from floorwatch.app.cells import width_of
from floorwatch.app.difference import OnTerminal
from floorwatch.app.drawing import drawn
from floorwatch.app.glyphs import ASCII, BLOCKS
from floorwatch.app.keep import Keep
from floorwatch.app.keeping import file_name
from floorwatch.app.multiplexer import Multiplexer
from floorwatch.app.notifying import call_for
from floorwatch.app.picture import svg
from floorwatch.app.plain_text import plain_text
from floorwatch.app.sheet import comma_separated, sheet_rows, tab_separated
from floorwatch.cli.crashing import crash_lines
from floorwatch.cli.failing import WorkError, sentences
from floorwatch.engine.desk import CommandEntry, FeedWord, Suggestion
from floorwatch.engine.save_folder import SaveFolder
from floorwatch.extend.command import Toast
from floorwatch.host.failure import Failure
from floorwatch.host.log_file import LogFile
from floorwatch.host.logbook import Logbook
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.settings.values import Notify
from floorwatch.views import VIEWS, Stack, Table, View
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen
from tests.contracts.hostile import NUMBER, SEEN, TEXTS, Texts, alive, filled, tells_number
from tests.support.test_bad_input import broken_columns

NOW = 1800.0
SIZES = ((40, 20), (160, 50))


def view_of(kind: Any) -> View:
    """A view of this kind with hostile text wherever text may stand."""
    if kind is Stack:
        return Stack(tuple(view_of(each) for each in VIEWS if each is not Stack))
    view: View = filled(kind, Texts())
    return view


# --- views: on paper, on the screen, to the terminal ----------------------------------------------------------------


@pytest.mark.parametrize("kind", VIEWS, ids=lambda kind: str(kind.__name__))
@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII], ids=["blocks", "ascii"])
def test_every_view_is_drawn_inert_in_its_own_cells(kind: Any, glyphs: Any) -> None:
    view = view_of(kind)

    for width in (1, 17, 80):
        lines = drawn(view, width, now=NOW, glyphs=glyphs)
        assert alive("\n".join(lines)) == []
        assert max(map(width_of, lines), default=0) <= width
    assert SEEN in "".join(drawn(view, 80, now=NOW, glyphs=glyphs)).replace("seen", SEEN)


@pytest.mark.parametrize("kind", VIEWS, ids=lambda kind: str(kind.__name__))
def test_every_view_is_copied_and_kept_inert(kind: Any) -> None:
    view = view_of(kind)
    parts = [part for part in (view.views if isinstance(view, Stack) else (view,)) if not isinstance(part, Stack)]
    rows = sheet_rows(parts, NOW, FakeDesk().zone)

    assert alive(plain_text(TEXTS[0], view, NOW, BLOCKS)) == []
    assert alive(tab_separated(rows).replace("\t", "|").replace("\r\n", "\n")) == []
    table = comma_separated(rows)
    assert [cell for row in csv.reader(io.StringIO(table.lstrip("\ufeff"))) for cell in row if is_formula(cell)] == []
    assert alive(table.lstrip("\ufeff").replace("\r\n", "\n")) == []


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would calculate it: numbers stay numbers."""
    return cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) and not re.fullmatch(
        r"-?[\d.:]*", cell
    )


SEQUENCE = re.compile(r"\x1b\[[0-9;]*[HGCm]")
"""All that a paint may write besides signs: places and colours."""


def written_to_terminal(found: Seen) -> str:
    """The screen as a terminal would be given it whole."""
    width, height = found.app.size
    strips: list[Iterable[Strip]] = [[strip] for strip in found.app.screen._compositor.render_strips()]  # noqa: SLF001  # Textual has no other way
    console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False)
    return OnTerminal().write(LayoutUpdate(strips, Region(0, 0, width, height)), console)


def looks_whole(found: Seen) -> None:
    """Nothing alive on the screen or on its way to the terminal, and every box closed on both sides."""
    assert alive(found.text) == []
    assert [*broken_columns(found.text)] == []
    assert [strip.cell_length for strip in found.app.screen._compositor.render_strips()] == [  # noqa: SLF001
        found.app.size.width
    ] * found.app.size.height
    assert alive(SEQUENCE.sub("", written_to_terminal(found))) == []


class HostileDesk(FakeDesk):
    """A desk on which every word is hostile."""

    def __init__(self) -> None:
        super().__init__()
        self.may_fault = True
        texts = Texts()
        now = self.clock.now()
        self.me = TEXTS[3]
        self.known_authors = TEXTS
        self.feeds = tuple(FeedWord(name, TEXTS[1], last_line_at=now) for name in TEXTS[:4])
        self.entries = [filled(CommandEntry, texts), CommandEntry("note", TEXTS[2], "n", self.entries[0].fields)]
        self.outcomes = [Toast(text) for text in TEXTS[:5]]
        self.undone = [Toast(TEXTS[2])]
        self.journal = TEXTS[0]
        self.detail_shown = view_of(Stack)

    def heading(self) -> Any:
        """With the name of a floor that is hostile, too."""
        return replace(super().heading(), floor=TEXTS[0])

    def _label(self) -> str:
        return TEXTS[1][:30]

    def suggest(self, field: Any, typed: str) -> Any:  # noqa: ARG002  # the protocol's
        """Names."""
        return [Suggestion(text, text) for text in TEXTS]

    def plugin_rows(self) -> Table:
        """Names of plugins, and what is wrong with them."""
        return view_of(Table)  # type: ignore[return-value]  # it is one

    def plugin_text(self, name: str) -> View:  # noqa: ARG002  # the protocol's
        """What is known of one."""
        return view_of(Stack)


def show_all(desk: HostileDesk, view: View) -> None:
    """Every panel shows it, under a title that is hostile."""
    for panel in desk.shows:
        desk.put(panel, view)
        desk.shows[panel] = replace(desk.shows[panel], title=TEXTS[4], reason=TEXTS[0])


@pytest.mark.slow
async def test_no_view_moves_the_screen_or_the_terminal() -> None:
    desk = HostileDesk()

    async with seen(desk, (120, 36)) as found:
        for kind in VIEWS:
            show_all(desk, view_of(kind))
            await found.press("right")
            looks_whole(found)
    assert not found.app.failure


KEYS = {
    "what stands behind": ("enter",),
    "help": ("f1",),
    "explained": ("question_mark",),
    "palette": ("ctrl+p",),
    "palette, searched": ("ctrl+p", *"se"),
    "plugins": ("p",),
    "search": ("slash", *"se"),
    "form": ("n",),
    "form, completed": ("n", "tab", "tab", "down"),
    "who writes": ("i",),
    "undo": ("u",),
    "row menu": ("full_stop",),
    "copied": ("y",),
    "taken away": ("Y",),
    "layouts": ("L",),
    "past": ("t",),
}


@pytest.mark.slow
async def test_no_page_over_the_floor_moves_it() -> None:
    desk = HostileDesk()
    show_all(desk, view_of(Table))

    async with seen(desk, (100, 30)) as found:
        for keys in KEYS.values():
            for key in keys:
                await found.press(key)
            looks_whole(found)
            for _page in range(3):
                await found.press("escape")
            found.app.clear_notifications()
        assert len(found.app.screen_stack) == 1
    assert not found.app.failure


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_at_every_size_every_box_is_closed(size: tuple[int, int]) -> None:
    desk = HostileDesk()
    show_all(desk, view_of(Table))

    async with seen(desk, size) as found:
        looks_whole(found)


async def test_markup_in_the_palette_is_words() -> None:
    desk = HostileDesk()
    show_all(desk, view_of(Table))

    async with seen(desk, (100, 30)) as found:
        await found.press("ctrl+p", *"se")
        await found.until(lambda: "[@click" in found.text)
        looks_whole(found)
        # In the palette, and not the same words on the floor behind it.
        assert [line for line in found.lines if re.match(rf" {{6,}}{SEEN} \[bold red\]x\[/\] \[@click", line)]
    assert not found.app.failure


async def test_markup_in_a_toast_is_words() -> None:
    desk = HostileDesk()

    async with seen(desk, (120, 36)) as found:
        found.app.tell(Toast(TEXTS[2]))
        await found.settle()
        looks_whole(found)
        assert "[bold red]" in found.text


# --- taken away: pictures, files, clipboard -------------------------------------------------------------------------


@pytest.mark.parametrize("how", Keep)
async def test_what_is_taken_from_the_screen_is_inert(how: Keep, tmp_path: Path) -> None:
    desk = HostileDesk()
    show_all(desk, view_of(Table))
    written: list[str] = []

    async with seen(desk, (100, 30)) as found:
        found.app.save_in(SaveFolder(tmp_path))
        found.app.write_to_terminal = written.append  # type: ignore[method-assign, assignment]  # a terminal that remembers
        frame = found.app.dashboard.frames[0]
        content = found.app._content(found.app.dashboard, frame, how)  # noqa: SLF001  # one way for all of them
        found.app._copy(frame, how, content)  # noqa: SLF001
    text = content.lstrip("\ufeff").replace("\r\n", "\n").replace("\t", " ")
    if how in (Keep.PICTURE, Keep.SCREEN):
        text = "\n".join(ElementTree.fromstring(text).itertext())  # our own
    assert alive(text) == []
    for sequence in written:
        wrapped = re.fullmatch(r"\x1b]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
        assert wrapped is not None
        assert b64decode(wrapped[1]).decode() == content


@pytest.mark.parametrize("text", TEXTS)
def test_the_title_of_a_picture_is_inert(text: str) -> None:
    picture = ElementTree.fromstring(svg(text, [Strip([Segment(text)])], Style.null()))  # our own

    assert alive("\n".join(picture.itertext())) == []


@pytest.mark.parametrize("text", TEXTS)
def test_the_name_of_a_file_is_a_name(text: str) -> None:
    name = file_name(text, Keep.CSV, NOW, FakeDesk().zone)

    assert re.fullmatch(r"[\w.-]{1,80}", name)
    assert not name.startswith((".", "-"))


@pytest.mark.parametrize("through", Multiplexer)
@pytest.mark.parametrize("text", TEXTS)
def test_a_notification_ends_where_it_should(text: str, through: Multiplexer) -> None:
    alert = Alert("queue:support", f"{text[:60]} {NUMBER}", AlertTone.ALARM, NOW)
    sent = call_for([RaisedAlert("a", alert, NOW)], text, Notify.DESKTOP, through, nameless=False)
    bare = sent.replace("\x1bP", "").replace("tmux;", "").replace("\x1b\\", "").replace("\x1b\x1b", "\x1b")

    for one in filter(None, bare.split("\x07")):
        assert one.startswith("\x1b]9;! ")
        assert alive(one.removeprefix("\x1b]9;")) == []
    assert not tells_number(sent)


# --- logs, reasons, complaints --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TEXTS)
def test_what_a_plugin_logs_or_raises_is_inert_and_masked(text: str, tmp_path: Path) -> None:
    file = LogFile(lambda: tmp_path / "mine.log")
    book = Logbook("mine", file)
    try:
        raise KeyError(f"{text[:400]} {NUMBER}")
    except KeyError as error:
        book.logger.exception("%s of %s", text[:400], NUMBER)
        book.logger.handle(logging.makeLogRecord({"msg": text, "levelname": text, "levelno": logging.ERROR}))
        failure, crash = Failure.of(error), crash_lines(error)
    kept = file.path.read_text(encoding="utf-8")

    for out in (kept, "\n".join(map(str, book.records())), failure.reason, failure.traceback, "\n".join(crash)):
        assert alive(out) == []
        assert not tells_number(out)


@pytest.mark.parametrize("text", TEXTS)
def test_a_complaint_on_a_shell_is_one_line(text: str) -> None:
    for error in (WorkError(text), OSError(2, "No such file", text)):
        (said,) = sentences(error) or ()
        assert alive(said) == []
        assert "\n" not in said


# --- the list is complete, and there is one place -------------------------------------------------------------------


def test_the_list_of_ways_out_is_complete() -> None:
    texts = {
        (kind.__name__, field.name)
        for kind in _structs_of(Stack)
        for field in msgspec.structs.fields(kind)
        if field.type is str
    }
    assert {("Cell", "text"), ("Track", "title"), ("Option", "title"), ("Notice", "text")} <= texts


def _structs_of(kind: Any, found: dict[Any, None] | None = None) -> dict[Any, None]:
    found = {} if found is None else found
    for each in VIEWS if kind is Stack else (kind,):
        if isinstance(each, type) and issubclass(each, msgspec.Struct) and each not in found:
            found[each] = None
            for field in msgspec.structs.fields(each) if each is not Stack else ():
                for inner in _inner(field.type):
                    _structs_of(inner, found)
    return found


def _inner(kind: Any) -> list[Any]:
    parts = getattr(kind, "__args__", ())
    return [each for part in parts for each in _inner(part)] if parts else [kind]


ROOT = Path(__file__).resolve().parents[2]
RIVALS = re.compile(
    r"unicodedata\.category|import category|\\x00-\\x|isprintable\(\)|\.translate\(|\\u200[bd]|\\u202[ae]"
)
KNOWN = {
    "floorwatch/text.py": "the one place",
    "floorwatch/app/cells.py": "asks whether anything need be looked at",
    "floorwatch/app/form.py": "what was typed or pasted becomes one line, and then inert",
    "floorwatch/app/pasted.py": "what comes in: escapes inside a paste",
    "floorwatch/app/difference.py": "widths",
    "floorwatch/reports/cells.py": "widths",
    "floorwatch/feeds/content.py": "what comes in: whether a file is text",
    "floorwatch/feeds/cells.py": "what comes in: full-width figures",
    "floorwatch/engine/notes.py": "which texts are found without folding",
    "floorwatch/engine/view_signs.py": "tells the author of a plugin, and takes nothing out",
    "floorwatch/engine/moments.py": "what comes in: a minus of print",
    "floorwatch/conformance/hostile.py": "what plugins are tried with",
    "floorwatch/conformance/garbage.py": "what formats are tried with",
    "plugins/floorwatch_seat_support/finding.py": "what comes in: words that are looked for",
}


def test_nothing_else_takes_the_life_out_of_text() -> None:
    sources = [*ROOT.glob("floorwatch/**/*.py"), *ROOT.glob("plugins/**/*.py")]
    found = {str(file.relative_to(ROOT)) for file in sources if RIVALS.search(file.read_text(encoding="utf-8"))}

    assert found - set(KNOWN) == set(), "let floorwatch.text do it, or say here why it is another thing"
    assert set(KNOWN) - found == set()
