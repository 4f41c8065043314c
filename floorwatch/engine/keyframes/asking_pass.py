"""The second pass over a recording: the alert rules are asked at every instant of their grid, as a floor that was
watched would have asked them, and what they say is kept.

Rules
- Everything received up to an instant is folded first, nothing later is; the floor holds the alerts of the instant
  before when it is asked. So it is in `engine.station`, and a property test holds the two to the same answers.
- They are asked in the lanes of their plugins, and waited for longer than on a live floor: this process gives way to
  all others, and what a rule says must not depend on what else the machine has to do.
- Alerts are moments worth seeing once they are a warning or an alarm: raised as one, or risen to it. Notices are for
  whoever looks anyway.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf, nextafter

from msgspec.structs import replace

from floorwatch.engine.alerting import AlertBook
from floorwatch.engine.asking import ANSWER_SECONDS, AskedRule, run_rules
from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.keyframes.alert_blocks import PageWriter
from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.shapes import Moment, MomentKind
from floorwatch.engine.keyframes.strips import strip_bytes
from floorwatch.host.lane import Lanes
from floorwatch.model.alerts import AlertTone
from floorwatch.model.floor import Floor, over

PAGE_INSTANTS = 60
"""Instants of a page: five minutes as rules are asked usually. To find an instant, all before it on its page are gone
through."""

UNHURRIED_SECONDS = 10 * ANSWER_SECONDS
"""For so long one answer is waited for."""

WORTH_SEEING = frozenset({AlertTone.WARN, AlertTone.ALARM})


class AskingPass:
    """Asks about a floor while its entries are folded, from the first one on."""

    def __init__(
        self,
        floor: Floor,
        entries: Iterator[Decoded],
        rules: Sequence[AskedRule],
        lanes: Lanes,
        write: Callable[[Place, bytes], object],
    ) -> None:
        """`floor` is empty; nobody else folds into it. `write` appends a block."""
        self._floor = floor
        self._entries = entries
        self._next = next(entries, None)
        self._rules = rules
        self._lanes = lanes
        self._write = write
        self._book = AlertBook({rule.name: rule.hold_seconds for rule in rules})
        self._page = PageWriter(self._book.state)
        self._folded = self._page_from = self._lines = 0
        self._moments: list[Moment] = []
        self.raised = 0
        """Alerts that were raised so far."""

    async def run(
        self, instants: Iterable[float], share: Callable[[float], float], told: Callable[[float], None]
    ) -> None:
        """Ask at these instants, in order; `share` gives how much of all the work is done after one, and `told` is told
        so. Raises whatever the entries, `write` or `told` raise."""
        done = 0.0
        for instant in instants:
            self._fold_to(instant)
            await self._ask(instant)
            done = share(instant)
            told(done)
            if len(self._page.instants) == PAGE_INSTANTS:
                self._write_page(done)
        if self._page.instants:
            self._write_page(done)

    def _fold_to(self, at: float) -> None:
        """Fold everything that is not after `at`."""
        while self._next is not None and self._next.received_at <= at:
            fold(self._floor, self._next)
            self._folded += 1
            self._next = next(self._entries, None)

    async def _ask(self, instant: float) -> None:
        floor, book, before = self._floor, self._book, self._book.active
        found = await run_rules(floor.snapshot(instant), self._rules, self._lanes, UNHURRIED_SECONDS)
        step = book.step(instant, found)
        floor.set_alerts(book.active, instant)
        self._page.add(instant, book.state, over(before, book.active, instant) if step.cleared else ())
        self.raised += len(step.raised)
        worth = (*step.escalated, *(each for each in step.raised if each.alert.tone in WORTH_SEEING))
        self._moments += [Moment(instant, MomentKind.ALERT, each.alert.subject, each.alert.text) for each in worth]

    def _write_page(self, share: float) -> None:
        page, log = self._page, self._book.log
        since = nextafter(page.instants[0], -inf)
        place = Place(Kind.ALERTS, self._page_from, self._folded, since, page.instants[-1], share)
        self._write(place, page.written(log[self._lines :]))
        if self._moments:
            self._write(replace(place, kind=Kind.STRIP), strip_bytes(self._moments))
        self._page, self._moments = PageWriter(self._book.state), []
        self._page_from, self._lines = self._folded, len(log)
