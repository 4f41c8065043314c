"""Who is who: the identity map that joins a feed's words (interface, member name, employee number) to one agent id.

Rules
- An agent's id is the employee number if known, else the interface, else the name. An unknown word is its own id.
- A word that could mean two people means the interface's owner before the employee number's, the account's, the PIN's
  and the name's. A PIN is the same with and without leading zeros.
- Where nobody in the file has a PIN, a terminal's PIN is the employee number: terminals are often set up so.
- A name that several people share means none of them until queue membership tells them apart (`People.resolve`).
- One line, one person: a torn line or an open quote costs that line. Every problem is listed, none is fatal; the
  earlier line keeps what two lines claim.
- Two lines with one employee number and one name are one person with two devices.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from unicodedata import normalize

import msgspec
from msgspec import Struct

from floorwatch.model.leading_roles import leads
from floorwatch.spreadsheet_text import lines_of
from floorwatch.text import inert
from floorwatch.words import _

COLUMNS = ("interface", "name", "employee", "seat", "team", "account", "pin", "role", "mentor", "skills")
"""The columns of a people file."""

KINDS = ("employee", "account", "pin", "interface", "name")
"""The kinds of words for a person, the strongest first, for whoever knows which kind a word is."""

_ALIASES = {
    "interface": "interface device channel location state_interface 接口 设备 設備 话机 話機",
    "name": "name member member_name membername agent agent_name full_name 姓名 坐席 坐席姓名",
    "employee": "employee employee_number employee_no employee_id number id 工号 工號 员工号 員工號",
    "seat": "seat desk 座席 座席号 座席號 座位 座位号 座位號",
    "team": "team group 班组 班組 小组 小組 组别 組別",
    "account": "account user_id userid login 账号 帐号 賬號 帳號 账户 帳戶",
    "pin": "pin attendance_number attendance_no badge 考勤号 考勤號 考勤号码 考勤號碼 考勤编号 考勤編號",
    "role": "role position title 岗位 崗位 角色 职务 職務 职位 職位",
    "mentor": "mentor coach 导师 導師 师傅 師傅 带教 帶教",
    "skills": "skills skill queues 技能 技能组 技能組",
}
_COLUMN_OF = {alias: column for column, aliases in _ALIASES.items() for alias in aliases.split()}
_DELIMITERS = ",;\t"
_SKILL_ENDS = re.compile(r"[;；、|]")
_NO_SLOWDOWN = "/n"
"""Asterisk's option on a Local channel ("do not optimise away"): some feeds write the interface without it."""

_OWNED = ("interface", "employee", "account", "pin")
"""The kinds of words that one person alone has, in the order in which a feed's word of no said kind is taken."""


class Person(Struct, frozen=True):
    """One person. `name` is never empty: the employee number or the interface stands in. `interface` is their first.
    `mentor` is the id of whoever looks after them, or the file's word where that is nobody in it."""

    id: str
    name: str
    interface: str | None = None
    employee: str | None = None
    seat: str | None = None
    team: str | None = None
    other_interfaces: tuple[str, ...] = ()
    account: str | None = None
    pin: str | None = None
    role: str | None = None
    mentor: str | None = None
    skills: tuple[str, ...] = ()

    @property
    def is_leader(self) -> bool:
        """Whether this person leads a team: leader, team leader, TL, 班组长, 班长, 组长, 小组长, however written."""
        return leads(self.role or "")

    @property
    def interfaces(self) -> tuple[str, ...]:
        """Every device of this person, as the file writes them."""
        return () if self.interface is None else (self.interface, *self.other_interfaces)


class People:
    """The identity map. Built once; look-ups are one dictionary access.

    `problems` are sentences that name the file and the line; `ignored_columns` are the headers nobody asked for.
    """

    def __init__(
        self, persons: Iterable[Person] = (), problems: Iterable[str] = (), ignored_columns: Iterable[str] = ()
    ) -> None:
        self._persons = {person.id: person for person in persons}
        self.problems = tuple(problems)
        self.ignored_columns = tuple(ignored_columns)
        self._by_kind = {kind: _owners(kind, self._persons.values()) for kind in KINDS}
        self._by_word = _words_of(self._by_kind)
        if not self._by_kind["pin"]:
            numbered = (msgspec.structs.replace(each, pin=each.employee) for each in self._persons.values())
            self._by_kind["pin"] = _owners("pin", numbered)
        self._certain = {word: ids[0] for word, ids in self._by_word.items() if len(ids) == 1}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, People) and self._persons == other._persons

    def __hash__(self) -> int:
        return hash(tuple(self._persons))

    def __len__(self) -> int:
        return len(self._persons)

    def __iter__(self) -> Iterator[Person]:
        return iter(self._persons.values())

    def id_of(self, word: str) -> str | None:
        """The agent that this word of a feed can only mean; None when it is unknown or shared."""
        found = self._certain.get(word)
        if found is None and word.startswith("0"):
            those = self.known_as("pin", word)
            return those[0] if len(those) == 1 else None
        return found

    def known_as(self, kind: str, word: str) -> tuple[str, ...]:
        """The ids that this word means as one of `KINDS`: several only for a shared name."""
        return self._by_kind[kind].get(_plain(kind, word), ())

    def candidates(self, word: str) -> tuple[str, ...]:
        """The ids that this word may mean, in the file's order: several for a shared name, none for an unknown word."""
        return self._by_word.get(word, ())

    def resolve(self, word: str, is_member: Callable[[str], bool]) -> str | None:
        """The agent id for a word. An unknown word is its own id; a shared name is the only candidate for whose id
        `is_member` is true, and None (ambiguous) when no candidate or more than one is."""
        if (certain := self._certain.get(word)) is not None:
            return certain
        shared = self._by_word.get(word)
        if shared is None:
            return word
        members = [agent for agent in shared if is_member(agent)]
        return members[0] if len(members) == 1 else None

    def person(self, agent: str) -> Person | None:
        """The person with this agent id."""
        return self._persons.get(agent)


