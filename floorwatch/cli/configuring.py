"""`floorwatch config`: write a configuration to begin with, say what is wrong with one, show what applies."""

import shlex
import sys
from pathlib import Path

from floorwatch.cli.doubts import doubted_country, doubted_feeds, doubted_journal
from floorwatch.cli.failing import WorkError
from floorwatch.cli.plain import plain_table
from floorwatch.cli.wishes import Wishes
from floorwatch.engine.house import mistakes_of
from floorwatch.settings import SettingsError, settings_table, starter, usual_places
from floorwatch.text import inert
from floorwatch.words import _

USUAL_LOG = "/var/log/asterisk/queue_log"
"""Where Asterisk writes its queue log unless told otherwise."""


def init(wishes: Wishes, path: Path | None, feed: str | None, *, asks_nothing: bool) -> None:
    """Ask on a terminal what the floor needs, write it, and open the floor; elsewhere, or where nothing is to be asked,
    write the reference with the feed's path filled in. Raises WorkError when the file is there already."""
    target = path or wishes.config or list(usual_places(Path.cwd()))[1]
    from floorwatch.cli.wizard import wizard, write_new_file

    if not asks_nothing and sys.stdin.isatty() and sys.stdout.isatty():
        wizard(wishes, target, feed)
        return
    try:
        write_new_file(target, starter(str(Path(feed or USUAL_LOG).absolute())))
    except FileExistsError:
        raise WorkError(_("{file}: is there already; edit it, or give another path").format(file=target)) from None
    said = _("{file}: written; now try: floorwatch --config {file} config check")
    sys.stdout.write(said.format(file=shlex.quote(str(target))) + "\n")


def check(wishes: Wishes) -> None:
    """Say that all is well. Raises SettingsError with everything that is not."""
    settings = wishes.settings()
    house = wishes.silent_house(settings, screen=True)
    asked = (*doubted_feeds(house), *doubted_journal(house), *doubted_country(house))
    mistakes = [*wishes.doubts(house), *asked, *mistakes_of(house)]
    if house.people.ignored_columns:
        said = _("the people file has columns that mean nothing here: {columns}")
        sys.stdout.write(inert(said.format(columns=", ".join(house.people.ignored_columns))) + "\n")
    if mistakes:
        raise SettingsError(*mistakes)
    named = str(settings.file) if settings.file is not None else _("no configuration file, defaults apply")
    sys.stdout.write(_("{file}: all is well").format(file=named) + "\n")


def show(wishes: Wishes) -> None:
    """Print every setting, its value and its source."""
    rows = [(row.key, row.value, row.source, row.origin) for row in settings_table(wishes.settings())]
    sys.stdout.write(plain_table((_("key"), _("value"), _("from"), _("source")), rows) + "\n")
