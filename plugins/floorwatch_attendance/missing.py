"""What attendance cannot tell on this floor, and what to give it: said kindly, once, above the rows."""

from collections.abc import Iterator

from floorwatch.api import Fact, FloorSnapshot, _, roster


def what_is_missing(floor: FloorSnapshot) -> Iterator[str]:
    """A sentence each: no roster, a roster of other days, no witness."""
    if not floor.duty.has_roster:
        yield _(
            "No roster is read: who is late or absent is not known. Name its file in the configuration, [feeds.roster]."
        )
    elif not any(each.planned is not None for each in roster.attendance(floor)):
        yield _nobody_planned(floor)
    if not sees_anybody(floor):
        yield _(
            "Nothing here shows who comes: no call feed that tells who signs in, no attendance sheet. Mark by hand (k)."
        )


def sees_anybody(floor: FloorSnapshot) -> bool:
    """Whether any witness is there: punches, a call feed that tells who signs in."""
    return floor.duty.has_punches or Fact.MEMBERS in floor.gives


def _nobody_planned(floor: FloorSnapshot) -> str:
    periods = [each.period for each in floor.duty.documents.values() if each.shifts and each.period is not None]
    today = roster.date_of(floor)
    if not periods:
        return _("The roster names nobody for {today}.").format(today=today)
    first, last = min(each[0] for each in periods), max(each[1] for each in periods)
    said = _("The roster names nobody for {today}: it is of {first} to {last}.")
    return said.format(today=today, first=first, last=last)
