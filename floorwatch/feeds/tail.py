"""Follows one growing file through everything that happens to log files.

Rules
- The file is looked up by its path at each drain; what is read is the file, not the path (`FileReader`). Files that are
  still to be read stand in a queue: the past at the start, those rotated away, then the one at the path.
- Renamed: the old file is read to its end and for GRACE_SECONDS more, since a writer may not have let go of it; only
  then the new one begins. Of a link that is switched the old target is read for LINK_GRACE_SECONDS more. With
  nothing at the path, or an empty file, the old one is read on without end: its writer may not know yet.
- Replaced by a copy of itself, grown or not, as rsync leaves it: reading goes on in the copy.
- Rotated more than once between two drains: every rotated file that was not there before is read in between.
- Truncated or written anew: what a copy beside it still holds is read first, then the file from 0. Lines may have been
  lost in between, so that is counted.
- A last line without a line end is held. It is given as it is when the file is over: rotated and past its grace, or at
  the end of a file that is not followed. When a truncation takes it, it is part of the possible loss.
- Time is the `now` of each drain; nothing here waits.
"""

import os
from bisect import bisect_left
from collections import deque
from collections.abc import Callable
from operator import itemgetter

from floorwatch.feeds import rotation
from floorwatch.feeds.backfill import Sieve
from floorwatch.feeds.content import content_size
from floorwatch.feeds.lineage import Lineage, copy_among, is_copy, is_read_copy
from floorwatch.feeds.lines import OffsetLine
from floorwatch.feeds.part import GRACE_SECONDS, LINK_GRACE_SECONDS, Part, absence, lacks_of, unreadable
from floorwatch.feeds.reader import BLOCK_BYTES, FileKey, FileReader, RewrittenError, holds, key_of, kind_problem
from floorwatch.feeds.rotation import Sibling
from floorwatch.feeds.shapes import FeedError, FeedHealth, FeedLine
from floorwatch.words import _

_DRAIN_BYTES = 4 * 1024 * 1024
"""A drain that has something to give reads no more than this: long lines must not fill the memory."""

_EVERYTHING = 2**63
_NEVER = (-1, -1)


