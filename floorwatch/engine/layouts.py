"""The layouts that a house offers: those of the settings and those that come with floorwatch, with the panels it has.

Rules
- Below a layout that is nobody's own stands what plugins bring and it does not name. Of a layout of their own people
  know what they left out: below that, only what was given on the command line. A wall shows what it names.
- The cursor starts in what was given on the command line: a small terminal shows one panel at a time.
"""

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from floorwatch.host.catalogue import Catalogue
from floorwatch.host.discovery import Origin
from floorwatch.settings import Settings
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.layouts import USUAL, Layout, layouts_of


def offered(settings: Settings, catalogue: Catalogue, tried: frozenset[str]) -> Mapping[str, Layout]:
    """Every layout by its name, in the order in which they are offered; one of which no panel is there is left out.
    `tried` are the plugins given on the command line."""
    found = {}
    for name, layout in layouts_of(settings.screen.layout, settings.layouts).items():
        is_own = name in settings.layouts or (name == USUAL and ("screen", "layout") in settings.given)
        rows = layout.rows if is_own or name == USUAL else layout.rows.only(catalogue.panels)
        if rows.rows or name == USUAL:
            found[name] = replace(layout, rows=rows if layout.wall else _with_more(rows, catalogue, tried, is_own))
    return found


def first_of(settings: Settings, given: str, known: Collection[str]) -> str:
    """The name of the layout to begin with, of those that are offered: the one given, else that of the settings."""
    said = settings.screen.layout
    wanted = given or (said if isinstance(said, str) else USUAL)
    return wanted if wanted in known else USUAL


def _with_more(rows: LayoutSpec, catalogue: Catalogue, tried: frozenset[str], is_own: bool) -> LayoutSpec:
    shown = [each for each in catalogue.plugins if each.name in tried or not (is_own or each.origin is Origin.BUNDLED)]
    new = {panel: each.name in tried for each in shown for panel in each.panels if panel not in rows.panels}
    return rows.with_panels(list(new), next((panel for panel, is_tried in new.items() if is_tried), None))
