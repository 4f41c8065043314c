"""The wizard's question about people: a file that is there, or one written from the agents of the log, to be filled in.

Rules
- What a log calls an agent stands in the file as it is: by that the line is found. A device stands as the interface, a
  name as the name; whoever is known by both gets one line where a sign-in, or the number in the name, tells so.
- Teams are proposed only where the agents' own words say them: letters, or leading digits, that several share.
- Words that a spreadsheet would take for a formula are left out: nobody needs them from here.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.cli.wizard_asking import Asker, Read
from floorwatch.engine.diagnosis_house import problem_in_words
from floorwatch.engine.diagnosis_log import Glance
from floorwatch.settings import SettingsError, load_people
from floorwatch.spoken import number_of
from floorwatch.text import exported, inert
from floorwatch.words import _, _n

NAME = "people.csv"
COLUMNS = ("interface", "name", "employee", "seat", "team")
_SEAT = re.compile(r"([A-Za-z]{1,3})[- ]?\d{1,4}")
_LEAST_TEAM = 2
_PLAIN_SHARE = 0.8
_NONE = frozenset({"-", "n", "no", "0", "不", "否"})
_WRITE = frozenset({"w", "write", "写"})
_SHOWN_PROBLEMS = 3
_CHANNEL = ";"
"""Only in what names one call's channel, "Local/login@agents-000000e8;2": nobody is called so twice."""


class Someone(Struct, frozen=True):
    """A line of the file to be."""

    interface: str = ""
    name: str = ""
    employee: str = ""
    seat: str = ""
    team: str = ""

    @property
    def cells(self) -> Sequence[str]:
        """In the order of `COLUMNS`."""
        return self.interface, self.name, self.employee, self.seat, self.team


class PeopleChosen(Struct, frozen=True):
    """The people file: `path` of one that is there, or `text` of one to write beside the configuration; neither for
    none."""

    path: Path | None = None
    text: str | None = None


def ask_people(asker: Asker, folder: Path, given: Path | None, glances: Sequence[Glance]) -> PeopleChosen:
    """Which people file; `folder` is where the configuration will lie. Raises LeftError."""
    there = given or (folder / NAME if (folder / NAME).is_file() else None)
    persons = persons_of(glances)
    why = _(
        "A CSV of interface, name, employee, seat and team: with it agents have names and seats, and notes the right"
        " number. w writes one from the agents of the log, to be filled in; - goes without; or give the path of one."
    )
    if there is not None:
        proposal, question = str(there), _("People file: a path, or - for none")
    elif persons:
        proposal, n = "w", len(persons)
        said = _n(
            "People file: w writes one with the {n} agent found, a path, or - for none",
            "People file: w writes one with the {n} agents found, a path, or - for none",
            n,
        )
        question = said.format(n=n)
    else:
        proposal, question = "-", _("People file: a path, or - for none")
    chosen = asker.ask(question, why, proposal, _people_reader(can_write=bool(persons) and there is None))
    if chosen == "w":
        return PeopleChosen(text=people_text(_in_teams(asker, persons)))
    if chosen is None:
        return PeopleChosen()
    _say_people(asker, chosen)
    return PeopleChosen(Path(chosen).expanduser().absolute())


def persons_of(glances: Sequence[Glance]) -> list[Someone]:
    """A line for each agent of the logs, by device and number, then by name. A name that holds the number of one
    device, and of no other, stands in the line of that device."""
    agents = {word for glance in glances for word in glance.agents if exported(word) == word}
    signed_in = {word: device for glance in glances for word, device in glance.devices.items() if _is_device(device)}
    devices = {word for word in agents if _is_device(word)}
    names = sorted(word for word in agents - devices if _CHANNEL not in word)
    of_name = {**_by_number(devices, names), **{name: signed_in[name] for name in names if name in signed_in}}
    persons = [Someone(of_name.get(name, ""), name, _employee(of_name.get(name, name))) for name in names]
    persons += [Someone(device, "", _employee(device)) for device in devices - set(of_name.values())]
    return sorted(persons, key=lambda each: (not each.interface, each.employee, each.interface, each.name))


