"""Every key, once: bindings, the help screen, the footer and docs/keys.md are made from or held against this table.

Rules
- Every action has a letter and a second way (a digit, a function or an editing key): a Chinese input method swallows
  letters. Full-width signs count as their narrow ones.
- Letters kept free for commands: a h n r w v x b d e f g j k o; and all capitals but F, M, S, T and Y.
- A command has its key to itself or not at all: what is taken stays taken, and of two that want one the first has it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from textual.binding import Binding, InvalidBinding

from floorwatch.engine.desk import CommandEntry
from floorwatch.views import Align, Cell, Column, Row, RowKind, Table
from floorwatch.words import _


class Where(StrEnum):
    """Where a key works."""

    ANYWHERE = "anywhere"
    PANEL = "panel"
    ROWS = "rows"
    MENU = "menu"
    FORM = "form"
    REPLAY = "replay"


PANEL, ROWS, MENU, FORM, REPLAY = Where.PANEL, Where.ROWS, Where.MENU, Where.FORM, Where.REPLAY

MENU_KEY = "m"
"""What a row names where its command has no key to itself."""


class Key(Struct, frozen=True):
    """Textual's names of the keys that do one thing, how a person writes them, what they do.

    `action` is empty where a table, menu or form binds the key itself, or where an entry above does. `footer` is a
    short word for it; the greater its `weight`, the longer it stays in a narrow footer.
    """

    names: tuple[str, ...]
    shown: str
    action: str
    title: Callable[[], str]
    where: Where = Where.ANYWHERE
    footer: Callable[[], str] | None = None
    weight: int = 0


KEYS: Sequence[Key] = (
    Key(
        ("tab",),
        "tab",
        "next_panel(1)",
        lambda: _("next table, map or form; then the next panel"),
        footer=lambda: _("next"),
        weight=88,
    ),
    Key(("shift+tab",), "shift+tab", "next_panel(-1)", lambda: _("the same, back")),
    Key(tuple("123456789"), "1 ... 9", "panel", lambda: _("the panel of this number")),
    Key(("z", "f6"), "z F6", "zoom", lambda: _("this panel alone, or all again"), footer=lambda: _("zoom"), weight=66),
    Key(
        ("escape",),
        "esc",
        "back",
        lambda: _("one step back: filter, detail, zoom"),
        footer=lambda: _("back"),
        weight=40,
    ),
    Key(
        ("l", "ctrl+l"),
        "l ctrl+l",
        "app.layouts",
        lambda: _("another layout: which panels there are"),
        footer=lambda: _("layouts"),
        weight=57,
    ),
    Key(
        ("ctrl+p", ":", "：", "f9"),
        "ctrl+p F9",
        "app.command_palette",
        lambda: _("commands; anybody, a queue, a team by name"),
        footer=lambda: _("commands"),
        weight=50,
    ),
    Key(
        ("p", "f7"),
        "p F7",
        "plugins",
        lambda: _("the plugins and how they are"),
        footer=lambda: _("plugins"),
        weight=12,
    ),
    Key(
        ("F", "ctrl+e"),
        "F ctrl+e",
        "feeds",
        lambda: _("the feeds and how they are"),
        footer=lambda: _("feeds"),
        weight=9,
    ),
    Key(("c", "f8"), "c F8", "app.next_theme", lambda: _("next colours"), footer=lambda: _("colours"), weight=14),
    Key(
        ("i", "ctrl+o"),
        "i ctrl+o",
        "app.say_who",
        lambda: _("say who you are: your name stands with what you enter"),
        footer=lambda: _("I am"),
        weight=11,
    ),
    Key(
        ("u", "ctrl+z"),
        "u ctrl+z",
        "app.undo",
        lambda: _("take back the last thing that you entered"),
        footer=lambda: _("undo"),
        weight=10,
    ),
    Key(
        ("t", "ctrl+g"),
        "t ctrl+g",
        "time",
        lambda: _("the floor of five minutes ago; in a replay: go to a time (10:40, +5m, -30s)"),
        footer=lambda: _("time"),
        weight=59,
    ),
    Key(("f1",), "F1", "keys", lambda: _("these keys"), footer=lambda: _("keys"), weight=84),
    Key(("q", "ctrl+q", "f10"), "q F10", "app.leave", lambda: _("leave"), footer=lambda: _("leave"), weight=70),
    Key(
        ("/", "／", "f3"),
        "/ F3",
        "filter",
        lambda: _("show rows that hold these words"),
        PANEL,
        lambda: _("filter"),
        79,
    ),
    Key(("?", "？", "f2"), "? F2", "explain", lambda: _("how this figure is made"), PANEL, lambda: _("explain"), 78),
    Key(("y", "f11"), "y F11", "copy", lambda: _("copy the panel as text"), PANEL, lambda: _("copy"), 15),
    Key(
        ("Y", "ctrl+s"),
        "Y ctrl+s",
        "keep",
        lambda: _("copy or save the panel: text, table, picture"),
        PANEL,
        lambda: _("save"),
        13,
    ),
    Key(
        (";", "；", "ctrl+t"),
        "; ctrl+t",
        "turn",
        lambda: _("the same arranged another way"),
        PANEL,
        lambda: _("arrange"),
        62,
    ),
    Key(
        ("0", "ctrl+f"),
        "0 ctrl+f",
        "alone",
        lambda: _("this team or queue alone, in every panel; again: all"),
        PANEL,
        lambda: _("alone"),
        58,
    ),
    Key(("ctrl+r", "f5"), "ctrl+r F5", "retry", lambda: _("try a stalled or faulted panel again"), PANEL),
    Key(("up", "down"), "up down", "", lambda: _("previous or next row, seat or track"), ROWS),
    Key(("pageup", "pagedown"), "pgup pgdn", "", lambda: _("a page up or down"), ROWS),
    Key(("home", "end"), "home end", "", lambda: _("first or last row; of a map or timeline: in this line"), ROWS),
    Key(
        ("left", "right"),
        "left right",
        "",
        lambda: _("previous or next figure, seat or stretch; close or open a group"),
        ROWS,
    ),
    Key(("enter",), "enter", "", lambda: _("open the row; open or close a group"), ROWS, lambda: _("open"), 90),
    Key((MENU_KEY, "f12"), "m F12", "menu", lambda: _("what can be done with the row"), ROWS, lambda: _("menu"), 76),
    Key(("space",), "space", "space", lambda: _("open or close a group (in a replay: pause)"), ROWS),
    Key(("+", "=", "-", "_"), "+ -", "", lambda: _("open or close all groups"), ROWS),
    Key(("s", "f4"), "s F4", "", lambda: _("sort by this column; the other way; not"), ROWS, lambda: _("sort"), 60),
    Key(("S",), "S", "", lambda: _("sort the other way round"), ROWS),
    Key(tuple("123456789"), "1 ... 9", "", lambda: _("do what has this number"), MENU),
    Key(("up", "down"), "up down", "", lambda: _("mark another line"), MENU),
    Key(("enter",), "enter", "", lambda: _("do what is marked"), MENU),
    Key(("escape",), "esc", "", lambda: _("close the menu"), MENU),
    Key(
        ("enter",), "enter", "", lambda: _("next field, from the last one send; or send once nothing is missing"), FORM
    ),
    Key(("ctrl+s", "f12"), "ctrl+s F12", "", lambda: _("send, from any field"), FORM),
    Key(("tab", "shift+tab"), "tab shift+tab", "", lambda: _("next or previous field"), FORM),
    Key(("up", "down"), "up down", "", lambda: _("open the list of a field and mark a line; other fields"), FORM),
    Key(("left", "right"), "left right", "", lambda: _("in a choice: the option before or behind"), FORM),
    Key((), "letter", "", lambda: _("in a choice: the option of this letter, and on; some send"), FORM),
    Key(tuple("123456789"), "1 ... 9", "", lambda: _("in a choice: the option of this number, and on"), FORM),
    Key(("escape",), "esc", "", lambda: _("close the list, then the form; what was typed is kept"), FORM),
    Key(("space",), "space", "", lambda: _("pause, go on"), REPLAY, lambda: _("pause"), 94),
    Key(("[", "【", "［"), "[", "rate(-1)", lambda: _("slower"), REPLAY, lambda: _("slower"), 91),
    Key(
        ("]", "】", "］"),
        "]",
        "rate(1)",
        lambda: _("faster; behind 600 times as fast: as fast as it goes"),
        REPLAY,
        lambda: _("faster"),
        93,
    ),
    Key(
        ("}", "」", "｝"),
        "}",
        "stop('moment', False)",
        lambda: _("on to the next moment worth seeing: an alert, a lost call, a wait over target"),
        REPLAY,
        lambda: _("moment"),
        92,
    ),
    Key(("{", "「", "｛"), "{", "stop('moment', True)", lambda: _("back to the last such moment"), REPLAY),
    Key(("comma", "，"), ",", "step(-10)", lambda: _("10 seconds back"), REPLAY, lambda: _("-10 s"), 69),
    Key((".", "。"), ".", "step(10)", lambda: _("10 seconds on"), REPLAY, lambda: _("+10 s"), 69),
    Key(("<", "《"), "<", "stop('minute', True)", lambda: _("back to the last full minute"), REPLAY),
    Key((">", "》"), ">", "stop('minute', False)", lambda: _("on to the next full minute"), REPLAY),
    Key(("(", "（"), "(", "stop('event', True)", lambda: _("back to the event before"), REPLAY),
    Key((")", "）"), ")", "stop('event', False)", lambda: _("on to the next event"), REPLAY),
    Key(
        ("T", "ctrl+n"),
        "T ctrl+n",
        "now",
        lambda: _("back to now, from the past of a live floor"),
        REPLAY,
        lambda: _("now"),
        95,
    ),
    Key(
        ("M", "ctrl+b"),
        "M ctrl+b",
        "app.moments",
        lambda: _("the day's moments and marks, to go to one"),
        REPLAY,
        lambda: _("moments"),
        61,
    ),
    Key(('"', "“", "”"), '"', "mark", lambda: _("mark this moment with a word"), REPLAY, lambda: _("mark"), 56),
    Key(
        ("~", "～", "ctrl+d"),
        "~ ctrl+d",
        "changed",
        lambda: _("what changed in this panel, and since when"),
        REPLAY,
        lambda: _("changes"),
        55,
    ),
)


def bindings() -> Iterator[Binding]:
    """What every screen of ours binds; the digits carry their number."""
    for key in KEYS:
        for name in key.names:
            if key.action == "panel":
                yield Binding(name, f"panel({name})", show=False)
            elif key.action:
                yield Binding(name, key.action, show=False)


def taken() -> frozenset[str]:
    """Every key that a command cannot have."""
    return frozenset(name for key in KEYS for name in key.names) | {"ctrl+c"}


def keys_of(commands: Iterable[CommandEntry]) -> Mapping[str, str]:
    """Textual's name of the key that each command has to itself, by the command's name; none for those without."""
    held = {textual_name(name) for name in taken()}
    found: dict[str, str] = {}
    for entry in commands:
        name = textual_name(entry.key)
        if name and name not in held and entry.name not in found:
            held.add(name)
            found[entry.name] = name
    return found


def textual_name(key: str) -> str:
    """What Textual calls a key that a person or a plugin wrote: "?" is "question_mark"; "" for none or several."""
    key = key.strip()
    if "," in key:
        return "comma" if key == "," else ""
    try:
        return next(iter(Binding.make_bindings([Binding(key if len(key) == 1 else key.lower(), "")]))).key
    except InvalidBinding:
        return ""


def keys_table(*, replay: bool) -> Table:
    """The keys as a table to read."""
    titles = {
        Where.ANYWHERE: _("Anywhere"),
        Where.PANEL: _("On a panel"),
        Where.ROWS: _("In rows"),
        Where.MENU: _("In a row's menu"),
        Where.FORM: _("In a form"),
        Where.REPLAY: _("In a replay"),
    }
    columns = (Column("key", _("key"), 12), Column("does", _("what it does"), 30, Align.LEFT, flex=1))
    rows: list[Row] = []
    for where, title in titles.items():
        if where is Where.REPLAY and not replay:
            continue
        rows.append(Row(where, (Cell(title), Cell()), kind=RowKind.GROUP))
        rows += [
            Row(f"{where}/{key.shown}", (Cell(key.shown), Cell(key.title())), parent=where)
            for key in KEYS
            if key.where is where
        ]
    return Table(columns, tuple(rows), opens=False)
