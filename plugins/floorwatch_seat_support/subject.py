"""Whom a row is about, and what they are doing at that moment: what a note keeps of them.

Rules
- A row of an agent is about the agent, a call's about who talks, a request's and a note's about whoever they name, an
  alert's about whatever it names.
- Nothing is guessed: about whom a row says nothing is asked of the person who writes.
"""

from msgspec import Struct

from floorwatch.api import CallKey, FloorSnapshot, Request


class Subject(Struct, frozen=True):
    """An agent at one moment. `state` is an `AgentState`, `call` the one they are on, in `queue`."""

    agent: str
    seat: str = ""
    state: str = ""
    queue: str = ""
    call: str = ""


def subject_under_cursor(request: Request) -> Subject | None:
    """The agent of the row under the cursor; None where it is about nobody."""
    agent, call = _agent_and_call(request.floor, request.row_key or "")
    return None if agent is None else subject_now(request.floor, agent, call)


def subject_now(floor: FloorSnapshot, agent: str, call: CallKey | None = None) -> Subject:
    """The agent as they are; one whom the floor does not know, by the id alone."""
    known = floor.agents.get(agent)
    if known is None:
        return Subject(agent)
    queue, talk = call or (known.calls[0] if known.calls else ("", ""))
    return Subject(agent, known.seat or "", known.state.value, queue, talk)


def _agent_and_call(floor: FloorSnapshot, key: str) -> tuple[str | None, CallKey | None]:
    kind, _colon, subject = key.partition(":")
    match kind:
        case "agent" | "pause":
            return subject or None, None
        case "call":
            return _talker(floor, subject)
        case "help":
            wanted = floor.support.helps.get(subject)
            return (None if wanted is None else wanted.agent), None
        case "note":
            note = floor.support.notes.get(subject)
            return (None if note is None else note.agent), None
        case "alert":
            about = next((each.alert.subject for each in floor.alerts if each.id == subject), "")
            return (None, None) if about.startswith("alert:") else _agent_and_call(floor, about)
        case _:
            return None, None


def _talker(floor: FloorSnapshot, subject: str) -> tuple[str | None, CallKey | None]:
    """A call's row is keyed by queue and call, either of which may hold a stroke."""
    for (queue, call), talk in floor.talks.items():
        if subject == f"{queue}/{call}":
            return talk.agent, (queue, call)
    return None, None
