"""What people enter, as sentences of a moment: help, notes, visits, walks, incidents, call-backs, alerts, undoing.

Rules
- `who` is a name or an id of an agent, or any other word, which then stands as it is: whoever enters something may
  name anybody.
- A request is named by its id, or by who asks; a note by its id, or by whom it is about, or by its author: the newest.
- Each entry has an id, as the journal gives one: `entry`, or else one that is made. `by` is who enters it.
"""

from collections.abc import Callable, Sequence
from typing import Any, Self

from msgspec.structs import replace

from floorwatch.model import events
from floorwatch.model.events import Entered, NoteKind
from floorwatch.testing.scene import Happening, Scene


class Entering:
    """The sentences of people who support others. `Moment` has them all."""

    at: float

    # --- help ---

    def asks(self, who: str, question: str = "", *, by: str = "", entry: str = "", **said: Any) -> Self:
        """The agent asks for help. Without `by` and `entry` it comes from the telephone, as a feed brings it. `said`:
        other fields of `events.HelpRequested`: `seat`, `queue`, `call`."""

        def asked(now: Scene) -> Entered:
            return events.HelpRequested(self.at, agent=now.word_for(who), question=question, **said)

        if by or entry:
            return self._enters(("asks", who, question), by, entry, asked)
        return self._says("asks", (who, question), lambda now: [asked(now)])

    def takes(self, request: str, *, by: str, entry: str = "") -> Self:
        """Somebody goes to the agent who asks."""
        return self._enters(
            ("takes", request), by, entry, lambda now: events.HelpTaken(self.at, help=now.help(request))
        )

    def gives_back(self, request: str, *, by: str, entry: str = "") -> Self:
        """Whoever took the request gives it back."""
        return self._enters(
            ("gives_back", request), by, entry, lambda now: events.HelpReleased(self.at, help=now.help(request))
        )

    def helps(self, request: str, answer: str = "", *, by: str, entry: str = "") -> Self:
        """The request is answered."""
        return self._enters(
            ("helps", request, answer),
            by,
            entry,
            lambda now: events.HelpAnswered(self.at, help=now.help(request), answer=answer),
        )

    def needs_no_help(self, request: str, word: str = "", *, by: str, entry: str = "") -> Self:
        """The request is withdrawn."""
        return self._enters(
            ("needs_no_help", request, word), by, entry,
            lambda now: events.HelpWithdrawn(self.at, help=now.help(request), word=word),
        )  # fmt: skip

    # --- notes ---

    def note(
        self,
        who: str | None,
        kind: NoteKind | str,
        text: str = "",
        *,
        by: str,
        entry: str = "",
        **said: Any,
    ) -> Self:
        """A note about the agent (None: about nobody). `said`: other fields of `events.NoteTaken`, such as `tag`,
        `seat`, `call`, `follow_up`, and `due_at` in epoch seconds."""
        what = NoteKind(kind)
        return self._enters(
            ("note", who, what.value, text), by, entry,
            lambda now: events.NoteTaken(
                self.at, kind=what, agent=None if who is None else now.word_for(who), text=text, **said
            ),
        )  # fmt: skip

    def fault(
        self,
        who: str | None,
        system: str,
        symptom: str = "",
        *,
        by: str,
        entry: str = "",
        **said: Any,
    ) -> Self:
        """A system does not work where the agent sits (None: at a `seat`). `said`: other fields of
        `events.FaultReported`."""
        return self._enters(
            ("fault", who, system, symptom), by, entry,
            lambda now: events.FaultReported(
                self.at, system=system, symptom=symptom, agent=None if who is None else now.word_for(who), **said
            ),
        )  # fmt: skip

    def amends(self, note: str, *, by: str, entry: str = "", **said: Any) -> Self:
        """The note says something else. `said`: fields of `events.NoteAmended`."""
        return self._enters(
            ("amends", note), by, entry, lambda now: events.NoteAmended(self.at, note=now.note(note), **said)
        )

    def withdraws(self, note: str, word: str = "", *, by: str, entry: str = "") -> Self:
        """The note no longer holds."""
        return self._enters(
            ("withdraws", note, word),
            by,
            entry,
            lambda now: events.NoteWithdrawn(self.at, note=now.note(note), word=word),
        )

    def follows_up(self, note: str, outcome: str = "", *, by: str, entry: str = "") -> Self:
        """What the note left to be done is done."""
        return self._enters(
            ("follows_up", note, outcome), by, entry,
            lambda now: events.FollowUpDone(self.at, note=now.note(note), outcome=outcome),
        )  # fmt: skip

    # --- the walk ---

    def visits(self, who: str, *, by: str, seat: str | None = None, entry: str = "") -> Self:
        """Somebody was there, and there was nothing to note."""
        return self._enters(
            ("visits", who), by, entry, lambda now: events.SeatVisited(self.at, agent=now.word_for(who), seat=seat)
        )

    def passes(self, who: str, *, by: str, seat: str | None = None, entry: str = "") -> Self:
        """The agent is left out of the walk."""
        return self._enters(
            ("passes", who), by, entry, lambda now: events.SeatPassed(self.at, agent=now.word_for(who), seat=seat)
        )

    def walks(self, by: str, team: str | None = None, *, entry: str = "") -> Self:
        """Somebody begins to walk, through the floor or through one team."""
        return self._enters(("walks", by), by, entry, lambda _now: events.WalkBegan(self.at, team=team))

    def ends_walk(self, by: str, *, entry: str = "") -> Self:
        """The walk is over."""
        return self._enters(("ends_walk", by), by, entry, lambda _now: events.WalkEnded(self.at))

    # --- incidents, alerts, undoing ---

    def takes_incident(
        self,
        incident: str,
        *,
        by: str,
        owner: str = "",
        entry: str = "",
        **said: Any,
    ) -> Self:
        """Somebody owns what is suspected: `owner`, or whoever enters it. `said`: other fields of
        `events.IncidentTaken`."""
        return self._enters(
            ("takes_incident", incident), by, entry,
            lambda _now: events.IncidentTaken(self.at, incident=incident, owner=owner or by, **said),
        )  # fmt: skip

    def adds_evidence(self, incident: str, text: str, *, by: str, entry: str = "", **said: Any) -> Self:
        """More is known of an incident."""
        return self._enters(
            ("adds_evidence", incident, text), by, entry,
            lambda _now: events.EvidenceAdded(self.at, incident=incident, text=text, **said),
        )  # fmt: skip

    def closes_incident(self, incident: str, word: str, *, by: str, entry: str = "", **said: Any) -> Self:
        """The incident is over."""
        return self._enters(
            ("closes_incident", incident, word), by, entry,
            lambda _now: events.IncidentClosed(self.at, incident=incident, word=word, **said),
        )  # fmt: skip

    def calls_back(  # what may be said of a call-back, by name
        self,
        call: str,
        *,
        by: str,
        reached: bool = True,
        word: str = "",
        queue: str | None = None,
        entry: str = "",
    ) -> Self:
        """The caller of a call that was lost today is called back; without `reached` nobody picked up."""

        def returned(now: Scene) -> Entered:
            lost = now.lost(call, queue)
            return events.CallReturned(
                self.at, queue=lost.queue, call=lost.call, entered_at=lost.entered_at, reached=reached, word=word
            )

        return self._enters(("calls_back", call, word), by, entry, returned)

    def acknowledges(
        self, alert: str, *, by: str, owner: str = "", word: str = "", entry: str = "",
    ) -> Self:  # fmt: skip
        """Somebody sees to an alert, named by its id: `owner`, or whoever enters it."""
        return self._enters(
            ("acknowledges", alert), by, entry,
            lambda _now: events.AlertAcknowledged(self.at, alert=alert, owner=owner or by, word=word),
        )  # fmt: skip

    def snoozes(self, alert: str, seconds: float = 900.0, *, by: str, entry: str = "") -> Self:
        """An alert, named by its id, is not to be seen for a while."""
        return self._enters(
            ("snoozes", alert),
            by,
            entry,
            lambda _now: events.AlertSnoozed(self.at, alert=alert, until=self.at + seconds),
        )

    def undoes(self, what: str, *, by: str, entry: str = "") -> Self:
        """An entry, named by its id, is taken back."""
        return self._enters(("undoes", what), by, entry, lambda _now: events.EntryUndone(self.at, entry=what))

    def purges(self, before: float, *, by: str, entry: str = "") -> Self:
        """What was over before this moment (epoch seconds) is deleted."""
        return self._enters(("purges",), by, entry, lambda _now: events.NotesPurged(self.at, before=before))

    def _enters(self, said: tuple[str | None, ...], by: str, entry: str, makes: Callable[[Scene], Entered]) -> Self:
        name, *words = said
        return self._says(str(name), words, lambda now: [replace(makes(now), id=entry or now.new_entry, by=by)])

    def _says(self, sentence: str, said: Sequence[object], happens: Happening) -> Self:
        raise NotImplementedError
