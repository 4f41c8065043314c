"""What plugins declare is held against the protocols; each mistake is a sentence, and costs only itself."""

import re
from pathlib import Path

import pytest

from floorwatch import hookspecs
from floorwatch.api import METRICS, Figure, Metric, Unit, hookimpl
from floorwatch.host.catalogue import Catalogue, Core, NotDeclaredError, PluginEntry, PluginState, catalogue_of
from floorwatch.host.declarations import SHAPES, methods_of
from floorwatch.host.discovery import Found, Origin
from floorwatch.host.hooks import HOOKS
from tests.host.drop_in_files import drop, found_in, panel, panel_plugin


def catalogue(folder: Path, core: Core | None = None) -> Catalogue:
    """The catalogue of the drop-ins in a folder."""
    return catalogue_of(found_in(folder).values(), core or Core())


def entry(catalogued: Catalogue, name: str) -> PluginEntry:
    """The plugin of this name."""
    return next(each for each in catalogued.plugins if each.name == name)


def only_problem(folder: Path, source: str) -> str:
    """The one thing that is wrong with a plugin."""
    drop(folder, "mine.py", source)
    (problem,) = entry(catalogue(folder), "mine").problems
    return problem.reason


def test_every_hook_has_a_shape_and_every_shape_a_place() -> None:
    assert [shape.hook for shape in SHAPES] == list(HOOKS)
    assert set(HOOKS) == {name for name in vars(hookspecs) if name.startswith("floorwatch_")}
    assert {shape.field for shape in SHAPES} <= set(Catalogue.__struct_fields__) & set(Core.__struct_fields__)
    assert {shape.field for shape in SHAPES} <= set(PluginEntry.__struct_fields__)


def test_what_a_protocol_asks_for_is_read_from_it() -> None:
    (shape,) = [shape for shape in SHAPES if shape.word == "panel"]

    assert {name: str(signature) for name, signature in methods_of(shape.protocol).items()} == {
        "build": "(floor, options)",
        "detail": "(floor, options, row_key)",
    }


def test_a_sound_plugin_is_loaded_and_its_panel_remembers_it(tmp_path: Path) -> None:
    drop(tmp_path, "mine.py", panel_plugin("my-panel"))

    found = catalogue(tmp_path)

    assert entry(found, "mine").state is PluginState.LOADED
    assert entry(found, "mine").panels == ("my-panel",)
    assert (found.panel("my-panel").plugin, found.panel("my-panel").thing.title) == ("mine", "A panel")


def test_the_core_s_own_are_in_the_catalogue() -> None:
    found = catalogue_of((), Core())

    assert set(found.metrics) == set(METRICS)
    assert found.metric("asa").plugin == "floorwatch"


def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    drop(tmp_path, "mine.py", panel_plugin("queue-status"))

    with pytest.raises(NotDeclaredError, match="no panel 'queue-statsu'; did you mean 'queue-status'"):
        catalogue(tmp_path).panel("queue-statsu")
    with pytest.raises(NotDeclaredError, match="no report 'day'; there are: none"):
        catalogue(tmp_path).report("day")


def test_a_raising_hook_costs_neither_its_plugin_s_others_nor_another_plugin(tmp_path: Path) -> None:
    raising = "\n\n@hookimpl\ndef floorwatch_commands():\n    raise SystemExit('no')\n"
    drop(tmp_path, "mine.py", panel_plugin("mine") + raising)
    drop(tmp_path, "good.py", panel_plugin("good"))

    found = catalogue(tmp_path)

    assert set(found.panels) == {"mine", "good"}
    assert entry(found, "good").problems == ()
    assert entry(found, "mine").state is PluginState.PROBLEMS
    (problem,) = entry(found, "mine").problems
    assert problem.reason.startswith("SystemExit: no (mine.py:")
    assert "floorwatch_commands" in problem.traceback
    assert entry(found, "mine").sentences == (f"plugin mine: {problem.reason}",)