def read_people(text: str, source_name: str = "people.csv") -> People:
    """The identity map in a CSV text with a header line.

    Columns stand in any order, under English or Chinese names, separated by comma, semicolon or tab. Blank lines and
    lines that begin with `#` are skipped. Never raises: what could not be used is in `problems`, as "file:line: why".
    """
    return _Reading(source_name).read(text)


class _Row(Struct, frozen=True):
    line: int
    interface: str | None = None
    name: str | None = None
    employee: str | None = None
    seat: str | None = None
    team: str | None = None
    account: str | None = None
    pin: str | None = None
    role: str | None = None
    mentor: str | None = None
    skills: str | None = None


class _Reading:
    """One pass over a file: what was claimed, by which line, and what is wrong."""

    def __init__(self, source_name: str) -> None:
        self._source = source_name
        self._problems: list[str] = []
        self._persons: dict[str, Person] = {}
        self._line_of: dict[str, int] = {}
        self._owners: dict[str, dict[str, str]] = {kind: {} for kind in _OWNED}

    def read(self, text: str) -> People:
        lines = [
            (number, line)
            for number, line in enumerate(lines_of(text.removeprefix("\ufeff")), start=1)
            if line.strip() and not line.startswith("#")
        ]
        if not lines:
            return People()
        (header_line, header), *rest = lines
        delimiter = max(_DELIMITERS, key=header.count)
        columns, ignored = self._columns(header_line, self._fields(header_line, header, delimiter))
        if not columns.keys() & {"interface", "name", "employee"}:
            self._say(
                header_line, _("no column is named interface, name or employee; the first line must name the columns")
            )
            return People(problems=self._problems, ignored_columns=ignored)
        for number, line in rest:
            if fields := self._fields(number, line, delimiter):
                self._take(_row(number, columns, fields))
        self._clashes()
        self._mentors()
        return People(self._persons.values(), self._problems, ignored)

    def _say(self, line: int, problem: str) -> None:
        self._problems.append(inert(f"{self._source}:{line}: {problem}"))

    def _fields(self, number: int, line: str, delimiter: str) -> list[str]:
        try:
            return [field.strip() for field in next(csv.reader([line], delimiter=delimiter, strict=True))]
        except csv.Error as error:
            self._say(number, _("this line was left out: {why}; check its quotes").format(why=error))
            return []

    def _columns(self, line: int, header: list[str]) -> tuple[dict[str, int], list[str]]:
        columns: dict[str, int] = {}
        ignored = []
        for index, title in enumerate(header):
            column = _COLUMN_OF.get(title.lower().replace(" ", "_").replace("-", "_"))
            if column is None:
                ignored.append(title)
            elif column in columns:
                ignored.append(title)
                self._say(
                    line, _("the column {title} is a second {column}: ignored").format(title=title, column=column)
                )
            else:
                columns[column] = index
        return columns, ignored

    def _take(self, row: _Row) -> None:
        if row.interface is None and row.name is None and row.employee is None:
            self._say(row.line, _("this line has no interface, no name and no employee number: left out"))
        elif (known := self._same_person(row)) is not None:
            self._add_device(known, row)
        else:
            self._add(self._without_claimed(row))

    def _same_person(self, row: _Row) -> Person | None:
        """The person whose employee number and name this row repeats, or whose whole row it repeats."""
        owner = self._owners["employee"].get(row.employee or "") or self._owners["interface"].get(row.interface or "")
        known = self._persons.get(owner or "")
        if known is None or row.employee != known.employee:
            return None
        return known if row.name in (None, known.name) else None

    def _add_device(self, known: Person, row: _Row) -> None:
        if row.interface is None or row.interface in known.interfaces:
            said = _("this line repeats line {first}: left out")
            self._say(row.line, said.format(first=self._line_of[known.id]))
        elif device := self._unclaimed(row, "interface"):
            self._owners["interface"][device] = known.id
            self._persons[known.id] = msgspec.structs.replace(
                known,
                interface=known.interface or device,
                other_interfaces=(*known.interfaces, device)[1:],
                seat=known.seat or row.seat,
                team=known.team or row.team,
            )

    def _without_claimed(self, row: _Row) -> _Row:
        """The row without what an earlier line has claimed for somebody else."""
        return msgspec.structs.replace(row, **{kind: self._unclaimed(row, kind) for kind in _OWNED})

    def _unclaimed(self, row: _Row, kind: str) -> str | None:
        word: str | None = getattr(row, kind)
        owner = self._owners[kind].get(_plain(kind, word or ""))
        if owner is None:
            return word
        self._say(row.line, _claimed(kind).format(value=word, first=self._line_of[owner]))
        return None

    def _add(self, row: _Row) -> None:
        agent = row.employee or row.interface or row.name
        if agent is None:
            self._say(row.line, _("nothing is left to know this person by: left out"))
            return
        if agent in self._persons:
            said = _("{value} already stands for line {first}: left out; give this person an employee number")
            self._say(row.line, said.format(value=agent, first=self._line_of[agent]))
            return
        self._persons[agent] = Person(
            agent,
            row.name or row.employee or agent,
            row.interface,
            row.employee,
            row.seat,
            row.team,
            account=row.account,
            pin=row.pin,
            role=row.role,
            mentor=row.mentor,
            skills=tuple(dict.fromkeys(filter(None, map(str.strip, _SKILL_ENDS.split(row.skills or ""))))),
        )
        self._line_of[agent] = row.line
        for kind, owners in self._owners.items():
            if (word := getattr(row, kind)) is not None:
                owners[_plain(kind, word)] = agent

    def _clashes(self) -> None:
        """Say which words name one person and number another: the precedence decides, the reader should know."""
        for person in self._persons.values():
            for place, kind in enumerate((*_OWNED, "name")):
                word: str | None = getattr(person, kind)
                if word is not None:
                    self._clash(person, word, _OWNED[:place])

    def _clash(self, person: Person, word: str, stronger: Iterable[str]) -> None:
        for kind in stronger:
            meant = self._owners[kind].get(_plain(kind, word))
            if meant is not None and meant != person.id:
                said = _clashing(kind).format(word=word, first=self._line_of[meant])
                self._say(self._line_of[person.id], said)
                return

    def _mentors(self) -> None:
        """Put ids in the place of the words for mentors, and say of whom nobody is."""
        people = People(self._persons.values())
        for person in people:
            if person.mentor is None:
                continue
            mentor = people.id_of(person.mentor)
            if mentor is None:
                said = _("the mentor {word} is nobody, or several people, in this file: give an employee number")
                self._say(self._line_of[person.id], said.format(word=person.mentor))
            self._persons[person.id] = msgspec.structs.replace(person, mentor=mentor or person.mentor)


