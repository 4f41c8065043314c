"""The promises of a journal: order, identity, and that nothing of a text is lost."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import Entry, Journal, NewEntry, UnusableJournalError
from floorwatch.journal.sqlite import SqliteJournal
from floorwatch.model.events import Custom, HelpTaken, NoteTaken, Unrecognised
from tests.journal.entries import NOW, asked, note

TEXTS = st.text(st.characters(codec=None), max_size=40)
DOINGS = st.lists(st.tuples(st.sampled_from("abcdefgh"), TEXTS), max_size=5)


@settings(max_examples=60)
@given(st.lists(st.one_of(DOINGS, st.just("close")), max_size=12), st.booleans())
def test_any_appends_give_each_id_once_as_it_was_first_entered(
    steps: list[list[tuple[str, str]] | str], in_memory: bool
) -> None:
    model: dict[str, NewEntry] = {}
    with TemporaryDirectory() as folder:
        journal = SqliteJournal(None if in_memory else Path(folder) / "floor.journal")
        for step in steps:
            if isinstance(step, str):
                if not in_memory:
                    journal.close()
                continue
            entries = [note(name, text) for name, text in step]
            for new in entries:
                model.setdefault(new.id, new)
            assert [_plain(each) for each in journal.append(entries)] == [_plain(model[name]) for name, _ in step]
        found = journal.since(0)
        assert [_plain(each) for each in found] == [_plain(each) for each in model.values()]
        assert [entry.seq for entry in found] == sorted({entry.seq for entry in found})
        for number, entry in enumerate(found):
            assert journal.since(entry.seq, 2) == found[number + 1 : number + 3]
        journal.close()


def _plain(entry: Entry | NewEntry) -> tuple[str, float, str, str]:
    """What must be the same, with lone surrogates as the journal keeps them."""
    assert isinstance(entry.event, NoteTaken)
    text = entry.event.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return entry.id, entry.at, entry.author, text


@pytest.mark.parametrize(
    "text",
    ["", "x" * 10_000, "难" * 10_000, "👩‍👩‍👧‍👦🇨🇳", "a\x00b\x1b[31m\r\n\u202e\u2028", "'); DROP TABLE entries; --"],
    ids=["nothing", "10 kB", "30 kB of Chinese", "emoji", "control characters", "SQL"],
)  # fmt: skip
def test_a_text_comes_back_as_it_was_entered(journal: SqliteJournal, other: SqliteJournal, text: str) -> None:
    (entry,) = journal.append([note("a", text, author=text)])
    assert isinstance(entry.event, NoteTaken)
    assert (entry.event.text, entry.author) == (text, text)
    assert other.since(0) == [entry]


def test_a_lone_surrogate_becomes_a_replacement_character(journal: SqliteJournal) -> None:
    (entry,) = journal.append([note("a\ud800", "b\udfffc", author="d\udcffe")])
    assert isinstance(entry.event, NoteTaken)
    assert (entry.id, entry.event.text, entry.author) == ("a\ufffd", "b\ufffdc", "d\ufffde")
    assert journal.append([note("a\ud800")]) == [entry]


def test_nothing_appended_touches_nothing(journal: SqliteJournal, path: Path) -> None:
    assert list(journal.append([])) == []
    assert not path.parent.exists()


def test_the_order_is_the_journals_whatever_the_clocks_say(journal: SqliteJournal, other: SqliteJournal) -> None:
    journal.append([note("first", at=NOW)])
    other.append([note("second", at=NOW - 86_400)])
    journal.append([note("third", at=0.0)])
    found = other.since(0)
    assert [(entry.id, entry.at) for entry in found] == [("first", NOW), ("second", NOW - 86_400), ("third", 0.0)]
    assert all(entry.event is not None for entry in found)


def test_of_two_who_enter_the_same_thing_the_first_has_it(journal: SqliteJournal, other: SqliteJournal) -> None:
    mine = journal.append([NewEntry("doing", NOW, "May", HelpTaken(NOW, help="h1", by="May"))])
    assert other.append([NewEntry("doing", NOW, "Lin", HelpTaken(NOW, help="h1", by="Lin"))]) == mine


def test_two_connections_see_each_others_entries(journal: SqliteJournal, other: SqliteJournal) -> None:
    (mine,) = journal.append([note("mine")])
    (theirs,) = other.append([note("theirs")])
    assert journal.since(0) == other.since(0) == [mine, theirs]
    assert journal.since(mine.seq) == [theirs]


def test_a_change_by_anybody_is_told_once(journal: SqliteJournal, other: SqliteJournal) -> None:
    journal.append([note("a")])
    journal.is_changed()
    assert not journal.is_changed()
    other.append([note("b")])
    assert journal.is_changed()
    assert not journal.is_changed()
    other.purge(["a"])
    assert journal.is_changed()
    journal.append([note("c")])
    assert journal.is_changed()
    assert not journal.is_changed()


def test_a_file_that_comes_to_be_is_a_change(journal: SqliteJournal, other: SqliteJournal) -> None:
    journal.is_changed()
    assert not journal.is_changed()
    other.append([note("a")])
    assert journal.is_changed()
    assert [entry.id for entry in journal.since(0)] == ["a"]


def test_what_is_in_memory_is_changed_by_its_own_entries(path: Path) -> None:
    journal = SqliteJournal(None)
    assert list(journal.since(0)) == []
    journal.is_changed()
    assert not journal.is_changed()
    journal.append([note("a")])
    assert journal.is_changed()
    assert not journal.is_changed()
    journal.close()


def test_an_entry_that_nobody_here_knows_keeps_its_place(journal: SqliteJournal, path: Path) -> None:
    journal.append([note("a"), note("b"), note("c"), note("d"), note("e")])
    asked(path, "DROP TRIGGER entries_stay_as_they_are")
    strange = {"a": '{"event":"SeatCleaned","at":1.0}', "b": '{"event":"NoteTaken"}', "c": "{", "d": ""}
    for name, event in strange.items():
        asked(path, f"UPDATE entries SET event = '{event}' WHERE id = '{name}'")
    assert [(entry.id, entry.event is None) for entry in journal.since(0)] == [
        ("a", True), ("b", True), ("c", True), ("d", True), ("e", False)
    ]  # fmt: skip
    assert asked(path, "SELECT event FROM entries WHERE id = 'a'") == [(strange["a"],)]


def test_events_of_plugins_and_of_feeds_may_be_entered(journal: SqliteJournal) -> None:
    events = [Custom(NOW, "seat-support", "A1", {"open": True}), Unrecognised(NOW, "LUNCH")]
    found = journal.append([NewEntry(str(number), NOW, "May", event) for number, event in enumerate(events)])
    assert [entry.event for entry in found] == events


def test_a_number_is_never_given_again(journal: SqliteJournal, other: SqliteJournal) -> None:
    last = journal.append([note("a"), note("b")])[-1]
    assert journal.purge(["a", "b"]) == 2
    assert list(journal.since(0)) == []
    assert other.append([note("c")])[0].seq > last.seq


def test_what_was_purged_is_in_no_file_any_more(journal: SqliteJournal, other: SqliteJournal, path: Path) -> None:
    journal.append([note(f"n{number}", f"secret {number} " * 200) for number in range(50)])
    other.since(0)
    assert journal.purge([f"n{number}" for number in range(49)] + ["never there"]) == 49
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"secret 48 " not in left
    assert b"secret 49 " in left
    assert [entry.id for entry in other.since(0)] == ["n49"]


def test_purging_nothing_is_nothing(journal: SqliteJournal) -> None:
    assert journal.purge(["a"]) == 0
    journal.append([note("a")])
    assert journal.purge([]) == 0


def test_a_journal_that_was_closed_opens_again(journal: SqliteJournal) -> None:
    journal.append([note("a")])
    journal.close()
    journal.close()
    assert [entry.id for entry in journal.since(0)] == ["a"]


def test_an_entry_is_never_changed_in_its_place(journal: SqliteJournal, path: Path) -> None:
    journal.append([note("a")])
    with pytest.raises(Exception, match="stays as it is"):
        asked(path, "UPDATE entries SET author = 'Lin'")


def test_a_url_names_a_file_or_memory(tmp_path: Path) -> None:
    path = tmp_path / "50% #1? 班.journal"
    named: Journal = open_journal(f"sqlite:{path}")
    named.append([note("a")])
    bare = open_journal(str(path))
    assert (named.url, bare.url, open_journal("memory:").url) == (f"sqlite:{path}", f"sqlite:{path}", "memory:")
    assert [entry.id for entry in bare.since(0)] == ["a"]
    assert [file.name for file in tmp_path.iterdir() if not file.name.endswith(("-wal", "-shm"))] == [path.name]
    named.close()
    bare.close()


def test_a_kind_of_journal_that_nobody_opens_is_refused() -> None:
    with pytest.raises(UnusableJournalError, match="postgres://floor: nothing here opens such a journal"):
        open_journal("postgres://floor")
