"""Everything that a plugin may import, and nothing else. Cheap: no Textual, no pandas, no watchdog behind it."""

from floorwatch import roster, spoken
from floorwatch.extend.command import Ask, Command, Happened, Open, Outcome, Prefilled, Request, Toast
from floorwatch.extend.document import Document, DocumentFormat, RejectDocument
from floorwatch.extend.panel import Needs, NoOptions, Panel
from floorwatch.extend.plugin import Plugin, Secret, SecretMissingError
from floorwatch.extend.report import Briefed, Over, Pasted, Report, Span, Spanned
from floorwatch.extend.rule import AlertRule
from floorwatch.extend.version import API_VERSION
from floorwatch.feeds import sheets
from floorwatch.feeds.shapes import Decoder, Feed, FeedFormat, FeedHealth, FeedLine, FeedSource, RejectLine
from floorwatch.hookspecs import hookimpl
from floorwatch.model import duty, events
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.model.counts import INTERVAL_SECONDS, AgentCounts, QueueCounts, interval_of
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
from floorwatch.model.grid import Grid, by_number
from floorwatch.model.metrics import METRICS, Figure, Metric, Unit, figure_of
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
    Snooze,
    Support,
    Visit,
    Walk,
)
from floorwatch.model.targets import FloorRules, Target
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
from floorwatch.words import _, _n, _p, words_of

__all__ = [
    "API_VERSION", "INTERVAL_SECONDS", "METRICS", "SERVICE_LEVELS", "Acknowledgement", "Agent", "AgentCounts",
    "AgentState", "Alert", "AlertRule", "AlertTone", "Align", "Ask", "Axis", "Bars", "Briefed", "CallKey", "Cell",
    "Chart", "ChoiceField", "Column", "Command", "Decoder", "Document", "DocumentFormat", "DutyRules", "EndedBy",
    "EndedTalk", "Entered", "Event", "Evidence", "Explain", "Fact", "Feed", "FeedFormat", "FeedHealth", "FeedLine",
    "FeedSource", "FeedState", "Field", "Figure", "FixedField", "FloorRules", "FloorSnapshot", "Form", "Grid",
    "Happened", "Help", "HelpState", "Incident", "Known", "LeftHow", "Level", "Line", "Mark", "Membership", "Metric",
    "Minimum", "MissedRing", "Needs", "NoOptions", "NoonRules", "Note", "NoteKind", "Notice", "Open", "Option",
    "Outcome", "Over", "Panel", "Pasted", "PeakRules", "People", "Person", "PersonField", "Plugin", "Prefilled",
    "QueueCounts", "RaisedAlert", "RejectDocument", "RejectLine", "Report", "Request", "Row", "RowKind", "Scope",
    "Seat", "SeatMap", "Secret", "SecretMissingError", "Series", "SeriesForm", "ServiceLevel", "Snooze", "Span",
    "Spanned", "Stack", "Stretch", "Support", "Table", "Talk", "Target", "Text", "TextField", "Tile", "Tiles",
    "TimeField", "Timeline", "Toast", "Tone", "Topic", "Track", "TransferKind", "Unit", "View", "Visit", "Volume",
    "Waiting", "Walk", "When", "_", "_n", "_p", "by_number", "duty", "events", "figure_of", "folded", "hookimpl",
    "inert", "interval_of", "masked", "ratio", "roster", "sheets", "spoken", "words_of",
]  # fmt: skip
