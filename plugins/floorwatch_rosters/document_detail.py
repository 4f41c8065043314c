"""A document as it was read: its period, what was not used of it and why, codes and people whom nobody knows."""

from floorwatch.api import Cell, Column, Line, Notice, Row, Stack, Table, Text, Tone, View, _, duty, spoken

MOST = 50


def document_detail(document: duty.DocumentState) -> View:
    """All that a person can mend, in the settings, the people file or the document."""
    period = (
        spoken.NOTHING
        if document.period is None
        else _("{start} to {end}").format(start=document.period[0], end=document.period[1])
    )
    facts = [
        (_("document"), Cell(document.source)),
        (_("kind"), Cell(_(document.title) or spoken.NOTHING)),
        (_("period"), Cell(period)),
        (_("rows"), Cell(str(document.rows))),
        (_("people"), Cell(str(document.people))),
        (_("not used"), Cell(str(sum(document.refusals.values())))),
    ]
    parts: list[View] = [Table.of_facts(facts)]
    if document.refused_at is not None:
        said = _("The newer file cannot be used: {why}") if document.was_read else _("It cannot be used: {why}")
        parts.append(Notice(said.format(why=document.why), Tone.WARN))
    if document.remarks:
        parts.append(Text(tuple(Line((Cell(remark, Tone.MUTED),)) for remark in document.remarks[:MOST])))
    if document.unknown_codes:
        parts.append(_codes(document))
    if document.unmatched:
        parts.append(_people(document))
    if document.refused:
        parts.append(_refused(document))
    return Stack(tuple(parts))


def _codes(document: duty.DocumentState) -> Table:
    columns = (Column("code", _("code"), 10, flex=1), Column("times", _("times"), 6))
    rows = tuple(
        Row(f"code:{place}", (Cell(code, Tone.NOTICE), Cell(str(times), sort=times)))
        for place, (code, times) in enumerate(list(document.unknown_codes.items())[:MOST])
    )
    return Table(columns, rows, caption=_("Codes of which nobody said what they mean"), opens=False)


def _people(document: duty.DocumentState) -> Table:
    columns = (Column("who", _("who"), 12, flex=1), Column("number", _("no."), 8), Column("team", _("team"), 8))
    rows = tuple(
        Row(f"who:{place}", (Cell(who.name or who.key, Tone.NOTICE), Cell(who.employee or who.pin), Cell(who.team)))
        for place, who in enumerate(document.unmatched[:MOST])
    )
    return Table(columns, rows, caption=_("People whom the people file does not know"), opens=False)


def _refused(document: duty.DocumentState) -> Table:
    columns = (Column("where", _("where"), 8), Column("why", _("why"), 14, flex=3), Column("text", "", 8, flex=1))
    rows = tuple(
        Row(f"refused:{place}", (Cell(each.where), Cell(each.why), Cell(each.text, Tone.MUTED)))
        for place, each in enumerate(document.refused[:MOST])
    )
    return Table(columns, rows, caption=_("Not used"), opens=False)
