from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.model.people import COLUMNS, People, Person, read_people

FLOOR = """\
interface,name,employee,seat,team
PJSIP/101,Ada Quist,7001,A01,A
Local/102@agents/n,王芳,7002,A02,A
Local/103@agents/n,王芳,7003,B01,B
PJSIP/104,"Nwosu, Chidi",,B02,B
PJSIP/105,PJSIP/105,,,
,Lone Wolf,,,
"""
STAFF = """\
工号,姓名,账号,考勤号,岗位,导师,技能
7001,李娜,lina,0042,班组长,,
7002,王芳,wf,43,坐席,李娜,国税;个税、退税; 个税
7003,王芳,wf2,44, Team-Leader ,nobody,
7004,Ada,lina,042,,7003,
"""


def nobody(agent: str) -> bool:
    return False


def only(*members: str) -> Callable[[str], bool]:
    return lambda agent: agent in members


def test_the_id_is_the_employee_number_else_the_interface_else_the_name() -> None:
    people = read_people(FLOOR)
    assert [person.id for person in people] == ["7001", "7002", "7003", "PJSIP/104", "PJSIP/105", "Lone Wolf"]
    assert people.problems == ()


def test_every_name_of_a_person_leads_to_one_id() -> None:
    people = read_people(FLOOR)
    assert {people.id_of(word) for word in ("PJSIP/101", "Ada Quist", "7001")} == {"7001"}
    assert people.person("7001") == Person("7001", "Ada Quist", "PJSIP/101", "7001", "A01", "A")
    assert people.id_of("PJSIP/105") == "PJSIP/105", "a member name equal to its own interface is no clash"


def test_an_interface_is_known_with_and_without_its_option() -> None:
    people = read_people(FLOOR)
    assert people.id_of("Local/102@agents/n") == people.id_of("Local/102@agents") == "7002"


def test_a_shared_name_means_nobody_until_membership_tells() -> None:
    people = read_people(FLOOR)
    assert people.id_of("王芳") is None
    assert people.candidates("王芳") == ("7002", "7003")
    assert people.resolve("王芳", only("7003", "7001")) == "7003"
    assert people.resolve("王芳", nobody) is None
    assert people.resolve("王芳", only("7002", "7003")) is None


def test_an_unknown_word_is_its_own_id() -> None:
    people = read_people(FLOOR)
    assert people.id_of("PJSIP/999") is None
    assert people.candidates("PJSIP/999") == ()
    assert people.resolve("PJSIP/999", nobody) == "PJSIP/999"
    assert people.person("PJSIP/999") is None
    assert People().resolve("anyone", nobody) == "anyone"


def test_an_interface_outranks_an_employee_number_which_outranks_a_name() -> None:
    people = read_people("interface,name,employee\nX/1,8002,8001\nX/2,Bo,8002\n8001,Cy,8003\n")
    assert people.id_of("8002") == "8002"
    assert people.id_of("8001") == "8003"
    assert people.id_of("X/1") == "8001"
    assert len(people.problems) == 2
    assert all(problem.startswith("people.csv:2: ") for problem in people.problems)


@pytest.mark.parametrize(
    "name",
    ["Müller, Jürgen", 'Bob "the Ox" Ray', "O'Brien", "欧阳若曦", "佐藤 花子", "محمد علي", "Zoë 🎧 Desk", "a;b|c"],
)
def test_a_name_is_kept_as_it_is_written(name: str) -> None:
    quoted = name.replace('"', '""')
    people = read_people(f'interface,name\nX/1,"{quoted}"\n')
    assert people.id_of(name) == "X/1"
    assert people.problems == ()


def test_composed_and_decomposed_accents_are_the_same_name() -> None:
    people = read_people("interface,name\nX/1,Jose\u0301\n")
    assert people.id_of("Jose\u0301") == people.id_of("Jos\u00e9") == "X/1"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffinterface,name,employee\r\nX/1,Ada,7\r\n",
        "工号;姓名;接口\n7;Ada;X/1\n",
        "# who sits where\n\nEmployee Number\tMember\tState-Interface\n7\tAda\tX/1",
        "name , employee,interface \n Ada , 7 , X/1 \n",
    ],
    ids=["BOM and CRLF", "Chinese header, semicolons", "comments, aliases, tabs", "blanks"],
)
def test_a_file_from_any_spreadsheet_reads_the_same(text: str) -> None:
    people = read_people(text)
    assert list(people) == [Person("7", "Ada", "X/1", "7")]
    assert people.problems == ()


def test_extra_columns_are_ignored_but_told() -> None:
    people = read_people("birthday,interface,name,agent\n1 May,X/1,Ada,Eve\n")
    assert people.ignored_columns == ("birthday", "agent")
    assert people.id_of("Ada") == "X/1"
    assert people.problems == ("people.csv:1: the column agent is a second name: ignored",)


def test_one_person_may_have_two_devices() -> None:
    people = read_people("interface,name,employee,seat\nX/1,Ada,7,\nSoft/1,Ada,7,A01\n")
    assert list(people) == [Person("7", "Ada", "X/1", "7", "A01", None, ("Soft/1",))]
    assert people.id_of("X/1") == people.id_of("Soft/1") == "7"
    assert people.problems == ()