class Tail:
    """The feed of one file. Reads blocks of 256 KiB; holds at most a block of lines beyond what was asked for."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        name: str,
        *,
        past: Sieve | None = None,
        follow: bool = True,
        health: FeedHealth | None = None,
        siblings: Callable[[], list[Sibling]] | None = None,
    ) -> None:
        """Follow `path` as the feed `name`.

        `past` chooses among the lines that are there already; None takes all of them as new. Without `follow` the feed
        ends at the end of the file. A folder passes its own counts (`health`) and its own listing (`siblings`).
        """
        self.path = os.fspath(path)
        self.name = name
        self.health = FeedHealth(name) if health is None else health
        self.state, self.reason, self.lacks = "starting", "", ""
        self._owns_health = health is None
        self._past = past
        self._follow = follow
        self._lineage = Lineage(
            siblings or (lambda: rotation.siblings_of(self.path)), None if past is None else past.middle_time
        )
        self._parts: deque[Part] = deque()
        self._ready: list[FeedLine] = []
        self._note = ""
        self._is_turning = False
        self._last_time: float | None = None
        self._real = ""
        self._seen = _NEVER
        self._begun = self._ended = self._quiet = False

    @property
    def caught_up(self) -> bool:
        """Whether everything that was there at the last drain has been given.

        A new file that waits for the grace of the old one does not count: there is nothing to do but wait.
        """
        return self._quiet and not self._ready

    @property
    def parked(self) -> bool:
        """Whether no file is held open."""
        return all(part.reader.parked for part in self._parts)

    @property
    def settled(self) -> bool:
        """Whether there is nothing to do until the file changes."""
        return self.caught_up and self.state in ("ok", "ended") and len(self._parts) <= 1

    @property
    def left(self) -> int:
        """Bytes still to be read, as far as is known."""
        return sum(part.left for part in self._parts)

    def drain(self, now: float, limit: int = 4096) -> list[FeedLine]:
        """Complete lines that have come since, at most `limit`; none when there are none now."""
        if self._ended or self._unchanged():
            self._quiet = True
        else:
            self._fill(now, limit)
        given, self._ready = self._ready[:limit], self._ready[limit:]
        self._count(given)
        return given

    def park(self) -> None:
        """Let go of the open files; they are found again at need."""
        for part in self._parts:
            part.reader.park()

    def close(self) -> None:
        """Let go of the files; may be called twice."""
        self.park()

    def _fill(self, now: float, limit: int) -> None:
        self.state, self.reason, self.lacks, self._is_turning = "ok", self._note, "", False
        self._look()
        self._quiet, budget = False, _DRAIN_BYTES
        while len(self._ready) < limit and (budget > 0 or not self._ready):
            lines = self._more(now)
            if lines is None:
                self._quiet = True
                return
            self._ready += lines
            budget -= BLOCK_BYTES

    def _unchanged(self) -> bool:
        """Whether this is a parked file that nobody touched: then it stays parked."""
        if not (self._quiet and self.state == "ok" and len(self._parts) == 1 and self.parked):
            return False
        try:
            found = os.stat(self.path)  # noqa: PTH116  # ten thousand times a second in a large folder
        except OSError:
            return False
        return key_of(found) == self._parts[0].reader.key and (found.st_size, found.st_mtime_ns) == self._seen

    def _count(self, given: list[FeedLine]) -> None:
        health = self.health
        health.gave(given)
        if self._past is not None and not health.lines:
            health.passed_over(self._past.newest)
        if self._owns_health:
            health.state, health.reason, health.lacks = self.state, self.reason, self.lacks
            health.is_turning = self._is_turning
            health.bytes_total = health.bytes_read + self.left

    # --- what is at the path ---------------------------------------------------------------------------------------

    def _look(self) -> None:
        try:
            found = os.stat(self.path)  # noqa: PTH116  # a thousand times a second: no Path object
        except OSError as error:
            self._begin(None)
            (self.state, self.reason), self.lacks = absence(self.path, error, bool(self._parts)), lacks_of(error)
            return
        problem = kind_problem(found)
        self._begin(None if problem else found)
        if problem is not None:
            self.state, self.reason = "failed", f"{self.path}: {problem}"
            return
        elsewhere = self._is_elsewhere()
        if not self._parts:
            self._parts.append(self._part(self.path, key_of(found), found.st_size))
        elif self._parts[-1].reader.key != key_of(found):
            self._rotated(found, elsewhere)
        else:
            self._grown(self._parts[-1], found)
        self._seen = (found.st_size, found.st_mtime_ns)

    def _is_elsewhere(self) -> bool:
        """Whether the path leads elsewhere since the last look: what lies beside its new target was never ours."""
        before, self._real = self._real, os.path.realpath(self.path)
        if before == self._real:
            return False
        self._lineage.begin()
        return True

    def _begin(self, found: os.stat_result | None) -> None:
        """Queue the past, oldest first, and the file as it is; once."""
        if self._begun:
            return
        self._begun = True
        self._real = os.path.realpath(self.path)
        self._lineage.begin()
        past = self._past
        if past is not None and past.rotated:
            current = None if found is None else (self.path, key_of(found), found.st_size)
            for sibling in self._lineage.past(past, current):
                self._parts.append(self._part(sibling.path, sibling.key, sibling.size, _EVERYTHING))
        if found is not None:
            past_until = 0 if past is None else found.st_size if past.until is None else past.until
            self._parts.append(self._part(self.path, key_of(found), found.st_size, past_until))
        if past is not None and not self._follow:
            self._last_time = past.last_time(self.path)

    def _part(self, path: str, key: FileKey, size: int, past_until: int = 0) -> Part:
        return Part(FileReader(path, key, self.health.reject), content_size(path, size), past_until)

    def _rotated(self, found: os.stat_result, elsewhere: bool) -> None:
        """Another file stands at the path: queue it, behind those that came and went in between."""
        old, key = self._parts.pop(), key_of(found)
        between = [old] if elsewhere else self._succession(old, key)
        self.health.rotations += max(1, len(between))
        filled = [part for part in between if part is old or part.size]
        if filled[-1:] == [old] and self._continues(old, found):
            old.reader.move_to(self.path, key)
            old.size = found.st_size
            self._parts += filled
            return
        for part in between[-1:] if self._follow else ():
            part.grace_seconds = LINK_GRACE_SECONDS if elsewhere else GRACE_SECONDS
        new = self._part(self.path, key, found.st_size)
        self._still_there(new)  # held open from now on: it may be replaced, too, before its turn comes
        self._parts += [*between, new]

    def _continues(self, old: Part, found: os.stat_result) -> bool:
        """Whether the file at the path is a copy, grown or not, of the one that it took the place of, which is gone: so
        leave it rsync and many an editor."""
        reader = old.reader
        known = reader.whole() if self._still_there(old) else reader.fingerprint
        return 0 < known.size <= found.st_size and holds(self.path, known) and not self._lineage.lists(reader.key)

    def _grown(self, part: Part, found: os.stat_result) -> None:
        """The file at the path is the one that was there before, as far as its name and inode tell."""
        if not part.reader.compressed:
            part.size = found.st_size
        if self._seen in ((found.st_size, found.st_mtime_ns), _NEVER):
            return
        if part.reader.position:
            if self._begins_alike(part):
                self._rewritten(part)
            return
        # Nothing was read yet, so there is nothing to tell a truncation by, except the copy that was made for it.
        copies = self._succession(self._parts.pop(), part.reader.key)
        self.health.possible_loss += len(copies)
        self.health.rotations += len(copies)
        self._parts += [*copies, part]

    def _rewritten(self, part: Part) -> None:
        """What was read of this file is gone from it: finish it from a copy, if there is one, and start again at 0, or
        where it was cut off."""
        self.health.possible_loss += 1
        if part is not self._parts[-1]:
            part.reader.park()
            self._parts.popleft()
            return
        key, size, cut_to = part.reader.key, part.size, part.reader.cut_to()
        between = self._succession(self._parts.pop(), key)
        self.health.rotations += len(between)
        if cut_to and not between:
            part.step_back(cut_to)
            self._parts.append(part)
            return
        part.reader.park()
        self._parts += [*between, self._part(self.path, key, size)]

    def _succession(self, old: Part, current: FileKey) -> list[Part]:
        """What is to be read before the current file: the rest of the old one, and all that was written after it.

        The rest may be in a copy or an archive; the old inode may meanwhile hold something newer.
        """
        reader, is_alike = old.reader, old.reader.key == current and self._begins_alike(old)
        is_there = self._still_there(old) and not is_alike
        fresh = [each for each in self._lineage.since(current) if not self._is_queued(each)]
        if not is_there:
            copied = copy_among(fresh, reader.fingerprint)
        else:
            copied = None if reader.key == current else self._lineage.grown_copy(reader, fresh)
        if copied is not None:
            copy, *later = fresh[copied:]
            earlier = [] if reader.position else [each for each in fresh[:copied] if not is_copy(each, reader)]
            reader.move_to(copy.path, copy.key)
            old.size = content_size(copy.path, copy.size)
            return [*map(self._part_of, earlier), old, *map(self._part_of, later)]
        if not is_there:
            newer = [self._part_of(each) for each in fresh if not is_read_copy(each, reader)]
            if reader.key == current or newer or not reader.position or not holds(self.path, reader.fingerprint):
                self.health.possible_loss += reader.key != current
                return newer
            return [old]  # the current file is a copy of it
        others = [each for each in fresh if each.key != reader.key and not is_copy(each, reader)]
        parts = [self._part_of(each) for each in others]
        if reader.position:
            return [old, *parts]
        if reader.key == current:
            return parts
        written = reader.written_ns() or 0  # nothing was read of it: it has no place before the others
        place = sum(each.mtime_ns < written for each in others)
        return [*parts[:place], old, *parts[place:]]

    def _begins_alike(self, part: Part) -> bool:
        """Whether it was truncated and begins as before, as far as it was read (a header, say): only a copy tells."""
        return part.reader.knows_all and self._still_there(part) and self._lineage.shows_truncation(part.reader)

    def _is_queued(self, sibling: Sibling) -> bool:
        return any(
            part.reader.key == sibling.key and holds(sibling.path, part.reader.fingerprint) for part in self._parts
        )

    def _still_there(self, part: Part) -> bool:
        """Whether the file still holds what was read of it, under whatever name."""
        try:
            part.reader.attach(self._lineage.paths)
            return part.reader.unchanged()
        except (OSError, FeedError):
            return False

    def _part_of(self, sibling: Sibling) -> Part:
        return self._part(sibling.path, sibling.key, sibling.size)

    # --- what is read ----------------------------------------------------------------------------------------------

    def _more(self, now: float) -> list[FeedLine] | None:
        """The next lines (perhaps none of a block are wanted), None when there is nothing more to read now."""
        while self._parts:
            part = self._parts[0]
            if part.resting(now):
                (self.state, self.reason), self.lacks = unreadable(part, part.trouble), lacks_of(part.trouble)
                return None
            try:
                lines = self._read(part)
            except RewrittenError:
                self._rewritten(part)
            except (FeedError, OSError) as error:
                if not self._set_back(part, error, now):
                    return None
            else:
                if lines is not None:
                    part.recovered(now)
                    return self._as_feed_lines(part, lines, now)
                if self._holds_on(part, now):
                    return None
                return self._finish(part, now)
        return None

    def _read(self, part: Part) -> list[OffsetLine] | None:
        reader, past = part.reader, self._past
        reader.attach(self._lineage.paths)
        before, skips = reader.position, None
        if past is not None:
            if before == 0:
                past.begin_file()
            if before + BLOCK_BYTES <= part.past_until:
                skips = past.skips
        lines = reader.next_lines(skips)
        self.health.bytes_read += reader.position - before
        return lines

    def _as_feed_lines(self, part: Part, lines: list[OffsetLine], now: float) -> list[FeedLine]:
        name, past = self.name, self._past
        if past is None or not lines or (lines[0][0] >= part.past_until and not part.reader.compressed):
            return [FeedLine(name, now, offset, raw) for offset, raw in lines]
        until = len(lines) if part.reader.compressed else bisect_left(lines, part.past_until, key=itemgetter(0))
        latest = now if self._last_time is None else max(now, self._last_time)
        given = past.stamped(name, past.keep(lines[:until]), latest)
        return given + [FeedLine(name, now, offset, raw) for offset, raw in lines[until:]]

    def _holds_on(self, part: Part, now: float) -> bool:
        """Whether more may still come at the end of this file."""
        if len(self._parts) == 1:
            return self._follow
        pressed = len(self._parts) > 2 or self._parts[-1].left > 0
        waits = part.waits(now, pressed=pressed)
        if waits and pressed:
            self._is_turning = True
            self.reason = _("rotated: the old file is still read for a moment, then the new one begins")
        return waits

    def _finish(self, part: Part, now: float) -> list[FeedLine]:
        """The file is over: its last line goes out even without a line end."""
        if part.cut_off(now):
            self.health.possible_loss += 1
        lines = self._as_feed_lines(part, part.reader.finish(), now)
        self._drop(part)
        if not self._parts:
            self._ended, self.state = True, "ended"
        return lines

    def _set_back(self, part: Part, error: Exception, now: float) -> bool:
        """Note why this file cannot be read; True when the queue goes on without it."""
        (self.state, self.reason), self.lacks = unreadable(part, error), lacks_of(error)
        part.set_back(error, now)
        if len(self._parts) == 1:
            return False
        self._note = self.reason
        self.health.possible_loss += 1
        self._drop(part)
        return True

    def _drop(self, part: Part) -> None:
        self._parts.popleft()
        self._lineage.remember(part.reader)
        part.reader.park()
