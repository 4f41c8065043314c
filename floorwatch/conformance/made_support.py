"""What people enter on the floors of the checks: some of everything on the made one, a great deal on the large one."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from floorwatch.conformance.hostile import HOSTILE
from floorwatch.model import events
from floorwatch.model.events import Entered, NoteKind

LOOKER = "Ada"
"""Who looks at the floors, and has entered some of what is there."""

MANY_NOTES = 20_000
MANY_HELPS = 2_000
_WEEKS_SECONDS = 30 * 86_400.0
_AUTHORS = (LOOKER, "王芳", "Grace", HOSTILE[0])
_QUESTIONS = ("退税流程?", "How do I split an invoice?", "how do i split an invoice", "", HOSTILE[6])


def made_entries(at: float) -> Iterator[Entered]:
    """Up to this moment: each kind of entry, hostile words, people and seats that nobody knows, clocks apart."""
    for number, entry in enumerate((*_helps(at), *_notes(at), *_walks(at), *_incidents(at), *_call_backs(at))):
        yield replace(entry, id=entry.id or f"made-{number}", by=entry.by or _AUTHORS[number % 3])


def many_entries(agents: Sequence[str], until: float) -> Iterator[Entered]:
    """Weeks of notes and help requests up to this moment, about these agents; some of the last wait for somebody."""
    kinds = list(NoteKind)
    step = _WEEKS_SECONDS / MANY_NOTES
    for number in range(MANY_NOTES):
        at = until - _WEEKS_SECONDS + number * step
        agent, author = agents[number % len(agents)], _AUTHORS[number % 2]
        waits = number > MANY_NOTES - 200 and number % 4 == 0
        yield events.NoteTaken(
            at, id=f"n{number}", by=author, kind=kinds[number % 6], agent=agent, tag=f"tag {number % 40}",
            text=f"note {number}", follow_up="call back" if waits else "", due_at=at + 3600 if waits else None,
        )  # fmt: skip
        if number % (MANY_NOTES // MANY_HELPS) == 0:
            asked = events.HelpRequested(at, id=f"h{number}", by=agent, agent=agent, question=_QUESTIONS[number % 4])
            yield asked
            if number < MANY_NOTES - 300:
                yield events.HelpAnswered(at + 60, id=f"a{number}", by=author, help=asked.id, answer=f"answer {number}")


def _helps(at: float) -> Iterator[Entered]:
    for number, question in enumerate((*_QUESTIONS, *HOSTILE)):
        agent = ("1007", "1008", "nobody known", question)[number % 4]
        yield events.HelpRequested(at - 900 + number * 40, id=f"h{number}", agent=agent, question=question)
    yield events.HelpTaken(at - 300, help="h0")
    yield events.HelpTaken(at - 299, help="h1")
    yield events.HelpAnswered(at - 200, help="h1", answer="see the handbook, 3.2")
    yield events.HelpAnswered(at - 190, help="h2", answer=HOSTILE[0])
    yield events.HelpWithdrawn(at - 180, help="h3", word=HOSTILE[4])
    yield events.HelpTaken(at - 170, help="not there")


def _notes(at: float) -> Iterator[Entered]:
    for number, kind in enumerate(NoteKind):
        yield events.NoteTaken(
            at - 800 + number, id=f"n{number}", kind=kind, agent="1007", seat="A07", state="on_call", queue="support",
            call="no entry", tag=HOSTILE[number], text=HOSTILE[-1 - number],
            follow_up="call back" if number % 2 else "", due_at=at - 60 + number * 90,
        )  # fmt: skip
    for number, seat in enumerate(("A07", "A08", "B01", HOSTILE[0])):
        yield events.FaultReported(at - 240 + number * 30, system="CRM", symptom="白屏", agent="1008", seat=seat)
    yield events.NoteTaken(at - 100, kind=NoteKind.CHECK, seat="nobody sits here", state="no such state")
    yield events.NoteTaken(at - 90, kind=NoteKind.HELP, agent=HOSTILE[2], text="about nobody known")
    yield events.NoteAmended(at - 80, note="n1", text=HOSTILE[1], follow_up="")
    yield events.NoteWithdrawn(at - 70, note="n2", word=HOSTILE[3])
    yield events.FollowUpDone(at - 60, note="n3", outcome="")
    yield events.NoteTaken(at + 5000, kind=NoteKind.STATE, agent="1010", text="from the future")


def _walks(at: float) -> Iterator[Entered]:
    yield events.WalkBegan(at - 3600, by="王芳", team="客服一组")
    yield events.WalkBegan(at - 700, by=LOOKER)
    yield events.SeatVisited(at - 690, by=LOOKER, agent="1010", seat="B01")
    yield events.SeatPassed(at - 680, by=LOOKER, agent="1011")
    yield events.SeatVisited(at - 90_000, agent=HOSTILE[0])


def _call_backs(at: float) -> Iterator[Entered]:
    """Of calls of the made floor; of one that nobody knows; of a number that is hostile text."""
    entered = at - 1200
    yield events.CallReturned(at - 300, queue="客服", call="c6", entered_at=entered + 120, reached=True)
    yield events.CallReturned(at - 290, queue="客服", call="c12", entered_at=entered + 240, reached=False)
    yield events.CallReturned(
        at - 280, queue="客服", call="c12", entered_at=entered + 240, reached=False, word=HOSTILE[0]
    )
    yield events.CallReturned(at - 270, queue=HOSTILE[1], call=HOSTILE[2], entered_at=at, reached=True, word=HOSTILE[3])


def _incidents(at: float) -> Iterator[Entered]:
    yield events.IncidentTaken(at - 200, incident="fault:CRM", owner="技术支持", title="CRM", seats=("A07", "A08"))
    yield events.EvidenceAdded(at - 190, incident="fault:CRM", text=HOSTILE[0], seats=("B01",))
    yield events.EvidenceAdded(at - 180, incident=HOSTILE[8], text="nobody owns it", since=at - 1000)
    yield events.IncidentClosed(at - 170, incident="missed", word="a switch", title=HOSTILE[0], since=at - 5000)
    yield events.AlertAcknowledged(at - 50, alert="a-rule agent:1007", owner="Grace", word=HOSTILE[0])
    yield events.AlertSnoozed(at - 40, alert="a-rule agent:nobody", until=at + 900)
