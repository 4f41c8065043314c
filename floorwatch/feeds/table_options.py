"""What a feed's options say about a table of another switch, checked all at once."""

import codecs
from collections.abc import Iterable, Mapping
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from floorwatch.feeds.jsonl import EVENT_TYPES, facts_of
from floorwatch.model import events
from floorwatch.model.entities import Fact
from floorwatch.model.events import EndedBy, LeftHow
from floorwatch.words import _

EVENT_FIELDS = frozenset(field for kind in EVENT_TYPES.values() for field in kind.__struct_fields__) | {"event"}
CALL_FIELDS = frozenset(
    {"call", "queue", "agent", "caller", "caller_name", "position", "entered_at", "answered_at", "ended_at"}
    | {"outcome", "detail", "ended_by", "wait_seconds", "talk_seconds"}
)
ANSWERED, ABANDONED = "answered", "abandoned"
OUTCOMES = (ANSWERED, ABANDONED, *LeftHow)

OPTION_NAMES = (
    "kind", "delimiter", "header", "row", "columns", "events", "outcomes", "values", "fixed", "empty", "time", "zone",
    "encoding", "gives",
)  # fmt: skip
_FACT_OF_EVENT: Mapping[type[events.Event], Fact] = {
    events.CallEntered: Fact.CALLS,
    events.CallAnswered: Fact.CALLS,
    events.CallRang: Fact.RINGING,
    events.RingMissed: Fact.MISSED_RINGS,
    events.CallHeld: Fact.HOLD,
    events.WrapUpStarted: Fact.WRAP_UP,
    events.DeviceFailed: Fact.DEVICES,
    events.MemberAdded: Fact.MEMBERS,
    events.AgentPaused: Fact.PAUSES,
}


class TableOptions(Struct, frozen=True):
    """How to read the rows.

    `columns` maps our field to their column (in JSONL a dotted path); `events`, `outcomes` and `values` map their words
    to ours; `fixed` gives a field the same text in every row.
    """

    by_call: bool
    jsonl: bool
    delimiter: str
    header: tuple[str, ...] | None
    columns: Mapping[str, str]
    events: Mapping[str, str]
    outcomes: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    fixed: Mapping[str, str]
    empty: frozenset[str]
    time: str
    zone: tzinfo
    encoding: str
    gives: frozenset[Fact]


def table_options(options: Mapping[str, Any]) -> TableOptions:
    """The options, checked. Raises ValueError that names every wrong one and what it may be."""
    check = _Check(options)
    by_call = check.one_of("row", ("event", "call")) == "call"
    jsonl = check.one_of("kind", ("csv", "jsonl")) == "jsonl"
    header = check.words("header")
    columns, fixed = check.mapping("columns"), check.mapping("fixed")
    event_words, outcomes = check.mapping("events"), check.mapping("outcomes")
    check.fields(columns, fixed, CALL_FIELDS if by_call else EVENT_FIELDS, by_call)
    check.targets("events", event_words, (*EVENT_TYPES, ""))
    check.targets("outcomes", outcomes, OUTCOMES)
    check.columns_in(header, columns)
    checked = TableOptions(
        by_call=by_call,
        jsonl=jsonl,
        delimiter=check.delimiter(),
        header=None if header is None else tuple(header),
        columns=columns,
        events=event_words,
        outcomes=outcomes,
        values=check.mappings("values"),
        fixed=fixed,
        empty=frozenset(check.words("empty") or ("",)) | {""},
        time=check.time(),
        zone=check.zone(),
        encoding=check.encoding(),
        gives=check.facts(by_call, event_words, columns),
    )
    if check.problems:
        raise ValueError("; ".join(check.problems))
    return checked


