"""What the format acme-switch promises."""

from pathlib import Path

import pytest
from floorwatch.api import EndedBy, LeftHow, events
from floorwatch.testing import Kit, check_format

from floor_extras.acme import AcmeSwitch

SAMPLE = Path(__file__).with_name("acme.log").read_bytes()
HEADER = b"time\tcall\tskill\tagent\tstate\tinfo\n"


def line(*fields: str) -> str:
    """A line of 09:00 with these fields."""
    return "\t".join(("2026-03-10T09:00:00+08:00", *fields)) + "\n"


def test_every_line_of_the_sample_but_the_header_is_an_event(floorwatch: Kit) -> None:
    read = floorwatch.lines(AcmeSwitch(), SAMPLE)

    assert len(read.events) == SAMPLE.count(b"\n") - 1
    assert not read.rejects


def test_a_call_keeps_its_id_from_leg_to_leg_and_skills_have_names(floorwatch: Kit) -> None:
    text = line("A3F-0003.1", "41", "-", "LEFT", "MOVED") + line("A3F-0003.2", "42", "-", "QUEUED", "139")

    read = floorwatch.lines(AcmeSwitch(), text, skills={"41": "support"})

    assert read.events == [
        events.CallLeft(1773104400.0, "A3F-0003", "support", LeftHow.TRANSFERRED),
        events.CallEntered(1773104400.0, "A3F-0003", "42", "139"),
    ]


def test_who_hung_up_is_told(floorwatch: Kit) -> None:
    read = floorwatch.lines(AcmeSwitch(), line("A.1", "41", "1009", "RELEASED", "agent"))

    assert read.events == [events.CallCompleted(1773104400.0, "A", "41", "1009", EndedBy.AGENT)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello\n", "not six fields between tabs"),
        ("yesterday\tA.1\t41\t-\tQUEUED\t-\n", "no time with an offset in front"),
        ("2026-03-10T09:00:00\tA.1\t41\t-\tQUEUED\t-\n", "no time with an offset in front"),
        (line("A.1", "41", "-", "DANCING", "-"), "a state that is not known"),
        (line("A.1", "41", "-", "TALKING", "-"), "no agent where its state needs one"),
        (line("-", "41", "-", "QUEUED", "-"), "no call where its state needs one"),
        (line("A.1", "41", "-", "LEFT", "soon"), "LEFT for a reason that is not known"),
        (line("A.1", "41", "1009", "RELEASED", "wind"), "RELEASED by neither caller nor agent"),
        (line("A.1", "41", "1009", "NO-ANSWER", "long"), "a ringing time that is no number of milliseconds"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(floorwatch: Kit, text: str, reason: str) -> None:
    read = floorwatch.lines(AcmeSwitch(), text)

    assert not read.events
    assert [reject.reason for reject in read.rejects] == [reason]


def test_a_header_may_stand_anywhere(floorwatch: Kit) -> None:
    read = floorwatch.lines(AcmeSwitch(), HEADER + SAMPLE + HEADER)

    assert not read.rejects


def test_it_knows_its_own_lines_from_others() -> None:
    assert AcmeSwitch().sniff(SAMPLE) == 1.0
    assert AcmeSwitch().sniff(b"1773104405|c1|support|NONE|ENTERQUEUE||\n") == 0.0


def test_who_is_logged_on_or_away_matters_the_day_after() -> None:
    carried = [raw for raw in SAMPLE.split(b"\n") if AcmeSwitch().carries(raw)]

    assert len(carried) == 5


@pytest.mark.parametrize("options", [{"zone": "UTC"}, {"skills": "support"}, {"skills": {"41": 7}}])
def test_wrong_options_are_said(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="skills"):
        AcmeSwitch().decoder(options)


def test_the_floor_of_the_sample(floorwatch: Kit, tmp_path: Path) -> None:
    recording = tmp_path / "acme.log"
    recording.write_bytes(SAMPLE)
    floorwatch.load(recording, format=AcmeSwitch())

    floor = floorwatch.floor("09:40")

    assert floor.queues["41"].counts.offered == 5
    assert floor.queues["41"].counts.answered == 2
    assert floor.queues["42"].counts.left_timeout == 1
    assert len(floor.queues["41"].waiting) == 1


def test_it_keeps_to_the_rules_of_formats() -> None:
    check_format(AcmeSwitch(), SAMPLE)
    check_format(AcmeSwitch(), SAMPLE, skills={"41": "support"})
