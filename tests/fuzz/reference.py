"""The reference floor: a slow, plain reading of the rules of docs/metrics.md, to hold floorwatch's fold against.

It imports nothing of floorwatch. Every visit and every talk is kept; the figures are counted from them
(`reference_figures`).

Rules
- The unit is a visit: one call in one queue, from one entry. It ends once: answered, abandoned, or another way.
- A talk ends once: by a hang-up or a transfer (it counts), or at a restart or by being lost (it does not).
- A visit counts on the business day of its entry, a talk where its call entered, or where it began if no entry was
  seen.
- A wait and a talk are as long as the feed says, else as long as from line to line; never less than nothing.
- On a call anywhere is on a call; paused is paused in every membership, for the reason of the pause that began last;
  a pause is part of a membership and ends with it. A queue that calls, or pauses, an agent has them as a member, though
  no line said that they joined (`member` is None).
- What does not fit changes nothing but the count of misfits, an answer without an entry apart: its talk is shown. What
  was said already, of this visit or of the one before, does not fit.
- After an attended transfer the call that comes is another than the one that entered: it takes the place of whoever
  entered when it must have (`_in_place`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import time, tzinfo

from tests.fuzz.queue_log_reading import NO_QUEUE, Refused, Said, said
from tests.fuzz.reference_things import EVERYWHERE, LONGEST_NAME, Agent, Feed, Key, Place, Talk, Visit

WAYS_OUT = {"EXITWITHTIMEOUT": "timeout", "EXITWITHKEY": "key", "EXITEMPTY": "empty", "WITHDRAW": "withdrawn"}
LONGEST_SECONDS = 1e9


class ReferenceFloor:
    """A floor that lines of queue logs are read into, one by one."""

    def __init__(
        self,
        zone: tzinfo,
        day_starts: time = time(),
        targets: Mapping[str, tuple[float, float]] | None = None,
        people: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`targets` are (T, s) of queues, in seconds; `people` are whom a word of a feed may mean."""
        self.zone, self.day_starts, self.targets = zone, day_starts, targets or {}
        self._people = people or {}
        self.visits: list[Visit] = []
        self.talks: list[Talk] = []
        self.waiting: dict[Key, Visit] = {}
        self.talking: dict[Key, Talk] = {}
        self._ended: dict[Key, Visit] = {}
        self._rings: list[tuple[str, str, str, str, float]] = []
        self.queues: set[str] = set()
        self.agents: dict[str, Agent] = {}
        self.feeds: dict[str, Feed] = {}

    # --- lines in ---

    def read(self, feed: str, received_at: float, raw: bytes) -> None:
        """One line of a feed, without its line end."""
        brought = self.feeds.setdefault(feed, Feed())
        brought.lines += 1
        brought.last_line_at = received_at
        try:
            line = said(raw, received_at)
        except Refused as why:
            brought.rejected[str(why)] += 1
            return
        if line is None:
            return
        if not line.is_known:
            brought.unknown(line.word[:LONGEST_NAME])
            return
        misfit = _MEANINGS[line.word](self, feed, line)
        if misfit is not None:
            brought.misfits[misfit] += 1

    def enters(self, feed: str, line: Said) -> str | None:
        """A visit begins. The same line again is none; another entry of a call that waits is a new visit, and the feed
        never said how the first one ended."""
        key, misfit = (line.queue, line.call), None
        before, last = self.waiting.get(key), self._ended.get(key)
        if before is not None:
            if before.entered_at == line.at or self._is_of_earlier(before, line.at):
                return "entry repeated"
            self._leaves(before, line.at, "lost", None)
            misfit = "entered twice"
        elif last is not None and line.at <= last.entered_at and last.entered_at < last.left_at:
            return "entry repeated"
        visit = Visit(feed, line.queue, line.call, line.caller, line.at, len(self.visits))
        self.visits.append(visit)
        self.waiting[key] = visit
        self.queues.add(line.queue)
        return misfit

    def connects(self, feed: str, line: Said) -> str | None:
        """A visit ends as answered, and a talk begins."""
        key, misfit = (line.queue, line.call), None
        visit, before, last = self.waiting.get(key), self.talking.get(key), self._ended.get(key)
        if visit is None:
            is_same = before is not None and before.agent == self._id(line)
            if is_same or (last is not None and line.at <= last.left_at):
                return "answer repeated"
            misfit = "answer without entry"
            if self._is_known(line):
                misfit, visit = "answer after transfer", self._in_place(feed, line)
        elif self._is_of_earlier(visit, line.at):
            return "answer repeated"
        agent = self._agent(line)
        if before is not None:
            self.feeds[feed].misfits["answered twice"] += 1
            self._hangs_up(before, line.at, "lost", None)
        if visit is not None:
            self._leaves(visit, line.at, "answered", line.wait)
        talk = Talk(feed, line.queue, line.call, agent.id, line.at, visit)
        if visit is not None:
            talk.feed, talk.caller = visit.feed, visit.caller
        self.talks.append(talk)
        self.talking[key] = talk
        self.queues.add(line.queue)
        agent.talks.append(key)
        agent.places.setdefault(line.queue, Place())
        self._settle(agent, line.at)
        return misfit

    def completes(self, _feed: str, line: Said) -> str | None:
        """A talk ends by a hang-up."""
        return self._ends(line, "completed")

    def transfers(self, _feed: str, line: Said) -> str | None:
        """A talk ends by a transfer: never the wait of a later entry."""
        return self._ends(line, "transferred")

    def leaves(self, feed: str, line: Said) -> str | None:
        """A visit ends without an answer."""
        visit, misfit = self.waiting.get((line.queue, line.call)), None
        if visit is not None and self._is_of_earlier(visit, line.at):
            return "left without entry"
        if visit is None:
            if (line.queue, line.call) in self._ended or not self._is_known(line):
                return "left without entry"
            misfit, visit = "left after transfer", self._in_place(feed, line)
        if visit is not None:
            self._leaves(visit, line.at, WAYS_OUT.get(line.word, "abandoned"), line.wait)
        return misfit

    def rings(self, _feed: str, line: Said) -> str | None:
        """The queue calls the agent: they are a member. A ring in vain that is said again is none."""
        ring = (line.queue, line.call, self._id(line), line.word, line.at)
        if line.word == "RINGNOANSWER":
            last = self._ended.get((line.queue, line.call))
            is_over = (line.queue, line.call) not in self.waiting and last is not None and line.at < last.left_at
            if is_over or ring in self._rings[-8:]:
                return "missed ring repeated"
        if line.word != "AGENTDUMP":
            self._rings.append(ring)
        agent = self._agent(line)
        self.queues.add(line.queue)
        agent.places.setdefault(line.queue, Place())
        self._settle(agent, line.at)
        return None

    def joins(self, _feed: str, line: Said) -> str | None:
        """The agent becomes a member, paused or not."""
        agent = self._agent(line)
        self.queues.add(line.queue)
        if line.queue in agent.places and agent.places[line.queue].member:
            return "member added twice"
        is_paused = line.data[:1] == ("PAUSED",)
        agent.places[line.queue] = Place(True, is_paused, None, line.at)
        self._settle(agent, line.at)
        return None

    def goes(self, _feed: str, line: Said) -> str | None:
        """The agent is no member any more; a pause ends, a talk does not."""
        agent = self._agent(line)
        self.queues.add(line.queue)
        if line.queue in agent.places and agent.places[line.queue].member is False:
            return "member removed twice"
        agent.places[line.queue] = Place(False)
        self._settle(agent, line.at)
        return None

    def pauses(self, _feed: str, line: Said) -> None:
        """The agent takes no calls of the queue, or of any. Of one who is paused, the reason changes."""
        agent = self._agent(line)
        for queue in self._meant(agent, line.queue):
            place = agent.places.setdefault(queue, Place())
            if place.member is False:
                place.member = None
            if not place.paused:
                place.paused, place.since = True, line.at
            place.reason = "|".join(line.data).rstrip("|") or None
        self._settle(agent, line.at)

    def resumes(self, _feed: str, line: Said) -> str | None:
        """The agent takes calls of the queue, or of all, again."""
        agent = self._agent(line)
        meant = [agent.places.setdefault(queue, Place()) for queue in self._meant(agent, line.queue)]
        was_paused = any(place.paused for place in meant)
        for place in meant:
            place.paused, place.reason = False, None
        self._settle(agent, line.at)
        return None if was_paused else "resume without pause"

    def signs_in(self, _feed: str, line: Said) -> None:
        """The agent is at the telephone system, whatever the queues."""
        agent = self._agent(line)
        agent.places[EVERYWHERE] = Place(True)
        self._settle(agent, line.at)

    def signs_out(self, _feed: str, line: Said) -> None:
        """The agent is gone; memberships that a line announced end by a line of their own."""
        agent = self._agent(line)
        for queue, place in agent.places.items():
            if queue == EVERYWHERE or not place.member:
                agent.places[queue] = Place(False)
        agent.places[EVERYWHERE] = Place(False)
        self._settle(agent, line.at)

    def is_tuned(self, _feed: str, line: Said) -> None:
        """A setting, or a call that the agent made: they are known."""
        self._agent(line)

    def restarts(self, feed: str, line: Said) -> None:
        """Every open call of the feed is lost; members and pauses stay."""
        for visit in [visit for visit in self.waiting.values() if visit.feed == feed]:
            self._leaves(visit, line.at, "restart", None)
        for talk in [talk for talk in self.talking.values() if talk.feed == feed]:
            self._hangs_up(talk, line.at, "restart", None)

    def reloads(self, _feed: str, _line: Said) -> None:
        """Nothing."""

    # --- what they come to ---

    def _ends(self, line: Said, how: str) -> str | None:
        talk = self.talking.get((line.queue, line.call))
        if talk is None or self._has_ended_before(talk, line):
            return "end without talk"
        self._hangs_up(talk, line.at, how, line.talk)
        return None

    def _is_of_earlier(self, visit: Visit, at: float) -> bool:
        """Whether a line of this moment is of the visit before this one, and was said already."""
        last = self._ended.get((visit.queue, visit.call))
        return last is not None and at < visit.entered_at and at <= last.left_at

    def _has_ended_before(self, talk: Talk, line: Said) -> bool:
        """Whether this is the end of an earlier talk, said again: that agent ended it at this very moment."""
        agent = self.agents.get(self._id(line))
        last = None if agent is None else agent.last_talk
        return (
            last is not None
            and line.at < talk.since
            and (last.queue, last.call, last.ended_at) == (line.queue, line.call, line.at)
        )

    def _is_known(self, line: Said) -> bool:
        """Whether the call is open anywhere, or was in another queue."""
        is_open = any(call == line.call for _queue, call in (*self.waiting, *self.talking))
        return is_open or any(call == line.call and queue != line.queue for queue, call in self._ended)

    def _in_place(self, feed: str, line: Said) -> Visit | None:
        """After an attended transfer the call goes on in the place of whoever waits there for it: the only one who came
        when the line says that the call did, to the second."""
        if line.wait is None:
            return None
        came = line.at - line.wait
        there = [visit for visit in self.waiting.values() if (visit.feed, visit.queue) == (feed, line.queue)]
        found = [visit for visit in there if abs(visit.entered_at - came) <= 1.0]
        if len(found) != 1:
            return None
        (visit,) = found
        del self.waiting[visit.queue, visit.call]
        talks = [talk for talk in self.talking.values() if talk.call == line.call]
        visit.call, visit.caller = line.call, talks[0].caller if talks else None
        self.waiting[visit.queue, visit.call] = visit
        return visit

    def _leaves(self, visit: Visit, at: float, how: str, seconds: float | None) -> None:
        key = (visit.queue, visit.call)
        visit.left_at, visit.how = at, how
        visit.seconds = _length(seconds, at - visit.entered_at)
        self._ended[key] = self.waiting.pop(key)

    def _hangs_up(self, talk: Talk, at: float, how: str, seconds: float | None) -> None:
        talk.how, talk.seconds, talk.ended_at = how, _length(seconds, at - talk.since), at
        del self.talking[talk.queue, talk.call]
        agent = self.agents[talk.agent]
        agent.last_talk = talk
        agent.talks.remove((talk.queue, talk.call))
        self._settle(agent, at)

    def _meant(self, agent: Agent, queue: str) -> list[str]:
        """The queue that a line names, else all that the agent is in."""
        if queue not in NO_QUEUE:
            self.queues.add(queue)
            return [queue]
        return [name for name, place in agent.places.items() if place.member is not False] or [EVERYWHERE]

    def _id(self, line: Said) -> str:
        """Who is meant. Of several with one name: the only member of the queue, else the only one who ever was, else
        nobody of them, and the name stands for itself."""
        meant = self._people.get(line.agent, (line.agent,))
        if len(meant) == 1:
            return meant[0]
        places = {each: self.agents[each].places.get(line.queue) for each in meant if each in self.agents}
        known = [each for each, place in places.items() if place is not None]
        members = [each for each, place in places.items() if place is not None and place.member is not False]
        if len(members) == 1:
            return members[0]
        return known[0] if not members and len(known) == 1 else line.agent

    def _agent(self, line: Said) -> Agent:
        key = self._id(line)
        return self.agents.setdefault(key, Agent(key))

    def _settle(self, agent: Agent, at: float) -> None:
        """What the agent does now; another state, or another reason, begins at `at`."""
        state, reason = self._doing(agent)
        if (state, reason) != (agent.state, agent.reason):
            agent.state, agent.reason, agent.since = state, reason, at

    def _doing(self, agent: Agent) -> tuple[str, str | None]:
        if agent.talks:
            return "on_call", None
        if not agent.places:
            return "unknown", None
        held = [place for place in agent.places.values() if place.member is not False]
        if any(not place.paused for place in held):
            return "available", None
        return ("paused", max(held, key=lambda place: place.since).reason) if held else ("signed_out", None)


