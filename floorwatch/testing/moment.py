"""A moment of a shift, and the sentences that can be said of it: every event of `floorwatch.api.events` has one.

Rules
- Each sentence adds what happens at this moment and returns the moment, so that sentences chain.
- `who` is a name or an id. A call that waits or talks in one queue only is found by its word; else `queue` says which.
- A sentence is held against the floor when the floor is asked for, since sentences may be said in any order.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from floorwatch.model import events
from floorwatch.model.events import EndedBy, Event, LeftHow, TransferKind
from floorwatch.model.live import EVERY_QUEUE
from floorwatch.testing.entering import Entering
from floorwatch.testing.rostering import Rostering
from floorwatch.testing.scene import Happening, Scene, Sentence
from floorwatch.testing.wall import Wall

_OURS = str(Path(__file__).parent)


class Moment(Entering, Rostering):
    """What happens at one time, epoch seconds UTC."""

    def __init__(
        self, at: float, wall: Wall, say: Callable[[Sentence], None], meet: Callable[..., str], *, misfits: bool = False
    ) -> None:
        """`meet` makes a person known by name, id, seat and team, and gives their id."""
        self.at = at
        self._wall = wall
        self._say = say
        self._meet = meet
        self._misfits = misfits

    # --- agents come and go ---

    def signs_in(  # what may be said of who comes, all but name and queues by name
        self,
        who: str,
        *queues: str,
        id: str | None = None,  # noqa: A002  # the floor's own word
        seat: str | None = None,
        team: str | None = None,
        paused: bool = False,
        device: str | None = None,
    ) -> Self:
        """The agent joins the queues; without any, they log on to the telephone system itself, at `device`."""
        key = self._meet(who, id, seat, team)
        if queues:
            return self._says(
                "signs_in", (who, *queues), lambda _now: [events.MemberAdded(self.at, key, q, paused) for q in queues]
            )
        return self._says("signs_in", (who,), lambda _now: [events.AgentSignedIn(self.at, key, device)])

    def signs_out(self, who: str, *queues: str, device: str | None = None) -> Self:
        """The agent leaves the queues; without any named, every queue they are in, and the telephone system."""

        def happens(now: Scene) -> Sequence[Event]:
            agent = now.agent(who)
            return [
                events.MemberRemoved(self.at, agent, queue)
                if queue != EVERY_QUEUE
                else events.AgentSignedOut(self.at, agent, device)
                for queue in queues or now.queues(who)
            ]

        return self._says("signs_out", (who, *queues), happens)

    def pauses(self, who: str, reason: str | None = None, *, queue: str | None = None) -> Self:
        """The agent takes no calls, of this queue or of any."""
        return self._says(
            "pauses", (who, reason), lambda now: [events.AgentPaused(self.at, now.agent(who), queue, reason)]
        )

    def resumes(self, who: str, *, queue: str | None = None) -> Self:
        """The agent takes calls again."""
        return self._says("resumes", (who,), lambda now: [events.AgentResumed(self.at, now.agent(who), queue)])

    def wraps_up(self, who: str, *, queue: str | None = None) -> Self:
        """After-call work begins."""
        return self._says("wraps_up", (who,), lambda now: [events.WrapUpStarted(self.at, now.agent(who), queue)])

    def is_done(self, who: str, *, queue: str | None = None) -> Self:
        """After-call work ends."""
        return self._says("is_done", (who,), lambda now: [events.WrapUpEnded(self.at, now.agent(who), queue)])

    def device_fails(self, who: str, reason: str | None = None) -> Self:
        """The agent's telephone does not work."""
        return self._says(
            "device_fails", (who, reason), lambda now: [events.DeviceFailed(self.at, now.agent(who), reason)]
        )

    def device_works(self, who: str) -> Self:
        """The agent's telephone works again."""
        return self._says("device_works", (who,), lambda now: [events.DeviceRestored(self.at, now.agent(who))])

    def ranks(self, who: str, penalty: int, *, queue: str | None = None) -> Self:
        """The agent's rank changes; a lower number is called first."""
        return self._says(
            "ranks", (who, penalty), lambda now: [events.PenaltyChanged(self.at, now.agent(who), penalty, queue)]
        )

    def rings_in_use(self, who: str, on: bool = True, *, queue: str | None = None) -> Self:
        """The agent is rung while on another call, or (`on` false) no longer."""
        return self._says(
            "rings_in_use", (who, on), lambda now: [events.RingInUseChanged(self.at, now.agent(who), on, queue)]
        )

    def called_out(  # what may be said of such a call, by name
        self,
        who: str,
        number: str | None = None,
        *,
        call: str = "out",
        queue: str | None = None,
        status: str | None = "ANSWER",
        talk_seconds: float | None = None,
    ) -> Self:
        """A call that the agent made for a queue has ended."""
        return self._says(
            "called_out",
            (who, number),
            lambda now: [events.OutboundCallEnded(self.at, call, now.agent(who), queue, status, talk_seconds, number)],
        )

    # --- calls ---

    def enters(
        self, call: str, queue: str, *, number: str | None = None, name: str | None = None, position: int | None = None
    ) -> Self:
        """A caller joins the queue."""
        return self._says(
            "enters", (call, queue), lambda _now: [events.CallEntered(self.at, call, queue, number, name, position)]
        )

    def rings(self, who: str, call: str, *, queue: str | None = None) -> Self:
        """The agent's telephone rings for the call."""
        return self._says(
            "rings",
            (who, call),
            lambda now: [events.CallRang(self.at, call, now.waits_in(call, queue), now.agent(who))],
        )

    def misses(self, who: str, call: str, ms: int | None = None, *, queue: str | None = None) -> Self:
        """The agent did not pick up after `ms` milliseconds; the caller waits on."""
        return self._says(
            "misses",
            (who, call),
            lambda now: [events.RingMissed(self.at, call, now.waits_in(call, queue), now.agent(who), ms)],
        )

    def stops_ringing(self, who: str, call: str, ms: int | None = None, *, queue: str | None = None) -> Self:
        """The ringing stopped for a reason that is not the agent's."""
        return self._says(
            "stops_ringing",
            (who, call),
            lambda now: [events.RingCancelled(self.at, call, now.waits_in(call, queue), now.agent(who), ms)],
        )

    def drops(self, who: str, call: str, *, queue: str | None = None) -> Self:
        """The agent hung up before the caller was put through; the caller waits on."""
        return self._says(
            "drops",
            (who, call),
            lambda now: [events.AnswerDropped(self.at, call, now.waits_in(call, queue), now.agent(who))],
        )

    def answers(self, who: str, call: str, *, queue: str | None = None, wait_seconds: float | None = None) -> Self:
        """Caller and agent are connected."""
        return self._says(
            "answers",
            (who, call),
            lambda now: [events.CallAnswered(self.at, call, now.waits_in(call, queue), now.agent(who), wait_seconds)],
        )

    def holds(self, *of: str, queue: str | None = None) -> Self:
        """The caller is put on hold. `of`: the agent, the call, or both."""
        return self._says("holds", of, lambda now: [events.CallHeld(self.at, *now.talk(of, queue))])

    def takes_back(self, *of: str, queue: str | None = None) -> Self:
        """The caller is taken back from hold. `of`: the agent, the call, or both."""
        return self._says("takes_back", of, lambda now: [events.CallResumed(self.at, *now.talk(of, queue))])

    def ends(
        self,
        *of: str,
        by: EndedBy | str | None = None,
        queue: str | None = None,
        talk_seconds: float | None = None,
    ) -> Self:
        """The talk ends by a hang-up. `of`: the call, the agent, or both; `by`: "caller" or "agent"."""
        who = None if by is None else EndedBy(by)
        return self._says(
            "ends",
            of,
            lambda now: [events.CallCompleted(self.at, *now.talk(of, queue), ended_by=who, talk_seconds=talk_seconds)],
        )

    hangs_up = ends

    def transfers(
        self,
        *of: str,
        to: str | None = None,
        kind: TransferKind | str = TransferKind.BLIND,
        queue: str | None = None,
        talk_seconds: float | None = None,
    ) -> Self:
        """The talk ends by a transfer. `of`: the agent, the call, or both; `kind`: "blind" or "attended"."""
        how = TransferKind(kind)
        return self._says(
            "transfers",
            of,
            lambda now: [events.CallTransferred(self.at, *now.talk(of, queue), how, to, talk_seconds=talk_seconds)],
        )

    def abandons(self, call: str, *, queue: str | None = None, wait_seconds: float | None = None) -> Self:
        """The caller hangs up while waiting."""
        return self._says(
            "abandons",
            (call,),
            lambda now: [events.CallAbandoned(self.at, call, now.waits_in(call, queue), wait_seconds=wait_seconds)],
        )

    def leaves(self, call: str, how: LeftHow | str, detail: str | None = None, *, queue: str | None = None) -> Self:
        """The caller leaves the queue another way: "timeout", "key", "empty", "withdrawn", "transferred"."""
        way = LeftHow(how)
        return self._says(
            "leaves",
            (call, way.value),
            lambda now: [events.CallLeft(self.at, call, now.waits_in(call, queue), way, detail)],
        )

    # --- the switch, and everything else ---

    def switch_restarts(self) -> Self:
        """The switch starts anew: every open call is lost at once."""
        return self._says("switch_restarts", (), lambda _now: [events.SwitchRestarted(self.at)])

    def switch_reloads(self) -> Self:
        """The switch reads its configuration again."""
        return self._says("switch_reloads", (), lambda _now: [events.SwitchReloaded(self.at)])

    def watch_begins(self) -> Self:
        """floorwatch has read what was there and begins to watch."""
        return self._says("watch_begins", (), lambda _now: [events.WatchBegan(self.at)])

    def compares(self, date: str, arrivals: Mapping[str, Sequence[int]], step_seconds: int = 300) -> Self:
        """floorwatch has read the same weekday of an earlier week, "2026-03-03": how many came, by queue, in each step
        from that day's beginning on."""
        numbers = {queue: tuple(each) for queue, each in arrivals.items()}
        return self._says(
            "compares",
            (date,),
            lambda now: [
                events.WeekdayRead(
                    self.at,
                    date=date,
                    compared_with=now.floor.rules.days.start_of(self.at),
                    step_seconds=step_seconds,
                    arrivals=numbers,
                )
            ],
        )

    def unknown(self, name: str, *data: str) -> Self:
        """An event whose name no decoder knows."""
        return self._says("unknown", (name, *data), lambda _now: [events.Unrecognised(self.at, name, data=data)])

    def custom(self, name: str, subject: str, **data: Any) -> Self:
        """A plugin's own state is noted: `floor.custom[name][subject]` is `data` from now on."""
        return self._says("custom", (name, subject), lambda _now: [events.Custom(self.at, name, subject, data)])

    def forgets(self, name: str, subject: str) -> Self:
        """A plugin's own state of this subject is forgotten."""
        return self._says("forgets", (name, subject), lambda _now: [events.Custom(self.at, name, subject, None)])

    def happens(self, *happened: Event) -> Self:
        """These events arrive now, whatever time they carry themselves."""
        names = tuple(type(event).__name__ for event in happened)
        return self._says("happens", names, lambda _now: happened)

    def _says(self, sentence: str, said: Sequence[object], happens: Happening) -> Self:
        words = ", ".join(repr(word) for word in said if word is not None)
        self._say(Sentence(self.at, f"{sentence}({words})", _place(), happens, self._misfits))
        return self


def _place() -> str:
    """File and line of the nearest frame that is not the kit's own."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_filename.startswith(_OURS):
        frame = frame.f_back
    return "" if frame is None else f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
