"""`floorwatch simulate`: a believable floor's feed, at once or as time passes."""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.cli.failing import WorkError
from floorwatch.cli.wishes import Wishes
from floorwatch.engine.demo import LiveWriter, into_journal, into_journal_file, onto_file
from floorwatch.engine.system_clock import SystemClock
from floorwatch.journal.opening import SQLITE, open_journal
from floorwatch.journal.shapes import JournalError
from floorwatch.settings import zone_of
from floorwatch.simulate.duty import punches, roster_csv
from floorwatch.simulate.output import Form, LiveEntries, LiveFloor, LivePunches, entries, write
from floorwatch.simulate.plan import Plan, demo_plan, queues_for, working_day
from floorwatch.simulate.staff import people_csv
from floorwatch.words import _


class Beside(Struct, frozen=True):
    """Files that are written beside the feed, where they were asked for: who is who, the roster, what terminals
    punch."""

    people: Path | None = None
    roster: Path | None = None
    punches: Path | None = None


def simulate(
    wishes: Wishes, out: Path, size: tuple[int, int, float, int], form: str, *, live: bool, beside: Beside
) -> None:
    """Write the feed, and where a journal was asked for what people enter beside it; `size` is agents, queues, hours,
    seed. Live, the floor's morning lies before now."""
    agents, queues, hours, seed = size
    zone = zone_of(wishes.settings())
    zone_key = zone.key if isinstance(zone, ZoneInfo) and zone.key else "UTC"
    now = SystemClock().now()
    wanted = _form(form)
    try:
        day = working_day(now, zone_key, agents=agents, queues=queues, seed=seed)
        plan = replace(day, hours=hours)
        if live:
            plan = replace(demo_plan(now, zone_key, seed), agents=agents, queues=queues_for(queues), surges=None)
    except ValueError as error:
        raise WorkError(str(error)) from None
    _papers(plan, beside, live=live)
    if wishes.journal is not None:
        _enter(plan, Path(wishes.journal.removeprefix(SQLITE)), live=live)
    _write(out, lambda: _live(plan, out, wanted) if live else _at_once(plan, out, wanted))


def _papers(plan: Plan, beside: Beside, *, live: bool) -> None:
    """Who is who, the roster, and the terminals' file."""
    for file, text in ((beside.people, people_csv), (beside.roster, roster_csv)):
        if file is not None:
            _write(file, partial(_text, file, text, plan))
    punched = beside.punches
    if punched is None:
        return
    _write(punched, lambda: punched.write_bytes(b"" if live else b"".join(line for _at, line in punches(plan))))
    if live:
        LiveWriter(SystemClock(), LivePunches(plan), onto_file(punched)).start()


def _text(file: Path, text: Callable[[Plan], str], plan: Plan) -> None:
    file.write_text(text(plan), encoding="utf-8")


def _form(word: str) -> Form:
    try:
        return Form(word)
    except ValueError:
        said = _("--form: there is no form {word!r}: choose {known}")
        raise WorkError(said.format(word=word, known=", ".join(Form))) from None


def _write(file: Path, write: Callable[[], object]) -> None:
    try:
        write()
    except OSError as error:  # names a file beside `file` that the person never asked for
        raise WorkError(f"{file}: {error.strerror}") from None


def _enter(plan: Plan, file: Path, *, live: bool) -> None:
    """What people enter, in a journal that is made for it: one that is there may be somebody's own."""
    if file.exists():
        said = _("{file}: there is a journal already, perhaps of a real floor: name a new file")
        raise WorkError(said.format(file=file))
    try:
        if live:
            LiveWriter(SystemClock(), LiveEntries(plan), into_journal_file(file)).start()
        else:
            into_journal(open_journal(str(file)))(list(entries(plan)))
    except JournalError as error:
        raise WorkError(str(error)) from None


def _at_once(plan: Plan, out: Path, form: Form) -> None:
    written = write(plan, out, form)
    sys.stdout.write(_("{file}: {size} bytes written").format(file=out, size=written) + "\n")


def _live(plan: Plan, out: Path, form: Form) -> None:
    sys.stderr.write(_("{file}: writing as time passes; ctrl+c ends it").format(file=out) + "\n")
    with suppress(KeyboardInterrupt):
        LiveWriter(SystemClock(), LiveFloor(plan, form), onto_file(out)).run()
