"""What `floorwatch doctor` finds about feeds: there, readable, of a known format, written now, at the right time, found
again after a rotation, and noticed when they grow.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from floorwatch.engine.diagnosis import Check, Finding, fine, look, wrong
from floorwatch.engine.diagnosis_documents import documents_found
from floorwatch.engine.diagnosis_log import Glance, glance_at, rotated_beside, usual_at_this_hour
from floorwatch.engine.diagnosis_path import Trouble, looks_like, path_trouble, sample_of
from floorwatch.engine.house import House
from floorwatch.engine.recognising import DocumentsOf, LinesOf, format_of
from floorwatch.feeds.files import FileSource, files_of, locate
from floorwatch.feeds.rotation import rotated_names
from floorwatch.feeds.shapes import FeedError
from floorwatch.feeds.wake import silent_file_system
from floorwatch.host.catalogue import NotDeclaredError
from floorwatch.settings import FeedSettings
from floorwatch.spoken import duration, share
from floorwatch.text import inert, without_numbers
from floorwatch.words import _, _n, title_of

QUIET_SECONDS = 900
"""A log that was written in the last quarter of an hour needs no thought."""

AHEAD_SECONDS = 60
"""Two clocks that are apart by less are let be."""

_HALF_HOUR = 1800
_NEAR = 90
_FEW = 0.01
_MANY = 0.5

Took = Callable[[Glance], None]


def feed_found(house: House, name: str, wanted: FeedSettings, now: float, took: Took) -> Iterator[Finding]:
    """Everything about one feed; `took` is given what was seen in a log."""
    scheme, colons, _rest = wanted.path.partition("://")
    if colons and scheme != FileSource.scheme:
        yield _source_found(house, name, scheme)
        return
    trouble = path_trouble(wanted.path)
    if trouble is not None:
        yield _in_trouble(name, wanted, trouble)
        return
    files = files_of(locate(wanted.path))
    said = _n("{file}: there, and may be read", "{file}: {n} files, which may be read", len(files))
    yield fine(Check.FEED_FILE, said.format(file=wanted.path, n=len(files)), name)
    try:
        read_as = format_of(house, name, wanted)
    except FeedError as error:
        yield _no_format(name, files, error)
        return
    yield fine(Check.FEED_FORMAT, title_of(read_as.format), name)
    yield _watched(name, wanted.path)
    if isinstance(read_as, DocumentsOf):
        yield from documents_found(house, name, wanted)
    else:
        yield from _log_found(house, name, (wanted, read_as), now, took)


def lines_found(name: str, glance: Glance) -> Finding:
    """How much of what was read can be understood."""
    refused = sum(glance.rejected.values())
    if not glance.lines:
        return look(Check.FEED_LINES, _("no lines yet"), _("make a call, and ask again"), name)
    if refused <= _FEW * glance.lines:
        said = _n("{n} line read, {refused} refused", "{n} lines read, {refused} refused", glance.lines)
        return fine(Check.FEED_LINES, said.format(n=glance.lines, refused=refused), name)
    reasons = ", ".join(without_numbers(reason) for reason, _count in glance.rejected.most_common(3))
    part = share(min(1.0, refused / glance.lines))
    says = _("{part} % of {n} lines cannot be read: {reasons}").format(part=part, n=glance.lines, reasons=reasons)
    found = wrong if refused > _MANY * glance.lines else look
    return found(Check.FEED_LINES, says, _("floorwatch feeds check names each, with its number and reason"), name)


def last_found(name: str, glance: Glance, now: float) -> Finding | None:
    """How old the last line is, held against what is usual at this hour."""
    if glance.last_at is None or glance.last_at > now + AHEAD_SECONDS:
        return None
    age = now - glance.last_at
    said = _("the last line is {age} old").format(age=duration(max(0.0, age)))
    usual, known = usual_at_this_hour(glance.lines_at, now)
    if age < QUIET_SECONDS or (usual * 2 < known):
        return fine(Check.FEED_LAST, said, name)
    if not known:
        return fine(Check.FEED_LAST, said, name) if age < 86_400 else _silent(name, said)
    more = _("{said}, though it had lines at this hour on {usual} of the {known} days before")
    return _silent(name, more.format(said=said, usual=usual, known=known))


def clock_found(name: str, glance: Glance, now: float, written_at: float) -> Finding:
    """Whether the times of the log agree with the machine's clock, and with when the file was written."""
    last = glance.last_at
    if last is None:
        return look(Check.FEED_CLOCK, _("no line has a time yet"), _("make a call, and ask again"), name)
    if last > now + AHEAD_SECONDS:
        says = _("the last line is {ahead} in the future{hours}")
        ahead = last - now
        return wrong(
            Check.FEED_CLOCK,
            says.format(ahead=duration(ahead), hours=_whole_hours(ahead)),
            _(
                "compare `date -u` here and on the switch, and have both follow a time server; where the log holds"
                " local times, set the feed's option zone"
            ),
            name,
        )
    if written_at > now + AHEAD_SECONDS:
        says = _("the file was written {ahead} in the future").format(ahead=duration(written_at - now))
        return look(Check.FEED_CLOCK, says, _("have the file's server and this machine follow one time server"), name)
    apart = written_at - last
    if now - written_at < QUIET_SECONDS and (hours := _whole_hours(apart)):
        says = _("the file was written just now, but its last line is {age} old{hours}")
        do = _("where the log holds local times, set the feed's option zone; else look at the switch's clock")
        return look(Check.FEED_CLOCK, says.format(age=duration(apart), hours=hours), do, name)
    return fine(Check.FEED_CLOCK, _("its times agree with this machine's clock"), name)


