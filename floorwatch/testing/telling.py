"""The floor of a test as it is told: its facts, its sentences, its recordings; folded when it is asked for.

Rules
- What is told is kept and folded anew when something earlier is asked for, or more was told since.
- The kit's day and zone are those of times said from then on; a recording brings its own.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from floorwatch.engine.asking import AskedRule
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.timeline import Timeline
from floorwatch.extend.report import Span
from floorwatch.extend.rule import AlertRule
from floorwatch.feeds.shapes import FeedFormat
from floorwatch.model.clock import FloorDays, VirtualClock
from floorwatch.model.entities import Fact
from floorwatch.model.floor import Floor
from floorwatch.model.people import People, Person, read_people
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules, Target
from floorwatch.settings import zone_named
from floorwatch.testing import floors
from floorwatch.testing.declared import asked
from floorwatch.testing.floors import Part
from floorwatch.testing.house import ME, Given, Wishes, house_of
from floorwatch.testing.moment import Moment
from floorwatch.testing.recorded import Recorded
from floorwatch.testing.scene import Sentence
from floorwatch.testing.shift import Run, Script
from floorwatch.testing.told import Told
from floorwatch.testing.wall import Time, Wall

DAY = date(2026, 3, 10)
ZONE = "Asia/Shanghai"
MORNING = time(10, 41, 7)
"""Where the clock stands at first: `floors.NOW`."""


class Telling:
    """One floor, from its first sentence on."""

    def __init__(self) -> None:
        self._wall = Wall(DAY, ZoneInfo(ZONE))
        self.clock = VirtualClock(self._wall.at(MORNING.isoformat()))
        self._said: list[Sentence] = []
        self._loaded: Sequence[Decoded] = ()
        self._parts: tuple[Part, ...] = ()
        self._rules: FloorRules | None = None
        self._people = People()
        self._met: dict[str, Person] = {}
        self._me = ME
        self._gives: frozenset[Fact] | None = None
        self._loaded_gives: frozenset[Fact] | None = None
        self._asked: list[tuple[AlertRule, Given]] = []
        self._run: Run | None = None

    # --- the floor's own facts ---

    def day(self, day: str | date, *, zone: str | tzinfo | None = None) -> None:
        """From here on "10:40" means this day, in this zone. The zone must be said before anything happens."""
        if zone is not None and (self._said or self._loaded):
            raise ValueError("say the zone before anything happens: times that were said are made with it")
        where = self._wall.zone if zone is None else zone_named(zone) if isinstance(zone, str) else zone
        self._wall = Wall(date.fromisoformat(day) if isinstance(day, str) else day, where)
        self.clock.move_to(self._wall.at(MORNING.isoformat()))
        self._changed()

    def targets(self, default: Target | None = None, **queues: Target) -> None:
        """What the floor promises: `default`, and each queue by name; those stand first on the floor, in this order."""
        rules = self._rules_now()
        self.rules(replace(rules, default=default or rules.default, targets={**rules.targets, **queues}))

    def duty_rules(self, **rules: Any) -> None:
        """The rules of attendance and rosters, by their names in `DutyRules`; the others are as they were."""
        now = self._rules_now()
        self.rules(replace(now, duty=replace(now.duty, **rules)))

    def rules(self, rules: FloorRules) -> None:
        """All rules of counting at once: business days too, and when a call is stale."""
        self._rules = rules
        self._changed()

    @property
    def people(self) -> People:
        """The identity map: set it from the text of a people file, its path, or a `People`. Sign-ins add to it."""
        known = {person.id for person in self._people}
        return People([*self._people, *(person for key, person in self._met.items() if key not in known)])

    @people.setter
    def people(self, people: "People | str | Path") -> None:
        if isinstance(people, Path):
            people = people.read_text(encoding="utf-8-sig")
        self._people = read_people(people) if isinstance(people, str) else people
        if self._people.problems:
            raise ValueError("\n".join(self._people.problems))
        self._changed()

    @property
    def gives(self) -> frozenset[Fact]:
        """What the floor's feeds can tell: everything, or what the recording can; set it to say otherwise."""
        return next(each for each in (self._gives, self._loaded_gives, floors.EVERY_FACT) if each is not None)

    @gives.setter
    def gives(self, facts: Iterable[Fact]) -> None:
        self._gives = frozenset(facts)
        self._changed()

    @property
    def me(self) -> str:
        """Who looks at the floor and enters things: Ada, until somebody else is set; "" is nobody."""
        return self._me

    @me.setter
    def me(self, name: str) -> None:
        self._me = name
        self._changed()

    # --- what happens ---

    def at(self, moment: Time, *, misfits: bool = False) -> Moment:
        """The moment to say sentences of: "10:40", "10:40:30", "2026-03-10 10:40" or epoch seconds. With `misfits` they
        need not fit the floor: they are folded all the same, and counted as the host does."""
        at = self._wall.at(moment)
        self.clock.move_to(max(self.clock.now(), at))
        return Moment(at, self._wall, self._say, self._meet, misfits=misfits)

    def load(
        self,
        recording: str | Path,
        *,
        people: str | Path | None = None,
        format: FeedFormat | str | None = None,  # noqa: A002  # the setting's own name
    ) -> Span:
        """Have the floor live through a recording: a bundled sample by name, or a .floorlog, log or folder by path.

        Its zone and its first day become the kit's, the clock stands at its last line. What is said besides comes on
        top. Gives the times of its first and last line. Raises FileNotFoundError, FeedError, ValueError.
        """
        if self._said or self._loaded:
            raise ValueError("load a recording first, and one only; what is said besides comes after it")
        timeline = self._timeline_of(Recorded.of(recording, people, format), Wishes())
        self._loaded = tuple(timeline.entries())
        if not self._loaded:
            raise ValueError(f"{recording}: there is no line to read in it")
        span = Span(self._loaded[0].received_at, self._loaded[-1].received_at)
        days = timeline.house.rules.days
        self._wall = Wall(days.local(span.start).date(), days.zone)
        self.clock.move_to(span.end)
        if len(timeline.house.people):
            self._people = timeline.house.people
        self._loaded_gives = timeline.gives
        self._changed()
        return span

    def put(self, *parts: Part) -> None:
        """Put parts of `floorwatch.testing.floors` on the floor, whatever happens on it: figures that would take a
        thousand sentences. They stand where the floor of `floors` stands, at 10:41:07 on 2026-03-10."""
        self._parts += parts
        self._changed()

    def asks(self, rule: AlertRule, **options: Any) -> None:
        """Have this rule asked as the host asks it, so that its alerts stand on the floor. Raises RefusedError."""
        asked(rule, options)
        self._asked.append((rule, options))
        self._changed()

    def floor(self, at: Time | None = None) -> FloorSnapshot:
        """The floor at this moment. Raises MisfitError when a sentence up to there does not fit."""
        return self._run_to(self._moment(at)).to(self._moment(at))

    # --- for the kit ---

    def _moment(self, at: Time | None) -> float:
        return self.clock.now() if at is None else self._wall.at(at)

    def _rules_now(self) -> FloorRules:
        """The rules that were said, on the kit's own clock: a day of another zone would count other calls."""
        rules = self._rules or FloorRules(FloorDays())
        return replace(rules, days=FloorDays(self._wall.zone, rules.days.starts))

    def _there(self, at: Time | None, floor: FloorSnapshot | Sequence[Part] | None) -> FloorSnapshot:
        if floor is None:
            return self.floor(at)
        if isinstance(floor, FloorSnapshot):
            return floor
        moment = floors.NOW if at is None else self._wall.at(at)
        there = floors.snapshot(*floor, at=moment, rules=self._rules_now(), gives=self.gives)
        return replace(there, me=self._me)

    def _run_to(self, at: float) -> Run:
        """A run that has not gone past `at`."""
        if self._run is None or self._run.at > at:
            self._run = self._new_run([asked(rule, given) for rule, given in self._asked])
        return self._run

    def played(self) -> list[Decoded]:
        """Everything that was told, folded once to see that it fits."""
        run = self._new_run(())
        run.to(max([self.clock.now(), *(each.at for each in self._said)]))
        return run.played

    def _told(self, wishes: Wishes, until: float) -> Timeline:
        """What was told, as a replay plays it."""
        last = max([until, *(each.at for each in self._said), *(each.received_at for each in self._loaded[-1:])])
        return Told(house_of(self._rules_now(), self.people, wishes), self.played(), self.gives, last)

    def _timeline_of(self, recorded: Recorded, wishes: Wishes) -> Timeline:
        """A recording, read by the formats of the bundled plugins and by the author's own."""
        wishes = replace(wishes, formats=(*wishes.formats, *recorded.formats), bundled=True)
        return recorded.timeline(house_of(self._rules_now(), self._people, wishes))

    def _new_run(self, rules: Sequence[AskedRule]) -> Run:
        floor_rules, people = self._rules_now(), self.people
        script = Script(self._loaded, tuple(self._said), self._parts, rules, self._people, self._wall)
        floor = Floor(floor_rules, people, self.gives, list(floor_rules.targets))
        floor.set_me(self._me)
        return Run(script, floor)

    def _say(self, sentence: Sentence) -> None:
        self._said.append(sentence)
        self._changed()

    def _meet(self, who: str, key: str | None, seat: str | None, team: str | None) -> str:
        """Make a person known; their id. Raises ValueError for somebody who was said to be otherwise."""
        found = key or self._id_of(who)
        known = next((person for person in self.people if person.id == found), None)
        if known is None:
            self._met[found] = Person(found, who, None, key, seat, team)
            return found
        said = ((known.name, who if who != found else None), (known.seat, seat), (known.team, team))
        if differing := [(was, now) for was, now in said if now is not None and was not in (None, now)]:
            was, now = differing[0]
            raise ValueError(f"{found} is {was!r} already, not {now!r}: a person has one name, seat and team")
        if found in self._met:
            self._met[found] = replace(known, seat=known.seat or seat, team=known.team or team)
        return found

    def _id_of(self, who: str) -> str:
        meant = self.people.candidates(who)
        if len(meant) > 1:
            raise ValueError(f"{len(meant)} people are called {who!r}: say which by id=... ({', '.join(meant)})")
        return meant[0] if meant else who

    def _changed(self) -> None:
        self._run = None
