"""The wizard's first questions: where the queue log is, which other feeds there are, and what is in them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from floorwatch.cli.plain import plain_table
from floorwatch.cli.wishes import feeds_wanted
from floorwatch.cli.wizard_asking import Asker, pairs_of, some_of, some_text
from floorwatch.cli.wizard_people import persons_of
from floorwatch.engine.diagnosis_log import Glance, glance_at
from floorwatch.engine.diagnosis_path import Trouble, looks_like, path_trouble, sample_of
from floorwatch.engine.document_reading import read_by
from floorwatch.engine.house import House
from floorwatch.engine.recognising import DocumentsOf, format_of
from floorwatch.engine.system_clock import SystemClock
from floorwatch.extend.document import Document, RejectDocument
from floorwatch.feeds.files import files_of, locate
from floorwatch.feeds.shapes import FeedError
from floorwatch.feeds.sheets import SheetError
from floorwatch.feeds.whole_file import TooLargeError, read_whole
from floorwatch.settings import FeedSettings, Settings, SettingsError, load_people
from floorwatch.settings.starter import FIRST_FEED, as_path
from floorwatch.text import inert
from floorwatch.words import _, _n, title_of

USUAL = ("/var/log/asterisk/queue_log", "/var/log/asterisk/queue_log.1")
BESIDE = ("queue_log", "*queue_log*")
"""Names that are looked for where the command is given."""

QUEUE_LOG = "asterisk-queue-log"
_MOST_FOUND = 5
_MOST_QUEUES = 30


class Looked(Struct, frozen=True):
    """What lies at a path: `says` in words; `glance` of a log; `trouble` where nothing can be read there."""

    path: str
    says: str
    glance: Glance | None = None
    trouble: Trouble | None = None


class ChosenFeed(Struct, frozen=True):
    """A feed of the new configuration; `format` only where the file cannot tell it yet."""

    name: str
    looked: Looked
    format: str | None = None

    @property
    def settings(self) -> Mapping[str, str]:
        """Its table in the file."""
        path = {"path": as_path(self.looked.path)}
        return path if self.format is None else {**path, "format": self.format}


def ask_feeds(asker: Asker, house: House, given: str | None) -> list[ChosenFeed]:
    """The queue log, and whatever stands beside it; the log first. Raises LeftError."""
    feeds = [_ask_log(asker, house, given)]
    why = _(
        "A roster (a workbook, a CSV or a calendar), attendance files, a folder of them, or the log of a second"
        " switch. More can be added later, under [feeds.NAME]."
    )
    while True:
        path = asker.ask(_("Another feed: a roster, attendance, a second switch (Enter: no more)"), why, "", str)
        if not path:
            return feeds
        chosen = _chosen(asker, house, path)
        if chosen is not None and chosen.looked.path in (each.looked.path for each in feeds):
            asker.say(_("  ! that one is there already"))
        elif chosen is not None:
            feeds.append(ChosenFeed(_free_name(chosen.looked.path, feeds), chosen.looked, chosen.format))


def ask_queues(asker: Asker, house: House, glance: Glance) -> dict[str, dict[str, object]]:
    """What was found in the log, and what is to be said of its queues: a table each. Raises LeftError."""
    queues = [queue for queue, _calls in glance.calls.most_common(_MOST_QUEUES)]
    days = glance.days_of_calls(house.rules.days)
    n = len(persons_of([glance]))
    asker.say(_n("{n} agent, and these queues:", "{n} agents, and these queues:", n).format(n=n))
    rows = [(str(number), queue, f"{glance.calls[queue] / days:.0f}") for number, queue in enumerate(queues, 1)]
    asker.say(_indented(plain_table(("", _("queue"), _("calls a day")), rows, frozenset({0, 2}))))
    why = _("All queues are watched. Those that you name, by number or name, stand first, in this order: 2 1")
    first = asker.ask(_("Which queues stand first (Enter: all as the switch names them)"), why, "", some_of(queues))
    why = _("What the screen calls a queue, where that is not the switch's name: 1=Customer care, 2=客服")
    titles = asker.ask(_("Titles (Enter: the switch's names)"), why, "", pairs_of(queues, some_text))
    tables: dict[str, dict[str, object]] = {queue: {"order": place * 10} for place, queue in enumerate(first, 1)}
    for queue, title in titles.items():
        tables.setdefault(queue, {})["title"] = title
    return tables


def looked_at(house: House, path: str) -> Looked:
    """What is there."""
    path = str(Path(path).expanduser().absolute())
    if (trouble := path_trouble(path)) is not None:
        return Looked(path, trouble.says, trouble=trouble)
    try:
        read_as = format_of(house, "feed", FeedSettings(path))
        if isinstance(read_as, DocumentsOf):
            return Looked(path, _documents(house, path, read_as))
        glance = glance_at(path, read_as, SystemClock().now())
    except (FeedError, SettingsError, OSError) as error:
        return _no_feed(path, error)
    return Looked(path, f"{title_of(read_as.format)}, {_seen(house, glance)}", glance)


def _ask_log(asker: Asker, house: House, given: str | None) -> ChosenFeed:
    found = [looked_at(house, given)] if given else list(_found(house))
    if found:
        asker.say(_("Found:"))
        asker.say(_indented(plain_table(("", "", ""), _rows(found)).lstrip("\n")))
    else:
        asker.say(_("No queue log was found in the usual places."))
    why = _(
        "The file that the telephone system writes its queue events into; in Asterisk usually {path}. A folder, or a"
        " pattern such as /srv/logs/queue*, is as good."
    ).format(path=USUAL[0])
    while True:
        question = _("Where is the queue log: a number, or a path") if found else _("Where is the queue log: a path")
        path = asker.ask(question, why, "1" if found else "", some_text)
        named = found[int(path) - 1].path if path.isdecimal() and 1 <= int(path) <= len(found) else path
        if (chosen := _chosen(asker, house, named)) is not None:
            return ChosenFeed(FIRST_FEED, chosen.looked, chosen.format)


def _chosen(asker: Asker, house: House, path: str) -> ChosenFeed | None:
    """The feed at this path; None, and said, where there is none. What may still come may be taken all the same."""
    looked = looked_at(house, path)
    if looked.trouble is None:
        asker.say(f"  {inert(looked.path)}: {looked.says}")
        return ChosenFeed("", looked)
    asker.say(_("  ! {says}; {do}").format(says=inert(looked.says), do=inert(looked.trouble.do)))
    if not looked.trouble.is_missing:
        return None
    why = _("floorwatch then waits for it. It must become a queue log of Asterisk.")
    if not asker.agrees(_("Take it all the same"), why, proposal=False):
        return None
    return ChosenFeed("", looked, QUEUE_LOG)


def _found(house: House) -> Iterator[Looked]:
    """Logs in the usual places; one in the first that may not be read is worth a word, too."""
    here = Path.cwd()
    beside = [str(path) for name in BESIDE for path in sorted(here.glob(name)) if path.is_file()]
    paths = list(dict.fromkeys((*USUAL, *beside)))
    shown = [looked_at(house, path) for path in paths if _is_there(path)]
    yield from [each for each in shown if each.trouble is None or each.path == USUAL[0]][:_MOST_FOUND]


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # a folder that may not be entered: something is there
        return True


def _rows(found: Sequence[Looked]) -> list[tuple[str, str, str]]:
    return [(str(number), each.path, each.says) for number, each in enumerate(found, 1)]


def _seen(house: House, glance: Glance) -> str:
    """How much of a log there is, and of when."""
    if glance.first_at is None or glance.last_at is None:
        return _("no lines yet")
    days = house.rules.days
    first, last = (f"{days.local(at):%Y-%m-%d %H:%M}" for at in (glance.first_at, glance.last_at))
    if glance.is_whole:
        said = _n("{n} line, {first} to {last}", "{n} lines, {first} to {last}", glance.lines)
    else:
        said = _("{first} to {last}; its newest {n} lines were looked at")
    return said.format(n=glance.lines, first=first, last=last)


def _documents(house: House, path: str, read_as: DocumentsOf) -> str:
    """What the newest document says of itself."""
    title = title_of(read_as.format)
    newest = files_of(locate(path))[0]
    try:
        raw, stamp = read_whole(str(newest))
        document = Document(newest.name, raw, stamp.modified_at, stamp.modified_at, house.rules.days)
        read = read_by(read_as.format, document, read_as.options)
    except (RejectDocument, SheetError, TooLargeError, TypeError, ValueError) as error:
        return _("{title}; {file} cannot be read: {why}").format(title=title, file=newest.name, why=inert(str(error)))
    said = _("{title}; {file}: {rows} rows, {people} people, {refused} refused")
    return said.format(
        title=title, file=inert(newest.name), rows=read.rows, people=len(read.people), refused=len(read.refused)
    )


def _no_feed(path: str, error: Exception) -> Looked:
    like = _what_else(path)
    says = str(error) if like is None else _("{file} is no feed: it looks like {what}").format(file=path, what=like)
    return Looked(path, says, trouble=Trouble(says, _("name another file")))


def _what_else(path: str) -> str | None:
    """What a file is that is no feed, where that is known."""
    with suppress(FeedError, OSError, SettingsError):
        file = files_of(locate(path))[0]
        return looks_like(sample_of(file)) or (
            _("a people file, which is asked for later") if len(load_people(file)) else None
        )
    return None


def _free_name(path: str, feeds: Sequence[ChosenFeed]) -> str:
    (name,) = feeds_wanted(Settings(), [path])
    taken, number, found = {each.name for each in feeds}, 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))