class _Check:
    """Reads options one by one and collects what is wrong with them."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.problems: list[str] = []
        self._options = options
        for key in sorted(options.keys() - set(OPTION_NAMES)):
            self._wrong(key, _("no such option; there are {known}").format(known=", ".join(OPTION_NAMES)))

    def one_of(self, key: str, choices: tuple[str, ...]) -> str:
        value = self._options.get(key, choices[0])
        if value in choices:
            return str(value)
        self._wrong(key, _("{value!r} must be one of {choices}").format(value=value, choices=", ".join(choices)))
        return choices[0]

    def text(self, key: str, default: str) -> str:
        value = self._options.get(key, default)
        if isinstance(value, str):
            return value
        self._wrong(key, _("{value!r} must be a text").format(value=value))
        return default

    def words(self, key: str) -> list[str] | None:
        value = self._options.get(key)
        if value is None or (isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)):
            return value if value is None else list(value)
        self._wrong(key, _("{value!r} must be a list of texts").format(value=value))
        return None

    def mapping(self, key: str) -> dict[str, str]:
        value = self._options.get(key, {})
        if isinstance(value, Mapping) and all(isinstance(each, str) for each in value.values()):
            return {str(name): each for name, each in value.items()}
        self._wrong(key, _("must be a table of texts, like {{ours = 'theirs'}}"))
        return {}

    def mappings(self, key: str) -> dict[str, dict[str, str]]:
        value = self._options.get(key, {})
        if isinstance(value, Mapping) and all(isinstance(each, Mapping) for each in value.values()):
            return {name: {str(theirs): str(ours) for theirs, ours in each.items()} for name, each in value.items()}
        self._wrong(key, _("must be a table of tables, like {{ended_by = {{Customer = 'caller'}}}}"))
        return {}

    def fields(
        self, columns: Mapping[str, str], fixed: Mapping[str, str], known: frozenset[str], by_call: bool
    ) -> None:
        for key, mapping in (("columns", columns), ("fixed", fixed)):
            for field in sorted(mapping.keys() - known):
                allowed = ", ".join(sorted(known))
                self._wrong(f"{key}.{field}", _("no such field; there are {allowed}").format(allowed=allowed))
        for field in ("call", "entered_at") if by_call else ("at", "event"):
            if field not in columns:
                self._wrong(f"columns.{field}", _("missing: name their column for it"))
        if by_call and "queue" not in columns and "queue" not in fixed:
            self._wrong("columns.queue", _("missing: name their column for it, or set fixed.queue"))

    def targets(self, key: str, words: Mapping[str, str], allowed: Iterable[str]) -> None:
        allowed = list(allowed)
        for theirs, ours in words.items():
            if ours not in allowed:
                known = ", ".join(each for each in allowed if each)
                self._wrong(f"{key}.{theirs}", _("{ours!r} must be one of {known}").format(ours=ours, known=known))

    def columns_in(self, header: list[str] | None, columns: Mapping[str, str]) -> None:
        for field, column in columns.items() if header is not None else ():
            if column not in (header or ()):
                self._wrong(f"columns.{field}", _("{column!r} is not in `header`").format(column=column))

    def delimiter(self) -> str:
        value = self.text("delimiter", ",")
        if len(value) != 1 or value in '"\r\n':
            self._wrong("delimiter", _("{value!r} must be one character, like ',' or a tab").format(value=value))
            return ","
        return value

    def time(self) -> str:
        value = self.text("time", "iso")
        if value not in ("epoch", "epoch_ms", "iso") and "%" not in value:
            words = _("{value!r} must be epoch, epoch_ms, iso, or a pattern like '%d/%m/%Y %H:%M:%S'")
            self._wrong("time", words.format(value=value))
        return value

    def zone(self) -> tzinfo:
        value = self.text("zone", "UTC")
        try:
            return UTC if value == "UTC" else ZoneInfo(value)
        except (KeyError, OSError, ValueError):
            self._wrong("zone", _("{value!r} is no time zone, like 'Asia/Shanghai'").format(value=value))
            return UTC

    def encoding(self) -> str:
        value = self.text("encoding", "utf-8")
        try:
            name = codecs.lookup(value).name
            if "\n,".encode(name) == b"\n,":
                return name
            self._wrong(
                "encoding", _("{value!r} cannot be split into lines: save the file as UTF-8").format(value=value)
            )
        except LookupError:
            self._wrong("encoding", _("{value!r} is no encoding, like 'utf-8' or 'gb18030'").format(value=value))
        return "utf-8"

    def facts(self, by_call: bool, words: Mapping[str, str], columns: Mapping[str, str]) -> frozenset[Fact]:
        """The facts named by `gives`, or those that the mapped events and columns tell."""
        if "gives" in self._options:
            try:
                return facts_of(self._options["gives"])
            except ValueError as error:
                self.problems.append(str(error))
        named = {EVENT_TYPES[ours] for ours in words.values() if ours in EVENT_TYPES}
        if not words:
            named = set(EVENT_TYPES.values())  # their words are ours: any event may come
        told = {Fact.CALLS} if by_call else {fact for kind, fact in _FACT_OF_EVENT.items() if kind in named}
        return frozenset(told | ({Fact.ENDED_BY} if "ended_by" in columns else set()))

    def _wrong(self, key: str, problem: str) -> None:
        self.problems.append(f"{key}: {problem}")


def ended_by(word: str) -> EndedBy | None:
    """Who hung up; None for a word that says neither."""
    return next((each for each in EndedBy if each == word), None)
