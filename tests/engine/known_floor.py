"""A floor with a few people on it, and the file of who is who: what names are tested against."""

from zoneinfo import ZoneInfo

from floorwatch.engine.known import Names, names_of
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import Agent, AgentState, Membership
from floorwatch.model.people import People, read_people
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules
from tests.engine.small_floor import START

SHANGHAI = FloorDays(ZoneInfo("Asia/Shanghai"))
PEOPLE = """interface,name,employee,seat,team
PJSIP/2001,张伟,4001,A01,Blue
PJSIP/2002,李娜,4002,A02,Blue
PJSIP/2003,张伟,4003,A03,Red
PJSIP/2001,Anna Smith,4004,A01,Red
"""


def people() -> People:
    """Who is who: two with one name, two with one seat."""
    return read_people(PEOPLE)


def floor(*more: Agent) -> FloorSnapshot:
    """Two of them on duty, the one before at A01 gone home, one whom the file does not know."""
    agents = (
        Agent("4001", "张伟", "A01", "Blue", AgentState.SIGNED_OUT),
        Agent("4002", "李娜", "A02", "Blue", AgentState.PAUSED, pause_reason="lunch"),
        Agent("4004", "Anna Smith", "A01", "Red", AgentState.AVAILABLE),
        Agent("PJSIP/2044", "PJSIP/2044", queues={"sales": Membership(True, True, "coaching")}),
        *more,
    )
    known = {agent.id: agent for agent in agents}
    return FloorSnapshot(at=START, rules=FloorRules(SHANGHAI), agents=known, queue_names=("support", "sales", "vip"))


def names(*more: Agent) -> Names:
    """What has a name there."""
    return names_of(floor(*more), people())
