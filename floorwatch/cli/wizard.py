"""`floorwatch config init` on a terminal: a floor's first configuration, asked for in plain lines, and then the floor.

Rules
- Nothing is written before the last answer: whoever leaves on the way leaves nothing behind.
- Files are this person's alone (0600). What is there is written over only where that is agreed to, and is then kept
  beside the new one.
"""

import shlex
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.cli.failing import WorkError
from floorwatch.cli.wishes import Wishes
from floorwatch.cli.wizard_asking import Asker, LeftError
from floorwatch.cli.wizard_feeds import ChosenFeed, ask_feeds, ask_queues
from floorwatch.cli.wizard_floor import ask_floor, ask_language, ask_me, ask_targets
from floorwatch.cli.wizard_people import NAME, PeopleChosen, ask_people
from floorwatch.engine.new_file import write_new
from floorwatch.settings import Settings, SettingsError
from floorwatch.settings.own_folders import make_own
from floorwatch.settings.starter import Filling, as_path, filled_reference
from floorwatch.text import inert
from floorwatch.words import _


class Plan(Struct, frozen=True):
    """What is to be written."""

    filling: Filling
    people: PeopleChosen


def wizard(wishes: Wishes, target: Path, feed: str | None) -> None:
    """Ask, write, check, and open the floor. Raises WorkError where somebody leaves or does not agree; then nothing is
    written."""
    asker = Asker()
    try:
        plan = _asked(asker, wishes, target, feed)
        _write(asker, plan, target)
        opens = _checked(asker, wishes, target)
    except LeftError:
        raise WorkError(_("the answers ended before the floor was open")) from None
    if not opens:
        asker.say(_("Later: floorwatch --config {file}").format(file=shlex.quote(str(target))))
        return
    from floorwatch.cli.watching import watch

    watch(_with_config(wishes, target), (), None, headless=False, seconds=None)


def write_new_file(path: Path, text: str) -> None:
    """Write a new file for this person alone, its folder too. Raises FileExistsError and OSError."""
    make_own(path.parent)
    write_new(path, text.encode("utf-8"))


def _asked(asker: Asker, wishes: Wishes, target: Path, given: str | None) -> Plan:
    language = ask_language(asker)
    asker.say(_("A few questions, then the floor. Enter takes what stands in [brackets], ? explains, ctrl+c leaves."))
    _ask_place(asker, target)
    house = wishes.silent_house(Settings())
    feeds = ask_feeds(asker, house, given)
    log = feeds[0].looked.glance
    queues = ask_queues(asker, house, log) if log is not None and log.calls else {}
    floor = ask_floor(asker, log)
    service, own = ask_targets(asker, list(log.calls) if log is not None else ())
    glances = [each.looked.glance for each in feeds if each.looked.glance is not None]
    people = ask_people(asker, target.absolute().parent, wishes.people, glances)
    floor |= {"language": language, **ask_me(asker)}
    return Plan(_filling(floor, service, _merged(queues, own), feeds, people), people)


def _ask_place(asker: Asker, target: Path) -> None:
    if not target.exists():
        return
    why = _("It is kept beside the new one, as {file}.").format(file=_kept(target).name)
    question = _("{file} is there already. Write a new one in its place").format(file=target)
    if not asker.agrees(question, why, proposal=False):
        raise WorkError(_("{file}: is there already; edit it, or give another path").format(file=target))


def _filling(
    floor: dict[str, Any],
    service: dict[str, Any],
    queues: Mapping[str, Mapping[str, Any]],
    feeds: list[ChosenFeed],
    people: PeopleChosen,
) -> Filling:
    file = NAME if people.text is not None else as_path(str(people.path)) if people.path is not None else None
    return {
        "floor": floor,
        "service": service,
        "queues": queues,
        "feeds": {feed.name: feed.settings for feed in feeds},
        "people": {} if file is None else {"file": file},
    }


def _merged(*tables: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    names = dict.fromkeys(name for table in tables for name in table)
    return {name: {key: value for table in tables for key, value in table.get(name, {}).items()} for name in names}


def _write(asker: Asker, plan: Plan, target: Path) -> None:
    """Both files, or none of them."""
    people = target.absolute().parent / NAME
    with ExitStack() as undo:  # ctrl+c or a full disk in between: half of a floor would be worse than none
        if plan.people.text is not None:
            write_new_file(people, plan.people.text)
            undo.callback(people.unlink, missing_ok=True)
        if target.exists():
            kept = target.rename(_kept(target))
            undo.callback(kept.rename, target)
        write_new_file(target, filled_reference(plan.filling))
        undo.pop_all()
    asker.say(_("Written: {file}").format(file=target))
    if plan.people.text is not None:
        asker.say(_("Written: {file}; fill in names, numbers, seats and teams there").format(file=people))


def _kept(target: Path) -> Path:
    number = 1
    while (kept := target.with_name(f"{target.name}.{number}")).exists():
        number += 1
    return kept


def _checked(asker: Asker, wishes: Wishes, target: Path) -> bool:
    """Whether the floor is to be opened, after a check of what was written."""
    from floorwatch.cli.configuring import check

    try:
        check(_with_config(wishes, target))
    except SettingsError as error:
        for message in error.messages:
            sys.stdout.write(_("  ! {wrong}").format(wrong=inert(message)) + "\n")
    why = _(
        "q leaves the floor, F1 names every key. floorwatch alone opens it again, floorwatch doctor looks after it."
    )
    return asker.ask(_("Enter opens the floor (n: not now)"), why, "", _opens)


def _opens(text: str) -> bool:
    if text.casefold() in ("", "y", "yes", "是"):
        return True
    if text.casefold() in ("n", "no", "不", "否", "q"):
        return False
    raise ValueError(_("Enter, or n"))


def _with_config(wishes: Wishes, target: Path) -> Wishes:
    return replace(wishes, config=target)
