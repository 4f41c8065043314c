"""What a walk came to: seats, notes, answers, follow-ups, minutes.

Rules
- Counted is what the walker did between beginning and end.
"""

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from floorwatch.api import Cell, FloorSnapshot, NoteKind, Walk, _, spoken
from floorwatch_seat_support.kinds import LETTERS, kind_title


class Summary(Struct, frozen=True):
    """The figures of one walk; `seconds` so far, where it is under way."""

    seats: int
    notes: Mapping[NoteKind, int]
    answered: int
    left_to_do: int
    done: int
    seconds: float

    def facts(self) -> list[tuple[str, Cell]]:
        """Each figure under its name."""
        notes = [(kind_title(kind), Cell(str(self.notes[kind]))) for kind in LETTERS if kind in self.notes]
        return [
            (_("seats visited"), Cell(str(self.seats))),
            (_("help answered"), Cell(str(self.answered))),
            (_("notes"), Cell(str(sum(self.notes.values())))),
            *notes,
            (_("left to do"), Cell(str(self.left_to_do))),
            (_("follow-ups done"), Cell(str(self.done))),
            (_("it took"), Cell(spoken.duration(self.seconds))),
        ]


def summary_of(floor: FloorSnapshot, walk: Walk) -> Summary:
    """What it came to, or has come to so far."""
    support, began = floor.support, walk.began_at
    end = floor.at if walk.ended_at is None else walk.ended_at

    def mine(by: str, at: float | None) -> bool:
        return by == walk.by and at is not None and began <= at <= end

    notes = [note for note in support.notes_since(began) if mine(note.by, note.at)]
    answered = [each for each in support.helps.values() if mine(each.closed_by, each.closed_at) and not each.withdrawn]
    return Summary(
        seats=len({visit.agent for visit in support.visits_since(began) if mine(visit.by, visit.at)}),
        notes=Counter(note.kind for note in notes),
        answered=len(answered),
        left_to_do=sum(bool(note.follow_up) for note in notes),
        done=sum(mine(note.done_by, note.done_at) for note in support.notes.values()),
        seconds=max(0.0, end - began),
    )
