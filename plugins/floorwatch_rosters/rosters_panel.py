"""The panel "rosters": who is on and who will be, what wants doing about it, who may go on a break now.

Rules
- First the hands: here, on the phones, the lowest point ahead, leaders. Then what wants doing, the most urgent first:
  hands that are missing, somebody who is missing, requests, people who were not told; each with the key that acts.
- What can wait stands below: the next two hours, breaks, teams.
- A roster alone, and a call feed alone, show what they can, and say what is missing.
- It is not built when an agent does something, but every five seconds: a busy floor does thirty things a second.
"""

from collections.abc import Iterator

from msgspec import Struct

from floorwatch.api import (
    Cell,
    FloorSnapshot,
    Line,
    Needs,
    Notice,
    Panel,
    Stack,
    Table,
    Text,
    Tile,
    Tiles,
    Tone,
    Topic,
    View,
    _,
    _n,
    roster,
    spoken,
)
from floorwatch_rosters.behind import about_row
from floorwatch_rosters.break_rows import breaks_text
from floorwatch_rosters.coverage_words import minute_of, noon_lines
from floorwatch_rosters.next_hours import next_hours
from floorwatch_rosters.team_rows import teams_table
from floorwatch_rosters.to_do import to_do_columns, to_do_rows

EVERY_SECONDS = 15.0
DUTY_NEEDS = Needs(frozenset({Topic.DUTY}), frozenset({"aht"}), every_seconds=EVERY_SECONDS)
"""What every panel of this plugin reads. Agents are not declared: see the rules above."""


class RostersOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Rows at most: of what wants doing, names of those who may go on a break (0: none). `hours` is how far
    the quarters look ahead. Raises ValueError for hours that are none."""

    to_do: int = 20
    breaks: int = 5
    hours: float = 2.0
    teams: bool = True

    def __post_init__(self) -> None:
        """Refuse to look back, and further than a day."""
        if not 0 < self.hours <= 24:
            raise ValueError(_("hours: {hours}: give more than 0 and at most 24").format(hours=self.hours))


class RostersPanel(Panel):
    """The duty roster at a glance."""

    name = "rosters"
    title = "Duty roster"
    needs = DUTY_NEEDS
    options_type: type[Struct] = RostersOptions

    def build(self, floor: FloorSnapshot, options: RostersOptions) -> View:
        """The hands, what wants doing, the next hours, breaks, teams."""
        if not floor.duty.has_roster:
            return _without_roster(floor, options)
        steps = roster.steps(floor)
        rows = tuple(to_do_rows(floor, max(0, options.to_do)))
        views: list[View] = [_figures(floor, steps)]
        if lines := _lines(floor):
            views.append(Text(lines))
        views.append(Table(to_do_columns(), rows, _("Nothing wants doing."), starts=bool(rows)))
        views.append(next_hours(floor, steps, options.hours))
        if options.breaks > 0:
            views.append(breaks_text(floor, options.breaks))
        if options.teams:
            views.append(teams_table(floor))
        return Stack(tuple(views))

    def detail(self, floor: FloorSnapshot, options: RostersOptions, row_key: str) -> View:  # noqa: ARG002  # the same with all
        """A gap, somebody missing, a request, a person's week, a team, the hands of the day."""
        return about_row(floor, row_key)


def _figures(floor: FloorSnapshot, steps: tuple[roster.Step, ...]) -> Tiles:
    now = roster.now(floor)
    lowest = roster.lowest(steps)
    here = Tile(_("here"), Cell(spoken.count(now.here)), _("of {n}").format(n=now.due))
    return Tiles((here, _phones(now), _lowest(floor, lowest)))  # three stand side by side in the hand


def _phones(now: roster.Now) -> Tile:
    hands = now.expected if now.available is None else now.available
    against = _("min {n}").format(n=now.minimum) if now.minimum else _("plan {n}").format(n=now.scheduled)
    return Tile(_("on phones"), Cell(str(hands), Tone.ALARM if hands < now.minimum else Tone.CALM), against)


def _lowest(floor: FloorSnapshot, step: roster.Step | None) -> Tile:
    if step is None:
        return Tile(_("lowest"), Cell(spoken.NOTHING, Tone.MUTED))
    at = _("at {time}").format(time=minute_of(floor, max(step.start, floor.at)))
    hands = f"{step.expected}/{step.minimum}" if step.minimum else str(step.expected)
    return Tile(_("lowest"), Cell(hands, Tone.ALARM if step.gap else Tone.CALM), at)


def _leaders(floor: FloorSnapshot) -> Iterator[Line]:
    """How many lead, and how many they can lead; nothing where nobody is named a leader."""
    cover = roster.span_of_control(floor)
    if cover is None:
        return
    number = cover.leaders
    said = _n("{n} leader for {agents}, enough for {most}", "{n} leaders for {agents}, enough for {most}", number)
    words = said.format(n=number, agents=cover.agents, most=number * cover.span)
    yield Line((Cell(words, Tone.WARN if cover.is_short else Tone.MUTED),))


def _refused(floor: FloorSnapshot) -> Iterator[Line]:
    """The documents of which there is a newer file that cannot be used."""
    for source, document in floor.duty.documents.items():
        if document.refused_at is None:
            continue
        said = _("{document} as of {time}: the newer file cannot be used: {why}")
        if not document.was_read:
            said = _("{document} cannot be used: {why}")
        words = said.format(document=source, time=minute_of(floor, document.read_at), why=document.why)
        yield Line((Cell(words, Tone.WARN),))


def _lines(floor: FloorSnapshot) -> tuple[Line, ...]:
    """Noon, and what is missing to say more."""
    lines = [*_refused(floor), *_leaders(floor), *noon_lines(floor)]
    now = roster.now(floor)
    if now.here is None:
        lines.append(Line((Cell(_("Nobody can be seen here: what is expected is what the plan says."), Tone.MUTED),)))
    elif now.available is None:
        lines.append(Line((Cell(_("No call feed: what is expected is the plan and the attendance."), Tone.MUTED),)))
    return tuple(lines)


def _without_roster(floor: FloorSnapshot, options: RostersOptions) -> View:
    """What a call feed alone can tell, and how to give a roster."""
    how = Notice(
        _(
            "No roster is read: who should be here is not known. Name one beside the feed "
            "(floorwatch watch queue_log roster.xlsx), or under [feeds] in the settings."
        )
    )
    rows = tuple(to_do_rows(floor, max(0, options.to_do)))
    parts: list[View] = []
    if refused := tuple(_refused(floor)):
        parts.append(Text(refused))
    now = roster.now(floor)
    if now.available is not None:
        parts.append(Tiles((Tile(_("on phones"), Cell(str(now.available)), _("no plan")),)))
        if lines := tuple(_leaders(floor)):
            parts.append(Text(lines))
    if rows:
        parts.append(Table(to_do_columns(), rows, starts=True))
    return Stack((*parts, how)) if parts else how
