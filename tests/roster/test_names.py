"""Who somebody is: by the call feed, by the people file, by the document that alone knows them."""

from msgspec.structs import replace

from floorwatch.model.duty import DocumentState, Who
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import name_of, team_of
from floorwatch.testing import floors
from tests.roster.asked_floor import TODAY, person, rostered, work

SHEET = "sheet"


def known_by_document(*those: Who, people: tuple[str, ...] = ()) -> FloorSnapshot:
    """A floor on which a sheet names these people, whom the people file does not know."""
    floor = rostered(work("160", TODAY), people=[person(each, f"person {each}") for each in people])
    document = DocumentState(SHEET, "a sheet", 0.0, unmatched=those)
    return replace(floor, duty=replace(floor.duty, documents={SHEET: document}))


def test_whom_only_a_document_knows_has_its_name_and_team() -> None:
    floor = known_by_document(Who("160", name="李娜", team="A"), Who("161"))

    assert (name_of(floor, "160"), team_of(floor, "160")) == ("李娜", "A")
    assert (name_of(floor, "161"), team_of(floor, "161")) == ("161", None)
    assert name_of(floor, "162") == "162"


def test_a_word_that_is_somebody_else_s_id_does_not_rename_them() -> None:
    floor = known_by_document(Who("160", name="李娜", team="A"), people=("160",))

    assert (name_of(floor, "160"), team_of(floor, "160")) == ("person 160", None)
    assert (name_of(floor, "sheet/160"), team_of(floor, "sheet/160")) == ("李娜", "A")


def test_the_call_feed_s_name_stands_where_it_is_more_than_the_id() -> None:
    seen = floors.snapshot(floors.agent("PJSIP/1", "Ada"), floors.agent("PJSIP/2"))
    floor = rostered(floor=seen, people=[person("PJSIP/1", "Ada Lovelace"), person("PJSIP/2", "Grace")])

    assert [name_of(floor, agent) for agent in ("PJSIP/1", "PJSIP/2")] == ["Ada", "Grace"]
