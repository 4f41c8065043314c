"""What completes a word: the names that the floor and the people file know, the best first."""

from msgspec.structs import replace

from floorwatch.engine.known import MOST, NameBook, names_of, suggest
from floorwatch.model.entities import Agent, AgentState
from floorwatch.model.people import People
from floorwatch.views import ChoiceField, Field, Known, Option, PersonField, TextField, TimeField
from tests.engine.known_floor import floor, names, people

WHO = PersonField(name="who", title="Who")


def texts(field: Field, typed: str, *more: Agent) -> list[str]:
    """What is offered, as it would be filled in."""
    return [each.text for each in suggest(field, typed, names(*more))]


def knowing(known: Known) -> TextField:
    """A field of words that the floor knows."""
    return TextField(name="word", title="Word", known=known)


def test_a_person_is_offered_by_the_word_that_was_begun_with_the_others_beside() -> None:
    (by_number,) = suggest(WHO, "4002", names())
    (by_seat,) = suggest(WHO, "a02", names())
    (by_name,) = suggest(WHO, "李", names())

    assert (by_number.text, by_number.words) == ("4002", "A02 李娜")
    assert (by_seat.text, by_seat.words) == ("A02", "4002 李娜")
    assert (by_name.text, by_name.words) == ("李娜", "4002 A02")


def test_a_chinese_name_is_found_by_any_part_of_it() -> None:
    assert texts(WHO, "娜") == ["李娜"]


def test_namesakes_are_offered_by_number() -> None:
    assert texts(WHO, "张") == ["4001", "4003"]


def test_what_begins_so_comes_before_a_later_word_and_that_before_the_middle_of_one() -> None:
    more = Agent("5001", "Bo Ansel"), Agent("5002", "Susan Bo"), Agent("5003", "ANDRÉ")

    assert texts(WHO, "an", *more) == ["Anna Smith", "ANDRÉ", "Bo Ansel", "Susan Bo"]


def test_before_anything_is_typed_everyone_is_offered_who_is_on_the_floor_first() -> None:
    assert texts(WHO, "") == ["4001", "李娜", "Anna Smith", "PJSIP/2044", "4003"]


def test_at_most_two_dozen_are_offered() -> None:
    crowd = [Agent(f"50{n:02}", f"Bo {n}") for n in range(60)]

    assert len(texts(WHO, "bo", *crowd)) == len(texts(WHO, "", *crowd)) == MOST


def test_every_person_offered_is_taken_back_as_that_one_person() -> None:
    known = names(Agent("4002x", "4002"), Agent("9", "A03"), Agent("ann", "李娜"))

    for typed in ("", "4", "a", "李", "张", "pjsip", "0"):
        for offered in suggest(WHO, typed, known):
            assert len(known.agents_called(offered.text)) == 1


def test_words_of_the_floor_complete_a_text() -> None:
    assert texts(knowing(Known.QUEUES), "s") == ["support", "sales"]
    assert texts(knowing(Known.SEATS), "") == ["A01", "A02", "A03"]
    assert texts(knowing(Known.TEAMS), "R") == ["Red"]
    assert texts(knowing(Known.REASONS), "") == ["lunch", "coaching"]
    assert texts(knowing(Known.AGENTS), "sm") == ["Anna Smith"]


def test_a_fields_own_suggestions_stand_beside_what_the_floor_knows() -> None:
    field = TextField(name="word", title="Word", known=Known.REASONS, suggestions=("late", "lunch"))

    assert texts(field, "l") == ["late", "lunch"]
    assert texts(field, "co") == ["coaching"]


def test_a_choice_is_offered_by_value_and_title_and_a_time_not_at_all() -> None:
    kind = ChoiceField(name="kind", title="Kind", options=(Option("i", "Information"), Option("w", "Warning")))

    assert texts(kind, "war") == ["w"]
    assert texts(TimeField(name="when", title="When"), "1") == []


def test_the_people_file_alone_is_enough_and_so_is_nothing() -> None:
    assert [each.text for each in suggest(WHO, "40", names_of(None, people()))] == ["4001", "4002", "4003", "4004"]
    assert suggest(WHO, "4", names_of(None, People())) == []


def test_names_are_kept_until_somebody_is_called_otherwise() -> None:
    book, before = NameBook(people()), floor()
    names = book.names(before)
    paused = replace(before.agents["4004"], state=AgentState.PAUSED, pause_reason="tea")
    at_tea = replace(before, agents={**before.agents, "4004": paused}, queue_names=("support",))
    gone = replace(at_tea, agents={**at_tea.agents, "4004": replace(paused, state=AgentState.SIGNED_OUT)})

    assert names == names_of(before, people())
    assert book.names(before) is names
    assert book.names(at_tea) == names_of(at_tea, people())
    assert book.names(at_tea).agents is names.agents
    assert book.names(gone) == names_of(gone, people())
    assert book.names(None) == names_of(None, people())


def test_namesakes_of_two_switches_are_offered_each_by_a_word_of_their_own() -> None:
    known = names(Agent("north/PJSIP/2001", "王芳"), Agent("south/PJSIP/2001", "王芳"))

    (north, south) = suggest(WHO, "王", known)
    assert (north.text, south.text) == ("north/PJSIP/2001", "south/PJSIP/2001")
    assert north.words == "2001 王芳"


def test_signs_that_a_terminal_cannot_show_do_not_get_into_a_suggestion() -> None:
    odd = floor(Agent("77", "Bo\x1b[31m\u202e"))

    assert all("\x1b" not in each.text + each.words for each in suggest(WHO, "bo", names_of(odd, People())))