def people_text(persons: Sequence[Someone]) -> str:
    """The file, with a word on how to fill it in."""
    out = io.StringIO()
    for line in (
        _("Who is who: a line for each person. interface and name stand as the telephone system writes them."),
        _("Fill in name, employee (the number on notes and reports), seat and team; leave empty what is not known."),
        _("An employee number that stands here already is that of the device or name: correct it where it is another."),
        _("A person who stands here twice, once by interface and once by name: make one line of the two."),
    ):
        out.write(f"# {line}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(each.cells for each in persons)
    return out.getvalue()


def plain_teams(words: Sequence[str]) -> Mapping[str, str]:
    """The team of each of these seats, names or numbers, where they plainly say one: "A01" is of A, 2107 of 21 where
    others are of 22. Nothing where they do not."""
    seats = {word: found[1].upper() for word in words if (found := _SEAT.fullmatch(word))}
    numbers = {word: word[:-2] for word in words if word.isdecimal() and len(word) == 4}
    return next((teams for teams in (seats, numbers) if _is_plain(teams, len(words))), {})


def _is_plain(teams: Mapping[str, str], words: int) -> bool:
    sizes = Counter(teams.values())
    return len(sizes) > 1 and min(sizes.values()) >= _LEAST_TEAM and len(teams) >= _PLAIN_SHARE * words


def _in_teams(asker: Asker, persons: Sequence[Someone]) -> Sequence[Someone]:
    """The persons with the teams that their words say, if that is agreed to."""
    called = [each.name if _SEAT.fullmatch(each.name) else each.employee for each in persons]
    teams = plain_teams([word for word in called if word])
    if not teams:
        return persons
    sizes = Counter(teams.values())
    listed = ", ".join(f"{team} {sizes[team]}" for team in sorted(sizes))
    why = _("Only the column team of the new file: it can be changed there.")
    if not asker.agrees(_("Teams by their names or numbers: {teams}").format(teams=listed), why, proposal=True):
        return persons
    return [_placed(each, word, teams) for each, word in zip(persons, called, strict=True)]


def _placed(person: Someone, called: str, teams: Mapping[str, str]) -> Someone:
    """With the team, and with the seat where the name is one."""
    seat = person.name if _SEAT.fullmatch(person.name) else ""
    return replace(person, seat=seat, team=teams.get(called, ""))


def _people_reader(*, can_write: bool) -> Read[str | None]:
    """Reads "w", None for none, or the path of a file that can be read."""

    def read(text: str) -> str | None:
        if text.casefold() in _NONE:
            return None
        if can_write and text.casefold() in _WRITE:
            return "w"
        path = Path(text).expanduser()
        if not path.is_file():
            raise ValueError(_("there is no file {path}").format(path=path))
        try:
            load_people(path)
        except SettingsError as error:
            raise ValueError(error.messages[0]) from None
        return str(path)

    return read


def _say_people(asker: Asker, path: str) -> None:
    file = Path(path).expanduser()
    people = load_people(file)
    n = len(people)
    asker.say("  " + _n("{file}: {n} person", "{file}: {n} people", n).format(file=inert(path), n=n))
    for problem in people.problems[:_SHOWN_PROBLEMS]:
        asker.say(_("  ! {wrong}").format(wrong=problem_in_words(file, problem)))


def _is_device(word: str) -> bool:
    return "/" in word and _CHANNEL not in word


def _by_number(devices: Iterable[str], names: Iterable[str]) -> Mapping[str, str]:
    """The device of each name that holds a number which one device alone has, and one name alone."""
    by_device, by_name = _sole(devices), _sole(names)
    return {name: by_device[number] for number, name in by_name.items() if number in by_device}


def _sole(words: Iterable[str]) -> Mapping[str, str]:
    """The words by their numbers, without numbers that several have."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(_employee(word), []).append(word)
    return {number: those[0] for number, those in found.items() if number and len(those) == 1}


def _employee(word: str) -> str:
    """The number within a device or a name, as a guess at the employee number: of an extension it often is one."""
    if "/" in word:
        number = number_of(word, "")
        return number if number.isdecimal() else ""
    digits = re.findall(r"\d{3,6}", word)
    return digits[0] if len(digits) == 1 else ""
