"""The reference file, the list of keys, the schema, the defaults and the documentation say the same."""

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from msgspec.structs import replace
from typing_extensions import is_typeddict

from floorwatch.bundled import bundled
from floorwatch.model.duty import Activity
from floorwatch.model.people import read_people
from floorwatch.settings import (
    DutySettings,
    FeedSettings,
    QueueSettings,
    RuleSettings,
    Settings,
    SettingsError,
    load_settings,
    reference,
    settings_table,
    starter,
)
from floorwatch.settings.duty_days import read_duty_days
from floorwatch.settings.fill import paths_in
from floorwatch.settings.keys import KEYS, NAME
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.layouts import Layout
from floorwatch.settings.schema import ConfigFile

DOCS = Path(__file__).resolve().parents[2] / "docs" / "config.md"
UNCOMMENTED = re.sub(r"(?m)^#(?=\S)", "", reference())


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "floorwatch.toml"
    file.write_text(text, "utf-8")
    return file


def keys_of(table: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every path that a TypedDict allows."""
    if is_typeddict(table):
        for name, inner in get_type_hints(table).items():
            yield from keys_of(inner, (*above, name))
    elif get_origin(table) is dict and is_typeddict(get_args(table)[1]):
        yield from keys_of(get_args(table)[1], (*above, NAME))
    elif get_origin(table) is dict and get_args(table)[1] is not Any:
        yield (*above, NAME)
    else:
        yield above


def default_of(path: tuple[str, ...]) -> str:
    """The default of a key as the documentation writes it: "-" where there is none."""
    example = Settings(queues={NAME: QueueSettings()}, feeds={NAME: FeedSettings("")}, rules={NAME: RuleSettings()})
    example = replace(example, layouts={NAME: Layout()})
    values = {row.key: row.value for row in settings_table(example)}
    if path in (("floor", "zone"), ("journal", "url"), ("screen", "save_folder")) or path[-1] in (NAME, "path", "rows"):
        return "-"
    value = values[".".join(path)]
    return "-" if value == '""' else f"`{value}`"


def test_the_reference_as_it_comes_sets_nothing(tmp_path: Path) -> None:
    assert tomllib.loads(reference()) == {}
    file = written(tmp_path, reference())
    assert load_settings(file, {}) == Settings(file=file)


def test_the_reference_uncommented_is_the_defaults(tmp_path: Path) -> None:
    file = written(tmp_path, UNCOMMENTED)
    (tmp_path / "plugins").mkdir()
    loaded = load_settings(file, {})
    assert loaded.queues == {"support": QueueSettings()}
    assert loaded.feeds == {"main": FeedSettings("/var/log/asterisk/queue_log")}
    assert loaded.rules == {"longest-wait": RuleSettings()}
    assert loaded.panels == {"agents": {}}
    assert loaded.layouts == {"team-a": Layout(rows=LayoutSpec.of([["agents"]]))}
    assert (loaded.commands, loaded.plugins.sections) == ({"my-command": {}}, {"my-plugin": {}})
    assert loaded.duty == DutySettings(activities={"fetching tea": Activity.BREAK})
    kept = ("floor", "service", "people", "screen", "alerts", "journal")
    assert replace(Settings(), **{name: getattr(loaded, name) for name in kept}) == Settings()
    assert loaded.plugins.folders == (tmp_path / "plugins",)


def test_no_key_is_missing_from_the_reference() -> None:
    named = {"queues": "support", "groups": "inbound", "feeds": "main", "panels": "agents", "rules": "longest-wait"}
    named |= {"layouts": "team-a"}
    named |= {"commands": "my-command", "plugins": "my-plugin", "duty": "fetching tea"}
    expected = {tuple(named[path[0]] if part == NAME else part for part in path) for path in KEYS}
    tables = {path[:length] for path in expected for length in range(1, len(path))}
    assert set(paths_in(tomllib.loads(UNCOMMENTED))) == expected | tables


def test_every_key_of_the_reference_has_a_line_of_explanation() -> None:
    lines = reference().splitlines()
    repeated = set(next(iter(re.findall(r"(?ms)^#\[queues\.support\]$(.*?)^$", reference()))).splitlines())
    bare = [
        line
        for above, line in pairwise(lines)
        if re.match(r"#\S+ = ", line) and not above.startswith("# ") and line not in repeated
    ]
    assert bare == ['#inbound = ["support", "sales"]', '#file = ""'], "these two stand right under their table"


def test_the_list_of_keys_is_what_the_schema_allows() -> None:
    allowed = set(keys_of(ConfigFile))
    beside = {("rules", NAME), ("plugins", NAME)}
    assert set(KEYS) == allowed | beside, "options of a rule stand beside enabled, plugins' sections beside disabled"


@pytest.mark.parametrize("key", KEYS.values(), ids=lambda key: ".".join(key.path))
def test_every_example_is_accepted(key: Any, tmp_path: Path) -> None:
    (tmp_path / "plugins").mkdir()
    (tmp_path / "people.csv").write_text("")
    (tmp_path / "duty-days.csv").write_text("")
    table = ".".join(key.path[:-1])
    path = "path = 'queue_log'\n" if key.path[0] == "feeds" and key.path[-1] != "path" else ""
    path += "rows = [['agents']]\n" if key.path[0] == "layouts" and key.path[-1] != "rows" else ""
    loaded = load_settings(written(tmp_path, f"[{table}]\n{path}{key.line(key.path)}\n"), {})
    assert key.path in loaded.given


@pytest.mark.parametrize("key", KEYS.values(), ids=lambda key: ".".join(key.path))
def test_every_key_is_documented_with_its_default_and_origin(key: Any) -> None:
    row = f"| `{'.'.join(key.path)}` | {default_of(key.path)} | {key.meaning} | {key.origin} |"
    assert row in DOCS.read_text("utf-8").splitlines()


def test_the_documentation_names_no_key_that_is_not_there() -> None:
    documented = set(re.findall(r"(?m)^\| `(\w+\.[\w.]+)` \|", DOCS.read_text("utf-8")))
    assert documented == {".".join(path) for path in KEYS}


@pytest.mark.parametrize("log", ["/var/log/asterisk/queue_log", 'C:\\logs\\"q"', "/日志/$queue\x7f log"])
def test_the_starter_watches_this_log_and_leaves_the_rest(log: str, tmp_path: Path) -> None:
    text = starter(log)
    assert tomllib.loads(text) == {"feeds": {"main": {"path": log.replace("$", "$$")}}}
    assert load_settings(written(tmp_path, text), {}).feeds["main"].path.endswith(log)
    assert len(text.splitlines()) == len(reference().splitlines())


def test_the_bundled_people_file_is_a_good_example() -> None:
    people = read_people((bundled("config") / "people.csv").read_text("utf-8"))
    assert people.problems == ()
    assert people.ignored_columns == ()
    assert people.id_of("Local/2003@agents") == people.id_of("Okafor, Chidi") == "4003"


def test_the_bundled_file_of_overrides_is_a_good_example() -> None:
    days, mistakes = read_duty_days((bundled("config") / "duty-days.csv").read_text("utf-8"), "duty-days.csv")
    assert mistakes == []
    assert (days.days["2027-02-12"], days.days["2027-02-13"]) == (False, True)
    assert (days.peaks["2027-01"], days.peaks["2027-02"]) == (("2027-01-01", "2027-01-20"), None)


def test_all_mistakes_of_a_spoilt_reference_are_told(tmp_path: Path) -> None:
    spoilt, count = re.subn(r"(?m)^(?=[a-z_]+ = )", "x", UNCOMMENTED)
    with pytest.raises(SettingsError) as caught:
        load_settings(written(tmp_path, spoilt), {})
    told = caught.value.messages
    # Options of a rule and names of groups are free, reasons of a pause too but in quotes; the feed misses its path,
    # the layout its rows.
    assert len(told) == count - 2 + 2