def test_what_two_lines_claim_stays_with_the_first() -> None:
    people = read_people(
        "interface,name,employee\nX/1,Ada,7\nX/1,Bo,8\nX/3,Cy,7\nX/1,Ada,7\nX/1,Di,\nX/1,,7\n", "staff.csv"
    )
    assert [person.id for person in people] == ["7", "8", "X/3", "Di"]
    assert people.id_of("X/1") == "7"
    assert [problem.split(": ")[0] for problem in people.problems] == [f"staff.csv:{line}" for line in (3, 4, 5, 6, 7)]


def test_a_second_device_that_is_taken_is_told_once() -> None:
    people = read_people("interface,name,employee\nX/1,Ada,7\nX/2,Bo,8\nX/2,Ada,7\n")
    assert people.problems == ("people.csv:4: the interface X/2 is already that of line 3: ignored here",)
    assert people.id_of("X/2") == "8"


def test_two_people_known_by_one_name_alone_cannot_be_told_apart() -> None:
    people = read_people("name,seat\n王芳,A01\n王芳,A02\n")
    assert len(people) == 1
    assert people.problems == (
        "people.csv:3: 王芳 already stands for line 2: left out; give this person an employee number",
    )


def test_a_bad_line_costs_that_line_only() -> None:
    people = read_people('interface,name\nX/1,"Ada\n,\nX/2,Bo\nX/3\n')
    assert [person.name for person in people] == ["Bo", "X/3"]
    assert [problem.split(": ")[0] for problem in people.problems] == ["people.csv:2", "people.csv:3"]


def test_a_file_without_known_columns_says_what_it_needs() -> None:
    people = read_people("PJSIP/101,Ada\nPJSIP/102,Bo\n")
    assert len(people) == 0
    assert people.problems[0].startswith("people.csv:1: no column is named interface, name or employee")


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n# nothing\n", "interface,name\n"])
def test_an_empty_file_is_an_empty_map(text: str) -> None:
    people = read_people(text)
    assert len(people) == 0
    assert people.problems == ()


def test_a_problem_cannot_act_on_a_terminal() -> None:
    people = read_people("interface,name\nX/\x1b[2J,Ada\nX/\x1b[2J,Bo\n")
    assert "\x1b" not in people.problems[0]


@given(st.text(alphabet=st.sampled_from('ab1,;\t"\n\r\ufeff# 王é\u2028'), max_size=80))
def test_whatever_the_lines_ids_are_unique_and_lead_home(body: str) -> None:
    people = read_people(",".join(COLUMNS) + "\n" + body)
    for person in people:
        assert people.person(person.id) is person
        for interface in person.interfaces:
            assert people.id_of(interface) == person.id
        assert person.name
        assert people.candidates(person.name)


# --- accounts, PINs, roles, mentors, skills ---


def test_an_account_and_a_pin_lead_to_their_person_however_the_pin_is_written() -> None:
    people = read_people(STAFF)
    assert {people.id_of(word) for word in ("lina", "42", "0042", "00042")} == {"7001"}
    assert people.known_as("pin", " 0 042") == ("7001",)
    assert people.known_as("employee", "42") == ()
    assert people.known_as("name", "王芳") == ("7002", "7003")


def test_a_stronger_kind_of_word_hides_a_weaker_one() -> None:
    people = read_people("employee,name,account,pin\n7,A,,8\n8,B,,9\n9,x,10,\n10,C,,7\n,10,,\n")
    assert [people.id_of(word) for word in ("7", "8", "9", "10")] == ["7", "8", "9", "10"]
    assert people.known_as("pin", "8") == ("7",)
    assert sum("also the employee number" in problem for problem in people.problems) == 4


def test_an_account_and_a_pin_are_those_of_one_person() -> None:
    people = read_people(STAFF)
    assert people.person("7004") == Person("7004", "Ada", None, "7004", mentor="7003")
    assert [problem for problem in people.problems if ":5:" in problem] == [
        "people.csv:5: the account lina is already that of line 2: ignored here",
        "people.csv:5: the PIN 042 is already that of line 2: ignored here",
    ]


def test_whoever_leads_is_known_by_the_word_for_it() -> None:
    assert [person.is_leader for person in read_people(STAFF)] == [True, False, True, False]
    leaders = [Person("1", "x", role=role) for role in ("leader", "TEAM leader", "team_leader", "TL", "ＴＬ", "组长")]
    assert all(person.is_leader for person in leaders)
    assert not any(Person("1", "x", role=role).is_leader for role in (None, "", "组长助理", "leadership"))


def test_a_mentor_is_named_by_any_word_and_one_who_is_nobody_is_said() -> None:
    people = read_people(STAFF)
    assert [person.mentor for person in people] == [None, "7001", "nobody", "7003"]
    assert [problem for problem in people.problems if "mentor" in problem] == [
        "people.csv:4: the mentor nobody is nobody, or several people, in this file: give an employee number"
    ]


def test_skills_are_taken_apart() -> None:
    assert [person.skills for person in read_people(STAFF)][1] == ("国税", "个税", "退税")


def test_people_who_are_the_same_are_equal() -> None:
    assert read_people(STAFF) == read_people(STAFF)
    assert read_people(STAFF) != read_people(FLOOR)
