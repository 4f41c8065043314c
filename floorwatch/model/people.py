"""Who is who: the identity map that joins a feed's words (interface, member name, employee number) to one agent id.

Rules
- An agent's id is the employee number if known, else the interface, else the name. An unknown word is its own id.
- A word that could mean two people means the interface's before the employee number's before the name's owner.
- A name that several people share means none of them until queue membership tells them apart (`People.resolve`).
- One line, one person: a torn line or an open quote costs that line. Every problem is listed, none is fatal; the
  earlier line keeps what two lines claim.
- Two lines with one employee number and one name are one person with two devices.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from unicodedata import normalize

import msgspec
from msgspec import Struct

from floorwatch.text import inert
from floorwatch.words import _

COLUMNS = ("interface", "name", "employee", "seat", "team")
"""The columns of a people file."""

_ALIASES = {
    "interface": "interface device channel location state_interface 接口 设备 設備 话机 話機",
    "name": "name member member_name membername agent agent_name full_name 姓名 坐席 坐席姓名",
    "employee": "employee employee_number employee_no employee_id number id 工号 工號 员工号 員工號",
    "seat": "seat desk 座席 座席号 座席號 座位 座位号 座位號",
    "team": "team group 班组 班組 小组 小組 组别 組別",
}
_COLUMN_OF = {alias: column for column, aliases in _ALIASES.items() for alias in aliases.split()}
_DELIMITERS = ",;\t"
_NO_SLOWDOWN = "/n"
"""Asterisk's option on a Local channel ("do not optimise away"): some feeds write the interface without it."""


class Person(Struct, frozen=True):
    """One person. `name` is never empty: the employee number or the interface stands in. `interface` is their first."""

    id: str
    name: str
    interface: str | None = None
    employee: str | None = None
    seat: str | None = None
    team: str | None = None
    other_interfaces: tuple[str, ...] = ()

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
        self._by_word = _words_of(self._persons.values())
        self._certain = {word: ids[0] for word, ids in self._by_word.items() if len(ids) == 1}

    def __len__(self) -> int:
        return len(self._persons)

    def __iter__(self) -> Iterator[Person]:
        return iter(self._persons.values())

    def id_of(self, word: str) -> str | None:
        """The agent that this word of a feed can only mean; None when it is unknown or shared."""
        return self._certain.get(word)

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


class _Reading:
    """One pass over a file: what was claimed, by which line, and what is wrong."""

    def __init__(self, source_name: str) -> None:
        self._source = source_name
        self._problems: list[str] = []
        self._persons: dict[str, Person] = {}
        self._line_of: dict[str, int] = {}
        self._id_of_interface: dict[str, str] = {}
        self._id_of_employee: dict[str, str] = {}

    def read(self, text: str) -> People:
        lines = [
            (number, line)
            for number, line in enumerate(_lines(text.removeprefix("\ufeff")), start=1)
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
        owner = self._id_of_employee.get(row.employee or "") or self._id_of_interface.get(row.interface or "")
        known = self._persons.get(owner or "")
        if known is None or row.employee != known.employee:
            return None
        return known if row.name in (None, known.name) else None

    def _add_device(self, known: Person, row: _Row) -> None:
        if row.interface is None or row.interface in known.interfaces:
            said = _("this line repeats line {first}: left out")
            self._say(row.line, said.format(first=self._line_of[known.id]))
        elif device := self._unclaimed_interface(row):
            self._id_of_interface[device] = known.id
            self._persons[known.id] = msgspec.structs.replace(
                known,
                interface=known.interface or device,
                other_interfaces=(*known.interfaces, device)[1:],
                seat=known.seat or row.seat,
                team=known.team or row.team,
            )

    def _without_claimed(self, row: _Row) -> _Row:
        """The row without what an earlier line has claimed for somebody else."""
        return msgspec.structs.replace(
            row, employee=self._unclaimed_employee(row), interface=self._unclaimed_interface(row)
        )

    def _unclaimed_employee(self, row: _Row) -> str | None:
        owner = self._id_of_employee.get(row.employee or "")
        if owner is None:
            return row.employee
        said = _("the employee number {value} is already that of line {first}: give each person their own")
        self._say(row.line, said.format(value=row.employee, first=self._line_of[owner]))
        return None

    def _unclaimed_interface(self, row: _Row) -> str | None:
        owner = self._id_of_interface.get(row.interface or "")
        if owner is None:
            return row.interface
        said = _("the interface {value} is already that of line {first}: ignored here")
        self._say(row.line, said.format(value=row.interface, first=self._line_of[owner]))
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
            agent, row.name or row.employee or agent, row.interface, row.employee, row.seat, row.team
        )
        self._line_of[agent] = row.line
        if row.employee is not None:
            self._id_of_employee[row.employee] = agent
        if row.interface is not None:
            self._id_of_interface[row.interface] = agent

    def _clashes(self) -> None:
        """Say which words name one person and number another: the precedence decides, the reader should know."""
        for person in self._persons.values():
            by_name = self._id_of_interface.get(person.name) or self._id_of_employee.get(person.name)
            self._clash(person, person.name, by_name)
            if person.employee is not None:
                self._clash(person, person.employee, self._id_of_interface.get(person.employee))

    def _clash(self, person: Person, word: str, meant: str | None) -> None:
        if meant is not None and meant != person.id:
            said = _("{word} is also the interface or the employee number of line {first}, and means that one")
            self._say(self._line_of[person.id], said.format(word=word, first=self._line_of[meant]))


def _lines(text: str) -> list[str]:
    # Not splitlines(): that also breaks at separators which a name pasted from a document may hold.
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _row(number: int, columns: dict[str, int], fields: list[str]) -> _Row:
    def field(column: str) -> str | None:
        index = columns.get(column, len(fields))
        return (fields[index] or None) if index < len(fields) else None

    return _Row(number, *map(field, COLUMNS))


def _words_of(persons: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    """Every word and the ids it may mean; a stronger kind of word hides a weaker one."""
    everyone = tuple(persons)
    interfaces = {word: (person.id,) for person in everyone for word in person.interfaces}
    bare = {word.removesuffix(_NO_SLOWDOWN): ids for word, ids in interfaces.items() if word.endswith(_NO_SLOWDOWN)}
    employees = {person.employee: (person.id,) for person in everyone if person.employee is not None}
    names: dict[str, tuple[str, ...]] = {}
    for person in everyone:
        # One system writes "é" as one character, the next as "e" and an accent; they look the same.
        for form in {person.name, normalize("NFC", person.name), normalize("NFD", person.name)}:
            names[form] = (*names.get(form, ()), person.id)
    return {**names, **employees, **bare, **interfaces}
