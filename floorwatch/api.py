"""Everything that a plugin may import, and nothing else. Cheap: no Textual, no pandas, no watchdog behind it."""

from floorwatch import spoken
from floorwatch.extend.command import Command, Happened, Open, Outcome, Prefilled, Request, Toast
from floorwatch.extend.panel import Needs, NoOptions, Panel
from floorwatch.extend.plugin import Plugin, Secret, SecretMissingError
from floorwatch.extend.report import Report, Span
from floorwatch.extend.rule import AlertRule
from floorwatch.extend.version import API_VERSION
from floorwatch.feeds.shapes import Decoder, Feed, FeedFormat, FeedHealth, FeedLine, FeedSource, RejectLine
from floorwatch.hookspecs import hookimpl
from floorwatch.model import events
from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.model.counts import INTERVAL_SECONDS, AgentCounts, QueueCounts, interval_of
from floorwatch.model.entities import Agent, AgentState, CallKey, Fact, Membership, Talk, Topic, Waiting
from floorwatch.model.events import EndedBy, Event, LeftHow, TransferKind
from floorwatch.model.metrics import METRICS, Figure, Metric, Unit, figure_of
from floorwatch.model.service_level import SERVICE_LEVELS, ServiceLevel, Volume, ratio
from floorwatch.model.snapshot import FeedState, FloorSnapshot, Scope
from floorwatch.model.targets import FloorRules, Target
from floorwatch.text import inert, masked
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
from floorwatch.words import _, _n, words_of

__all__ = [
    "API_VERSION",
    "INTERVAL_SECONDS", "METRICS", "SERVICE_LEVELS", "Agent", "AgentCounts", "AgentState", "Alert", "AlertRule",
    "AlertTone", "Align", "Axis", "Bars", "CallKey", "Cell", "Chart", "ChoiceField", "Column", "Command", "Decoder",
    "EndedBy", "Event", "Explain", "Fact", "Feed", "FeedFormat", "FeedHealth", "FeedLine", "FeedSource", "FeedState",
    "Field", "Figure", "FloorRules", "FloorSnapshot", "Form", "Happened", "Known", "LeftHow", "Level", "Line", "Mark",
    "Membership", "Metric", "Needs", "NoOptions", "Notice", "Open", "Option", "Outcome", "Panel", "PersonField",
    "Plugin", "Prefilled", "QueueCounts", "RaisedAlert", "RejectLine", "Report", "Request", "Row", "RowKind", "Scope",
    "Seat", "SeatMap", "Secret", "SecretMissingError", "Series", "SeriesForm", "ServiceLevel", "Span", "Stack",
    "Stretch", "Table", "Talk", "Target", "Text", "TextField", "Tile", "Tiles", "TimeField", "Timeline", "Toast",
    "Tone", "Topic", "Track", "TransferKind", "Unit", "View", "Volume", "Waiting", "_", "_n", "events", "figure_of",
    "hookimpl", "inert", "interval_of", "masked", "ratio", "spoken", "words_of",
]  # fmt: skip
