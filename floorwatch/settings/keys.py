"""Every key that a configuration file may hold: what it means, how it is written, where its default comes from.

Rules
- NAME stands for a name that the writer of the file chooses.
- "rule": taken from the rule book of a floor. "ours": chosen by floorwatch; the reason stands beside it.
- The defaults themselves stand in `values`; the reference file and docs/config.md are held to both by tests.
"""

import json
import re
from collections.abc import Iterator

from msgspec import Struct

from floorwatch.settings.values import KeyPath

NAME = "NAME"


class Key(Struct, frozen=True):
    """A key. `example` is the right side of a line that floorwatch accepts ("{ }": it is a table of its own)."""

    path: tuple[str, ...]
    example: str
    meaning: str
    origin: str

    def line(self, at: KeyPath) -> str:
        """A line to write at that place: `share = 0.8`."""
        return f"{dotted(at[len(self.path) - 1 : len(self.path)])} = {self.example}"


_TARGET = (
    ("seconds", "20", "a call answered within this many seconds is answered in time", "ours: the usual 80/20"),
    ("short_seconds", "5", "who hangs up sooner than this is a short abandon", "ours"),
    ("share", "0.8", "the share of calls to answer in time, 0.8 for 80%", "ours: the usual 80/20"),
    ("definition", '"short-out"', "how the service level is counted", "ours: short abandons are nobody's fault"),
    ("longest_wait_seconds", "60", "a wait longer than this is an alarm", "ours"),
    ("answer_rate", "0.9", "an answer rate below this is an alarm, 0.9 for 90%", "ours"),
)

_PLANNED = (
    ("phones", "telephoning"),
    ("break", "a break"),
    ("lunch", "lunch"),
    ("meeting", "a meeting"),
    ("training", "training"),
    ("duty", "another duty"),
)

