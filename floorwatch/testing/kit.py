"""The test kit: a floor of a test's own, and what a plugin makes of it.

Rules
- Sentences and recordings make the floor; they are folded by the real floor, read by the real decoders.
- Options, fields and declarations are checked as the host does; what it would refuse raises RefusedError.
- Time is always given. Where it is left out it is the kit's clock, which stands at 10:41:07 of the kit's day (where
  `floorwatch.testing.floors` stands too) until something later is said or loaded. Asking does not move it.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floorwatch.engine.day_ends import ends_between
from floorwatch.engine.document_reading import read_by
from floorwatch.extend.command import Command, Outcome
from floorwatch.extend.document import Document, DocumentFormat
from floorwatch.extend.panel import Panel
from floorwatch.extend.report import Report, Span
from floorwatch.extend.rule import AlertRule
from floorwatch.feeds.shapes import FeedFormat
from floorwatch.model.alerts import Alert
from floorwatch.model.duty_events import DocumentRead
from floorwatch.model.metrics import METRICS, Figure, Metric
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.testing.declared import alerts_of, asked, options_given, sound, view_of
from floorwatch.testing.doing import done, prefilled
from floorwatch.testing.floors import Part
from floorwatch.testing.golden import GoldenViews
from floorwatch.testing.house import Given, Wishes, house_of
from floorwatch.testing.lines import Lines, read_lines
from floorwatch.testing.playback import Playback
from floorwatch.testing.recorded import Recorded
from floorwatch.testing.screen import Screen, Stage, screen_of
from floorwatch.testing.shown import Shown
from floorwatch.testing.telling import Telling
from floorwatch.testing.wall import Time, Wall

if TYPE_CHECKING:
    import pandas as pd


class Kit(Telling):
    """One floor and all that is asked of it. The fixture `floorwatch` gives each test a new one."""

    def __init__(self, golden: GoldenViews | None = None) -> None:
        super().__init__()
        self._golden = golden

    def show(
        self,
        panel: Panel,
        /,
        *,
        at: Time | None = None,
        floor: FloorSnapshot | Sequence[Part] | None = None,
        row: str | None = None,
        **options: Any,
    ) -> Shown:
        """What the panel shows, or with `row` the detail behind that row. `floor` stands in for the kit's own: a
        snapshot, or parts of `floors`. Raises RefusedError; what the panel raises is let through."""
        name = sound(Panel, panel)
        given = options_given(panel.options_type, options, f"panels.{name}")
        there = self._there(at, floor)
        view = view_of(panel, there, given, row)
        return Shown(view, there.at if at is None else self._wall.at(at), self._wall.zone)

    def alerts(
        self,
        rule: AlertRule,
        /,
        at: Time | None = None,
        *,
        floor: FloorSnapshot | Sequence[Part] | None = None,
        **options: Any,
    ) -> tuple[Alert, ...]:
        """What the rule finds true at this moment; holding and raising is the host's (`asks`). Raises RefusedError."""
        return alerts_of(asked(rule, options), self._there(at, floor))

    def figure(
        self,
        metric: Metric | str,
        /,
        at: Time | None = None,
        *,
        floor: FloorSnapshot | Sequence[Part] | None = None,
        queues: Sequence[str] = (),
    ) -> Figure:
        """The metric over these queues, over the whole floor without any. Raises KeyError for an unknown queue."""
        known = METRICS[metric] if isinstance(metric, str) else metric
        sound(Metric, known)
        there = self._there(at, floor)
        for queue in queues:
            if queue not in there.queues:
                raise KeyError(f"no queue {queue!r} among {list(there.queue_names)}")
        scope = there.total if not queues else there.scope(", ".join(queues), tuple(queues))
        return known.compute(there, scope)

    def run(  # all but the command by name
        self,
        command: Command,
        /,
        *,
        at: Time | None = None,
        floor: FloorSnapshot | Sequence[Part] | None = None,
        row: str | None = None,
        panel: str | None = None,
        options: Mapping[str, Any] | None = None,
        **fields: str,
    ) -> tuple[Outcome, ...]:
        """What the command makes of its fields, given as a person types them. Raises RefusedError for what cannot be
        taken; what the command raises is let through."""
        there = self._there(at, floor)
        return done(command, there, self.people, (panel, row), options or {}, fields)

    def prefill(
        self,
        command: Command,
        /,
        *,
        at: Time | None = None,
        row: str | None = None,
        panel: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Mapping[str, str]:
        """What stands in the fields of the command at first, by name. Raises RefusedError."""
        return prefilled(command, self.floor(at), (panel, row), options or {})

    def report(
        self, report: Report, start: Time | None = None, end: Time | None = None, *, at: Time | None = None
    ) -> "pd.DataFrame":
        """The table of the report for calls that entered from `start` up to `end`, as of `at`. Raises RefusedError."""
        from floorwatch.reports.frames import frames_of  # pandas, a second

        sound(Report, report)
        now = self._moment(at)
        ends = ends_between(self._rules_now().days, min((each.at for each in self._said), default=now), now)
        run = self._run_to(ends[0][1] if ends else now)
        past = {day: run.to(due) for day, due in ends}
        snapshot = run.to(now)
        span = Span(-inf if start is None else self._wall.at(start), inf if end is None else self._wall.at(end))
        return report.build(frames_of(run.floor.history, snapshot, span, past), span)

    def lines(
        self,
        format: FeedFormat,  # noqa: A002  # the word of the settings
        text: str | bytes,
        /,
        *,
        at: Time | None = None,
        **options: Any,
    ) -> Lines:
        """The text read by the format: its events, and the lines that it refuses. `at` is when the lines are received;
        without it they are of the past, each received at the latest time told so far."""
        sound(FeedFormat, format)
        return read_lines(format, text, options, None if at is None else self._wall.at(at), self.clock.now())

    def document(
        self,
        format: DocumentFormat,  # noqa: A002  # the word of the settings
        content: Path | str | bytes,
        /,
        name: str = "document",
        *,
        at: Time | None = None,
        **options: Any,
    ) -> DocumentRead:
        """What the format makes of a document: a file, or this content under a name, read at `at`. For the floor it is
        said by `happens`. Raises RefusedError; RejectDocument and whatever else the format raises."""
        given = options_given(format.options_type, options, f"feeds.{sound(DocumentFormat, format)}.options")
        if isinstance(content, Path):
            name, content = content.name, content.read_bytes()
        raw = content.encode() if isinstance(content, str) else content
        moment = self._moment(at)
        return read_by(format, Document(name, raw, moment, moment, self._rules_now().days), given)

    def replay(
        self,
        recording: str | Path | None = None,
        *,
        rate: float = 60.0,
        people: str | Path | None = None,
        format: FeedFormat | str | None = None,  # noqa: A002  # the setting's own name
    ) -> Playback:
        """A real replay, at `rate` floor seconds a second, of a recording or of what was said and loaded here."""
        wishes = Wishes(rules=tuple(self._asked), me=self.me)
        if recording is None:
            return Playback(self._told, self._wall, rate, wishes)
        recorded = Recorded.of(recording, people, format)
        timeline = self._timeline_of(recorded, wishes)
        first = timeline.first_at()
        days = timeline.house.rules.days
        wall = self._wall if first is None else Wall(days.local(first).date(), days.zone)
        return Playback(lambda wanted, _until: self._timeline_of(recorded, wanted), wall, rate, wishes)

    def app(  # all but the panels by name
        self,
        *panels: Panel,
        at: Time | None = None,
        size: tuple[int, int] = (120, 36),
        options: Mapping[str, Given] | None = None,
        commands: Sequence[Command] = (),
        ascii: bool = False,  # noqa: A002  # the setting's own name
        theme: str = "dark",
    ) -> AbstractAsyncContextManager[Screen]:
        """The real app with these panels and commands and no others, on the kit's floor, without a terminal.

        `options` are by the panel's name. The kit's clock moves to `at`, and on with the app. Raises RefusedError.
        """
        given = options or {}
        for panel in panels:
            options_given(panel.options_type, given.get(sound(Panel, panel), {}), f"panels.{panel.name}")
        for command in commands:
            sound(Command, command)
        self.clock.move_to(self._moment(at))
        shown = [(panel, given.get(panel.name, {})) for panel in panels]
        wishes = Wishes(shown, tuple(self._asked), commands, me=self.me)
        house = house_of(self._rules_now(), self.people, wishes)
        stage = Stage(house, self.played(), self._parts, self.gives, self.clock)
        return screen_of(stage, size, ascii_only=ascii, theme=theme)

    def golden(self, shown: Shown | Screen | str, name: str | None = None, width: int = 80) -> None:
        """Hold what is shown against `golden/MODULE/NAME.txt` beside the test (NAME: the test's own, unless given).
        Raises AssertionError with the difference; `pytest --floorwatch-update` writes it."""
        if self._golden is None:
            raise ValueError("golden views stand beside a test: use the fixture `floorwatch`")
        text = shown.text(width) if isinstance(shown, Shown) else shown.text if isinstance(shown, Screen) else shown
        self._golden.compare(text, name)
