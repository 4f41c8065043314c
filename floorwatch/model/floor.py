"""The floor: the one place where events become state, and where state becomes a snapshot.

Rules
- `apply` looks the fold up by the event's type; the table is complete over all events (a test holds it).
- A snapshot shares frozen entries with the floor and copies only what was touched since the last one.
- The same events in the same order give the same floor, whenever they come.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from copy import copy
from math import inf
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.model import events, fold_agents, fold_calls, fold_duty, fold_entered, fold_support, fold_switch
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.duty import Duty
from floorwatch.model.entities import CallKey, Fact, Topic, Waiting
from floorwatch.model.entry_log import Done
from floorwatch.model.events import Event
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.model.forgetting import AGENT_DAYS, forget, is_too_much, shorten
from floorwatch.model.history import History
from floorwatch.model.ledger import Ledger, count_name
from floorwatch.model.live import KeptLive, Live
from floorwatch.model.past import Past
from floorwatch.model.people import People
from floorwatch.model.readings import Readings
from floorwatch.model.snapshot import FeedState, FloorSnapshot
from floorwatch.model.support import Overtaken, Support
from floorwatch.model.targets import FloorRules
from floorwatch.model.weekday import WeekdayRead

DAY_SECONDS = 86_400
CLEARED_KEPT = 2_000
"""Alerts of a day that are over and still remembered: two for each seat of a floor of 1,000."""

Fold = Callable[[Live, Any, str], frozenset[Topic]]
Key = TypeVar("Key")
Counts = TypeVar("Counts")

FOLDS: Mapping[type[Event], Fold] = {
    events.CallEntered: fold_calls.call_entered,
    events.CallAnswered: fold_calls.call_answered,
    events.CallCompleted: fold_calls.call_completed,
    events.CallTransferred: fold_calls.call_transferred,
    events.CallAbandoned: fold_calls.call_abandoned,
    events.CallLeft: fold_calls.call_left,
    events.CallHeld: fold_calls.call_held,
    events.CallResumed: fold_calls.call_resumed,
    events.CallRang: fold_agents.call_rang,
    events.RingMissed: fold_agents.ring_missed,
    events.RingCancelled: fold_agents.ring_cancelled,
    events.AnswerDropped: fold_agents.answer_dropped,
    events.MemberAdded: fold_agents.member_added,
    events.MemberRemoved: fold_agents.member_removed,
    events.AgentPaused: fold_agents.agent_paused,
    events.AgentResumed: fold_agents.agent_resumed,
    events.AgentSignedIn: fold_agents.agent_signed_in,
    events.AgentSignedOut: fold_agents.agent_signed_out,
    events.WrapUpStarted: fold_agents.wrap_up_started,
    events.WrapUpEnded: fold_agents.wrap_up_ended,
    events.DeviceFailed: fold_agents.device_failed,
    events.DeviceRestored: fold_agents.device_restored,
    events.PenaltyChanged: fold_agents.member_tuned,
    events.RingInUseChanged: fold_agents.member_tuned,
    events.OutboundCallEnded: fold_agents.outbound_call_ended,
    events.SwitchRestarted: fold_switch.switch_restarted,
    events.SwitchReloaded: fold_switch.switch_reloaded,
    events.WatchBegan: fold_switch.watch_began,
    events.Unrecognised: fold_switch.unrecognised,
    events.Custom: fold_switch.custom,
    events.WeekdayRead: fold_switch.weekday_read,
    events.HelpRequested: fold_support.help_requested,
    events.HelpTaken: fold_support.help_taken,
    events.HelpReleased: fold_support.help_released,
    events.HelpAnswered: fold_support.help_answered,
    events.HelpWithdrawn: fold_support.help_withdrawn,
    events.NoteTaken: fold_support.note_taken,
    events.FaultReported: fold_support.fault_reported,
    events.NoteAmended: fold_support.note_amended,
    events.NoteWithdrawn: fold_support.note_withdrawn,
    events.FollowUpDone: fold_support.follow_up_done,
    events.SeatVisited: fold_support.seat_visited,
    events.SeatPassed: fold_support.seat_passed,
    events.WalkBegan: fold_support.walk_began,
    events.WalkEnded: fold_support.walk_ended,
    events.IncidentTaken: fold_support.incident_taken,
    events.EvidenceAdded: fold_support.evidence_added,
    events.IncidentClosed: fold_support.incident_closed,
    events.CallReturned: fold_support.call_returned,
    events.AlertAcknowledged: fold_support.alert_acknowledged,
    events.AlertSnoozed: fold_support.alert_snoozed,
    events.EntryUndone: fold_entered.entry_undone,
    events.NotesPurged: fold_entered.notes_purged,
    events.DocumentRead: fold_duty.document_read,
    events.DocumentRefused: fold_duty.document_refused,
    events.DocumentGone: fold_duty.document_gone,
    events.AttendanceMarked: fold_duty.attendance_marked,
    events.ExceptionExcused: fold_duty.exception_excused,
    events.LeaveRequested: fold_duty.leave_requested,
    events.SwapRequested: fold_duty.swap_requested,
    events.RequestTicked: fold_duty.request_ticked,
    events.RequestRefused: fold_duty.request_refused,
    events.ShiftAssigned: fold_duty.shift_assigned,
    events.AgentTold: fold_duty.agent_told,
    events.DutyWithdrawn: fold_duty.duty_withdrawn,
}


class KeptFloor(Struct, frozen=True):
    """A floor as plain values, but for what is set from outside: alerts, who looks, what they want to see."""

    gives: frozenset[Fact]
    live: KeptLive


class Floor:
    """The state of one floor, changed by `apply` alone."""

    def __init__(
        self,
        rules: FloorRules,
        people: People | None = None,
        gives: frozenset[Fact] = frozenset(),
        queues: Sequence[str] = (),
    ) -> None:
        self._live = Live(rules, people or People())
        self._configured = tuple(queues)
        self._gives = gives
        self._touched: set[frozenset[Topic]] = set()
        self._last: FloorSnapshot | None = None
        self._alerts: tuple[RaisedAlert, ...] = ()
        self._cleared: tuple[RaisedAlert, ...] = ()
        self._alerts_known = True
        self._me = ""
        self._focus = NO_FOCUS

    @property
    def history(self) -> History:
        """Everything that has ended."""
        return self._live.history

    @property
    def waiting(self) -> Mapping[CallKey, Waiting]:
        """Who waits, live, for whoever looks between two events."""
        return self._live.waiting

    def apply(self, event: Event, feed: str = "") -> frozenset[Topic]:
        """Fold one event of a feed and say which topics it touched."""
        topics = FOLDS[type(event)](self._live, event, feed)
        self._touched.add(topics)
        return topics

    def take(self, feed: str, at: float, happened: Sequence[Event], rejected: str | None = None) -> None:
        """Fold a line of a feed that was received at `at`: its events, or why it was refused."""
        live, touched = self._live, self._touched
        ledger = live.feeds[feed]
        ledger.lines += 1
        ledger.last_line_at = at
        if ledger.first_line_at is None and at > -inf:
            ledger.first_line_at = at
        touched.add(fold_calls.MISFIT)
        for event in happened:
            touched.add(FOLDS[type(event)](live, event, feed))
        if rejected is not None:
            count_name(ledger.rejected, rejected)

    def give(self, facts: frozenset[Fact]) -> None:
        """Another feed joins that can tell these facts."""
        self._gives |= facts
        self._touched.add(frozenset(Topic))

    def kept(self, readings: Readings) -> KeptFloor:
        """All of it as plain values, to be written down at once: what is in them goes on with the floor."""
        return KeptFloor(self._gives, self._live.kept(readings))

    def take_up(self, kept: KeptFloor, history: History, readings: Readings) -> None:
        """Go on from what was kept: on a floor that nothing was folded into, with the first rows of a complete history.
        Raises LookupError and ValueError where the history, or a reading, is not there: the floor is not to be used."""
        self._gives = kept.gives
        self._live.take_up(kept.live, history, readings)
        self._touched.add(frozenset(Topic))

    def hold_alerts(
        self, alerts: tuple[RaisedAlert, ...], cleared: tuple[RaisedAlert, ...], *, known: bool = True
    ) -> None:
        """What is known to be up, the most urgent first, and to be over: `set_alerts` goes on from there. Not `known`:
        there may be others."""
        if (alerts, cleared, known) != (self._alerts, self._cleared, self._alerts_known):
            self._alerts, self._cleared, self._alerts_known = alerts, cleared, known
            self._touched.add(frozenset({Topic.ALERTS}))

    def set_alerts(self, alerts: tuple[RaisedAlert, ...], at: float) -> None:
        """What the host holds up from the instant `at` of the rule grid on; part of the next snapshots."""
        if alerts != self._alerts:
            self._cleared = (*self._cleared, *over(self._alerts, alerts, at))[-CLEARED_KEPT:]
            self._alerts = alerts
            self._touched.add(frozenset({Topic.ALERTS}))

    def set_back(self, at: float) -> None:
        """The clock was set back to `at`: no feed has brought its last line later than now."""
        for ledger in self._live.feeds.values():
            if ledger.last_line_at is not None and ledger.last_line_at > at:
                ledger.last_line_at = at
                self._touched.add(fold_calls.MISFIT)

    @property
    def holds_too_much(self) -> bool:
        """Whether more has ended than is kept of two days (`forgetting`)."""
        return is_too_much(self._live)

    def make_room(self) -> None:
        """Let go the oldest of what ended: more came than is kept of two days. Counters stay."""
        shorten(self._live, -inf)
        self._touched.add(frozenset(Topic))

    def forget(self, now: float) -> None:
        """Let go what nobody looks back to from the business day of `now`: see `forgetting`."""
        days = self._live.rules.days
        before = days.start_of(days.start_of(now) - 1)
        forget(self._live, now, before, before - AGENT_DAYS * DAY_SECONDS, set(self._configured))
        last = self._last
        if last is not None:
            self._last = replace(
                last,
                day_counts=_from(before, last.day_counts),
                interval_counts=_from(before, last.interval_counts),
                agent_counts=_from(before, last.agent_counts),
            )
        self._touched.add(frozenset(Topic))

    def set_me(self, me: str) -> None:
        """Who looks at the floor from now on."""
        if me != self._me:
            self._me = me
            self._touched.add(frozenset(Topic))

    def set_focus(self, focus: Focus) -> None:
        """What whoever looks wants to see alone from now on."""
        if focus != self._focus:
            self._focus = focus if focus != NO_FOCUS else NO_FOCUS
            self._touched.add(frozenset(Topic))

    def overtaken(self, entry: str) -> Overtaken | None:
        """Why the journal's entry of this id changed nothing, if somebody else was first."""
        return self._live.entries.overtaken(entry)

    @property
    def support(self) -> Support:
        """Seat support as of the last event, for whoever cannot wait for a snapshot."""
        return self._live.support.snapshot()

    @property
    def duty(self) -> Duty:
        """Attendance and rosters as of the last event, for whoever cannot wait for a snapshot."""
        return self._live.duty.snapshot()

    def what_was_done(self, entry: str) -> Done | None:
        """What this entry did, while it can still be undone."""
        return self._live.entries.what_was_done(entry)

    def last_entry_of(self, by: str) -> tuple[str, str] | None:
        """This person's last entry that can still be undone: its id, and the name of its event."""
        return self._live.entries.last_of(by)

    def touched(self) -> frozenset[Topic]:
        """Topics touched since the last snapshot."""
        return frozenset().union(*self._touched)

    def snapshot(self, now: float) -> FloorSnapshot:
        """The floor at `now`, which is not before the last event's time of receipt."""
        live, last, topics = self._live, self._last, self.touched()
        counted = live.touched_periods
        calls = last is None or Topic.CALLS in topics
        agents = last is None or Topic.AGENTS in topics
        seen = dict(live.agents) if last is None or agents else last.agents
        snapshot = FloorSnapshot(
            at=now,
            rules=live.rules,
            gives=self._gives,
            waiting=dict(live.waiting) if last is None or calls else last.waiting,
            talks=dict(live.talks) if last is None or calls else last.talks,
            agents=seen,
            queue_names=self._queue_names(),
            day_counts=_refreshed(
                live.day_counts, None if last is None else last.day_counts, {period.day_key for period in counted}
            ),
            interval_counts=_refreshed(
                live.interval_counts,
                dict(live.interval_counts) if last is None else last.interval_counts,
                {period.interval_key for period in counted},
            ),
            agent_counts=_refreshed(
                live.agent_counts,
                dict(live.agent_counts) if last is None else last.agent_counts,
                live.take_touched_agents(),
            ),
            feeds={name: _feed_state(name, ledger) for name, ledger in live.feeds.items()},
            custom=dict(live.custom),
            alerts=self._alerts,
            cleared_alerts=self._cleared_today(now),
            alerts_known=self._alerts_known,
            support=live.support.snapshot(),
            duty=live.duty.snapshot(),
            spells=live.presences.snapshot(seen, live.talks) if last is None or agents else last.spells,
            people=live.people,
            missed_rings=tuple(live.missed_rings) if last is None or agents else last.missed_rings,
            me=self._me,
            focus=self._focus,
            past=Past(live.history),
            weekday=self._weekday(now),
        )
        self._touched.clear()
        live.touched_periods.clear()
        self._last = snapshot
        return snapshot

    def _weekday(self, now: float) -> WeekdayRead | None:
        """What there is to compare the business day of `now` with."""
        read = self._live.weekday
        return read if read is not None and read.compared_with == self._live.rules.days.start_of(now) else None

    def _cleared_today(self, now: float) -> tuple[RaisedAlert, ...]:
        self._cleared = _since(self._cleared, self._live.rules.days.start_of(now))
        return self._cleared

    def _queue_names(self) -> tuple[str, ...]:
        """Configured queues in their order, then those seen, by name."""
        seen = sorted(queue for queue in self._live.queues if queue not in self._configured)
        return (*self._configured, *seen)


