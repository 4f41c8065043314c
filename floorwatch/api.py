"""Everything that a plugin may import, and nothing else. Cheap: no Textual, no pandas, no watchdog behind it."""

from floorwatch import roster, spoken
from floorwatch.extend.command import Ask, Command, Happened, Open, Outcome, Prefilled, Request, Toast
from floorwatch.extend.document import Document, DocumentFormat, RejectDocument
from floorwatch.extend.limits import StateAges, WorkLimits, steps_of
from floorwatch.extend.panel import Needs, NoOptions, Panel, Turning
from floorwatch.extend.plugin import Plugin, Secret, SecretMissingError
from floorwatch.extend.report import Briefed, Over, Pasted, Report, Span, Spanned
from floorwatch.extend.rule import AlertRule
from floorwatch.extend.version import API_VERSION
from floorwatch.feeds import sheets
from floorwatch.feeds.shapes import Decoder, Feed, FeedFormat, FeedHealth, FeedLine, FeedSource, RejectLine
from floorwatch.hookspecs import hookimpl
from floorwatch.model import duty, events
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.model.counts import INTERVAL_SECONDS, SHORT_SECONDS, AgentCounts, QueueCounts, interval_of
from floorwatch.model.duty_rules import DutyRules, Minimum, NoonRules, PeakRules, When
from floorwatch.model.entities import (
    Agent,
    AgentState,
    CallKey,
    EndedTalk,
    Fact,
    Membership,
    MissedRing,
    Talk,
    Topic,
    Waiting,
)
from floorwatch.model.events import EndedBy, Entered, Event, LeftHow, NoteKind, TransferKind
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.model.grid import Grid, by_number
from floorwatch.model.lost import LostCaller, LostCallers
from floorwatch.model.metrics import METRICS, Figure, Metric, Unit, figure_of, wait_ahead
from floorwatch.model.minutes import Interval, last_intervals, last_staffed
from floorwatch.model.past import Past, PastRing, PastState, PastTalk, PastVisit
from floorwatch.model.people import People, Person
from floorwatch.model.service_level import SERVICE_LEVELS, ServiceLevel, Volume, ratio
from floorwatch.model.snapshot import FeedState, FloorSnapshot, Scope
from floorwatch.model.support import (
    Acknowledgement,
    Evidence,
    Help,
    HelpState,
    Incident,
    Note,
    Returned,
    Snooze,
    Support,
    Visit,
    Walk,
)
from floorwatch.model.targets import FloorRules, Target
from floorwatch.model.weekday import WeekdayRead
from floorwatch.text import folded, inert, masked
from floorwatch.views import (
    Align,
    Axis,
    Bars,
    Cell,
    Chart,
    ChoiceField,
    Column,
    Explain,
    Field,
    FixedField,
    Form,
    Known,
    Level,
    Line,
    Mark,
    Notice,
    Option,
    PersonField,
    Row,
    RowKind,
    Seat,
    SeatMap,
    Series,
    SeriesForm,
    Stack,
    Stretch,
    Table,
    Text,
    TextField,
    Tile,
    Tiles,
    TimeField,
    Timeline,
    Tone,
    Track,
    View,
)
from floorwatch.views.shares import share_tone
from floorwatch.views.waits import wait_steps
from floorwatch.words import _, _n, _p, words_of

__all__ = [
    "API_VERSION", "INTERVAL_SECONDS", "METRICS", "NO_FOCUS", "SERVICE_LEVELS", "SHORT_SECONDS", "Acknowledgement",
    "Agent", "AgentCounts", "AgentState", "Alert", "AlertRule", "AlertTone", "Align", "Ask", "Axis", "Bars",
    "Briefed", "CallKey", "Cell", "Chart", "ChoiceField", "Column", "Command", "Decoder", "Document",
    "DocumentFormat", "DutyRules", "EndedBy", "EndedTalk", "Entered", "Event", "Evidence", "Explain", "Fact",
    "Feed", "FeedFormat", "FeedHealth", "FeedLine", "FeedSource", "FeedState", "Field", "Figure", "FixedField",
    "FloorRules", "FloorSnapshot", "Focus", "Form", "Grid", "Happened", "Help", "HelpState", "Incident", "Interval",
    "Known", "LeftHow", "Level", "Line", "LostCaller", "LostCallers", "Mark", "Membership", "Metric", "Minimum",
    "MissedRing", "Needs", "NoOptions", "NoonRules", "Note", "NoteKind", "Notice", "Open", "Option", "Outcome",
    "Over", "Panel", "Past", "PastRing", "PastState", "PastTalk", "PastVisit", "Pasted", "PeakRules", "People",
    "Person", "PersonField", "Plugin", "Prefilled", "QueueCounts", "RaisedAlert", "RejectDocument", "RejectLine",
    "Report", "Request", "Returned", "Row", "RowKind", "Scope", "Seat", "SeatMap", "Secret", "SecretMissingError",
    "Series", "SeriesForm", "ServiceLevel", "Snooze", "Span", "Spanned", "Stack", "StateAges", "Stretch", "Support",
    "Table", "Talk", "Target", "Text", "TextField", "Tile", "Tiles", "TimeField", "Timeline", "Toast", "Tone",
    "Topic", "Track", "TransferKind", "Turning", "Unit", "View", "Visit", "Volume", "Waiting", "Walk",
    "WeekdayRead", "When", "WorkLimits", "_", "_n", "_p", "by_number", "duty", "events", "figure_of", "folded",
    "hookimpl", "inert", "interval_of", "last_intervals", "last_staffed", "masked", "ratio", "roster", "share_tone",
    "sheets", "spoken", "steps_of", "wait_ahead", "wait_steps", "words_of",
]  # fmt: skip
