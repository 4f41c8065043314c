"""The faults as steps on a log that is followed all the while: each does one to the log of a stage, and leaves it there
to be written to. What is around the log is in `steps_around`.
"""

import os
import shutil
from functools import partial

from tests.faults.playing import SETTLED_SECONDS, finish, step, tell, tell_these
from tests.faults.said import SAID
from tests.faults.stage import Stage
from tests.feeds.log_files import shift

# --- files -----------------------------------------------------------------------------------------------------------


@step(1, "renamed, and made anew")
def renamed(stage: Stage) -> None:
    stage.says(4)
    stage.rotate()
    stage.says(4)


@step(2, "late lines in the renamed file")
def late(stage: Stage) -> None:
    old = stage.rotate()
    stage.pass_time(1)
    stage.says(3, to=old)
    stage.pass_time(1)
    stage.says(3)


@step(8, "a file of one line, rotated at once")
def short(stage: Stage) -> None:
    stage.rotate()
    stage.says(1)
    stage.pass_time(SETTLED_SECONDS)
    stage.rotate()
    stage.says(1)


@step(9, "the same header in every file")
def same_header(stage: Stage) -> None:
    header = b"# " + b"column;" * 500
    for _day in range(2):
        stage.rotate()
        finish(stage, header, header)
        stage.says(3)
        stage.pass_time(SETTLED_SECONDS)


@step(10, "rotated three times between two looks")
def rotated_often(stage: Stage) -> None:
    for _day in range(3):
        stage.says(3)
        stage.rotate()
        stage.says(3)


@step(12, "rotated and compressed at once")
def compressed(stage: Stage) -> None:
    stage.says(3)
    stage.gzip(stage.rotate())
    stage.says(3)


