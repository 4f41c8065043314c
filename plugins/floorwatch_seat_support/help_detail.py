"""What Enter on a help request opens: all of it, and how the same was answered before."""

from floorwatch.api import (
    Cell,
    Column,
    FloorSnapshot,
    Help,
    HelpState,
    Notice,
    Row,
    Stack,
    Table,
    Text,
    Tone,
    View,
    _,
    spoken,
)
from floorwatch_seat_support.asked_before import Earlier, answered_before, asked_today, key_of
from floorwatch_seat_support.note_rows import moment_in_full
from floorwatch_seat_support.who import number, who
from floorwatch_seat_support.wording import in_lines, in_one_line, without_words


def help_detail(floor: FloorSnapshot, key: str, steps: tuple[tuple[float, Tone], ...]) -> View:
    """Everything that is known of it."""
    each = floor.support.helps.get(key)
    if each is None:
        return Notice(_("This request is no longer kept."))
    parts: list[View] = [in_lines(each.question) if each.question.strip() else Text.of(without_words(), Tone.MUTED)]
    if each.answer:
        parts += [Text.of(_("Withdrawn:") if each.withdrawn else _("Answer:"), Tone.MUTED), in_lines(each.answer)]
    parts.append(Table.of_facts(_facts(floor, each, steps)))
    if before := answered_before(floor, each.question, but=key):
        parts.append(_before(floor, before))
    return Stack(tuple(parts))


def _facts(floor: FloorSnapshot, each: Help, steps: tuple[tuple[float, Tone], ...]) -> list[tuple[str, Cell]]:
    zone = floor.rules.days.zone
    facts = [
        (_("who"), Cell(who(floor, each.agent, each.seat))),
        (_("number"), Cell(number(floor, each.agent) or spoken.NOTHING)),
        (_("asked"), Cell(spoken.clock(each.requested_at, zone))),
    ]
    if each.by and each.by != each.agent:
        facts.append((_("entered by"), Cell(each.by)))
    if each.is_open:
        facts.append((_("for"), Cell.age(each.requested_at, steps)))
    if each.queue:
        facts.append((_("queue"), Cell(each.queue)))
    if each.call:
        facts.append((_("call"), Cell(each.call)))
    if each.taken_at is not None:
        facts.append((_("on the way"), Cell(each.taken_by)))
        facts.append((_("since"), Cell(spoken.clock(each.taken_at, zone))))
    if each.closed_at is not None:
        said = _("answered by") if each.state is HelpState.ANSWERED else _("withdrawn by")
        facts.append((said, Cell(each.closed_by)))
        facts.append((_("at"), Cell(spoken.clock(each.closed_at, zone))))
        facts.append((_("it took"), Cell(spoken.duration(each.closed_at - each.requested_at))))
    often = asked_today(floor)[key_of(each.question)]
    if often > 1:
        facts.append((_("asked today"), Cell(str(often))))
    return facts


def _before(floor: FloorSnapshot, before: tuple[Earlier, ...]) -> Table:
    columns = (
        Column("at", _("at"), 11, drop=1),
        Column("asked", _("asked before"), 12, flex=2),
        Column("answer", _("answer"), 10, flex=3),
        Column("by", _("by"), 8, flex=1, drop=2),
    )
    return Table(columns, tuple(_earlier(floor, each) for each in before), caption=_("Asked before"))


def _earlier(floor: FloorSnapshot, earlier: Earlier) -> Row:
    each = earlier.help
    at = each.requested_at if each.closed_at is None else each.closed_at
    question = _("the same") if earlier.is_same else in_one_line(each.question)
    cells = (
        Cell(moment_in_full(floor, at), Tone.MUTED, sort=at),
        Cell(question, Tone.MUTED if earlier.is_same else Tone.CALM),
        Cell(in_one_line(each.answer)),
        Cell(each.closed_by, Tone.MUTED),
    )
    return Row(f"help:{each.id}", cells)
