"""The file of keyframes: what is read of it while it is written, torn, corrupt, replaced, or of something else."""

import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.file import KeyframesError, KeyframesFile
from floorwatch.engine.keyframes.fingerprint import Fingerprint
from floorwatch.engine.keyframes.writer import KeyframesWriter, writer_for
from tests.engine.small_floor import START
from tests.keyframes.small_recording import BLOCKS, all_read, fingerprint, grown, recording, written
from tests.patience import PATIENCE_SECONDS

WHOLE = [(place.kind, data) for place, data in BLOCKS]

ENDLESS = """
import sys
from pathlib import Path
from tests.keyframes.small_recording import BLOCKS, fingerprint
from floorwatch.engine.keyframes.writer import KeyframesWriter
writer = KeyframesWriter(Path(sys.argv[1]), fingerprint(Path(sys.argv[2])))
while True:
    for place, data in BLOCKS[:3]:
        writer.write(place, data)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "day.floorlog.keyframes"


@pytest.fixture
def of(tmp_path: Path) -> Fingerprint:
    return fingerprint(recording(tmp_path / "day.floorlog"))


def test_what_was_written_is_read(path: Path, of: Fingerprint) -> None:
    places = written(path, of)
    file = KeyframesFile(path, of)
    assert file.refresh() == places
    assert [place.share for place in places] == [place.share for place, _data in BLOCKS]
    assert [file.read(place) for place in places] == [data for _place, data in BLOCKS]
    assert file.is_whole
    assert file.refresh() == []
    file.close()


def test_the_file_is_the_users_alone_and_nothing_is_left_beside_it(path: Path, of: Fingerprint) -> None:
    written(path, of)
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in path.parent.iterdir()) == ["day.floorlog", path.name]


def test_a_name_may_be_as_long_as_a_name_can_be(of: Fingerprint, tmp_path: Path) -> None:
    path = tmp_path / ("e" * 255)
    KeyframesWriter(path, of).close()
    assert sorted(tmp_path.iterdir()) == [tmp_path / "day.floorlog", path]


def test_a_reader_sees_what_comes(path: Path, of: Fingerprint) -> None:
    writer = KeyframesWriter(path, of)
    file = KeyframesFile(path, of)
    for place, data in BLOCKS:
        assert file.refresh() == []
        there = writer.write(place, data)
        assert file.refresh() == [there]
        assert file.read(there) == data
    writer.close()
    file.close()


def test_truncated_anywhere_the_whole_blocks_are_read(path: Path, of: Fingerprint, tmp_path: Path) -> None:
    written(path, of)
    whole, torn = path.read_bytes(), tmp_path / "torn"
    first = whole.index(b"\n") + 1
    for size in range(len(whole)):
        torn.write_bytes(whole[:size])
        if size < first - 1:
            with pytest.raises(KeyframesError, match="not a file of keyframes"):
                all_read(torn, of)
            continue
        read = all_read(torn, of)
        assert read == WHOLE[: len(read)]
        assert len(read) < len(WHOLE)


def test_no_flipped_bit_is_taken_for_good(path: Path, of: Fingerprint, tmp_path: Path) -> None:
    written(path, of)
    whole, spoilt = path.read_bytes(), tmp_path / "spoilt"
    for at in range(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << (at % 8)
        spoilt.write_bytes(flipped)
        read, said = [], ""
        try:
            read = all_read(spoilt, of)
        except KeyframesError as error:
            said = str(error)
        assert read == WHOLE[: len(read)]
        assert len(read) < len(WHOLE)
        assert said == said.partition("\n")[0]
        assert read or said.startswith(str(spoilt))


def test_a_corrupt_block_is_named_and_those_before_it_are_read(path: Path, of: Fingerprint) -> None:
    places = written(path, of)
    with path.open("r+b") as file:
        file.seek(places[2].offset + 5)
        file.write(b"\xff\xff\xff")
    opened = KeyframesFile(path, of)
    first, second, third, *_rest = opened.refresh()
    assert opened.read(first) == BLOCKS[0][1]
    assert opened.read(second) == BLOCKS[1][1]
    with pytest.raises(KeyframesError, match="corrupt at block 3"):
        opened.read(third)
    opened.close()


def test_a_corrupt_head_ends_the_file_there(path: Path, of: Fingerprint) -> None:
    places = written(path, of)
    with path.open("r+b") as file:
        file.seek(places[2].offset - 3)
        file.write(b"\xff\xff\xff")
    opened = KeyframesFile(path, of)
    assert opened.refresh() == places[:2]
    with pytest.raises(KeyframesError, match="corrupt at block 3"):
        opened.refresh()
    opened.close()


def test_a_block_says_how_much_it_unpacks_to(path: Path, of: Fingerprint) -> None:
    """Few bytes that a stranger made become no more than their head says, which has a checksum of its own."""
    bomb = Place(Kind.FRAME, 1, 1, START, START)
    writer = KeyframesWriter(path, of)
    there = writer.write(bomb, bytes(10_000_000))
    writer.close()
    assert there.size < 100_000
    assert all_read(path, of) == [(Kind.FRAME, bytes(10_000_000))]


def test_what_shrinks_while_it_is_read_is_corrupt(path: Path, of: Fingerprint) -> None:
    places = written(path, of)
    file = KeyframesFile(path, of)
    file.refresh()
    os.truncate(path, places[1].offset)
    with pytest.raises(KeyframesError, match="corrupt at block 2"):
        file.read(places[1])
    with pytest.raises(KeyframesError, match="corrupt"):
        file.refresh()
    file.close()


def test_a_file_that_vanishes_is_read_on(path: Path, of: Fingerprint) -> None:
    places = written(path, of)
    file = KeyframesFile(path, of)
    path.unlink()
    assert file.is_replaced
    assert [file.read(place) for place in file.refresh()] == [data for _place, data in BLOCKS]
    file.close()
    with pytest.raises(KeyframesError, match="closed"):
        file.read(places[0])
    with pytest.raises(FileNotFoundError):
        KeyframesFile(path, of)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a file of keyframes"),
        (b"notes of mine\n", "not a file of keyframes"),
        (b'{"floorlog": 1, "zone": "UTC", "feeds": {}}\n', "not a file of keyframes"),
        (b'{"floorwatch-keyframes":3,"new":"shape"}\n', "of version 3, and this floorwatch reads 2"),
        (b'{"floorwatch-keyframes":2,"floorwatch":7}\n', "line 1"),
    ],
)
def test_what_it_is_not_is_said_in_a_line(path: Path, of: Fingerprint, content: bytes, said: str) -> None:
    path.write_bytes(content)
    with pytest.raises(KeyframesError, match=said) as caught:
        KeyframesFile(path, of)
    assert "\n" not in str(caught.value)


def test_links_folders_and_pipes_are_not_read(path: Path, of: Fingerprint, tmp_path: Path) -> None:
    written(tmp_path / "other", of)
    path.symlink_to(tmp_path / "other")
    os.mkfifo(tmp_path / "pipe")
    for each in (path, tmp_path, tmp_path / "pipe"):
        with pytest.raises(KeyframesError, match="not a file of keyframes: move it away"):
            KeyframesFile(each, of)


def test_keyframes_of_another_recording_are_refused(path: Path, of: Fingerprint, tmp_path: Path) -> None:
    written(path, fingerprint(recording(tmp_path / "other.floorlog", 21)))
    with pytest.raises(KeyframesError, match="of another recording"):
        KeyframesFile(path, of)


def test_keyframes_of_a_recording_that_has_grown_are_known_as_such(path: Path, tmp_path: Path) -> None:
    day = recording(tmp_path / "day.floorlog")
    written(path, fingerprint(day))
    grown(day, 3)
    file = KeyframesFile(path, fingerprint(day))
    assert file.is_outgrown
    file.close()


def test_a_recording_that_grows_on_after_it_was_looked_at_is_the_same(path: Path, of: Fingerprint) -> None:
    """Whoever builds looks at it later than whoever reads."""
    day = path.with_name("day.floorlog")
    grown(day, 3)
    written(path, fingerprint(day))
    file = KeyframesFile(path, of)
    assert not file.is_outgrown
    file.close()


def test_a_recording_that_was_cut_is_another(path: Path, of: Fingerprint) -> None:
    day = path.with_name("day.floorlog")
    written(path, of)
    os.truncate(day, day.stat().st_size - 10)
    with pytest.raises(KeyframesError, match="of another recording"):
        KeyframesFile(path, fingerprint(day))


def test_a_writer_that_is_killed_leaves_what_it_wrote(path: Path, of: Fingerprint) -> None:
    day = path.with_name("day.floorlog")
    child = subprocess.Popen([sys.executable, "-c", ENDLESS, str(path), str(day)])
    file, places = None, 0
    try:
        while places < 100:
            assert child.poll() is None
            try:
                file = file or KeyframesFile(path, of)
            except FileNotFoundError:
                continue
            for place in file.refresh():
                assert file.read(place) == BLOCKS[places % 3][1]
                places += 1
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert file is not None
    for place in file.refresh():
        assert file.read(place) == BLOCKS[places % 3][1]
        places += 1
    assert not file.is_whole
    writer = writer_for(path, of)
    assert writer is not None, "begun anew: what was there is not whole"
    assert file.is_replaced
    assert writer.size < 1_000
    writer.close()
    file.close()


def test_the_second_of_two_builders_waits_and_finds_it_done(path: Path, of: Fingerprint) -> None:
    first = writer_for(path, of)
    assert first is not None
    found: list[KeyframesWriter | None] = []
    second = threading.Thread(target=lambda: found.append(writer_for(path, of)), daemon=True)
    second.start()
    for place, data in BLOCKS:
        first.write(place, data)
    assert not found
    first.close()
    second.join(PATIENCE_SECONDS)
    assert found == [None]
    assert all_read(path, of) == WHOLE


def test_the_second_builder_begins_anew_where_the_first_has_given_up(path: Path, of: Fingerprint) -> None:
    first = writer_for(path, of)
    assert first is not None
    first.write(*BLOCKS[0])
    found: list[KeyframesWriter | None] = []
    second = threading.Thread(target=lambda: found.append(writer_for(path, of)), daemon=True)
    second.start()
    first.close()
    second.join(PATIENCE_SECONDS)
    (writer,) = found
    assert writer is not None
    writer.close()
    assert all_read(path, of) == []


@pytest.mark.parametrize("is_stale", [False, True])
def test_of_many_builders_at_once_one_builds(path: Path, of: Fingerprint, tmp_path: Path, is_stale: bool) -> None:
    if is_stale:
        written(path, fingerprint(recording(tmp_path / "other.floorlog", 21)))
    built: list[int] = []

    def build(number: int) -> None:
        writer = writer_for(path, of)
        if writer is not None:
            built.append(number)
            for place, data in BLOCKS:
                writer.write(place, data)
            writer.close()

    threads = [threading.Thread(target=build, args=(number,), daemon=True) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(PATIENCE_SECONDS)
    assert len(built) == 1
    assert all_read(path, of) == WHOLE


def test_what_is_whole_is_built_again_only_when_it_is_wanted_so(path: Path, of: Fingerprint) -> None:
    written(path, of)
    assert writer_for(path, of) is None
    writer = writer_for(path, of, again=True)
    assert writer is not None
    writer.close()


def test_what_is_corrupt_is_built_again(path: Path, of: Fingerprint) -> None:
    places = written(path, of)
    with path.open("r+b") as file:
        file.seek(places[0].offset)
        file.write(b"\xff")
    writer = writer_for(path, of)
    assert writer is not None
    writer.close()


def test_what_is_stale_is_replaced_and_its_readers_read_on(path: Path, tmp_path: Path) -> None:
    day = recording(tmp_path / "day.floorlog")
    before = fingerprint(day)
    written(path, before)
    reader = KeyframesFile(path, before)
    grown(day, 3)
    writer = writer_for(path, fingerprint(day))
    assert writer is not None
    assert [(place.kind, reader.read(place)) for place in reader.refresh()] == WHOLE
    assert reader.is_replaced
    writer.close()
    reader.close()


def test_a_file_that_is_none_of_ours_is_not_replaced(path: Path, of: Fingerprint) -> None:
    path.write_bytes(b"what somebody wrote\n")
    with pytest.raises(KeyframesError, match="move it away"):
        writer_for(path, of)
    assert path.read_bytes() == b"what somebody wrote\n"


def test_a_folder_is_made_for_it(of: Fingerprint, tmp_path: Path) -> None:
    path = tmp_path / "cache" / "keyframes" / "x.keyframes"
    written(path, of)
    assert all_read(path, of) == WHOLE


def test_where_nothing_can_be_written_is_said(of: Fingerprint, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(KeyframesError, match="Not a directory"):
        writer_for(tmp_path / "file" / "x.keyframes", of)


def test_a_full_disk_is_said_and_what_is_there_is_good(path: Path, of: Fingerprint) -> None:
    writer = KeyframesWriter(path, of)
    writer.write(*BLOCKS[0])
    good = writer.size
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (good + 200, usual[1]))
    try:
        with pytest.raises(KeyframesError, match="not written: File too large"):
            writer.write(Place(Kind.FRAME, 3, 3, START, START), os.urandom(1_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, ignored)
    assert path.stat().st_size == good
    assert all_read(path, of) == WHOLE[:1]
    writer.write(*BLOCKS[1])
    writer.close()
    assert all_read(path, of) == WHOLE[:2]
    with pytest.raises(KeyframesError, match="closed"):
        writer.write(*BLOCKS[1])
