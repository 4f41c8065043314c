"""What calls for a person: what a rule says is true now, and what the host made of it."""

from enum import StrEnum

from msgspec import Struct


class AlertTone(StrEnum):
    """How urgent an alert is, the least urgent first."""

    NOTICE = "notice"
    WARN = "warn"
    ALARM = "alarm"


class Alert(Struct, frozen=True):
    """What a rule finds true at one moment.

    `subject` is what it is about and stays the same while it lasts ("queue:support", "agent:1007"); `since` is when it
    began by the floor (epoch seconds; its age is shown); `playbook` says what to do in one line; `command` names the
    command that acts on it. One that is a `red_line` cannot be snoozed.
    """

    subject: str
    text: str
    tone: AlertTone = AlertTone.WARN
    since: float | None = None
    playbook: str = ""
    command: str = ""
    red_line: bool = False


class RaisedAlert(Struct, frozen=True):
    """An alert that the host holds up. Its id is (rule, subject, raised_at); times are instants of the rule grid."""

    rule: str
    alert: Alert
    raised_at: float
    cleared_at: float | None = None

    @property
    def id(self) -> str:
        """The alert's identity as text."""
        return f"{self.rule}/{self.alert.subject}/{self.raised_at:.0f}"
