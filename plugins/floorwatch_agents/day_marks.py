"""What happened to an agent beside calls and states: notes, visits, help, alerts, rings in vain; a sign each."""

from collections.abc import Collection, Iterator

from floorwatch.api import AlertTone, FloorSnapshot, Mark, RaisedAlert, Tone, _
from floorwatch_agents.day import Day
from floorwatch_agents.day_words import kind_title, note_words, one_line

TONES = {AlertTone.NOTICE: Tone.NOTICE, AlertTone.WARN: Tone.WARN, AlertTone.ALARM: Tone.ALARM}


def day_marks(day: Day) -> Iterator[Mark]:
    """Notes `n`, visits `v`, help asked `?` and answered `=`, alerts `!`, those of this agent within the shift."""
    support = (*_notes(day), *_helps(day))
    for mark in (*support, *_visits(day, {mark.at for mark in support}), *_alerts(day)):
        if day.start <= mark.at < day.end:
            yield mark


def ring_marks(day: Day) -> Iterator[Mark]:
    """Rings that they did not pick up, `m`."""
    for ring in day.rings:
        said = _("missed ring, {queue}").format(queue=ring.queue)
        if ring.ring_seconds:
            rang = _("missed ring, {queue}, rang {seconds:.0f} s")
            said = rang.format(queue=ring.queue, seconds=ring.ring_seconds)
        yield Mark(ring.at, "m", Tone.WARN, said, f"day:rings/{day.agent.id}")


def alerts_of(floor: FloorSnapshot, agent: str) -> list[RaisedAlert]:
    """The alerts of the day about this agent, up or over, in the order in which they were raised."""
    subject = f"agent:{agent}"
    those = (each for each in (*floor.cleared_alerts, *floor.alerts) if each.alert.subject == subject)
    return sorted(those, key=lambda each: each.raised_at)


def _notes(day: Day) -> Iterator[Mark]:
    for note in day.floor.support.notes_since(day.start):
        if note.agent == day.agent.id:
            words = _("{kind}, {by}: {text}").format(kind=kind_title(note.kind), by=note.by, text=note_words(note))
            yield Mark(note.at, "n", Tone.NOTICE, words, f"note:{note.id}")


def _visits(day: Day, said: Collection[float]) -> Iterator[Mark]:
    """Those of which nothing else is said: a note and an answer are visits too."""
    for visit in day.floor.support.visits_since(day.start):
        if visit.agent == day.agent.id and visit.at not in said:
            yield Mark(visit.at, "v", Tone.NOTICE, _("visited by {who}").format(who=visit.by))


def _helps(day: Day) -> Iterator[Mark]:
    for each in day.floor.support.helps_since(day.start):
        if each.agent != day.agent.id:
            continue
        question = one_line(each.question)
        asked = _("asked for help: {question}").format(question=question) if question else _("asked for help")
        yield Mark(each.requested_at, "?", Tone.WARN if each.is_open else Tone.NOTICE, asked, f"help:{each.id}")
        if each.closed_at is not None:
            said = _("helped by {who}: {answer}").format(who=each.closed_by, answer=one_line(each.answer))
            yield Mark(each.closed_at, "=", Tone.NOTICE, said, f"help:{each.id}")


def _alerts(day: Day) -> Iterator[Mark]:
    for raised in alerts_of(day.floor, day.agent.id):
        yield Mark(raised.raised_at, "!", TONES[raised.alert.tone], one_line(raised.alert.text), f"alert:{raised.id}")