_MEANINGS: dict[str, Callable[[ReferenceFloor, str, Said], str | None]] = {
    "ENTERQUEUE": ReferenceFloor.enters,
    "CONNECT": ReferenceFloor.connects,
    "COMPLETECALLER": ReferenceFloor.completes,
    "COMPLETEAGENT": ReferenceFloor.completes,
    "TRANSFER": ReferenceFloor.transfers,
    "BLINDTRANSFER": ReferenceFloor.transfers,
    "ATTENDEDTRANSFER": ReferenceFloor.transfers,
    "ABANDON": ReferenceFloor.leaves,
    "EXITWITHTIMEOUT": ReferenceFloor.leaves,
    "EXITWITHKEY": ReferenceFloor.leaves,
    "EXITEMPTY": ReferenceFloor.leaves,
    "WITHDRAW": ReferenceFloor.leaves,
    "RINGNOANSWER": ReferenceFloor.rings,
    "RINGCANCELED": ReferenceFloor.rings,
    "AGENTDUMP": ReferenceFloor.rings,
    "ADDMEMBER": ReferenceFloor.joins,
    "REMOVEMEMBER": ReferenceFloor.goes,
    "PAUSE": ReferenceFloor.pauses,
    "UNPAUSE": ReferenceFloor.resumes,
    "PENALTY": ReferenceFloor.is_tuned,
    "RINGINUSE": ReferenceFloor.is_tuned,
    "AGENTLOGIN": ReferenceFloor.signs_in,
    "AGENTLOGOFF": ReferenceFloor.signs_out,
    "OUTCALL": ReferenceFloor.is_tuned,
    "QUEUESTART": ReferenceFloor.restarts,
    "CONFIGRELOAD": ReferenceFloor.reloads,
}


def _length(figure: float | None, between: float) -> float:
    return min(LONGEST_SECONDS, max(0.0, between if figure is None else figure))
