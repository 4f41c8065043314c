"""Views and a snapshot of a believable floor at one moment, for the screen's tests and for looking at it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from floorwatch.model.alerts import Alert, AlertTone, RaisedAlert
from floorwatch.model.clock import FloorDays
from floorwatch.model.counts import INTERVAL_SECONDS, QueueCounts, interval_of
from floorwatch.model.entities import Agent, AgentState, Fact, Waiting
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules
from floorwatch.views import (
    Align,
    Bars,
    Cell,
    Column,
    Explain,
    Line,
    Notice,
    Row,
    RowKind,
    Stack,
    Table,
    Text,
    Tile,
    Tiles,
    Tone,
    View,
)

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 21, 10, 41, 7, tzinfo=ZONE).timestamp()
DAY_START = datetime(2026, 11, 21, 0, 0, tzinfo=ZONE).timestamp()
RIGHT, CENTER = Align.RIGHT, Align.CENTER
WAIT_STEPS = ((30.0, Tone.WARN), (60.0, Tone.ALARM))
CALL_STEPS = ((240.0, Tone.WARN), (300.0, Tone.ALARM))

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = (
    "芳",
    "娜",
    "伟",
    "静",
    "敏",
    "建国",
    "秀英",
    "磊",
    "洋",
    "艳",
    "勇",
    "军",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "欣怡",
)
FOREIGN = ("Maria García", "John O'Neil", "Nguyễn Văn An", "Åsa Öberg", "Mohammed al-Farsi")
PAUSES = ("Lunch", "Training", "小休", "Meeting")

QUEUE_COLUMNS = (
    Column("queue", "queue", 10, flex=1),
    Column("waiting", "wait", 4, RIGHT),
    Column("longest", "longest", 7, RIGHT),
    Column("free", "A", 3, RIGHT, drop=2),
    Column("talking", "T", 3, RIGHT, drop=3),
    Column("wrap", "W", 3, RIGHT, drop=5),
    Column("paused", "P", 3, RIGHT, drop=4),
    Column("offered", "off", 5, RIGHT, drop=6),
    Column("answered", "ans", 5, RIGHT, drop=7),
    Column("abandoned", "abn", 4, RIGHT, drop=3),
    Column("rate", "rate", 5, RIGHT, drop=1),
    Column("level", "SL", 5, RIGHT),
    Column("asa", "ASA", 5, RIGHT, drop=8),
)

AGENT_COLUMNS = (
    Column("agent", "agent", 14, flex=2),
    Column("id", "no", 6, drop=4),
    Column("seat", "seat", 4, drop=3),
    Column("state", "", 3, CENTER),
    Column("age", "for", 6, RIGHT),
    Column("reason", "why", 10, flex=1, drop=5),
    Column("calls", "calls", 5, RIGHT, drop=1),
    Column("talk", "talk", 6, RIGHT, drop=6),
    Column("idle", "idle", 6, RIGHT, drop=8),
    Column("missed", "miss", 4, RIGHT, drop=7),
    Column("queues", "queues", 14, drop=9),
)

QUEUES: Sequence[tuple[str, int, float, tuple[int, ...], float, float, str]] = (
    ("support", 5, 102, (0, 18, 2, 3, 402, 371, 22), 93.5, 71.0, "0:31"),
    ("sales", 2, 18, (2, 15, 2, 1, 290, 281, 6), 97.6, 84.1, "0:12"),
    ("退税 refunds", 0, 0, (1, 8, 1, 2, 120, 118, 1), 98.3, 91.7, "0:07"),
)


def count(value: int, tone: Tone = Tone.CALM) -> Cell:
    """A number."""
    return Cell(str(value), tone, sort=value)


def queues_view(now: float, more: Sequence[tuple[str, int]] = ()) -> Stack:
    """The queue status: a row a queue, a total, and the last hours as bars."""
    rows = []
    for name, waiting, longest, counts, rate, level, asa in QUEUES:
        explain = Explain("service-level", (name,))
        cells = (
            Cell(name),
            count(waiting),
            Cell.age(now - longest if waiting else None, WAIT_STEPS),
            count(counts[0], Tone.WARN if counts[0] < waiting else Tone.CALM),
            *(count(value) for value in counts[1:]),
            Cell(f"{rate}", Tone.CALM if rate >= 95 else Tone.WARN, explain=Explain("answer-rate", (name,))),
            Cell(f"{level}", Tone.ALARM if level < 75 else Tone.CALM, explain=explain),
            Cell(asa, explain=Explain("asa", (name,))),
        )
        rows.append(Row(name, cells))
    rows += [Row(name, (Cell(name), count(waiting))) for name, waiting in more]
    totals = (3, 41, 5, 6, 812, 770, 29)
    explain = Explain("service-level")
    cells = (
        Cell("total"),
        count(7),
        Cell.age(now - 102, WAIT_STEPS),
        *(count(value) for value in totals),
        Cell("95.7"),
        Cell("76.2", Tone.WARN, explain=explain),
        Cell("0:22"),
    )
    rows.append(Row("total", cells, kind=RowKind.TOTAL))
    arrivals = tuple(float(v) for v in (3, 8, 15, 22, 31, 40, 44, 38, 35, 36, 41, 52, 47, 40, 28, 19, 22, 33, 41, 39))
    return Stack(
        (
            Bars("calls by 15 min", arrivals, caption="now 39"),
            Table(QUEUE_COLUMNS, tuple(rows), empty="No queue was seen yet."),
        )
    )


NEEDS_COLUMNS = (
    Column("what", "", 20, flex=3),
    Column("age", "", 7, RIGHT),
    Column("where", "", 12, flex=1, drop=2),
    Column("key", "", 8, RIGHT, drop=1),
)


def needs_view(now: float, rows: int = 5) -> Table:
    """What calls for a person, most urgent first."""

    def row(key: str, tone: Tone, what: str, age: float, where: str, act: str = "enter") -> Row:
        cells = (Cell(what), Cell.age(now - age), Cell(where, Tone.MUTED), Cell(act, Tone.NOTICE))
        return Row(key, cells, tone)

    every = (
        row("queue:support", Tone.ALARM, "support: longest wait, 0 free", 102, "support"),
        row("agent:1007", Tone.ALARM, "A07 李娜 1007 call over 5 min", 312, "退税 refunds"),
        row("agent:1004", Tone.WARN, "B03 张伟 1004 call over 4 min", 255, "support"),
        row("agent:1016", Tone.CALM, "C11 陈静 1016 Lunch +6:00 over", 2160, "team C"),
        row("agent:1003", Tone.CALM, "A02 赵敏 1003 not visited", 7500, "team A"),
    )
    return Table(NEEDS_COLUMNS, every[:rows], empty="Nothing calls for you.")


WALK_COLUMNS = (
    Column("seat", "seat", 8, flex=2),
    Column("why", "why", 16, flex=3),
    Column("age", "", 7, RIGHT, drop=1),
    Column("key", "", 8, RIGHT),
)


def walk_view(now: float) -> Table:
    """Whom to visit next, and why; a page, not in the layout."""

    def row(key: str, tone: Tone, seat: str, why: str, age: float, act: str = "walk-note") -> Row:
        return Row(key, (Cell(seat), Cell(why), Cell.age(now - age), Cell("note", command=act)), tone)

    every = (
        row("agent:1007", Tone.ALARM, "A07 李娜", "asked for help: 退税流程", 130),
        row("agent:1004", Tone.WARN, "B03 张伟", "hard call just ended", 40),
        row("agent:1016", Tone.CALM, "C11 陈静", "follow-up due", 600, "call-back"),
        row("agent:1003", Tone.CALM, "A02 赵敏", "not visited", 7500),
    )
    return Table(WALK_COLUMNS, every, empty="Everyone was visited.")


def agents_view(now: float, teams: str = "ABC", size: int = 20) -> Table:
    """Agents under their teams."""
    rows: list[Row] = []
    for team in teams:
        key = f"team:{team}"
        cells = (
            Cell(f"team {team}"),
            Cell(),
            Cell(),
            Cell(),
            Cell(),
            Cell(f"{size} seats", Tone.MUTED),
            count(14 * size),
        )
        rows.append(Row(key, cells, kind=RowKind.GROUP))
        rows += [agent_row(ord(team) * 100 + n, f"{team}{n + 1:02}", key, now) for n in range(size)]
    return Table(AGENT_COLUMNS, tuple(rows), empty="Nobody has signed in yet.")


def agent_row(seed: int, seat: str, team: str | None, now: float) -> Row:
    """One agent, made of a number."""
    name = FAMILY[seed % 20] + GIVEN[seed * 7 % 18] if seed % 9 else FOREIGN[seed % 5]
    letter = "TTTTAWTPT-TTHT"[seed % 14]
    age = float(seed * 37 % 420 + (600 if letter in "P-" else 0))
    tone = {"A": Tone.CALM, "T": Tone.NOTICE, "H": Tone.NOTICE, "W": Tone.NOTICE, "P": Tone.WARN}.get(
        letter, Tone.MUTED
    )
    steps = CALL_STEPS if letter in "TH" else ()
    reason = PAUSES[seed % 4] if letter == "P" else ""
    return Row(
        f"agent:{seed}",
        (
            Cell(name),
            Cell(str(1000 + seed % 997)),
            Cell(seat),
            Cell(letter, tone, badge=True),
            Cell.age(now - age if letter != "-" else None, steps),
            Cell(reason, Tone.MUTED),
            count(seed % 23),
            Cell(f"{seed % 50 + 2}:{seed % 60:02}", sort=seed % 50 * 60),
            Cell(f"{seed % 20}:{seed % 60:02}", sort=seed % 20 * 60),
            count(seed % 4, Tone.WARN if seed % 4 == 3 else Tone.CALM),
            Cell("support, sales", Tone.MUTED),
        ),
        parent=team,
    )


def detail_view(row_key: str, now: float) -> View:
    """What Enter opens: tiles over a table of callers."""
    if row_key.startswith("agent"):
        tiles = Tiles((Tile("calls", Cell("14"), "of 70"), Tile("talk", Cell("1:02:10"), "of 5:50:00")))
        lines = (Line((Cell("10:38 ", Tone.MUTED), Cell("on a call for "), Cell.age(now - 187, CALL_STEPS))),)
        return Stack((tiles, Text(lines)))
    columns = (Column("pos", "#", 3, RIGHT), Column("caller", "caller", 14, flex=1), Column("wait", "wait", 7, RIGHT))
    rows = tuple(
        Row(f"caller:{n}", (count(n + 1), Cell(f"*******{41 + n}"), Cell.age(now - 102 + n * 17, WAIT_STEPS)))
        for n in range(5)
    )
    tiles = Tiles(
        (
            Tile("waiting", Cell("5", Tone.WARN)),
            Tile("longest", Cell.age(now - 102, WAIT_STEPS)),
            Tile("service level", Cell("71.0%", Tone.ALARM), "target 80/20"),
        )
    )
    return Stack((tiles, Table(columns, rows, empty="No one is waiting.")))


def queue_detail_view(now: float) -> Stack:
    """Callers, behind whom there is nothing, over an agent who also stands among the agents."""
    callers = Table.of_facts([("first caller", Cell.age(now - 102, WAIT_STEPS))], "Callers")
    return Stack((callers, Table(AGENT_COLUMNS, (agent_row(6500, "A01", None, now),), caption="Agents of it")))


def explain_view(explain: Explain) -> View:
    """What `?` opens."""
    return Stack(
        (
            Text.of(f"{explain.metric} of {', '.join(explain.queues) or 'the whole floor'}\nA_T / (A + B - S + W_T)"),
            Table(
                (Column("name", "definition", 14), Column("formula", "formula", 24, flex=1), Column("v", "", 7, RIGHT)),
                (
                    Row("short-out", (Cell("short-out"), Cell("A_T / (A + B - S + W_T)"), Cell("71.0%"))),
                    Row("answered", (Cell("answered"), Cell("A_T / A"), Cell("78.2%"))),
                ),
            ),
        )
    )


def snapshot_at(now: float, waits: Sequence[float] = (102, 60, 41, 18, 12, 7, 3), alarm: bool = True) -> FloorSnapshot:
    """The floor behind the header: 812 offered, 7 waiting, 67 agents."""
    states = {AgentState.AVAILABLE: 3, AgentState.ON_CALL: 41, AgentState.WRAP_UP: 5, AgentState.PAUSED: 6}
    states |= {AgentState.SIGNED_OUT: 12}
    agents = {}
    for state, number in states.items():
        for at in range(number):
            agents[f"{state}{at}"] = Agent(f"{state}{at}", "x", state=state, since=now - 60)
    waiting = {
        ("support", f"c{at}"): Waiting(f"c{at}", "support", "queue_log", now - wait, at)
        for at, wait in enumerate(waits)
    }
    day = QueueCounts(
        offered=812, answered=770, answered_in_time=602, abandoned=29, abandoned_in_time=12, short_abandons=9,
        left_timeout=6, completed=760, answered_wait_seconds=17_000, talk_seconds=200_000,
    )  # fmt: skip
    hour = QueueCounts(offered=30, answered=26, answered_in_time=15, abandoned=4)
    intervals = {("support", float(interval_of(now) - INTERVAL_SECONDS * back)): hour for back in range(4)}
    alerts = (
        RaisedAlert("longest-wait", Alert("queue:support", "longest wait", AlertTone.ALARM), now - 40),
        RaisedAlert("call-clock", Alert("agent:1004", "call over 4 min", AlertTone.WARN), now - 15),
    )
    return FloorSnapshot(
        at=now,
        rules=FloorRules(FloorDays(ZONE)),
        gives=frozenset(Fact) - {Fact.WRAP_UP},
        waiting=waiting,
        agents=agents,
        queue_names=("support",),
        day_counts={("support", DAY_START): day},
        interval_counts=intervals,
        alerts=alerts if alarm else (),
    )


def nothing_yet(title: str) -> Notice:
    """An empty floor."""
    return Notice(f"Nothing to show for {title} yet.")
