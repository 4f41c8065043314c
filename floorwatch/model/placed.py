"""A document's facts with the floor's own agents in the place of the words that the document has for people.

Rules
- A person of a document is matched by the strongest word that the people file knows: employee number, account, PIN,
  interface, name. A weaker word that leads to somebody of another employee number, account or PIN leads to nobody; nor
  does a name that several people have. A key that stands alone may be any word of the people file.
- Whoever cannot be matched stands under the document's own word, and is listed; where that word is somebody else's id,
  under the source and that word.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.model.duty import Approval, DocumentState, Leave, Punch, Shift, Stated, Who
from floorwatch.model.duty_events import DocumentRead
from floorwatch.model.people import KINDS, People

REFUSALS_KEPT = 200
"""Refusals of a document that are kept in full: the first ones. All are counted."""

Fact = TypeVar("Fact", Shift, Punch, Approval)
ByAgent: TypeAlias = Mapping[str, tuple[Fact, ...]]


class Placed(Struct, frozen=True):
    """One document on the floor: what it said, by agent and in order of time, and how it was read."""

    state: DocumentState
    shifts: Mapping[str, tuple[Shift, ...]]
    punches: Mapping[str, tuple[Punch, ...]]
    approvals: Mapping[str, tuple[Approval, ...]]
    leaves: tuple[Leave, ...]
    stated: tuple[Stated, ...]


def placed(read: DocumentRead, source: str, people: People) -> Placed:
    """The reading under the name of its source, with agents in it."""
    agents, unmatched = _matched(read, source, people)
    state = DocumentState(
        source,
        read.title,
        read.at,
        read.period,
        read.rows,
        len(agents),
        len(read.shifts),
        len(read.punches),
        read.refused[:REFUSALS_KEPT],
        dict(Counter(each.why for each in read.refused).most_common()),
        dict(read.unknown_codes),
        unmatched,
        read.remarks,
    )
    return Placed(
        state,
        _by_agent(read.shifts, agents, source, when_of_shift),
        _by_agent(read.punches, agents, source, when_of_punch),
        _by_agent(read.approvals, agents, source, when_of_approval),
        tuple(
            replace(each, id=f"{source}/{each.id or number}", agent=agents[each.agent], source=source)
            for number, each in enumerate(read.leaves, start=1)
        ),
        tuple(replace(each, agent=agents[each.agent], source=source) for each in read.stated),
    )


def merged(parts: Sequence[ByAgent[Fact]], when: Callable[[Fact], tuple[object, ...]]) -> dict[str, tuple[Fact, ...]]:
    """What several documents say, by agent and in order of time; of one time, in the order of the documents."""
    found: dict[str, tuple[Fact, ...]] = {}
    several: set[str] = set()
    for part in parts:
        several |= found.keys() & part.keys()
        for agent, facts in part.items():
            found[agent] = found.get(agent, ()) + facts
    for agent in several:
        found[agent] = tuple(sorted(found[agent], key=when))
    return found


def when_of_shift(shift: Shift) -> tuple[object, ...]:
    """The roster itself before the layers over it, where they begin together."""
    return shift.date, shift.stints[0].start if shift.stints else 0.0, shift.layer


def when_of_punch(punch: Punch) -> tuple[object, ...]:
    """One moment."""
    return (punch.at,)


def when_of_approval(approval: Approval) -> tuple[object, ...]:
    """The earlier end first, where they begin together."""
    return approval.start, approval.end


def agent_of(who: Who, people: People) -> str | None:
    """The id of the person that these words mean; None where nobody is known, or several are."""
    if not (who.employee or who.account or who.pin or who.name):
        return people.id_of(who.key)
    unknown: list[str] = []
    for kind in KINDS:
        word = who.key if kind == "interface" else getattr(who, kind)
        found = people.known_as(kind, word)
        if found:
            person = people.person(found[0])
            is_another = any(getattr(person, stronger) for stronger in unknown)
            return None if len(found) > 1 or is_another else found[0]
        if word and kind != "interface":  # a key may be any word: that it is no interface says nothing
            unknown.append(kind)
    return None


def _matched(read: DocumentRead, source: str, people: People) -> tuple[dict[str, str], tuple[Who, ...]]:
    """Everybody in the document by its word for them: their agent; and whom nobody could be matched with."""
    agents: dict[str, str] = {}
    unmatched: dict[str, Who] = {}
    for who in (*read.people, *_unnamed(read)):
        agent = agent_of(who, people)
        if agent is None or agents.get(who.key, agent) != agent:
            unmatched.setdefault(who.key, who)
            agent = who.key if people.person(who.key) is None else f"{source}/{who.key}"
        agents[who.key] = agent
    return agents, tuple(unmatched.values())


def _unnamed(read: DocumentRead) -> Iterable[Who]:
    """Those of whom the document says something, and not who they are."""
    facts: Iterable[Shift | Punch | Approval | Leave | Stated]
    facts = (*read.shifts, *read.punches, *read.approvals, *read.leaves, *read.stated)
    return map(Who, sorted({each.agent for each in facts} - {who.key for who in read.people}))


def _by_agent(
    facts: Iterable[Fact], agents: Mapping[str, str], source: str, when: Callable[[Fact], tuple[object, ...]]
) -> dict[str, tuple[Fact, ...]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        agent = agents[fact.agent]
        found.setdefault(agent, []).append(replace(fact, agent=agent, source=source))
    return {agent: tuple(sorted(those, key=when)) for agent, those in found.items()}