def _refreshed(
    live: Mapping[Key, Counts], last: Mapping[Key, Counts] | None, touched: Set[Key]
) -> Mapping[Key, Counts]:
    """The last snapshot's counters with copies of the touched ones in their place."""
    if last is None:
        return {key: copy(counts) for key, counts in live.items()}
    return {**last, **{key: copy(live[key]) for key in touched}} if touched else last


def _from(start: float, counts: Mapping[tuple[str, float], Counts]) -> Mapping[tuple[str, float], Counts]:
    return {key: each for key, each in counts.items() if key[1] >= start}


def over(before: tuple[RaisedAlert, ...], after: tuple[RaisedAlert, ...], at: float) -> tuple[RaisedAlert, ...]:
    """Those that stood there before and do not any more."""
    up = {raised.id for raised in after}
    return tuple(replace(raised, cleared_at=max(at, raised.raised_at)) for raised in before if raised.id not in up)


def _since(alerts: tuple[RaisedAlert, ...], day_start: float) -> tuple[RaisedAlert, ...]:
    """Those that were cleared on this day; the same tuple where all were."""
    if not alerts or (alerts[0].cleared_at or day_start) >= day_start:
        return alerts
    return tuple(each for each in alerts if (each.cleared_at or day_start) >= day_start)


def _feed_state(name: str, ledger: Ledger) -> FeedState:
    return FeedState(
        name,
        ledger.lines,
        ledger.last_line_at,
        dict(ledger.rejected),
        dict(ledger.unknown_events),
        dict(ledger.misfits),
        ledger.first_line_at,
    )