def _claimed(kind: str) -> str:
    """What is said of a word that an earlier line has claimed."""
    return {
        "employee": _("the employee number {value} is already that of line {first}: give each person their own"),
        "interface": _("the interface {value} is already that of line {first}: ignored here"),
        "account": _("the account {value} is already that of line {first}: ignored here"),
        "pin": _("the PIN {value} is already that of line {first}: ignored here"),
    }[kind]


def _clashing(kind: str) -> str:
    """What is said of a word that means somebody else as well, who comes first."""
    return {
        "interface": _("{word} is also the interface of line {first}, and means that one"),
        "employee": _("{word} is also the employee number of line {first}, and means that one"),
        "account": _("{word} is also the account of line {first}, and means that one"),
        "pin": _("{word} is also the PIN of line {first}, and means that one"),
    }[kind]


def plain_pin(pin: str) -> str:
    """A PIN without blanks and leading zeros, in one width: terminals and sheets write it either way."""
    plain = "".join(normalize("NFKC", pin).split())
    return plain.lstrip("0") or plain[:1]


def _plain(kind: str, word: str) -> str:
    return plain_pin(word) if kind == "pin" else word


def _row(number: int, columns: dict[str, int], fields: list[str]) -> _Row:
    def field(column: str) -> str | None:
        index = columns.get(column, len(fields))
        return (fields[index] or None) if index < len(fields) else None

    return _Row(number, *map(field, COLUMNS))


def _owners(kind: str, persons: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    """Every word of this kind, and whose it is."""
    found: dict[str, tuple[str, ...]] = {}
    for person in persons:
        for word in _said(kind, person):
            found[word] = (*found.get(word, ()), person.id)
    return found


def _said(kind: str, person: Person) -> Iterable[str]:
    """This person's words of a kind, in every form in which a feed may write them."""
    match kind:
        case "interface":
            yield from person.interfaces
            yield from (word.removesuffix(_NO_SLOWDOWN) for word in person.interfaces if word.endswith(_NO_SLOWDOWN))
        case "name":
            # One system writes "é" as one character, the next as "e" and an accent; they look the same.
            yield from {person.name, normalize("NFC", person.name), normalize("NFD", person.name)}
        case _:
            word: str | None = getattr(person, kind)
            yield from () if word is None else (_plain(kind, word),)


def _words_of(by_kind: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Every word and the ids it may mean; a stronger kind of word hides a weaker one."""
    words: dict[str, tuple[str, ...]] = {}
    for kind in ("name", *reversed(_OWNED)):
        words |= by_kind[kind]
    return words