@pytest.mark.parametrize(
    ("hook", "said"),
    [
        (
            "@hookimpl\ndef floorwatch_panel():\n    return []",
            "no hook floorwatch_panel; did you mean floorwatch_panels?",
        ),
        ("def floorwatch_panles():\n    return []", "no hook floorwatch_panles; did you mean floorwatch_panels?"),
        ("@hookimpl\ndef floorwatch_xyz():\n    return []", "the hooks are floorwatch_panels, "),
        ("@hookimpl\ndef panels():\n    return []", "no hook panels; did you mean floorwatch_panels?"),
        ("def floorwatch_panels():\n    return []", "floorwatch_panels is not marked: put @hookimpl above it"),
        ("@hookimpl\nasync def floorwatch_panels():\n    return []", "floorwatch_panels is async"),
        (
            "@hookimpl\ndef floorwatch_panels(floor):\n    return []",
            "floorwatch_panels takes (floor): write def floorwatch_panels(), or def floorwatch_panels(plugin)",
        ),
        ("@hookimpl(wrapper=True)\ndef floorwatch_panels():\n    return (yield)", "floorwatch_panels is a wrapper"),
        ("floorwatch_panels = []", "floorwatch_panels is not a function"),
        ("@hookimpl\ndef floorwatch_panels():\n    pass", "floorwatch_panels returned nothing: is a return missing?"),
        ("@hookimpl\ndef floorwatch_panels():\n    return 'mine'", "floorwatch_panels returned str: return a list"),
        ("@hookimpl\ndef floorwatch_panels():\n    return 7", "floorwatch_panels returned int: return a list"),
        ("@hookimpl\ndef floorwatch_panels():\n    yield from __import__('itertools').count()", "more than 1000"),
        ("@hookimpl\ndef floorwatch_panels():\n    yield 1 / 0", "ZeroDivisionError: division by zero (mine.py:"),
        ("x = 1", "it has no hook"),
    ],
)
def test_a_mistaken_hook_is_named_with_what_to_do(tmp_path: Path, hook: str, said: str) -> None:
    assert said in only_problem(tmp_path, f"from floorwatch.api import hookimpl\n\n{hook}\n")


def test_a_misspelt_hook_costs_no_other_hook_and_says_its_line(tmp_path: Path) -> None:
    drop(tmp_path, "mine.py", panel_plugin("mine") + "\n@hookimpl\ndef floorwatch_metric():\n    return []\n")

    found = catalogue(tmp_path)

    assert set(found.panels) == {"mine"}
    (problem,) = entry(found, "mine").problems
    assert problem.reason.startswith("mine.py:")


