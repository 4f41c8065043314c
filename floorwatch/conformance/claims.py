"""What any plugin can be held against, in plain words: the claims by kind, in the order in which a report lists them.

Every claim has its line in docs/plugins/conformance.md.
"""

from enum import StrEnum


class PanelClaim(StrEnum):
    """What holds of every panel."""

    DECLARED = "its declaration is sound"
    OPTIONS = "its options all have a default"
    COMES_BACK = "comes back from every call"
    EMPTY = "builds on an empty floor"
    SAMPLES = "builds on every sample at five moments"
    MADE = "bears Chinese names, hostile text and facts that are missing"
    LARGE = "builds at 1,000 seats"
    VIEW = "gives a view whose values are of their types"
    KEYS = "keys are unique in each table, map and timeline"
    CELLS = "every row has a cell under each column"
    PARENTS = "every parent is a group of the same table"
    PLACES = "the parts of its views fit together"
    EQUAL = "equal floors give equal views"
    ALONE = "asks the floor alone: no clock, no chance, no file"
    READS = "reads only what it declares"
    METRICS = "declares the metrics that it shows"
    CHANGES = "changes nothing"
    NARROW = "columns that never drop fit a terminal of 40 columns"
    WIDTHS = "is drawn at 40 to 200 columns"
    DETAIL = "opens a detail of every row"
    UNKNOWN_ROW = "answers for a row that is gone"
    SPEED = "in time at 1,000 seats"


class FormatClaim(StrEnum):
    """What holds of every feed format."""

    DECLARED = "its declaration is sound"
    DECODER = "makes a decoder"
    COMES_BACK = "comes back from every call"
    OWN = "knows its samples (sniff above 0.5)"
    OTHERS = "takes nothing else for its own (sniff below 0.5)"
    SNIFF = "sniffs any bytes, as a number from 0 to 1"
    EVENTS = "gives events for its samples"
    SOUND = "gives events of known types with sound values"
    REFUSES = "refuses what it cannot read by RejectLine alone"
    REASONS = "says few reasons, the same for like lines"
    SPLITS = "gives the same events however the bytes are cut"
    APART = "decoders share no state"
    ALONE = "asks the line alone: no clock, no chance, no file"
    TIME_TOTAL = "tells the time of any bytes, or None"
    TIME = "tells the time that its events have"
    CARRIES = "says of any bytes whether they carry over midnight"
    GIVES = "gives the facts that its events tell"


class DocumentClaim(StrEnum):
    """What holds of every document format."""

    DECLARED = "its declaration is sound"
    OPTIONS = "its options all have a default"
    COMES_BACK = "comes back from every call"
    OWN = "knows its samples (sniff above 0.5)"
    OTHERS = "takes nothing else for its own (sniff below 0.5)"
    SNIFF = "sniffs any bytes, as a number from 0 to 1"
    READS = "reads its samples, and something in each"
    SOUND = "gives a reading with sound values"
    DATES = "dates are dates, and hours follow one another"
    PEOPLE = "names everybody of whom it says something, once"
    REFUSES = "refuses what it cannot read by RejectDocument alone"
    REASONS = "says where it left something out, and why, in one line"
    EQUAL = "equal documents give equal readings"
    ALONE = "asks the document alone: no clock, no chance, no file"


class MetricClaim(StrEnum):
    """What holds of every metric."""

    DECLARED = "its declaration is sound"
    COMES_BACK = "comes back from every call"
    TOTAL = "has a figure, or None, for every floor and scope"
    FIGURE = "gives a Figure with a number or None"
    NOTHING = "a share of nothing is None"
    EQUAL = "equal floors give equal figures"
    ALONE = "asks the floor alone: no clock, no chance, no file"
    CHANGES = "changes nothing"
    SIBLINGS = "its siblings are there"


class RuleClaim(StrEnum):
    """What holds of every alert rule."""

    DECLARED = "its declaration is sound"
    OPTIONS = "its options all have a default"
    COMES_BACK = "comes back from every call"
    EMPTY = "answers on an empty floor"
    SAMPLES = "answers on every sample at five moments"
    MADE = "bears Chinese names, hostile text and facts that are missing"
    LARGE = "answers at 1,000 seats"
    ALERTS = "says alerts whose values are of their types"
    SUBJECTS = "says one alert a subject, and names it"
    SINCE = "no alert begins in the future"
    WORDS = "its words can be read in one line"
    COMMANDS = "names commands that are there"
    EQUAL = "equal floors give equal alerts"
    ALONE = "asks the floor alone: no clock, no chance, no file"
    CHANGES = "changes nothing"
    SPEED = "in time at 1,000 seats"


class CommandClaim(StrEnum):
    """What holds of every command."""

    DECLARED = "its declaration is sound"
    OPTIONS = "its options all have a default"
    COMES_BACK = "comes back from every call"
    NO_ROW = "runs without a row"
    ROWS = "runs on the rows that it stands on"
    GONE = "bears a row that is gone"
    WORDS = "bears whatever its fields take"
    PREFILL = "fills in its fields as text"
    OUTCOMES = "gives outcomes"
    EVENTS = "its events can be kept"
    ENTERED = "leaves id and author of what is entered to the journal"
    PANELS = "opens panels that are there"
    GOES_ON = "goes on with commands that are there"
    EQUAL = "equal requests give equal outcomes"
    ALONE = "asks the request alone: no clock, no chance, no file"
    CHANGES = "changes nothing"


class ReportClaim(StrEnum):
    """What holds of every report."""

    DECLARED = "its declaration is sound"
    COMES_BACK = "comes back from every call"
    EMPTY = "builds over no history"
    SAMPLES = "builds over every sample"
    SPANS = "builds over any span"
    TABLE = "gives a DataFrame with a name for each column"
    EXPORTS = "can be exported in every form"
    EQUAL = "equal frames give equal tables"
    CHANGES = "changes nothing"