def _log_found(
    house: House, name: str, read: tuple[FeedSettings, LinesOf], now: float, took: Took
) -> Iterator[Finding]:
    wanted, read_as = read
    glance = glance_at(wanted.path, read_as, now)
    took(glance)
    yield lines_found(name, glance)
    if (last := last_found(name, glance, now)) is not None:
        yield last
    place = locate(wanted.path)
    newest = files_of(place)[0]
    yield clock_found(name, glance, now, newest.stat().st_mtime)
    if not place.is_folder:
        yield _rotation_found(house, name, str(newest))


def _source_found(house: House, name: str, scheme: str) -> Finding:
    try:
        plugin = house.catalogue.source(scheme).plugin
    except NotDeclaredError as missing:
        return wrong(Check.FEED_NAMED, inert(str(missing)), _("install the plugin that brings it"), name)
    said = _("opened by the plugin {plugin}; only it can look further").format(plugin=plugin)
    return fine(Check.FEED_NAMED, said, name)


def _in_trouble(name: str, wanted: FeedSettings, trouble: Trouble) -> Finding:
    """A path that is not there: to be waited for where its format is named."""
    if trouble.is_missing and wanted.format:
        says = _("{what}; it is waited for").format(what=inert(trouble.says))
        return look(Check.FEED_FILE, says, inert(trouble.do), name)
    return wrong(Check.FEED_FILE, inert(trouble.says), inert(trouble.do), name)


def _no_format(name: str, files: Sequence[Path], error: FeedError) -> Finding:
    like = looks_like(sample_of(files[0])) if files else None
    if like is None:
        return wrong(Check.FEED_FORMAT, inert(str(error)), _("name the right file, or its format"), name)
    says = _("{file} is no feed: it looks like {what}").format(file=files[0], what=like)
    return wrong(Check.FEED_FORMAT, inert(says), _("name the queue log"), name)


def _silent(name: str, said: str) -> Finding:
    do = _("look whether the switch runs and writes this file (in Asterisk: queue_log in logger.conf)")
    return look(Check.FEED_LAST, said, do, name)


def _whole_hours(seconds: float) -> str:
    """The word for a difference of whole or half hours, as a wrong zone makes it; "" for any other."""
    halves = round(seconds / _HALF_HOUR)
    if not 1 <= halves <= 28 or abs(seconds - halves * _HALF_HOUR) > _NEAR:
        return ""
    return _(": {hours:g} hours, as of another time zone").format(hours=halves / 2)


def _rotation_found(house: House, name: str, path: str) -> Finding:
    read, others = rotated_beside(path)
    # Another log with a longer name, read as a feed of its own, is no stray part of this one.
    own = {os.path.realpath(feed.path) for feed in house.settings.feeds.values()}
    stray = [file.name for file in others if str(file) not in own and not rotated_names(file.name)]
    if stray:
        says = _("not read, as their names are those of no rotation: {files}").format(files=", ".join(stray[:5]))
        do = _("let logrotate name them: {name}.1, {name}-20261121 or {name}.1.gz").format(name=Path(path).name)
        return look(Check.FEED_ROTATION, inert(says), do, name)
    unreadable = [file for file in read if not os.access(file, os.R_OK)]
    if unreadable:
        says = _("{file}: was rotated, and may not be read").format(file=unreadable[0])
        do = _("let logrotate create files with the rights of the log (create 0640 asterisk asterisk)")
        return look(Check.FEED_ROTATION, inert(says), do, name)
    if not read:
        return fine(Check.FEED_ROTATION, _("no rotated files yet"), name)
    said = _n("{n} rotated file, newest {file}", "{n} rotated files, newest {file}", len(read))
    return fine(Check.FEED_ROTATION, inert(said.format(n=len(read), file=read[0].name)), name)


def _watched(name: str, path: str) -> Finding:
    place = locate(path)
    kind = silent_file_system(str(place.path if place.is_folder else place.path.absolute().parent))
    if kind is None:
        return fine(Check.FEED_WATCH, _("the system tells when it grows"), name)
    says = _("on a file system ({kind}) that does not tell when it grows: it is looked at twice a second")
    do = _("nothing, if half a second is soon enough; else run floorwatch where the file is written")
    return look(Check.FEED_WATCH, says.format(kind=inert(kind)), do, name)