def test_a_hook_may_have_another_name_and_be_a_generator(tmp_path: Path) -> None:
    hook = "\n@hookimpl(specname='floorwatch_panels')\ndef ours():\n    yield MyPanel()\n"
    drop(tmp_path, "mine.py", panel("mine") + hook)

    assert set(catalogue(tmp_path).panels) == {"mine"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("def build", "def built"), "it has no 'build': every panel needs build(floor, options)"),
        (("def build(self, floor, options)", "def build(self, floor)"), "its 'build' must take (floor, options)"),
        (("    title = 'A panel'", ""), "it has no 'title'"),
        (("title = 'A panel'", "title = ' '"), "its title is ' '"),
        (("'my-panel'", "'My_Panel'"), "its name is 'My_Panel': use a-z, 0-9 and dashes"),
        (("name = 'my-panel'", "name = 3"), "its name is 3"),
        (("Needs()", "{'calls'}"), "its needs are of type set: write Needs(...)"),
        (("Needs()", "Needs(frozenset({'calls'}))"), "it needs the topic 'calls': topics are Topic.CALLS, "),
        (("Needs()", "Needs(every_seconds='1')"), "its needs say every '1' seconds"),
        (("Needs()", "Needs(metrics=frozenset({'asb'}))"), "panel my-panel needs the metric 'asb', which nobody"),
        (("= NoOptions", "= dict"), "its options_type is <class 'dict'>: write a msgspec Struct class"),
        (("= NoOptions", "= Bad"), "its options_type cannot be read from settings: name 'Nowhere' is not defined"),
        (("[MyPanel()]", "[MyPanel]"), "it is the class MyPanel: return an instance, MyPanel()"),
        (("[MyPanel()]", "MyPanel()"), "floorwatch_panels returned MyPanel: return a list, [MyPanel(...)]"),
        (("title = 'A panel'", "title = property(lambda self: 1 / 0)"), "ZeroDivisionError: division by zero"),
        (("    def detail", "    detail = 3\n\n    def rest"), "its 'detail' is of type int, not a method"),
    ],
)
def test_a_mistaken_panel_is_named_with_what_to_do(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    source = panel_plugin("my-panel").replace('"', "'")
    bad = "import msgspec\n\nclass Bad(msgspec.Struct):\n    x: 'Nowhere'\n\n"
    assert change[0] in source

    assert said in only_problem(tmp_path, bad + source.replace(*change))


def test_a_mistaken_thing_says_which_and_the_others_of_its_list_are_kept(tmp_path: Path) -> None:
    source = panel("good") + "\n@hookimpl\ndef floorwatch_panels():\n    return [MyPanel(), 3, None]\n"
    drop(tmp_path, "mine.py", source)

    found = catalogue(tmp_path)

    assert set(found.panels) == {"good"}
    reasons = [problem.reason for problem in entry(found, "mine").problems]
    assert any(re.match(r"mine\.py:\d+: floorwatch_panels, item 2 \(int\): it has no 'name'", each) for each in reasons)
    assert any("floorwatch_panels, item 3 (NoneType): it has no 'build'" in each for each in reasons)


@pytest.mark.parametrize(
    ("hook", "thing", "said"),
    [
        ("feed_formats", "Thing(gives={'calls'})", "its 'gives' must be a frozenset of Fact.CALLS"),
        ("feed_formats", "Thing()", "it has no 'sniff': every feed format needs sniff(sample)"),
        ("feed_sources", "Thing(scheme='AMI://')", "its scheme is 'AMI://'"),
        ("feed_sources", "Thing()", "it has no 'open': every feed source needs open(url, name, wake)"),
        ("alert_rules", "Thing(hold_seconds=-1)", "its hold_seconds is -1: write seconds"),
        ("alert_rules", "Thing(hold_seconds=float('nan'))", "its hold_seconds is nan"),
        ("alert_rules", "Thing()", "it has no 'check': every alert rule needs check(floor, options)"),
        ("commands", "Thing(key=None)", "its key is None: write a letter, "),
        ("reports", "Thing()", "it has no 'build': every report needs build(frames, span)"),
        ("metrics", "Thing()", "it is of type Thing: return Metric(...)"),
        ("metrics", "Metric('a', 'A', 'share', 'x', print)", "its unit is 'share': write one of Unit.SHARE"),
        ("metrics", "Metric('a', 'A', Unit.SHARE, 'x', len)", "its compute must be a function of (floor, scope)"),
    ],
)
def test_a_mistaken_thing_of_each_kind_is_named(tmp_path: Path, hook: str, thing: str, said: str) -> None:
    drop(
        tmp_path,
        "mine.py",
        f"""
        from floorwatch.api import Metric, Unit, hookimpl


        class Thing:
            def __init__(self, **given):
                vars(self).update(given)


        @hookimpl
        def floorwatch_{hook}():
            return [{thing}]
        """,
    )

    assert any(said in problem.reason for problem in entry(catalogue(tmp_path), "mine").problems)


def test_a_name_belongs_to_the_first_plugin_and_to_the_core_before_all(tmp_path: Path) -> None:
    drop(tmp_path, "a.py", panel_plugin("same"))
    drop(tmp_path, "b.py", panel_plugin("same"))
    metric = "\n\n@hookimpl\ndef floorwatch_metrics():\n    return [METRICS['asa']]\n"
    drop(tmp_path, "c.py", "from floorwatch.api import METRICS, hookimpl\n" + metric)

    found = catalogue_of(sorted(found_in(tmp_path).values(), key=lambda each: each.name), Core())

    assert found.panel("same").plugin == "a"
    assert entry(found, "a").problems == ()
    assert entry(found, "b").panels == ()
    assert "the panel 'same' is declared by a already" in entry(found, "b").problems[0].reason
    assert "the metric 'asa' is declared by floorwatch already" in entry(found, "c").problems[0].reason


def test_a_panel_may_need_a_metric_of_a_plugin_loaded_after_it(tmp_path: Path) -> None:
    drop(tmp_path, "a.py", panel_plugin("mine").replace("Needs()", 'Needs(metrics=frozenset({"late"}))'))

    class Later:
        @hookimpl
        def floorwatch_metrics(self) -> list[Metric]:
            return [Metric("late", "Late", Unit.COUNT, "n", lambda _floor, _scope: Figure(0.0))]

    later = Found("z", Origin.INSTALLED, "z", module=Later())

    found = catalogue_of((*found_in(tmp_path).values(), later), Core())

    assert [each.problems for each in found.plugins] == [(), ()]
    assert found.metric("late").plugin == "z"


def test_failed_disabled_and_doubled_plugins_are_listed_and_bring_nothing(tmp_path: Path) -> None:
    drop(tmp_path, "bad.py", "raise ValueError('no')\n")
    drop(tmp_path, "good.py", panel_plugin("good"))
    found = [*found_in(tmp_path).values(), Found("good", Origin.DROP_IN, "elsewhere", error=None, disabled=True)]

    entries = catalogue_of(sorted(found, key=lambda each: each.name), Core()).plugins

    assert [(each.name, each.state, each.panels) for each in entries] == [
        ("bad", PluginState.FAILED, ()),
        ("good", PluginState.LOADED, ("good",)),
        ("good", PluginState.DISABLED, ()),
    ]
    assert entries[0].problems[0].reason == "ValueError: no (bad.py:1)"
