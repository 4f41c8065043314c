"""Words typed for a table whose rows are not all there are: the panel is asked for those that it finds.

Rules
- It asks after a short rest in typing, one question at a time; the words typed last are the ones that are answered.
- Its answer stands in place of the table's rows, which go on behind it and come back as they were.
- An answer that is no table, or cannot be shown, is a table without rows that says why.
"""

import asyncio
from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from floorwatch.app.table import FloorTable
from floorwatch.app.view_box import shown_parts
from floorwatch.engine.sound_view import what_is_wrong
from floorwatch.views import Notice, RowKind, Table, View
from floorwatch.words import _

REST_SECONDS = 0.12
"""Between the last letter and the question: a hand that types is faster."""

Ask = Callable[[str], Awaitable[View]]


class Search:
    """The search in one table; `told` hears that there is something new to say of it."""

    def __init__(self, table: FloorTable, ask: Ask, told: Callable[[], None]) -> None:
        self.table = table
        self.words = ""
        self.found: int | None = None
        """How many rows hold the words; None while that is not known."""
        self._ask = ask
        self._told = told
        self._rest: asyncio.TimerHandle | None = None
        self._asking: asyncio.Task[None] | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether an answer is to come."""
        return self._rest is not None or self._asking is not None

    def seek(self, words: str) -> None:
        """These words were typed; none: all rows."""
        words = " ".join(words.split())
        if words == self.words:
            return
        self.words, self.found = words, None
        self._rest_no_more()
        if words:
            self._rest = asyncio.get_running_loop().call_later(REST_SECONDS, self.seek_now)
        else:
            self.table.find(None)
        self._told()

    def seek_now(self) -> None:
        """Wait for no further letter."""
        self._rest_no_more()
        if self.words and self.found is None and self._asking is None:
            self._asking = asyncio.get_running_loop().create_task(self._answer(self.words))

    def stop(self) -> None:
        """All rows again, and no answer any more."""
        self._rest_no_more()
        if self._asking is not None:
            self._asking.cancel()
        self.words, self.found = "", None
        self.table.find(None)

    async def _answer(self, words: str) -> None:
        view = await self._ask(f"search:{words}")
        self._asking = None
        if words == self.words and self.table.failure is None:
            table = found_table(view, self.table.own, words)
            self.found = sum(row.kind is RowKind.PLAIN for row in table.rows)
            self.table.find(table)
            self._told()
        elif self._rest is None:
            self.seek_now()

    def _rest_no_more(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None


def found_table(view: View, own: Table, words: str) -> Table:
    """The table of an answer; without any, one that has no rows and says why."""
    wrong = what_is_wrong(view)
    if wrong is not None:
        return Table(own.columns, (), wrong)
    parts = shown_parts(view)
    table = next((part for part in parts if isinstance(part, Table)), None)
    if table is None:
        notice = next((part.text for part in parts if isinstance(part, Notice)), "")
        table = Table(own.columns, (), notice)
    return table if table.empty else replace(table, empty=_("Nothing here matches {words}.").format(words=words))
