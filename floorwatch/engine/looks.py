"""How one person looks at the floor: which layout is shown, what alone, and how. It changes nothing on the floor.

Rules
- A layout says which team is shown alone; whoever chooses it sees that, whatever was shown alone before.
- `MINE` is the team of whoever writes, by the people file; where that names none, or two, everything is shown. It
  follows who writes, for as long as nobody has chosen to see something else alone.
- Where a floor is shown at two times, both are looked at in the same way: what is chosen while one of them is on the
  screen holds for the other.
"""

from collections.abc import Callable, Sequence
from functools import partial

from floorwatch.engine.desk import LayoutShow, Reload
from floorwatch.engine.house import House, slot_shown
from floorwatch.engine.layouts import first_of
from floorwatch.engine.station import Station
from floorwatch.host.options import next_options
from floorwatch.model.focus import NO_FOCUS, Focus
from floorwatch.model.people import People
from floorwatch.settings.layouts import MINE
from floorwatch.words import _


class Looks:
    """`Looks` in `engine.desk` says what each method promises."""

    def __init__(self, house: House, station: Station, me: Callable[[], str]) -> None:
        """`me` gives the name of whoever writes."""
        self.house = house
        self.reload: Reload | None = None
        self._stations = [station]
        self._me = me
        self.layouts = _offered(house)
        self._name = first_of(house.settings, house.begins_with, house.layouts)
        self._usual_focus = self._focus_of_layout()
        self.look_at(self._usual_focus)

    def also_on(self, station: Station) -> None:
        """Show this floor in the same way from now on."""
        station.shows.show_like(self._stations[0].shows)
        station.look_at(self.focus)
        self._stations.append(station)

    def no_more_on(self, station: Station) -> None:
        """This floor is shown no longer; nothing for the one that was there first."""
        self._stations = [each for each in self._stations if each is self._stations[0] or each is not station]

    @property
    def layout(self) -> LayoutShow:
        """The layout on the screen."""
        return next(each for each in self.layouts if each.name == self._name)

    def use(self, name: str) -> None:
        """Show this layout, and what it shows alone."""
        if not any(each.name == name for each in self.layouts):
            return
        self._name = name
        self._lay_out()
        self._usual_focus = self._focus_of_layout()
        self.look_at(self._usual_focus)

    def take(self, house: House) -> None:
        """The settings of the screen are those of this house from now on. The layout stays, in the form and with the
        team that it has now, unless the settings begin with another one."""
        before, self.house = self.house, house
        self.layouts = _offered(house)
        first = first_of(house.settings, "", house.layouts)
        began_with = first_of(before.settings, "", before.layouts)
        renewed = {name: slot_shown(house, name).options for name in _changed_panels(before, house)}
        for station in self._stations:
            station.shows.renew(renewed)
        if first != began_with or all(each.name != self._name for each in self.layouts):
            self.use(first)
        else:
            self._lay_out()
            self._refocus()

    def became(self) -> None:
        """Somebody else writes: `MINE` is another team now."""
        self._refocus()

    def _refocus(self) -> None:
        """The layout may show another team alone than before. What a person looks at instead stays."""
        was_usual, self._usual_focus = self.focus == self._usual_focus, self._focus_of_layout()
        if was_usual and self.focus != self._usual_focus:
            self.look_at(self._usual_focus)

    @property
    def focus(self) -> Focus:
        """What alone is shown."""
        return self._stations[0].focus

    def look_at(self, focus: Focus) -> None:
        """Show it alone."""
        for station in self._stations:
            station.look_at(focus)

    def turn(self, panel: str) -> bool:
        """Build the panel anew with the next value of the option that it turns by."""
        slot = self._stations[0].shows.slot(panel)
        options = None if slot is None else next_options(slot.options, slot.turns)
        if options is None:
            return False
        for station in self._stations:
            station.shows.renew({panel: options})
            station.wake()
        return True

    def _lay_out(self) -> None:
        for station in self._stations:
            station.shows.lay_out(self.layout.rows.panels, partial(slot_shown, self.house))
            station.wake()

    def _focus_of_layout(self) -> Focus:
        team = self.house.layouts[self._name].team
        team = team_of(self.house.people, self._me()) if team == MINE else team
        return Focus(team=team) if team else NO_FOCUS


def team_of(people: People, me: str) -> str:
    """The team of whoever writes under this name: of several who are called so that of the leader; "": nobody knows."""
    those = [each for each in people if me and me in (each.id, each.name, each.account) and each.team]
    teams = {each.team or "" for each in [each for each in those if each.is_leader] or those}
    return teams.pop() if len(teams) == 1 else ""


def _offered(house: House) -> Sequence[LayoutShow]:
    own = house.settings.layouts
    return [
        LayoutShow(
            name,
            (layout.title or name) if name in own else _(layout.title or name),
            layout.rows,
            layout.team,
            layout.wall,
            layout.turn_seconds,
        )
        for name, layout in house.layouts.items()
    ]


def _changed_panels(before: House, after: House) -> Sequence[str]:
    """The panels for which the settings say something else than before."""
    old, new = before.settings.panels, after.settings.panels
    return [name for name in {**old, **new} if old.get(name) != new.get(name)]
