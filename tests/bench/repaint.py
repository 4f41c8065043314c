"""What one repaint of a table of 1,000 rows of 8 costs, when every row says something else.

Both tables take the same new words and paint them for a terminal that throws them away; the processor time from
handing them over to the end of the painting counts. The peer is Textual's DataTable, updated cell by cell.
"""

import asyncio
from collections.abc import Callable
from statistics import median
from time import process_time

from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.widget import Widget
from textual.widgets import DataTable
from textual.widgets.data_table import ColumnKey, RowKey

from floorwatch.app.glyphs import BLOCKS
from floorwatch.app.stage import Stage
from floorwatch.app.table import FloorTable
from floorwatch.app.themes import COLOURS, DARK
from floorwatch.app.tones import Palette
from floorwatch.views import Align, Cell, Column, Row, Table
from tests.app.fake_floor import FakeDesk
from tests.bench.measured import Measured, Target

ROWS, COLUMNS = 1_000, 8
ROUNDS, WARM = 25, 5
Show = Callable[[int], None]


class Nowhere(HeadlessDriver):
    """A terminal of 160 x 50 that throws everything away; to the app it is a real one, so that all is rendered."""

    @property
    def is_headless(self) -> bool:
        """As a real terminal says."""
        return False


class Painter(App[None]):
    """One table on a screen; `figures` are the processor milliseconds of each repaint."""

    def __init__(self, table: Widget, show: Show) -> None:
        super().__init__(driver_class=Nowhere)
        self._table, self._show = table, show
        self.figures: list[float] = []

    def on_ready(self) -> None:
        """Begin once the first screen is there."""
        self.run_worker(self._repaint())

    async def _repaint(self) -> None:
        await self.mount(self._table)
        for number in range(ROUNDS + WARM):
            await asyncio.sleep(0.05)
            painted = asyncio.Event()
            before = process_time()
            self._show(number)
            self.call_after_refresh(painted.set)
            await painted.wait()
            self.figures.append((process_time() - before) * 1000)
        self.exit()


def run() -> list[Measured]:
    """Milliseconds of processor, median."""
    ours, theirs = _ours(), _theirs()
    return [
        Measured.of(f"repaint of {ROWS:,} rows x {COLUMNS}", "ms processor", ours[WARM:], Target(15)).beside(
            "DataTable", median(theirs[WARM:])
        )
    ]


def _ours() -> list[float]:
    desk = FakeDesk()
    table = FloorTable(Stage(desk, Palette(COLOURS[DARK]), BLOCKS, lambda _page: None))
    columns = tuple(Column(f"c{at}", f"column {at}", 12, Align.RIGHT) for at in range(COLUMNS))
    views = [
        Table(columns, tuple(Row(str(row), tuple(map(Cell, _words(number, row)))) for row in range(ROWS)))
        for number in range(ROUNDS + WARM)
    ]
    return _figures(table, lambda number: table.show(views[number]))


def _theirs() -> list[float]:
    table: DataTable[str] = DataTable()
    columns: list[ColumnKey] = []
    rows: list[RowKey] = []

    def show(number: int) -> None:
        if not rows:
            columns.extend(table.add_column(f"column {at}", width=12) for at in range(COLUMNS))
            rows.extend(table.add_row(*_words(-1, row)) for row in range(ROWS))
        for at, row in enumerate(rows):
            for column, word in zip(columns, _words(number, at), strict=True):
                table.update_cell(row, column, word)

    return _figures(table, show)


def _words(number: int, row: int) -> list[str]:
    return [f"{row * 7 + number + at}" for at in range(COLUMNS)]


def _figures(table: Widget, show: Show) -> list[float]:
    app = Painter(table, show)
    asyncio.run(app.run_async(size=(160, 50)))
    return app.figures
