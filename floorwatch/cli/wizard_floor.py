"""The wizard's questions about the floor: its language, name, time zone and day, its targets, and who sits here."""

import re
from collections.abc import Sequence
from datetime import time
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from floorwatch.cli.wizard_asking import Asker, Read, a_share, number_above_zero, one_of, pairs_of, some_text
from floorwatch.engine.diagnosis_log import Glance, night_share
from floorwatch.model.service_level import SERVICE_LEVELS
from floorwatch.model.targets import Target
from floorwatch.settings import Settings, system_user, system_zone, zone_name, zone_named
from floorwatch.spoken import share
from floorwatch.words import _, language, use_language

LANGUAGES = ("en", "zh_CN")
SUSPICIOUS = 0.5
"""Where so large a share of calls comes at night, the zone is probably another one."""

FEW_CALLS = 20
_TIME = re.compile(r"(\d{1,2})(?::(\d\d))?")
_LANGUAGE_ASKED = "Language / 语言 (en, zh_CN)"
"""In both languages: whoever reads it has not chosen yet."""


def ask_language(asker: Asker) -> str:
    """The language, spoken from here on. Raises LeftError."""
    why = _("Of these questions, of the screen, and of --help: English or 简体中文.")
    now = language() if language() in LANGUAGES else LANGUAGES[0]
    chosen = asker.ask(_LANGUAGE_ASKED, why, now, one_of(LANGUAGES))
    use_language(chosen)
    return chosen


def ask_floor(asker: Asker, glance: Glance | None) -> dict[str, Any]:
    """[floor]: its name, zone and day. Raises LeftError."""
    usual = Settings().floor
    name = asker.ask(_("Name of the floor"), _("It stands in the header."), _(usual.name), some_text)
    zone = _ask_zone(asker, glance)
    why = _("Calls before it count for the day before. 00:00 unless the floor works over midnight.")
    starts = asker.ask(_("A business day starts at"), why, f"{usual.day_starts:%H:%M}", quarter_hour)
    return {"name": name, **({"zone": zone} if zone else {}), "day_starts": starts}


def ask_targets(asker: Asker, queues: Sequence[str]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """[service], and what single queues promise instead. Raises LeftError."""
    usual = Target()
    why = _("A call that is answered within so many seconds is answered in time.")
    seconds = asker.ask(_("Calls are to be answered within (seconds)"), why, f"{usual.seconds:g}", number_above_zero)
    why = _("80 means: of a hundred calls eighty are to be answered in time.")
    part = asker.ask(_("Share of calls to answer in time"), why, f"{usual.share:.0%}", a_share)
    why = _(
        "How abandoned calls count. short-out: those within 5 seconds are left out; offered: answered in time of all"
        " offered; docs/metrics.md has the formulas."
    )
    known = tuple(SERVICE_LEVELS)
    question = _("Service level counted as ({known})").format(known=", ".join(known))
    definition = asker.ask(question, why, usual.definition, one_of(known))
    service = {"seconds": seconds, "share": part, "definition": definition}
    if not queues:
        return service, {}
    why = _("Queues that promise something else: NAME=SECONDS/SHARE, such as 1=10/90")
    own = asker.ask(_("Other targets for single queues (Enter: none)"), why, "", pairs_of(queues, _target))
    return service, own


def ask_me(asker: Asker) -> dict[str, Any]:
    """[floor] me, where it is not the system's own name for whoever asks. Raises LeftError."""
    why = _("Notes, walks and help taken carry this name. Where several people share this file, leave it as it is.")
    known = system_user()
    me = asker.ask(_("Who are you"), why, known, some_text)
    return {} if me == known else {"me": me}


def quarter_hour(text: str) -> str:
    """`06:30`, from 6:30, 06:30 or 6. Raises ValueError."""
    found = _TIME.fullmatch(normalize("NFKC", text).strip())
    try:
        at = time(int(found[1]), int(found[2] or 0)) if found else None
    except ValueError:
        at = None
    if at is None or at.minute % 15:
        raise ValueError(_("write a time of day on a quarter hour, such as 06:30"))
    return f"{at:%H:%M}"


def _ask_zone(asker: Asker, glance: Glance | None) -> str:
    system = zone_name(system_zone())
    known = system if _is_known(system) else ""
    why = _("An IANA name, such as Asia/Shanghai or Europe/Berlin. Days begin and times are shown by it.")
    zone = asker.ask(_("Time zone"), why, known, _zone_reader(system))
    if glance is None or not _is_shifted(glance, zone or system):
        return zone
    by_hour = glance.calls_by_hour(zone_named(zone or system))
    said = _("  ! by this zone {part} % of the calls came between 23:00 and 06:00: is another zone meant?")
    asker.say(said.format(part=share(night_share(by_hour))))
    return asker.ask(_("Time zone"), why, zone, _zone_reader(system))


def _is_shifted(glance: Glance, zone: str) -> bool:
    is_known = sum(glance.calls_at.values()) >= FEW_CALLS
    return is_known and night_share(glance.calls_by_hour(zone_named(zone))) > SUSPICIOUS


def _zone_reader(system: str) -> Read[str]:
    def read(text: str) -> str:
        if text and not _is_known(text):
            raise ValueError(_("there is no time zone {zone}; write for example Asia/Shanghai").format(zone=text))
        return text

    return read if _is_known(system) else lambda text: read(text) if text != system else ""


def _is_known(zone: str) -> bool:
    """Whether the file may name it: an offset it may not."""
    try:
        return isinstance(zone_named(zone), ZoneInfo)
    except ValueError:
        return False


def _target(text: str) -> dict[str, Any]:
    seconds, slash, part = normalize("NFKC", text).partition("/")
    return {"seconds": number_above_zero(seconds), **({"share": a_share(part)} if slash else {})}