_ROWS = (
    ("floor.name", '"North floor"', "the floor's name in the header", "ours"),
    ("floor.zone", '"Asia/Shanghai"', "the floor's time zone, an IANA name", "ours: the system's zone"),
    ("floor.day_starts", '"00:00"', "local time at which a business day starts", "ours: midnight"),
    ("floor.language", '"zh_CN"', "the language of screen and help: en, zh_CN", "ours: that of the machine's locale"),
    ("floor.me", '"Ada Quist"', "the name that what is entered here carries", "ours: the system user's"),
    ("floor.grid", '"A1 A2 A3\\nB1 B2 B3"', "the seats as they stand, row by row", "ours: no grid"),
    *((f"service.{key}", example, meaning, origin) for key, example, meaning, origin in _TARGET),
    ("queues.NAME.title", '"Support"', "what the screen calls the queue", "ours: the name that the switch uses"),
    ("queues.NAME.order", "1", "lower stands higher; equal ones by name", "ours"),
    *((f"queues.NAME.{key}", example, meaning, "as in [service]") for key, example, meaning, _ in _TARGET),
    ("groups.NAME", '["support", "vip"]', "queues that are also shown as one row", "ours: no groups"),
    ("feeds.NAME.path", '"/var/log/asterisk/queue_log"', "the file, folder or URL to read", "no default"),
    ("feeds.NAME.format", '"asterisk-queue-log"', "what its lines are", "ours: found by looking at the first lines"),
    ("feeds.NAME.site", '"north"', "the switch it comes from, where several are watched", "ours: one switch"),
    ("feeds.NAME.backfill_days", "7", "earlier days searched for who is signed in and paused", "ours: a week"),
    (
        "feeds.NAME.silent_seconds",
        "300",
        "so long without a line is silence",
        "ours: as long as five calls take at the pace of the hour before; 120 at least, 1800 at most",
    ),
    (
        "feeds.NAME.hours",
        '"08:00-20:00"',
        "when it brings lines on a working day",
        "ours: by the same weekday of an earlier week, else while people take calls",
    ),
    ("feeds.NAME.options", "{ }", "options of the format", "the format's own"),
    ("people.file", '"people.csv"', "the identity map: who is who", "ours: no map"),
    ("screen.theme", '"dark"', "dark, light or contrast", "ours"),
    ("screen.ascii", '"auto"', "true: no line drawing; auto: the terminal is asked", "ours"),
    (
        "screen.layout",
        '[["*4", "queue-status:6", ">needs-you:5"], ["*4", "seats:6", "callers:5"], '
        '["*3", "agents:6", "queue-hours:5"]]',
        "rows of panels, or the name of a layout; :N is a panel's share of the width, *N a row's of the height, > "
        "where the cursor starts",
        "ours",
    ),
    ("screen.show_numbers", "false", "true: callers' numbers are not masked", "ours: a number is private"),
    ("screen.lock_after_seconds", "300", "without a key for so long, it asks who writes; 0: never", "ours: never"),
    ("screen.notify", '"bell"', "how a new alarm calls: bell, desktop (OSC 9) or off", "ours"),
    ("screen.save_folder", '"~/floorwatch"', "where Y saves what it saves", "ours: floorwatch in your home folder"),
    ("layouts.NAME.title", '"Team A"', "what the list of layouts calls it", "ours: its name"),
    ("layouts.NAME.rows", '[["needs-you", "agents"]]', "rows of panels, written as in [screen] layout", "no default"),
    ("layouts.NAME.team", '"mine"', "the team that it shows alone; mine: that of whoever writes", "ours: all"),
    ("layouts.NAME.wall", "true", "true: for a wall, without cursor, keys and names of who writes", "ours"),
    ("layouts.NAME.turn_seconds", "30", "after so long a wall goes on to the next one, 0: never", "ours: never"),
    ("panels.NAME", "{ }", "options of a panel", "the panel's own"),
    ("rules.NAME.enabled", "true", "false: the rule is not asked", "ours"),
    ("rules.NAME", "{ }", "options of an alert rule, beside enabled", "the rule's own"),
    ("commands.NAME", "{ }", "options of a command", "the command's own"),
    ("alerts.every_seconds", "5", "floor time between two looks of the alert rules", "ours"),
    ("duty.grace_seconds", "300", "who is there later than this after the start is late", "ours"),
    ("duty.early_seconds", "0", "who leaves earlier than this before the end has left early", "ours"),
    ("duty.minimums", '["09:00-12:00 30"]', "hands that the telephones need, by the time of day", "ours: none"),
    ("duty.span", "20", "agents that one leader on duty can lead", "rule: one leader to 20"),
    ("duty.long_call_seconds", "300", "a leader on a call for longer leaves the team without support", "ours"),
    ("duty.rest_hours", "11", "rest between two shifts", "ours"),
    ("duty.week_hours", "44", "work within seven days, at most", "ours"),
    ("duty.swap_days", "1", "days ahead that a swap is to be asked for", "rule: a day ahead"),
    ("duty.country", '"CN"', "whose public holidays hold, as two letters of ISO 3166", "ours: weekdays alone"),
    ("duty.overrides", '"duty-days.csv"', "days and peak periods that are not as the calendar says", "ours: none"),
    *(
        (f"duty.tolerance.{activity}", "60", f"so much off the plan is none while {planned} is planned", "ours")
        for activity, planned in _PLANNED
    ),
    ("duty.breaks.break", "900", "how long a short break may last", "ours"),
    ("duty.breaks.lunch", "3600", "how long lunch may last", "ours"),
    ("duty.activities.NAME", '"break"', "what a pause for this reason is", "ours: the usual words"),
    ("duty.noon.start", '"11:30"', "when noon begins", "ours"),
    ("duty.noon.end", '"13:30"', "when noon ends", "ours"),
    ("duty.noon.hard", "2", "so many must stay on the telephones", "rule: 2 to 3"),
    ("duty.noon.target", "3", "so many should", "rule: 2 to 3"),
    ("duty.noon.when", '"peak"', "always, peak (in the peak period alone) or never", "rule: in the peak period"),
    ("duty.peak.name", '"征期"', "what the peak period is called", "ours"),
    ("duty.peak.first_day", "1", "day of the month on which it begins, 0: there is none", "ours: none"),
    ("duty.peak.last_day", "15", "day on which it ends, moved to the next working day", "rule: the 15th"),
    ("journal.url", '"journal.db"', "where what people enter is kept", "ours: a file in your data folder"),
    ("journal.keep_days", "90", "the age that `notes purge` proposes; nothing goes by itself", "ours: a quarter"),
    ("recording.folder", '"recordings"', "where watch keeps a recording of each business day", "ours: none is kept"),
    ("recording.keep_days", "14", "recordings of days that lie further back are deleted", "ours: two weeks"),
    ("recording.most_megabytes", "2000", "the oldest are deleted before all of them need more", "ours"),
    ("comparison.weeks", "4", "the same weekday is looked for in so many weeks, 0: in none", "ours: a month"),
    ("comparison.recordings", '"recordings"', "a folder of recordings to look for it in too", "ours: none"),
    ("plugins.folders", '["plugins"]', "folders with drop-in plugins", "ours: plugins/ beside the file"),
    ("plugins.disabled", '["attendance"]', "plugins that are not to run", "ours: none"),
    ("plugins.NAME", "{ }", "settings of a plugin as a whole", "the plugin's own"),
)  # fmt: skip

_BARE = re.compile(r"[A-Za-z0-9_-]+")

KEYS = {key.path: key for path, *rest in _ROWS for key in (Key(tuple(path.split(".")), *rest),)}
"""Every key by its path."""

KEYS_OF_PLUGINS = frozenset(name for table, name, *_rest in KEYS if table == "plugins" and name != NAME)
"""What is no plugin's name, since `[plugins]` has a key of that name."""


def dotted(path: KeyPath) -> str:
    """The path as TOML writes it: `queues."vip line".title`; an item of a list is `folders[2]`, counted from 1."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            name = part if _BARE.fullmatch(part) else json.dumps(part, ensure_ascii=False)
            text += f".{name}" if text else name
    return text


def key_at(path: KeyPath) -> Key | None:
    """The key that a place in a file is, or is inside of."""
    for length in range(len(path), 0, -1):
        for pattern, key in KEYS.items():
            if _fits(pattern, path[:length]):
                return key
    return None


def names_at(table: KeyPath) -> tuple[str, ...]:
    """What may stand in a table: names of keys and of tables; () where any name may."""
    depth = len(table)
    inside = (pattern[depth] for pattern in KEYS if len(pattern) > depth and _fits(pattern[:depth], table))
    return tuple(dict.fromkeys(name for name in inside if name != NAME))


def tables_with(name: str) -> Iterator[str]:
    """The tables that know this key, as a person would write them: [service], [queues.NAME]."""
    return (f"[{'.'.join(path[:-1])}]" for path in KEYS if path[-1] == name)


def _fits(pattern: tuple[str, ...], path: KeyPath) -> bool:
    return len(pattern) == len(path) and all(part in (NAME, name) for part, name in zip(pattern, path, strict=True))