@step(14, "an archive that is still being written")
def archive_in_the_making(stage: Stage) -> None:
    rotated = stage.rotate()
    stage.says(3)
    stage.pass_time(SETTLED_SECONDS)
    archive = stage.gzip(rotated)
    whole = archive.read_bytes()
    archive.write_bytes(whole[: len(whole) // 2])
    stage.pass_time(1)
    archive.write_bytes(whole)


@step(16, "a copy of it, grown, in its place, as rsync leaves it")
def copied_over(stage: Stage) -> None:
    for _minute in range(3):
        stage.says(3)
        stage.pass_time(1)
        lines = stage.lines(3)
        stage.replace(stage.log.read_bytes() + b"".join(line + b"\n" for line in lines))
        stage.said += lines
        stage.pass_time(1)


@step(17, "the log becomes a link, and the link is switched")
def link_switched(stage: Stage) -> None:
    stage.says(3)
    first, second = stage.beside(".1"), stage.folder / "second"
    stage.rotate()
    stage.log.symlink_to(first)
    stage.pass_time(1)
    stage.says(3, to=second)
    fresh = stage.folder / ".link"
    fresh.symlink_to(second)
    fresh.replace(stage.log)
    stage.pass_time(SETTLED_SECONDS)
    second.replace(stage.log)
    stage.pass_time(1)


@step(18, "a link to nowhere in its place for a while")
def dangling(stage: Stage) -> None:
    stage.says(2)
    stage.rotate()
    stage.log.symlink_to("nowhere")
    stage.pass_time(2)
    stage.log.unlink()
    stage.says(3)


@step(20, "its folder is moved away, and comes back")
def folder_moved(stage: Stage) -> None:
    stage.says(2)
    away = stage.folder.with_name("away")
    stage.folder.rename(away)
    stage.pass_time(2)
    away.rename(stage.folder)
    stage.says(2)


@step(22, "a folder in its place for a while")
def folder_in_place(stage: Stage) -> None:
    stage.says(2)
    stage.rotate()
    stage.log.mkdir()
    stage.pass_time(2)
    stage.log.rmdir()
    stage.says(2)


@step(23, "half a line, and the rest of it after a rename")
def half_a_line(stage: Stage) -> None:
    (line,) = stage.lines()
    stage.write(line[:20])
    stage.pass_time(1)
    old = stage.rotate()
    finish(stage, line, line[20:], old)
    stage.says(2)


# --- bytes -----------------------------------------------------------------------------------------------------------


@step(24, "a line written byte by byte")
def byte_by_byte(stage: Stage) -> None:
    (line,) = stage.lines()
    for place in range(len(line)):
        stage.write(line[place : place + 1])
        stage.pass_time(0)
    finish(stage, line, b"")


@step(25, "a Chinese name split within its characters")
def split_character(stage: Stage) -> None:
    line = f"{stage.clock.now():.0f}|NONE|客服|PJSIP/2001|ADDMEMBER|".encode()
    for place in range(len(line)):
        stage.write(line[place : place + 1])
        stage.pass_time(0)
    finish(stage, line, b"")


@step(26, "a last line without its end when the log is renamed")
def no_end(stage: Stage) -> None:
    (line,) = stage.lines()
    stage.write(line)
    stage.said.append(line)
    stage.rotate()
    stage.says(2)


@step(27, "a line of 200,000 bytes")
def too_long(stage: Stage) -> None:
    stage.write(b"x" * 200_000 + b"\n")
    stage.says(2)


@step(28, "a hole of NUL bytes")
def hole(stage: Stage) -> None:
    stage.write(bytes(1_000_000))
    stage.says(2)


@step(29, "NUL bytes, bytes that are no UTF-8, and terminal escapes in fields")
def strange_bytes(stage: Stage) -> None:
    at = f"{stage.clock.now():.0f}".encode()
    for name in (b"a\0b", b"\xff\xfe", b"\x1b[2J\x1b]0;x\x07", "\u202eabc\u200b".encode()):
        line = at + b"|NONE|" + name + b"|PJSIP/2001|PAUSE|" + name
        finish(stage, line, line)


@step(33, "CR LF")
def windows(stage: Stage) -> None:
    for line in stage.lines(3):
        finish(stage, line, line + b"\r")


# --- what lines say --------------------------------------------------------------------------------------------------


@step(47, "times out of order, of 1970, and of no time at all")
def wrong_times(stage: Stage) -> None:
    now = stage.clock.now()
    for at in (now - 30, 0, 10**19, now):
        line = f"{at:.0f}|NONE|support|PJSIP/2002|PAUSE|{at:.0f}".encode()
        finish(stage, line, line)


@step(50, "lines that come twice")
def twice(stage: Stage) -> None:
    for line in stage.says(6):
        finish(stage, line, line)


@step(51, "calls that end without having begun")
def orphans(stage: Stage) -> None:
    tell(stage, "o1|support|PJSIP/2001|CONNECT|4|x|3", "o2|support|PJSIP/2001|COMPLETEAGENT|4|60|1")
    tell(stage, "o3|support|NONE|ABANDON|1|1|7")


@step(52, "a call that enters twice, and ends twice")
def entered_twice(stage: Stage) -> None:
    enters, ends = "e1|support|NONE|ENTERQUEUE||5550001111|1", "e1|support|NONE|ABANDON|1|1|7"
    tell(stage, enters, enters, ends, ends)


@step(55, "separators in fields and behind them")
def separators(stage: Stage) -> None:
    tell(stage, "NONE|support|PJSIP/2003|PAUSE|a|b|c|||", "p1|support|NONE|ENTERQUEUE||55|50|1|", "NONE|support|||")


@step(56, "words that nobody knows")
def unknown(stage: Stage) -> None:
    tell(stage, "NONE|support|PJSIP/2003|NEWWORD|1|2", "REALTIME|support|NONE|DID|15550003", "CLI||||||||||")


@step(63, "a name that forges a line")
def forged(stage: Stage) -> None:
    tell(stage, "f1|support|NONE|ENTERQUEUE||[bold]x[/]\x1b[31m|1")
    tell(stage, "NONE|support|PJSIP/2001|PAUSE|\u2028forged")


@step(58, "the switch is restarted amid calls, and uses a call's name again")
def restarted(stage: Stage) -> None:
    tell(stage, "r1|support|NONE|ENTERQUEUE||5550001111|1", "NONE|NONE|NONE|QUEUESTART|")
    tell(stage, "r1|support|NONE|ENTERQUEUE||5550002222|1")


for number, words, lines in SAID:
    step(number, words)(partial(tell_these, lines))


# --- what takes lines from the disk ----------------------------------------------------------------------------------


@step(3, "copied and truncated")
def copied_and_truncated(stage: Stage) -> None:
    stage.says(4)
    stage.copytruncate()
    stage.says(4)


@step(3, "written to between the copy and the truncation", keeps_disk=False)
def written_between(stage: Stage) -> None:
    stage.says(40)
    stage.pass_time(1)
    shift(stage.log)
    shutil.copy(stage.log, stage.beside(".1"))
    stage.says(4)
    stage.pass_time(1)
    os.truncate(stage.log, 0)
    stage.says(4)


@step(4, "truncated and grown past where it was", keeps_disk=False)
def truncated_and_grown(stage: Stage) -> None:
    size = stage.log.stat().st_size
    os.truncate(stage.log, 0)
    while stage.log.stat().st_size <= size:
        stage.says(20)


@step(5, "truncated and written to the very size that it had", keeps_disk=False)
def same_size(stage: Stage) -> None:
    stage.rotate()
    at = stage.clock.now()
    first = [f"{at:.0f}|NONE|support|PJSIP/2001|PAUSE|{number:04}".encode() for number in range(20)]
    for line in first:
        finish(stage, line, line)
    stage.pass_time(SETTLED_SECONDS)
    os.truncate(stage.log, 0)
    for line in first:
        other = line.replace(b"PAUSE", b"AUSEP")
        finish(stage, other, other)


@step(15, "deleted, and made again", keeps_disk=False)
def deleted(stage: Stage) -> None:
    stage.says(2)
    stage.log.unlink()
    stage.pass_time(1)
    stage.says(3)


@step(16, "another file in its place at once", keeps_disk=False)
def replaced(stage: Stage) -> None:
    stage.says(2)
    lines = stage.lines(3)
    stage.replace(b"".join(line + b"\n" for line in lines))
    stage.said += lines


@step(41, "a line torn by a full disk", keeps_disk=False)
def torn(stage: Stage) -> None:
    (line,) = stage.lines()
    stage.write(line[:25])
    (other,) = stage.lines()
    finish(stage, line[:25] + other, other)
